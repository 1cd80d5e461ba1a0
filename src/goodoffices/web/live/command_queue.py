"""Take commands in order of arrival, decide them at the next tick, and answer at the tick after.

A command has the moment at which its request had come whole. What was due by then is done first. Deadlines are handled
at each tick, whether anybody acts or not, after all commands that came before. Answers are given when all news of the
tick is made, and leave with it: their timing tells nothing (see `departures`). All work on the store is done in one
thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from goodoffices.data_class import dataclass
from goodoffices.errors import RecordTakenError, SilentRecordError, StorageError
from goodoffices.service.command_batches import Done, Submission, holdable
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.live.departures import Departures, departure
from goodoffices.web.live.desk_stops import ClockStoppedError, DeskStops

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("goodoffices.web")

_PATIENCE = 5.0
"""Seconds in which the record has to answer; then the desk says that it does not, and its pages stay open."""
_LEAST = 1e-3
"""The least seconds to the next tick: a timer may ring a little early, and no tick is worked at twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    asked: Submission
    answer: asyncio.Future[tuple[Done | Refusal, float]]


class CommandQueue:
    """The queue of one record's commands.

    Parameters
    ----------
    room
        The record.
    now
        Reads the clock.
    changed
        Called in the event loop after something changed.
    departures
        When answers leave. Its period is the time from one tick to the next; 0 answers at once and in the caller's
        thread, for tests and benchmarks.
    spread
        With ticks, called at the end of each: makes its news and returns when that leaves, and the answers with it.
    stops
        What stops commands and deadlines.

    Attributes
    ----------
    failure
        The defect that ended the queue, if one did; then no command is answered any more and the server must end.
    """

    def __init__(
        self,
        room: OpenRecord,
        *,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        departures: Departures,
        spread: Callable[[], Awaitable[float]],
        stops: DeskStops,
    ) -> None:
        self._room, self._now, self._changed, self._stops = room, now, changed, stops
        self._departures, self._spread = departures, spread
        self._queue: list[_Waiting] = []
        self._news, self._is_late = False, False
        self._under_way: set[asyncio.Future[Any]] = set()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        self.failure: BaseException | None = None
        room.listeners.append(self._note)

    def _note(self) -> None:
        self._news = True

    async def submit(
        self,
        request: CommandRequest,
        key: str | None = None,
        *,
        arrived: datetime | None = None,
        beforehand: dict[Hashable, Any] | None = None,
    ) -> Done | Refusal:
        """Return the answer to a command; when it is ``Done``, its acts are on the disk.

        ``arrived`` is when its request had come whole; now, if it is the desk's own. ``beforehand`` is what was made of
        a long command before (`OpenRecord.work_beforehand`).

        Raises
        ------
        StorageError
            If the record cannot be written, or nothing is decided until somebody has confirmed the time.
        """
        self._stops.check_clock()
        at = arrived or self._now()
        if self._departures.period:
            asked = Submission(request=request, at=at, key=key, beforehand=beforehand)
            waiting = _Waiting(asked=asked, answer=asyncio.get_running_loop().create_future())
            self._queue.append(waiting)
            answer, leaves = await waiting.answer
            departure.set(leaves)
            return answer
        made = self._room.submit(request, at=at, key=key, beforehand=beforehand)
        self._tell_of_changes()
        return made

    def tick(self) -> None:
        """Do what is due, in the caller's thread, and tell of it; nothing while the clock is in doubt."""
        if self._stops.clock() is not None:
            return
        self._room.tick(self._now())
        self._tell_of_changes()

    async def run(self) -> None:
        """Work at every tick until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._departures.after(loop.time() + _LEAST) - loop.time())
            await self._work()

    async def finish(self) -> None:
        """Decide what still waits, answer it, and let the writer go."""
        await self._work()
        self._writer.shutdown()

    async def _work(self) -> None:
        """Decide every waiting command in order of arrival, then do what is due; a defect in one stops no other."""
        # Who comes later has a later moment than this one, so what is due by it may be done.
        batch, self._queue, until = sorted(self._queue, key=lambda one: one.asked.at), [], self._now()
        if self._stops.clock() is not None:
            # They arrived when the clock had jumped, or just before: nobody can say which.
            self._refuse(batch, ClockStoppedError("nothing is decided until somebody has confirmed the time"))
            return
        self._under_way = {job for job in self._under_way if not job.done()}
        if self._under_way:
            self._refuse(batch, StorageError("the record does not answer; nothing was changed"))
            return
        late, answers = await self._decided(batch, until)
        if isinstance(late, RecordTakenError):
            self._refuse(batch, late)
            raise late
        self._stops.is_silent |= isinstance(late, StorageError)
        if late is not None and not self._is_late:
            # Logged once, not twenty times a second; the answer to a command shows the same defect.
            log.error("what is due could not be done", exc_info=late)
        self._is_late = late is not None
        self._tell_of_changes()
        leaves = await self._spread() if self._departures.period else 0.0
        for waiting, answer in zip(batch, answers, strict=True):
            if waiting.answer.done():
                continue
            if isinstance(answer, BaseException):
                waiting.answer.set_exception(answer)
            else:
                waiting.answer.set_result((answer, leaves))

    async def _decided(
        self, batch: list[_Waiting], until: datetime
    ) -> tuple[BaseException | None, list[Done | Refusal | BaseException]]:
        """Decide a batch and do what is due; return why that failed, if it did, and the answers."""
        asked = [one.asked for one in batch]
        decided: asyncio.Future[Any] = asyncio.wrap_future(self._writer.submit(_carrying, self._room.submit_all, asked))
        due: asyncio.Future[Any] = asyncio.wrap_future(self._writer.submit(_carrying, self._room.tick, until))
        _, self._under_way = await asyncio.wait([decided, due], timeout=_PATIENCE)
        self._stops.is_silent = bool(self._under_way)
        answers, late = _outcome(decided), _outcome(due)
        each = answers if isinstance(answers, list) else [answers] * len(batch)
        return late if isinstance(late, BaseException) else None, each

    def _refuse(self, batch: list[_Waiting], error: StorageError) -> None:
        for waiting in batch:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)

    async def is_writable(self) -> bool:
        """Tell whether commands can be kept now. Nothing is written, and who writes is not waited for."""
        if self._stops.now() is not None or any(not job.done() for job in self._under_way):
            return False
        if not self._departures.period:
            return self._room.is_writable()
        asked = asyncio.wrap_future(self._writer.submit(_carrying, self._room.is_writable))
        done, _ = await asyncio.wait([asked], timeout=_PATIENCE)
        return bool(done) and _outcome(asked) is True

    def _tell_of_changes(self) -> None:
        if self._news:
            self._news = False
            self._changed()


def _outcome(job: asyncio.Future[Any]) -> Any:
    """Return what a job gave or raised; one that is not done yet has not answered."""
    if not job.done():
        return SilentRecordError("the record has not answered; send again, and it is done once only")
    error = job.exception()
    return job.result() if error is None else error


def _carrying(job: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Do a job in the writer's thread so that every error in it reaches the event loop."""
    try:
        return job(*arguments, **named)
    except BaseException as error:
        held = holdable(error)
        raise held from held.__cause__
