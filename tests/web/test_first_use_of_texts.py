"""What a first user stumbled over in texts and decisions: each rule here was missing from a page, or said wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from properties.worlds.http import Browser
from web.test_forms_of_decisions import asked, plain, write
from web.test_texts import Table, opened_table, released

PART = "# Watching\n\n## 2. Watch {cl2}\n\nThree watch.\n"
PART_ARABIC = "# المراقبة\n\n## 2. المراقبة {cl2}\n\nيراقب ثلاثة.\n"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


# --------------------------------------------------------------------------------------------------- partial adoption


def take_part(table: Table) -> None:
    """Let the pen take the clean clause out of a draft with brackets."""
    papers = {"papers": (PART, PART_ARABIC), "papers.lang": ("en", "ar")}
    table.do("un", "WriteVersion", "texts/tx1/write", text="tx1", after="v1", partial="yes", **papers)
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp", equal="no")


def parted(table: Table) -> Table:
    released(table)
    take_part(table)
    return table


def test_clean_clauses_are_taken_out_with_a_tick_and_the_rest_stays_in_negotiation(table: Table) -> None:
    released(table)
    form = table.page("un", "texts/tx1/write")
    assert re.search(r'<input type="checkbox" name="partial" value="yes">\s*<span>These clauses alone', form)
    take_part(table)
    held = table.world.room.view("un").known.versions.values()
    assert [(v.handle, v.partial, v.state) for v in held] == [
        ("v1", False, "released"),
        ("v2", True, "released"),
    ]
    again = table.page("un", "texts/tx1/write")
    assert 'name="after" value="v1"' in again
    assert "1 January" in again


@pytest.mark.parametrize("path", ["texts", "texts/tx1", "texts/tx1/v1", "texts/tx1/v2", "decisions", "decisions/y1"])
def test_wherever_versions_are_listed_a_part_says_of_which_version_it_is_one(table: Table, path: str) -> None:
    parted(table)
    table.do("un", "PutQuestion", version="v2", eligible=("gov", "opp"), **{"rule.kind": "unanimity"})
    assert re.search(
        r"v2( [0-9 ]{29})?( · [a-z ]+)? · a part of v1 , decided for itself", plain(table.page("gov", path))
    )


def test_who_puts_a_question_reads_which_version_is_a_part(table: Table) -> None:
    parted(table)
    assert "a part of v1 , decided for itself" in plain(table.page("un", "decisions/new"))


# ------------------------------------------------------------------------------------------- who received and is silent


def stanceless(page: str) -> list[str]:
    return [names.strip() for names in re.findall(r"Received it and took no stance: ([^.]*)\.", plain(page))]


def test_who_received_only_an_earlier_version_is_not_named_as_having_received_this_one(table: Table) -> None:
    released(table)
    table.do("un", "ReleaseVersion", version="v1", to="kaz", equal="no")
    table.do("opp", "Comment", "clauses/v1/cl1", version="v1", clause="cl1", sort="asks", words="from which day?")
    write(table, responsibility="yes")
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp", equal="no")
    table.do("gov", "TakeStance", "texts/tx1/v2", version="v2", kind="signed")
    assert stanceless(table.page("un", "texts/tx1/v2")) == ["The opp"]
    assert stanceless(table.page("un", "texts/tx1/v1")) == ["The gov , The opp and The kaz"]
    assert stanceless(table.page("un", "standing/tx1")) == ["The opp"]


# --------------------------------------------------------------------------------------------- what can be put, and why


def test_of_an_adopted_version_it_is_said_that_it_is_adopted_and_not_that_it_is_not_clean(table: Table) -> None:
    asked(table)
    assert "v2 has been put for decision, and the question is still open." in plain(table.page("un", "texts/tx1/v2"))
    for seat in ("gov", "opp"):
        table.do(seat, "AnswerQuestion", question="y1", says="accepts")
    table.do("un", "DeclareOutcome", question="y1")
    why = "v2 is adopted already. To change it, write a new version, and put that one."
    for path in ("texts/tx1/v2", "decisions/new?put=v2", "decisions/new"):
        assert why in plain(table.page("un", path)), path
    assert "Put it for decision…" not in table.page("un", "texts/tx1/v2")
    assert "v1 is superseded by a later version" in plain(table.page("un", "texts/tx1/v1"))


def test_a_version_with_brackets_names_its_clause_and_a_clean_one_is_offered(table: Table) -> None:
    released(table)
    assert "v1 is not clean: clause 1 has words in brackets." in plain(table.page("un", "decisions/new?put=v1"))
    write(table, responsibility="yes")
    assert "v2 has not been released yet." in plain(table.page("un", "decisions/new?put=v2"))
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp", equal="no")
    assert "Put it for decision…" in table.page("un", "texts/tx1/v2")
    assert "released to nobody" not in table.page("un", "decisions/new?put=v2")


def test_talks_without_a_mediator_say_that_nobody_can_put_a_question(tmp_path: Path, table: Table) -> None:
    why = "Only a mediator can put a question, and you know of no seat with that role."
    assert why not in table.page("gov", "decisions")
    (tmp_path / "astana").mkdir()
    for astana in opened_table(tmp_path / "astana", read_talks("astana-2017"), ()):
        for seat in ("un-envoy", "government"):
            assert why in astana.page(seat, "decisions")


# ------------------------------------------------------------------------------------------------ comments and receipts


def test_comments_stand_in_the_order_of_clauses_and_say_what_was_transcribed(table: Table) -> None:
    released(table)
    table.do("un", "ReleaseVersion", version="v1", to="pap", equal="no")
    for clause, words in (("cl2", "second clause"), ("cl1", "first clause")):
        table.do("gov", "Comment", version="v1", clause=clause, sort="asks", words=words)
    signed_in = table.world.server.open_seat("pap", "en", keeper="sec")
    desk = Browser(table.world, signed_in, table._loop)
    paper = {"_on_paper": "P-3", "_happened_at": "2017-01-22T08:00+00:00", "_key": "comment-on-paper"}
    given = {"version": "v1", "clause": "cl1", "sort": "asks", "words": "from the west", "_back": "texts", "_form": "f"}
    assert desk.post(f"{desk.base}/do/Comment", {**given, **paper}).status == 303
    page = plain(table.page("un", "texts/tx1/write"))
    assert page.index("first clause") < page.index("from the west") < page.index("second clause")
    assert "entered by The sec from paper “P-3” from the west" in page
    assert page.count("entered by") == 1


def test_after_a_release_the_page_says_to_whom_it_went_whatever_else_was_told(table: Table) -> None:
    released(table)
    table.do("opp", "Comment", version="v1", clause="cl1", sort="proposes-words", words="31 December", show="gov")
    draft = "# Watching\n\n## 1. Start {cl1}\n\nIt begins on [[A{va1}: 30 December | B{va2}: 1 January | C{co1}: x]].\n"
    draft += "\n## 2. Watch {cl2}\n\nThree watch.\n"
    arabic = draft.replace("Watching", "المراقبة")
    languages = {"papers.lang": ("en", "ar"), "papers": (draft, arabic)}
    table.do("un", "WriteVersion", "texts", text="tx1", responsibility="yes", **languages)
    where = table.do("un", "ReleaseVersion", "texts/tx1/v2", version="v2", to="gov,opp")
    kinds = [notice.kind for notice in table.world.room.view("un").notices[-3:]]
    assert kinds[-1] != "VersionReleased"
    page = plain(table.browser("un").get(where).text)
    assert "You released v2 to The gov and The opp . In the record as notice" in page


# --------------------------------------------------------------------------------- names, full stops, languages, dates


def test_what_is_not_found_is_said_in_the_language_of_the_desk_that_is_open(table: Table) -> None:
    browser = table.browser("gov", "ar")
    for path in (f"{browser.base}/nowhere", "/nowhere"):
        answer = browser.get(path)
        assert (answer.status, '<html lang="ar" dir="rtl">' in answer.text) == (404, True), path
    assert '<html lang="en"' in table.browser("opp").get("/nowhere").text


def test_who_must_ratify_is_named_and_every_receipt_ends_with_a_full_stop(table: Table) -> None:
    asked(table)
    desk = table.browser("gov")
    given = {"round": "r1", "ratifier": "opp", "method": "vote"}
    where = table.do("gov", "NameRatifier", "ratification/v1", **given)
    page = plain(desk.get(where).text)
    assert "The gov names who must ratify: The opp . In the record as notice" in page
    where = table.do("gov", "SetMandate", "", words="to the river")
    assert re.search(r"Mandate set\. In the record", plain(desk.get(where).text))


def test_texts_of_the_world_bear_their_day_beside_the_title_and_once(tmp_path: Path) -> None:
    for astana in opened_table(tmp_path, read_talks("astana-2017"), ()):
        page = plain(astana.page("government", "texts"))
        assert "Joint statement of Iran, Russia and Turkey , 24 January 2017" in page
        assert "24 يناير 2017" in plain(astana.page("government", "texts", "ar"))
        assert not re.search(r"(\d+ [A-Z][a-z]+ \d{4})[^.]{0,3} , \1", page)


def test_a_number_in_the_table_of_an_outcome_is_one_piece_that_is_never_broken(table: Table) -> None:
    asked(table)
    for seat in ("gov", "opp"):
        table.do(seat, "AnswerQuestion", question="y1", says="accepts")
    table.do("un", "DeclareOutcome", question="y1")
    cells = re.findall(r'<td class="num" data-label="[^"]*">(.*?)</td>', table.page("un", "decisions/y1"))
    assert cells
    assert all(re.fullmatch(r"<(span|bdi)\b.*</\1>|[–\d]+", cell) for cell in cells), cells
    sheet = (resources.files("goodoffices.web") / "static" / "app.css").read_text(encoding="utf-8")
    assert ".figures .num { white-space: nowrap; }" in sheet


def test_single_brackets_that_were_typed_are_noted_on_the_page_that_comes_next(table: Table) -> None:
    released(table)
    said = "Brackets that are words of the text, and leave nothing open:"
    words = {"papers": "On wells\n\nIt ends on [two | three] days.", "papers.lang": "en"}
    table.do("un", "TableText", "texts/new", kind="non-paper", **words)
    new = max(table.world.room.view("un").known.texts)
    page = plain(table.page("un", f"texts/{new}"))
    assert f"{said} Clause 1 [two | three]" in page
    assert "If it is not agreed, write it in two brackets" in page
    assert said not in plain(table.page("un", "texts/tx1/v1"))


def test_the_news_name_the_text_that_was_released(table: Table) -> None:
    released(table)
    rows = re.findall(r"<li><span class=\"n\">.*?</li>", table.page("gov", ""), re.S)
    assert [row for row in map(plain, rows) if "released v1" in row and "Watching" in row]
