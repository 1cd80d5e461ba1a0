"""Two worlds of an exercise: they differ in briefs, injects and seed, and in hidden acts; an observer cannot tell.

A run of small numbers drives both worlds by the same real clock. A step that the observer is not told of may happen in
one world only. After each step the observer's slices are equal, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cache

import exercise_talks
from exercise_talks import PEOPLE, PLAYERS, STARTS, TOOLS, Exercise, a_brief, inject, said, the_exercise
from goodoffices.talks.base.acts import PUBLIC, Act, Words
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, replay
from goodoffices.talks.exchange import items
from goodoffices.talks.exercise import actions, briefs, clock, injects, notes, rule_questions, runs, staff
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import Command
from properties.worlds.policy import check_audiences

OBSERVERS = (*(seat for seat in PLAYERS if seat != "kaz"), "ana", "pap", PUBLIC, "stranger")
Draw = Callable[[Sequence[object]], object]


class LeakError(AssertionError):
    """An observer can tell two worlds apart."""


def other_file(observer: str) -> TalksFile:
    """Return the same exercise with other briefs, injects, seed and rows to come than the observer may see."""
    file = the_exercise()
    assert file.exercise is not None
    changed = tuple(
        brief
        if brief.seat == observer
        else replace(brief, words=dict(said(f"Quite another brief for {brief.seat}.")), reservation_value=Fraction(77))
        for brief in (a_brief(seat) for seat in PLAYERS)
    )
    # Those with a time for everybody stay; the rest are of other seats, in other words and under other conditions.
    own = tuple(one for one in file.exercise.injects if one.at is not None and (observer in one.to or "all" in one.to))
    others = (
        inject("other", when="no_act(gov, for=PT20M)", to=("kaz",)),
        inject("more", at=STARTS + timedelta(minutes=33), to=("kaz",)),
    )
    claims = tuple(claim for claim in file.claims if claim.slug != "long-after")
    return replace(
        file, claims=claims, exercise=replace(file.exercise, briefs=changed, injects=(*own, *others), seed=99)
    )


def first_file(observer: str) -> TalksFile:
    """Return the exercise with no inject of a condition that would tell the observer something of its own."""
    file = the_exercise()
    assert file.exercise is not None
    kept = tuple(one for one in file.exercise.injects if one.at is not None or observer not in one.to)
    return replace(file, exercise=replace(file.exercise, injects=kept))


def _shared(n: int, exercise: Exercise) -> tuple[str, Command] | None:
    """Return a step that happens in both worlds: what everybody is told."""
    return {
        0: ("control", clock.PauseClock(reason="A break")),
        1: ("control", clock.RunClock()),
        2: ("control", clock.SetPace(pace=20 + n)),
        3: ("control", clock.JumpClock(to=exercise.at + timedelta(minutes=25))),
    }.get(n % 6)


def _hidden(n: int, who: str, exercise: Exercise, observer: str) -> tuple[str, Command] | None:
    """Return a step of which the observer is told nothing."""
    seat = who if who != observer else next(one for one in PLAYERS if one not in (observer, who))
    control = exercise.view("control").known
    text = Words(text=f"Hidden {n}")
    waiting = next((one for one in control.injects.values() if one.inject.to == ("kaz",)), None)
    asked = next((one for one in control.actions_asked.values() if one.happens is None), None)
    question = next((one for one in control.rule_questions.values() if one.answer is None), None)
    if n % 12 == 10:
        no = actions.RuleOnAction(asked="" if asked is None else asked.handle, happens=False, outcome=text)
        return None if asked is None or asked.by == observer else ("control", no)
    if n % 12 == 11:
        answer = rule_questions.AnswerRules(question="" if question is None else question.handle, words=text)
        return None if question is None or question.by == observer else ("control", answer)
    made: dict[int, tuple[str, Command] | None] = {
        0: (seat, items.FileItem(words=(text,))),
        1: (seat, rule_questions.AskRules(words=text)),
        2: (seat, notes.MakeForecast(question="adopted", percent=n)),
        3: ("control", notes.NoteMoment(words=text, seat=observer if observer in PLAYERS else None)),
        4: ("control", briefs.GiveBrief(seat=seat, words=(text,))),
        5: ("control", staff.SwapSeat(seat=seat, automated="silent")),
        6: ("control", staff.SwapSeat(seat=seat)),
        7: None if waiting is None else ("control", injects.GiveInject(inject=waiting.handle, to=("kaz",))),
        8: None if waiting is None else ("control", injects.HoldInject(inject=waiting.handle)),
        9: ("gov", actions.TakeAction(action="shell-village")) if observer != "gov" else None,
    }
    return made[n % 12]


def own_step(n: int) -> Command:
    """Return something that the observer itself asks; it must be answered alike."""
    made: tuple[Command, ...] = (
        items.FileItem(words=(Words(text=f"Own {n}"),)),
        rule_questions.AskRules(words=Words(text=f"Own {n}")),
        notes.MakeForecast(question="adopted", percent=n),
        actions.TakeAction(action="brief-press"),
        actions.TakeAction(action="shell-village"),
        injects.GiveInject(inject="ij1"),
        runs.Reveal(),
        clock.PauseClock(),
    )
    return made[n % len(made)]


def run_worlds(observer: str, steps: Sequence[tuple[int, int, int, int]]) -> tuple[Exercise, Exercise]:
    """Run two worlds in step.

    Raises
    ------
    LeakError
        If the observer can tell them apart.
    """
    opened = exercise_talks.opening
    worlds = (Exercise(opened=_opened(observer, 0, opened)), Exercise(opened=_opened(observer, 1, opened)))
    for seed, world in enumerate(worlds):
        world.do("control", runs.StartExercise(persons=PEOPLE, automated=TOOLS, seed=seed))
        world.do("control", clock.RunClock(pace=30))
    for which, n, who, seconds in steps:
        for world in worlds:
            world.tick(seconds)
        _step(worlds, observer, which, n, PLAYERS[who % len(PLAYERS)])
        _compare(worlds, observer)
    for world in worlds:
        check_audiences(world.talks.acts)
    return worlds


@cache
def _opened(observer: str, which: int, opening: Callable[[TalksFile], Sequence[Act]]) -> Talks:
    """Return the talks of a world as they open; it takes much longer than everything that follows."""
    return replay(opening((first_file, other_file)[which](observer)))


def _step(worlds: tuple[Exercise, Exercise], observer: str, which: int, n: int, who: str) -> None:
    if which == 0:
        for world in worlds:
            shared = _shared(n, world)
            if shared is not None:
                world.submit(*shared)
    elif which == 1:
        answers = [world.submit(observer, own_step(n)) for world in worlds]
        if isinstance(answers[0], Refusal) != isinstance(answers[1], Refusal) or (
            isinstance(answers[0], Refusal) and answers[0] != answers[1]
        ):
            raise LeakError(f"{observer} is answered {answers[0]} and {answers[1]}")
    else:
        world = worlds[which % 2]
        hidden = _hidden(n, who, world, observer)
        if hidden is not None:
            world.submit(*hidden)


def _compare(worlds: tuple[Exercise, Exercise], observer: str) -> None:
    one, other = (world.talks.slice_of(observer) for world in worlds)
    # What a seat knows is folded from its notices alone, and the chain covers every byte of them.
    if one.head != other.head or len(one) != len(other):
        kinds = [notice.kind for notice in one.notices], [notice.kind for notice in other.notices]
        raise LeakError(f"{observer} sees two worlds: {kinds[0][-4:]} and {kinds[1][-4:]}")
