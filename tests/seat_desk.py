"""A desk over the talks of the two-world tests, with browsers in several seats that read pages and send forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle


class SeatDesk:
    """A desk with browsers in several seats."""

    def __init__(self, world: HttpWorld, loop: SlowLoop) -> None:
        self.world, self.loop, self._browsers = world, loop, dict[str, Browser]()
        self._n = 0

    def seat(self, slug: str) -> Browser:
        """Return the browser of a seat."""
        if slug not in self._browsers:
            self._browsers[slug] = Browser(self.world, self.world.server.open_seat(slug, "en"), self.loop)
        return self._browsers[slug]

    def do(self, slug: str, command: str, **fields: str | tuple[str, ...]) -> Answer:
        """Send a form of a seat."""
        self._n += 1
        browser = self.seat(slug)
        given = {"_back": "rounds/r1", "_form": "x", "_seen": "3", "_key": f"key-{self._n:08d}", **fields}
        return browser.post(f"{browser.base}/do/{command}", given)

    def page(self, slug: str, path: str = "rounds/r1") -> str:
        """Return a page of a seat."""
        browser = self.seat(slug)
        return browser.get(f"{browser.base}/{path}").text

    def status(self, slug: str, path: str) -> int:
        """Return how an address of a seat answers."""
        browser = self.seat(slug)
        return browser.get(f"{browser.base}/{path}").status

    def close(self) -> None:
        """Close the browsers."""
        for browser in self._browsers.values():
            browser.close()


@contextmanager
def seat_desk(folder: Path) -> Iterator[SeatDesk]:
    """Open a desk, and close it afterwards."""
    loop = SlowLoop()
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world = http_world(folder, Clock(), acts, replay(acts))
    made = SeatDesk(world, loop)
    yield made
    made.close()
    loop.run_until_complete(settle())
    loop.close()
    world.room.close()
    world.server.access.close()


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    text = " ".join(re.sub(r"</?(?:p|li|ul|h\d|form|div|section)\b[^>]*>", " ", page).split())
    return " ".join(re.sub(r"<[^>]+>", "", text).split())
