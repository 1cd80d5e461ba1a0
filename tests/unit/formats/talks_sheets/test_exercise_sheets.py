"""The sheets of an exercise: the filled example plays, and what is wrong is told by sheet and cell."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_file.reader import read_reported
from goodoffices.formats.talks_sheets.columns import START
from goodoffices.formats.talks_sheets.columns_of_exercise import EVERY_SHEET, EXAMPLE
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.reader import SheetReading, read_sheets
from goodoffices.formats.talks_sheets.template import template
from goodoffices.formats.talks_writer.writer import talks_file_text
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.clock import JumpClock
from goodoffices.talks.exercise.runs import StartExercise
from goodoffices.talks.state.command_context import CommandRequest
from spreadsheet_files import xlsx

Row = list[str | float | None]


def changed(**cells: str | None) -> SheetReading:
    """Read the filled example with some cells changed; a cell is named like ``Exercise_B4``."""
    book: dict[str, list[Row]] = {}
    for form in (START, *EVERY_SHEET):
        headings: Row = [column.heading for column in form.columns]
        filled: list[Row] = [list(row) for row in EXAMPLE.get(form.name, ())]
        if form is START:
            pairs: list[Row] = [[heading, *row] for heading, row in zip(headings, filled, strict=True)]
            book[form.name] = [["What", "Yours"], [None], [None], *pairs]
        else:
            book[form.name] = [list(headings), [None], [None], *filled, [None] * len(headings)]
    for name, value in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = value
    return read_sheets(RawFile(name="six.xlsx", data=xlsx(book)))


def told(reading: SheetReading) -> list[str]:
    return [one.sentence() for one in reading.problems]


def test_the_filled_example_of_six_seats_is_played() -> None:
    reading = changed()
    assert told(reading) == []
    assert reading.talks is not None
    file = talks_file_of(reading.talks)
    assert file.exercise is not None
    assert len(file.exercise.briefs) == len(EXAMPLE["Seats"]) == 6
    talks = TalksInMemory.opened(file)
    view = talks.view("lower-town")
    [held] = view.known.briefs.values()
    words = view.text(held.words[0]) or ""
    assert "**What only you know.** You could do with half." in words
    assert "leaks" not in words, "that is the brief of another"
    seats = tuple(brief.seat for brief in file.exercise.briefs)
    at = file.exercise.shown.starts_at
    assert at == datetime(2026, 12, 7, 17, 0, tzinfo=UTC)
    for command in (StartExercise(persons=seats), JumpClock(to=file.exercise.shown.ends_at)):
        refused = talks.submit(CommandRequest(seat="control", command=command), at=at)
        assert not isinstance(refused, Refusal)
    talks.tick(file.exercise.shown.ends_at)
    farmers = talks.view("farmers")
    titles = [farmers.text(one.title[0]) for one in farmers.known.news]
    assert titles == ["The farmers wait", "The press calls"], "the commission was silent for 45 minutes first"


def test_the_spreadsheet_that_the_program_fills_in_is_read_as_it_stands(tmp_path: Path) -> None:
    filled = read_sheets(RawFile(name="six.xlsx", data=template(is_exercise=True, is_filled=True)))
    assert told(filled) == []
    assert filled.talks == changed().talks
    assert filled.talks is not None
    file = talks_file_of(filled.talks)
    (tmp_path / "talks.yaml").write_text(talks_file_text(file), encoding="utf-8")
    again = read_reported(tmp_path / "talks.yaml")
    assert again.talks == file, str(again.report)


def test_the_empty_one_has_the_three_sheets_and_drop_downs_and_the_plain_one_has_not() -> None:
    assert template(is_exercise=True) == template(is_exercise=True)
    with zipfile.ZipFile(io.BytesIO(template(is_exercise=True))) as packed:
        names = re.findall(r'<sheet name="(\w+)"', packed.read("xl/workbook.xml").decode())
        sheets = {n: packed.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, len(names) + 1)}
    assert names[-4:] == ["Exercise", "Briefs", "Injects", "Lists"]
    briefs, injects = (sheets[names.index(name) + 1] for name in ("Briefs", "Injects"))
    assert "<formula1>Seats!" in briefs
    assert injects.count("<formula1>Seats!") == 2
    assert "<formula1>Lists!" in injects
    with zipfile.ZipFile(io.BytesIO(template())) as packed:
        assert "Briefs" not in packed.read("xl/workbook.xml").decode()
        assert "Kind of inject" not in packed.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"Exercise_B4": "six"}, "Exercise!B4: “six” is not an hour."),
        ({"Exercise_B4": "25:00"}, "Exercise!B4: The clock of Europe/Zurich does not show this hour"),
        ({"Exercise_C4": "2026-12-01"}, "Exercise!C4: The exercise ends before it begins."),
        ({"Exercise_A4": None}, "Exercise!A4: “Begins” is missing."),
        ({"Exercise_E4": "fast"}, "Exercise!E4: “fast” is not a pace."),
        ({"Exercise_E4": "1001"}, "Exercise!E4: “1001” is not a pace."),
        ({"Exercise_A5": "2026-12-07"}, "Exercise!A5: Only one row is read here."),
        (dict.fromkeys(("Exercise_A4", "Exercise_B4", "Exercise_C4", "Exercise_D4", "Exercise_E4", "Exercise_F4")),
         "Exercise: There are briefs or injects, and this sheet is empty."),
        ({"Briefs_A5": "Upper town"}, "Briefs!A5: “Upper town” is already in Briefs!A4."),
        ({"Briefs_A4": "Uper town"},
         "Briefs!A4: “Uper town” is not on the sheet Seats. Is it “Upper town” (Seats!A4)?"),
        ({"Briefs_B4": None}, "Briefs!B4: “Who you are” is missing."),
        ({"Injects_C4": "Nobody"}, "Injects!C4: “Nobody” is not on the sheet Seats."),
        ({"Injects_D4": "newz"}, "Injects!D4: “newz” is not in the list. Is it “news”?"),
        ({"Injects_F4": None}, "Injects!F4: An inject at a time needs a day and an hour."),
        ({"Injects_E4": None}, "Injects!E4: An inject at a time needs a day and an hour."),
        ({"Injects_G4": "Farmers"}, "Injects!G4: This inject has a time and a silent seat."),
        ({"Injects_H6": "soon"}, "Injects!H6: “soon” is not a number of minutes."),
        ({"Injects_G6": None}, "Injects!G6: There are minutes, and no seat is named"),
        ({"Injects_A5": "The gate is stuck"}, "Injects!A5: “The gate is stuck” is already in Injects!A4."),
        ({"Start_B8": "live"}, "Exercise!A4: A live record is not played."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_sheet_and_cell(cells: dict[str, str | None], says: str) -> None:
    reading = changed(**cells)
    assert reading.talks is None
    assert any(sentence.startswith(says) for sentence in told(reading)), told(reading)


def test_the_terminal_writes_it_and_begins_it(tmp_path: Path) -> None:
    sheet, data = tmp_path / "six.xlsx", tmp_path / "data"
    made = CliRunner().invoke(main, ["exercise", "template", str(sheet), "--filled"])
    assert made.exit_code == 0, made.output
    assert CliRunner().invoke(main, ["exercise", "template", str(sheet)]).exit_code == 2, "nothing is replaced unasked"
    begun = CliRunner().invoke(main, ["new", "--from", str(sheet), "--data", str(data)])
    assert begun.exit_code == 0, begun.output
    assert "Briefs 6, Injects 4" in begun.output
    record = str(data / "river-valley-exercise" / "record.db")
    started = CliRunner().invoke(main, ["act", record, "GiveInject", "--seat", "control", "inject=ij4"])
    assert started.exit_code == 0, started.output
