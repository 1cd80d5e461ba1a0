"""Run an experiment in chunks: in this process, in several, or on a Dask cluster; with the same results each way.

Finished chunks are stored at once, if there is a folder. Interrupting keeps them, and the same command goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import RehearsalStoppedError, ScenarioError
from goodoffices.progress import Progress, is_stopped
from goodoffices.rehearsal.batches.chunks import run_chunk
from goodoffices.rehearsal.batches.experiment import Experiment
from goodoffices.rehearsal.batches.outcomes import Rows
from goodoffices.rehearsal.batches.store import Store, open_store
from goodoffices.rehearsal.isolation.worker_pool import POLL_SECONDS, worker_pool

Range = tuple[int, int]

CHUNK = 100
_SCHEDULER_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """How to run: ``workers`` processes (0 or 1: this one), or a scheduler's address; ``chunk`` runs at a time."""

    workers: int = 0
    cluster: str = ""
    chunk: int = CHUNK
    folder: Path | None = None

    def __post_init__(self) -> None:
        if self.workers < 0 or self.chunk < 1:
            raise ScenarioError("give a number of workers of 0 or more, and 1 run or more at a time")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """The outcomes of an experiment, sorted by cell and run.

    ``is_complete``: all runs are in it; otherwise it was interrupted, and holds the same runs of each cell. ``folder``
    is where it is stored, if it is; ``remark`` says if that is not the folder that was named.
    """

    experiment: Experiment
    rows: Rows
    is_complete: bool
    folder: Path | None = None
    remark: str = ""

    def cell(self, place: int) -> Rows:
        """Return the rows of one cell, in order of the runs; no copy is made."""
        found: Rows = self.rows[place * self.n : (place + 1) * self.n]
        return found

    @property
    def n(self) -> int:
        """The number of runs of each cell."""
        return len(self.rows) // len(self.experiment.cells)


def rehearse(experiment: Experiment, how: Execution | None = None, progress: Progress | None = None) -> Batch:
    """Run an experiment, or what is left of it.

    Parameters
    ----------
    experiment
        Its cells and runs.
    how
        In this process if not given.
    progress
        Told what is done; if it has a true attribute ``is_stopped``, what is finished is returned.

    Raises
    ------
    StorageError, ScenarioError
        If the folder cannot be written, or the scheduler cannot be reached.
    """
    how = how or Execution()
    store, remark = (None, "") if how.folder is None else open_store(how.folder, experiment)
    finished = _Finished(experiment)
    for span, path in (store.finished() if store else {}).items():
        rows = store.read(path) if store else None
        is_whole = rows is not None and len(rows) == (span[1] - span[0]) * len(experiment.cells)
        if rows is not None and is_whole and span[1] <= experiment.runs:
            finished.add(span, rows)
    left = _left(~finished.is_done, how.chunk)
    for span, rows in _chunks(experiment, left, how, progress):
        finished.add(span, rows)
        if store is not None:
            store.write(*span, rows)
        if progress is not None:
            n = finished.n
            progress(f"{n:,} of {experiment.runs:,} runs", n / experiment.runs)
    return _batch(experiment, finished, store, remark)


class _Finished:
    """The rows of an experiment as they come, each at its place: by cell and run. They are in memory once."""

    def __init__(self, experiment: Experiment) -> None:
        self.rows = np.zeros((len(experiment.cells), experiment.runs), experiment.row_type)
        self.is_done = np.zeros(experiment.runs, np.bool_)
        self.n = 0

    def add(self, span: Range, rows: Rows) -> None:
        """Write the rows of a range of runs; they come by cell and run."""
        first, last = span
        self.rows[:, first:last] = rows.reshape(len(self.rows), last - first)
        self.n += int((~self.is_done[first:last]).sum())
        self.is_done[first:last] = True


def _left(missing: NDArray[np.bool_], chunk: int) -> list[Range]:
    """Return the ranges of runs that are still to do, in order."""
    runs = len(missing)
    spans, start = [], 0
    while start < runs:
        if not missing[start]:
            start += 1
            continue
        last = start
        while last < runs and missing[last] and last - start < chunk:
            last += 1
        spans.append((start, last))
        start = last
    return spans


