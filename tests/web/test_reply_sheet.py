"""A delegation on paper ticks a sheet; who keeps its seat enters all of it with one form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.test_hall_pages import bare
from web.test_texts import Table, opened_table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    for made in opened_table(tmp_path):
        made.do("pap", "GiveProxy", "seats", holder="sec", scope="enter")
        made.do("rus", "Invite", "sessions", round="r1", to="pap", role="party")
        yield made


def keeper(table: Table, language: str = "en") -> object:
    signed_in = table.world.server.open_seat("pap", language, keeper="sec")
    browser = table.browser("pap", language)
    browser.signed_in = signed_in
    return browser


def test_a_sheet_has_a_row_for_each_thing_to_answer_and_none_for_others(table: Table) -> None:
    page = bare(table.page("pap", "reply"))
    assert "accepts declines" in page and "Enter these answers" not in page
    assert table.status("gov", "reply") == 404


def test_a_row_names_the_round_and_when_an_answer_is_too_late(table: Table) -> None:
    table.do("rus", "Invite", "sessions", round="r1", to="pap", role="observer", reply_by="2017-01-25T12:00")
    page = bare(table.page("pap", "reply"))
    assert "First round" in page
    assert "Answer until Wed 25 Jan 2017, 12:00" in page


def test_a_sheet_goes_with_the_pack_that_has_its_rows(table: Table) -> None:
    browser = keeper(table)
    assert "It goes with pack" not in bare(table.page("pap", "reply"))
    fields = {"_key": "key-of-pack", "_form": "ready", "do": "ready", "carrier": "Dana"}
    paper = {"_happened_at": "2017-01-22T08:00", "_on_paper": "sheet 1"}
    assert browser.post(f"{browser.base}/packs", {**fields, **paper}).status == 303  # type: ignore[attr-defined]
    assert "It goes with pack 1." in bare(table.page("pap", "reply"))
    table.do("rus", "Invite", "sessions", round="r1", to="pap", role="observer")
    assert "It goes with pack 2." in bare(table.page("pap", "reply"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_ticks_are_entered_at_once_with_when_and_on_which_paper(table: Table, language: str) -> None:
    browser = keeper(table, language)
    page = browser.get(f"{browser.base}/reply").text  # type: ignore[attr-defined]
    number = page.partition('name="row.')[2].partition('"')[0]
    fields = {"_key": "key-of-a-reply", "_form": "reply", f"row.{number}": "accepted"}
    assert browser.post(f"{browser.base}/reply", fields).status == 422  # type: ignore[attr-defined]
    fields |= {"_happened_at": "2017-01-22T08:00", "_on_paper": "sheet 1", "_key": "key-of-another"}
    assert browser.post(f"{browser.base}/reply", fields).status == 303  # type: ignore[attr-defined]
    [invitation] = table.world.room.view("pap").known.invitations.values()
    assert invitation.state == "accepted"
    assert table.world.room.view("rus").notices[-1].on_paper == "sheet 1"


def test_a_sheet_without_a_tick_is_asked_for_again(table: Table) -> None:
    browser = keeper(table)
    answer = browser.post(f"{browser.base}/reply", {"_key": "key-of-nothing", "_form": "reply"})  # type: ignore[attr-defined]
    assert answer.status == 422 and "No box is ticked." in answer.text
