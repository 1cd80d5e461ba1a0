"""A desk at work for long: memory, open files, log, and how long acts take to reach everybody, minute by minute.

The desk is the command itself, with its log, written to the disk each time, at sixty streams and five acts a second.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from benchmarks.push import memory_of, p99, working
from benchmarks.web import talks_of
from serving import Served, begin

STREAMS = 60


def run(*, full: bool = False) -> None:
    """Print a line for each part; ``full`` for twenty minutes, else half a minute."""
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    seconds, parts = (60.0, 20) if full else (10.0, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = begin(folder / "data", talks=str(talks_of(folder)), options=("--commands-a-minute", "0"))
        try:
            asyncio.run(_parts(desk, folder / "data", seconds, parts))
        finally:
            desk.process.terminate()
            desk.process.wait(timeout=60)


async def _parts(desk: Served, data: Path, seconds: float, parts: int) -> None:
    process = desk.process.pid  # type: ignore[union-attr]  # it was begun as a process of its own
    async with working(desk.start, STREAMS) as acts:
        for part in range(1, parts + 1):
            taken = sorted(await acts(seconds))
            sizes = {path.name: path.stat().st_size / 1024 for path in data.rglob("*") if path.is_file()}
            log = sum(size for name, size in sizes.items() if ".log" in name)
            record = sum(size for name, size in sizes.items() if name.startswith("record.db"))
            print(
                f"  {part * seconds / 60:5.1f} min: {len(taken)} acts, median {taken[len(taken) // 2] * 1e3:5.1f}, p99"
                f" {p99(taken) * 1e3:5.1f} ms; {memory_of(process):5.1f} MB, {_open_files(process)} open files,"
                f" log {log:,.0f} KB, record {record:,.0f} KB",
                flush=True,
            )


def _open_files(process: int) -> str:
    """Return how many files a process has open; nothing is known but on Linux."""
    folder = Path(f"/proc/{process}/fd")
    return str(len(list(folder.iterdir()))) if folder.is_dir() else "?"
