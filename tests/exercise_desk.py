"""A desk of one exercise in this process, with a browser for each seat, for tests."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from exercise_talks import PEOPLE, TOOLS, the_exercise
from goodoffices.service.exercise_records import create_exercise
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.web.app import create_app
from goodoffices.web.http.login_sessions import START
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from properties.worlds.randomness import entropy

ORIGIN = "http://desk.test"


class ExerciseDesk:
    """One exercise with its server. Every seat that asks has a browser that is signed in there."""

    def __init__(self, where: Path, file: TalksFile | None = None, *, undo_seconds: float = 0) -> None:
        self.real = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
        room = create_exercise(where, file or the_exercise(), at=self.real)
        settings = Settings(
            origins=(ORIGIN,), now=lambda: self.real, entropy=entropy(), tick_seconds=0.0, undo_seconds=undo_seconds
        )
        self.server = ServerContext(room, settings)
        self.app = create_app(self.server)
        self.n = 0

    def wait(self, seconds: float) -> None:
        self.real += timedelta(seconds=seconds)
        self.server.queue.tick()

    def ask(self, seat: str, method: str, path: str, language: str = "en", **more: Any) -> httpx.Response:
        """Ask as somebody who has just signed in at a seat."""
        signed_in = self.server.open_seat(seat, language, keeper=more.pop("keeper", None))
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        data = {"_csrf": signed_in.tokens.csrf, **more.pop("data", {})}
        return self._request(
            method, f"{signed_in.base}/{path}", cookies, data=data if method == "POST" else None, **more
        )

    def start_page(self, language: str = "en") -> str:
        """Return the start page as somebody sees it who has entered its code."""
        session = self.server.access.open(START, language=language, at=self.real)
        answer = self._request("GET", "/start", {f"go-{self.server.start_key}": session.secret})
        assert answer.status_code == 200
        return answer.text

    def _request(self, method: str, path: str, cookies: dict[str, str], **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
                return await client.request(method, path, headers={"origin": ORIGIN}, **more)

        return asyncio.run(go())

    def page(self, seat: str, path: str = "", language: str = "en") -> str:
        answer = self.ask(seat, "GET", path, language)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def do(self, who: str, command: str, *, status: int = 303, **fields: Any) -> httpx.Response:
        """Send a command's form."""
        self.n += 1
        data = {"_key": f"key-number-{self.n:06}", "_back": "", "_sure": "yes", **fields}
        answer = self.ask(who, "POST", f"do/{command}", data=data)
        assert answer.status_code == status, f"{command}: {answer.status_code} {words_of(answer.text)[:400]}"
        return answer

    def start(self) -> ExerciseDesk:
        self.do("control", "StartExercise", persons=list(PEOPLE), automated=list(TOOLS))
        self.do("control", "RunClock", pace="60")
        return self


def words_of(html: str) -> str:
    """Return the words of a page."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).strip()
