"""What plays the seats of an exercise that no people play: it is asked at every tick while the clock runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from goodoffices.errors import GoodOfficesError
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.live.command_queue import CommandQueue

log = logging.getLogger("goodoffices.web")


class Players(Protocol):
    """Automated seats. Each gets nothing but its own view, and its commands are decided like anyone's."""

    def due(self, view: Callable[[str], View], until: datetime) -> Sequence[CommandRequest]:
        """Return what the seats ask by a moment of the exercise; refusals show in their views' absence of the act."""


async def keep_playing(
    room: OpenRecord, queue: CommandQueue, players: Callable[[], Players | None], *, now: Callable[[], datetime]
) -> None:
    """Let automated seats ask, four times a second, until cancelled. A defect of theirs stops nobody else."""
    while True:
        await asyncio.sleep(0.25)
        asked, facts = players(), room.facts
        if asked is None or facts is None or not facts.clock.is_running:
            continue
        try:
            for request in asked.due(room.view, room.time_at(now())):
                await queue.submit(request)
        except GoodOfficesError as error:
            log.error("an automated seat could not act", exc_info=error)
