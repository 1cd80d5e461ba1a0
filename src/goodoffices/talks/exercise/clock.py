"""The clock of an exercise: it runs, pauses, changes its pace and jumps; and the commands that control it.

The talks follow it as live talks follow the clock on the wall: every act has its time, and every deadline. The time on
the wall is kept beside it, and nobody is shown that before the debrief.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Act, Content, faces
from goodoffices.talks.base.serialization import instant_text, parse_instant
from goodoffices.talks.model.exercise import MOST_PACE
from goodoffices.talks.model.known_exercise import KnownExercise, RunState
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseClock:
    """The clock between two of its acts. At ``real_at`` on the wall it showed ``at``.

    ``pace`` is the minutes of the talks in a real minute. A clock that stands shows ``at`` for ever.
    """

    at: datetime
    real_at: datetime | None = None
    pace: int = 1
    is_running: bool = False

    def time_at(self, real: datetime) -> datetime:
        """Return what the clock shows at a moment by the clock on the wall, to the millisecond; never before ``at``."""
        if not self.is_running or self.real_at is None or real <= self.real_at:
            return self.at
        passed = (real - self.real_at) * self.pace
        return self.at + timedelta(milliseconds=passed // timedelta(milliseconds=1))

    def real_time_of(self, at: datetime) -> datetime | None:
        """Return when the clock on the wall shows what this one shows at ``at``; ``None`` if it stands."""
        if not self.is_running or self.real_at is None:
            return None
        return self.real_at + (at - self.at) / self.pace

    def after(self, act: Act) -> ExerciseClock:
        """Return the clock after an act; only acts of the clock change it."""
        if act.kind == "ClockRun":
            pace = act.data["pace"]
            return ExerciseClock(at=act.at, real_at=act.real_at, pace=pace, is_running=True)
        if act.kind in ("ClockPaused", "ExerciseEnded"):
            return ExerciseClock(at=act.at, real_at=act.real_at, pace=self.pace)
        if act.kind == "PaceSet":
            return replace(self, at=act.at, real_at=act.real_at, pace=act.data["pace"])
        if act.kind == "ClockJumped":
            return replace(self, at=parse_instant(act.data["to"]), real_at=act.real_at)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class RunClock(Command):
    """Let the clock of the exercise run. ``pace`` is the minutes of the talks in a real minute."""

    pace: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClock(Command):
    """Stop the clock of the exercise. Deadlines, silences and embargoes wait."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPace(Command):
    """Let the clock of the exercise run faster or slower, from 1 to 1000 minutes of the talks in a real minute."""

    pace: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpClock(Command):
    """Put the clock of the exercise forward. What is due on the way happens, in order."""

    to: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRun(Content):
    """The clock of the exercise runs."""

    FACES = faces("pace")

    pace: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused(Content):
    """The clock of the exercise stands."""

    FACES = faces("reason")

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSet(Content):
    """The clock of the exercise has another pace."""

    FACES = faces("pace")

    pace: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumped(Content):
    """The clock of the exercise was put forward."""

    FACES = faces("to", "reason")

    to: datetime
    reason: str = ""


def run_clock(context: CommandContext, command: RunClock) -> None:
    """Let the clock run and tell everybody. Refused unless the exercise has started and the clock is stopped."""
    run = started(context)
    if run.is_running:
        raise context.refuse("done", case="clock_runs")
    pace = _checked(context, run.pace if command.pace is None else command.pace)
    context.tell(ClockRun(pace=pace), context.everyone())


def pause_clock(context: CommandContext, command: PauseClock) -> None:
    """Stop the clock and tell everybody. Refused if it stands."""
    if not started(context).is_running:
        raise context.refuse("done", case="clock_stands")
    context.tell(ClockPaused(reason=command.reason), context.everyone())


def set_pace(context: CommandContext, command: SetPace) -> None:
    """Change the pace and tell everybody. Refused if it is out of bounds."""
    started(context)
    context.tell(PaceSet(pace=_checked(context, command.pace)), context.everyone())


def jump_clock(context: CommandContext, command: JumpClock) -> None:
    """Put the clock forward and tell everybody. Refused if it would go backwards."""
    started(context)
    if command.to <= context.at:
        raise context.refuse("backwards", at=instant_text(context.at))
    context.tell(ClockJumped(to=command.to, reason=command.reason), context.everyone())


def started(context: CommandContext) -> KnownExercise:
    """Return the run of the exercise. Refused unless it has started and not ended."""
    run = played(context)
    if run.state is RunState.PLANNED:
        raise context.refuse("not_open", case="exercise")
    if run.is_over:
        raise context.refuse("closed", case="exercise")
    return run


def played(context: CommandContext) -> KnownExercise:
    """Return the exercise as the asking seat knows it. Refused if these talks are not played."""
    run = context.known.exercise
    if run.plan is None:
        raise context.refuse("bad_value", case="no_exercise")
    return run


def _checked(context: CommandContext, pace: int) -> int:
    if not 1 <= pace <= MOST_PACE:
        raise context.refuse("bad_value", case="pace", most=str(MOST_PACE))
    return pace
