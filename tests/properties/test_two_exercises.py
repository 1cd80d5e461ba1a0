"""Exercises keep their secrets, and their clock changes nothing but the time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

import exercise_talks
from exercise_talks import PEOPLE, STARTS, TOOLS, Exercise
from goodoffices.talks.base.acts import Act, Content, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.core import digest, replay
from goodoffices.talks.exchange import items
from goodoffices.talks.exercise import actions, briefs, clock, injects, notes, rule_questions, runs, staff, world
from goodoffices.talks.registry import DECIDERS
from goodoffices.talks.restart import cut_at, restarted
from goodoffices.talks.state.command_context import CommandContext
from properties.exercise_worlds import OBSERVERS, LeakError, run_worlds
from properties.worlds.policy_of_exercises import PolicyError

steps_drawn = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 23), st.integers(0, 6), st.integers(0, 90)), max_size=25
)


@settings(max_examples=60)
@given(observer=st.sampled_from(OBSERVERS), steps=steps_drawn)
def test_x4_a_seat_cannot_tell_two_exercises_apart(observer: str, steps: list[tuple[int, int, int, int]]) -> None:
    run_worlds(observer, steps)


def _new_cells(worlds: tuple[Exercise, Exercise], observer: str, minutes: int, *, counts: bool = False) -> None:
    """Begin a new cell from the same moment of both worlds, and compare what the observer is told in them.

    Raises
    ------
    LeakError
        If the observer can tell them apart.
    """
    moment = STARTS + timedelta(minutes=minutes)
    cuts = [cut_at(world.talks.acts, moment, until=world.at) for world in worlds]
    reasons = [f"From {moment}." + (f" {len(cut.acts)} acts." if counts else "") for cut in cuts]
    talks = [replay(restarted(cut, reason)) for cut, reason in zip(cuts, reasons, strict=True)]
    if talks[0].slice_of(observer).head != talks[1].slice_of(observer).head:
        raise LeakError(f"{observer} sees two new cells")


@settings(max_examples=40)
@given(observer=st.sampled_from(OBSERVERS), steps=steps_drawn, minutes=st.integers(0, 900))
def test_x4_a_seat_cannot_tell_the_new_cells_of_two_exercises_apart(
    observer: str, steps: list[tuple[int, int, int, int]], minutes: int
) -> None:
    _new_cells(run_worlds(observer, steps), observer, minutes)


def test_x4_a_new_cell_that_counted_the_acts_would_be_found() -> None:
    steps = [(2, 0, 1, 30), (2, 1, 2, 30), (1, 0, 0, 30)]
    with pytest.raises(LeakError):
        _new_cells(run_worlds("opp", steps), "opp", 600, counts=True)


def _faces(content: type[Content], **faces: tuple[str, ...]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(content, "FACES", {**content.FACES, **faces})


def _told(module: object, name: str, more: Callable[..., object]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, name, more)


def _swap_for_all(context: object, command: object) -> None:
    assert isinstance(context, CommandContext)
    assert isinstance(command, staff.SwapSeat)
    swapped = staff.SeatSwapped(seat=command.seat, automated=command.automated or "")
    context.tell(swapped, context.everyone(), face=Face.SELF)


def _note_for_all(context: object, command: object) -> None:
    assert isinstance(context, CommandContext)
    assert isinstance(command, notes.NoteMoment)
    context.tell(notes.MomentNoted(words=command.words), context.everyone(), face=Face.SELF)


def _action_for_all(context: object, command: object) -> None:
    assert isinstance(context, CommandContext)
    assert isinstance(command, actions.TakeAction)
    context.tell(actions.ActionAsked(asked=context.new(), action=command.action), context.everyone(), face=Face.SELF)


def _brief_for_all(context: object, command: object) -> None:
    assert isinstance(context, CommandContext)
    assert isinstance(command, briefs.GiveBrief)
    given = briefs.BriefGiven(seat=command.seat, brief=context.known.briefs["opp"].brief, words=command.words)
    context.tell(given, context.everyone(), face=Face.OWN)


def _decider(command: type, decide: Callable[[object, object], None]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr("goodoffices.talks.core.DECIDERS", {**DECIDERS, command: decide})


def _forecast_percent(patch: pytest.MonkeyPatch) -> None:
    def tell(context: object, command: object) -> None:
        assert isinstance(context, CommandContext)
        assert isinstance(command, notes.MakeForecast)
        context.tell(
            notes.ForecastMade(question="adopted", percent=command.percent), context.everyone(), face=Face.SELF
        )

    _decider(notes.MakeForecast, tell)(patch)


def _seed_for_all(patch: pytest.MonkeyPatch) -> None:
    shown = ("persons", "automated", "pace", "seed")
    _faces(runs.ExerciseStarted, **{Face.ALL.value: shown})(patch)


def _question_for_all(patch: pytest.MonkeyPatch) -> None:
    def tell(context: object, command: object) -> None:
        assert isinstance(context, CommandContext)
        assert isinstance(command, rule_questions.AskRules)
        asked = rule_questions.RuleAsked(question=context.new(), words=command.words)
        context.tell(asked, context.everyone(), face=Face.SELF)

    _decider(rule_questions.AskRules, tell)(patch)


def _opening_leak(kind: type[Content], face: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Tell everybody of one kind of act with which an exercise opens."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        honest = exercise_talks.opening

        def leaky(file: object) -> tuple[Act, ...]:
            acts = honest(file)  # type: ignore[arg-type]
            seats = dict(acts[0].audience)
            return tuple(
                replace(act, audience=tuple(sorted({**dict.fromkeys(seats, face), **dict(act.audience)}.items())))
                if act.kind == kind.__name__
                else act
                for act in acts
            )

        patch.setattr(exercise_talks, "opening", leaky)

    return plant


def _inject_for_all(patch: pytest.MonkeyPatch) -> None:
    def leaky(known: object, thing: object, inject: object) -> object:
        content, told = injects.given_by_clock(known, thing, inject)  # type: ignore[arg-type]
        return content, (*told, *((seat, "receiver") for seat in OBSERVERS if seat not in dict(told)))

    patch.setattr("goodoffices.talks.exercise_deadlines.given_by_clock", leaky)


def _held_for_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(injects, "_self", lambda context: context.everyone())


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a brief at the opening": _opening_leak(briefs.BriefGiven, "own"),
    "an inject to come": _opening_leak(injects.InjectPlanned, "self"),
    "an action of others": _opening_leak(actions.ActionOffered, "own"),
    "a row that is not known yet": _opening_leak(world.RowScheduled, "clock"),
    "an inject for others": _inject_for_all,
    "that an inject is held": _held_for_all,
    "the seed": _seed_for_all,
    "who plays a seat now": _decider(staff.SwapSeat, _swap_for_all),
    "a note": _decider(notes.NoteMoment, _note_for_all),
    "a forecast": _forecast_percent,
    "an action that was asked for": _decider(actions.TakeAction, _action_for_all),
    "a question on the rules": _question_for_all,
    "a later brief": _decider(briefs.GiveBrief, _brief_for_all),
}
"""Mistakes that would tell a seat what it may not know, each planted in the running program."""


@pytest.mark.parametrize("name", list(LEAKS))
def test_x4_the_planted_leak_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[name](monkeypatch)
    draw = random.Random(name)
    for _ in range(60):
        steps = [
            (draw.randrange(4), draw.randrange(24), draw.randrange(7), draw.randrange(90))
            for _ in range(draw.randrange(3, 25))
        ]
        try:
            run_worlds(draw.choice(OBSERVERS), steps)
        except (LeakError, PolicyError, KeyError):
            return
    pytest.fail(f"{name} was not found")


def _acts(exercise: Exercise) -> list[tuple[object, ...]]:
    """Return what happened, without the clock's own acts and without the time on the wall."""
    ours = ("ClockRun", "ClockPaused", "PaceSet", "ClockJumped")
    kept = [act for act in exercise.talks.acts if act.kind not in ours]
    return [(act.kind, act.at, act.seat, sorted(seat for seat, _ in act.audience), act.bodies) for act in kept]


