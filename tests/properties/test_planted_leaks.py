"""The test of the test: each planted leak must be found within 500 pairs, by the worlds or by the audiences."""

from __future__ import annotations

import random

import pytest

from properties.leaks.catalogue import LEAKS
from properties.leaks.found_at import FOUND, PLANTED, found_in
from properties.worlds import outputs
from properties.worlds.busy_hour import busy_hour
from properties.worlds.cast import SEATS
from properties.worlds.pairs import BEGINNINGS, END, LeakError, run_pair
from properties.worlds.policy import check_audiences
from properties.worlds.policy_of_exercises import PolicyError

WITHIN = 500
DRAW = random.Random(20170123)


def drawn(draw: random.Random, beginnings: int = BEGINNINGS) -> tuple[str, list[tuple[int, ...]], int]:
    """Draw a pair of worlds: who observes, the steps, and how the talks begin."""
    observer = draw.choice((*SEATS, "gov", "opp", "rus", "tur", "un", "public", "stranger"))
    steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(draw.randrange(5, 40))]
    return observer, steps, draw.randrange(beginnings)


DRAWN = [drawn(DRAW, PLANTED) for _ in range(WITHIN)]
PAIRS = sorted({0, *FOUND.values()})
"""The pairs in which some planted leak was found when it was last looked for."""


def is_found(number: int) -> bool:
    """Say whether a leak shows in one pair of worlds."""
    observer, steps, beginning = DRAWN[number]
    try:
        pair = run_pair(observer, steps, beginning)
        if not pair.stopped:
            busy_hour(pair, END)
            outputs.compare_outputs(pair)
        for world in pair.worlds:
            check_audiences(world.talks.acts)
    except (LeakError, PolicyError):
        return True
    return False


def test_nothing_is_found_where_nothing_is_planted() -> None:
    # In every pair in which a leak is found, so that the leak was found there; other pairs are those of the two worlds.
    assert not [number for number in PAIRS if is_found(number)]


@pytest.mark.parametrize("name", list(LEAKS))
def test_the_planted_leak_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[name](monkeypatch)
    assert found_in(dict.fromkeys((FOUND.get(name, 0), *PAIRS, *range(WITHIN))), is_found)


def test_there_are_enough_planted_leaks() -> None:
    assert len(LEAKS) >= 24
