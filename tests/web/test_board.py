"""The board of a session: for those present, in memory, and in no file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Format, Kind
from goodoffices.talks.rounds.sessions import CloseSession, MarkAttendance, OpenSession, PlanSession
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from properties.worlds.cast import START, the_talks

ORIGIN = "http://desk.test"
CANARY = "a canary on the board"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerContext]:
    room = create_record(tmp_path / "record.db", the_talks(), kind=Kind.EXERCISE, at=START)
    settings = Settings(
        origins=(ORIGIN,),
        now=lambda: START + timedelta(minutes=5),
        entropy=lambda seat, n: (seat.encode() * n)[:n] or b"x" * n,
        tick_seconds=0.0,
        access=tmp_path / "access.db",
    )
    made = ServerContext(room, settings)
    deeds: list[tuple[str, Command]] = [
        ("un", PlanSession(title="Aside", format=Format.PLENARY, participants=("un", "gov", "opp"))),
        ("un", OpenSession(session="s1")),
        ("un", MarkAttendance(session="s1", who="gov")),
        ("un", MarkAttendance(session="s1", who="un")),
    ]
    for seat, command in deeds:
        room.submit(CommandRequest(seat=seat, command=command), at=START)
    yield made
    made.access.close()
    room.close()


def request(server: ServerContext, signed_in: SignedInSeat, method: str, **more: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        transport = httpx.ASGITransport(app=create_app(server))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
            return await client.request(method, f"{signed_in.base}/board/s1", headers={"origin": ORIGIN}, **more)

    return asyncio.run(go())


def test_r33_words_on_a_board_are_read_by_those_present_and_are_in_no_file(
    server: ServerContext, tmp_path: Path
) -> None:
    envoy, government, opposition = (server.open_seat(seat, "en") for seat in ("un", "gov", "opp"))
    form = {"words": CANARY, "_csrf": envoy.tokens.csrf, "_key": "a-request-key"}
    assert request(server, envoy, "POST", data=form).status_code == 303
    assert CANARY in request(server, government, "GET").text
    assert request(server, opposition, "GET").status_code == 404
    for path in tmp_path.rglob("*"):
        assert CANARY.encode() not in path.read_bytes()
    assert all(CANARY not in repr(act) for act in server.room.acts())
    assert CANARY not in repr(server.boards.read(server.room.board("un", "s1") or ""))


def test_r33_a_board_is_wiped_when_its_session_closes(server: ServerContext) -> None:
    envoy = server.open_seat("un", "en")
    key = server.room.board("un", "s1")
    assert key is not None
    request(server, envoy, "POST", data={"words": CANARY, "_csrf": envoy.tokens.csrf, "_key": "a-request-key"})
    assert len(server.boards.read(key)) == 1
    server.room.submit(CommandRequest(seat="un", command=CloseSession(session="s1")), at=START + timedelta(minutes=6))
    assert request(server, envoy, "GET").status_code == 404
    assert server.boards.read(key) == ()
