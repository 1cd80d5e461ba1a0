"""The whole server killed while several writers post, texts are destroyed and backups are made.

No acknowledged act is lost and none doubled, what was destroyed is in no file, and each backup is sound.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from goodoffices.record import backups, open_
from goodoffices.record.keys import KeyFile
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.enums import Kind
from record_world import wrapped_keys
from serving import Served, begin

pytest_plugins = ("record_fixtures",)
pytestmark = pytest.mark.slow
WRITERS = ("government", "opposition", "russia", "turkey", "iran", "un-envoy")
UNLIMITED = ("--commands-a-minute", "0")
_NUMBERS = itertools.count(1)
KILLS, NIGHTLY_KILLS = int(os.environ.get("GOODOFFICES_KILLS", "3")), 50


ONE_IN, LASTS = 3, timedelta(seconds=3)
"""One paper in so many lasts so long."""


def _soon() -> str:
    return (datetime.now(UTC) + LASTS).isoformat(timespec="seconds")


@dataclass(slots=True)
class Writer:
    """One seat's client: it posts numbered papers, and sends what was not acknowledged again with the same key."""

    seat: str
    client: httpx.Client
    base: str
    csrf: str
    acknowledged: dict[str, int] = field(default_factory=dict)
    lapses: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    unsure: str | None = None

    def write(self, stop: threading.Event) -> None:
        while not stop.is_set():
            words = self.unsure or f"{self.seat} paper {self.sent}"
            if self.unsure is None:
                self.sent += 1
            self.unsure = words
            try:
                self._post(words)
            except httpx.TransportError:
                return
            self.unsure = None

    def _post(self, words: str) -> None:
        key = words.replace(" ", "-")
        fields = {"_csrf": self.csrf, "_key": key, "_back": "papers", "_form": "f", "words": words}
        if int(words.rpartition(" ")[2]) % ONE_IN == 0:
            # Its text is destroyed when its time has come. Sent again, it is the same paper with the same time.
            fields |= {"mode": "non-paper", "lapses_at": self.lapses.setdefault(words, _soon())}
        answer = self.client.post(
            f"{self.base}/do/FileItem", data=fields, headers={"accept": "application/json"}, timeout=60
        )
        if answer.status_code == 200:
            self.acknowledged[words] = answer.json()["n"]
        elif answer.status_code == 422 and answer.json()["code"] == "past":
            # Sent again after the kill, and too late by then: it was never kept.
            del self.lapses[words]
        else:
            assert answer.status_code == 503, answer.text


def sign_in(desk: Served) -> list[Writer]:
    """Open every writer's seat with the start page's one-time sign."""
    origin = {"origin": desk.origin}
    writers = []
    with httpx.Client(base_url=desk.origin, headers=origin) as client:
        client.post("/start", data={"token": desk.sign})
        found = re.search(r'name="_csrf" value="(\w+)"', client.get("/start").text)
        assert found is not None
        for seat in WRITERS:
            base = client.post("/start/open", data={"_csrf": found[1], "seat": seat}).headers["location"].rstrip("/")
            page = client.get(f"{base}/papers/new").text
            token = re.search(r'data-csrf="(\w+)"', page)
            assert token is not None
            own = httpx.Client(base_url=desk.origin, headers=origin, cookies=dict(client.cookies))
            writers.append(Writer(seat, own, base, token[1]))
    return writers


