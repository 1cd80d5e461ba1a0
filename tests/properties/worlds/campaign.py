"""Compare many pairs of worlds, drawn by number: shards with other numbers add up, and a stopped one goes on.

``python -m properties.worlds.campaign 500 FOLDER --begin 1000 [--http]``, from the folder ``tests``.
"""

from __future__ import annotations

import argparse
import json
import random
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

from properties import test_planted_leaks as core, test_two_worlds_http as http
from properties.worlds import outputs
from properties.worlds.pairs import run_pair
from properties.worlds.policy import check_audiences


@dataclass(slots=True)
class Counts:
    """How far a shard is: pairs compared, pairs that came to their last comparison, and what was found."""

    done: int = 0
    finished: int = 0
    found: list[str] = field(default_factory=list)


def compare(number: int, *, over_http: bool) -> bool:
    """Compare the pair with this number; say whether it came to the end.

    Raises
    ------
    AssertionError
        If an observer can tell the two worlds apart.
    """
    draw = random.Random(f"pair {number}")
    if over_http:
        return http.run_http_pair(http.drawn(draw))
    pair = run_pair(*core.drawn(draw))
    if not pair.stopped:
        outputs.compare_outputs(pair)
    for world in pair.worlds:
        check_audiences(world.talks.acts)
    return not pair.stopped


def campaign(folder: Path, count: int, begin: int, *, over_http: bool) -> Counts:
    """Compare pairs from number ``begin`` on; what was counted is kept after each."""
    kept = folder / f"pairs{'-http' if over_http else ''}-{begin}.json"
    counts = Counts(**json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else Counts()
    while counts.done < count:
        number = begin + counts.done
        try:
            counts.finished += compare(number, over_http=over_http)
        except Exception:
            counts.found.append(f"{number}: {traceback.format_exc()}")
        counts.done += 1
        kept.write_text(json.dumps(asdict(counts)), encoding="utf-8")
    return counts


def main() -> None:
    """Print how many pairs were compared, and each that could be told apart."""
    asked = argparse.ArgumentParser(prog="python -m properties.worlds.campaign", description=main.__doc__)
    asked.add_argument("count", type=int, help="how many pairs are compared")
    asked.add_argument("folder", type=Path, help="where counts are kept")
    asked.add_argument("--begin", type=int, default=0, help="the first number; shards with others add up")
    asked.add_argument("--http", action="store_true", help="with a server over each world")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    counts = campaign(given.folder, given.count, given.begin, over_http=given.http)
    print(*counts.found, sep="\n")
    print(f"{counts.done} pairs, {counts.finished} came to the end, {len(counts.found)} could be told apart")


if __name__ == "__main__":
    main()
