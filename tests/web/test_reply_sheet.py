"""A delegation on paper ticks a sheet; who keeps its seat enters all of it with one form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.test_hall_pages import bare, sent
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


@pytest.fixture
def asked(table: Table) -> Table:
    """Return a desk where the seat on paper was in a session, and was sent its minutes."""
    table.do("un", "PlanSession", "sessions", title="Aid", format="plenary", participants=("un", "gov", "pap"))
    table.do("un", "OpenSession", "sessions/s1", session="s1")
    for line in ("go Wants the list first.", "pa Can wait a day."):
        assert sent(table, "un", "notes/s1", line=line).status == 303
    table.do("un", "CirculateMinutes", "notes/s1", session="s1", until="2017-01-22T18:00")
    return table


def minutes_row(page: str) -> str:
    return page.rpartition('name="row.')[2].partition('"')[0]


def test_minutes_on_a_sheet_can_be_corrected_and_objected_to_and_silence_is_explained(asked: Table) -> None:
    page = bare(asked.page("pap", "reply"))
    for said in ("no objection", "corrects a line", "objects", "Number of the line", "Signature:"):
        assert said in page
    assert "No tick by then means: no objection was made." in page
    assert "It asks for what was open at" in page and "No tick means: no answer yet." in page


@pytest.mark.parametrize(("box", "kind"), [("corrects", "MinutesCorrected"), ("objects", "MinutesAnswered")])
def test_words_on_a_sheet_are_entered_with_the_tick_beside_them(asked: Table, box: str, kind: str) -> None:
    browser = keeper(asked)
    n = minutes_row(browser.get(f"{browser.base}/reply").text)  # type: ignore[attr-defined]
    fields = {"_key": "key-of-words", "_form": "reply", f"row.{n}": box, f"line.{n}": "2",
              "_happened_at": "2017-01-22T08:00", "_on_paper": "sheet 2"}  # fmt: skip
    empty = browser.post(f"{browser.base}/reply", fields)  # type: ignore[attr-defined]
    assert empty.status == 422
    fields |= {"_key": "key-of-more", f"words.{n}": "Can wait two days."}
    assert browser.post(f"{browser.base}/reply", fields).status == 303  # type: ignore[attr-defined]
    view = asked.world.room.view("un")
    assert (view.notices[-1].kind, view.notices[-1].on_paper) == (kind, "sheet 2")
    [copy] = [one for one in view.known.copies.values() if one.reader == "pap"]
    told = copy.sent[-1] if box == "corrects" else copy.answers[-1]
    assert view.text(told.words) == "Can wait two days."
    assert "Answered so far" in bare(browser.get(f"{browser.base}/reply").text)  # type: ignore[attr-defined]


def test_the_register_says_what_was_answered_and_to_what(table: Table) -> None:
    browser = keeper(table)
    page = browser.get(f"{browser.base}/reply").text  # type: ignore[attr-defined]
    number = page.partition('name="row.')[2].partition('"')[0]
    fields = {"_key": "key-of-a-reply", "_form": "reply", f"row.{number}": "accepted",
              "_happened_at": "2017-01-22T08:00", "_on_paper": "sheet 1"}  # fmt: skip
    assert browser.post(f"{browser.base}/reply", fields).status == 303  # type: ignore[attr-defined]
    shown = bare(table.page("pap", "packs"))
    assert "The pap answered invitation “First round” (The rus): accepted." in shown
    assert "entered by The sec from paper “sheet 1”, the paper is dated Sun 22 Jan 2017, 08:00" in shown


def test_a_sheet_without_a_tick_is_asked_for_again(table: Table) -> None:
    browser = keeper(table)
    answer = browser.post(f"{browser.base}/reply", {"_key": "key-of-nothing", "_form": "reply"})  # type: ignore[attr-defined]
    assert answer.status == 422 and "No box is ticked." in answer.text
