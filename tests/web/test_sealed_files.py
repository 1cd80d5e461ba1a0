"""Sealed files on a page: a key is registered, a file goes out that only that key opens, and commands come back."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nacl.utils
import pytest

from goodoffices.record.sealed_files import Direction, SealedFor, SeatKeys, new_seat_keys, open_sealed, seal, to_sign
from goodoffices.reports.binder import sealed_view
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.refusals import refusal_text
from goodoffices.reports.rounds.round_page import round_page
from goodoffices.talks.seats.sealed_keys import key_code, key_line
from goodoffices.talks.seats.sealed_outcomes import ANSWERED, answered_files
from people_desk import Desk, desk_in
from properties.worlds.http import Answer, Browser

OWN = "fine old words of Boris"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        made.undo_in(0)
        yield made


@pytest.fixture
def keys() -> SeatKeys:
    return new_seat_keys(nacl.utils.random)


def line(keys: SeatKeys) -> str:
    return key_line(keys.public_key.hex(), keys.box_key.hex())


def register(desk: Desk, keys: SeatKeys, **more: str) -> Answer:
    fields = {"seat": "pap", "key": line(keys), "vouched_by": "Colonel Haddad", "compared": "by-voice"}
    return desk.do(desk.person("sec", "Amal"), "RegisterKeyFor", **{"_back": "sealed", **fields, **more})


def registered(desk: Desk, keys: SeatKeys) -> None:
    boris = desk.person("sec", "Boris")
    assert boris.post(f"{boris.base}/me/passphrase", {"passphrase": OWN, "again": OWN}).status == 303
    assert register(desk, keys, _sure="yes", _second="Boris", _passphrase=OWN).status == 303


def made(desk: Desk) -> None:
    assert desk.do(desk.person("sec", "Amal"), "SealFile", seat="pap", _back="sealed").status == 303


def got(browser: Browser, path: str) -> Answer:
    return browser.get(f"{browser.base}/{path}")


def taken(desk: Desk, number: int) -> bytes:
    answer = got(desk.person("sec", "Amal"), f"sealed/pap/{number}")
    assert answer.status == 200
    return b"".join(answer.chunks)


def meant(desk: Desk, keys: SeatKeys, direction: Direction) -> SealedFor:
    room = desk.server.room
    out = direction is Direction.OUT
    return SealedFor(
        record_id=bytes.fromhex(room.record_id), kind=room.kind, direction=direction,
        sender=room.public_key if out else keys.public_key, recipient=keys.box_key if out else room.box_key,
    )  # fmt: skip


def opened(desk: Desk, keys: SeatKeys, data: bytes) -> dict[str, object]:
    held: dict[str, object] = json.loads(open_sealed(data, meant(desk, keys, Direction.OUT), keys.box_secret))
    return held


def back(desk: Desk, keys: SeatKeys, commands: object, seat: str = "pap") -> bytes:
    data = json.dumps({"seat": seat, "commands": commands}).encode()
    bound = meant(desk, keys, Direction.BACK)
    return seal(bound, data, keys.sign(to_sign(bound, data)), nacl.utils.random)


def bring(desk: Desk, data: bytes, key: str = "k1") -> Answer:
    browser = desk.person("sec", "Amal")
    fields = {"_key": key, "_form": "bring"}
    return browser.send(f"{browser.base}/sealed/bring", fields, file=("file", "a.sealed", data))


FILED = [{"command": "FileItem", "fields": {"words": "From afar."}, "key": "one"}]


def test_the_check_code_is_read_before_a_key_is_registered(desk: Desk, keys: SeatKeys) -> None:
    look = register(desk, keys, _sure="").text
    assert key_code(keys.public_key.hex(), keys.box_key.hex()) in look
    assert "Colonel Haddad" in look and "by voice" in look
    assert desk.server.room.view("sec").known.seats["pap"].sealing_key is None
    registered(desk, keys)
    page = got(desk.person("sec", "Amal"), "sealed").text
    assert key_code(keys.public_key.hex(), keys.box_key.hex()) in page
    assert "Colonel Haddad" in page
    assert "Colonel Haddad" not in got(desk.browser("gov"), "sealed").text


def test_files_out_hold_what_is_new_since_the_one_before_and_make_the_seats_view(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    made(desk)
    made(desk)
    first, second = (opened(desk, keys, taken(desk, n)) for n in (1, 2))
    assert second["after"] == len(first["notices"])  # type: ignore[arg-type]
    view = sealed_view([second, first])
    assert view.head == desk.server.room.view("pap").head
    assert view.known.seats["pap"].sealed == desk.server.room.view("pap").known.seats["pap"].sealed


def test_a_file_is_for_the_secretariat_to_carry_and_for_nobody_else_to_fetch(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    made(desk)
    for slug in ("gov", "un"):
        for path in ("sealed/pap/1", "sealed/record.txt"):
            assert got(desk.browser(slug), path).status == 404
    amal = desk.person("sec", "Amal")
    assert [got(amal, f"sealed/{path}").status for path in ("pap/0", "pap/2", "gov/1", "nobody/1")] == [404] * 4
    told = got(amal, "sealed/record.txt").text.split()
    assert told == [desk.server.room.record_id, "exercise", desk.server.room.public_key.hex()]


def test_commands_come_back_once_and_who_carries_them_learns_nothing_of_them(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    data = back(desk, keys, FILED)
    assert bring(desk, data).status == 303
    [item] = desk.server.room.view("pap").known.items.values()
    assert desk.server.room.view("pap").text(item.words[0]) == "From afar."
    assert bring(desk, data, "k2").status == 303
    assert len(desk.server.room.view("pap").known.items) == 1
    assert "From afar" not in got(desk.person("sec", "Amal"), "sealed").text
    assert not desk.server.room.view("sec").known.items


def test_a_refused_command_looks_to_the_carrier_like_one_that_was_done(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    one = bring(desk, back(desk, keys, [{**FILED[0], "key": "a"}]))
    n = len(desk.server.room.view("pap").notices)
    refused = [{"command": "WithdrawItem", "fields": {"item": "m9"}, "key": "b"}]
    other = bring(desk, back(desk, keys, refused), "k2")
    assert one.status == other.status == 303
    assert len(one.chunks[0]) == len(other.chunks[0])
    assert len(desk.server.room.view("pap").notices) == n + 2, "that the file came, and what became of it"
    assert not any(notice.kind == ANSWERED for notice in desk.server.room.view("sec").notices)


THREE = [
    {**FILED[0], "key": "a"},
    {"command": "WithdrawItem", "fields": {"item": "m9"}, "key": "b"},
    {"command": "RegisterKey", "fields": {"key": "GOK1"}, "key": "c"},
]


def test_the_next_file_says_what_was_taken_and_why_the_rest_was_not(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    assert bring(desk, back(desk, keys, THREE)).status == 303
    made(desk)
    view = sealed_view([opened(desk, keys, taken(desk, 1))])
    [file] = answered_files(view)
    one, two, three = file.outcomes
    assert one.refusal is None
    assert view.notices[one.notice - 1].kind == "ItemFiled"
    seen = [view.sentence(refusal) for refusal in (two.refusal, three.refusal) if refusal is not None]
    assert seen[0] == "Your record has nothing called m9 here. It has: m1."
    assert seen[1].startswith("these are not the public keys of a delegation")
    for language, no in (("en", "Not taken."), ("fa", None)):
        shown = round_page(view, language=language)
        assert "m9" in shown and (no is None or shown.count(no) == 2)
        for words_of in ("src=", "<script", "http:", "https:"):
            assert words_of not in shown.replace("http://www.w3.org", "")


@pytest.mark.parametrize("language", ["en", "ar", "fa", "kk", "ru", "tr"])
@pytest.mark.parametrize("command", [THREE[1], THREE[2]], ids=["refused", "unreadable"])
def test_the_reason_is_the_sentence_that_the_desk_shows(
    desk: Desk, keys: SeatKeys, language: str, command: Any
) -> None:
    assert bring_from_gov(desk, keys, command).status == 303
    view = desk.server.room.view("gov")
    [[outcome]] = [file.outcomes for file in answered_files(view)]
    assert outcome.refusal is not None
    said = refusal_text(Wording(view, language), outcome.refusal)
    gov = desk.browser("gov", language=language)
    answer = desk.do(gov, command["command"], **command["fields"])
    assert answer.status in (409, 422)
    assert plain(said).casefold() in plain(answer.text).casefold()


def bring_from_gov(desk: Desk, keys: SeatKeys, command: Any) -> Answer:
    assert desk.do(desk.browser("gov"), "RegisterKey", key=line(keys), _back="sealed").status == 303
    return bring(desk, back(desk, keys, [command], seat="gov"))


def plain(text: str) -> str:
    """Return a text without tags, entities and marks of direction, its blanks as one each."""
    bare = re.sub("<[^>]*>", "", text)
    return " ".join(re.sub("[\u2066-\u2069\u200e\u200f]", "", html.unescape(bare)).split())


def test_what_was_refused_is_not_tried_again_with_the_same_file(desk: Desk, keys: SeatKeys) -> None:
    registered(desk, keys)
    data = back(desk, keys, [{"command": "WithdrawItem", "fields": {"item": "m1"}, "key": "b"}])
    assert bring(desk, data).status == 303
    assert bring(desk, back(desk, keys, FILED), "k2").status == 303
    assert bring(desk, data, "k3").status == 303
    [item] = desk.server.room.view("pap").known.items.values()
    assert item.ended is None, "m1 was not there when the file came"


def test_the_page_of_the_seat_shows_what_became_of_its_commands(desk: Desk, keys: SeatKeys) -> None:
    assert bring_from_gov(desk, keys, THREE[1]).status == 303
    shown = got(desk.browser("gov"), "sealed").text
    assert "What became of your commands" in shown
    assert "nothing called" in plain(shown)
    assert "nothing called" not in got(desk.person("sec", "Amal"), "sealed").text


@pytest.mark.parametrize("sort", ["another-key", "another-seat", "bit", "no-file", "no-command"])
def test_what_is_not_the_seats_file_enters_nothing(desk: Desk, keys: SeatKeys, sort: str) -> None:
    registered(desk, keys)
    data = back(desk, keys, FILED)
    wrong = {
        "another-key": back(desk, new_seat_keys(nacl.utils.random), FILED),
        "another-seat": back(desk, keys, FILED, seat="gov"),
        "bit": data[:-1] + bytes([data[-1] ^ 1]),
        "no-file": b"words",
        "no-command": back(desk, keys, [{"command": "Nothing", "fields": {}, "key": "x"}]),
    }[sort]
    n = len(desk.server.room.acts())
    answer = bring(desk, wrong)
    assert answer.status == 422
    assert "cannot be read" in answer.text if sort == "no-command" else "nothing was entered" in answer.text
    assert len(desk.server.room.acts()) == n


def test_a_seat_registers_its_own_key_from_its_own_session(desk: Desk, keys: SeatKeys) -> None:
    gov = desk.browser("gov")
    assert "Register your keys…" in got(gov, "sealed").text
    assert desk.do(gov, "RegisterKey", key=line(keys), _back="sealed").status == 303
    assert key_code(keys.public_key.hex(), keys.box_key.hex()) in got(gov, "sealed").text
