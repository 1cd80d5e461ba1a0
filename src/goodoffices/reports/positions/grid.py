"""The grid of positions: for each issue and actor the last word that one view knows, with its source, day and mark.

A cell is an actor's own word at the desk, a claim about its position, or its own side of a contested question. An
estimate is never a position: estimates are a layer of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.reports.provenance import chain_text, full_statement, value_text
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Role, ValueKind
from goodoffices.talks.base.local_time import end_of_day, local_day
from goodoffices.talks.claims.known_dates import claim_known_from
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.state.known_claims import KnownClaim, KnownPosition
from goodoffices.talks.state.view import View

ASPECT = "position: "
"""How the aspect of a claim begins that says where an actor stands on an issue; the question of the issue follows."""
_STAFF = frozenset({Role.SECRETARIAT, Role.ANALYST, Role.AUDITOR, Role.CONTROL, Role.EXPERT})


class Mark(StrEnum):
    """How a word came to this seat."""

    OWN = "own"
    """Stated at the desk by the actor itself."""
    PUBLIC = "public"
    """Published, with a chain of who passed it on."""
    TOLD = "told"
    """Told to this seat, and published nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of an actor on an issue: what, from when it was known, on whose word."""

    text: str
    language: str
    at: datetime
    source: str
    mark: Mark
    is_invented: bool = False
    body: Body | None = None
    option: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One issue or contested question, with each actor's words in the order of time."""

    key: str
    question: str
    language: str
    is_agenda: bool
    words: dict[str, tuple[Word, ...]]
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows, the actors across, and the days on which some word became known."""

    rows: tuple[Row, ...]
    actors: tuple[str, ...]
    days: tuple[date, ...]


def grid_of(view: View, language: str = "en") -> Grid:
    """Return the grid of a view, with every word in it that has a date."""
    actors = _actors(view)
    rows = [*_agenda(view, actors, language), *_questions(view, actors, language)]
    held = tuple(row for row in rows if row.is_agenda or any(row.words.values()))
    days = {local_day(word.at, view.zone) for row in held for words in row.words.values() for word in words}
    return Grid(rows=held, actors=actors, days=tuple(sorted(days)))


def last_word(words: tuple[Word, ...], at: datetime | None) -> Word | None:
    """Return the last word that was known at a moment; of ``None`` the last of all."""
    known = [word for word in words if at is None or word.at <= at]
    return known[-1] if known else None


def is_changed(words: tuple[Word, ...], since: datetime, at: datetime | None) -> bool:
    """Return whether the word that holds at a moment says something else than the one that held ``since``."""
    before, now = last_word(words, since), last_word(words, at)
    return now is not None and (before is None or before.text != now.text)


def _actors(view: View) -> tuple[str, ...]:
    """Return the actors across: those in seats, but not who only serve the talks."""
    seats = view.known.seats.values()
    return tuple(dict.fromkeys(s.actor for s in seats if not s.closed and not set(s.roles) <= _STAFF))


def _agenda(view: View, actors: tuple[str, ...], language: str) -> Iterator[Row]:
    for basket in view.known.agenda:
        for issue in basket.issues:
            name = next((n for n in issue.question if n.language == language), issue.question[0])
            words = {actor: tuple(_sorted(_on_issue(view, issue, actor, language))) for actor in actors}
            options = tuple((option.slug, _option(issue, option.slug, language)) for option in issue.options)
            yield Row(
                key=issue.slug,
                question=name.text,
                language=name.language,
                is_agenda=True,
                words=words,
                options=options,
            )


def _sorted(words: Iterator[Word]) -> list[Word]:
    return sorted(words, key=lambda word: word.at)


def _on_issue(view: View, issue: AgendaIssue, actor: str, language: str) -> Iterator[Word]:
    for said in view.known.positions:
        if (said.actor, said.issue) == (actor, issue.slug):
            yield _stated(view, issue, said, language)
    aspects = {f"{ASPECT}{name.text}" for name in issue.question} | {f"{ASPECT}{issue.slug}"}
    for held in view.known.claims.values():
        if held.claim.about == actor and held.claim.aspect in aspects and held.replaced_by is None:
            word = _claimed(view, held, language)
            if word is not None:
                yield word


def _stated(view: View, issue: AgendaIssue, said: KnownPosition, language: str) -> Word:
    text = view.text(said.words) or ""
    if said.option is not None:
        text = _option(issue, said.option, language)
    return Word(
        text=text,
        language=language if said.words is None else said.words.lang,
        at=said.at,
        source="",
        mark=Mark.OWN,
        body=None if said.option is not None else said.words,
        option=said.option,
    )


def _option(issue: AgendaIssue, slug: str, language: str) -> str:
    option = next((option for option in issue.options if option.slug == slug), None)
    if option is None or not option.names:
        return slug.replace("-", " ")
    return next((n.text for n in option.names if n.language == language), option.names[0].text)


def _claimed(view: View, held: KnownClaim, reader: str, *, is_whole: bool = False) -> Word | None:
    """Return a claim as a word; ``is_whole`` prints its whole sentence.

    Claims on a contested question may be about different things, so that a value alone would answer another question.
    """
    claim = held.claim
    at = claim_known_from(claim, view.known.sources, view.zone)
    if at is None and claim.source is not None:
        return None
    text = value_text(view, claim.value) if claim.value.kind is ValueKind.WORDS else claim.words
    text = full_statement(view, held) if is_whole else text or value_text(view, claim.value)
    return Word(
        text=text,
        language="en",
        at=at or held.at,
        source=chain_text(view, held, reader),
        mark=Mark.PUBLIC if _is_published(view, claim) else Mark.TOLD,
        is_invented=claim.is_invented,
    )


def _is_published(view: View, claim: Claim) -> bool:
    source = view.known.sources.get(claim.source or "")
    return source is not None and source.slug != "told-to-me"


def _questions(view: View, actors: tuple[str, ...], language: str) -> Iterator[Row]:
    """Yield the contested questions on which an actor across has given its own side."""
    for slug, question, _ in view.known.header.questions:
        words: dict[str, tuple[Word, ...]] = {}
        for actor in actors:
            mine = [
                word
                for held in view.known.claims.values()
                if held.claim.question == slug and held.replaced_by is None and _speaks(view, held.claim, actor)
                if (word := _claimed(view, held, language, is_whole=True)) is not None
            ]
            words[actor] = tuple(sorted(mine, key=lambda word: word.at))
        if any(words.values()):
            yield Row(key=slug, question=question, language="en", is_agenda=False, words=words)


def _speaks(view: View, claim: Claim, actor: str) -> bool:
    """Return whether an actor, or who is a part of it, is the speaker of a claim, at the inner end of its chain."""
    seen: set[str] = set()
    speaker = claim.chain[-1].actor
    while speaker is not None and speaker not in seen:
        if speaker == actor:
            return True
        seen.add(speaker)
        held = view.known.actors.get(speaker)
        speaker = None if held is None else held.part_of
    return False


def moment_of_day(day: date, zone: str) -> datetime:
    """Return the end of a day, at which everything of it was known."""
    return end_of_day(day, zone)
