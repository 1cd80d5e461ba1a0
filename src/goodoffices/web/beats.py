"""Beats: commands wait for the next beat, are decided in order of arrival, and answered at the beat after.

So equal news leaves at equal moments, and what time alone brings about happens at a beat whether anybody acts or not.
All work on the store is done in one thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from goodoffices.errors import StorageError
from goodoffices.talks.desk import Ask
from goodoffices.talks.refusals import Refusal
from goodoffices.web.rooms import Done, Room

__all__ = ["Beats"]

Answer = Done | Refusal | StorageError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    ask: Ask
    key: str
    answer: asyncio.Future[Answer]


class Beats:
    """The pulse of one room.

    Parameters
    ----------
    room
        The record.
    now
        Reads the clock.
    period
        Seconds from one beat to the next; 0 answers at once and in the caller's thread, for tests and benchmarks.
    changed
        Called in the event loop after something changed.
    """

    def __init__(self, room: Room, *, now: Callable[[], datetime], period: float, changed: Callable[[], None]) -> None:
        self._room, self._now, self._period, self._changed = room, now, period, changed
        self._queue: list[_Waiting] = []
        self._news = False
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        room.listeners.append(self._note)

    def _note(self) -> None:
        self._news = True

    async def ask(self, ask: Ask, key: str) -> Done | Refusal:
        """Return the answer to a command; when it is ``Done``, its acts are on the disk.

        Raises
        ------
        StorageError
            If the record cannot be written.
        """
        waiting = _Waiting(ask=ask, key=key, answer=asyncio.get_running_loop().create_future())
        if self._period:
            self._queue.append(waiting)
        else:
            self._tell([(waiting, self._decide(waiting))])
        answer = await waiting.answer
        if isinstance(answer, StorageError):
            raise answer
        return answer

    def tick(self) -> None:
        """Do what is due, in the caller's thread, and tell of it."""
        self._room.tick(self._now())
        self._tell([])

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        ready: list[tuple[_Waiting, Answer]] = []
        while True:
            await asyncio.sleep(self._period - loop.time() % self._period)
            self._tell(ready)
            batch, self._queue = self._queue, []
            ready = await loop.run_in_executor(self._writer, self._do, batch)

    async def finish(self) -> None:
        """Decide what still waits, answer it, and let the writer go."""
        batch, self._queue = self._queue, []
        self._tell(await asyncio.get_running_loop().run_in_executor(self._writer, self._do, batch))
        self._writer.shutdown()

    def _do(self, batch: list[_Waiting]) -> list[tuple[_Waiting, Answer]]:
        try:
            self._room.tick(self._now())
        except StorageError as error:
            return [(waiting, error) for waiting in batch]
        return [(waiting, self._decide(waiting)) for waiting in batch]

    def _decide(self, waiting: _Waiting) -> Answer:
        try:
            return self._room.ask(waiting.ask, at=self._now(), key=waiting.key)
        except StorageError as error:
            return error

    def _tell(self, answers: list[tuple[_Waiting, Answer]]) -> None:
        if self._news:
            self._news = False
            self._changed()
        for waiting, answer in answers:
            if not waiting.answer.done():
                waiting.answer.set_result(answer)
