"""The test of the test: each planted leak must be found within 500 pairs, by the worlds or by the audiences."""

from __future__ import annotations

import random

import pytest

from properties.leaks.catalogue import LEAKS, Leak
from properties.worlds import outputs
from properties.worlds.cast import SEATS
from properties.worlds.pairs import BEGINNINGS, LeakError, run_pair
from properties.worlds.policy import PolicyError, check_audiences

WITHIN = 500
SEED = 20170123


def _find(seed: int) -> int | None:
    """Return after how many pairs of worlds a leak was found, or ``None``."""
    draw = random.Random(seed)
    for pairs in range(1, WITHIN + 1):
        observer = draw.choice((*SEATS, "gov", "opp", "rus", "tur", "un", "public", "stranger"))
        steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(draw.randrange(5, 40))]
        try:
            pair = run_pair(observer, steps, draw.randrange(BEGINNINGS))
            if not pair.stopped:
                outputs.compare_outputs(pair)
            for world in pair.worlds:
                check_audiences(world.talks.acts)
        except (LeakError, PolicyError):
            return pairs
    return None


def test_nothing_is_found_where_nothing_is_planted() -> None:
    assert _find(seed=SEED) is None


@pytest.mark.parametrize("leak", LEAKS.values(), ids=list(LEAKS))
def test_the_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    assert _find(seed=SEED) is not None


def test_there_are_enough_planted_leaks() -> None:
    assert len(LEAKS) >= 24
