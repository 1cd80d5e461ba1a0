"""The test of the test: each leak planted in the web room must be found by the two-world test over HTTP."""

from __future__ import annotations

import random

import pytest

from properties.leaks.http_catalogue import HTTP_LEAKS, Leak
from properties.test_two_worlds_http import run_http_pair

WITHIN = 60


def _find(seed: int) -> int | None:
    """Return after how many pairs of worlds a leak was found, or ``None``."""
    draw = random.Random(seed)
    for pairs in range(1, WITHIN + 1):
        try:
            run_http_pair(draw)
        except AssertionError:  # a LeakError, or an answer of a status that no page may have
            return pairs
    return None


@pytest.mark.parametrize("leak", HTTP_LEAKS.values(), ids=list(HTTP_LEAKS))
def test_the_planted_http_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    assert _find(seed=20170123) is not None


def test_there_are_enough_planted_http_leaks() -> None:
    assert len(HTTP_LEAKS) >= 10
