"""The record: appending against bare SQLite and `eventsourcing`, opening, unsealing, verifying, backing up.

A synthetic record: 12 seats, 40 kinds of act, bodies of 600 bytes (median). Everything is on a disk, with fsync.
"""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from goodoffices.canonical_json import canonical
from goodoffices.record import Group, RecordEntry, Request, backup, create, open_, verify
from goodoffices.talks.base.enums import Kind

SEATS, KINDS, MEDIAN_BODY_BYTES = 12, 40, 600
PAUSE_S = 0.003  # between two appends while a backup is made
BULK = 500  # groups per commit while a record is being filled


def synthetic(n: int, *, has_bodies: bool, rng: Random) -> Iterator[Group]:
    """Groups of one act each, as a long-lived record might have them."""
    for number in range(n):
        seat = f"seat{rng.randrange(SEATS)}"
        head = canonical(
            {
                "kind": f"KindOfAct{rng.randrange(KINDS)}",
                "at": f"2017-01-23T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000000Z",
                "seat": seat,
                "audience": [f"seat{i}" for i in sorted(rng.sample(range(SEATS), 3))],
                "item": f"i{number}",
            }
        )
        size = int(rng.lognormvariate(0, 0.8) * MEDIAN_BODY_BYTES)
        yield Group(
            entries=(RecordEntry(head=head, bodies=(b"x" * size,) if has_bodies else ()),),
            request=Request(seat=seat, key=str(number), content=head) if has_bodies else None,
        )


def fill(path: Path, n: int, *, has_bodies: bool) -> None:
    with create(path, kind=Kind.EXERCISE) as store:
        groups = synthetic(n, has_bodies=has_bodies, rng=Random(1))
        done = 0
        while batch := list(islice(groups, BULK)):
            done = store.append_many(batch, after=done)[-1].last


def timed(task: Callable[[], object]) -> float:
    begin = perf_counter()
    task()
    return perf_counter() - begin


def latencies(tasks: dict[str, Callable[[int], object]], n: int) -> dict[str, list[float]]:
    """Seconds of each of ``n`` calls; the peers take turns, so that the disk's moods are shared."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(n):
        for name, task in tasks.items():
            taken[name].append(timed(partial(task, number)))
    return {name: sorted(seconds) for name, seconds in taken.items()}


def quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def bare_sqlite(path: Path, sizes: list[int]) -> Callable[[int], object]:
    """One insert of as many bytes per commit, WAL and full synchronisation."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE act(seq INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT")
    data = os.urandom(max(sizes))
    return lambda number: connection.execute("INSERT INTO act VALUES (?, ?)", (number + 1, data[: sizes[number]]))


def eventsourcing(path: Path, sizes: list[int]) -> Callable[[int], object]:
    """One stored event of as many bytes per commit."""
    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(path)))
    recorder.create_table()
    originator, data = uuid.uuid4(), os.urandom(max(sizes))
    return lambda number: recorder.insert_events(
        [StoredEvent(originator_id=originator, originator_version=number + 1, topic="act", state=data[: sizes[number]])]
    )


def compare_appends(folder: Path, n: int) -> None:
    groups = list(synthetic(n, has_bodies=True, rng=Random(2)))
    sizes = stored_bytes(folder, groups)
    with create(folder / "append.record", kind=Kind.EXERCISE) as store:
        peers: dict[str, Callable[[int], object]] = {
            "bare SQLite": bare_sqlite(folder / "bare.db", sizes),
            "record": lambda number: store.append_many([groups[number]], after=number),
        }
        if importlib.util.find_spec("eventsourcing") is None:
            print("eventsourcing is not installed (extra 'bench'): not compared")
        else:
            peers["eventsourcing"] = eventsourcing(folder / "peer.db", sizes)
        found = latencies(peers, n)
    print(f"append one act with a body, {sum(sizes) // n} B stored on average, fsync each, {n} times, in turns:")
    print(f"  {'':14}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'p50 ratio':>11}{'p99 ratio':>11}")
    bare = found["bare SQLite"]
    for name, seconds in found.items():
        p50, p99 = quantile(seconds, 0.5), quantile(seconds, 0.99)
        ratios = f"{p50 / quantile(bare, 0.5):>11.2f}{p99 / quantile(bare, 0.99):>11.2f}"
        print(f"  {name:14}{p50 * 1e3:>9.2f}{p99 * 1e3:>9.2f}{seconds[-1] * 1e3:>9.2f}{ratios}")


