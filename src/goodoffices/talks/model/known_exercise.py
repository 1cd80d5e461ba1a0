"""An exercise as one seat knows it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.exercise import PlannedInject, ShownPlan


class RunState(StrEnum):
    """Where an exercise stands. Records that are not played have none."""

    NONE = "none"
    PLANNED = "planned"
    STARTED = "started"
    ENDED = "ended"


class HowFar(StrEnum):
    """What everybody is shown when an exercise is over: their own seat, all but private notes, or all."""

    NOTHING = "nothing"
    OWN_SEAT = "own-seat"
    ALL_BUT_NOTES = "all-but-notes"
    ALL = "all"


class InjectState(StrEnum):
    """Where a planned inject stands, for control."""

    PLANNED = "planned"
    TRIGGERED = "triggered"
    HELD = "held"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExercise:
    """The run as a whole. ``automated`` pairs a seat with what plays it, as far as this seat was told."""

    plan: ShownPlan | None = None
    state: RunState = RunState.NONE
    is_running: bool = False
    pace: int = 1
    seed: int | None = None
    shift_minutes: int = 0
    started_at: datetime | None = None
    persons: tuple[str, ...] = ()
    automated: tuple[tuple[str, str], ...] = ()
    how_far: HowFar = HowFar.NOTHING

    def plays(self, seat: str) -> str | None:
        """Return what plays ``seat``; ``None`` if people do, or if this seat was not told."""
        return dict(self.automated).get(seat)

    def is_played_alone_by(self, seat: str) -> bool:
        """Return whether ``seat`` is the only one that people play, in an exercise that has started and not ended."""
        return self.persons == (seat,) and self.state is RunState.STARTED

    @property
    def is_revealed(self) -> bool:
        """Whether everybody may see what happened everywhere, at least without the notes."""
        return self.plan is not None and self.how_far in (HowFar.ALL, HowFar.ALL_BUT_NOTES)

    @property
    def is_over(self) -> bool:
        """Whether the exercise has ended."""
        return self.state is RunState.ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBrief:
    """The brief of a seat: its words in each language, and its numbers. A later one takes the place of an earlier."""

    seat: str
    brief: Brief
    words: tuple[Body, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInject:
    """A planned inject, as control and the clock know it. ``due_at`` is when it comes, if that is fixed."""

    handle: str
    inject: PlannedInject
    state: InjectState = InjectState.PLANNED
    due_at: datetime | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedInject:
    """News that a seat was given."""

    kind: str
    at: str
    title: tuple[Body, ...] = ()
    words: tuple[Body, ...] = ()
    claims: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAction:
    """An action that a seat asked for, and what control ruled."""

    handle: str
    action: str
    by: str
    at: str
    target: str = ""
    words: Body | None = None
    cost: int = 0
    happens: bool | None = None
    outcome: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRuleQuestion:
    """A question on the rules, out of character, and control's answer."""

    handle: str
    by: str
    at: str
    words: Body | None = None
    answer: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMoment:
    """What an evaluator or control noted at a moment; private until everything is revealed."""

    by: str
    at: str
    words: Body
    seat: str = ""
    notice: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownForecast:
    """A seat's forecast: per cent that a question will be answered with yes."""

    by: str
    at: str
    question: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReflection:
    """What a seat wrote after the exercise; ``question`` counts from 1."""

    by: str
    at: str
    words: Body
    question: int = 0
    is_shared: bool = False
