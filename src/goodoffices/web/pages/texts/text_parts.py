"""What pages of one text share: which files it may be taken out as, the pen's notes, whether a variant is one's own."""

from __future__ import annotations

from goodoffices.talks.documents.markdown import label
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.web.pages.page import PageContext


def forms_of(context: PageContext, text: KnownText, version: KnownVersion) -> list[tuple[str, str]]:
    """Return the forms that can be made of a version now, each twice: for its address and for its label."""
    if not version.languages:
        return []
    before = version.parent in context.known.versions
    whole = len(version.languages) == len(version.hashes)
    offered = {
        "docx": True,
        "docx-clean": not version.open,
        "docx-legend": True,
        "odt": True,
        "odt-clean": not version.open,
        "odt-legend": True,
        "page": True,
        "page-clean": not version.open,
        "page-since": before,
        "page-own": has_own_variant(context, version),
        "page-beside": len(version.languages) > 1,
        "page-room": bool(version.clauses),
        "markdown": True,
        "working": text.pen == context.seat,
        "json": whole,
        "akoma-ntoso": not version.open,
    }
    return [(form, form) for form, is_offered in offered.items() if is_offered]


def has_own_variant(context: PageContext, version: KnownVersion) -> bool:
    """Say whether a variant of this version is this seat's own."""
    held = (context.known.variants.get(handle) for handle in version.variants)
    return any(variant is not None and variant.proposer == context.seat for variant in held)


def notes_of(context: PageContext, version: KnownVersion) -> list[tuple[str, str]]:
    """Return the pen's notes on a version: the number of the clause, and the words that are still there."""
    bodies = zip(version.notes_at, version.notes, strict=True)
    return [(version.numbers[place], context.view.text(body) or "") for place, body in bodies]


def variant_marks(version: KnownVersion) -> dict[str, tuple[str, str]]:
    """Return for each variant of a version the number of its clause and its letter."""
    found = {}
    for bracket, places in enumerate(version.variants_in):
        for letter, place in enumerate(places):
            found[version.variants[place]] = (version.numbers[version.bracket_at[bracket]], label(letter))
    return found
