"""A round as one PDF, and the same from sealed files alone."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2
import pytest

from goodoffices.errors import BadSealError, ScenarioError
from goodoffices.reports.binder import sealed_view, texts_of
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.receipts import slice_lines
from goodoffices.reports.rounds.round_file import round_data, round_file
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.notes.minutes import CirculateMinutes
from goodoffices.talks.state.view import View
from stories import Story, words
from unit.reports.papers.test_minutes_paper import corrected
from unit.talks.notes.test_minutes import LINES, noted


def told() -> Story:
    story = noted(*LINES)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    story.do("gov", FileItem(words=(words("A paper of ours. ورقة"),)))
    return story


def contents(view: View, after: int, up_to: int) -> dict[str, Any]:
    """Return the content of a sealed file with some of the notices."""
    lines = [line.decode() for line in slice_lines(view)][after:up_to]
    head = view.heads[up_to - 1].hex()
    return {"seat": view.seat, "after": after, "head": head, "notices": lines, "texts": texts_of(view, after=after)}


def test_a_round_has_contents_and_everything_of_the_seat_with_page_numbers() -> None:
    view = told().view("gov")
    steps: list[str] = []
    data = round_file(view, progress=lambda what, share: steps.append(what))
    assert data == round_file(view)
    assert steps[-1] == "drawing"
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    for said in ("Contents", "Minutes: Aid to besieged places", "A paper of ours.", "Journal", f"1 / {len(document)}"):
        assert said in text
    assert "detainees" not in text
    with pytest.raises(ScenarioError, match="no round"):
        round_file(view, round_="r9")


def test_what_minutes_leave_to_be_done_stands_with_what_is_owed_in_file_list_and_calendar() -> None:
    view = corrected().view("gov")
    [owed] = [part for part in round_data(view)["parts"] if part["title"] == "Commitments"]
    rows = owed["tables"][0]["rows"]
    assert ["The rus", "the list"] in [row[:2] for row in rows]
    assert any("its line in the minutes was corrected" in row[2] for row in rows)
    assert "SUMMARY:EXERCISE · Due\\, from the minutes: the list" in calendar_file(view).decode().replace("\r\n ", "")


def test_a_journal_stands_by_days_and_apart_from_what_the_talks_began_with() -> None:
    view = told().view("gov")
    parts = {part["title"]: part for part in round_data(view)["parts"]}
    acts = [row for table in parts["Journal: what was done"]["tables"] for row in table["rows"]]
    assert acts and all(int(row[0].partition("–")[0]) > view.n_opening for row in acts)
    assert any("The gov; The opp" in names for _, names, _ in parts["What the talks began with"]["paragraphs"])


def test_sealed_files_give_the_same_view_as_the_record() -> None:
    view = told().view("gov")
    n = len(view.notices)
    read = sealed_view([contents(view, 5, n), contents(view, 0, 5)])
    assert (read.head, len(read.notices)) == (view.head, n)
    assert [read.text(body) for item in read.known.items.values() for body in item.words] == ["A paper of ours. ورقة"]
    assert json.dumps(round_data(read)) == json.dumps(round_data(view))


def test_a_file_that_is_missing_or_changed_is_named() -> None:
    view = told().view("gov")
    n = len(view.notices)
    with pytest.raises(BadSealError, match="you have the notices up to 5, and file 2 begins after 7"):
        sealed_view([contents(view, 0, 5), contents(view, 7, n)])
    changed = contents(view, 0, n)
    changed["notices"][3] = changed["notices"][3].replace("Two", "Ten")
    if changed["notices"][3] != contents(view, 0, n)["notices"][3]:
        with pytest.raises(BadSealError, match="fingerprint"):
            sealed_view([changed])
    other = contents(told().view("opp"), 0, 5)
    with pytest.raises(BadSealError, match="another seat"):
        sealed_view([contents(view, 0, n), other])
