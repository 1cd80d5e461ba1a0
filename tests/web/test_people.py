"""Several named people in a seat: who invites and removes, coming back with a passphrase, own sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.service.passphrases import Holder
from goodoffices.talks.base.enums import Kind
from goodoffices.web.http.entrance import AT_ONCE, JOINS_A_MINUTE, MOST_WAITING
from goodoffices.web.http.login_sessions import IDLE, LONGEST, Access
from people_desk import Desk, code_on, desk_in, plain
from properties.worlds.cast import START
from properties.worlds.http import Answer, Browser, settle
from properties.worlds.randomness import entropy

OWN = "three green kettles"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def choose(browser: Browser, words: str, *, again: str | None = None, now: str = "") -> Answer:
    fields = {"passphrase": words, "again": words if again is None else again, "now": now}
    return browser.post(f"{browser.base}/me/passphrase", fields)


def come_back(desk: Desk, person: str, words: str) -> Answer:
    return desk.stranger().post("/sign-in", {"person": person, "passphrase": words})


def test_the_head_of_a_seat_invites_and_removes_its_people(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    card = amal.post(f"{amal.base}/cards", {"seat": "gov", "person": "Boris", "_key": desk.key()})
    boris = desk.come_in(code_on(card))
    assert boris is not None
    assert "heads the seat" in plain(amal.get(f"{amal.base}/seats"))
    assert "Let somebody in" not in plain(boris.get(f"{boris.base}/seats"))
    assert "Amal heads this seat and lets people in." in plain(boris.get(f"{boris.base}/seats"))
    assert boris.post(f"{boris.base}/cards", {"seat": "gov", "person": "Cem", "_key": desk.key()}).status == 404
    refused = desk.do(boris, "UnseatPerson", person="Amal")
    assert refused.status == 422
    assert "You cannot invite or remove people of your seat: Amal heads it." in plain(refused)
    assert desk.do(boris, "SeatPerson", person="Cem").status == 422
    assert desk.do(amal, "UnseatPerson", person="Boris").status == 303
    assert boris.get(f"{boris.base}/").status == 404
    assert amal.get(f"{amal.base}/").status == 200


def test_when_the_head_leaves_the_next_one_heads_the_seat(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    desk.clock.at += timedelta(minutes=1)
    assert desk.do(amal, "UnseatPerson", person="Amal").status == 303
    assert boris.post(f"{boris.base}/cards", {"seat": "gov", "person": "Cem", "_key": desk.key()}).status == 200


def test_who_did_what_is_shown_inside_the_seat_only(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal Haddad"), desk.person("gov", "Boris")
    desk.do(amal, "FileItem", words="so", **{"words.lang": "en"})
    desk.do(amal, "HandItem", item="m1", to="un")
    assert plain(boris.get(f"{boris.base}/record")).count("Done by Amal Haddad.") == 2
    envoy = desk.browser("un")
    assert "m1" in envoy.get(f"{envoy.base}/record").text
    for page in ("", "record", "papers", "seats", "relays"):
        assert "Amal Haddad" not in envoy.get(f"{envoy.base}/{page}").text


def test_a_person_comes_back_with_a_passphrase(desk: Desk) -> None:
    amal = desk.person("gov", "Amal Haddad")
    assert "You have no passphrase yet." in plain(amal.get(f"{amal.base}/me"))
    assert choose(amal, OWN).status == 303
    assert "You have a passphrase." in plain(amal.get(f"{amal.base}/me"))
    back = desk.came(come_back(desk, "  amal   haddad ", OWN))
    assert "Amal Haddad" in back.get(f"{back.base}/").text
    assert back.signed_in is not None
    assert amal.signed_in is not None
    assert back.signed_in.session.secret != amal.signed_in.session.secret


def test_a_wrong_name_and_a_wrong_passphrase_get_the_same_answer(desk: Desk) -> None:
    choose(desk.person("gov", "Amal"), OWN)
    answers = []
    for person, words in (("Amal", "three red kettles"), ("Nobody", OWN), ("Amal", ""), ("", "")):
        answers.append(come_back(desk, person, words))
        desk.elapsed += 60
    assert {(a.status, a.headers, a.chunks) for a in answers} == {(422, answers[0].headers, answers[0].chunks)}
    assert "do not open a seat here" in plain(answers[0])


def test_the_cost_of_a_try_is_the_same_for_names_that_nobody_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    passphrases, runs = desk.server.entrance.passphrases, list[str]()
    stretch = passphrases.stretch

    def counted(person: str, words: str) -> bytes:
        runs.append(person)
        return stretch(person, words)

    monkeypatch.setattr(passphrases, "stretch", counted)
    for seat in ("gov", "opp"):
        passphrases.keep(Holder(record=desk.world.room.record_id, seat=seat, person="Amal"), stretch("Amal", OWN))
    for person in ("Amal", "Nobody"):
        come_back(desk, person, "wrong words here")
    assert runs == ["Amal", "Nobody"]


def test_sixty_wrong_passphrases_lock_nobody_else_out(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    choose(amal, OWN)
    waited = []
    for _ in range(60):
        answer = come_back(desk, "Amal", "three red kettles")
        assert answer.status in (422, 429)
        waited.append(answer.status)
        assert "Nothing was changed." in plain(answer)
    assert waited.count(422) == 1
    too_early = come_back(desk, "Amal", OWN)
    assert too_early.status == 429
    assert dict(too_early.headers)[b"retry-after"] == b"1"
    elsewhere = desk.stranger()
    elsewhere.address = "192.0.2.7"
    assert elsewhere.post("/sign-in", {"person": "Amal", "passphrase": OWN}).status == 303
    desk.elapsed += 1
    assert come_back(desk, "Amal", OWN).status == 303


def test_the_wait_doubles_up_to_a_minute(desk: Desk) -> None:
    waits = []
    for _ in range(8):
        assert come_back(desk, "Amal", "wrong words here").status == 422
        waits.append(int(dict(come_back(desk, "Amal", "wrong words here").headers)[b"retry-after"]))
        desk.elapsed += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize(
    ("words", "again", "says"),
    [
        ("too short", None, "shorter than twelve characters"),
        ("x" * 1001, None, "longer than a thousand"),
        ("Password2024!!", None, "Many people use this passphrase"),
        ("123456789012", None, "Many people use this passphrase"),
        ("qwertyuiopasdf", None, "Many people use this passphrase"),
        ("aaaaaaaaaaaaaaa", None, "Many people use this passphrase"),
        ("Amal Haddad 1", None, "Many people use this passphrase"),
        (OWN, "three green kettle", "are not the same"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_refused(desk: Desk, words: str, again: str | None, says: str) -> None:
    amal = desk.person("gov", "Amal Haddad")
    refused = choose(amal, words, again=again)
    assert refused.status == 422
    assert says in plain(refused)
    assert come_back(desk, "Amal Haddad", words).status == 422


def test_a_passphrase_is_changed_only_by_who_knows_it(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    choose(amal, OWN)
    assert choose(amal, "four blue lanterns", now="wrong words").status == 422
    early = choose(amal, "four blue lanterns", now=OWN)
    assert early.status == 429
    assert "Wait 1 s" in plain(early)
    desk.elapsed += 1
    assert choose(amal, "four blue lanterns", now=OWN).status == 303
    assert come_back(desk, "Amal", "four blue lanterns").status == 303


def test_at_most_twenty_people_wait_for_their_passphrase_to_be_checked(desk: Desk) -> None:
    entrance = desk.server.entrance
    entrance._waiting = AT_ONCE + MOST_WAITING
    answer = come_back(desk, "Amal", OWN)
    assert answer.status == 503
    assert dict(answer.headers)[b"retry-after"] == b"2"
    entrance._waiting -= 1
    assert come_back(desk, "Amal", OWN).status == 422


def test_nobody_without_a_name_has_a_passphrase(desk: Desk) -> None:
    gov = desk.browser("gov")
    assert choose(gov, OWN).status == 404
    assert "passphrase" not in plain(gov.get(f"{gov.base}/me"))


def test_who_is_removed_cannot_come_back(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    choose(boris, OWN)
    desk.do(amal, "UnseatPerson", person="Boris")
    assert come_back(desk, "Boris", OWN).status == 422
    desk.elapsed += 60
    desk.card("sec", "gov", "Boris", desk.key())
    assert come_back(desk, "Boris", OWN).status == 422


def test_the_passphrase_of_somebody_removed_while_away_is_forgotten(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    choose(boris, OWN)
    assert boris.post(f"{boris.base}/sign-out", {}).status == 303
    desk.do(amal, "UnseatPerson", person="Boris")
    desk.loop.run_until_complete(settle())
    desk.person("gov", "Boris")
    assert come_back(desk, "Boris", OWN).status == 422


def test_who_was_removed_in_the_same_tick_does_nothing_more(desk: Desk) -> None:
    desk.person("gov", "Amal")
    boris = desk.person("gov", "Boris")
    chunks = boris.listen("papers", 0)
    desk.loop.run_until_complete(settle())
    before = len(chunks)
    desk.do(desk.browser("gov"), "UnseatPerson", person="Boris")
    desk.loop.run_until_complete(settle())
    assert b"event: closed" in b"".join(chunks[before:])
    assert b"event: notice" not in b"".join(chunks[before:])
    assert desk.server.access.seated().count(("gov", "Boris", None)) == 0
    boris.close()


def sessions_on(browser: Browser) -> list[str]:
    return re.findall(r'name="session" value="([0-9a-f]+)"', browser.get(f"{browser.base}/me").text)


def test_own_sessions_are_listed_and_ended(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    choose(amal, OWN)
    other = desk.came(come_back(desk, "Amal", OWN))
    desk.person("gov", "Boris")
    [handle] = sessions_on(amal)
    chunks = other.listen("papers", 0)
    desk.loop.run_until_complete(settle())
    assert amal.post(f"{amal.base}/me/end", {"session": handle}).status == 303
    desk.loop.run_until_complete(settle())
    assert b"event: closed" in b"".join(chunks)
    assert other.get(f"{other.base}/").status == 404
    assert amal.get(f"{amal.base}/").status == 200
    other.close()


@pytest.mark.parametrize("handle", ["", "0" * 16, "%", "________________"])
def test_the_sessions_of_others_are_not_ended(desk: Desk, handle: str) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    theirs = desk.server.access.own(boris.signed_in.session, at=desk.clock.at)[0].handle  # type: ignore[union-attr]
    for one in (handle, theirs):
        assert amal.post(f"{amal.base}/me/end", {"session": one}).status == 404
    assert boris.get(f"{boris.base}/").status == 200


@pytest.mark.parametrize("kind", list(Kind))
def test_a_session_ends_unused_and_after_its_longest_time(kind: Kind) -> None:
    access = Access(None, entropy(), kind)
    session = access.open("gov", language="en", at=START)

    def lives(at: timedelta) -> bool:
        return access.find(session.secret, "gov", at=START + at) is not None

    assert lives(IDLE[kind])
    assert not lives(IDLE[kind] * 2 + timedelta(seconds=1))
    step = IDLE[kind]
    while step < LONGEST[kind]:
        assert lives(step)
        step += IDLE[kind]
    assert lives(LONGEST[kind])
    assert not lives(LONGEST[kind] + timedelta(seconds=1))
    access.close()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_session_says_how_long_it_lasts_however_much_it_is_used(kind: Kind) -> None:
    access = Access(None, entropy(), kind)
    session, at = access.open("gov", language="en", at=START), timedelta()
    assert session.left == LONGEST[kind]
    while at < LONGEST[kind]:
        found = access.find(session.secret, "gov", at=START + at)
        assert found is not None and found.left == LONGEST[kind] - at
        at += IDLE[kind]
    access.close()


def test_one_address_has_ten_tries_a_minute_to_come_in(desk: Desk) -> None:
    code = code_on(desk.card("sec", "gov", "Amal"))
    for _ in range(JOINS_A_MINUTE):
        assert desk.stranger().post("/join", {"token": "0" * 26}).status == 404
    late = desk.stranger().post("/join", {"token": code})
    assert late.status == 429
    assert int(dict(late.headers)[b"retry-after"]) == 60
    assert "Wait 60 s" in plain(late)
    elsewhere = desk.stranger()
    elsewhere.address = "192.0.2.7"
    assert elsewhere.post("/join", {"token": "0" * 26}).status == 404
    desk.elapsed += 60
    assert desk.come_in(code) is not None


def test_only_what_argon2id_makes_of_a_passphrase_is_kept(tmp_path: Path) -> None:
    from goodoffices.service.passphrases import Cost, Passphrases

    kept = Passphrases(tmp_path / "access.db", cost=Cost(passes=1, memory_bytes=2**13))
    holder = Holder(record="r", seat="gov", person="Amal")
    kept.keep(holder, kept.stretch("Amal", OWN))
    assert kept.is_right(holder, kept.stretch("amal", OWN))
    assert not kept.is_right(holder, kept.stretch("Amal", "three red kettles"))
    assert kept.holders("Boris", kept.stretch("Boris", OWN)) == ()
    kept.close()
    again = Passphrases(tmp_path / "access.db", cost=Cost(passes=1, memory_bytes=2**13))
    assert again.is_right(holder, again.stretch("Amal", OWN))
    again.close()
    assert OWN.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (tmp_path / "access.db").stat().st_mode & 0o777 == 0o600
    assert Cost() == Cost(passes=3, memory_bytes=64 * 2**20)
