"""Appending to a record on PostgreSQL, beside a bare commit of equal size on the same server, in turns.

The server is a throw-away cluster of our own on a unix socket, with fsync. Nothing is run where it is not installed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from benchmarks.record_store import latencies, quantile, stored_bytes, synthetic
from goodoffices.record import KeyFile, create
from goodoffices.talks.base.enums import Kind
from postgresql import cluster, programs


def bare_commit(connection: psycopg.Connection[tuple[object, ...]], sizes: list[int]) -> Callable[[int], object]:
    """One insert of as many bytes per commit."""
    connection.execute("CREATE TABLE bare(seq bigint PRIMARY KEY, data bytea NOT NULL)")
    connection.execute("ALTER TABLE bare ALTER data SET STORAGE EXTERNAL")
    data = os.urandom(max(sizes))
    return lambda number: connection.execute("INSERT INTO bare VALUES (%s, %s)", (number + 1, data[: sizes[number]]))


def run(*, full: bool = False) -> None:
    """Print the table; ``full`` for two thousand appends of each."""
    found = programs()
    if found is None:
        print("PostgreSQL is not installed: nothing to compare")
        return
    n = 2_000 if full else 300
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as name, cluster(found) as address:
        groups = list(synthetic(n, has_bodies=True, rng=Random(4)))
        sizes = stored_bytes(Path(name), groups)
        key = KeyFile(path=Path(name) / "a.key")
        with (
            create(f"{address}#appended", kind=Kind.EXERCISE, key=key) as store,
            psycopg.connect(address, autocommit=True) as connection,
        ):
            peers: dict[str, Callable[[int], object]] = {
                "bare PostgreSQL": bare_commit(connection, sizes),
                "record": lambda number: store.append_many([groups[number]], after=number),
            }
            taken = latencies(peers, n)
    print(f"append one act with a body, {sum(sizes) // n} B stored on average, {n} times, in turns:")
    for who, seconds in taken.items():
        p50, p99 = quantile(seconds, 0.5) * 1e3, quantile(seconds, 0.99) * 1e3
        print(f"  {who:18} p50 {p50:6.2f}  p99 {p99:6.2f}  max {seconds[-1] * 1e3:6.2f} ms  (target: record p99 10 ms)")
    bare, ours = taken["bare PostgreSQL"], taken["record"]
    ratios = [quantile(ours, share) / quantile(bare, share) for share in (0.5, 0.99)]
    print(f"  record to bare: p50 {ratios[0]:.2f}, p99 {ratios[1]:.2f}")
