"""Processes of our own that share long work. Ctrl-C is their parent's to answer, and ends them at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Result = TypeVar("Result")

POLL_SECONDS = 0.2
"""So often does who waits for workers look whether to stop."""
_END_SECONDS = 1.0


class WorkerPool:
    """Some worker processes; each is started when there is work for it."""

    def __init__(self, workers: int, start: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
        self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start, initargs=given)

    def submit(self, work: Callable[..., Result], *given: object) -> Future[Result]:
        """Hand work to the next worker that is free."""
        with _signal_held_back():
            return self._pool.submit(work, *given)

    def end(self) -> None:
        """End all workers, whatever they do."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_END_SECONDS)


@contextmanager
def worker_pool(
    workers: int, start: Callable[..., None] | None = None, given: tuple[Any, ...] = ()
) -> Iterator[WorkerPool]:
    """Provide worker processes, each of which first calls ``start`` with what is ``given``; end them afterwards."""
    pool = WorkerPool(workers, start, given)
    try:
        yield pool
    finally:
        pool.end()


@contextmanager
def _signal_held_back() -> Iterator[None]:
    """Hold Ctrl-C back for a moment. A process that is started in it never gets it, not even while it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
