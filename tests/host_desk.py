"""A host of records in this process, and one browser at it, for tests."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from goodoffices.web.app import create_app, running
from goodoffices.web.host_app import HostApp
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.record_host import RecordHost
from properties.worlds.cast import START
from properties.worlds.randomness import entropy

ORIGIN = "http://desk.test"
WORDS = "four words of the valley"


class Clock:
    def __init__(self) -> None:
        self.at = START + timedelta(minutes=5)

    def __call__(self) -> Any:
        return self.at


class Desk:
    """A host in this process and one browser at it."""

    def __init__(self, data: Path, *, takes_live: bool = True) -> None:
        self.clock = Clock()
        settings = Settings(
            origins=(ORIGIN,), now=self.clock, entropy=entropy(), tick_seconds=0.0, access=data.parent / "access.db"
        )
        self.host = RecordHost(
            data=data, settings=settings, make_app=create_app, running=running, looked=lambda *_: None,
            takes_live=takes_live,
        )  # fmt: skip
        self.app = HostApp(self.host)
        self.jar = httpx.Cookies()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self.jar) as client:
                answer = await client.request(method, path, headers={"origin": ORIGIN}, **more)
                self.jar = client.cookies
                return answer

        return asyncio.run(go())

    def enter(self) -> None:
        assert self.ask("POST", "/start", data={"token": self.host.start_sign}).headers["location"] == "/records"

    def csrf(self) -> str:
        found = re.search(r'name="_csrf" value="(\w+)"', self.ask("GET", "/begin").text)
        assert found is not None
        return found[1]

    def begin(
        self, typed: Mapping[str, str] | None = None, *, file: tuple[str, bytes] | None = None, **more: str
    ) -> httpx.Response:
        page = self.ask("GET", "/begin").text
        hidden = dict(re.findall(r'name="(_csrf|_key)" value="(\w+)"', page))
        parts = {
            key.replace("__", "."): (None, text)
            for key, text in {**hidden, "do": "begin", **(typed or {}), **more}.items()
        }
        return self.ask("POST", "/begin", files={**parts, "sheet": file or ("", b"")})

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.ask("POST", path, data={"_csrf": self.csrf(), **fields})

    def close(self) -> None:
        asyncio.run(self.host.close_all())


VALLEY = {
    "title": "River valley talks", "zone": "Europe/Zurich", "working": "en", "kind": "exercise",
    "name__0": "Northland", "role__0": "party", "what__0": "state", "name__1": "Valley Movement", "role__1": "party",
    "people": "United Nations; facilitator", "first_day": "2026-12-07", "session_title": "Opening",
    "session_format": "plenary", "session_hour": "10:00",
}  # fmt: skip
LIVE = {**VALLEY, "kind": "live", "passphrase": WORDS, "again": WORDS}
