"""Reading what takes long, files and long forms, apart from all other work: each seat has a reader of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from goodoffices.web.live.departures import Departures, departure

T = TypeVar("T")

MOST = 4
"""So many files of one seat may be read or wait."""
_LEAVE = 1.0
"""Answers to files leave at whole multiples of so many seconds: to read one takes up to half a second."""


class TooManyFilesError(Exception):
    """A seat sends more files than can wait."""


class FileReaders:
    """The readers of all seats of one record. What one seat sends shows in no answer to another."""

    def __init__(self, departures: Departures) -> None:
        self._departures = departures
        self._readers: dict[str, ThreadPoolExecutor] = {}
        self._waiting: dict[str, int] = {}

    async def read(self, seat: str, read: Callable[[], T]) -> T:
        """Return what ``read`` gives, one of this seat after the other. The answer then leaves at a whole second.

        Raises
        ------
        TooManyFilesError
            If too many of this seat wait.
        """
        if self._waiting.get(seat, 0) == MOST:
            raise TooManyFilesError
        loop, reader = asyncio.get_running_loop(), self._readers.get(seat)
        if reader is None:
            reader = self._readers[seat] = ThreadPoolExecutor(max_workers=1, thread_name_prefix="files")
        self._waiting[seat] = self._waiting.get(seat, 0) + 1
        begun = loop.time()
        try:
            return await loop.run_in_executor(reader, read)
        finally:
            self._waiting[seat] -= 1
            if self._departures.period:
                departure.set(self._departures.after(max(begun + _LEAVE, loop.time()), period=_LEAVE))

    def close(self) -> None:
        """Let the readers go."""
        for reader in self._readers.values():
            reader.shutdown(wait=False, cancel_futures=True)
