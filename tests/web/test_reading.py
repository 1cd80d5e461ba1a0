"""Reading never waits for a write: with a full disk, a read-only file or a locked one every page still opens."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.errors import StorageError
from goodoffices.record.backends import sqlite
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from goodoffices.web.app import create_app
from goodoffices.web.http.login_sessions import Access
from goodoffices.web.http.seat_cards import SeatCards
from goodoffices.web.live.clock_guard import ClockGuard
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from properties.worlds.cast import START, the_talks
from properties.worlds.http import ORIGIN, Browser, SlowLoop
from properties.worlds.randomness import entropy
from record_world import files_with

PAGES = ("", "papers", "sessions", "texts", "decisions", "people", "record", "me", "claims", "find")
FORM = {"_back": "papers", "_form": "write", "_seen": "3", "_key": "key-number-1", "words": "a", "words.lang": "en"}


class Clock:
    def __init__(self) -> None:
        self.at = START + timedelta(minutes=5)

    def __call__(self) -> object:
        return self.at


class Desk:
    """A desk on files, and one browser at a seat."""

    def __init__(self, folder: Path, loop: SlowLoop) -> None:
        self.clock = Clock()
        self.guard = ClockGuard(self.clock, lambda: loop.moment)  # type: ignore[arg-type]
        self.room = create_record(folder / "record.db", the_talks(), kind=Kind.EXERCISE, at=START)
        settings = Settings(
            origins=(ORIGIN,),
            now=self.guard.now,
            entropy=entropy(),
            tick_seconds=0.0,
            access=folder / "access.db",
            undo_seconds=0.0,
            clock_guard=self.guard,
        )
        self.server = ServerContext(self.room, settings)
        self.loop, self.app = loop, create_app(self.server)

    def at(self, seat: str) -> Browser:
        return Browser(self, self.server.open_seat(seat, "en"), self.loop)  # type: ignore[arg-type]

    def close(self) -> None:
        self.server.close()
        self.room.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    loop = SlowLoop()
    made = Desk(tmp_path, loop)
    yield made
    made.close()
    loop.close()


def connections(desk: Desk) -> list[sqlite3.Connection]:
    """Every connection that the desk has: to the record, and to its own file."""
    own = (desk.server.access._db, desk.server.cards._db, desk.server.entrance.passphrases._db)
    return [desk.room._store._database._connection, *(file._db for file in own)]  # type: ignore[attr-defined]


def full(desk: Desk, _: ExitStack) -> None:
    """No file can grow, as on a full disk."""
    for connection in connections(desk):
        connection.execute("PRAGMA max_page_count=1")


def read_only(desk: Desk, _: ExitStack) -> None:
    for connection in connections(desk):
        connection.execute("PRAGMA query_only=ON")


def locked(desk: Desk, stack: ExitStack) -> None:
    """Somebody else holds both files."""
    for connection in connections(desk)[:2]:
        [(_, _, path)] = connection.execute("PRAGMA database_list").fetchall()
        other = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("hinder", [full, read_only, locked])
def test_every_page_opens_for_who_is_signed_in(desk: Desk, hinder: Callable[[Desk, ExitStack], None]) -> None:
    opp = desk.at("opp")
    expected = {page: opp.get(f"{opp.base}/{page}").status for page in PAGES}
    assert list(expected.values()).count(200) > 5
    with ExitStack() as stack:
        hinder(desk, stack)
        # Long enough that a session would be noted as used.
        desk.clock.at += timedelta(minutes=6)
        desk.loop.moment += 360
        assert {page: opp.get(f"{opp.base}/{page}").status for page in PAGES} == expected
        assert opp.get(f"{opp.base}/?lang=ar").status == 200


def test_a_session_that_cannot_be_noted_as_used_does_not_end_while_it_is(desk: Desk) -> None:
    opp = desk.at("opp")
    read_only(desk, ExitStack())
    for _ in range(15):
        desk.clock.at += timedelta(hours=1)
        desk.loop.moment += 3600
        assert opp.get(f"{opp.base}/").status == 200


def test_what_must_be_written_is_refused_in_a_sentence(desk: Desk) -> None:
    opp = desk.at("opp")
    read_only(desk, ExitStack())
    refused = opp.post(f"{opp.base}/do/FileItem", FORM)
    assert (refused.status, "nothing was changed" in refused.text) == (503, True)
    assert opp.post(f"{opp.base}/sign-out", {}).status == 503


def test_health_tells_whether_commands_can_be_kept_and_pages_say_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opp = desk.at("opp")

    def health() -> tuple[int, object]:
        answer = opp.get("/health")
        return answer.status, json.loads(answer.text)

    assert health() == (200, {"state": "ok"})
    for connection in connections(desk)[:1]:
        connection.execute("PRAGMA query_only=ON")
    assert health() == (503, {"state": "read-only"})
    desk.server.queue.tick()
    assert "The record cannot be written just now." in opp.get(f"{opp.base}/").text
    for connection in connections(desk)[:1]:
        connection.execute("PRAGMA query_only=OFF")
    desk.server.queue.tick()
    assert health() == (200, {"state": "ok"})
    assert "The record cannot be written just now." not in opp.get(f"{opp.base}/").text
    monkeypatch.setattr(sqlite, "_LEAST_ROOM", 2**80)
    assert health() == (503, {"state": "read-only"})


def test_a_failed_command_of_one_seat_does_not_show_on_anothers_page(desk: Desk) -> None:
    opp, gov = desk.at("opp"), desk.at("gov")
    before = gov.get(f"{gov.base}/papers").text
    read_only(desk, ExitStack())
    assert opp.post(f"{opp.base}/do/FileItem", FORM).status == 503
    assert gov.get(f"{gov.base}/papers").text == before


def test_after_a_jump_of_the_clock_every_page_says_so_until_the_secretariat_confirms(desk: Desk) -> None:
    opp, sec = desk.at("opp"), desk.at("sec")
    desk.clock.at += timedelta(days=30)
    for page in PAGES[:6]:
        shown = opp.get(f"{opp.base}/{page}")
        assert (shown.status, shown.text.count("The clock of this computer jumped")) == (200, 1)
        assert "Go on by this clock" not in shown.text
    refused = opp.post(f"{opp.base}/do/FileItem", FORM)
    assert (refused.status, "The clock of this computer is in doubt" in refused.text) == (503, True)
    assert json.loads(opp.get("/health").text) == {"state": "read-only"}
    assert opp.post(f"{opp.base}/clock", {"_sure": "yes"}).status == 404
    assert "Go on by this clock" in sec.get(f"{sec.base}/").text
    assert sec.post(f"{sec.base}/clock", {"_sure": ""}).status == 303
    assert "The clock of this computer jumped" in opp.get(f"{opp.base}/").text
    desk.clock.at -= timedelta(days=30)
    assert sec.post(f"{sec.base}/clock", {"_sure": "yes"}).status == 303
    assert "The clock of this computer jumped" not in opp.get(f"{opp.base}/").text
    assert opp.post(f"{opp.base}/do/FileItem", FORM).status == 303


def test_sessions_cards_and_passphrases_that_end_are_in_no_file(desk: Desk, tmp_path: Path) -> None:
    at = START + timedelta(minutes=5)
    sessions, cards = desk.server.access, desk.server.cards
    # A name as long as this is searched for as it stands in the file.
    name = "Ferouz the Canary"
    kept = sessions.open("opp", language="en", at=at, person=name)
    other = sessions.open("opp", language="en", at=at, person=name)
    cards.make("opp", name, at=at)
    assert files_with(name.encode(), tmp_path)
    sessions.end(kept)
    assert sessions.find(other.secret, "opp", at=at) is not None
    sessions.end_all("opp", name)
    cards.end_all("opp", name)
    assert not files_with(name.encode(), tmp_path)
    sessions.open("opp", language="en", at=at, person=name)
    cards.make("opp", name, at=at)
    # What nobody ended goes when its time is up and somebody else comes.
    later = at + timedelta(days=20)
    sessions.open("gov", language="en", at=later)
    cards.make("gov", "Somebody else", at=later)
    assert not files_with(name.encode(), tmp_path)


def test_the_desks_own_file_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "access.db").write_bytes(b"not a database at all, but long enough to be looked at" * 9)
    for kind in (Access, SeatCards):
        with pytest.raises(StorageError, match="You may delete it"):
            kind(tmp_path / "access.db", entropy())
