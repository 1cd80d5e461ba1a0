"""Scenario files: every folder of a set read by us and by NegMAS 0.16, where it can read it, in the same process.

``python -m benchmarks.formats FOLDER`` reads every scenario folder named in ``FOLDER/index.csv`` (column ``path``). The
sets that we measured on are not part of the project; without FOLDER nothing is measured. Counted are folders read,
reservation values kept, folders whose issues and options keep their order, and folders in which the worth of twenty
settlements drawn is what the format defines (for Genius: an evaluation counts as its share of the issue's largest).
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib.util
import io
import math
import random
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goodoffices.errors import ScenarioError
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.scenario import Scenario

SETS = Path(__file__).resolve().parents[2] / "shared" / "data" / "scenarios"
"""Where the sets lie beside a checkout, if they do."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of ``work`` and its value, or the error that it met in place of the value."""
    start = time.process_time()
    try:
        value = work()
    except Exception as error:  # whatever a peer raises on a file is what we count
        value = error
    return time.process_time() - start, value


def by_negmas(folder: Path) -> Any:
    """Return what NegMAS makes of a folder, ``None`` if it says it found nothing."""
    from negmas.inout import Scenario as Theirs

    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        return Theirs.load(folder, safe_parsing=False)


def same_order(ours: Scenario, theirs: Any) -> bool:
    """Return whether NegMAS keeps issues and options as the file orders them."""
    if any(issue.is_continuous() for issue in theirs.outcome_space.issues):
        return False
    issues = [(issue.name, tuple(str(value) for value in issue.all)) for issue in theirs.outcome_space.issues]
    return issues == [(issue.name, issue.options) for issue in ours.bargain.issues]


def same_worth(ours: Scenario, theirs: Any) -> bool:
    """Return whether NegMAS gives the parties the worth of some settlements that the format defines."""
    bargain, rng = ours.bargain, random.Random(1)
    for _ in range(20):
        settlement = tuple(rng.randrange(len(issue.options)) for issue in bargain.issues)
        names = {issue.name: issue.options[at] for issue, at in zip(bargain.issues, settlement, strict=True)}
        outcome = tuple(
            next((value for value in issue.all if str(value) == names.get(issue.name)), None)
            for issue in theirs.outcome_space.issues
        )
        found = sorted(float(ufun.eval(outcome)) for ufun in theirs.ufuns)
        stated = sorted(float(worth) for worth in bargain.worth_of(settlement))
        if len(found) != len(stated) or any(abs(a - b) > 1e-6 for a, b in zip(found, stated, strict=True)):
            return False
    return True


def kept_reservations(ours: Scenario, theirs: Any) -> tuple[int, int]:
    """Return how many reservation values other than 0 the files state, and how many of them NegMAS has."""
    stated = sorted(float(value) for value in ours.bargain.reservation_value if value)
    given = [float(ufun.reserved_value) for ufun in theirs.ufuns if ufun.reserved_value is not None]
    left, kept = [value for value in given if math.isfinite(value)], 0
    for value in stated:
        near = [other for other in left if abs(other - value) < 1e-9]
        if near:
            left.remove(near[0])
            kept += 1
    return len(stated), kept


def measured(sets: Path, *, peer: bool) -> dict[str, Counter[str]]:
    """Read every folder of the index; return counts and seconds by set."""
    with (sets / "index.csv").open(encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file)]
    found: dict[str, Counter[str]] = {}
    for path in paths:
        row = found.setdefault(path.split("/")[0], Counter())
        folder = sets / path
        seconds, ours = timed(lambda: read_scenario(folder, grid=11))  # noqa: B023
        row["folders"] += 1
        row["our seconds"] += seconds  # type: ignore[assignment]
        row["ours"] += isinstance(ours, Scenario)
        if isinstance(ours, Exception) and not isinstance(ours, ScenarioError):
            raise ours
        if peer:
            compare(row, folder, ours)
    return found


def compare(row: Counter[str], folder: Path, ours: Any) -> None:
    """Count what NegMAS makes of one folder."""
    seconds, theirs = timed(lambda: by_negmas(folder))
    row["their seconds"] += seconds  # type: ignore[assignment]
    if theirs is None or isinstance(theirs, Exception) or not theirs.ufuns:
        return
    row["theirs"] += 1
    if isinstance(ours, Scenario) and not ours.bargain.interactions:
        row["compared"] += 1
        row["their order"] += same_order(ours, theirs)
        row["their worth"] += timed(lambda: same_worth(ours, theirs))[1] is True
        stated, kept = kept_reservations(ours, theirs)
        row["stated"] += stated
        row["kept"] += kept


def run(*, full: bool, sets: Path = SETS) -> None:
    """Print the table; ``full`` changes nothing here."""
    if not (sets / "index.csv").is_file():
        print(f"no index of scenarios at {sets.name}; name a folder of scenario sets with an index.csv")
        return
    peer = importlib.util.find_spec("negmas") is not None
    print("set                      folders  ours      s | NegMAS      s  order kept  worth same  reservations kept")
    total: Counter[str] = Counter()
    rows = measured(sets, peer=peer)
    for name, row in rows.items():
        total.update(row)
        print(line(name, row, peer))
    print(line("all", total, peer))


def line(name: str, row: Counter[str], peer: bool) -> str:
    """Return one row as text."""
    text = f"{name:<24} {row['folders']:>7} {row['ours']:>5} {row['our seconds']:>6.2f}"
    if not peer:
        return f"{text} | NegMAS is not installed"
    order, kept = f"{row['their order']}/{row['compared']}", f"{row['kept']}/{row['stated']}"
    worth = f"{row['their worth']}/{row['compared']}"
    return f"{text} | {row['theirs']:>6} {row['their seconds']:>6.2f} {order:>11} {worth:>11} {kept:>18}"


def main() -> None:
    """Print the table for a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="?", type=Path, default=SETS)
    run(full=True, sets=parser.parse_args().sets)


if __name__ == "__main__":
    main()
