"""Seat cards: who gets one comes in under their own name, once; who is removed is gone, with every page and stream."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from goodoffices.web.http.seat_cards import LASTS, SeatCards, grouped
from people_desk import Desk, code_on, desk_in
from properties.worlds.cast import START
from properties.worlds.http import settle
from properties.worlds.randomness import entropy


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def test_a_card_opens_its_seat_once_for_the_person_on_it(desk: Desk) -> None:
    card = desk.card("sec", "gov", "Amal Haddad")
    code = code_on(card)
    assert "/join" in card.text
    assert "<svg" in card.text
    amal = desk.come_in(code.upper().replace("-", " "))
    assert amal is not None
    assert "Amal Haddad" in amal.get(f"{amal.base}/").text
    assert desk.come_in(code) is None
    assert code.replace("-", "") not in amal.get(f"{amal.base}/seats").text


def test_what_a_person_does_is_recorded_with_the_name(desk: Desk) -> None:
    amal = desk.come_in(code_on(desk.card("sec", "gov", "Amal Haddad")))
    assert amal is not None
    amal.post(
        f"{amal.base}/do/FileItem", {"_key": "a-paper-of-1", "words": "so", "words.lang": "en", "_back": "papers"}
    )
    assert desk.world.room.acts()[-1].person == "Amal Haddad"


def test_every_code_that_opens_nothing_gets_the_same_answer(desk: Desk) -> None:
    used = code_on(desk.card("sec", "gov", "Amal"))
    assert desk.come_in(used) is not None
    late = code_on(desk.card("sec", "gov", "Boris", "make-a-card-2"))
    desk.clock.at += LASTS + timedelta(seconds=1)
    removed = code_on(desk.card("gov", "gov", "Dina", "make-a-card-3"))
    gov = desk.browser("gov")
    gov.post(f"{gov.base}/do/UnseatPerson", {"_key": "remove-dina", "_back": "seats", "person": "Dina"})
    codes = (used, late, removed, "0" * 26, "", "nothing")
    answers = {(a.status, a.headers, a.chunks) for a in (desk.stranger().post("/join", {"token": c}) for c in codes)}
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_a_new_card_ends_the_one_before_it(desk: Desk) -> None:
    first = code_on(desk.card("sec", "gov", "Amal"))
    second = code_on(desk.card("sec", "gov", "Amal", "make-a-card-2"))
    assert desk.come_in(first) is None
    assert desk.come_in(second) is not None
    assert [act.kind for act in desk.world.room.acts()].count("PersonSeated") == 1


def test_who_is_removed_is_gone_with_every_page_and_stream(desk: Desk) -> None:
    amal = desk.come_in(code_on(desk.card("gov", "gov", "Amal")))
    assert amal is not None
    chunks = amal.listen("papers", 0)
    desk.loop.run_until_complete(settle())
    before = len(chunks)
    gov = desk.browser("gov")
    gov.post(f"{gov.base}/do/UnseatPerson", {"_key": "remove-amal", "_back": "seats", "person": "Amal"})
    desk.loop.run_until_complete(settle())
    assert b"event: closed" in chunks[before]
    assert b"notice" not in chunks[before]
    for path in ("", "papers", "record"):
        assert amal.get(f"{amal.base}/{path}").status == 404
    late = {"_key": "too-late-1", "words": "so", "words.lang": "en"}
    assert amal.post(f"{amal.base}/do/FileItem", late).status == 404
    assert gov.get(f"{gov.base}/papers").status == 200
    amal.close()


@pytest.mark.parametrize(("by", "seat"), [("gov", "opp"), ("un", "gov"), ("gov", "nowhere"), ("sec", "nowhere")])
def test_nobody_lets_people_into_the_seats_of_others_but_the_secretariat(desk: Desk, by: str, seat: str) -> None:
    before = len(desk.world.room.acts())
    assert desk.card(by, seat, "Amal").status == 404
    assert desk.card(by, seat, " ", "make-a-card-2").status == 404
    assert len(desk.world.room.acts()) == before


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_is_drawn_for_the_printer_with_a_picture_that_opens_the_seat(desk: Desk, language: str) -> None:
    sec = desk.browser("sec", language=language)
    asked = {"seat": "gov", "person": "أمل حداد" if language == "ar" else "Amal Haddad", "as": "pdf"}
    card = sec.post(f"{sec.base}/cards", {**asked, "_key": desk.key()})
    headers = dict(card.headers)
    assert headers[b"content-type"] == b"application/pdf"
    with contextlib.closing(pypdfium2.PdfDocument(b"".join(card.chunks))) as drawn:
        assert len(drawn) == 1
        picture = drawn[0].render(scale=4).to_numpy()
        words = drawn[0].get_textpage().get_text_range()
    [found] = zxingcpp.read_barcodes(picture)
    code = found.text.partition("#")[2]
    assert found.text == f"http://desk.test/join#{code}"
    # Text that is taken out of an Arabic page has its runs in another order.
    assert grouped(code) in words or language == "ar"
    assert desk.come_in(code) is not None


def test_only_a_digest_of_a_code_is_kept(tmp_path: Path) -> None:
    cards = SeatCards(tmp_path / "access.db", entropy())
    made, code = cards.make("gov", "Amal", at=START)
    assert (made.until, len(code)) == (START + LASTS, 26)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert code.encode() not in kept
    assert cards.redeem(grouped(code).replace("0", "o"), lambda *_: True, at=START) == made
    assert cards.redeem(code, lambda *_: True, at=START) is None
    cards.close()
