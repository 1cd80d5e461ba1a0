"""The queue of commands: each has its moment, no defect stops another, and a broken queue ends the desk."""

from __future__ import annotations

import asyncio
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from goodoffices.record.open_store import create
from goodoffices.service import command_batches
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks import core
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.app import create_app
from goodoffices.web.live.command_queue import CommandQueue
from goodoffices.web.live.departures import Departures
from goodoffices.web.live.desk_stops import DeskStops
from goodoffices.web.live.event_stream import Hub, Listener
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from properties.worlds.cast import START, the_talks
from properties.worlds.http import ORIGIN, Clock


class Stumbling(OpenRecord):
    """A room with a planted defect: it stumbles over the view of one seat, and is sound otherwise."""

    planted: BaseException = ZeroDivisionError()

    def view(self, seat: str) -> View:
        if seat == "stumble":
            raise self.planted
        return super().view(seat)


def stumbling_room(folder: Path, planted: BaseException) -> OpenRecord:
    room = Stumbling(create(folder / "record.db", kind=Kind.EXERCISE), Talks())
    room.planted = planted
    room._keep(opening(the_talks(), kind=Kind.EXERCISE, at=START), None)
    return room


def stumble_over_one_word(patch: pytest.MonkeyPatch, planted: BaseException) -> None:
    """Plant a defect where commands are decided: one word is too much for it."""
    sound = core.decide

    def decide(talks: Talks, request: CommandRequest, at: datetime, **given: Any) -> Any:
        if isinstance(request.command, FileItem) and request.command.words[0].text == "stumble":
            raise planted
        return sound(talks, request, at, **given)

    patch.setattr(command_batches, "decide", decide)


def filing(text: str) -> CommandRequest:
    return CommandRequest(seat="opp", command=FileItem(words=(Words(text=text),)))


@pytest.mark.parametrize(
    "planted", [ZeroDivisionError(), StopIteration(), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()]
)
def test_no_defect_in_one_command_stops_another_or_leaves_anybody_waiting(
    tmp_path: Path, planted: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    stumble_over_one_word(monkeypatch, planted)
    room = stumbling_room(tmp_path, planted)
    departures = Departures(0.01)
    hub = Hub(room.view, departures)
    queue = CommandQueue(
        room, now=Clock(), changed=lambda: None, departures=departures, spread=hub.spread, stops=DeskStops(room, None)
    )

    async def both() -> list[object]:
        running = asyncio.create_task(queue.run())
        asked = (queue.submit(filing("stumble"), "key-one"), queue.submit(filing("walk"), "key-two"))
        answers = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 30)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await queue.finish()
        return list(answers)

    first, second = asyncio.run(both())
    room.close()
    assert isinstance(first, ZeroDivisionError | RuntimeError)
    assert isinstance(second, Done)


def test_a_pulse_that_ends_by_a_defect_ends_the_server(tmp_path: Path) -> None:
    room = stumbling_room(tmp_path, ZeroDivisionError())
    settings = Settings(
        origins=(ORIGIN,), now=Clock(), entropy=lambda _, n: bytes(n), tick_seconds=0.01, secret=b"doors"
    )
    state = ServerContext(room, settings)
    app = create_app(state)

    async def serve() -> None:
        told, ready = asyncio.Event(), asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        steps = iter(("lifespan.startup", "lifespan.shutdown"))

        async def receive() -> Message:
            step = next(steps)
            if step == "lifespan.shutdown":
                await told.wait()
            return {"type": step}

        async def send(message: Message) -> None:
            ready.set()
            assert "failed" not in message["type"]

        async def live() -> None:
            await app({"type": "lifespan", "asgi": {}, "state": {}}, receive, send)

        server = asyncio.create_task(live())
        await ready.wait()
        # Whoever listens is looked up after every change; from now on that fails.
        state.hub.join(Listener(seat="stumble", session="", is_busy=False))
        waiting = asyncio.create_task(state.queue.submit(filing("walk"), "key-one"))
        await server
        waiting.cancel()

    asyncio.run(asyncio.wait_for(serve(), 30))
    room.close()
    assert isinstance(state.queue.failure, ZeroDivisionError)


def test_a_command_has_the_moment_at_which_it_had_come_whole(tmp_path: Path) -> None:
    """However long it waits: what is due between its moment and its turn is done after it, and does not refuse it."""
    room = stumbling_room(tmp_path, ZeroDivisionError())
    clock, departures = Clock(), Departures(0.05)
    hub = Hub(room.view, departures)
    queue = CommandQueue(
        room, now=clock, changed=hub.wake, departures=departures, spread=hub.spread, stops=DeskStops(room, None)
    )
    early, late = clock.at, clock.at + timedelta(minutes=3)

    async def both() -> list[object]:
        asked = [queue.submit(filing("second"), "key-two", arrived=late), queue.submit(filing("first"), "key-one")]
        waiting = [asyncio.create_task(one) for one in asked]
        await asyncio.sleep(0)
        clock.at = late + timedelta(minutes=3)
        await queue.finish()
        return await asyncio.gather(*waiting)

    answers = asyncio.run(both())
    assert all(isinstance(answer, Done) for answer in answers)
    filed = [notice for notice in room.view("opp").notices if notice.kind == "ItemFiled"]
    assert [notice.when for notice in filed] == [early, late]
    room.close()