def _batch(experiment: Experiment, finished: _Finished, store: Store | None, remark: str) -> Batch:
    is_complete = finished.n == experiment.runs
    rows = (finished.rows if is_complete else finished.rows[:, finished.is_done]).reshape(-1)
    folder = None if store is None else store.folder
    return Batch(experiment=experiment, rows=rows, is_complete=is_complete, folder=folder, remark=remark)


def _chunks(
    experiment: Experiment, left: list[Range], how: Execution, progress: Progress | None
) -> Iterator[tuple[Range, Rows]]:
    if how.cluster:
        return _on_cluster(experiment, left, how.cluster, progress)
    if how.workers > 1 and len(left) > 1:
        return _in_processes(experiment, left, how.workers, progress)
    return _here(experiment, left, progress)


def _here(experiment: Experiment, left: list[Range], progress: Progress | None) -> Iterator[tuple[Range, Rows]]:
    for span in left:
        if is_stopped(progress):
            return
        yield span, run_chunk(experiment, *span)


_EXPERIMENT: list[Experiment] = []  # of a worker process: what it was started with


def _start_worker(experiment: Experiment) -> None:
    _EXPERIMENT[:] = [experiment]


def _in_worker(span: Range) -> Rows:
    return run_chunk(_EXPERIMENT[0], *span)


def _in_processes(
    experiment: Experiment, left: list[Range], workers: int, progress: Progress | None
) -> Iterator[tuple[Range, Rows]]:
    """Run chunks in several processes. A worker that dies loses only its chunks, which are run once more."""
    waiting = list(left)
    for attempt in (1, 2):
        finished: set[Range] = set()
        try:
            for span, rows in _in_pool(experiment, waiting, workers, progress):
                finished.add(span)
                yield span, rows
        except BrokenProcessPool:
            waiting = [span for span in waiting if span not in finished]
            if attempt == 2:
                raise RehearsalStoppedError(
                    f"a worker ended twice in runs {waiting[0][0]} to {waiting[0][1] - 1}; run them with --workers 1 "
                    "to see why"
                ) from None
            continue
        return


def _in_pool(
    experiment: Experiment, left: list[Range], workers: int, progress: Progress | None
) -> Iterator[tuple[Range, Rows]]:
    with worker_pool(workers, _start_worker, (experiment,)) as pool:
        waiting, running = list(reversed(left)), dict[Future[Rows], Range]()
        while waiting or running:
            while waiting and len(running) < 2 * workers:
                span = waiting.pop()
                running[pool.submit(_in_worker, span)] = span
            done, _ = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
            if is_stopped(progress):
                return


def _on_cluster(
    experiment: Experiment, left: list[Range], address: str, progress: Progress | None
) -> Iterator[tuple[Range, Rows]]:
    """Run chunks on a Dask cluster; its workers need the same version of this program."""
    client = _client(address)
    try:
        from dask.distributed import as_completed

        spread = client.scatter(experiment, broadcast=True)
        futures = {client.submit(_on_worker, spread, span, pure=False): span for span in left}
        for future in as_completed(list(futures), loop=client.loop):
            yield futures[future], future.result()
            if is_stopped(progress):
                client.cancel(list(futures))
                return
    finally:
        client.close()


def _on_worker(experiment: Experiment, span: Range) -> Rows:
    return run_chunk(experiment, *span)


def _client(address: str) -> Any:
    try:
        from dask.distributed import Client
    except ImportError:
        raise ScenarioError(
            "a cluster needs Dask: install goodoffices[cluster], or use --workers on this machine"
        ) from None
    try:
        return Client(address, timeout=_SCHEDULER_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ScenarioError(
            f"no Dask scheduler answers at {address!r} within {_SCHEDULER_SECONDS} s. Give an address such as "
            "tcp://host:8786, or use --workers on this machine"
        ) from error