def kill_while_writing(place: Desk, desk: Served, writers: list[Writer], after: float) -> None:
    """Let all write for ``after`` seconds while backups are made, then kill the server as it stands."""
    stop = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(len(writers) + 1) as pool:
        running = [pool.submit(writer.write, stop) for writer in writers]
        running.append(pool.submit(place.back_up, stop))
        time.sleep(after)
        # On a busy machine the first answers come late; a kill before them would try nothing.
        until = time.monotonic() + 60
        while not any(writer.acknowledged for writer in writers) and time.monotonic() < until:
            time.sleep(0.05)
        desk.process.send_signal(signal.SIGKILL)
        desk.process.wait()
        stop.set()
        for job in running:
            job.result()
    assert desk.process.stdout is not None
    desk.process.stdout.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a desk keeps its record, and how it is begun."""

    data: Path
    talks: str = "astana-2017"
    options: tuple[str, ...] = UNLIMITED

    def begin(self, port: int = 0) -> Served:
        return begin(self.data, talks=self.talks, port=port, options=self.options)

    @property
    def where(self) -> str | Path:
        return self.talks if "://" in self.talks else self.data / self.talks / "record.db"

    @property
    def key(self) -> KeyFile | None:
        """Where the key file is, unless it is beside the record."""
        return KeyFile(path=self.data / self.talks.partition("#")[2] / "record.key") if "://" in self.talks else None

    def room(self) -> OpenRecord:
        return open_record(self.where, kind=Kind.EXERCISE, key=self.key)

    def back_up(self, stop: threading.Event) -> None:
        """Make backups, one after the other."""
        while not stop.is_set():
            folder = self.backups / f"{next(_NUMBERS):05}"
            folder.mkdir(parents=True)
            backups.backup(self.where, folder, keys=True)

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    def keys(self) -> dict[bytes, bytes]:
        """The keys of all texts as the database has them, while no desk is open."""
        with open_(self.where, kind=Kind.EXERCISE, key=self.key, write=False) as store:
            return wrapped_keys(store)

    def restored(self, backup: Path) -> int:
        """Restore a backup with its keys elsewhere, verify it, and return how many acts it has."""
        target = self.data / "restored" / f"{next(_NUMBERS)}" / "record.db"
        target.parent.mkdir(parents=True)
        backups.restore(backup, target, keys=backup.with_suffix(".keys"))
        if self.key is None:
            shutil.copy(self.data / self.talks / "record.db.key", target.parent)
        with open_(target, kind=Kind.EXERCISE, key=self.key) as store:
            assert store.verify().is_sound
            return store.length


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk of our own on one database, and then on the other."""
    if request.param == "sqlite":
        return Desk(tmp_path)
    address = f"{request.getfixturevalue('postgresql_address')}#killed{next(_NUMBERS)}"
    return Desk(tmp_path, address, ("--talks", "astana-2017", *UNLIMITED))


def run_kills(place: Desk, kills: int) -> int:
    """Kill the server so often, and return how many acts were acknowledged."""
    desk = place.begin()
    port = int(desk.origin.rpartition(":")[2])
    writers = sign_in(desk)
    ever: dict[bytes, bytes] = {}
    for round_ in range(kills):
        kill_while_writing(place, desk, writers, 0.25 + 0.13 * (round_ % 5))
        ever |= place.keys()
        desk = place.begin(port)
    for writer in writers:
        writer.client.close()
    wait_for_the_last_to_lapse(place, desk)
    look_for_what_was_destroyed(place, ever)
    made = sorted(place.backups.rglob("*.backup"))
    for backup in {*made[:: max(1, len(made) // 5)], made[-1]}:
        place.restored(backup)
    look_for_each_paper(place, writers)
    return sum(len(writer.acknowledged) for writer in writers)


def wait_for_the_last_to_lapse(place: Desk, desk: Served) -> None:
    """Let the desk destroy what is due, and end it as a person would."""
    time.sleep(LASTS.total_seconds() + 1)
    desk.process.send_signal(signal.SIGTERM)
    assert desk.process.wait(timeout=60) == 0
    assert desk.process.stdout is not None
    desk.process.stdout.close()


def look_for_what_was_destroyed(place: Desk, ever: Mapping[bytes, bytes]) -> None:
    """No key that is gone stands in the database, in a file of the desk, or in a backup but for that of the keys."""
    left = place.keys()
    gone = {value for name, value in ever.items() if name not in left}
    assert gone
    for path in place.data.rglob("*"):
        kept = path.read_bytes() if path.is_file() and path.suffix != ".keys" else b""
        assert not any(key in kept for key in gone), path


def look_for_each_paper(place: Desk, writers: Sequence[Writer]) -> None:
    """Each acknowledged paper is there once, with its words unless it lapsed."""
    room = place.room()
    try:
        for writer in writers:
            view = room.view(writer.seat)
            filed = [n for n in view.notices if n.kind == "ItemFiled"]
            texts = [view.text(view.known.items[n.data["item"]].words[0]) for n in filed]
            kept = [text for text in texts if text is not None]
            assert len(kept) == len(set(kept)), f"doubled for {writer.seat}"
            for words, n in writer.acknowledged.items():
                item = view.notices[n - 1].data["item"]
                assert view.text(view.known.items[item].words[0]) == (None if words in writer.lapses else words)
            assert set(kept) <= {*writer.acknowledged, writer.unsure}
            ended = set(writer.lapses) & set(writer.acknowledged)
            assert 0 <= len(texts) - len(kept) - len(ended) <= (writer.unsure in writer.lapses)
            numbers = list(writer.acknowledged.values())
            assert len(numbers) == len(set(numbers))
    finally:
        room.close()


def test_a_killed_server_loses_and_doubles_nothing(place: Desk) -> None:
    assert run_kills(place, KILLS) > 0


@pytest.mark.nightly
def test_a_server_killed_fifty_times_loses_and_doubles_nothing(place: Desk) -> None:
    assert run_kills(place, NIGHTLY_KILLS) > 0
