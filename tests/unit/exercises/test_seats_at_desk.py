"""One person plays and the tool plays the other seats, in a record on disk whose clock runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goodoffices.exercises.seats_at_desk import SeatsAtDesk
from goodoffices.rehearsal.seats.lexicon import lexicon_of
from goodoffices.rehearsal.seats.points import asks_for_a_point
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord, begin_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exercise.clock import JumpClock, PauseClock, RunClock
from goodoffices.talks.exercise.runs import StartExercise
from goodoffices.talks.exercise.staff import SwapSeat
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.live import automated_seats
from seat_runs import astana

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


class Desk:
    def __init__(self, where: Path) -> None:
        self.real = NOON
        self.record: OpenRecord = begin_record(
            where, opening_of_exercise(astana().talks), kind=Kind.EXERCISE, at=self.real
        )
        self.seats = SeatsAtDesk(self.record, astana())
        self.given: list[str] = []

    def do(self, seat: str, command: Command) -> None:
        answer = self.record.submit(CommandRequest(seat=seat, command=command, person="Amal"), at=self.real)
        assert isinstance(answer, Done), answer

    def play(self, minutes: int) -> None:
        """Let real minutes pass, a few seconds at a time, and the automated seats act."""
        for _ in range(minutes * 6):
            self.real += timedelta(seconds=10)
            self.record.tick(self.real)
            while (found := self.seats.turn_at(self.real)) is not None:
                turn, request = found
                answer = self.record.submit(request, at=self.real)
                assert not isinstance(answer, Refusal), f"{turn.seat} {turn.intention.key}: {answer}"
                self.given.append(turn.seat)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "exercise.record")
    planned = [seat.slug for seat in astana().talks.exercise.shown.seats]  # type: ignore[union-attr]
    others = tuple(seat for seat in planned if seat != "un-envoy")
    made.do("control", StartExercise(persons=("un-envoy",), automated=others, pace=18, seed=3))
    yield made
    made.record.close()


@pytest.mark.slow
def test_nothing_happens_before_the_clock_runs_or_while_it_stands(desk: Desk) -> None:
    assert desk.seats.turn_at(desk.real + timedelta(hours=3)) is None
    desk.do("control", RunClock(pace=18))
    desk.play(2)
    assert desk.given
    desk.do("control", PauseClock())
    n = len(desk.given)
    desk.play(3)
    assert len(desk.given) == n


@pytest.mark.slow
def test_the_tool_plays_its_seats_and_never_the_persons(desk: Desk) -> None:
    desk.do("control", RunClock(pace=18))
    desk.play(8)
    assert {"government", "opposition"} <= set(desk.given)
    assert "un-envoy" not in desk.given
    handed = [item for item in desk.record.view("un-envoy").known.items.values() if item.came == "handed"]
    assert handed, "something waits for the person within eight minutes"


@pytest.mark.slow
def test_a_seat_changes_hands_both_ways_and_a_new_server_goes_on(desk: Desk) -> None:
    desk.do("control", RunClock(pace=18))
    desk.play(3)
    desk.do("control", SwapSeat(seat="opposition"))
    before = len(desk.given)
    desk.play(4)
    assert "opposition" not in desk.given[before:]
    desk.do("control", SwapSeat(seat="opposition", automated="cautious-delegation"))
    desk.seats = SeatsAtDesk(desk.record, astana())
    before = len(desk.given)
    desk.play(6)
    assert "opposition" in desk.given[before:]


@pytest.mark.slow
def test_after_a_jump_the_seats_go_on_at_the_new_hour(desk: Desk) -> None:
    desk.do("control", RunClock(pace=18))
    desk.play(1)
    desk.do("control", JumpClock(to=astana().timetable.starts_at + timedelta(hours=14)))
    before = len(desk.given)
    desk.play(3)
    assert len(desk.given) > before


@pytest.mark.slow
def test_the_job_of_the_server_gives_commands_through_the_queue(desk: Desk) -> None:
    desk.do("control", RunClock(pace=18))
    desk.real += timedelta(minutes=3)
    asked: list[CommandRequest] = []

    async def submit(request: CommandRequest, key: str) -> Done | Refusal:
        assert key
        asked.append(request)
        return desk.record.submit(request, at=desk.real, key=key)

    async def a_while() -> None:
        job = asyncio.create_task(automated_seats.play_seats(desk.seats, submit, lambda: desk.real))
        while len(asked) < 3:
            await asyncio.sleep(0)
        job.cancel()

    asyncio.run(asyncio.wait_for(a_while(), 60))
    assert len(asked) >= 3


@pytest.mark.slow
def test_prose_is_answered_with_a_question_about_points(desk: Desk) -> None:
    desk.do("control", SwapSeat(seat="opposition"))
    desk.do("control", RunClock(pace=18))
    desk.do("opposition", FileItem(words=(Words(text="You are all the same, and we are tired of it."),)))
    paper = next(i.handle for i in desk.record.view("opposition").known.items.values() if i.came == "filed")
    desk.do("opposition", HandItem(item=paper, to="turkey"))
    desk.do("opposition", ClearItem(item=paper, to=("government",), form=Form.VERBATIM))
    desk.play(5)
    view = desk.record.view("opposition")
    told = [view.text(body) or "" for item in view.known.items.values() if item.came == "told" for body in item.words]
    assert any(asks_for_a_point(text, lexicon_of(view.known.agenda), "en") for text in told), told


@pytest.mark.slow
def test_every_act_of_the_tool_can_be_explained_from_what_its_seat_knew(desk: Desk) -> None:
    desk.do("control", RunClock(pace=18))
    desk.play(6)
    for seat in ("government", "opposition", "turkey", "russia"):
        own = [notice.n for notice in desk.record.view(seat).notices if notice.by == seat and notice.face == "self"]
        assert own
        for n in own[-6:]:
            for language in ("en", "ar"):
                text = desk.seats.explanation(seat, n, language)
                assert text, f"{seat} does not say why it did notice {n}"
                assert "{" not in text
    assert desk.seats.explanation("un-envoy", 1) == ""
