"""The page of a round: it is opened, moved and closed there; seats are invited, and name their delegations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.reports.papers.files import FORMATS, paper_file
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.rounds.invitation_letter import invitation_letter
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle


class Table:
    """A desk with browsers in several seats."""

    def __init__(self, world: HttpWorld, loop: SlowLoop) -> None:
        self.world, self.loop, self._browsers = world, loop, dict[str, Browser]()
        self._n = 0

    def seat(self, slug: str) -> Browser:
        if slug not in self._browsers:
            self._browsers[slug] = Browser(self.world, self.world.server.open_seat(slug, "en"), self.loop)
        return self._browsers[slug]

    def do(self, slug: str, command: str, **fields: str | tuple[str, ...]) -> Answer:
        self._n += 1
        browser = self.seat(slug)
        given = {"_back": "rounds/r1", "_form": "x", "_seen": "3", "_key": f"key-{self._n:08d}", **fields}
        return browser.post(f"{browser.base}/do/{command}", given)

    def page(self, slug: str, path: str = "rounds/r1") -> str:
        browser = self.seat(slug)
        return browser.get(f"{browser.base}/{path}").text

    def status(self, slug: str, path: str) -> int:
        browser = self.seat(slug)
        return browser.get(f"{browser.base}/{path}").status

    def close(self) -> None:
        for browser in self._browsers.values():
            browser.close()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    loop = SlowLoop()
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world = http_world(tmp_path, Clock(), acts, replay(acts))
    made = Table(world, loop)
    yield made
    made.close()
    loop.run_until_complete(settle())
    loop.close()
    world.room.close()
    world.server.access.close()


def words(page: str) -> str:
    text = " ".join(re.sub(r"</?(?:p|li|ul|h\d|form|div|section)\b[^>]*>", " ", page).split())
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_a_round_is_moved_opened_and_closed_by_who_may(table: Table) -> None:
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


def test_an_untouched_form_invites_nobody(table: Table) -> None:
    refused = table.do("rus", "Invite", round="r1", to="", role="", level="", reply_by="")
    assert refused.status == 422
    assert not table.world.room.view("rus").known.invitations


def test_a_seat_is_invited_answers_and_names_its_delegation(table: Table) -> None:
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


def test_an_invitation_is_a_letter_for_the_two_seats_alone(table: Table) -> None:
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
    assert "No date is stated yet." in said
    assert "An answer is asked for by Wed 25 Jan 2017, 12:00 (UTC+0)." in " ".join(said.split())
    assert "EXERCISE" in said
    assert paper_file(invitation_letter(view, "i1"), "pdf") == paper_file(invitation_letter(view, "i1"), "pdf")
    assert 'dir="rtl"' in paper_file(invitation_letter(view, "i1", "ar"), "html").decode()


def test_a_moved_round_has_one_date_in_its_letters_and_rival_ones_stand_side_by_side(table: Table) -> None:
    table.do("rus", "Invite", round="r1", to="opp", role="party")
    table.do("un", "MoveRound", round="r1", start="2017-02-20")
    table.do("un", "MoveRound", round="r1", start="2017-02-23", end="2017-02-24")
    said = terminal_text(invitation_letter(table.world.room.view("opp"), "i1"))
    assert "It is planned for Thu 23 Feb 2017 to Fri 24 Feb 2017." in " ".join(said.split())
    assert "20 Feb" not in said
