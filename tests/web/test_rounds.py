"""The page of a round: it is opened, moved and closed there; seats are invited, and name their delegations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.reports.papers.files import FORMATS, paper_file
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.rounds.invitation_letter import invitation_letter
from seat_desk import SeatDesk, seat_desk, words


@pytest.fixture
def table(tmp_path: Path) -> Iterator[SeatDesk]:
    with seat_desk(tmp_path) as made:
        yield made


def test_a_round_is_moved_opened_and_closed_by_who_may(table: SeatDesk) -> None:
    assert "Open this round" in table.page("un")
    assert "Open this round" not in table.page("gov")
    assert table.do("un", "MoveRound", round="r1", start="2017-02-20", end="2017-02-23").status in (200, 303)
    assert "planned for Mon 20 Feb 2017 – Thu 23 Feb 2017 (The un)" in words(table.page("gov"))
    assert table.do("un", "OpenRound", round="r1").status in (200, 303)
    opened = table.page("un")
    assert "Close this round" in opened
    assert "Move the round" not in opened
    table.do("un", "CloseRound", round="r1")
    assert '<span class="flag closed">' in table.page("opp")


def test_an_untouched_form_invites_nobody(table: SeatDesk) -> None:
    refused = table.do("rus", "Invite", round="r1", to="", role="", level="", reply_by="")
    assert refused.status == 422
    assert not table.world.room.view("rus").known.invitations


def test_a_seat_is_invited_answers_and_names_its_delegation(table: SeatDesk) -> None:
    table.do("rus", "Invite", round="r1", to="opp", role="party", level="envoy", reply_by="2017-01-25T12:00")
    [handle] = table.world.room.view("opp").known.invitations
    assert "The rus invites The opp, as party, level: envoy. no answer yet" in words(table.page("opp"))
    assert "Withdraw this invitation" in table.page("rus")
    assert "Withdraw this invitation" not in table.page("opp")
    assert "No invitation to this round that you know of." in table.page("gov")
    assert "Name my delegation" not in table.page("opp")
    table.do("opp", "AnswerInvitation", invitation=handle, answer="accepted")
    assert "Name my delegation" in table.page("opp")
    table.do("opp", "NameDelegation", round="r1", **{"represents.actor": ("group-a", "group-b")}, level="envoy")
    told = words(table.page("gov"))
    assert "The opp, level: envoy g1" in told
    assert "It sits for: The group-a and The group-b." in told
    assert "Change my delegation" in table.page("opp")
    table.do("opp", "ChangeDelegation", round="r1", **{"represents.actor": ("group-a",)})
    assert "It sits for: The group-a." in words(table.page("gov"))


def test_an_invitation_is_a_letter_for_the_two_seats_alone(table: SeatDesk) -> None:
    table.do("rus", "Invite", round="r1", to="opp", role="party", reply_by="2017-01-25T12:00", sponsors=("tur",))
    for slug in ("rus", "opp"):
        [handle] = table.world.room.view(slug).known.invitations
        for ending in FORMATS:
            assert table.status(slug, f"letters/{handle}/{ending}") == 200
        assert table.status(slug, f"letters/{handle}/exe") == 404
        assert f"letters/{handle}/docx" in table.page(slug)
    assert "no answer yet" in table.page("tur")
    assert "As a letter" not in table.page("tur")
    for slug in ("tur", "gov"):
        assert table.status(slug, "letters/i1/docx") == 404
    view = table.world.room.view("opp")
    said = terminal_text(invitation_letter(view, "i1"))
    assert "The opp is invited to First round. Role: party." in " ".join(said.split())
    assert "First round. Role" in said or "First round.\n" in said
    assert "No date is stated yet." in said
    assert "An answer is asked for by Wed 25 Jan 2017, 12:00 (UTC+0)." in " ".join(said.split())
    assert "EXERCISE" in said
    assert paper_file(invitation_letter(view, "i1"), "pdf") == paper_file(invitation_letter(view, "i1"), "pdf")
    assert 'dir="rtl"' in paper_file(invitation_letter(view, "i1", "ar"), "html").decode()


def test_a_moved_round_has_one_date_in_its_letters_and_rival_ones_stand_side_by_side(table: SeatDesk) -> None:
    table.do("rus", "Invite", round="r1", to="opp", role="party")
    table.do("un", "MoveRound", round="r1", start="2017-02-20")
    table.do("un", "MoveRound", round="r1", start="2017-02-23", end="2017-02-24")
    said = terminal_text(invitation_letter(table.world.room.view("opp"), "i1"))
    assert "It is planned for Thu 23 Feb 2017 to Fri 24 Feb 2017." in " ".join(said.split())
    assert "20 Feb" not in said


def test_the_limits_of_a_mandate_are_seen_by_their_own_seat_alone(table: SeatDesk) -> None:
    table.do("opp", "SetMandate", words="Nothing beyond the river.", **{"words.lang": "en"})
    assert "Nothing beyond the river." in table.page("opp")
    assert not any("beyond the river" in table.page(slug) for slug in ("gov", "un", "sec"))
