"""A class plays an exercise: fourteen people at browsers and a trainer, and sixty persons in three cells.

People type, make mistakes, walk away and come back; the network goes and returns; somebody comes late; a seat that the
program played is taken over; an inject is given while the clock stands. Nothing that was acknowledged may be missing,
no page may be an error, and nobody sees the debrief before the reveal. The figures are printed; how long it lasts, in
minutes, is in GOODOFFICES_CLASS_MINUTES.
"""

from __future__ import annotations

import concurrent.futures
import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.class_people import Person, sees_news_at, watch_for
from browser.conftest import Venue
from class_desk import SEATS, give, hosted
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from properties.timing.seats import Seat

pytestmark = pytest.mark.nightly
MINUTES = float(os.environ.get("GOODOFFICES_CLASS_MINUTES", "2"))
TALKS = "astana-2017"
PLAYED = ("usa", "press")
"""Seats that the program plays at first."""


def player(venue: Venue, seat: Seat, name: str, draw: random.Random) -> Person:
    """Let a person sit down at a browser in a seat."""
    context = venue.context()
    cookie, _, secret = seat.cookie.partition("=")
    context.add_cookies([{"name": cookie, "value": secret, "url": seat.origin, "httpOnly": True}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{seat.origin}{seat.base}/")
    return Person(page, seat, name, draw)


def start(board: Seat, played: tuple[str, ...]) -> None:
    persons = [seat for seat in SEATS if seat not in played]
    give(board, "StartExercise", persons=[*persons, "secretariat", "analyst"], automated=list(played))
    give(board, "RunClock", pace="12")


def everybody(people: list[Person], until: float) -> None:
    """Let people do what they do, one after another, until a moment."""
    while time.monotonic() < until:
        for person in people:
            person.step()
            if time.monotonic() >= until:
                return


def inject(board: Seat, people: list[Person], number: int) -> float:
    """Give an inject to every seat in which people sit; return the seconds until the last screen shows that it came."""
    for person in people:
        watch_for(person.page)
    words = f"Inject of the class, number {number}."
    given = time.time()
    give(board, "GiveInject", inject=f"ij{number}", words=words, to=sorted({one.seat.slug for one in people}))
    return max(sees_news_at(person.page) for person in people) - given


def test_a_class_of_fourteen_plays_to_the_debrief(chromium: Browser, tmp_path: Path) -> None:
    draw = random.Random(14)
    with hosted(tmp_path / "data") as trainer:
        [board] = trainer.host(TALKS)
        venue = Venue(chromium, trainer.desk)
        where = [seat for seat in SEATS if seat not in PLAYED]
        seats = [*where, *where][:13]
        people = [
            player(venue, trainer.sit_down(TALKS, 1, slug), f"person {n}", draw) for n, slug in enumerate(seats, 1)
        ]
        start(board, PLAYED)
        part = MINUTES * 60 / 8
        begun = time.monotonic()
        everybody(people, begun + part)
        late = [inject(board, people, 5)]
        people.append(player(venue, trainer.sit_down(TALKS, 1, "un-envoy"), "person 14, late", draw))
        everybody(people, begun + 2 * part)
        cut = people[::3]
        for person in cut:
            person.lose_network()
        everybody(people, begun + 3 * part)
        for person in cut:
            person.find_network()
        everybody(people, begun + 4 * part)
        give(board, "PauseClock")
        late.append(inject(board, people, 6))
        everybody(people, begun + 5 * part)
        gone = people.pop(3)
        gone.leave()
        give(board, "RunClock", pace="12")
        give(board, "SwapSeat", seat="usa")
        people.append(player(venue, trainer.sit_down(TALKS, 1, "usa"), "person 15, takes a seat over", draw))
        everybody(people, begun + 6 * part)
        late.append(inject(board, people, 7))
        assert not any(person.sees_debrief() for person in people)
        everybody(people, begun + 7 * part)
        for person in people:
            person.finish()
        report([*people, gone], late)
        give(board, "EndExercise")
        give(board, "Reveal", how_far="all")
        assert all(person.sees_debrief() for person in people)
        everyone = [*people, gone]
        venue.close()
    check_record(tmp_path / "data" / f"{TALKS}-exercise-1" / "record.db", everyone)


def report(people: list[Person], late: list[float]) -> None:
    """Print the figures of a class."""
    taken = sorted(seconds for person in people for seconds in person.pages)
    acts = sum(len(person.acknowledged) for person in people)
    print(
        f"\n{len(people)} people, {MINUTES:g} minutes, load {os.getloadavg()[0]:.1f}: {len(taken)} pages, median"
        f" {taken[len(taken) // 2] * 1e3:.0f} ms, p99 {taken[len(taken) * 99 // 100] * 1e3:.0f} ms; {acts} papers"
        f" acknowledged; injects on all screens after {', '.join(f'{one:.2f}' for one in late)} s;"
        f" mistakes made {sum(person.mistakes for person in people)}"
    )


def check_record(path: Path, people: list[Person]) -> None:
    """Check that all acknowledged papers are in the record, once, and nothing that nobody typed."""
    kept: list[str] = []
    room = open_record(path, kind=Kind.EXERCISE)
    try:
        for slug in sorted({person.seat.slug for person in people}):
            view = room.view(slug)
            filed = [notice for notice in view.notices if notice.kind == "ItemFiled" and notice.by == slug]
            kept += [str(view.text(view.known.items[one.data["item"]].words[0])) for one in filed]
    finally:
        room.close()
    typed = [words for words in kept if " typed " in words]
    assert len(typed) == len(set(typed)), "doubled"
    assert {words for person in people for words in person.acknowledged} <= set(typed), "lost"
    assert set(typed) <= {words for person in people for words in person.typed}


@dataclass(slots=True)
class Client:
    """Somebody without a browser of ours: it reads pages, sends papers, and follows its stream."""

    seat: Seat
    name: str
    pages: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def play(self, stop: threading.Event) -> None:
        draw = random.Random(self.name)
        stream = self.seat.follow("")
        assert stream.is_open.is_set()
        while not stop.wait(draw.uniform(1.0, 6.0)):
            self.seat.close()  # the desk may have hung up meanwhile; the next request opens a line anew
            self.pages.append(self.seat.get(draw.choice(("", "papers", "texts", "record", "brief", "positions"))))
            if draw.random() < 0.3:
                words = f"{self.name} typed {len(self.acknowledged)}"
                self.seat.do("FileItem", words.replace(" ", "-"), words=words)
                self.acknowledged.append(words)


def test_sixty_persons_play_in_three_cells(chromium: Browser, tmp_path: Path) -> None:
    draw = random.Random(60)
    with hosted(tmp_path / "data") as trainer:
        boards = trainer.host(TALKS, 3)
        venue = Venue(chromium, trainer.desk)
        for board in boards:
            start(board, ())
        people = [player(venue, trainer.sit_down(TALKS, n % 3 + 1, SEATS[n]), f"person {n}", draw) for n in range(8)]
        clients = [Client(trainer.sit_down(TALKS, n % 3 + 1, SEATS[n % len(SEATS)]), f"client {n}") for n in range(52)]
        stop = threading.Event()
        late: list[float] = []
        with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
            running = [pool.submit(client.play, stop) for client in clients]
            try:
                begun = time.monotonic()
                for number in (5, 6, 7):
                    everybody(people, begun + (number - 4) * MINUTES * 60 / 4)
                    for cell, board in enumerate(boards):
                        late.append(inject(board, people[cell::3], number))
                everybody(people, begun + MINUTES * 60)
                for person in people:
                    person.finish()
            finally:
                stop.set()
            for job in running:
                job.result()
        venue.close()
    report(people, late)
    taken = sorted(seconds for client in clients for seconds in client.pages)
    print(f"52 clients: {len(taken)} pages, p99 {taken[len(taken) * 99 // 100] * 1e3:.0f} ms")
    for cell in range(3):
        path = tmp_path / "data" / f"{TALKS}-exercise-{cell + 1}" / "record.db"
        here = people[cell::3]
        check_cell(path, here, [client for n, client in enumerate(clients) if n % 3 == cell])


def check_cell(path: Path, people: list[Person], clients: list[Client]) -> None:
    """Check a cell's record: what people and clients were told was kept is there."""
    told = [(one.name, one.seat.slug, set(one.acknowledged)) for one in people]
    told += [(one.name, one.seat.slug, set(one.acknowledged)) for one in clients]
    room = open_record(path, kind=Kind.EXERCISE)
    try:
        for name, slug, acknowledged in told:
            view = room.view(slug)
            filed = [notice for notice in view.notices if notice.kind == "ItemFiled"]
            kept = [str(view.text(view.known.items[notice.data["item"]].words[0])) for notice in filed]
            assert acknowledged <= set(kept), f"{name}: lost"
            assert len(kept) == len(set(kept)), f"{name}: doubled"
    finally:
        room.close()
