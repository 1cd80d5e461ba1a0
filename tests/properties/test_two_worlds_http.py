"""Non-interference over HTTP: pages, headers, streams and their chunks, refusals, guesses, repeats, log lines."""

from __future__ import annotations

import itertools
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from goodoffices.web.render.page_list import PAGES
from goodoffices.web.routes.middleware import SecurityHeaders
from properties.leaks.found_at import FOUND_HTTP, PLANTED
from properties.worlds.cast import SEATS, START
from properties.worlds.http import HttpWorlds
from properties.worlds.pairs import BEGINNINGS, Pair, run_pair
from properties.worlds.walk import PAGE_WALK, ROUTE_WALK, run_walk

EVERY, NIGHTLY = 60, 4000
"""How many pairs the planted leaks are looked for in, and how many are drawn besides."""
PAIRS = sorted({0, *FOUND_HTTP.values()})
"""The pairs in which some planted leak shows: to run these finds every leak that there is a planted one of."""
OBSERVERS = (*SEATS, "public", "stranger")
MIDDLE = 4


Drawn = tuple[str, list[tuple[int, ...]], int]
"""What makes a pair of worlds: who observes, the steps, and how the talks begin."""


def drawn(draw: random.Random, beginnings: int = BEGINNINGS) -> Drawn:
    """Draw a pair of worlds."""
    observer = draw.choice(OBSERVERS)
    steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(draw.randrange(4, 24))]
    return observer, steps, draw.randrange(beginnings)


def run_http_pair(pair_drawn: Drawn) -> bool:
    """Run one pair of worlds with servers over them; say whether it came to the last walk."""
    observer, steps, prologues = pair_drawn
    with tempfile.TemporaryDirectory() as folder:
        http = HttpWorlds(Path(folder))
        seen: list[datetime] = []

        def watch(pair: Pair, at: datetime) -> None:
            seen.append(at)
            if at == START:
                http.begin(pair)
            # Sessions end after twelve idle hours; all deadlines lie within ten.
            http.step(min(at, START + timedelta(hours=10)))
            if at.date() > START.date() or len(seen) == MIDDLE:
                run_walk(http, pair, last=at.date() > START.date())

        try:
            pair = run_pair(observer, steps, prologues, open_world=http.open_world, watch=watch)
        finally:
            http.close()
    return not pair.stopped


@pytest.mark.parametrize("quarter", range(4))
def test_an_observers_browser_cannot_tell_two_worlds_apart(quarter: int) -> None:
    draw = random.Random(20170123)
    drawn_pairs = [drawn(draw, PLANTED) for _ in range(EVERY)]
    pairs = [drawn_pairs[number] for number in PAIRS[quarter::4]]
    finished = sum(run_http_pair(pair) for pair in pairs)
    assert finished > len(pairs) // 4, "too few pairs came to the last walk; the generator has become too weak"


@pytest.mark.nightly
def test_an_observers_browser_cannot_tell_thousands_of_worlds_apart() -> None:
    first, draw = random.Random(20170123), random.Random(20170124)
    for pair in itertools.chain((drawn(first, PLANTED) for _ in range(EVERY)), (drawn(draw) for _ in range(NIGHTLY))):
        run_http_pair(pair)


def test_every_page_has_an_entry_in_the_walk() -> None:
    assert {page.path for page in PAGES} == set(PAGE_WALK)


def test_every_route_has_an_entry_in_the_walk(tmp_path: Path) -> None:
    http = HttpWorlds(tmp_path)
    try:
        run_pair("gov", [], 0, open_world=http.open_world)
        world = http.worlds[0]
        routes = set[str]()
        for around in (world.app._own, *(held.app for held in world.host.talks.values())):
            assert isinstance(around, SecurityHeaders)
            inner = around._app
            assert isinstance(inner, Starlette)
            routes |= {route.path for route in inner.routes}  # type: ignore[attr-defined]
        assert routes == {route.removesuffix(" POST") for route in ROUTE_WALK}
    finally:
        http.close()
