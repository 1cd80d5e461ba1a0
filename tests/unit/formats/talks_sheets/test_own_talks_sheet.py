"""The spreadsheet that begins own talks: a good one is read whole, and everything wrong is told at once, by cell."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodoffices.errors import TalksFileError
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_file.reader import read_reported
from goodoffices.formats.talks_sheets.columns import LISTS, MOST_ROWS, START, CellKind
from goodoffices.formats.talks_sheets.columns_of_facts import ROW_SHEETS
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.problems import SENTENCES
from goodoffices.formats.talks_sheets.reader import read_own_talks, read_sheets
from goodoffices.formats.talks_sheets.template import template
from goodoffices.formats.talks_writer.writer import talks_file_text
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.initial_acts import opening
from own_talks_files import ROWS, Book, book, changed, read, sheet, told
from spreadsheet_files import xlsx

AT = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("as_ods", [False, True], ids=["xlsx", "ods"])
def test_a_filled_spreadsheet_is_read_whole(as_ods: bool) -> None:
    reading = read(book(), as_ods=as_ods)
    assert reading.problems == ()
    assert reading.talks is not None
    assert reading.talks.counts() == {name: len(rows) for name, rows in ROWS.items()}
    assert reading.talks.zone == "Europe/Zurich"
    assert reading.talks.positions[0].option == 1
    assert [row.said_on.isoformat() for row in reading.talks.positions] == ["2026-01-23", "2026-01-24", "2026-01-25"]


def test_what_is_read_becomes_a_talks_file_that_reads_back(tmp_path: Path) -> None:
    reading = read(book())
    assert reading.talks is not None
    file = talks_file_of(reading.talks)
    (tmp_path / "talks.yaml").write_text(talks_file_text(file), encoding="utf-8")
    again = read_reported(tmp_path / "talks.yaml")
    assert again.talks == file, str(again.report)
    assert opening(file, kind=Kind.EXERCISE, at=AT)
    seats = {seat.slug: seat for seat in file.seats}
    assert seats["secretariat"].roles == (Role.SECRETARIAT,)
    assert seats["valley"].kept_by == "secretariat"
    assert [part.actor for part in file.delegations[1].represents] == ["valley-movement", "upper-valley-movement"]


def test_lasting_names_do_not_follow_the_order_of_the_rows() -> None:
    turned = book(**{name: list(reversed(rows)) for name, rows in ROWS.items()})
    one, other = (read(made).talks for made in (book(), turned))
    assert one is not None
    assert other is not None
    first, second = talks_file_of(one), talks_file_of(other)
    assert {actor.slug for actor in first.actors} == {actor.slug for actor in second.actors}
    assert {claim.slug for claim in first.claims} == {claim.slug for claim in second.claims}
    assert {one.slug for one in first.commitments} == {one.slug for one in second.commitments}


def _cell(made: Book, name: str, line: int, at: int, text: str | float | None) -> Book:
    rows = [list(row) for row in made[name]]
    while len(rows) < line:
        rows.append([])
    rows[line - 1] += [None] * (at + 1 - len(rows[line - 1]))
    rows[line - 1][at] = text
    return {**made, name: rows}


WITHOUT_SEATS = {name: cells for name, cells in book().items() if name != "Seats"}
WRONG: dict[str, tuple[Book, str]] = {
    "other": ({"Sheet1": [["a", "b"], ["1", "2"]]}, ""),
    "no-sheet": (WITHOUT_SEATS, ""),
    "near-sheet": ({**{n: c for n, c in book().items() if n != "Issues"}, "Isues": book()["Issues"]}, ""),
    "sheet-twice": ({**book(), "ACTORS": book()["Actors"]}, ""),
    "too-long": ({**book(), "Issues": [*book()["Issues"], *([["x"]] * MOST_ROWS)]}, "Issues"),
    "long-cell": (changed("Actors", 0, Name="x" * 201), "Actors!A4"),
    "heading": (_cell(book(), "Actors", 1, 7, "Shoe size"), "Actors!H1"),
    "near-heading": (_cell(book(), "Sources", 1, 3, "From agence"), "Sources!D1"),
    "heading-twice": (_cell(book(), "Actors", 1, 7, "Name"), "Actors!H1"),
    "no-heading": (_cell(book(), "Actors", 1, 2, None), "Actors"),
    "under-nothing": (_cell(book(), "Actors", 4, 9, "a note"), "Actors!J4"),
    "explained": (_cell(book(), "Actors", 2, 0, "Free Army"), "Actors!A2"),
    "example": (_cell(book(), "Actors", 3, 0, "Free Army"), "Actors!A3"),
    "missing": (changed("Positions", 0, Source=""), "Positions!H4"),
    "word": (changed("Seats", 0, Roles="wizard"), "Seats!C4"),
    "near-word": (changed("Seats", 2, Roles="guaranter"), "Seats!C6"),
    "name": (changed("Seats", 0, For="Zzz"), "Seats!B4"),
    "near-name": (changed("Seats", 0, For="Goverment of Northland"), "Seats!B4"),
    "comma": (changed("Seats", 1, For="Valley Movement, Upper Valley Movement"), "Seats!B5"),
    "twice": (changed("Actors", 1, Name="government of  northland"), "Actors!A5"),
    "semicolon": (changed("Actors", 3, Name="Smith; Sons", Other_names="UN; United Nations"), "Actors!A7"),
    "listed-twice": (changed("Seats", 0, Roles="party; Party"), "Seats!C4"),
    "two-days": (changed("Positions", 0, Said_on="03/04/2026"), "Positions!E4"),
    "day": (changed("Positions", 0, Said_on="soon"), "Positions!E4"),
    "hour": (changed("Sources", 0, Hour_and_zone="eight"), "Sources!G4"),
    "itself": (changed("Actors", 1, Part_of="Upper Valley Movement"), "Actors!D5"),
    "zone": (book(Start={"Time zone": "Nowhere"}), "Start!B6"),
    "near-zone": (book(Start={"Time zone": "Europe/Zurick"}), "Start!B6"),
    "session": (book(Start={"First session": "Opening; loud"}), "Start!B10"),
    "no-day": (book(Start={"First round begins": ""}), "Start!B10"),
    "no-hour": (
        book(Start={"First round begins": "2026-03-29", "First session": "Opening; plenary; 02:30"}), "Start!B10"
    ),
    "option-twice": (changed("Issues", 0, Option_3="northland"), "Issues!F4"),
    "option-gap": (changed("Issues", 0, Option_5="None"), "Issues!G4"),
    "other-option": (changed("Positions", 0, Option="At once"), "Positions!C4"),
    "option": (changed("Positions", 0, Option="Nobody"), "Positions!C4"),
    "own-words": (changed("Positions", 2, In_its_own_words=""), "Positions!D6"),
    "named-seats": (changed("Positions", 2, Named_seats=""), "Positions!G6"),
    "not-named": (changed("Positions", 0, Named_seats="UN"), "Positions!G4"),
    "not-guarantor": (changed("Seats", 0, Guarantor_of="Valley Movement"), "Seats!D4"),
    "disputed": (changed("Seats", 0, Disputed_by="Valley Movement"), "Seats!F4"),
    "nothing-happened": (changed("Commitments", 1, When="2026-02-02"), "Commitments!H5"),
    "later-than-source": (changed("Positions", 0, Said_on="2031-01-01"), "Positions!E4"),
    "told-when": (changed("Commitments", 0, When=""), "Commitments!H4"),
    "nobody": (book(Seats=[]), "Seats"),
    "live-invented": (book(Start={"Exercise or live": "live"}), "Actors!G4"),
}  # fmt: skip
"""One spreadsheet for each sentence, with the place that it names."""
_OF_FORMS = {code for code in SENTENCES if code.startswith(("no-title", "long-", "no-zone", "no-language", "list"))}
ELSEWHERE = _OF_FORMS - {"long-cell"} | {
    "unreadable", "merged", "formula", "strange-cell", "control", "became-day", "language", "no-kind",
    "live-exercise", "no-exercise", "one-row", "ends-early", "pace", "inject-hour", "inject-twice", "minutes",
    "no-silent-seat",  # test_exercise_sheets.py
    "no-session-title", "session-format", "session-hour", "two-seats", "many-seats", "no-name", "invented-in-live",
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_read_is_told_with_its_cell(code: str) -> None:
    made, place = WRONG[code]
    reading = read(made)
    assert reading.talks is None
    assert (code, place) in told(reading), reading.text("valley.xlsx")
    shown = reading.text("valley.xlsx")
    assert "{" not in shown
    assert shown.startswith("valley.xlsx: nothing was read in.")


def test_every_sentence_has_a_spreadsheet_that_is_refused_with_it() -> None:
    assert set(SENTENCES) - ELSEWHERE - {"listed-twice", "listed-again"} <= set(WRONG) | {"listed-twice"}


def test_a_sheet_that_cannot_be_read_is_told_once_and_not_at_every_name_of_it() -> None:
    long = {**book(), "Actors": [*book()["Actors"], *([["x"]] * MOST_ROWS)]}
    renamed = {("Acters" if name == "Actors" else name): cells for name, cells in book().items()}
    assert told(read(long)) == [("too-long", "Actors")]
    assert [code for code, _ in told(read(renamed))] == ["near-sheet", "no-sheet"]


def test_cells_under_an_emptied_heading_are_told_once_for_each_column() -> None:
    emptied = read(_cell(_cell(book(), "Sources", 1, 3, None), "Start", 7, 0, None))
    assert emptied.talks is None
    assert [one for one in told(emptied) if one[0] == "under-nothing"] == [
        ("under-nothing", "Start!B7"), ("under-nothing", "Sources!D4")
    ]  # fmt: skip


def test_words_beside_the_cells_of_start_are_told() -> None:
    shifted = read(_cell(book(), "Start", 5, 2, "Lakeside"))
    assert told(shifted) == [("under-nothing", "Start!C5")]
    explained = {column.heading: column for column in START.columns}["Place"]
    kept = _cell(_cell(book(), "Start", 5, 2, explained.explained), "Start", 5, 3, explained.example)
    assert read(kept).talks is not None


def test_everything_is_told_at_once() -> None:
    made = changed("Seats", 0, For="Zzz", Roles="wizard", Invented="perhaps")
    assert told(read(made)) == [("name", "Seats!B4"), ("word", "Seats!C4"), ("word", "Seats!I4")]


def test_a_file_of_another_kind_is_refused() -> None:
    for data in (b"", b"PK\x03\x04", b"%PDF-1.4", b"a;b\n1;2\n", xlsx({"A": [["x"]]})[:200]):
        assert told(read_sheets(RawFile(name="x.xlsx", data=data))) == [("unreadable", "")]


def _with_part(data: bytes, name: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(made, "w") as out:
        for part in held.namelist():
            text = held.read(part)
            out.writestr(part, text.decode().replace(old, new, 1).encode() if part == name else text)
    return made.getvalue()


def test_a_formula_and_merged_cells_are_told_with_their_place() -> None:
    data = xlsx(book())
    cell = '<c t="inlineStr"><is><t xml:space="preserve">Bulletin 4</t></is></c>'
    formula = '<c r="A4" t="str"><f>B1</f><v>Bulletin 4</v></c>'
    made = _with_part(data, "xl/worksheets/sheet6.xml", cell, formula)
    spans = '</sheetData><mergeCells><mergeCell ref="B4:C4"/></mergeCells>'
    made = _with_part(made, "xl/worksheets/sheet2.xml", "</sheetData>", spans)
    reading = read_sheets(RawFile(name="valley.xlsx", data=made))
    assert [one for one in told(reading) if one[0] in ("merged", "formula")] == [
        ("merged", "Actors!B4"),
        ("formula", "Sources!A4"),
    ]


def test_an_error_in_a_cell_is_told_with_its_place() -> None:
    cell = '<c t="inlineStr"><is><t xml:space="preserve">Bulletin 4</t></is></c>'
    made = _with_part(xlsx(book()), "xl/worksheets/sheet6.xml", cell, '<c r="A4" t="e"><v>#REF!</v></c>')
    assert ("strange-cell", "Sources!A4") in told(read_sheets(RawFile(name="valley.xlsx", data=made)))


def test_a_day_that_was_typed_as_other_words_is_told() -> None:
    data = xlsx(_cell(book(), "Issues", 4, 3, 46023.0))
    styles = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf/>' \
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'  # fmt: skip
    relation = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/' \
        'styles" Target="styles.xml"/></Relationships>'  # fmt: skip
    data = _with_part(data, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    data = _with_part(data, "xl/worksheets/sheet4.xml", "<c><v>46023.0", '<c s="1"><v>46023.0')
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as file:
        file.writestr("xl/styles.xml", styles)
    reading = read_sheets(RawFile(name="valley.xlsx", data=made.getvalue()))
    assert ("became-day", "Issues!D4") in told(reading)


def test_names_alike_in_another_script_are_pointed_out_and_kept_apart() -> None:
    rows = [*ROWS["Actors"], {"Name": "Vаlley Mоvement", "What it is": "body", "Invented": "yes"}]
    reading = read(book(Actors=rows))
    assert reading.talks is not None
    assert [(note.cell, note.near_cell) for note in reading.look_alikes] == [("Actors!A9", "Actors!A5")]
    assert len(reading.talks.actors) == len(rows)


def test_sheets_and_columns_may_stand_in_another_order_and_further_sheets_are_named() -> None:
    made: Book = {"Notes Anna": [["call back"]]} | dict(reversed(book().items()))
    actors = [list(reversed(row)) for row in sheet("Actors", ROWS["Actors"])]
    reading = read({**made, "Actors": actors})
    assert reading.problems == ()
    assert reading.unread == ("Notes Anna",)


def test_only_start_actors_and_seats_are_needed() -> None:
    rows = [{**row, "Source": ""} for row in ROWS["Actors"]]
    made = {name: cells for name, cells in book(Actors=rows).items() if name in ("Start", "Actors", "Seats")}
    assert read(made).problems == ()


def test_the_empty_spreadsheet_is_the_same_every_time_and_offers_every_list() -> None:
    data = template()
    assert data == template()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        book_xml = packed.read("xl/workbook.xml").decode()
        sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
    names = ["Start", *(form.name for form in ROW_SHEETS), "Lists"]
    assert [name for name in names if f'name="{name}"' not in book_xml] == []
    assert 'state="hidden"' not in book_xml
    assert all("<sheetProtection" not in text and "<mergeCell" not in text and "<f>" not in text for text in sheets)
    offered = "".join(sheets)
    used = {column.of for form in (START, *ROW_SHEETS) for column in form.columns if column.kind is CellKind.WORD}
    assert all(f"Lists!${chr(ord('A') + list(LISTS).index(name))}$4:" in offered for name in used)


def test_the_empty_spreadsheet_says_what_is_missing() -> None:
    reading = read_sheets(RawFile(name="talks.xlsx", data=template()))
    assert [code for code, _ in told(reading)] == ["missing"] * 4 + ["nobody"] * 2


def test_a_spreadsheet_that_is_not_there_or_wrong_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(TalksFileError, match="nobody"):
        read_own_talks(tmp_path / "nobody.xlsx")
    path = tmp_path / "valley.xlsx"
    path.write_bytes(xlsx(changed("Seats", 0, For="Zzz")))
    with pytest.raises(TalksFileError, match=r"Seats!B4: “Zzz” is not on the sheet Actors"):
        read_own_talks(path)
