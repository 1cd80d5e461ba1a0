"""The pure core and a room over it: opening, appending, folding, two worlds, and latency beside hidden acts.

The peer for appending is the store's own benchmark (bare SQLite, ``eventsourcing``); here the ratio is to a bare SQLite
commit of equal size in the same run.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from goodoffices.service.open_record import OpenRecord, create_record, open_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.core import replay
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.command_context import Command, CommandRequest
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.outputs import compare_outputs
from properties.worlds.pairs import run_pair

TEXT = "A paragraph of about six hundred signs. " * 15


def deeds(number: int) -> Sequence[tuple[str, Command]]:
    """Return one paper's way: filed, handed, cleared, told; handles are those of a fresh seat."""
    words = (Words(text=f"{number} {TEXT}"),)
    item = f"m{number}"
    return (
        ("opp", FileItem(words=words)),
        ("opp", HandItem(item=item, to="un")),
        ("opp", ClearItem(item=item, to=("gov",), form=Form.PARAPHRASE)),
        ("un", RelayItem(item=item, to="gov", form=Form.PARAPHRASE, words=words[0])),
    )


def _fill(room: OpenRecord, acts: int) -> None:
    number = 0
    while len(room.acts()) < acts:
        number += 1
        for seat, command in deeds(number):
            room.submit(CommandRequest(seat=seat, command=command), at=START + timedelta(seconds=number))


def _percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


def _print(name: str, times: list[float], note: str = "") -> None:
    p50, p99, worst = _percentile(times, 0.5), _percentile(times, 0.99), max(times) * 1000
    print(f"{name:<58} p50 {p50:8.3f} ms  p99 {p99:8.3f} ms  max {worst:8.3f} ms  {note}")


def _timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def _bare(folder: Path, times: int) -> list[float]:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE act (seq INTEGER PRIMARY KEY, head BLOB, body BLOB)")
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        connection.execute("INSERT INTO act (head, body) VALUES (?, ?)", (b"h" * 512, b"b" * 1024))
        taken.append(time.perf_counter() - started)
    connection.close()
    return taken


def run(*, full: bool = False) -> None:
    """Print the table; ``full`` for the sizes of the targets."""
    n_acts, n_appends, n_pairs = (10_000, 400, 200) if full else (2_000, 200, 50)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        room = create_record(folder / "talks.record", the_talks(), kind=Kind.EXERCISE, at=START)
        started = time.perf_counter()
        _fill(room, n_acts)
        filled = time.perf_counter() - started
        acts = room.acts()
        print(f"{len(acts)} acts asked one by one in {filled:.1f} s ({filled / len(acts) * 1000:.2f} ms each)")
        room.close()
        opened: list[OpenRecord] = []
        _print("open a record of so many acts, verified and folded", [_timed(lambda: opened.append(_open(folder)))])
        room = opened[0]
        _print("fold alone, into all slices", [_timed(lambda: replay(acts))])
        _appends(room, n_appends, _bare(folder, n_appends))
        _latency(room)
        room.close()
    _pairs(n_pairs)


def _open(folder: Path) -> OpenRecord:
    return open_record(folder / "talks.record", kind=Kind.EXERCISE)


def _appends(room: OpenRecord, times: int, bare: list[float]) -> None:
    """Time one command and bringing every view up to date."""
    taken, number = [], len(room.view("opp").known.items)
    for turn in range(times):
        number += 1 if turn % 4 == 0 else 0
        seat, command = deeds(number)[turn % 4]
        started = time.perf_counter()
        room.submit(CommandRequest(seat=seat, command=command), at=START + timedelta(days=1, seconds=turn))
        for viewer in SEATS:
            room.view(viewer)
        taken.append(time.perf_counter() - started)
    ratio = statistics.median(taken) / statistics.median(bare)
    _print("one command, every view up to date", taken, f"{ratio:.1f} times a bare SQLite commit")
    _print("bare SQLite commit of about equal size", bare)


def _latency(room: OpenRecord) -> None:
    """Compare what an observer's view costs in a long record and in a fresh one: hidden acts must not show."""
    with tempfile.TemporaryDirectory() as name:
        fresh = create_record(Path(name) / "fresh.record", the_talks(), kind=Kind.EXERCISE, at=START)
        times: dict[str, list[float]] = {"long": [], "fresh": []}
        for _ in range(2000):
            times["long"].append(_timed(lambda: room.view("usa").notices[-1].bytes()))
            times["fresh"].append(_timed(lambda: fresh.view("usa").notices[-1].bytes()))
        fresh.close()
    medians = {which: statistics.median(taken) for which, taken in times.items()}
    ratio = medians["long"] / medians["fresh"]
    print(f"view of a seat beside thousands of hidden acts: median {ratio:.3f} times that in a fresh record")


def _pairs(number: int) -> None:
    """Time pairs of worlds with all outputs of the core."""
    import random

    draw, full = random.Random(1), 0
    started = time.perf_counter()
    for _ in range(number):
        steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(draw.randrange(5, 40))]
        pair = run_pair(draw.choice(SEATS), steps, draw.randrange(64))
        if not pair.stopped:
            full += 1
            compare_outputs(pair)
    taken = time.perf_counter() - started
    print(f"{number} pairs of worlds, {full} with every output compared: {taken:.1f} s")
