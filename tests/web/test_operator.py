"""The operator's page: backups, drills, who can open what and where it lies; and no content of any talks."""

from __future__ import annotations

import contextlib
import html
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.service.data_folder import FILE
from host_desk import LIVE, VALLEY, WORDS, Desk

NAME = "river-valley-talks"
ADDRESSES = ("/operator", "/operator/backup", "/operator/drill", "/operator/check", "/operator/end-sessions")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "kept")
    made.enter()
    yield made
    made.close()


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def test_a_backup_is_made_tried_and_checked_while_the_talks_go_on(desk: Desk, tmp_path: Path) -> None:
    desk.begin(VALLEY)
    assert "There is no backup yet." in plain(desk.ask("GET", "/operator").text)
    early = desk.post("/operator/drill", record=NAME)
    assert early.status_code == 422
    assert "Make one first." in plain(early.text)
    made = desk.post("/operator/backup", record=NAME)
    assert made.status_code == 200
    folder = tmp_path / "kept" / "backups" / NAME
    assert sorted(path.suffix for path in folder.iterdir()) == [".backup", ".keys"]
    assert "It was never restored for trial." in plain(made.text)
    again = desk.post("/operator/backup", record=NAME)
    assert again.status_code == 200
    assert len(list(folder.iterdir())) == 2
    tried = plain(desk.post("/operator/drill", record=NAME).text)
    assert "was restored for trial and is whole" in tried
    assert sorted(path.suffix for path in folder.iterdir()) == [".backup", ".json", ".keys"]
    assert "Last restored for trial" in plain(desk.ask("GET", "/operator").text)
    assert "is as it was written" in plain(desk.post("/operator/check", record=NAME).text)


def test_a_damaged_backup_is_told_and_nothing_is_left_of_the_trial(desk: Desk, tmp_path: Path) -> None:
    desk.begin(VALLEY)
    desk.post("/operator/backup", record=NAME)
    folder = tmp_path / "kept" / "backups" / NAME
    [made] = folder.glob("*.backup")
    data = bytearray(made.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = bytes(64)
    made.write_bytes(data)
    told = desk.post("/operator/drill", record=NAME)
    assert told.status_code == 422
    assert "cannot be restored" in plain(told.text)
    assert not [path for path in folder.iterdir() if path.is_dir()]
    assert "it cannot be restored" in plain(desk.ask("GET", "/operator").text)


def test_a_changed_row_is_found(desk: Desk, tmp_path: Path) -> None:
    desk.begin(VALLEY)
    desk.post("/records/close", record=NAME)
    with contextlib.closing(sqlite3.connect(tmp_path / "kept" / NAME / FILE, isolation_level=None)) as record:
        for (trigger,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            record.execute(f"DROP TRIGGER {trigger}")
        record.execute("DELETE FROM act WHERE seq = 3")
    told = desk.post("/operator/check", record=NAME)
    assert told.status_code == 422
    assert "is not as it was written" in plain(told.text)


@pytest.mark.parametrize(("typed", "opens"), [(VALLEY, "key file"), (LIVE, "knows its passphrase")])
def test_it_says_who_can_open_a_record_where_it_lies_and_how_it_is_burnt(
    desk: Desk, typed: dict[str, str], opens: str
) -> None:
    desk.begin(typed)
    page = plain(desk.ask("GET", "/operator").text)
    assert opens in page
    assert "How to burn it" in page
    assert f"{NAME}/{FILE}" in page
    assert "access.db" in page


def test_it_shows_no_content_no_seat_and_no_name(desk: Desk) -> None:
    desk.begin({**VALLEY, "title": "River valley talks", "name__0": "Canaryland"})
    desk.post("/operator/backup", record=NAME)
    for answer in (desk.ask("GET", "/operator"), desk.post("/operator/drill", record=NAME)):
        for canary in ("Canaryland", "canaryland", "River valley talks", "Valley Movement", "Opening", WORDS):
            assert canary not in answer.text


def test_nobody_but_who_started_the_desk_sees_it(desk: Desk, tmp_path: Path) -> None:
    desk.begin(VALLEY)
    csrf = desk.csrf()
    desk.jar.clear()
    lost = desk.ask("GET", "/no-such-page")
    for address in ADDRESSES:
        method = "GET" if address == "/operator" else "POST"
        answer = desk.ask(method, address, data={"_csrf": csrf, "record": NAME})
        assert (answer.status_code, answer.text) == (404, lost.text)
    assert not (tmp_path / "kept" / "backups").exists()


@pytest.mark.parametrize("record", ["", "nothing", "..", "../kept", f"{NAME}/"])
def test_an_unknown_record_is_not_found(desk: Desk, record: str) -> None:
    desk.begin(VALLEY)
    for address in ADDRESSES[1:4]:
        assert desk.post(address, record=record).status_code == 404


def test_everybody_is_signed_out_at_once(desk: Desk) -> None:
    desk.begin(VALLEY)
    [server] = desk.host.contexts()
    seat = server.room.seats()[0]
    session = server.open_seat(seat, "en").session
    assert "Everybody is signed out" in plain(desk.post("/operator/end-sessions").text)
    assert server.access.find(session.secret, seat, at=desk.clock.at) is None


def test_folders_of_the_desk_are_not_taken_for_records(desk: Desk) -> None:
    desk.begin(VALLEY)
    desk.post("/operator/backup", record=NAME)
    desk.post("/operator/drill", record=NAME)
    assert plain(desk.ask("GET", "/records").text).count("Last written") == 1
