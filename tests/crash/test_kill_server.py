"""The whole server killed while several writers post: no acknowledged act lost, none doubled."""

from __future__ import annotations

import concurrent.futures
import itertools
import os
import re
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from goodoffices.record.keys import KeyFile
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.enums import Kind
from serving import Served, begin

pytest_plugins = ("record_fixtures",)
pytestmark = pytest.mark.slow
WRITERS = ("government", "opposition", "russia", "turkey", "iran", "un-envoy")
UNLIMITED = ("--commands-a-minute", "0")
_NUMBERS = itertools.count(1)
KILLS, NIGHTLY_KILLS = int(os.environ.get("GOODOFFICES_KILLS", "3")), 50


@dataclass(slots=True)
class Writer:
    """One seat's client: it posts numbered papers, and sends what was not acknowledged again with the same key."""

    seat: str
    client: httpx.Client
    base: str
    csrf: str
    acknowledged: dict[str, int] = field(default_factory=dict)
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
        answer = self.client.post(
            f"{self.base}/do/FileItem", data=fields, headers={"accept": "application/json"}, timeout=60
        )
        if answer.status_code == 200:
            self.acknowledged[words] = answer.json()["n"]
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


def kill_while_writing(desk: Served, writers: list[Writer], after: float) -> None:
    """Let all write for ``after`` seconds, then kill the server as it stands."""
    stop = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(len(writers)) as pool:
        running = [pool.submit(writer.write, stop) for writer in writers]
        time.sleep(after)
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

    def room(self) -> OpenRecord:
        if "://" not in self.talks:
            return open_record(self.data / self.talks / "record.db", kind=Kind.EXERCISE)
        key = KeyFile(path=self.data / self.talks.partition("#")[2] / "record.key")
        return open_record(self.talks, kind=Kind.EXERCISE, key=key)


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
    for round_ in range(kills):
        kill_while_writing(desk, writers, 0.25 + 0.13 * (round_ % 5))
        if round_ < kills - 1:
            desk = place.begin(port)
    for writer in writers:
        writer.client.close()
    room = place.room()
    try:
        for writer in writers:
            view = room.view(writer.seat)
            filed = [n for n in view.notices if n.kind == "ItemFiled"]
            texts = [view.text(view.known.items[n.data["item"]].words[0]) for n in filed]
            assert len(texts) == len(set(texts)), f"doubled for {writer.seat}"
            for words, n in writer.acknowledged.items():
                item = view.notices[n - 1].data["item"]
                assert view.text(view.known.items[item].words[0]) == words
            assert set(texts) <= {*writer.acknowledged, writer.unsure}
    finally:
        room.close()
    return sum(len(writer.acknowledged) for writer in writers)


def test_a_killed_server_loses_and_doubles_nothing(place: Desk) -> None:
    assert run_kills(place, KILLS) > 0


@pytest.mark.nightly
def test_a_server_killed_fifty_times_loses_and_doubles_nothing(place: Desk) -> None:
    assert run_kills(place, NIGHTLY_KILLS) > 0
