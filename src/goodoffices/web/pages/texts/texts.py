"""Texts: all that this seat knows of, a new one, and where everyone stands on one of them, copy beside copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from goodoffices.data_class import dataclass
from goodoffices.reports.texts.dataset_sentences import dataset_sentences
from goodoffices.reports.texts.finding_sentences import (
    dated,
    finding_sentences,
    headline,
    instead_of_signing,
    standing_rows,
)
from goodoffices.talks.base.enums import TextKind
from goodoffices.talks.documents.agreement import Copy, Finding, Ground, difference
from goodoffices.talks.documents.diff import DocumentComparison
from goodoffices.talks.documents.document import Paper
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, family_of, finding_of, stanceless
from goodoffices.talks.texts.rendered_version import papers_of, title_of
from goodoffices.web.pages.page import Data, Page, PageContext

MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A text of the record as listed: the latest version held, its title, and the family it belongs to."""

    text: KnownText
    version: KnownVersion
    title: str
    family: Family


def latest(context: PageContext, text: KnownText) -> KnownVersion:
    """Return the newest version of a text that this seat holds."""
    return context.known.versions[text.versions[-1]]


def latest_whole(context: PageContext, text: KnownText) -> KnownVersion:
    """Return the newest version that is not a part of another: the one under negotiation."""
    held = [context.known.versions[handle] for handle in text.versions]
    return next((version for version in reversed(held) if not version.partial), held[-1])


def held_texts(context: PageContext, family: Family) -> list[Held]:
    """Return the texts of the record that belong to a family, newest first."""
    texts = [text for text in context.known.texts.values() if (text.frame.family or text.handle) == family.slug]
    made = []
    for text in reversed(texts):
        version = latest(context, text)
        title = title_of(context.view, version, context.language)
        made.append(Held(text=text, version=version, title=title, family=family))
    return made


def found(view: View, family: Family) -> tuple[Family, Finding]:
    """Return the finding on a family whose copies came without words, reading those of the copies that differ."""
    finding = finding_of(family)
    reasons = (*finding.reasons, *(finding.on_claims.reasons if finding.on_claims is not None else ()))
    names = {name for reason in reasons if reason.ground is Ground.DIFFERENT_COPIES for name in reason.copies}
    if not any(copy.name in names and not copy.papers for copy in family.copies):
        return family, finding
    copies = tuple(_with_words(view, copy) if copy.name in names else copy for copy in family.copies)
    family = replace(family, copies=copies)
    return family, finding_of(family)


def _with_words(view: View, copy: Copy) -> Copy:
    version = view.known.versions.get(copy.name)
    return copy if version is None else replace(copy, papers=papers_of(view, version))


def chosen_languages(context: PageContext, held: Iterable[str], *, most: int = MOST_COLUMNS) -> tuple[str, ...]:
    """Return the languages to show, of those held: as the address asks, else the reader's, else the first."""
    languages = tuple(held)
    asked = tuple(dict.fromkeys(lang for lang in context.asked.get("in", ()) if lang in languages))
    if asked:
        return asked[:most]
    own = context.language if context.language in languages else next(iter(languages), "")
    if most > 1 and context.one("as") == "side":
        return (own, *(lang for lang in languages if lang != own))[: min(most, 2)]
    return (own,) if own else ()


def _texts(context: PageContext, _: str) -> Data:
    known = context.known
    every = families(context.view, words=False)
    held = [one for family in every for one in held_texts(context, family)]
    world = [family for family in every if any(named.slug == family.slug for named in known.header.texts)]
    spoken = [family for family in world if family.about or family.said]
    return {
        "mine": [one for one in held if one.text.pen == context.seat],
        "released": [one for one in held if one.text.pen != context.seat],
        "world": [(f, headline(f, finding_of(f), dated(context.view, f))) for f in spoken],
        "cited": [family for family in world if family not in spoken],
        "readings": [reading for reading in known.readings if reading.version is None],
    }


def _new(context: PageContext, _: str) -> Data:
    """Return what a new text may be: of which kind, of which family, about whom."""
    families_of_world = dict.fromkeys(named.copy_of or named.slug for named in context.known.header.texts)
    return {
        "kinds": [kind.value for kind in TextKind if kind is not TextKind.MAP],
        "families": list(families_of_world),
        "languages": context.known.header.languages or (context.language,),
        "parties": [seat.actor for seat in context.known.seats.values()],
    }


def _standing(context: PageContext, slug: str) -> Data | None:
    family = family_of(context.view, slug, words=False)
    if family is None:
        return None
    family, finding = found(context.view, family)
    named = [one for one in context.known.header.texts if slug in (one.slug, one.copy_of)]
    copies = [copy for copy in family.copies if copy.papers]
    held = held_texts(context, family)
    compared = [(a, b, _compared(context, a, b)) for a, b in pairwise(copies) if a.hash != b.hash]
    return {
        "family": family,
        "held": held,
        "headline": headline(family, finding, dated(context.view, family)),
        "reasons": (*finding_sentences(family, finding), *dataset_sentences(context.view, family, finding)),
        "instead": instead_of_signing(family),
        "rows": standing_rows(family),
        "stanceless": [
            (one.version.handle, who) for one in held if (who := stanceless(context.known, family, one.version))
        ],
        "titles": {one.slug: one.title for one in named},
        "codes": {copy.name: copy.code for copy in family.copies},
        "compared": [row for row in compared if row[2] is not None and _of_world(row[0], named)],
        "alone": [(copy, _beside(context, copy)) for copy in copies if _of_world(copy, named)]
        if len(copies) == 1
        else [],
        "divergences": [(one, said) for one in named for said in one.divergences],
        "claims": {c.claim.slug: c.claim for c in context.known.claims.values()},
        "sources": context.known.sources,
        "words": _words_of(named),
    }


def _words_of(named: Iterable[NamedText]) -> dict[tuple[str, str, str], str]:
    """Return the words that were reported of a stance, by actor, kind and claim."""
    return {(s.actor, s.kind.value, s.claim): s.words for one in named for s in one.stances if s.words}


def _of_world(copy: Copy, named: Iterable[NamedText]) -> bool:
    return any(one.slug == copy.name for one in named)


def _compared(context: PageContext, one: Copy, other: Copy) -> DocumentComparison | None:
    found = difference(one, other)
    return next((c for c in found if c.lang == context.language), found[0] if found else None)


def _beside(context: PageContext, copy: Copy) -> list[Paper]:
    languages = [paper.lang for paper in copy.papers]
    asked = [lang for lang in context.asked.get("in", ()) if lang in languages] or languages[:MOST_COLUMNS]
    return [paper for lang in dict.fromkeys(asked) for paper in copy.papers if paper.lang == lang]


TEXTS = Page(
    path="texts",
    template="texts.html",
    title="Texts",
    parts=("mine", "released", "world", "cited"),
    data=_texts,
    under="texts",
)
TEXT_NEW = Page(
    path="texts/new",
    template="text_new.html",
    title="New text",
    parts=("table",),
    data=_new,
    under="texts",
    powers=("TableText",),
)
STANDING = Page(
    path="standing/{}",
    template="standing.html",
    title="Stances",
    parts=("finding", "stances", "copies", "words"),
    data=_standing,
    under="texts",
)
