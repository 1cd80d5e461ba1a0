"""Attackers with a clock at one seat: they guess whether others did something hidden at the same time.

Each sample draws whether the others act, and what the attacker measures. The areas under the curves are near one half
if nothing can be told. New seeds each time; on a machine that does other work too, all of it is noise for both classes.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom

import pytest

from own_talks_files import book
from properties.timing.seats import Seat, signed_in
from serving import served
from spreadsheet_files import xlsx

pytestmark = pytest.mark.nightly
SAMPLES, FILES = 1_200, 160
LARGEST, LARGEST_OF_FILES = 0.55, 0.62
"""With so many samples an area differs from one half by chance by 0.029, or 0.092, once in twenty times."""
_random = SystemRandom()


@contextlib.contextmanager
def crowd(others: list[Seat]) -> Iterator[subprocess.Popen[str]]:
    """Let the others sit at the desk, in a process of their own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "properties.timing.crowd"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert process.stdin is not None
    assert process.stdout is not None
    given = {"seats": [seat.packed() for seat in others], "rows": xlsx(book()).hex()}
    process.stdin.write(json.dumps(given) + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


def tell(process: subprocess.Popen[str], what: str) -> None:
    """Let one to three of the others do something."""
    assert process.stdin is not None
    process.stdin.write(f"{what} {_random.randint(1, 3)}\n")
    process.stdin.flush()


def area(idle: list[float], busy: list[float]) -> float:
    """Return how well a threshold tells the two apart: one half not at all, one always; whichever way round."""
    ordered = sorted(idle)
    below = sum((bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in busy)
    found = below / len(idle) / len(busy)
    return max(found, 1 - found)


def test_the_area_of_known_samples() -> None:
    assert area([1.0, 2.0], [3.0, 4.0]) == 1.0
    assert area([1.0, 2.0], [1.0, 2.0]) == 0.5


def test_no_clock_tells_whether_others_act(tmp_path: Path) -> None:
    """The gap of two own streams, one's own frame after one's own answer, an answer, a page: beside hidden acts."""
    measured: dict[str, tuple[list[float], list[float]]] = {}

    def note(what: str, busy: bool, seconds: float) -> None:
        measured.setdefault(what, ([], []))[busy].append(seconds)

    with served(tmp_path, options=("--commands-a-minute", "6000")) as desk, signed_in(desk.start) as (own, *others):
        streams = own.follow(), own.follow("")
        with crowd(others) as process:
            for number in range(SAMPLES):
                hidden = _random.choice(("", "write", "read"))
                time.sleep(_random.uniform(0.12, 0.2))
                if hidden:
                    tell(process, hidden)
                time.sleep(_random.uniform(0, 0.03))
                answer, came, took = own.do("FileItem", f"attack-{number:06d}", words=f"own {number}")
                beside = "pages" if hidden == "read" else "acts"
                n = int(str(answer["n"]))
                deadline = time.perf_counter() + 5
                while not all(n in stream.came for stream in streams) and time.perf_counter() < deadline:
                    time.sleep(0.002)
                first, second = (stream.came[n] for stream in streams)
                for kind in ("acts", "pages") if not hidden else (beside,):
                    note(f"gap of two streams beside {kind}", bool(hidden), abs(first - second))
                    note(f"frame after answer beside {kind}", bool(hidden), first - came)
                    note(f"answer beside {kind}", bool(hidden), took)
                hidden = _random.choice(("", "write", "read"))
                time.sleep(_random.uniform(0.12, 0.2))
                if hidden:
                    tell(process, hidden)
                time.sleep(_random.uniform(0, 0.03))
                seconds = own.get("papers/new")
                for kind in ("acts", "pages") if not hidden else (("pages" if hidden == "read" else "acts"),):
                    note(f"page beside {kind}", bool(hidden), seconds)
    _check(measured, LARGEST)


def test_no_clock_tells_whether_others_send_files(tmp_path: Path) -> None:
    idle: list[float] = []
    busy: list[float] = []
    rows = xlsx(book())
    with served(tmp_path, options=("--commands-a-minute", "6000")) as desk, signed_in(desk.start) as seats:
        own, *others = [seat for seat in seats if b'/sheet"' in seat.ask("GET", f"{seat.base}/add")[1]]
        with crowd(others) as process:
            for _ in range(FILES):
                hidden = _random.random() < 0.5
                time.sleep(_random.uniform(0.5, 1.0))
                if hidden:
                    tell(process, "send")
                (busy if hidden else idle).append(own.send("sheet", rows))
    _check({"file beside files": (idle, busy)}, LARGEST_OF_FILES)


def _check(measured: dict[str, tuple[list[float], list[float]]], largest: float) -> None:
    areas = {what: area(*both) for what, both in sorted(measured.items())}
    for what, found in areas.items():
        print(f"{what}: {found:.3f} ({len(measured[what][0])} idle, {len(measured[what][1])} busy)")
    assert max(areas.values()) <= largest, areas
