"""People of a class at browsers: they read, type, make mistakes and lose the network; what they were told is noted."""

from __future__ import annotations

import contextlib
import random
import time
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page

from properties.timing.seats import Seat

_PATHS = ("", "brief", "papers", "texts", "record", "positions", "seats", "decisions", "commitments", "find")
_TAKEN = """() => {
    const [one] = performance.getEntriesByType('navigation');
    return one ? (one.responseEnd - one.requestStart) / 1000 : 0;
}"""
_WATCH = """() => {
    window.newsAt = 0;
    new MutationObserver(() => {
        if (!window.newsAt) window.newsAt = (performance.timeOrigin + performance.now()) / 1000;
    }).observe(document.querySelector('title'), { childList: true, subtree: true, characterData: true });
}"""


def watch_for(page: Page) -> None:
    """Let a page note when next the count of news in its title changes."""
    page.evaluate(_WATCH)


def sees_news_at(page: Page, within: float = 20.0) -> float:
    """Return when the title of a page showed that something came, in seconds of the clock."""
    page.wait_for_function("() => window.newsAt > 0", timeout=within * 1000)
    return float(page.evaluate("() => window.newsAt"))


@dataclass(slots=True)
class Person:
    """Somebody at a browser in a seat of an exercise."""

    page: Page
    seat: Seat
    name: str
    draw: random.Random
    typed: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    pages: list[float] = field(default_factory=list)
    mistakes: int = 0
    _offline: bool = False
    _at_work: str | None = None

    def go(self, path: str) -> None:
        """Go to a page of the seat, which must be there, and note how long its answer took."""
        answer = self.page.goto(f"{self.seat.origin}{self.seat.base}/{path}")
        assert answer is not None
        assert answer.status == 200, (self.seat.slug, path, answer.status)
        self.pages.append(float(self.page.evaluate(_TAKEN)))

    def step(self) -> None:
        """Do one thing: read a page, write a paper, make a mistake, or only look."""
        chance = self.draw.random()
        if self._offline:
            self._write_offline()
        elif self._at_work is not None:
            self._look()
        elif chance < 0.35:
            self.go(self.draw.choice(_PATHS))
        elif chance < 0.6:
            self._write()
        elif chance < 0.75:
            self._make_a_mistake()
        else:
            time.sleep(self.draw.uniform(0.0, 0.3))

    def _write(self) -> None:
        self.go("papers/new")
        words = f"{self.name} typed {len(self.typed)}"
        self.page.fill("main textarea >> nth=0", words)
        self.typed.append(words)
        self._at_work = words
        self._send()
        self._look()

    def _send(self) -> None:
        self.page.click("main form[action*='/do/FileItem'] button.button >> nth=-1")

    def _write_offline(self) -> None:
        """Type and send without a network, once: the words wait in the outbox."""
        if self._at_work is not None:
            return
        words = f"{self.name} typed {len(self.typed)} without a network"
        if self.page.locator("main form[action*='/do/FileItem'] textarea").count():
            self.page.fill("main textarea >> nth=0", words)
            self.typed.append(words)
            self._at_work = words
            self._send()

    def _look(self) -> None:
        """Note if the words arrived."""
        with contextlib.suppress(Error):
            done = self.page.locator(".done, #outbox li[data-state=received]")
            done.first.wait_for(timeout=500)
            assert self._at_work is not None
            self.acknowledged.add(self._at_work)
            self._at_work = None

    def _make_a_mistake(self) -> None:
        """Send a form empty, go back from a form half filled, or ask for a page that is not there."""
        self.mistakes += 1
        which = self.draw.randrange(3)
        if which == 0:
            self.go("papers/new")
            self._send()
            assert self.page.locator("main textarea").count(), "an empty paper keeps its form"
        elif which == 1:
            self.go("papers/new")
            self.page.fill("main textarea >> nth=0", "half a sentence that")
            self.page.go_back()
        else:
            self.go("papers")
            with contextlib.suppress(Error):
                self.page.locator("main a").last.click(timeout=2_000)

    def lose_network(self) -> None:
        """Begin a paper, then lose the network."""
        if self._at_work is None:
            self.go("papers/new")
        self.page.context.set_offline(True)
        self._offline = True

    def find_network(self) -> None:
        self.page.context.set_offline(False)
        self._offline = False

    def finish(self) -> None:
        """Wait until what was typed has arrived."""
        until = time.monotonic() + 60
        while self._at_work is not None and time.monotonic() < until:
            self._look()
        assert self._at_work is None, (self.name, self._at_work, self.page.url)

    def leave(self) -> None:
        """Finish, and shut the browser."""
        self.finish()
        self.page.close()

    def sees_debrief(self) -> bool:
        self.seat.close()  # the desk may have hung up meanwhile; the next request opens a line anew
        status, _ = self.seat.ask("GET", f"{self.seat.base}/debrief")
        return status == 200
