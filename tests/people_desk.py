"""A desk at which people come in by cards, for tests: its clocks stand until they are moved."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle


class Desk:
    """A desk, its clocks, and browsers at it."""

    def __init__(self, folder: Path) -> None:
        self.loop, self.clock, self.elapsed = SlowLoop(), Clock(), 0.0
        acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
        self.world: HttpWorld = http_world(folder, self.clock, acts, replay(acts), elapsed=lambda: self.elapsed)
        self._keys = 0

    @property
    def server(self) -> ServerContext:
        return self.world.server

    def undo_in(self, seconds: float) -> None:
        self.server.settings = replace(self.server.settings, undo_seconds=seconds)

    def pass_time(self, seconds: float) -> None:
        self.elapsed += seconds
        self.clock.at += timedelta(seconds=seconds)
        self.loop.run_until_complete(self.server.do_waiting())

    def key(self) -> str:
        self._keys += 1
        return f"request-key-{self._keys}"

    def browser(self, seat: str, person: str | None = None, language: str = "en") -> Browser:
        return Browser(self.world, self.server.open_seat(seat, language, person=person), self.loop)

    def stranger(self) -> Browser:
        return Browser(self.world, None, self.loop)

    def card(self, by: str, seat: str, person: str, key: str = "make-a-card-1") -> Answer:
        browser = self.browser(by)
        return browser.post(f"{browser.base}/cards", {"seat": seat, "person": person, "_key": key})

    def do(self, browser: Browser, command: str, **fields: str | tuple[str, ...]) -> Answer:
        """Send a form of a command; the second look has been taken."""
        given = {"_key": self.key(), "_back": "seats", "_form": "f", "_sure": "yes", **fields}
        return browser.post(f"{browser.base}/do/{command}", given)

    def person(self, seat: str, name: str) -> Browser:
        """Return the browser of somebody who was let in by the secretariat and came in with the card."""
        came = self.come_in(code_on(self.card("sec", seat, name, self.key())))
        assert came is not None
        return came

    def come_in(self, code: str) -> Browser | None:
        answer = self.stranger().post("/join", {"token": code})
        if answer.status != 303:
            assert answer.status == 404
            return None
        return self.came(answer)

    def came(self, answer: Answer) -> Browser:
        """Return the browser that was let into a seat by an answer."""
        given = dict(answer.headers)
        path = given[b"location"].decode().split("/")[2]
        cookies = b" ".join(value for name, value in answer.headers if name == b"set-cookie")
        secret = re.search(rb"=([0-9a-f]{64})", cookies)
        assert secret is not None
        seat = next(s for s in self.server.room.seats() if self.server.seat_paths.path_id(s) == path)
        session = self.server.access.find(secret[1].decode(), seat, at=self.clock.at)
        assert session is not None
        return Browser(self.world, SignedInSeat(seat=seat, path_id=path, session=session), self.loop)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """Open a desk for the length of a block."""
    made = Desk(folder)
    yield made
    made.loop.run_until_complete(settle())
    made.world.host.access.close()
    made.world.host.entrance.close()
    made.server.close()
    made.world.room.close()
    made.loop.close()


def code_on(card: Answer) -> str:
    assert card.status == 200, card.status
    found = re.search(r'<p class="code-line"><bdi[^>]*>([^<]+)<', card.text)
    assert found is not None
    return html.unescape(found[1])


def plain(answer: Answer) -> str:
    """Return the words of a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", answer.text))
