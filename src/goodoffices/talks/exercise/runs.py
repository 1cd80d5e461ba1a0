"""The run of an exercise: it is planned in the talks file, started, ended, and revealed by control."""

from __future__ import annotations

from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, faces
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import played, started
from goodoffices.talks.model.exercise import MOST_PACE, ShownPlan
from goodoffices.talks.model.known_exercise import HowFar, RunState
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge

HOW_FAR = tuple(one.value for one in HowFar if one is not HowFar.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartExercise(Command):
    """Start the exercise. Its clock is stopped until it is told to run.

    ``persons`` are the seats that people play, ``automated`` those that the program plays. ``shift_minutes`` moves all
    injects with a time. ``seed`` fixes what is left to chance.
    """

    persons: tuple[str, ...] = ()
    automated: tuple[str, ...] = ()
    pace: int | None = None
    seed: int | None = None
    shift_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EndExercise(Command):
    """End the exercise. Its clock is stopped, and nothing more comes by itself."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal(Command):
    """Show everybody what happened: their own seat only, all but private notes, or all."""

    how_far: Annotated[str, HOW_FAR] = HowFar.ALL.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePlanned(Content):
    """These talks are an exercise that is played. What each seat is told beside this follows."""

    FACES = faces("plan") | {Face.CLOCK: ("plan",)}

    plan: ShownPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStarted(Content):
    """The exercise started. ``automated`` pairs each seat that the program plays with how it plays it."""

    FACES = {
        Face.SELF: ("persons", "automated", "pace", "seed", "shift_minutes"),
        Face.ALL: ("persons", "automated", "pace"),
        Face.BARE: ("pace",),
        Face.CLOCK: ("shift_minutes",),
    }

    persons: tuple[str, ...]
    automated: tuple[tuple[str, str], ...]
    pace: int
    seed: int
    shift_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseEnded(Content):
    """The exercise ended."""

    FACES = faces("words") | {Face.CLOCK: ()}

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRevealed(Content):
    """Everybody may now see what happened, as far as is said here."""

    FACES = faces("how_far")

    how_far: HowFar


def start_exercise(context: CommandContext, command: StartExercise) -> None:
    """Start the exercise and tell everybody who plays what. Refused if a seat has nobody to play it."""
    run = played(context)
    if run.state is not RunState.PLANNED:
        raise context.refuse("done", case="exercise_started")
    assert run.plan is not None, "a run that is planned has a plan"
    pace = run.plan.pace if command.pace is None else command.pace
    if not 1 <= pace <= MOST_PACE:
        raise context.refuse("bad_value", case="pace", most=str(MOST_PACE))
    persons, tools = context.known_seats(command.persons), context.known_seats(command.automated)
    both = next((seat for seat in persons if seat in tools), None)
    if both is not None:
        raise context.refuse("bad_value", case="played_twice", who=both)
    empty = next((seat.slug for seat in run.plan.seats if seat.slug not in (*persons, *tools)), None)
    if empty is not None:
        raise context.refuse("empty_seat", who=empty)
    kinds = {seat.slug: seat.automated for seat in run.plan.seats}
    begun = ExerciseStarted(
        persons=persons,
        automated=tuple((seat, kinds.get(seat, "silent")) for seat in tools),
        pace=pace,
        seed=command.seed or 0,
        shift_minutes=command.shift_minutes,
    )
    face = Face.ALL if run.plan.tells_automated else Face.BARE
    others = [(seat, face) for seat in context.everyone() if seat not in controls(context.known)]
    chiefs = [(seat, Face.SELF) for seat in controls(context.known)]
    context.write(begun, [(context.seat, Face.SELF), *chiefs, *others, (CLOCK, Face.CLOCK)])


def end_exercise(context: CommandContext, command: EndExercise) -> None:
    """End the exercise and tell everybody. Refused unless it has started and not ended."""
    started(context)
    context.tell(ExerciseEnded(words=command.words), [*context.everyone(), CLOCK])


def reveal(context: CommandContext, command: Reveal) -> None:
    """Let everybody see what happened. Refused while the exercise goes on; what was shown is never hidden again."""
    run = played(context)
    if not run.is_over:
        raise context.refuse("running")
    if command.how_far not in HOW_FAR:
        raise context.refuse("bad_value", case="how_far", known=", ".join(HOW_FAR))
    if HOW_FAR.index(command.how_far) <= (-1 if run.how_far is HowFar.NOTHING else HOW_FAR.index(run.how_far)):
        raise context.refuse("done", case="revealed")
    context.tell(ExerciseRevealed(how_far=HowFar(command.how_far)), context.everyone())


def controls(known: Knowledge) -> tuple[str, ...]:
    """Return the open seats that control the exercise, as far as a seat knows them."""
    return tuple(slug for slug, seat in known.seats.items() if Role.CONTROL in seat.roles and not seat.closed)
