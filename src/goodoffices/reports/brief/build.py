"""The brief: one seat's view of the talks as a first page and named sections, for the terminal, a page and programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.reports.brief.commitments import commitments_section
from goodoffices.reports.brief.contested_questions import (
    ContestedQuestion,
    contested_questions,
    contested_section,
    in_order,
)
from goodoffices.reports.brief.due_dates import due_block
from goodoffices.reports.brief.ledgers import ledgers_section
from goodoffices.reports.brief.page import Page
from goodoffices.reports.brief.page_blocks import (
    contested_block,
    new_block,
    people_block,
    table_block,
    waiting_block,
)
from goodoffices.reports.brief.people import people_section, roles_section
from goodoffices.reports.brief.sessions import agenda_section, sessions_section, told_section
from goodoffices.reports.brief.sources import changes_section, invented_section, sources_section
from goodoffices.reports.brief.texts_section import texts_section
from goodoffices.reports.provenance import legend_of
from goodoffices.reports.seat_names import seat_name
from goodoffices.reports.tables import Heading, Section, capital
from goodoffices.talks.base.local_time import day_text, end_of_day, in_zone, local_day, zone_text
from goodoffices.talks.claims.as_of import exercise_moment, instant_of
from goodoffices.talks.claims.known_dates import claim_known_from, day_known_from
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

SECTION_NAMES = (
    "people",
    "roles",
    "agenda",
    "sessions",
    "told",
    "texts",
    "cease-fire",
    "commitments",
    "contested",
    "changes",
    "sources",
    "invented",
)
"""The names of the sections, in the order in which a brief has them."""


_SECTION_OF_ASPECT = {
    "position": "agenda",
    "promised": "commitments",
    "what happened": "commitments",
    "kept": "commitments",
}
"""Where claims of a spreadsheet stand, by the word before the colon of what they are about."""
_FIRST = datetime(1, 1, 5, tzinfo=UTC)
"""Before this, the calendar has no days to count back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief: whose view it is, as of when, its first page (an answer has none), and its sections."""

    title: str
    kind: str
    seat: str
    seat_name: str
    as_of: str
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    page: Page | None = None


def answer_brief(heading: Heading, asks: str, summary: tuple[str, ...], sections: tuple[Section, ...]) -> Brief:
    """Return one answer as a brief, from talks or from a file alike: what it says in words, then its sections."""
    return Brief(
        title=f"{heading.title}: {asks}",
        kind=heading.kind,
        seat=heading.seat,
        seat_name=heading.seat_name,
        as_of="",
        summary=summary,
        warnings=(),
        sections=sections,
    )


def brief_of(
    view: View,
    *,
    as_of: datetime | date | None = None,
    since: datetime | date | None = None,
    with_changes: bool = False,
    more: tuple[Section, ...] = (),
) -> Brief:
    """Return the brief of what ``view`` knows, with ``more`` sections at its end.

    Every figure names its source; contradictory claims stand side by side, each once; no two ledgers are added.

    Parameters
    ----------
    view
        What one seat knows.
    as_of
        A moment, or a day at whose end it is set: what could not be known by then is left out. Without it the brief
        has everything, and is set at the last date that the view holds.
    since
        A moment, or a day after whose end something counts as new. Without it: the day before.
    with_changes
        Whether to add the section of what is new even if ``since`` is left out. It repeats rows of other sections.
    more
        Further sections.
    """
    seen = view if as_of is None else view_as_of(view, as_of)
    at = last_moment(view) if as_of is None else instant_of(as_of, view.zone)
    new_since = _day_before(at, view.zone) if since is None else instant_of(since, view.zone)
    questions = contested_questions(seen)
    as_of_words = _as_of_words(seen, as_of, at)
    sections = _sections(seen, questions, at, as_of_words)
    if since is not None or with_changes:
        sections = _with_changes(sections, changes_section(seen, new_since))
    return Brief(
        title=seen.known.header.title,
        kind=seen.known.header.kind.value,
        seat=seen.seat,
        seat_name=seat_name(seen, seen.seat),
        as_of=as_of_words,
        summary=seen.known.header.summary,
        warnings=_warnings(seen),
        sections=tuple(section for section in map(_without_empty, (*sections, *more)) if section.parts),
        page=_page(seen, questions, at, new_since, as_of_words, is_asked=since is not None),
    )


def _with_changes(sections: tuple[Section, ...], changes: Section) -> tuple[Section, ...]:
    place = [section.name for section in sections].index("contested") + 1
    return (*sections[:place], changes, *sections[place:])


def _without_empty(section: Section) -> Section:
    """Return a section without the parts that have nothing to show."""
    return replace(section, parts=tuple(part for part in section.parts if part.rows or (part.empty and part.note)))


def last_moment(view: View) -> datetime:
    """Return the last moment that a view holds: of the rows of its talks file, else of its notices."""
    zone = view.zone
    sources = dict(view.known.sources.items())
    dates = [claim_known_from(held.claim, sources, zone) for held in view.known.claims.values()]
    dates += [day_known_from(day, zone) for ledger in view.known.ledgers.values() for day in ledger.days]
    known = [when for when in dates if when is not None]
    if not len(view.notices):
        return max(known, default=datetime(1970, 1, 1, tzinfo=UTC))
    last = view.notices[-1].when
    if known and view.known.header.kind.value == "exercise":
        # The clock of an exercise says what moment it is, also while it stands at the first one.
        has_clock = view.known.exercise.plan is not None
        acted = [exercise_moment(view) or last] if has_clock or len(view.later_notices) else []
        return max(*known, *acted, known[0])
    return last


def day_at(at: datetime, zone: str) -> date:
    """Return the day of a moment; midnight still belongs to the day that ends."""
    return local_day(at - timedelta(seconds=1), zone) if at > _FIRST else local_day(at, zone)


def _day_before(at: datetime, zone: str) -> datetime:
    """Return the end of the second day before a moment, so that all of the day before counts as new."""
    return end_of_day(day_at(at, zone) - timedelta(days=2), zone) if at > _FIRST else at


def _as_of_words(view: View, as_of: datetime | date | None, at: datetime) -> str:
    if isinstance(as_of, datetime):
        return f"as of {view.time(as_of)}"
    day = f"{day_text(day_at(at, view.zone))} ({zone_text(in_zone(at, view.zone), view.zone)})"
    if as_of is not None:
        return f"as of the end of {day}"
    if at == view.notices[-1].when if len(view.notices) else True:
        return f"as it stands on {view.time(at)}"
    return f"as it stands at the end of what is recorded, {day}"


def _warnings(view: View) -> tuple[str, ...]:
    return tuple(f"{view.name(slug)} sees everything." for slug in view.all_seeing)


def _page(
    view: View,
    questions: tuple[ContestedQuestion, ...],
    at: datetime,
    since: datetime,
    as_of_words: str,
    *,
    is_asked: bool,
) -> Page:
    today = day_at(at, view.zone)
    header = view.known.header
    kind = f"{header.kind.value.upper()} · " if header.kind.value == "exercise" else ""
    blocks = (
        waiting_block(view),
        people_block(view, today),
        contested_block(view, questions),
        table_block(view),
        due_block(view, at, today),
    )
    # The table names the claims behind a text, and does not say what they state: those can still be news.
    shown = " ".join(row.words for block in blocks if block.section != "texts" for row in block.rows)
    new = new_block(view, since, shown, is_asked=is_asked)
    rows = [row for block in (*blocks, new) for row in block.rows]
    return Page(
        heading=(
            f"{kind}{header.title.upper()} · brief for {capital(seat_name(view, view.seat))}",
            f"{as_of_words[:1].upper()}{as_of_words[1:]}",
            *_warnings(view),
        ),
        lead=header.summary,
        blocks=(*blocks, new),
        legend=legend_of(" ".join(row.words for row in rows), is_invented=any(row.is_invented for row in rows)),
    )


def _sections(
    view: View, questions: tuple[ContestedQuestion, ...], at: datetime, as_of_words: str
) -> tuple[Section, ...]:
    standing = [held for held in view.known.claims.values() if held.replaced_by is None]
    contested = {held.handle for question in questions for held in question.claims}
    by_section: dict[str, list[KnownClaim]] = {}
    for held in in_order(held for held in standing if held.handle not in contested):
        by_section.setdefault(section_of(view, held.claim), []).append(held)

    def of(name: str) -> Iterable[KnownClaim]:
        return by_section.get(name, ())

    return (
        people_section(view, of("people")),
        roles_section(view, of("roles")),
        agenda_section(view, of("agenda")),
        sessions_section(view, of("sessions"), as_of_words),
        told_section(view),
        texts_section(view, of("texts")),
        ledgers_section(view, of("cease-fire")),
        commitments_section(view, of("commitments"), day_at(at, view.zone)),
        contested_section(view, questions),
        sources_section(view, standing),
        invented_section(view),
    )


def section_of(view: View, claim: Claim) -> str:
    """Return the section that has a claim which is not contested: as the file says, else by what it is about."""
    if claim.section is not None:
        return claim.section
    known = view.known
    if (kind := claim.aspect.partition(": ")[0]) in _SECTION_OF_ASPECT and claim.about in known.actors:
        return _SECTION_OF_ASPECT[kind]
    if any(held.round.slug == claim.about for held in known.rounds.values()):
        return "sessions"
    copies = {held.terms.copy_of for held in known.terms.values()} | {t.terms.slug for t in known.terms.values()}
    if claim.about in copies or claim.about in known.areas:
        return "cease-fire"
    return "texts" if any(named.slug == claim.about for named in known.header.texts) else "people"
