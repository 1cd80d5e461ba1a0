"""Open an exercise: what was known at its first moment, what each seat is given, and what the clock will tell later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import CLOCK, Act, AudienceEntry, Content, Ref, Words
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.actions import ActionOffered
from goodoffices.talks.exercise.briefs import BriefGiven
from goodoffices.talks.exercise.injects import InjectPlanned
from goodoffices.talks.exercise.runs import ExercisePlanned
from goodoffices.talks.exercise.world import HORIZON, RowScheduled, TalksDescribed, file_as_of, moments_of
from goodoffices.talks.initial_acts import Audience, Maker, author_of, deeds, first_acts
from goodoffices.talks.model.exercise import ExercisePlan
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.rounds.rounds import RoundPlanned
from goodoffices.talks.seats.commands import TalksOpened

_LATER = datetime(9000, 1, 1, tzinfo=UTC)
"""When the clock would tell what became known long after the exercise: never. The debrief reads it."""
_AGAIN = frozenset({RoundPlanned, TalksOpened})
"""Rows that are told again when more of them is known. Of the others what was told first stays."""


def opening_of_exercise(file: TalksFile, *, digest: str = "") -> tuple[Act, ...]:
    """Return the acts that open an exercise from ``file`` at its first moment.

    Raises
    ------
    ScenarioError
        If the file has no exercise, or no control seat for it.
    """
    plan = file.exercise
    if plan is None:
        raise ScenarioError(
            Phrase("talks {slug} have no exercise; write one under 'exercise' in the talks file", slug=repr(file.slug))
        )
    played = played_file(file, plan)
    chiefs = [seat.slug for seat in played.seats if Role.CONTROL in seat.roles]
    if not chiefs:
        raise ScenarioError(
            Phrase("the exercise has no control seat; add one with the role 'control' under 'added_seats'")
        )
    starts_at = plan.shown.starts_at
    first = file_as_of(played, starts_at)
    chief = (chiefs[0], Role.CONTROL)
    acts = list(first_acts(deeds(first, Kind.EXERCISE, digest), author_of(played), starts_at))
    acts += first_acts(_planned(plan, played, chiefs), chief, starts_at, after=len(acts))
    acts += first_acts(_scheduled(played, first, plan), chief, starts_at, after=len(acts))
    return tuple(acts)


def played_file(file: TalksFile, plan: ExercisePlan) -> TalksFile:
    """Return the talks file with the seats, actors and powers that it has only when it is played."""
    powers = dict(plan.powers)
    seats = tuple(
        replace(seat, extra=(*seat.extra, *powers.get(seat.slug, ()))) for seat in (*file.seats, *plan.added_seats)
    )
    return replace(file, actors=(*file.actors, *plan.added_actors), seats=seats)


def _planned(plan: ExercisePlan, file: TalksFile, chiefs: list[str]) -> Iterator[tuple[Maker, Audience]]:
    """Yield the plan for all, briefs and actions each for their seat, and injects for control and the clock."""
    everyone: Audience = tuple((seat.slug, Face.ALL.value) for seat in file.seats)
    own: Audience = tuple((seat, Face.SELF.value) for seat in chiefs)
    yield lambda _: ExercisePlanned(plan=plan.shown), (*everyone, (CLOCK, Face.CLOCK))
    for brief in plan.briefs:
        words = tuple(Words(text=text, lang=lang) for lang, text in brief.words.items())
        given = BriefGiven(seat=brief.seat, brief=replace(brief, words={}), words=words)
        yield lambda _, given=given: given, (*own, (brief.seat, Face.OWN))  # type: ignore[misc]
    for action in plan.actions:
        offered = ActionOffered(action=action)
        yield lambda _, offered=offered: offered, (*own, *((seat, Face.OWN) for seat in action.by))  # type: ignore[misc]
    for inject in plan.injects:
        yield (
            lambda new, inject=inject: InjectPlanned(inject=new, plan=inject),  # type: ignore[misc]
            (*own, (CLOCK, Face.CLOCK)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row as an act of the clock will tell it. ``key`` stays the same when more of the row is known."""

    key: str
    content: type[Content]
    plain: Mapping[str, Any]
    audience: tuple[AudienceEntry, ...]


def _scheduled(file: TalksFile, first: TalksFile, plan: ExercisePlan) -> Iterator[tuple[Maker, Audience]]:
    """Yield what is not known at the first moment, each with when the clock tells it."""
    told = {row.key: row for row in _rows(first)}
    until = plan.shown.ends_at + HORIZON
    moments = (*moments_of(file, after=plan.shown.starts_at, until=until), _LATER)
    for at in moments:
        cut = file if at is _LATER else file_as_of(file, at)
        for row in _rows(cut):
            known = told.get(row.key)
            if known is not None and (known == row or at is _LATER or row.content not in _AGAIN):
                continue
            told[row.key] = row
            yield _scheduling(row, at, is_again=known is not None), ((CLOCK, Face.CLOCK),)


def _scheduling(row: _Row, at: datetime, *, is_again: bool) -> Maker:
    plain, kind = dict(row.plain), row.content
    if kind is TalksOpened:
        kind, plain = TalksDescribed, {"header": plain["header"]}
    for name in kind.NEW:
        plain[name] = row.key if is_again else "@new"
    told = {"kind": kind.__name__, "data": plain, "audience": [list(pair) for pair in row.audience]}
    text = canonical(told).decode()
    return lambda new: RowScheduled(thing=new, at=at, row=Words(text=text))


def _rows(file: TalksFile) -> list[_Row]:
    """Return the rows of a file as acts would tell them, with names such as ``@RoundPlanned/astana-1`` for things."""
    made = []
    names: dict[str, str] = {}
    for n, (make, audience) in enumerate(deeds(file, Kind.EXERCISE, "")):
        content = make(Ref(f"@{n}"))
        said = {name: value for name, value in to_plain(content).items() if value is not None}
        plain = {
            name: names.get(value, value) if isinstance(value, str) and name in content.REFS else value
            for name, value in said.items()
        }
        # A row is named after the rows that it refers to, because others are before it in a file that is cut.
        names[f"@{n}"] = key = _key(content, plain)
        made.append(_Row(key=key, content=type(content), plain=plain, audience=tuple(sorted(dict(audience).items()))))
    return made


_NAMED: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "DelegationNamed": lambda plain: [plain["round"], plain["named"]["seat"]],
    "InvitationMade": lambda plain: [plain["round"], plain["offer"]["to"]],
    "SessionPlanned": lambda plain: plain["title"],
    "TalksOpened": lambda plain: "",
}
"""What names a row that has no slug and of which more may be known later."""


def _key(content: Content, plain: Mapping[str, Any]) -> str:
    """Return the name of a row: its kind and slug or, of what has none, all that it says."""
    kind = type(content).__name__
    slugs = [value["slug"] for value in plain.values() if isinstance(value, dict) and "slug" in value]
    if kind in _NAMED:
        slugs = [json.dumps(_NAMED[kind](plain))]
    bare = {name: value for name, value in plain.items() if name not in content.NEW}
    return f"@{kind}/{slugs[0] if slugs else json.dumps(bare, sort_keys=True)}"
