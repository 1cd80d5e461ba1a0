"""What a spreadsheet holds and its library cannot read is refused with its cell; it is never an empty cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import pytest
import xlsxwriter

from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Table, read_table
from goodoffices.formats.input.workbooks import read_workbook
from spreadsheet_files import ods, xlsx

ROWS: list[list[str | float | None]] = [["issue", "actor", "position"], ["wells", "a", 10.0], ["wells", "b", None]]
XLSX = "xl/worksheets/sheet1.xml"
ODS = "content.xml"
EMPTY = {"xlsx": "<c/>", "ods": "<table:table-cell/>"}


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(made, "w") as out:
        for name in held.namelist():
            text = held.read(name).decode()
            assert name != part or old in text
            out.writestr(name, text.replace(old, new, 1) if name == part else text)
    return made.getvalue()


def read(kind: str, cell: str) -> Table | Entry:
    data = xlsx({"S": ROWS}) if kind == "xlsx" else ods({"S": ROWS})
    made = changed(data, XLSX if kind == "xlsx" else ODS, EMPTY[kind], cell)
    return read_table(RawFile(name=f"t.{kind}", data=made))


@pytest.mark.parametrize(
    ("kind", "cell", "why"),
    [
        ("xlsx", '<c t="e"><v>#N/A</v></c>', "the error #N/A"),
        ("xlsx", "<c><f>1+1</f></c>", "a formula without a result"),
        ("xlsx", "<c><f>1+1</f><v/></c>", "a formula without a result"),
        ("xlsx", '<c r="C2"><v>7</v></c>', "stands twice"),
        ("xlsx", "<c><v>7</v><v>8</v></c>", "stands twice"),
        ("xlsx", "<c/><v>7</v>", "words beside the cells"),
        ("xlsx", '<c t="inlineStr"><is><T>seven</T></is></c>', "cannot be read"),
        ("ods", '<table:table-cell office:value-type="error"><text:p>#REF!</text:p></table:table-cell>', "#REF!"),
        ("ods", '<table:table-cell table:formula="of:=1+1"/>', "a formula without a result"),
        ("ods", '<table:table-cell office:value-type="string"><text:p>a</text:p>able</table:table-cell>', "two things"),
        (
            "ods",
            '<table:table-cell office:value-type="float" office:value="4"><text:p>raid</text:p><text:p>4</text:p>'
            "</table:table-cell>",
            "holds two things",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_place(kind: str, cell: str, why: str) -> None:
    found = read(kind, cell)
    assert isinstance(found, Entry), found
    assert why in found.sentence()
    assert "cell C" in found.sentence()


@pytest.mark.parametrize("around", ["<table:table table:name", "</office:spreadsheet>"])
def test_words_between_the_sheets_of_an_ods_file_are_refused(around: str) -> None:
    made = changed(ods({"S": ROWS}), ODS, around, f"<text:p>lost</text:p>{around}")
    found = read_table(RawFile(name="t.ods", data=made))
    assert isinstance(found, Entry)
    assert "words beside the cells" in found.sentence()


@pytest.mark.parametrize("cell", ['<c t="z"><v>7</v></c>', '<c r="7"><v>7</v></c>', '<c t="s"><v>-1</v></c>'])
def test_a_sheet_that_the_library_refuses_is_refused_in_a_sentence(cell: str) -> None:
    found = read("xlsx", cell)
    assert isinstance(found, Entry)
    assert found.sentence().endswith("Save it again.")
    assert ".." not in found.sentence()


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("xlsx", "<c><f>1+1</f><v>2</v></c>", "2"),
        ("xlsx", '<c t="str"><f>IF(A1="","",A1)</f><v></v></c>', ""),
        ("xlsx", '<c s="0"/>', ""),
        ("xlsx", '<c t="b"><v>0</v></c>', "no"),
        ("ods", '<table:table-cell table:formula="of:=2" office:value-type="float" office:value="2"/>', "2"),
        ("ods", '<table:table-cell table:formula="of:=T" office:value-type="string" office:string-value=""/>', ""),
        ("ods", "<table:table-cell><office:annotation><text:p>why</text:p></office:annotation></table:table-cell>", ""),
    ],
)
def test_a_cell_that_is_read_or_truly_empty_is_not_refused(kind: str, cell: str, value: str) -> None:
    found = read(kind, cell)
    assert isinstance(found, Table), found.sentence()
    assert "".join(found.rows[2].cells[2:3]).casefold() == value


# The days of a sheet have no zone.
NEW_YEAR = datetime(2017, 1, 1)  # noqa: DTZ001
SHOWN = [
    (0.1, "0%", "10%"),
    (0.125, "0.0 %", "12.5%"),
    (10.0, '0" %"', "10"),
    (1234567.0, "#,##0", "1234567"),
    (NEW_YEAR, "d/m/yy", "2017-01-01"),
    (NEW_YEAR, "mmm yyyy", "2017-01"),
    (NEW_YEAR, "mmm-yy", "2017-01"),
    (NEW_YEAR, "yyyy", "2017"),
    (NEW_YEAR, "[$-2060000]d mmmm yyyy", "2017-01-01"),
    (NEW_YEAR.replace(hour=14, minute=10), "yyyy-mm-dd hh:mm", "2017-01-01T14:10:00"),
]
"""A value, the format of its cell, and the text that is read: as a person sees it."""


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_cell_is_read_as_it_is_shown_if_its_value_is_another(value: float | datetime, code: str, text: str) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ["a", "b"])
    shape = book.add_format({"num_format": code})
    if isinstance(value, datetime):
        sheet.write_datetime(1, 1, value, shape)
    else:
        sheet.write_number(1, 1, value, shape)
    book.close()
    raw = RawFile(name="t.xlsx", data=made.getvalue())
    found = read_table(raw)
    assert isinstance(found, Table), found.sentence()
    assert found.rows[1].cells[1] == text
    [form] = read_workbook(raw, 100) or []
    assert form.rows[1].cells[1] == text


DATED = "xmlns:style='urn:s' xmlns:number='urn:n'"
STYLES = (
    f'<office:automatic-styles {DATED}><number:date-style style:name="N1"><number:month/><number:year/>'
    '</number:date-style><number:date-style style:name="N2"><number:day/><number:month/></number:date-style>'
    '<style:style style:name="ce1" style:data-style-name="N1"/><style:style style:name="ce2" '
    'style:data-style-name="N2"/></office:automatic-styles>'
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('office:value-type="percentage" office:value="0.1"><text:p>10%</text:p>', "10%"),
        ('table:style-name="ce1" office:value-type="date" office:date-value="2017-01-01">', "2017-01"),
        ('table:style-name="ce2" office:value-type="date" office:date-value="2017-01-01">', "2017-01-01"),
    ],
)
def test_an_open_document_cell_is_read_as_it_is_shown(cell: str, text: str) -> None:
    made = changed(ods({"S": ROWS}), ODS, EMPTY["ods"], f"<table:table-cell {cell}</table:table-cell>")
    made = changed(made, ODS, "<office:body>", f"{STYLES}<office:body>")
    found = read_table(RawFile(name="t.ods", data=made))
    assert isinstance(found, Table), found.sentence()
    assert found.rows[2].cells[2] == text


def test_an_open_document_cell_without_a_style_has_that_of_its_column() -> None:
    cell = '<table:table-cell office:value-type="date" office:date-value="2017-01-01"/>'
    made = changed(ods({"S": ROWS}), ODS, EMPTY["ods"], cell)
    made = changed(made, ODS, "<office:body>", f"{STYLES}<office:body>")
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name='
    )
    made = changed(made, ODS, "<table:table-row>", f'{columns}"ce1"/><table:table-row>')
    found = read_table(RawFile(name="t.ods", data=made))
    assert isinstance(found, Table), found.sentence()
    assert found.rows[2].cells[2] == "2017-01"


@pytest.mark.parametrize("kind", [xlsx, ods])
def test_numbers_that_a_spreadsheet_cannot_hold_are_told_with_their_cell(
    kind: Callable[[Mapping[str, Sequence[Sequence[str | float | None]]]], bytes],
) -> None:
    found = read_table(
        RawFile(name=f"t.{kind.__name__}", data=kind({"S": [*ROWS, ["wells", 12345678901234567.0, 1.0]]}))
    )
    assert isinstance(found, Table), found.sentence()
    assert any("more than 15 digits" in note and "B4" in note for note in found.notes)


@pytest.mark.parametrize(
    ("kind", "part", "old", "new"),
    [
        ("ods", ODS, 'table:name="T"', 'table:namex="T"'),
        ("ods", ODS, 'table:name="T"', 'table:name=""'),
        ("ods", ODS, 'table:name="T"', 'table:name="S"'),
        ("ods", ODS, '<table:table table:name="T"', '<table:tablex table:name="T"'),
        ("xlsx", "xl/workbook.xml", '<sheet name="T"', '<sheetx name="T"'),
        ("xlsx", "xl/workbook.xml", '<sheet name="T"', '<sheet namex="T"'),
        ("xlsx", "xl/workbook.xml", '<sheet name="T"', '<sheet name=""'),
    ],
)
def test_a_sheet_that_its_file_does_not_name_is_never_passed_over(kind: str, part: str, old: str, new: str) -> None:
    sheets = {"S": ROWS, "T": ROWS}
    data = xlsx(sheets) if kind == "xlsx" else ods(sheets)
    assert read_workbook(RawFile(name=f"t.{kind}", data=data), 100) is not None
    made = changed(data, part, old, new)
    if new.startswith("<table:tablex"):
        made = changed(made, part, "</table:table></office:spreadsheet>", "</table:tablex></office:spreadsheet>")
    raw = RawFile(name=f"t.{kind}", data=made)
    assert read_workbook(raw, 100) is None
    found = read_table(raw)
    assert isinstance(found, Entry)
    assert "damaged" in found.why or "cannot be read" in found.why
