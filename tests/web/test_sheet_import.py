"""The spreadsheet of own talks brought to the page *Add*: what would change is shown, and taken once."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from own_talks_files import ROWS, Book, book, changed, read
from properties.worlds.cast import START
from properties.worlds.randomness import entropy
from spreadsheet_files import xlsx

ORIGIN = "http://desk.test"
FISH = {"Issue": "Fish", "Question": "Who fishes?", "Option 1": "All", "Option 2": "Nobody",
        "Order matters": "no", "Invented": "yes"}  # fmt: skip
BULLETIN = {"Short name": "Bulletin 5", "Outlet": "The Valley Bulletin", "Day": "2026-02-01", "Invented": "yes"}
LESS: Book = book(Issues=[*ROWS["Issues"], FISH])
MORE: Book = book(Issues=[*ROWS["Issues"], FISH], Sources=[*ROWS["Sources"], BULLETIN])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerContext]:
    talks = read(book()).talks
    assert talks is not None
    room = create_record(tmp_path / "record.db", talks_file_of(talks), kind=Kind.EXERCISE, at=START)
    settings = Settings(
        origins=(ORIGIN,), now=lambda: START + timedelta(minutes=5), entropy=entropy(), tick_seconds=0.0
    )
    made = ServerContext(room, settings)
    yield made
    made.access.close()
    room.close()


def post(server: ServerContext, signed_in: SignedInSeat, path: str, **more: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        transport = httpx.ASGITransport(app=create_app(server))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
            return await client.post(f"{signed_in.base}/{path}", headers={"origin": ORIGIN}, **more)

    return asyncio.run(go())


def bring(server: ServerContext, signed_in: SignedInSeat, made: bytes) -> str:
    parts = {"_csrf": (None, signed_in.tokens.csrf), "file": ("valley.xlsx", made)}
    return html.unescape(post(server, signed_in, "sheet", files=parts).text)


def take(server: ServerContext, signed_in: SignedInSeat, token: str) -> httpx.Response:
    return post(server, signed_in, "sheet/take", data={"_csrf": signed_in.tokens.csrf, "token": token})


def test_a_changed_spreadsheet_is_shown_and_then_taken_once(server: ServerContext) -> None:
    desk, before = server.open_seat("secretariat", "en"), len(server.room.acts())
    shown = bring(server, desk, xlsx(MORE))
    assert "2 new, 0 changed" in shown
    assert "Who fishes?" in shown
    assert len(server.room.acts()) == before
    token = re.search(r'name="token" value="(\w+)"', shown)
    assert token is not None
    assert "2 changes were made." in take(server, desk, token[1]).text
    assert "no longer kept here" in take(server, desk, token[1]).text
    assert "Nothing is new. Nothing was changed." in bring(server, desk, xlsx(MORE))
    agenda = server.room.view("northland").known.agenda
    assert "fish" in {issue.slug for basket in agenda for issue in basket.issues}


def test_only_what_was_shown_is_taken(server: ServerContext) -> None:
    desk = server.open_seat("secretariat", "en")
    shown = re.search(r'name="token" value="(\w+)"', bring(server, desk, xlsx(MORE)))
    assert shown is not None
    bring(server, desk, xlsx(LESS))
    before = len(server.room.acts())
    again = take(server, desk, shown[1])
    assert again.status_code == 422
    assert "no longer what was shown" in again.text
    assert "1 new, 0 changed" in again.text
    assert len(server.room.acts()) == before


def test_mistakes_are_told_by_cell_in_the_readers_language(server: ServerContext) -> None:
    wrong = xlsx(changed("Seats", 0, For="Zzz"))
    assert "Seats!B4" in bring(server, server.open_seat("secretariat", "en"), wrong)
    assert "ليس في الورقة" in bring(server, server.open_seat("secretariat", "ar"), wrong)
    assert "No file was chosen" in bring(server, server.open_seat("secretariat", "en"), b"")


def test_a_seat_without_the_power_has_no_such_page(server: ServerContext) -> None:
    party = server.open_seat("northland", "en")
    assert "Not found" in bring(server, party, xlsx(MORE))
    assert take(server, party, "0" * 32).status_code == 404


def test_one_seats_spreadsheet_is_not_taken_by_another(server: ServerContext) -> None:
    desk = server.open_seat("secretariat", "en")
    token = re.search(r'name="token" value="(\w+)"', bring(server, desk, xlsx(MORE)))
    assert token is not None
    wrong = token[1][::-1]
    assert take(server, desk, wrong).status_code == 422
    assert take(server, server.open_seat("un", "en"), token[1]).status_code == 404


def page(server: ServerContext, signed_in: SignedInSeat, path: str) -> str:
    async def go() -> httpx.Response:
        cookies = {f"go-{signed_in.path_id}": signed_in.session.secret}
        transport = httpx.ASGITransport(app=create_app(server))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies) as client:
            return await client.get(f"{signed_in.base}/{path}")

    return html.unescape(asyncio.run(go()).text)


def test_what_a_changed_row_says_of_a_promise_stands_on_the_page_of_commitments(server: ServerContext) -> None:
    desk = server.open_seat("secretariat", "en")
    before = page(server, desk, "commitments")
    assert "said to be done in part" in before
    assert "The road is open." in before
    made = changed("Commitments", 0, What_happened="The road was shut.", When="2026-02-03", State="not done")
    token = re.search(r'name="token" value="(\w+)"', bring(server, desk, xlsx(made)))
    assert token is not None
    take(server, desk, token[1])
    after = page(server, desk, "commitments")
    assert "The road was shut." in after
    assert "said not to be done" in after
    assert "said to be done in part" not in after
    assert "قيل إنه لم يُنفَّذ" in page(server, server.open_seat("secretariat", "ar"), "commitments")
