"""A new cell of an exercise from a moment of another: the same acts up to there, and one that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import CLOCK, Act
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import Face
from goodoffices.talks.core import due, replay
from goodoffices.talks.exercise.clock import ClockPaused
from goodoffices.talks.initial_acts import first_acts

_NEVER_COPIED = frozenset({"ExerciseEnded", "ExerciseRevealed", "ReflectionMade"})
"""A cell that goes on has not ended: its acts end before the first of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The first acts of an exercise, and what its clock shows when the new cell begins."""

    acts: tuple[Act, ...]
    at: datetime


def cut_at(acts: Sequence[Act], moment: datetime, *, until: datetime) -> Cut:
    """Return the acts up to the end of a minute of the talks, and never beyond the end of the exercise or ``until``.

    The new clock is stopped at the end of that minute, and not at an act in it: so it tells nobody of an act of others.
    """
    kept = _before_the_end(acts)
    n = next((n for n, act in enumerate(kept) if _is_later(act, moment)), len(kept))
    ends_at = acts[len(kept)].at if len(kept) < len(acts) else until
    return Cut(acts=kept[:n], at=_end_of_minute(moment) if n < len(kept) else min(_end_of_minute(moment), ends_at))


def _end_of_minute(at: datetime) -> datetime:
    return at.replace(second=59, microsecond=999_000)


def _is_later(act: Act, moment: datetime) -> bool:
    """Say whether an act came after a moment; a jump beyond the moment leads past it."""
    jumps_past = act.kind == "ClockJumped" and parse_instant(act.data["to"]) > _end_of_minute(moment)
    return jumps_past or act.at > _end_of_minute(moment)


def cut_after_notice(acts: Sequence[Act], seat: str, n: int) -> Cut:
    """Return the acts up to the ``n``-th of which a seat was told, and never beyond the end of the exercise."""
    told = [at for at, act in enumerate(acts, start=1) if any(slug == seat for slug, _ in act.audience)]
    kept = _before_the_end(acts[: told[n - 1]])
    facts = replay(kept).facts
    ends = [acts[len(kept)].at] if len(kept) < len(acts) and acts[len(kept)].kind in _NEVER_COPIED else []
    shown = max([kept[-1].at, *([] if facts is None else [facts.clock.at])])
    return Cut(acts=kept, at=min([_end_of_minute(shown), *ends]))


def _before_the_end(acts: Sequence[Act]) -> tuple[Act, ...]:
    end = next((n for n, act in enumerate(acts) if act.kind in _NEVER_COPIED), len(acts))
    return tuple(acts[:end])


def restarted(cut: Cut, reason: str) -> tuple[Act, ...]:
    """Return the acts of a new cell: the same, what was due by then, and its clock is stopped, which everybody is told.

    Words that were destroyed in the other cell are empty in this one.

    Parameters
    ----------
    cut
        The first acts of another exercise, up to the moment from which the new cell goes on.
    reason
        What everybody reads of it, in one sentence.

    Raises
    ------
    ScenarioError
        If the exercise had not started by then.
    """
    if not any(act.kind == "ExerciseStarted" for act in cut.acts):
        raise ScenarioError(
            Phrase("the exercise had not started at that moment; choose a later one, or begin a new exercise")
        )
    copied = tuple(replace(act, bodies=tuple(text or "" for text in act.bodies)) for act in cut.acts)
    talks = replay(copied)
    late = due(talks, cut.at)
    talks = replay(late, talks)
    open_seats = [
        slug
        for slug, held in talks.slices.items()
        if slug != CLOCK and (seat := held.known.seats.get(slug)) is not None and not seat.closed
    ]
    control = next(s for s in open_seats if Role.CONTROL in talks.slices[s].known.seats[s].roles)
    told = tuple((seat, Face.SELF if seat == control else Face.ALL) for seat in open_seats)
    stands = first_acts(
        [(lambda _: ClockPaused(reason=reason), told)], (control, Role.CONTROL), cut.at, after=len(talks.acts)
    )
    return (*copied, *late, *stands)
