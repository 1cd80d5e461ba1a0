"""The waiting room of an exercise: one short code for all, and nobody comes in before the secretariat gives a seat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.talks.base.enums import Kind
from people_desk import Desk, desk_in, plain
from properties.worlds.http import Answer, Browser, settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def open_room(desk: Desk) -> tuple[Browser, str]:
    sec = desk.browser("sec")
    assert sec.post(f"{sec.base}/join-code", {"open": "yes"}).status == 303
    code = re.search(r'class="code-line"><bdi[^>]*>([^<]+)<', sec.get(f"{sec.base}/seats").text)
    assert code is not None
    return sec, code[1]


def wait(desk: Desk, code: str, name: str) -> tuple[Answer, list[tuple[bytes, bytes]]]:
    """Wait under a name; return the answer and the cookie to send along."""
    answer = desk.stranger().post("/waiting-room", {"token": code, "person": name})
    given = dict(answer.headers).get(b"set-cookie", b"").split(b";")[0]
    return answer, [(b"cookie", given)]


def test_one_code_for_all_leads_to_the_waiting_room_and_from_there_to_a_seat(desk: Desk) -> None:
    sec, code = open_room(desk)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}", code)
    typed = desk.stranger().post("/join", {"token": code.upper()})
    assert typed.status == 200
    assert "under which name" in plain(typed)
    answer, ticket = wait(desk, code, "  Ida   Berg ")
    assert answer.status == 303
    guest = desk.stranger()
    assert "You are waiting, Ida Berg." in plain(guest.get("/waiting-room", headers=ticket))
    assert guest.post("/waiting-room/in", {}, headers=ticket).status == 303
    assert "1 person waits for a seat" in plain(sec.get(f"{sec.base}/"))
    given = sec.post(f"{sec.base}/waiting/w1", {"seat": "opp", "_key": desk.key()})
    assert given.status == 303
    assert "You have been given a seat, Ida Berg." in plain(guest.get("/waiting-room", headers=ticket))
    ida = desk.came(guest.post("/waiting-room/in", {}, headers=ticket))
    assert "Ida Berg" in ida.get(f"{ida.base}/").text
    assert desk.world.room.acts()[-1].kind == "PersonSeated"
    assert guest.get("/waiting-room", headers=ticket).status == 404
    assert "Ida" not in plain(sec.get(f"{sec.base}/seats")).partition("Waiting room")[2]


def test_who_waits_is_on_the_open_pages_of_the_keeper_at_once_and_on_no_other(desk: Desk) -> None:
    sec, code = open_room(desk)
    other = desk.browser("gov")
    shown = [sec.listen("", len(desk.world.room.view("sec").notices))]
    shown += [sec.listen("seats", len(desk.world.room.view("sec").notices))]
    hidden = other.listen("", len(desk.world.room.view("gov").notices))
    desk.loop.run_until_complete(settle())
    before = len(hidden)
    wait(desk, code, "Ida")
    desk.loop.run_until_complete(settle())
    for chunks in shown:
        assert "Ida" in chunks[-1].decode() or "1 person waits for a seat" in chunks[-1].decode()
        assert b"event: parts" in chunks[-1] and len(chunks[-1]) % 512 == 0
    assert len(hidden) == before
    sec.post(f"{sec.base}/waiting/w1", {"away": "yes", "_key": desk.key()})
    desk.loop.run_until_complete(settle())
    assert "waits for a seat" not in shown[0][-1].decode()


def test_a_closed_room_and_a_wrong_code_get_the_answer_of_every_code(desk: Desk) -> None:
    sec, code = open_room(desk)
    _, ticket = wait(desk, code, "Ida")
    sec.post(f"{sec.base}/join-code", {"open": "no"})
    answers = [desk.stranger().post("/join", {"token": token}) for token in (code, "00000000", "0" * 26)]
    answers += [wait(desk, code, "Ida")[0], wait(desk, "", "Ida")[0]]
    assert {(a.status, a.headers, a.chunks) for a in answers} == {(404, answers[0].headers, answers[0].chunks)}
    assert desk.stranger().get("/waiting-room", headers=ticket).status == 404
    assert len(desk.world.room.acts()) == len([a for a in desk.world.room.acts() if a.kind != "PersonSeated"])


def test_who_waits_can_be_turned_away_and_is_not_seated_twice(desk: Desk) -> None:
    sec, code = open_room(desk)
    _, first = wait(desk, code, "Ida")
    wait(desk, code, "Ida")
    assert sec.post(f"{sec.base}/waiting/w1", {"away": "yes", "_key": desk.key()}).status == 303
    assert desk.stranger().get("/waiting-room", headers=first).status == 404
    nowhere = sec.post(f"{sec.base}/waiting/w2", {"seat": "", "_key": desk.key()})
    assert nowhere.status == 422
    assert "Choose a seat for Ida." in plain(nowhere)
    desk.person("opp", "Ida")
    again = sec.post(f"{sec.base}/waiting/w2", {"seat": "opp", "_key": desk.key()})
    assert again.status == 422
    assert "Somebody called Ida is in this seat already." in plain(again)
    assert sec.post(f"{sec.base}/waiting/w9", {"seat": "opp", "_key": desk.key()}).status == 404


@pytest.mark.parametrize("seat", ["gov", "un", "public"])
def test_only_the_secretariat_and_control_keep_a_waiting_room(desk: Desk, seat: str) -> None:
    if seat not in desk.server.room.seats():
        pytest.skip("these talks have no such seat")
    browser = desk.browser(seat)
    assert browser.post(f"{browser.base}/join-code", {"open": "yes"}).status == 404
    assert "Waiting room" not in plain(browser.get(f"{browser.base}/seats"))


def test_live_talks_have_no_waiting_room(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(desk.world.room), "kind", Kind.LIVE)
    sec = desk.browser("sec")
    assert sec.post(f"{sec.base}/join-code", {"open": "yes"}).status == 404


def test_who_is_seated_under_a_long_name_keeps_a_name_of_one_line(desk: Desk) -> None:
    _, code = open_room(desk)
    wait(desk, code, "Ida\n" + "x" * 300)
    [guest] = desk.server.rooms.guests("sec")
    assert guest.name == f"Ida {'x' * 96}"
    assert replace(guest, seat="opp").handle == "w1"
