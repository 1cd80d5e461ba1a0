"""Files of a version from the browser, the marked as in the 1996 legend, and the text as a seat would have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.reports.texts.downloads import FORMS
from properties.worlds.http import Answer
from web.test_texts import ARABIC, CLEAN, Table, opened_table, released


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def taken(table: Table, seat: str, address: str) -> Answer:
    browser = table.browser(seat)
    return browser.get(f"{browser.base}/files/{address}")


def written(table: Table, *papers: str) -> None:
    """Let the pen write the next version, on its own responsibility."""
    languages = {"papers.lang": ("en", "ar")}
    table.do("un", "WriteVersion", "texts", text="tx1", papers=papers, responsibility="yes", **languages)


def bracketed(table: Table) -> Table:
    """Let the pen take up words of ``opp`` in a bracket, and release the version with both."""
    released(table)
    table.do("opp", "Comment", version="v1", clause="cl1", sort="proposes-words", words="2 January")
    draft = CLEAN.replace("It begins on 1 January.", "It begins on [[A: 1 January | B{co1}: 2 January]].")
    arabic = ARABIC.replace("## 1. البدء", "## 1. البدء {cl1}").replace("## 2. المراقبة", "## 2. المراقبة {cl2}")
    written(table, draft, arabic)
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp")
    return table


def test_each_form_that_a_page_offers_is_given_and_is_a_download(table: Table) -> None:
    page = released(table).page("gov", "texts/tx1/v1")
    offered = re.findall(r'href="/d/\w+/files/(v1/[^"]+)"', page)
    assert {address.partition("?")[0].removeprefix("v1/") for address in offered} <= set(FORMS)
    assert len(offered) >= 5
    for address in offered:
        answer = taken(table, "gov", address.replace("&amp;", "&"))
        headers = dict(answer.headers)
        assert answer.status == 200, address
        assert headers[b"content-disposition"].startswith(b"attachment; ")
        assert headers[b"cache-control"] == b"no-store"


def test_a_form_that_cannot_be_made_says_why_on_the_texts_page(table: Table) -> None:
    answer = taken(released(table), "gov", "v1/docx-clean")
    assert answer.status == 422
    assert "have brackets" in answer.text


def test_nobody_takes_out_what_it_does_not_hold(table: Table) -> None:
    released(table)
    for seat, address in (("rus", "v1/page"), ("gov", "v9/page"), ("gov", "v1/none"), ("gov", "v1/page/..")):
        assert taken(table, seat, address).status == 404


def test_as_we_would_have_it_is_for_that_seat_and_the_pen_alone(table: Table) -> None:
    bracketed(table)
    own = table.page("opp", "texts/tx1/v2")
    assert "as we would have it" in own
    read = table.page("opp", "texts/tx1/v2?for=opp")
    assert 'class="bracket"' not in read.partition("Is it agreed?")[0].partition("Ways to read")[2]
    assert "It begins on 2 January." in read
    assert "as we would have it" not in table.page("gov", "texts/tx1/v2")
    assert "It begins on 2 January." not in table.page("gov", "texts/tx1/v2?for=opp")
    assert taken(table, "gov", "v2/page-own?for=opp").status == 422
    assert "2 January" in taken(table, "opp", "v2/page-own").text


def test_the_strokes_of_1996_show_what_is_new_gone_and_open(table: Table) -> None:
    released(table)
    draft = CLEAN.replace("on 1 January", "at noon").replace("Three watch.", "Three watch[[A:  by day | B:]].")
    arabic = "# المراقبة\n\n## 1. البدء {cl1}\n\nيبدأ ظهرا.\n\n## 2. المراقبة {cl2}\n\nيراقب ثلاثة.\n"
    written(table, draft, arabic)
    page = table.page("un", "texts/tx1/v2?as=legend")
    assert "<ins>at noon</ins>" in page or "<ins>at</ins> <ins>noon</ins>" in page
    assert '<del class="proposed">by day</del>' in page
    assert "proposed deletion" in page
    first = table.page("gov", "texts/tx1/v1?as=legend")
    assert 'class="strokes"' in first
    assert "<ins>" not in first.partition('class="strokes"')[2]


def test_a_bracket_alone_is_no_stroke_of_new_or_deleted_words(table: Table) -> None:
    page = released(table).page("gov", "texts/tx1/v1?as=legend").partition('<div class="strokes">')[2]
    assert "[</span>" in page
    assert not re.search(r"<(ins|del)>", page.partition("data-part")[0])
