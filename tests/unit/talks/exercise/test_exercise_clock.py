"""The clock of an exercise tells what became known, and gives injects, when it reaches them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exercise_talks import PEOPLE, PLAYERS, STARTS, TOOLS, Exercise, inject, the_exercise
from goodoffices.errors import ScenarioError
from goodoffices.talks.base.acts import CLOCK, Act, Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.core import digest, replay
from goodoffices.talks.exchange import items, relays
from goodoffices.talks.exercise import clock, injects, runs
from goodoffices.talks.exercise.world import file_as_of
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.model.known_exercise import InjectState
from properties.worlds.cast import the_talks


def claims(exercise: Exercise, seat: str = "opp") -> list[str]:
    return [held.claim.slug for held in exercise.view(seat).known.claims.values()]


def test_nothing_later_exists_for_any_seat_before_the_clock_reaches_it() -> None:
    exercise = Exercise().start()
    for seat in (*PLAYERS, "control", "sec", "ana"):
        view = exercise.view(seat)
        assert claims(exercise, seat) == ["before"]
        assert list(view.known.sources) == ["old"]
        assert [len(held.days) for held in view.known.ledgers.values()] == [1, 0]
        [held] = view.known.rounds.values()
        assert held.round.opened is None
        assert "RowScheduled" not in {notice.kind for notice in view.notices}


def test_the_clock_tells_what_became_known_in_order() -> None:
    exercise = Exercise().start()
    exercise.tick(61)
    assert claims(exercise) == ["before", "later"]
    assert exercise.view("opp").notices[-1].at == "2017-01-22T13:00Z", "when it was known, not when it was noticed"
    assert list(exercise.view("opp").known.sources) == ["old", "new"], "a source comes with the first claim from it"
    exercise.do("control", clock.JumpClock(to=STARTS + timedelta(days=3)))
    exercise.tick()
    assert claims(exercise) == ["before", "later", "next-day"]
    view = exercise.view("opp")
    [held] = view.known.rounds.values()
    assert str(held.round.opened) == "2017-01-23"
    assert [day.total for day in next(iter(view.known.ledgers.values())).days] == [4, 9]
    told = [act.at for act in exercise.talks.acts if act.seat == CLOCK and act.kind != "InjectTriggered"]
    assert told == sorted(told)


def test_what_became_known_long_after_is_kept_for_the_debrief() -> None:
    exercise = Exercise().start()
    exercise.do("control", clock.JumpClock(to=STARTS + timedelta(days=3000)))
    exercise.tick()
    assert "long-after" not in claims(exercise)
    rows = [exercise.talks.bodies[act.data["row"]["id"]] for act in exercise.talks.acts if act.kind == "RowScheduled"]
    assert any("long-after" in row for row in rows)


def test_a_file_cut_to_its_end_is_the_file() -> None:
    file = the_exercise()
    assert file_as_of(file, STARTS + timedelta(days=4000)) == file


def test_a_record_of_an_exercise_is_the_same_after_it_is_read_again() -> None:
    exercise = Exercise().start()
    exercise.tick(3600)
    again = replay(exercise.talks.acts)
    assert digest(again) == digest(exercise.talks)
    assert again.facts == exercise.talks.facts


def at_of(exercise: Exercise, slug: str) -> timedelta:
    act = exercise.given(slug)
    assert act is not None, f"{slug} was not given"
    return act.at - STARTS


def test_x6_an_inject_with_a_time_is_given_once_at_that_time_to_those_it_names() -> None:
    exercise = Exercise().start(runs_at=1000)
    for _ in range(20):
        exercise.tick(1)
    assert at_of(exercise, "truce") == timedelta(hours=2)
    assert at_of(exercise, "front") == timedelta(hours=3, minutes=30)
    by_slug: dict[str, list[Act]] = {}
    for act in exercise.talks.acts:
        if act.kind == "InjectGiven":
            by_slug.setdefault(act.data["slug"], []).append(act)
    assert all(len(acts) == 1 for acts in by_slug.values())
    [truce] = by_slug["truce"]
    assert {seat for seat, _ in truce.audience} == {"opp", "tur", "control", CLOCK}
    [front] = by_slug["front"]
    assert {seat for seat, _ in front.audience} == {*PLAYERS, "ana", "sec", "pap", "control", CLOCK}
    assert "by-hand" not in by_slug


def test_x6_silence_ends_at_its_own_minute_however_late_it_is_noticed() -> None:
    late = Exercise().start()
    late.tick(600)
    often = Exercise().start()
    for _ in range(600):
        often.tick(1)
    assert at_of(late, "quiet") == at_of(often, "quiet") == timedelta(minutes=45)


def test_x6_a_seat_that_acts_puts_its_silence_off() -> None:
    exercise = Exercise().start()
    exercise.tick(40)
    exercise.do("un", items.FileItem(words=(Words(text="A paper."),)))
    exercise.tick(300)
    assert at_of(exercise, "quiet") == timedelta(minutes=40 + 45)


def relay(exercise: Exercise) -> None:
    exercise.do("opp", items.FileItem(words=(Words(text="A paper."),), kind="paper"))
    mine = list(exercise.view("opp").known.items)[-1]
    exercise.do("opp", items.HandItem(item=mine, to="un"))
    exercise.do("opp", items.ClearItem(item=mine, to=("gov",), form=Form.VERBATIM))
    handle = list(exercise.view("un").known.items)[-1]
    exercise.do("un", relays.RelayItem(item=handle, to="gov", form=Form.VERBATIM))


def test_x6_an_inject_comes_when_its_condition_first_holds() -> None:
    exercise = Exercise().start()
    exercise.tick(10)
    relay(exercise)
    exercise.tick(1)
    assert at_of(exercise, "spoken") == timedelta(minutes=10)


def test_x6_a_delay_runs_from_the_first_moment_even_if_the_condition_ends() -> None:
    waits = inject("waits", when="no_act(un, for=PT30M)", to=("kaz",), after_minutes=20)
    exercise = Exercise(the_exercise(injects=(waits,))).start()
    exercise.tick(35)
    [known] = exercise.view("control").known.injects.values()
    assert (known.state, known.due_at) == (InjectState.TRIGGERED, STARTS + timedelta(minutes=50))
    exercise.do("un", items.FileItem(words=(Words(text="A paper."),)))
    exercise.tick(14)
    assert exercise.given("waits") is None
    exercise.tick(1)
    assert at_of(exercise, "waits") == timedelta(minutes=50)


def test_x6_a_held_inject_does_not_come_by_itself() -> None:
    exercise = Exercise().start()
    exercise.do("control", injects.HoldInject(inject=exercise.handle("truce")))
    exercise.tick(600)
    assert exercise.given("truce") is None
    exercise.do("control", injects.GiveInject(inject=exercise.handle("truce")))
    assert at_of(exercise, "truce") == timedelta(hours=10)


def test_an_exercise_can_be_moved_as_a_whole() -> None:
    exercise = Exercise()
    exercise.do("control", runs.StartExercise(persons=PEOPLE, automated=TOOLS, shift_minutes=90))
    exercise.do("control", clock.RunClock(pace=60))
    exercise.tick(600)
    assert at_of(exercise, "truce") == timedelta(hours=3, minutes=30)


def test_an_exercise_needs_a_plan_and_a_control_seat() -> None:
    with pytest.raises(ScenarioError, match="have no exercise"):
        opening_of_exercise(the_talks())
    with pytest.raises(ScenarioError, match="no control seat"):
        opening_of_exercise(the_exercise(added_seats=()))
