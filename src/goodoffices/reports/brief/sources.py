"""The sections that close a brief: what is new since a moment, the publications behind it, and what is invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goodoffices.reports.brief.contested_questions import in_order
from goodoffices.reports.provenance import claim_name, language_name, side_words, statement, subject_name
from goodoffices.reports.tables import Part, Section
from goodoffices.talks.claims.known_dates import claim_known_from
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View


def new_claims(view: View, since: datetime) -> tuple[KnownClaim, ...]:
    """Return the claims that could be known only after ``since``, in the order of the file."""
    sources = dict(view.known.sources.items())
    new = []
    for held in view.known.claims.values():
        first = claim_known_from(held.claim, sources, view.zone)
        if held.replaced_by is None and first is not None and first > since:
            new.append(held)
    return tuple(new)


def changes_section(view: View, since: datetime) -> Section:
    """Return the marks of what became known after ``since``; the rows themselves stand in their own sections."""
    rows = tuple(
        (claim_name(held), subject_name(view, held.claim.about), statement(view, held))
        for held in in_order(new_claims(view, since))
    )
    return Section(
        name="changes",
        title=f"New since {view.time(since)}",
        holds="what is new since a day that you name (--since)",
        parts=(Part(title="What could be known only after that", columns=("mark", "about", "what"), rows=rows),),
    )


def sources_section(view: View, claims: Iterable[KnownClaim]) -> Section:
    """Return the publications that the claims of a brief come from, each with its side, its day and its marks."""
    marks: dict[str, dict[str, None]] = {}
    for held in claims:
        marks.setdefault(held.claim.source or "", {})[claim_name(held)] = None
    rows = []
    for slug, names in marks.items():
        source = view.known.sources.get(slug)
        if source is None:
            rows.append(("no publication is named", "–", "–", "–", ", ".join(names)))
            continue
        rows.append(
            (
                f"{source.publisher}{': ' if source.title else ''}{source.title}",
                str(source.dated or "not said"),
                "not said" if source.language is None else language_name(source.language),
                "–" if source.side is None else side_words(source.side),
                ", ".join(names),
            )
        )
    return Section(
        name="sources",
        title="Publications",
        holds="every publication: its day, side, language, and the marks that rest on it",
        parts=(
            Part(
                title="Where it was read",
                columns=("publication", "dated", "language", "side", "marks"),
                rows=tuple(rows),
                note="A chain runs from the outlet to the speaker: each passes on what the next one says. "
                "Those joined by “and” each say so themselves.",
            ),
        ),
    )


def invented_section(view: View) -> Section:
    """Return what in these talks is teaching material, and what the talks file says of itself."""
    rows = tuple((f"~ {what}",) for what in view.known.header.invented)
    return Section(
        name="invented",
        title="Invented for the exercise",
        holds="what was made up for the exercise",
        parts=(Part(title="Not a fact", columns=("what",), rows=rows),),
    )
