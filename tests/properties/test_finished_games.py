"""Finished games: nothing is said again soon, nobody acts outside a brief, nobody leaves what it has supported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from finished_games import Game, empty_desks, faults, outside, repeats
from goodoffices.exercises.automated_runs import AutomatedRun
from goodoffices.rehearsal.seats.duties.bargaining_papers import CAUTIOUS, come_and_go
from goodoffices.rehearsal.seats.lexicon import Stand, lexicon_of
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.rehearsal.seats.points import Point, write_points
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.exercise.clock import PauseClock, RunClock
from goodoffices.talks.exercise.runs import EndExercise
from goodoffices.talks.state.command_context import Command, CommandRequest
from seat_runs import astana, begun, played

FEW, MANY = (1, 3), tuple(seed for seed in range(1, 21) if seed not in (1, 3))


def game(seed: int) -> Game:
    run = played(seed) if seed in FEW else begun(seed)
    run.play_until(astana().timetable.ends_at)
    return Game({seat: run.talks.view(seat) for seat in run.orders}, frozenset(run.orders), astana().timetable)


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in MANY)])
def test_no_played_seat_says_a_sentence_again_soon_or_acts_outside_its_brief(seed: int) -> None:
    assert faults(game(seed)) == []


# ---------------------------------------------------------------------------------------- the checks find what is wrong


def said(run_seat: str, *commands: tuple[str, Command]) -> Game:
    """Return a game in which a few things were done by hand, all by seats that the program is said to play."""
    run = begun(1)
    at = run.at + timedelta(minutes=5)
    for seat, command in commands:
        assert run.talks.submit(CommandRequest(seat=seat, command=command), at=at) is None
        at += timedelta(minutes=5)
    views = {seat: run.talks.view(seat) for seat in (run_seat, *dict.fromkeys(seat for seat, _ in commands))}
    return Game(views, frozenset(run.orders), astana().timetable)


def paper(seat: str, *points: Point) -> FileItem:
    lexicon = lexicon_of(begun(1).talks.view(seat).known.agenda)
    return FileItem(words=(Words(text=write_points(points, lexicon)),))


def test_the_check_finds_a_sentence_that_is_said_again() -> None:
    twice = [("un-envoy", FileItem(words=(Words(text="A middle way."),))) for _ in range(2)]
    tell = [
        ("un-envoy", RelayItem(item=f"m{n}", to="turkey", form=Form.VERBATIM)) for n in (1, 2)
    ]  # fmt: skip
    found = list(repeats(said("turkey", *twice, *tell), "turkey"))
    assert len(found) == 1
    assert "A middle way." in found[0]


def test_the_check_finds_a_red_line_that_is_given() -> None:
    given = Point(issue="iran-status", options=("guarantor",), stand=Stand.ACCEPT)
    asked = replace(given, stand=Stand.REJECT)
    assert list(outside(said("opposition", ("opposition", paper("opposition", asked))), "opposition")) == []
    [found] = outside(said("opposition", ("opposition", paper("opposition", given))), "opposition")
    assert "red line on iran-status" in found


def test_the_check_finds_an_empty_desk() -> None:
    run = begun(1)
    start = run.at
    for minutes, clock in ((0, RunClock(pace=18)), (30, PauseClock()), (90, EndExercise())):
        assert (
            run.talks.submit(CommandRequest(seat="control", command=clock), at=start + timedelta(minutes=minutes))
            is None
        )
    still = Game({"usa": run.talks.view("usa")}, frozenset(run.orders), astana().timetable)
    [found] = empty_desks(still, "usa")
    assert "3.3 minutes" in found
    assert list(empty_desks(still, "usa", minutes=3.5)) == []


# --------------------------------------------------------------------------------------------------- leaving the talks


def positions(run: AutomatedRun, orders: Orders) -> Positions:
    """Return where a seat stands in a run now, under these orders."""
    draws = draws_of(run.seed, orders.seat)
    return Positions(outlook=Outlook(view=run.talks.view(orders.seat), orders=orders, moment=run.at, draws=draws))


def test_nobody_leaves_over_what_a_text_gives_it() -> None:
    run = played(3)
    n_texts = 0
    for seat in ("government", "opposition"):
        held = positions(run, run.orders[seat])
        named = {one for clauses in held.outlook.clauses.values() for one in clauses.values()}
        n_texts += len(named)
        assert held.ground is None or held.ground not in held.written
        assert held.written <= named
    assert n_texts, "the run ended without a text"


def test_nobody_leaves_when_the_talks_are_over() -> None:
    run = begun(3)
    run.play_until(astana().timetable.starts_at + timedelta(hours=18))
    calm = run.orders["government"]
    angry = replace(calm, brief=replace(calm.brief, temper=replace(calm.brief.temper, patience=0)))
    held = positions(run, angry)
    assert leaves(held), "a seat without patience leaves while it lacks what it asks for"
    over = replace(angry, timetable=replace(angry.timetable, sessions=(), texts=(), ends_at=run.at))
    assert not leaves(positions(run, over))


def leaves(held: Positions) -> bool:
    return any(made.key.startswith(("leave", "stay-away")) for made in come_and_go(held, CAUTIOUS))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_departure_says_for_what_it_is(language: str) -> None:
    lexicon = lexicon_of(begun(1).talks.view("government").known.agenda)
    point = Point(issue="violations", options=("joint-finding",), stand=Stand.LEAVE)
    text = write_points((point,), lexicon, language)
    assert {"en": "because this is not agreed", "ar": "لأن ذلك لم يُتفق عليه"}[language] in text
