"""What one seat says of others: recognition, same or different actors, rival claims, guarantees, due dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seat_desk import SeatDesk, seat_desk, words

_CLAIM = {
    "claim.about": "opp",
    "claim.aspect": "members",
    "claim.strength": "named-source",
    "claim.asserted_on": "2017-01-22",
}


@pytest.fixture
def table(tmp_path: Path) -> Iterator[SeatDesk]:
    with seat_desk(tmp_path) as made:
        yield made


def claim(table: SeatDesk, seat: str, said: str, speaker: str) -> None:
    answer = table.do(seat, "EnterClaim", **_CLAIM, **{"claim.words": said, "claim.chain": speaker})
    assert answer.status in (200, 303)


def rivals(table: SeatDesk) -> tuple[str, ...]:
    claim(table, "gov", "Eight members came.", "The gov")
    claim(table, "opp", "Fourteen members came.", "The opp")
    return tuple(table.world.room.view("ana").known.claims)[-2:]


def test_a_seat_says_whom_it_recognises_and_an_empty_choice_tells_nobody(table: SeatDesk) -> None:
    assert table.do("gov", "RecogniseRole", of="opp", stand="no", role="party", _needs="to").status == 422
    table.do("gov", "RecogniseRole", of="opp", stand="no", role="party", to="un")
    said = "The gov does not recognise The opp as party"
    assert said in words(table.page("un", "people/opp"))
    assert not any(said in words(table.page(slug, "people/opp")) for slug in ("rus", "opp"))
    assert "Say whether this seat recognises it" not in table.page("gov", "people/gov")


def test_two_names_are_declared_the_same_and_then_different(table: SeatDesk) -> None:
    table.do("ana", "DeclareSame", actors=("group-a", "group-b"), ground="one command")
    assert "Said to be the same as The group-b:" in words(table.page("gov", "people/group-a"))
    table.do("ana", "DeclareDistinct", actors=("group-a", "group-b"), ground="two lists")
    assert "Not the same as The group-b:" in words(table.page("gov", "people/group-a"))
    assert "Is it the same as another?" not in table.page("gov", "people/group-a")


def test_rival_claims_are_set_side_by_side_until_both_are_said_to_be_true(table: SeatDesk) -> None:
    both = rivals(table)
    assert "Two of these cannot both be true" in table.page("ana", "people/opp")
    assert table.do("ana", "MarkContradiction", why="two counts", _needs="claims").status == 422
    table.do("ana", "MarkContradiction", claims=both, why="two counts of one thing")
    [key] = {one for one in map(str.lower, both) if table.status("ana", f"contested/{one}") == 200}
    assert "They can all be true" in table.page("ana", f"contested/{key}")
    table.do("ana", "MarkCompatible", claims=both, why="one counts advisers")
    assert table.status("ana", f"contested/{key}") == 404


def test_a_claim_is_replaced_by_who_entered_it_and_can_still_be_read(table: SeatDesk) -> None:
    rivals(table)
    assert table.page("opp", "people/opp").count("Replace this claim") == 1
    old = list(table.world.room.view("opp").known.claims)[-1]
    new = {"claim.words": "Fifteen members came.", "claim.chain": "The opp"}
    assert table.do("opp", "ReplaceClaim", old=old, why="counted again", **_CLAIM, **new).status in (200, 303)
    page = words(table.page("ana", "people/opp"))
    assert "Fifteen members came." in page
    assert "Its author put k" in page
    assert "Fourteen members came." in page


def test_a_guarantee_is_given_to_those_named_and_ended_by_its_guarantor(table: SeatDesk) -> None:
    table.do("rus", "GiveGuarantee", beneficiary="gov", subject="the cease-fire", to="un")
    assert "The rus for The gov: the cease-fire" in words(table.page("un", "commitments"))
    assert "the cease-fire" in table.page("gov", "commitments")
    assert "the cease-fire" not in table.page("opp", "commitments")
    [handle] = table.world.room.view("rus").known.guarantees
    assert "End this guarantee…" in table.page("rus", "commitments")
    assert "End this guarantee…" not in table.page("gov", "commitments")
    table.do("rus", "EndGuarantee", guarantee=handle)
    assert "Ended." in table.page("un", "commitments")


def test_a_due_date_is_moved_and_a_commitment_carried_over(table: SeatDesk) -> None:
    made = {"obligors": "gov", "what": "Lift the siege", "due": "2017-02-01", "slug.from": "what", "slug.word": "c"}
    table.do("sec", "RecordCommitment", **made)
    [handle] = table.world.room.view("ana").known.commitments
    table.do("ana", "MoveDue", commitment=handle, due="2017-02-08")
    said = words(table.page("gov", "commitments"))
    assert "Wed 1 Feb 2017" in said
    assert "Wed 8 Feb 2017" in said
    table.do("ana", "CarryForward", commitment=handle, round="r1")
    assert "carried to" in words(table.page("gov", "commitments"))


def test_a_merger_is_recorded_and_drawn_from_who_to_whom(table: SeatDesk) -> None:
    assert table.do("ana", "RecordChange", **{"change.kind": "merge", "change.targets": "group-b"}).status == 422
    given = {
        "change.kind": "merge",
        "change.sources": "group-a",
        "change.targets": "group-b",
        "change.when": "2017-01-28",
    }
    assert table.do("ana", "RecordChange", **given).status in (200, 303)
    for path in ("people", "people/group-a", "people/group-b"):
        assert "The group-a merger Sat 28 Jan 2017" in words(table.page("gov", path))
    assert "Record a change" not in table.page("gov", "people")
