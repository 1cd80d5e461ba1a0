"""An act that needs a second person: with a colleague's passphrase, or confirmed in the colleague's own browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.web.live.waiting_commands import WaitingState
from people_desk import Desk, desk_in, plain
from properties.worlds.http import Answer, Browser

OWN, WRONG = "three green kettles", "three red kettles"
SHUT = {"slug": "opp", "_back": "seats"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        made.undo_in(10)
        yield made


@pytest.fixture
def pair(desk: Desk) -> tuple[Browser, Browser]:
    """Return the browsers of Amal, who heads the secretariat, and of Boris, who has a passphrase."""
    amal, boris = desk.person("sec", "Amal"), desk.person("sec", "Boris")
    assert boris.post(f"{boris.base}/me/passphrase", {"passphrase": OWN, "again": OWN}).status == 303
    return amal, boris


def shut(desk: Desk, browser: Browser, **fields: str) -> Answer:
    return desk.do(browser, "CloseSeat", **SHUT, **fields)


def is_shut(desk: Desk) -> bool:
    return "opp" not in desk.server.room.seats()


def confirm(desk: Desk, browser: Browser, handle: str = "g1") -> Answer:
    del desk
    return browser.post(f"{browser.base}/pending/{handle}/confirm", {})


def test_the_second_look_offers_both_ways(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, _ = pair
    look = plain(shut(desk, amal, _sure=""))
    assert "Its people are signed out everywhere at once." in look
    assert "with their own passphrase here, or from their own browser" in look
    assert "Boris" in look
    assert not is_shut(desk)


def test_a_colleague_confirms_with_a_passphrase_typed_here(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, _ = pair
    opp = desk.browser("opp")
    assert shut(desk, amal, _second="Boris", _passphrase=OWN).status == 303
    assert "_passphrase" not in desk.server.waiting.of("sec")[0].fields
    assert not is_shut(desk)
    desk.pass_time(10)
    assert is_shut(desk)
    assert desk.world.room.acts()[-1].second == "Boris"
    assert opp.get(f"{opp.base}/").status == 404


def test_sixty_wrong_passphrases_confirm_nothing(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, _ = pair
    answers = [shut(desk, amal, _second="Boris", _passphrase=WRONG) for _ in range(60)]
    assert [a.status for a in answers].count(422) == 1
    assert {a.status for a in answers} == {422, 429}
    assert "This is not the passphrase of Boris." in plain(answers[0])
    assert not desk.server.waiting.of("sec")
    desk.pass_time(60)
    assert not is_shut(desk)
    assert shut(desk, amal, _second="Boris", _passphrase=OWN).status == 303


@pytest.mark.parametrize("second", ["", "Amal", "Nobody", "amal ", "Zoe of another seat"])
def test_nobody_but_a_colleague_with_a_passphrase_confirms(
    desk: Desk, pair: tuple[Browser, Browser], second: str
) -> None:
    amal, _ = pair
    refused = shut(desk, amal, _second=second, _passphrase=OWN)
    assert refused.status == 422
    assert "A second person of your seat has to confirm this." in plain(refused)
    desk.pass_time(60)
    assert not is_shut(desk)


def test_a_colleague_confirms_in_their_own_browser(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, boris = pair
    assert shut(desk, amal, _ask="yes").status == 303
    desk.pass_time(100)
    assert not is_shut(desk)
    assert "waits until a colleague of your seat confirms it" in plain(amal.get(f"{amal.base}/"))
    assert "asks you to confirm an act" in plain(boris.get(f"{boris.base}/"))
    assert "Amal asks you to confirm this." in plain(boris.get(f"{boris.base}/pending/g1"))
    assert "This waits until another person" in plain(amal.get(f"{amal.base}/pending/g1"))
    assert confirm(desk, amal).status == 422
    assert confirm(desk, desk.browser("sec")).status == 422
    assert confirm(desk, boris).status == 303
    assert not is_shut(desk)
    assert "seconds" in plain(amal.get(f"{amal.base}/"))
    desk.pass_time(10)
    assert is_shut(desk)
    assert (desk.world.room.acts()[-1].person, desk.world.room.acts()[-1].second) == ("Amal", "Boris")
    assert confirm(desk, boris).status == 303
    assert [act.kind for act in desk.world.room.acts()].count("SeatClosed") == 1


def test_what_a_colleague_was_asked_is_taken_back_or_turned_down(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    for number, browser in enumerate(pair, start=1):
        shut(desk, pair[0], _ask="yes")
        assert browser.post(f"{browser.base}/pending/g{number}/undo", {}).status == 303
        assert desk.server.waiting.of("sec")[-1].state is WaitingState.UNDONE
        confirm(desk, pair[1], f"g{number}")
        desk.pass_time(100)
    assert not is_shut(desk)


def test_no_other_seat_sees_confirms_or_turns_down(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    shut(desk, pair[0], _ask="yes")
    gov = desk.person("gov", "Boris")
    for way in ("confirm", "undo"):
        assert gov.post(f"{gov.base}/pending/g1/{way}", {}).status == 404
    assert gov.get(f"{gov.base}/pending/g1").status == 404
    assert "confirm an act" not in plain(gov.get(f"{gov.base}/"))


@pytest.mark.parametrize("gone", ["Amal", "Boris"])
def test_who_is_removed_meanwhile_neither_asks_nor_confirms(
    desk: Desk, pair: tuple[Browser, Browser], gone: str
) -> None:
    amal, boris = pair
    shut(desk, amal, _ask="yes")
    confirm(desk, boris)
    desk.do(amal, "UnseatPerson", person=gone)
    desk.pass_time(100)
    assert not is_shut(desk)
    assert desk.server.waiting.of("sec")[0].state is WaitingState.REFUSED


def test_somebody_without_a_name_or_a_colleague_is_told_what_to_do(desk: Desk) -> None:
    unnamed = desk.browser("sec")
    assert "You came in without a name" in plain(shut(desk, unnamed, _sure=""))
    assert shut(desk, unnamed, _second="Boris", _passphrase=OWN).status == 422
    amal = desk.person("sec", "Amal")
    assert "nobody else is named in it" in plain(shut(desk, amal, _sure=""))
    assert shut(desk, amal, _ask="yes").status == 422
    assert not is_shut(desk)


def test_a_program_is_told_that_two_people_are_needed(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, _ = pair
    given = {**SHUT, "_key": desk.key(), "_form": "f", "_sure": "yes"}
    refused = amal.post(f"{amal.base}/do/CloseSeat", given, headers=[(b"accept", b"application/json")])
    assert refused.status == 422
    assert '"code":"two_persons"' in refused.text.replace(" ", "")


def test_a_seat_is_opened_on_paper_and_written_for(desk: Desk, pair: tuple[Browser, Browser]) -> None:
    amal, _ = pair
    made = desk.do(
        amal, "GiveSeat", slug="north", actor="gov", roles="party", kept_by="sec", known_to="sec",
        _second="Boris", _passphrase=OWN,
    )  # fmt: skip
    assert made.status == 303, plain(made)
    desk.pass_time(10)
    assert "north" in desk.server.room.seats()
    came = amal.post(f"{amal.base}/keep", {"seat": "north", "page": "papers/new"})
    north = desk.came(came)
    assert "You are entering for" in plain(north.get(f"{north.base}/papers/new"))
    without = desk.do(north, "FileItem", words="we want the road", **{"words.lang": "en"})
    assert without.status == 422
    assert "give both" in plain(without)
    filed = desk.do(
        north, "FileItem", words="we want the road", _happened_at="2017-01-20T08:00", _on_paper="letter 4",
        **{"words.lang": "en"},
    )  # fmt: skip
    assert filed.status == 303, plain(filed)
    act = desk.world.room.acts()[-1]
    assert (act.kind, act.seat, act.entered_by, act.on_paper) == ("ItemFiled", "north", "sec", "letter 4")


def test_papers_are_published_and_destroyed_by_two(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    desk.do(amal, "FileItem", words="our map", mode="on-record", **{"words.lang": "en"})
    page = amal.get(f"{amal.base}/papers/m1").text
    assert "Destroy its text" in page
    assert "our map" in plain(desk.do(amal, "ShredBody", item="m1", ground="asked", _sure=""))
    desk.do(amal, "ShredBody", item="m1", ground="asked", _ask="yes")
    assert re.search(r"pending/g\d", boris.get(f"{boris.base}/").text)
    confirm(desk, boris)
    desk.pass_time(10)
    assert desk.world.room.acts()[-1].kind == "BodyShredded"
    assert "our map" not in amal.get(f"{amal.base}/papers/m1").text
