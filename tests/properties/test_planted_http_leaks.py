"""The test of the test: each leak planted in the web room must be found by the two-world test over HTTP."""

from __future__ import annotations

import random

import pytest

from properties.leaks.found_at import FOUND_HTTP, PLANTED, found_in
from properties.leaks.http_catalogue import HTTP_LEAKS
from properties.leaks.of_caches import CACHE_LEAKS
from properties.leaks.of_desks import DESK_LEAKS
from properties.leaks.of_people import PEOPLE_LEAKS
from properties.leaks.of_waiting import WAITING_LEAKS
from properties.test_two_worlds_http import EVERY, PAIRS, drawn, run_http_pair

LEAKS = {**HTTP_LEAKS, **CACHE_LEAKS, **DESK_LEAKS, **PEOPLE_LEAKS, **WAITING_LEAKS}
DRAW = random.Random(20170123)
DRAWN = [drawn(DRAW, PLANTED) for _ in range(EVERY)]


def is_found(number: int) -> bool:
    """Say whether a leak shows in one pair of worlds."""
    try:
        run_http_pair(DRAWN[number])
    except AssertionError:  # a LeakError, or an answer of a status that no page may have
        return True
    return False


@pytest.mark.parametrize("name", LEAKS)
def test_the_planted_http_leak_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[name](monkeypatch)
    # Only in the pairs that are run each time without a leak: so those are enough to find every leak of a known kind.
    again = "write FOUND_HTTP anew: python tests/properties/leaks/look.py"
    assert found_in(dict.fromkeys((FOUND_HTTP.get(name, 0), *PAIRS)), is_found), again


def test_there_are_enough_planted_http_leaks() -> None:
    assert len(LEAKS) >= 10
