"""Negotiators from files: moves per second through the pipes of a process of its own, start not included.

The target is 5,000 moves a second. The other party is one of ours, in the engine's own process, and its moves are not
counted.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.rehearsal import random_preferences
from goodoffices.rehearsal import Setting, negotiator_named
from goodoffices.rehearsal.draws import key_of
from goodoffices.rehearsal.isolation.process import isolated_negotiator
from goodoffices.rehearsal.run import play_with

SOURCE = '''class Mine:
    """Proposes something else in every turn and accepts nothing."""

    def begin(self, own, table):
        return None

    def move(self, state, seen, draws):
        return state, Propose((seen.turn % 10, 0, 0))
'''
BAR = 5_000
N_FEW = 10


def seconds_of(file: Path, n_turns: int) -> float:
    """Return how long one run takes by the clock, in which the other party holds out to the end."""
    setting = Setting(
        parties=("A", "B"),
        preferences=random_preferences(2, (10, 10, 10), np.random.default_rng(1)),
        negotiators=(isolated_negotiator(f"{file}:Mine"), negotiator_named("hard-line")),
        n_turns=n_turns,
    )
    start = time.perf_counter()
    play_with(setting, key_of(1), 0, transcript=False)
    return time.perf_counter() - start


def run(*, full: bool) -> None:
    """Print moves per second, the best and the median of several runs."""
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    n_turns = 20_000 if full else 5_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.py"
        file.write_text(SOURCE, encoding="utf-8")
        rates = [(n_turns - N_FEW) / (seconds_of(file, n_turns) - seconds_of(file, N_FEW)) for _ in range(5)]
    verdict = "meets" if np.median(rates) >= BAR else "misses"
    print(f"isolated: median {np.median(rates):,.0f}, best {max(rates):,.0f} moves/s  {verdict} {BAR:,}")
