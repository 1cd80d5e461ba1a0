"""Take commands in order, decide them at the next tick, and answer at the tick after.

Answers leave at fixed moments, so their timing tells nothing. Deadlines are handled at a tick too, whether anybody acts
or not.
All work on the store is done in one thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from goodoffices.service.open_record import Done, OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("goodoffices.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    request: CommandRequest
    key: str
    answer: asyncio.Future[Done | Refusal]


_Decided = tuple[_Waiting, Done | Refusal | BaseException]


class CommandQueue:
    """The queue of one record's commands.

    Parameters
    ----------
    room
        The record.
    now
        Reads the clock.
    period
        Seconds from one tick to the next; 0 answers at once and in the caller's thread, for tests and benchmarks.
    changed
        Called in the event loop after something changed.

    Attributes
    ----------
    failure
        The defect that ended the queue, if one did; then no command is answered any more and the server must end.
    """

    def __init__(
        self, room: OpenRecord, *, now: Callable[[], datetime], period: float, changed: Callable[[], None]
    ) -> None:
        self._room, self._now, self._period, self._changed = room, now, period, changed
        self._queue: list[_Waiting] = []
        self._news, self._is_late = False, False
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        self.failure: BaseException | None = None
        room.listeners.append(self._note)

    def _note(self) -> None:
        self._news = True

    async def submit(self, request: CommandRequest, key: str) -> Done | Refusal:
        """Return the answer to a command; when it is ``Done``, its acts are on the disk.

        Raises
        ------
        StorageError
            If the record cannot be written.
        """
        waiting = _Waiting(request=request, key=key, answer=asyncio.get_running_loop().create_future())
        if self._period:
            self._queue.append(waiting)
            return await waiting.answer
        made = self._decide(waiting)
        self._tell([])
        return made

    def tick(self) -> None:
        """Do what is due, in the caller's thread, and tell of it."""
        self._tick()
        self._tell([])

    async def run(self) -> None:
        """Work at every tick until cancelled."""
        loop = asyncio.get_running_loop()
        ready: list[_Decided] = []
        while True:
            await asyncio.sleep(self._period - loop.time() % self._period)
            self._tell(ready)
            ready = await self._work()

    async def finish(self) -> None:
        """Decide what still waits, answer it, and let the writer go."""
        self._tell(await self._work())
        self._writer.shutdown()

    async def _work(self) -> list[_Decided]:
        """Do what is due, then decide every waiting command in order of arrival; a defect in one stops no other."""
        batch, self._queue = self._queue, []
        due = asyncio.wrap_future(self._writer.submit(_carrying, self._tick))
        jobs = [asyncio.wrap_future(self._writer.submit(_carrying, self._decide, waiting)) for waiting in batch]
        [late] = await asyncio.gather(due, return_exceptions=True)
        answers = await asyncio.gather(*jobs, return_exceptions=True)
        if late is not None and not self._is_late:
            # Logged once, not twenty times a second; the answer to a command shows the same defect.
            log.error("what is due could not be done", exc_info=late)
        self._is_late = late is not None
        return list(zip(batch, answers, strict=True))

    def _tick(self) -> None:
        self._room.tick(self._now())

    def _decide(self, waiting: _Waiting) -> Done | Refusal:
        return self._room.submit(waiting.request, at=self._now(), key=waiting.key)

    def _tell(self, decided: list[_Decided]) -> None:
        if self._news:
            self._news = False
            self._changed()
        for waiting, answer in decided:
            if waiting.answer.done():
                continue
            if isinstance(answer, BaseException):
                waiting.answer.set_exception(answer)
            else:
                waiting.answer.set_result(answer)


def _carrying(job: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Do a job in the writer's thread so that every error in it reaches the event loop.

    An asyncio future cannot hold StopIteration, and its waiter would wait for ever. SystemExit and KeyboardInterrupt
    raised in the thread would stop the event loop in the middle of its work. Both are wrapped.
    """
    try:
        return job(*arguments, **named)
    except (StopIteration, SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError) as error:
        raise RuntimeError(f"{type(error).__name__} where acts are decided and kept") from error
