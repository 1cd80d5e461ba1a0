"""A clock that jumps stops what is decided and dated, until a person has looked; pages stay open and say so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord, create_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.live.clock_guard import ClockGuard
from goodoffices.web.live.command_queue import CommandQueue
from goodoffices.web.live.departures import Departures
from goodoffices.web.live.desk_stops import ClockStoppedError, DeskStops, StopReason, may_confirm_clock
from properties.worlds.cast import START, the_talks


class Clocks:
    """The clock on the wall, which anybody may set, and the one that only runs on."""

    def __init__(self) -> None:
        self.at, self.seconds = START + timedelta(minutes=1), 1000.0

    def wall(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.seconds

    def run(self, seconds: float) -> None:
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)

    def guard(self) -> ClockGuard:
        return ClockGuard(self.wall, self.elapsed)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[OpenRecord]:
    with closing(create_record(tmp_path / "a.record", the_talks(), kind=Kind.EXERCISE, at=START)) as made:
        yield made


@pytest.mark.parametrize("seconds", [-86_400, -121, 121, 3_600, 300_000_000])
def test_a_jump_of_more_than_two_minutes_stops_until_it_is_confirmed(clocks: Clocks, seconds: int) -> None:
    guard = clocks.guard()
    before = guard.now()
    clocks.at += timedelta(seconds=seconds)
    clocks.run(30)
    # Until then the time goes on as it did, so that nobody's session ends by the jump.
    assert guard.now() == before + timedelta(seconds=30)
    assert guard.jump is not None
    assert guard.jump.shown == clocks.at
    clocks.run(10)
    assert guard.now() == before + timedelta(seconds=40)
    guard.confirm()
    assert guard.jump is None
    assert guard.now() == clocks.at


@pytest.mark.parametrize("seconds", [-119, -1, 1, 119])
def test_a_small_step_of_the_clock_is_followed(clocks: Clocks, seconds: int) -> None:
    guard = clocks.guard()
    clocks.at += timedelta(seconds=seconds)
    assert guard.now() == clocks.at
    assert guard.jump is None


def test_a_clock_that_is_set_right_slowly_never_adds_up_to_a_jump(clocks: Clocks) -> None:
    guard = clocks.guard()
    for _ in range(2000):
        clocks.run(60)
        clocks.at += timedelta(milliseconds=30)
        assert guard.now() == clocks.at
    assert guard.jump is None


def test_many_small_steps_at_once_are_a_jump(clocks: Clocks) -> None:
    guard = clocks.guard()
    for _ in range(10):
        clocks.at += timedelta(seconds=100)
        guard.now()
    assert guard.jump is not None


def test_while_the_clock_is_in_doubt_nothing_is_decided_and_nothing_falls_due(clocks: Clocks, room: OpenRecord) -> None:
    guard = clocks.guard()
    stops, departures = DeskStops(room, guard), Departures(0.005)

    async def spread() -> float:
        return asyncio.get_running_loop().time()

    queue = CommandQueue(room, now=guard.now, changed=lambda: None, departures=departures, spread=spread, stops=stops)
    paper = FileItem(words=(Words(text="a"),), lapses_at=START + timedelta(hours=1))

    async def run() -> None:
        running = asyncio.create_task(queue.run())
        assert isinstance(await queue.submit(CommandRequest(seat="opp", command=paper), "k1"), Done)
        n_acts = len(room.acts())
        # One is on its way when the clock jumps: nobody can say by which clock it was dated.
        waiting = asyncio.create_task(queue.submit(CommandRequest(seat="opp", command=paper), "k2"))
        await asyncio.sleep(0)
        clocks.at += timedelta(days=300)
        with pytest.raises(ClockStoppedError):
            await waiting
        with pytest.raises(ClockStoppedError):
            await queue.submit(CommandRequest(seat="gov", command=paper), "k3")
        await asyncio.sleep(0.05)
        queue.tick()
        assert len(room.acts()) == n_acts
        assert not await queue.is_writable()
        stop = stops.now()
        assert stop is not None
        assert (stop.reason, stop.is_of_clock, stop.shown) == (StopReason.JUMPED, True, clocks.at)
        clocks.at -= timedelta(days=300)
        stops.confirm_clock()
        assert isinstance(await queue.submit(CommandRequest(seat="opp", command=paper), "k2"), Done)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await queue.finish()

    asyncio.run(run())
    times = [act.at for act in room.acts()]
    assert max(times) < START + timedelta(hours=1)


@pytest.mark.parametrize(("minutes", "stops"), [(-1, True), (0, False), (1, False), (500_000, False)])
def test_at_the_start_only_a_clock_before_the_last_act_stops_the_desk(
    clocks: Clocks, room: OpenRecord, minutes: int, stops: bool
) -> None:
    clocks.at = START + timedelta(minutes=minutes)
    found = DeskStops(room, clocks.guard())
    stop = found.now()
    assert (stop is not None) == stops
    if stop is not None:
        assert (stop.reason, stop.shown, stop.expected) == (StopReason.BEHIND, clocks.at, None)
        found.confirm_clock()
        assert found.now() is None


def test_an_exercise_is_judged_by_the_real_time_of_its_last_act(clocks: Clocks, room: OpenRecord) -> None:
    command = CommandRequest(seat="opp", command=FileItem(words=(Words(text="a"),)))
    room.submit(command, at=START + timedelta(hours=5))
    # Dated as the one before, because a seat's time never goes back, though by the wall it was earlier.
    room.submit(command, at=START + timedelta(hours=1))
    assert room.last_at == START + timedelta(hours=1)


def test_the_secretariat_confirms_and_nobody_else(room: OpenRecord) -> None:
    able = [seat for seat in room.seats() if may_confirm_clock(room.view(seat))]
    assert able == [seat for seat, roles in room.roles().items() if "secretariat" in roles]
    assert able
