"""Forms for the pen's notes, answers lent and on paper, several votes of a referendum, and ratification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from properties.worlds.http import Browser
from web.test_texts import CLEAN, Table, opened_table, tabled

ARABIC = "# المراقبة\n\n## 1. البدء {cl1}\n\nيبدأ في ١ يناير.\n\n## 2. المراقبة {cl2}\n\nيراقب ثلاثة.\n"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def write(table: Table, **fields: str | tuple[str, ...]) -> None:
    """Let the pen write its text without brackets, in both languages."""
    languages = {"papers.lang": ("en", "ar")}
    table.do("un", "WriteVersion", "texts", text="tx1", papers=(CLEAN, ARABIC), **{**languages, **fields})


def clean(table: Table) -> Table:
    """Release a clean version to two parties and the host."""
    tabled(table)
    write(table, responsibility="yes")
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp,kaz", equal="no")
    return table


def asked(table: Table) -> Table:
    clean(table)
    table.do("un", "PutQuestion", version="v2", eligible=("gov", "opp"), **{"rule.kind": "unanimity"})
    return table


# ------------------------------------------------------------------------------------------------------ the pen's notes


def test_notes_are_the_pens_alone_and_stand_in_its_next_form(table: Table) -> None:
    clean(table)
    page = table.page("un", "texts/tx1/write")
    assert page.count('name="notes"') == 3
    notes = {"notes": ("left open on purpose", "", "ask Moscow"), "notes.lang": ("en",) * 3}
    write(table, **notes, notes_at=("1", "", "2"))
    table.do("un", "ReleaseVersion", version="v3", to="gov,opp", equal="no")
    assert "left open on purpose" in table.page("un", "texts/tx1/v3")
    assert ">\nask Moscow</textarea>" in table.page("un", "texts/tx1/write")
    for path in ("texts/tx1/v2", "clauses/v2/cl1", "record"):
        assert "left open on purpose" not in table.page("gov", path)


def test_a_note_without_a_clause_is_refused_and_its_words_stay(table: Table) -> None:
    clean(table)
    notes = {"notes": ("ask Moscow", "", ""), "notes.lang": ("en",) * 3, "notes_at": ("", "", "")}
    answer = table.give(
        "un",
        "WriteVersion",
        "texts/tx1/write",
        text="tx1",
        papers=(CLEAN, ARABIC),
        _form="write",
        **notes,
        **{"papers.lang": ("en", "ar")},
    )
    assert answer.status == 422
    assert "Some items or notes have no clause. Name one clause number for each." in answer.text
    assert ">\nask Moscow</textarea>" in answer.text


# ------------------------------------------------------------------------------------------------ answers for others


def test_an_answer_is_lent_before_all_given_by_the_holder_and_ended(table: Table) -> None:
    asked(table)
    assert "Let this seat answer for me (all will see this)" in table.page("opp", "decisions")
    assert "lent to you" not in table.page("gov", "decisions/y1")
    table.do("opp", "GiveProxy", "decisions", holder="gov", scope="answer")
    page = plain(table.page("gov", "decisions/y1"))
    assert "You may answer for The opp " in page
    assert "Accept for The opp , and tell The un" in page
    table.do("gov", "AnswerQuestion", "decisions/y1", question="y1", says="accepts", on_behalf="opp")
    assert "Said for it: accepts" in plain(table.page("gov", "decisions/y1")).replace("accept s", "accepts")
    [answer] = table.world.room.view("opp").known.questions["y1"].answers
    assert (answer.seat, answer.says.value) == ("opp", "accepts")
    table.do("opp", "EndProxy", "decisions", proxy="p1")
    assert "lent to you" not in table.page("gov", "decisions/y1")
    assert table.give("gov", "AnswerQuestion", question="y1", says="objects", on_behalf="opp").status == 422


def test_after_the_outcome_the_page_says_why_no_more_can_be_answered_for_the_lender(table: Table) -> None:
    asked(table)
    table.do("opp", "GiveProxy", "decisions", holder="gov", scope="answer")
    for seat in ("gov", "opp"):
        table.do(seat, "AnswerQuestion", question="y1", says="accepts")
    table.do("un", "DeclareOutcome", question="y1")
    page = table.page("gov", "decisions/y1")
    assert "Answer for <bdi>The opp</bdi>:" in page
    assert 'name="on_behalf"' not in page


def test_an_answer_on_paper_is_entered_by_the_keeper_with_day_and_paper(table: Table) -> None:
    clean(table)
    table.do("un", "ReleaseVersion", version="v2", to="pap", equal="no")
    table.do("un", "PutQuestion", version="v2", eligible=("gov", "pap"), **{"rule.kind": "unanimity"})
    assert "Enter an answer of" in table.page("sec", "decisions")
    assert "Enter an answer of" not in table.page("gov", "decisions")
    keeper = table.browser("sec")
    where = keeper.post(f"{keeper.base}/keep", {"seat": "pap", "page": "decisions"})
    assert dict(where.headers)[b"location"].endswith(b"/decisions")
    signed_in = table.world.server.open_seat("pap", "en", keeper="sec")
    desk = Browser(table.world, signed_in, table._loop)
    page = desk.get(f"{desk.base}/decisions/y1").text
    assert 'name="_happened_at"' in page
    fields = {"question": "y1", "says": "accepts", "_key": "paper-answer-1", "_back": "decisions/y1", "_form": "answer"}
    refused = desk.post(f"{desk.base}/do/AnswerQuestion", {**fields, "_on_paper": "P-7"})
    assert refused.status == 422
    assert 'value="P-7"' in refused.text
    paper = {"_on_paper": "P-7", "_happened_at": "2017-01-22T08:00+00:00"}
    assert desk.post(f"{desk.base}/do/AnswerQuestion", {**fields, **paper}).status == 303
    [answer] = table.world.room.view("un").known.questions["y1"].answers
    assert (answer.seat, answer.says.value) == ("pap", "accepts")
    assert "accepts entered by The sec from paper “P-7" in plain(table.page("un", "decisions/y1"))


# ---------------------------------------------------------------------------------------------------- ratification


def named(table: Table, *, who: str = "the people") -> Table:
    clean(table)
    for seat in ("gov", "opp"):
        table.do(seat, "TakeStance", version="v1", kind="signed")
    table.do("gov", "NameRatifier", "ratification/v1", round="r1", ratifier=who, method="two referendums")
    return table


NORTH = {"polls.1.name": "Northern Ireland", "polls.1.yes": "676966", "polls.1.no": "274879"}
SOUTH = {"polls.2.name": "Ireland", "polls.2.yes": "1442583", "polls.2.no": "85748"}


def test_a_named_ratifier_is_waited_for_in_the_finding_and_on_the_page(table: Table) -> None:
    named(table)
    said = "signed subject to ratification, and these words are not ratified yet"
    assert said in table.page("opp", "texts/tx1/v1")
    page = plain(table.page("gov", "ratification/v1"))
    assert "two referendums" in page
    assert "What the people decided" in page
    assert "Not ratified yet by the people" in page


def test_v8b_two_referendums_come_in_one_form_and_both_must_pass(table: Table) -> None:
    named(table)
    given = {"version": "v1", "ratifier": "the people", "rule.no": "yes", **NORTH, **SOUTH}
    table.do("gov", "RecordRatification", "ratification/v1", ratified="yes", **given)
    [made] = table.world.room.view("opp").known.ratifications
    assert [(poll.name, poll.yes, poll.no) for poll in made.polls] == [
        ("Northern Ireland", 676966, 274879),
        ("Ireland", 1442583, 85748),
    ]
    page = plain(table.page("opp", "ratification/v1"))
    assert "1 442 583 yes, 85 748 no" in page.replace("\u202f", " ")
    assert "Agreed:" in plain(table.page("opp", "texts/tx1/v1"))


def test_counts_that_come_to_another_outcome_are_refused_and_stay_as_typed(table: Table) -> None:
    named(table)
    form = {"_form": "ratify-1", "version": "v1", "ratifier": "the people", "rule.no": "yes"}
    given = {**form, **NORTH, "polls.2.name": "Ireland", "polls.2.yes": "1", "polls.2.no": "2", "ratified": "yes"}
    answer = table.give("gov", "RecordRatification", "ratification/v1", **given)
    assert answer.status == 422
    assert "Under this rule these numbers give another outcome." in answer.text
    assert 'value="676966"' in answer.text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"polls.1.name": "North"}, "has no counts"),
        ({"polls.1.yes": "many", "polls.1.no": "1"}, "the number of yes of"),
        ({"rule.electorate": "13 %", "polls.1.yes": "2", "polls.1.no": "1"}, "is not a fraction"),
    ],
)
def test_a_vote_that_cannot_be_read_is_named(table: Table, given: dict[str, str], why: str) -> None:
    named(table)
    answer = table.give(
        "gov", "RecordRatification", "ratification/v1", version="v1", ratifier="the people", ratified="yes", **given
    )
    assert answer.status == 422
    assert why in answer.text


def test_who_may_not_record_a_ratification_reads_why(table: Table) -> None:
    named(table)
    page = table.page("opp", "ratification/v1")
    assert "Record what <bdi>the people</bdi> decided:" in page
    assert "the people" not in re.findall(r'name="ratifier" value="([^"]*)"', page)


def test_there_is_no_page_on_a_version_that_is_not_held(table: Table) -> None:
    named(table)
    assert table.status("rus", "ratification/v1") == 404
    assert table.status("gov", "ratification/v9") == 404
