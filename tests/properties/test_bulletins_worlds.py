"""Random runs and pairs of worlds have bulletins as a desk makes them: with the figures that the ledgers give."""

from __future__ import annotations

import random
from datetime import date

import pytest

from goodoffices.reports.ceasefire.bulletin_figures import bulletin_figures
from properties.worlds import outputs
from properties.worlds.asks import POOLS
from properties.worlds.cast import SEATS
from properties.worlds.pairs import run_pair
from properties.worlds.policy import check_audiences
from properties.worlds.prologues import PROLOGUES
from properties.worlds.runs import a_run

RUNS = 8
POOL = next(n for n, pool in enumerate(POOLS) if "PrepareBulletin" in pool and "FileItem" not in pool)
"""The pool of commands about ledgers."""


def drawn(number: int, most: int = 40) -> tuple[list[tuple[int, ...]], int]:
    """Draw the steps of a run, and how it begins."""
    draw = random.Random(f"bulletins {number}")
    steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(most)]
    return steps, draw.randrange(1 << len(PROLOGUES)) | POOL << len(PROLOGUES)


def test_every_bulletin_has_the_figures_that_its_seat_would_work_out() -> None:
    n_cleared = 0
    for number in range(RUNS):
        run = a_run(*drawn(number))
        check_audiences(run.acts())
        for talks, group in run.states():
            for act in group:
                n_cleared += act.kind == "BulletinCleared"
                if act.kind != "BulletinPrepared":
                    continue
                held = talks.slice_of(act.seat)
                ledgers = tuple(held.handles[one] for one in act.data["ledgers"])
                first, last = date.fromisoformat(act.data["day_from"]), date.fromisoformat(act.data["day_to"])
                found = bulletin_figures(
                    held.known, first, last, ledgers, is_public=not act.data.get("to"), read=talks.words
                )
                assert run.talks.words(act.data["figures"]["id"]) == found
    assert n_cleared >= RUNS, "runs have bulletins that are read"


@pytest.mark.parametrize("number", range(6))
def test_two_worlds_with_bulletins_look_the_same(number: int) -> None:
    steps, beginning = drawn(number + RUNS)
    pair = run_pair(SEATS[number % len(SEATS)], steps, beginning)
    kinds = [act.kind for world in pair.worlds for act in world.talks.acts]
    assert "BulletinPrepared" in kinds
    if not pair.stopped:
        outputs.compare_outputs(pair)
