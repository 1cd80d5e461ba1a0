"""Every command that reads talks shows them as of one moment: that which they name, or the one that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from terminal import good, run

LISTINGS = [
    ("claims",),
    ("claims", "--contradictions"),
    ("commitments",),
    ("text", "list"),
    ("text", "standing"),
    ("decide", "list"),
    ("item", "list"),
    ("ceasefire", "--no-scan"),
]
LATER = ("2018", "2021", "Sochi", "Idlib memorandum", "Geneva on 23 February", "A11", "A16")


def asked(words: tuple[str, ...], talks: str, *more: str) -> list[str]:
    head = words[:2] if len(words) > 1 and not words[1].startswith("-") else words[:1]
    return [*head, talks, *words[len(head) :], "--seat", "secretariat", *more]


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_a_listing_of_talks_that_name_a_moment_is_as_of_it_and_says_so(words: tuple[str, ...]) -> None:
    found = run(*asked(words, "astana-2017"))
    assert found.exit_code == 0
    assert "As of Mon 23 Jan 2017, 08:00 (Asia/Almaty, UTC+6); --as-of end shows all" in " ".join(found.stderr.split())
    assert not [word for word in LATER if word in found.stdout]


@pytest.mark.parametrize("words", [words for words in LISTINGS if words[0] != "ceasefire"], ids=" ".join)
def test_the_end_is_shown_where_it_is_asked_for(words: tuple[str, ...]) -> None:
    found = run(*asked(words, "astana-2017", "--as-of", "end"))
    assert "As of" not in found.stderr
    assert found.exit_code == 0


@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_talks_that_name_no_moment_are_shown_whole(words: tuple[str, ...]) -> None:
    assert "As of" not in run(*asked(words, "good-friday-1998")).stderr


def test_files_of_talks_are_as_of_their_moment_too(tmp_path: Path) -> None:
    calendar, lists = tmp_path / "c.ics", tmp_path / "l.xlsx"
    good("view", "calendar", "astana-2017", "--seat", "un-envoy", "--out", str(calendar))
    assert "Round: Astana I" in calendar.read_text(encoding="utf-8")
    unfolded = calendar.read_text(encoding="utf-8").replace("\n ", "")
    # The name of an entry is a digest, in which any digits can stand.
    told = "\n".join(line for line in unfolded.splitlines() if not line.startswith("UID:"))
    assert not [word for word in ("Sochi", "2018", "Technical") if word in told]
    events = unfolded.split("BEGIN:VEVENT")
    [opening] = [event for event in events if "~ Session: Opening" in event]
    assert "DTEND" not in opening
    assert "When it ends is not stated. Invented for the exercise." in opening
    assert "STATUS:TENTATIVE" in opening
    good("view", "lists", "astana-2017", "--out", str(lists), "--list", "commitments")
    book = CalamineWorkbook.from_path(str(lists))
    rows = [str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert any("Name a delegation" in row and "said to be done" in row for row in rows)
    assert any("Halt military operations" in row and "nothing reported" in row for row in rows)
    assert not any("Joint Group" in row for row in rows)


@pytest.mark.slow
def test_a_brief_of_a_record_takes_the_number_of_a_notice(tmp_path: Path) -> None:
    record = str(tmp_path / "r.db")
    good("record", "new", record, "--talks", "astana-2017", "--exercise")
    good("act", record, "--seat", "opposition", "FileItem", "words=A corridor to the east")
    good("act", record, "--seat", "opposition", "HandItem", "item=m1", "to=un-envoy")
    assert "A corridor" in good("brief", record, "--seat", "un-envoy", "--section", "told")
    assert "A corridor" not in good("brief", record, "--seat", "un-envoy", "--section", "told", "--as-of", "9")
    refused = run("brief", "astana-2017", "--as-of", "9")
    assert (refused.exit_code, "has no notice 9" in " ".join(refused.output.split())) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2017-01-20", "BECAME KNOWN FROM 21 JAN 2017 ON"),
        ("2017-01-21", "and 10 more: --section changes"),
        ("2017-01-22", "Nothing became known since then."),
        ("2016-12-01", "BECAME KNOWN FROM 2 DEC 2016 ON"),
    ],
)
@pytest.mark.parametrize("seat", ["secretariat", "opposition", "analyst"])
def test_what_is_asked_for_by_a_day_is_on_the_page(since: str, said: str, seat: str) -> None:
    told = good("brief", "astana-2017", "--seat", seat, "--since", since, "--width", "80")
    assert said in told
    page = told.partition("\n\nThe rest is in sections")[0]
    assert len(page.rstrip().splitlines()) <= 50


def test_a_stance_in_a_list_has_its_mark_and_says_that_its_copy_is_not_said() -> None:
    told = " ".join(good("text", "standing", "astana-2017", "--seat", "un-envoy").split())
    assert "Government of Syria: signed, which copy is not said, 2016-12-29, said by Vladimir Putin [F6 N]" in told
    assert (
        "Jabhat Ahl al-Sham: signed, The copy reported from the opposition's side, 2016-12-29, own word [F24 W]" in told
    )
    assert "Ahrar al-Sham: did not sign, 2016-12-29, own word [F14 W]" in told
