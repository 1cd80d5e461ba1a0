"""Bad entries: each gets a sentence, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from goodoffices.talks.base.enums import Kind
from goodoffices.web.http.seat_cards import typed_code
from people_desk import Desk, code_on, desk_in, plain
from properties.worlds.http import Answer

WRONG = "This code does not open a seat"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Return two desks with talks of their own."""
    with ExitStack() as stack:
        made = []
        for name in ("here", "there"):
            (tmp_path / name).mkdir()
            made.append(stack.enter_context(desk_in(tmp_path / name)))
        yield made[0], made[1]


def state(desk: Desk) -> tuple[object, ...]:
    """Return all that an entry could change: the record, sessions, cards, waiting rooms."""
    return (
        len(desk.world.room.acts()),
        desk.server.access.seated(),
        tuple(desk.server.cards._db.execute("SELECT hash, used FROM card ORDER BY hash")),
        repr(desk.server.rooms._rooms),
    )


def entered(desk: Desk, code: str) -> Answer:
    stranger = desk.stranger()
    stranger.address = f"192.0.2.{len(code) % 200}"
    return stranger.post("/join", {"token": code})


def test_a_card_for_other_talks_opens_nothing_here_and_is_not_used_up(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    code = code_on(there.card("opp", "opp", "Amal Haddad"))
    before = state(here), state(there)
    answer = entered(here, code)
    assert answer.status == 404
    assert (state(here), state(there)) == before
    assert there.come_in(code) is not None


@pytest.mark.parametrize(
    "code",
    [
        "",
        " ",
        "-",
        "0" * 25,
        "0" * 27,
        "x" * 5000,
        "\x00" * 26,
        "%",
        "' OR 1=1 --",
        "🕊" * 26,
        "\u202e" + "0" * 26,
        "٠" * 26,
    ],
)
def test_a_code_that_was_never_made_changes_nothing(desks: tuple[Desk, Desk], code: str) -> None:
    here, _ = desks
    before = state(here)
    answer = entered(here, code)
    assert answer.status == 404
    assert WRONG in plain(answer)
    assert state(here) == before


@pytest.mark.parametrize("how", ["upper", "grouped", "arabic digits", "no-break hyphens", "with marks", "look-alikes"])
def test_a_code_is_read_however_it_was_typed(desks: tuple[Desk, Desk], how: str) -> None:
    here, _ = desks
    code = code_on(here.card("sec", "gov", "Amal"))
    typed = {
        "upper": code.upper(),
        "grouped": f" {code} ",
        "arabic digits": code.translate({ord(str(n)): 0x660 + n for n in range(10)}),
        "no-break hyphens": code.replace("-", "\u2011"),
        "with marks": "\u200e".join(code),
        "look-alikes": code.replace("0", "O").replace("1", "l"),
    }[how]
    assert here.come_in(typed) is not None


def test_the_card_of_a_closed_seat_opens_nothing(desks: tuple[Desk, Desk]) -> None:
    here, _ = desks
    code = code_on(here.card("sec", "opp", "Amal"))
    amal, boris = here.person("sec", "Cyr"), here.person("sec", "Dora")
    here.do(amal, "CloseSeat", slug="opp", _ask="yes")
    boris.post(f"{boris.base}/pending/g1/confirm", {})
    here.pass_time(60)
    assert "opp" not in here.server.room.seats()
    before = state(here)
    assert entered(here, code).status == 404
    assert state(here) == before


@pytest.mark.parametrize("seat", ["nobody", "", "public", "\x00", "gov "])
def test_nobody_is_seated_where_there_is_no_seat(desks: tuple[Desk, Desk], seat: str) -> None:
    here, _ = desks
    before = len(here.world.room.acts())
    answer = here.card("sec", seat, "Amal", here.key())
    assert answer.status == (200 if seat == "" else 404)
    assert len(here.world.room.acts()) == before + (seat == "")


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\n\t"])
def test_nobody_without_a_name_is_seated(desks: tuple[Desk, Desk], name: str) -> None:
    here, _ = desks
    before = state(here)
    assert here.card("sec", "gov", name, here.key()).status == 404
    assert state(here)[0] == before[0]


@pytest.mark.parametrize("again", ["amal  haddad", "AMAL HADDAD", "Amal\u200b Haddad", "\u200eAmal Haddad"])
def test_a_name_that_looks_the_same_is_the_same_person(desks: tuple[Desk, Desk], again: str) -> None:
    here, _ = desks
    here.person("gov", "Amal Haddad")
    came = here.person("gov", again)
    assert came.signed_in is not None
    assert came.signed_in.session.person == "Amal Haddad"
    assert [act.kind for act in here.world.room.acts()].count("PersonSeated") == 1


def test_one_browser_sits_for_one_party_of_live_talks(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _ = desks
    amal = here.person("gov", "Amal")
    code = code_on(here.card("sec", "opp", "Amal"))
    assert amal.signed_in is not None
    held = [(b"cookie", f"go-{amal.signed_in.path_id}={amal.signed_in.session.secret}".encode())]
    monkeypatch.setattr(type(here.world.room), "kind", Kind.LIVE)
    before = state(here)
    refused = here.stranger().post("/join", {"token": code}, headers=held)
    assert refused.status == 422
    assert "one person sits for one party" in plain(refused)
    assert state(here) == before
    assert here.come_in(code) is not None


def test_reading_a_code_twice_is_reading_it_once() -> None:
    for code in ("AB0I-1234", "ab 0l", "\u0661\u200e"):
        assert typed_code(typed_code(code)) == typed_code(code)