def stored_bytes(folder: Path, groups: list[Group]) -> list[int]:
    """What each of these groups, of one act with one body, takes in the record's tables."""
    keys_and_names = 3 * 32 + 72 + 2 * 32 + 2 * 8
    with create(folder / "sizes.record", kind=Kind.EXERCISE) as store:
        store.append_many(groups, after=0)
        acts = store._database.rows("SELECT length(envelope) + length(head) FROM act ORDER BY seq")
        bodies = store._database.rows("SELECT length(digest) + length(sealed) FROM body ORDER BY rowid")
    return [act + body + keys_and_names for (act,), (body,) in zip(acts, bodies, strict=True)]


def group_commits(folder: Path, n: int) -> None:
    with create(folder / "groups.record", kind=Kind.EXERCISE) as store:
        groups = synthetic(n, has_bodies=True, rng=Random(3))
        done, begin = 0, perf_counter()
        while batch := list(islice(groups, 64)):
            done = store.append_many(batch, after=done)[-1].last
        seconds = perf_counter() - begin
    print(f"64 groups per commit: {n / seconds:,.0f} acts/s")


def open_and_unseal(path: Path, n: int) -> None:
    opened = timed(lambda: open_(path, kind=Kind.EXERCISE).close())
    with open_(path, kind=Kind.EXERCISE) as store:
        begin = process_time()
        unsealed = timed(lambda: sum(1 for _ in store.heads()))
        busy = process_time() - begin
    print(f"open a record: {opened * 1e3:.1f} ms; unseal {n:,} heads: {unsealed:.2f} s, {busy:.2f} s of the processor")


def check(path: Path, n: int) -> None:
    begin = process_time()
    taken = timed(lambda: verify(path))
    busy = process_time() - begin
    print(f"verify {n:,} acts: {taken:.2f} s, {busy:.2f} s of the processor")


def back_up_in_use(path: Path, n: int) -> None:
    """Back up while acts are appended, some three hundred a second."""
    pause, appends, taken = threading.Event(), list[float](), list[float]()
    with open_(path, kind=Kind.EXERCISE) as store:
        copying = threading.Thread(target=lambda: taken.append(timed(lambda: backup(path, path.parent))))
        copying.start()
        while copying.is_alive():
            appends.append(timed(partial(store.append, [RecordEntry(head=b"{}")], after=store.length)))
            pause.wait(PAUSE_S)
        copying.join()
    appends.sort()
    longest = f"longest {appends[-1] * 1e3:.0f} ms, p99 {quantile(appends, 0.99) * 1e3:.1f} ms"
    print(f"back up {n:,} acts: {taken[0]:.1f} s; {len(appends):,} appends meanwhile, {longest}")


def whole_records(folder: Path, n: int, *, has_bodies: bool) -> None:
    path = folder / f"{n}{has_bodies}.record"
    filled = timed(lambda: fill(path, n, has_bodies=has_bodies))
    size = path.stat().st_size / 2**20
    what = "and as many bodies and requests" if has_bodies else "without bodies"
    print(f"{n:,} acts {what}: {size:,.0f} MiB, filled in {filled:.0f} s")
    open_and_unseal(path, n)
    check(path, n)
    back_up_in_use(path, n)


def run(*, full: bool) -> None:
    """Print the tables. ``full`` has the sizes of the targets: a million acts."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as name:
        folder = Path(name)
        compare_appends(folder, 5000 if full else 1000)
        group_commits(folder, 50_000 if full else 5000)
        whole_records(folder, 10_000, has_bodies=False)
        whole_records(folder, 1_000_000 if full else 50_000, has_bodies=False)
        whole_records(folder, 1_000_000 if full else 20_000, has_bodies=True)
