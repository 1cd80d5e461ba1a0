"""The desk killed again and again under browsers and plain clients: nothing acknowledged is lost, nothing is doubled.

And no words that somebody typed: they are in the record, or still on their page. The kills that were run so far stand
in ``docs/reference/campaigns.md``.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from browser.conftest import Venue
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from properties.timing.seats import Seat, signed_in
from serving import VALLEY, Served, begin

pytestmark = pytest.mark.nightly
KILLS = int(os.environ.get("GOODOFFICES_KILLS", "25"))
OPTIONS = ("--commands-a-minute", "0")
SEATS = ("north", "south", "east", "chair", "desk")


@dataclass(slots=True)
class Client:
    """A plain client of a seat: it sends numbered papers, and what was not acknowledged again with the same key."""

    seat: Seat
    name: str
    acknowledged: dict[str, int] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    _unsure: str | None = None
    _count: Iterator[int] = field(default_factory=itertools.count)

    def write(self, stop: threading.Event) -> None:
        while not stop.is_set():
            words = self._unsure or f"{self.name} paper {next(self._count)}"
            self._unsure = words
            self.sent.add(words)
            try:
                answer, _, _ = self.seat.do("FileItem", words.replace(" ", "-"), words=words)
            except OSError:
                self.seat.line.close()
                return
            except Exception as error:
                assert type(error).__module__ == "http.client", error
                self.seat.line.close()
                return
            self.acknowledged[words] = int(str(answer["n"]))
            self._unsure = None
            time.sleep(0.2)


@dataclass(slots=True)
class Person:
    """Somebody at a browser: types words, sends them, and looks where they are."""

    page: Page
    seat: str
    name: str
    typed: list[str] = field(default_factory=list)
    _at_work: str | None = None

    def step(self) -> None:
        """Type and send, or go on with what was not sent; whatever the browser shows meanwhile."""
        with contextlib.suppress(Error):
            if self._at_work is None:
                self.page.goto(f"{self.seat}/papers/new")
                words = f"{self.name} typed {len(self.typed)}"
                self.page.fill("main textarea >> nth=0", words, timeout=2_000)
                self.typed.append(words)
                self._at_work = words
                self.page.click("main form[action*='/do/FileItem'] button.button >> nth=-1", timeout=2_000)
            self.look()

    def look(self) -> None:
        """Note if the words arrived; from the browser's page of errors go back, as people do."""
        if self.page.url.startswith("chrome-error"):
            self.page.go_back(timeout=2_000)
        if self.page.locator(".done, #outbox li[data-state=received]").count():
            self._at_work = None
        elif self.page.locator("#outbox li").count() == 0 and self.page.locator("main textarea >> nth=0").count():
            if self.page.input_value("main textarea >> nth=0", timeout=2_000) == self._at_work:
                self.page.click("main form[action*='/do/FileItem'] button.button >> nth=-1", timeout=2_000)
            else:
                # Neither here nor in the outbox: then they were sent, or the record will show at the end that they
                # were lost.
                self._at_work = None

    @property
    def waiting(self) -> str | None:
        """What was typed and has not been seen to arrive."""
        return self._at_work


def end(desk: Served, number: int) -> None:
    desk.process.send_signal(number)
    desk.process.wait(timeout=60)
    assert desk.process.stdout is not None
    desk.process.stdout.close()


def sit_down(venue: Venue, seats: dict[str, Seat]) -> list[Person]:
    """Let somebody sit at a browser of their own in each seat."""
    people = []
    for name in SEATS:
        context = venue.context()
        cookie, _, secret = seats[name].cookie.partition("=")
        context.add_cookies([{"name": cookie, "value": secret, "url": venue.desk.origin, "httpOnly": True}])
        page = context.new_page()
        page.set_default_timeout(3_000)
        page.goto(f"{venue.desk.origin}{seats[name].base}/")
        people.append(Person(page, f"{venue.desk.origin}{seats[name].base}", f"{name} at a browser"))
    return people


def work_until_killed(desk: Served, clients: list[Client], people: list[Person], seconds: float) -> None:
    """Let everybody work for some time, then kill the server as it stands, and let everybody notice."""
    stop = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(client.write, stop) for client in clients]
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                for person in people:
                    person.step()
        finally:
            end(desk, signal.SIGKILL)
            stop.set()
        for job in running:
            job.result()
    for person in people:
        person.step()


def finish(people: list[Person]) -> None:
    """Wait until all that was typed is seen to have arrived."""
    deadline = time.monotonic() + 90
    while any(person.waiting for person in people) and time.monotonic() < deadline:
        for person in people:
            with contextlib.suppress(Error):
                person.look()
        time.sleep(0.2)
    assert [person.waiting for person in people] == [None] * len(people)


def papers_kept(data: Path) -> list[str]:
    """Return the words of all papers in the record."""
    room = open_record(data / "valley" / "record.db", kind=Kind.EXERCISE)
    try:
        kept = []
        for view in map(room.view, SEATS):
            filed = [notice for notice in view.notices if notice.kind == "ItemFiled"]
            kept += [str(view.text(view.known.items[one.data["item"]].words[0])) for one in filed]
        return kept
    finally:
        room.close()


def test_a_desk_killed_under_browsers_loses_and_doubles_nothing(chromium: Browser, tmp_path: Path) -> None:
    desk = begin(tmp_path, talks=VALLEY, options=OPTIONS)
    port = int(desk.origin.rpartition(":")[2])
    with signed_in(desk.start) as opened:
        seats = {seat.slug: seat for seat in opened}
        clients = [Client(Seat(*seats[name].packed()), f"{name}-{number}") for name in SEATS for number in range(3)]
        venue = Venue(chromium, desk)
        people = sit_down(venue, seats)
        for number in range(KILLS):
            work_until_killed(desk, clients, people, 1.0 + 0.37 * (number % 5))
            desk = begin(tmp_path, talks=VALLEY, options=OPTIONS, port=port)
        finish(people)
        for context in venue.contexts:
            context.close()
        for client in clients:
            client.seat.close()
    end(desk, signal.SIGTERM)
    kept = papers_kept(tmp_path)
    acknowledged = {words for client in clients for words in client.acknowledged}
    typed = {words for person in people for words in person.typed}
    assert len(kept) == len(set(kept)), "doubled"
    assert acknowledged | typed <= set(kept), "lost"
    assert set(kept) <= typed | {words for client in clients for words in client.sent}
    print(f"{KILLS} kills, {len(acknowledged)} acts acknowledged to clients, {len(typed)} typed in browsers, none lost")