moments = st.lists(st.tuples(st.integers(1, 200), st.sampled_from(("opp", "un", "gov"))), max_size=8)


def _play(script: list[tuple[int, str]], breaks: list[int], *, jumps: bool) -> Exercise:
    """Let seats file papers at minutes of the talks; between, pause for some real seconds, and run or jump there."""
    exercise = Exercise()
    exercise.do("control", runs.StartExercise(persons=PEOPLE, automated=TOOLS))
    exercise.do("control", clock.RunClock(pace=60))
    at = STARTS
    for n, (minutes, seat) in enumerate([*script, (900, "opp")]):
        if n < len(breaks) and breaks[n]:
            exercise.do("control", clock.PauseClock())
            exercise.tick(breaks[n])
            exercise.do("control", clock.RunClock(pace=60))
        at += timedelta(minutes=minutes)
        if jumps:
            exercise.do("control", clock.JumpClock(to=at))
        else:
            exercise.tick(minutes)
        exercise.do(seat, items.FileItem(words=(Words(text=f"Paper {n}"),)))
    return exercise


@settings(max_examples=40)
@given(script=moments, breaks=st.lists(st.integers(0, 100_000), max_size=8))
def test_x5_pausing_for_any_real_time_changes_no_outcome(script: list[tuple[int, str]], breaks: list[int]) -> None:
    assert _acts(_play(script, breaks, jumps=False)) == _acts(_play(script, [], jumps=False))


@settings(max_examples=40)
@given(script=moments)
def test_x5_jumping_equals_running(script: list[tuple[int, str]]) -> None:
    assert _acts(_play(script, [], jumps=True)) == _acts(_play(script, [], jumps=False))


@settings(max_examples=20)
@given(script=moments, breaks=st.lists(st.integers(0, 1000), max_size=4))
def test_x2_the_same_commands_give_the_same_record(script: list[tuple[int, str]], breaks: list[int]) -> None:
    one, other = (_play(script, breaks, jumps=False) for _ in range(2))
    assert list(one.talks.acts) == list(other.talks.acts)
    assert digest(one.talks) == digest(replay(other.talks.acts))
