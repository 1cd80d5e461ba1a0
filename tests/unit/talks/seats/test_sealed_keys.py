"""Keys for sealed files: by the seat itself, or by the secretariat with a second person and a name that vouches."""

from __future__ import annotations

import json

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.seats.sealed_keys import (
    Compared,
    RegisterKey,
    RegisterKeyFor,
    SealFile,
    key_code,
    key_line,
    keys_in,
)
from goodoffices.talks.state.known_seats import SeatKey
from stories import Story

ONE, TWO = key_line("1" * 64, "2" * 64), key_line("3" * 64, "4" * 64)


def vouched(key: str = ONE, seat: str = "pap", by: str = "Colonel Haddad") -> RegisterKeyFor:
    return RegisterKeyFor(seat=seat, key=key, vouched_by=by, compared=Compared.BY_VOICE)


def key_of(story: Story, seat: str, reader: str) -> SeatKey | None:
    return story.view(reader).known.seats[seat].sealing_key


def test_a_seat_registers_its_own_key_and_only_it_and_the_secretariat_know() -> None:
    story = Story()
    [act] = story.do("gov", RegisterKey(key=ONE))
    assert {seat for seat, _ in act.audience} == {"gov", "sec"}
    held = key_of(story, "gov", "sec")
    assert held is not None
    assert key_of(story, "gov", "gov") is not None
    assert (held.public_key, held.box_key, held.vouched_by) == ("1" * 64, "2" * 64, "")
    assert held.code == key_code("1" * 64, "2" * 64)
    assert [key_of(story, "gov", other) for other in ("opp", "rus", "un")] == [None] * 3


def test_the_secretariat_registers_a_key_with_a_second_person_and_the_name_of_who_vouches() -> None:
    story = Story()
    assert story.refused("sec", vouched(), second=None) == "two_persons"
    assert story.refused("sec", vouched(), second="Amal") == "two_persons"
    assert story.refused("sec", vouched(by="  ")) == "bad_value"
    assert story.refused("sec", vouched(seat="sec")) == "bad_value"
    assert story.refused("gov", vouched()) == "not_your_power"
    [act] = story.do("sec", vouched())
    assert {seat for seat, _ in act.audience} == {"sec", "pap"}
    held = key_of(story, "pap", "pap")
    assert held is not None
    assert (held.vouched_by, held.compared) == ("Colonel Haddad", "by-voice")
    assert story.refused("sec", vouched()) == "bad_value"


def test_a_later_key_takes_the_place_of_the_one_before() -> None:
    story = Story()
    story.do("sec", vouched())
    story.do("pap", RegisterKey(key=TWO))
    held = key_of(story, "pap", "sec")
    assert held is not None and held.box_key == "4" * 64 and held.vouched_by == ""


def test_a_file_is_sealed_only_for_a_seat_with_a_key_and_both_are_told() -> None:
    story = Story()
    assert story.refused("sec", SealFile(seat="pap")) == "bad_value"
    assert story.refused("gov", SealFile(seat="gov")) == "not_your_power"
    story.do("sec", vouched())
    [act] = story.do("sec", SealFile(seat="pap"))
    assert {seat for seat, _ in act.audience} == {"sec", "pap"}
    assert story.view("pap").known.seats["pap"].sealed == (len(story.view("pap").notices),)


@pytest.mark.parametrize(
    "text", ["", "GOK1/12/34", "x" * 200, "{", '{"public_key": 1}', "[" * 5000, ONE.lower(), ONE + "0"], ids=range(8)
)
def test_what_is_not_a_key_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match="not the public keys"):
        keys_in(text)


def test_a_key_is_read_from_its_line_or_from_its_file() -> None:
    file = json.dumps({"public_key": "1" * 64, "box_key": "2" * 64}, indent=2)
    assert keys_in(f" {ONE}\n") == keys_in(file) == ("1" * 64, "2" * 64)
    assert key_code("1" * 64, "2" * 64) != key_code("2" * 64, "1" * 64)
