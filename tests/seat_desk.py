"""The desk of the tests about people, used by seat: one browser each, whose pages are read and whose forms are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from people_desk import Desk, desk_in
from properties.worlds.http import Answer, Browser, HttpWorld


class SeatDesk:
    """A desk with one browser in each seat."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._browsers = desk, dict[str, Browser]()

    @property
    def world(self) -> HttpWorld:
        """The world that the desk serves."""
        return self._desk.world

    def seat(self, slug: str) -> Browser:
        """Return the browser of a seat."""
        if slug not in self._browsers:
            self._browsers[slug] = self._desk.browser(slug)
        return self._browsers[slug]

    def do(self, slug: str, command: str, **fields: str | tuple[str, ...]) -> Answer:
        """Send a form of a seat."""
        return self._desk.do(self.seat(slug), command, **{"_back": "rounds/r1", **fields})

    def page(self, slug: str, path: str = "rounds/r1") -> str:
        """Return a page of a seat."""
        return self._got(slug, path).text

    def status(self, slug: str, path: str) -> int:
        """Return how an address of a seat answers."""
        return self._got(slug, path).status

    def _got(self, slug: str, path: str) -> Answer:
        browser = self.seat(slug)
        return browser.get(f"{browser.base}/{path}")

    def close(self) -> None:
        """Close the browsers."""
        for browser in self._browsers.values():
            browser.close()


@contextmanager
def seat_desk(folder: Path) -> Iterator[SeatDesk]:
    """Open a desk, and close it afterwards."""
    with desk_in(folder) as desk:
        made = SeatDesk(desk)
        yield made
        made.close()


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    text = " ".join(re.sub(r"</?(?:p|li|ul|h\d|form|div|section)\b[^>]*>", " ", page).split())
    return " ".join(re.sub(r"<[^>]+>", "", text).split())
