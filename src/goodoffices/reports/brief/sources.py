"""The sections that close a brief: what is new since a moment, the publications behind it, and what is invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goodoffices.reports.brief.contested_questions import in_order
from goodoffices.reports.messages.act_sentences import Argument, told
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import (
    claim_mark,
    claim_name,
    language_name,
    order_of,
    side_words,
    statement,
    subject_name,
)
from goodoffices.reports.tables import Part, Section, and_listed, capital
from goodoffices.talks.claims.as_of import act_time, learned_at
from goodoffices.talks.claims.known_dates import claim_known_from
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

CHANGES = "changes"
"""The name of the section of what is new."""
CHANGES_HOLD = "what is new since a day that you name (--since)"


def new_claims(view: View, since: datetime) -> tuple[KnownClaim, ...]:
    """Return the claims that became known only after ``since``, in the order of the record.

    A claim that was entered became known when the record learned it, whatever day is written in it. A claim of the
    talks file became known when people could know it.
    """
    sources = dict(view.known.sources.items())
    learned = learned_at(view)
    new = []
    for held in view.known.claims.values():
        first = learned.get(held.handle) or claim_known_from(held.claim, sources, view.zone)
        if held.replaced_by is None and first is not None and first > since:
            new.append(held)
    return tuple(new)


def new_notices(view: View, since: datetime) -> list[Notice]:
    """Return what was done in this record after ``since``; the acts that opened the talks are not news."""
    return [notice for notice in view.later_notices if notice.when > since]


def latest_first(claims: tuple[KnownClaim, ...]) -> list[KnownClaim]:
    """Return claims with the latest day first; the report in which the talks of a file begin comes last."""
    by_day = sorted(claims, key=lambda held: order_of(held).removesuffix("–"), reverse=True)
    return sorted(by_day, key=lambda held: held.claim.in_seed)


def notice_text(view: View, notice: Notice) -> str:
    """Return what a notice says, in English, with names for seats and actors."""
    message = told(notice)
    said = message.message.format(**{name: _filled(view, filling) for name, filling in message.fillings.items()})
    return capital(said.rstrip(".")) if message.message.startswith(("{by}", "{actor", "{seat}")) else said.rstrip(".")


def _filled(view: View, filling: Argument) -> str:
    sort, _, category = filling.sort.partition(":")
    if sort == "word":
        text = str(getattr(filling.value, "value", filling.value))
        return WORDS[category].get(text, text)
    if sort in ("seat", "actor"):
        return view.name(filling.value)
    if sort in ("seats", "actors"):
        return and_listed(view.name(slug) for slug in filling.value) if filling.value else "nobody"
    return subject_name(view, filling.value) if sort == "thing" else str(filling.value)


def changes_section(view: View, since: datetime) -> Section:
    """Return what was done here after ``since``, and the marks of what became known; these stand in their sections."""
    rows = tuple(
        (claim_name(held), subject_name(view, held.claim.about), statement(view, held))
        for held in in_order(new_claims(view, since))
    )
    return Section(
        name=CHANGES,
        title=f"New since {view.time(since)}",
        holds=CHANGES_HOLD,
        parts=(
            Part(
                title="In this record",
                columns=("when", "what"),
                rows=tuple((act_time(view, n.when), notice_text(view, n)) for n in new_notices(view, since)),
            ),
            Part(title="What became known after that", columns=("mark", "about", "what"), rows=rows),
        ),
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
                f"{source.publisher}{': ' if source.title else ''}{source.title}"
                + (f", found at {source.address}" if source.address else ""),
                str(source.dated or "not said"),
                "not said" if source.language is None else language_name(source.language),
                "–" if source.side is None else side_words(view, source.side),
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
    known = view.known
    said = [held for held in known.claims.values() if held.claim.is_invented and held.replaced_by is None]
    rows = (
        *((f"~ {what}",) for what in known.header.invented),
        *(
            (f"~ The issue: {issue.question[0].text}",)
            for basket in known.agenda
            for issue in basket.issues
            if issue.is_invented
        ),
        *((f"~ The session: {session.title}",) for session in known.sessions.values() if session.is_invented),
        *(
            (f"~ {subject_name(view, held.claim.about)}: {statement(view, held)} {claim_mark(held)}",)
            for held in in_order(said)
        ),
    )
    return Section(
        name="invented",
        title="Invented for the exercise",
        holds="what was made up for the exercise",
        parts=(Part(title="Not a fact", columns=("what",), rows=rows),),
    )
