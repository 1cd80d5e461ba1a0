"""Reading the spreadsheet of own talks is total, and what is read reads back as a talks file."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings, strategies as st

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_file.reader import read_reported
from goodoffices.formats.talks_sheets.begin_form import BeginForm, listed_seats, own_talks_of
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.formats.talks_sheets.reader import read_sheets
from goodoffices.formats.talks_writer.writer import talks_file_text
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.initial_acts import opening
from own_talks_files import ROWS, book, read
from spreadsheet_files import xlsx

AT = datetime(2026, 12, 1, tzinfo=UTC)
TEXTS = st.sampled_from(
    ["", " ", "party", "UN", "un; UN", "Valley Movement", "الوادي", "Северный", "yes", "no", "2017-01-23", "03/04/2017",
     "a;b", "a,b", ";", "another", "1", "9", "=A1", "x" * 300, "\u200fNorth", "Vаlley", "a\nb", "#N/A", "public", "me",
     "told to me", "English", "Europe/Zurich", "secretariat", "clock", "Secretariat", "first-round", "💧", "e\u0301"]
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(list(book())), st.integers(0, 9), st.integers(0, 12), TEXTS | st.text(max_size=30)),
    max_size=8,
)


def reads_back(talks: OwnTalks) -> None:
    file = talks_file_of(talks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talks.yaml"
        path.write_text(talks_file_text(file), encoding="utf-8")
        reading = read_reported(path)
    assert reading.talks == file, str(reading.report)
    assert opening(file, kind=Kind.LIVE if talks.is_live else Kind.EXERCISE, at=AT)


@settings(max_examples=60)
@given(CHANGES, st.booleans())
def test_any_changed_spreadsheet_is_read_or_told_by_cell(
    changes: list[tuple[str, int, int, str]], as_ods: bool
) -> None:
    made = book()
    for name, line, at, text in changes:
        rows = made[name]
        if line < len(rows) and all(char.isprintable() or char == "\n" for char in text):
            rows[line] = [*rows[line], *([None] * (at + 1 - len(rows[line])))]
            rows[line][at] = text
    reading = read(made, as_ods=as_ods)
    assert (reading.talks is None) == bool(reading.problems)
    assert all("{" not in one.sentence().replace(repr(changes), "") or "{" in str(changes) for one in reading.problems)
    if reading.talks is not None:
        reads_back(reading.talks)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_any_damaged_file_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(xlsx(book()))
    for at, put in changes:
        data[at % len(data) : at % len(data) + len(put)] = put
    reading = read_sheets(RawFile(name="x.xlsx", data=bytes(data)))
    assert (reading.talks is None) == bool(reading.problems)


@settings(max_examples=60)
@given(st.lists(st.text(max_size=20) | TEXTS, max_size=6), TEXTS | st.text(max_size=90), TEXTS)
def test_any_list_begins_talks_or_says_what_is_missing(lines: list[str], title: str, hour: str) -> None:
    seats, wrong = listed_seats("\n".join(lines))
    form = BeginForm(
        title=title, zone="UTC", languages=("en",), kind="exercise", session_title=title, session_hour=hour
    )
    talks, problems = own_talks_of(form, seats)
    if talks is not None and not wrong:
        reads_back(talks)
    else:
        assert [*problems, *wrong]


def test_every_row_of_the_valley_is_read() -> None:
    reading = read(book())
    assert reading.talks is not None
    assert sum(reading.talks.counts().values()) == sum(map(len, ROWS.values()))
