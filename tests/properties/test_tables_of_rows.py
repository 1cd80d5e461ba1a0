"""Tables of rows in every form that people save them in: read as they are, or refused in one sentence with a place.

No change of form changes what is read, and no damage ends in anything but a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goodoffices.errors import DatasetError, ForecastInputError, ScenarioFileError
from goodoffices.forecast import lineup_of
from goodoffices.formats.documents.pa_x import read_pax
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.position_tables.detect import read_positions
from goodoffices.formats.talks_file.ledger_csv import COLUMNS, read_ledger_table
from goodoffices.position_table import PositionTable
from spreadsheet_files import ods, xlsx

Rng = np.random.Generator
Cells = list[list[str]]

HEAD = ["issue", "actor", "position", "salience", "capability", "position_low", "position_high", "source"]
NAMES = [
    "North",
    "South",
    "The \u201cThird\u201d Way",
    "حكومة",
    "Sinn F\u00e9in",
    "a, b",
    'say "no"',
    "two\nlines",
    "Östliche",
]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"]


def table_of(rng: Rng) -> Cells:
    """Return a small tidy table."""
    rows = []
    for issue in ("wells", "road")[: rng.integers(1, 3)]:
        for name in rng.permutation(NAMES)[: rng.integers(1, 5)]:
            low, mid, high = sorted(rng.integers(0, 101, 3).tolist())
            rows.append(
                [
                    issue,
                    str(name),
                    str(mid),
                    f"0.{rng.integers(1, 10)}",
                    str(rng.integers(1, 9)),
                    str(low),
                    str(high),
                    "x",
                ]
            )
    return [HEAD, *rows]


def cell_text(cell: str, mark: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & {mark, '"', "\n", "\r"} else cell


def text_of(cells: Cells, mark: str = ",", end: str = "\n") -> str:
    return end.join(mark.join(cell_text(cell, mark) for cell in row) for row in cells) + end


def read(folder: Path, data: bytes, name: str = "table.csv") -> PositionTable:
    path = folder / name
    path.write_bytes(data)
    return read_positions(path)


def meaning(table: PositionTable) -> Any:
    """Return what a table says, whatever the order of its lines and columns."""
    return [replace(row, line=0) for row in table.rows], [replace(issue, line=0) for issue in table.issues]


def with_digits(rng: Rng, cell: str) -> str:
    zeros = DIGITS[rng.integers(len(DIGITS))]
    return "".join(zeros[int(char)] if char.isascii() and char.isdigit() else char for char in cell)


def marked(rng: Rng, cell: str) -> str:
    """Return a name with an invisible mark in it, or decomposed."""
    import unicodedata

    if rng.integers(3) == 0:
        return unicodedata.normalize("NFD", cell)
    at = int(rng.integers(len(cell) + 1))
    return cell[:at] + "\u200b\u200f\u200e\u2066\ufeff\u00ad"[rng.integers(6)] + cell[at:]


def harmless(rng: Rng, cells: Cells) -> bytes:
    """Return the table in another form that says the same."""
    order = rng.permutation(len(HEAD))
    cells = [[row[at] for at in order] for row in cells]
    head = cells[0]
    if rng.integers(2):
        cells = [head] + [
            [with_digits(rng, cell) if "position" in head[at] or head[at] in ("salience", "capability") else cell
             for at, cell in enumerate(row)] for row in cells[1:]
        ]  # fmt: skip
    if rng.integers(2):
        at = head.index("actor")
        cells = [head] + [[marked(rng, cell) if n == at else cell for n, cell in enumerate(row)] for row in cells[1:]]
    if rng.integers(2):
        cells = [[*row, ""] for row in cells]
    mark, end = ",;\t|"[rng.integers(4)], ("\n", "\r\n", "\r")[rng.integers(3)]
    text = text_of(cells, mark, end)
    text = text + end * int(rng.integers(3))
    text = text.removesuffix(end) if rng.integers(4) == 0 else text
    stated = (f"sep={mark}", f"SEP={mark}", f'"sep={mark}"')[rng.integers(3)]
    text = f"{stated}{end}{text}" if rng.integers(5) == 0 else text
    return ("\ufeff" * int(rng.integers(2)) + text).encode()


def test_two_thousand_forms_of_a_table_are_read_as_the_table(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    for _ in range(2_000):
        cells = table_of(rng)
        plain = read(tmp_path, text_of(cells).encode())
        assert [row.actor for row in plain.rows] == [" ".join(row[1].split()) for row in cells[1:]]
        data = harmless(rng, cells)
        assert meaning(read(tmp_path, data)) == meaning(plain), data


def harmful(rng: Rng, cells: Cells) -> tuple[bytes, str]:  # noqa: C901 - one branch for each kind of trap
    """Return the table with one thing that a program could misread, and a word of the sentence that refuses it."""
    cells = [list(row) for row in cells]
    at, line = int(rng.integers(len(HEAD))), int(rng.integers(1, len(cells)))
    kind = int(rng.integers(8))
    if kind == 0:
        for row in cells:
            row.append(row[at])
        return text_of(cells).encode(), "stands twice"
    if kind == 1:
        cells[0][at] = cells[0][at][:2] + cells[0][at][3:]
        return text_of(cells).encode(), "column"
    if kind == 2:
        cells[line][at] = "x" * int(rng.integers(100_001, 140_000))
        return text_of(cells).encode(), "more than 100,000 characters"
    if kind == 3:
        cells[line].append("more")
        return text_of(cells).encode(), "cells under"
    if kind == 4:
        text = text_of(cells)
        place = int(rng.integers(len(text)))
        return (text[:place] + "\x00\x01\x1a\x0b\x0c"[rng.integers(5)] + text[place:]).encode(), "control character"
    if kind == 5:
        return (text_of(cells) + '"open,1,2\n').encode(), "cannot be told apart"
    if kind == 6:
        cells[line][2] = ("1_0", "1,5", "12٣", "nan", "inf", "0x1", "1e999", "ten", "1 000", "½")[rng.integers(10)]
        return text_of(cells).encode(), "is not a number"
    return text_of(cells).encode("utf-16"), "UTF-16"


def test_a_thousand_tables_with_one_trap_are_refused_with_their_place(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    for _ in range(1_000):
        data, words = harmful(rng, table_of(rng))
        with pytest.raises(ForecastInputError) as refused:
            read(tmp_path, data)
        said = str(refused.value)
        assert words in said, said
        assert said.startswith("table.csv, ")
        assert "line" in said
        assert "column" in said


Reader = Callable[[RawFile], object]


def _ledgers(raw: RawFile) -> object:
    return read_ledger_table(raw, ledgers={"north": "n"}, areas={"hama": "hama"}, kept_as_stated={})


EXAMPLES: dict[str, tuple[str, Reader]] = {
    "ktab": ("Reform,test,2,1,\nActor,Description,Power,Pstn,Sal,\nA,first,10,30,40,\nB,second,20,60,50,\n",
             lambda raw: raw),
    "exchange": ("#/\thand\n#O\ttitle\n#A\tN\n#A\tS\n#P\tw\n#M\tw\t0\n#M\tw\t9\n"
                 "#D\tN\tw\t1\t0.5\t1\n#D\tS\tw\t9\t0.5\t1\n",
                 lambda raw: raw),
    "tidy": ("issue,actor,position,salience,capability\nw,a,1,1,1\nw,b,90,1,1\n", lambda raw: raw),
    "ledger": (",".join(COLUMNS) + "\n2017-01-22,1,North,Hama,1,,,1,A,\n", _ledgers),
    "pax": ("AgtId,Agt,Dat,Status,Part,ThrdPart\n7,Truce,24/01/2017,signed,A (signed); B,UN\n",
            lambda raw: read_pax(raw.data, name=raw.name)),
}  # fmt: skip


def damaged(rng: Rng, data: bytes) -> bytes:
    """Return bytes with a few of them changed, cut out, doubled or put elsewhere."""
    made = bytearray(data)
    for _ in range(int(rng.integers(1, 6))):
        at, kind = int(rng.integers(len(made) + 1)), int(rng.integers(5))
        piece = (b'"', b",", b"\n", b"\r", b"\t", b"\x00", b"-1e9", b"#D", b"\xff", "٣".encode(), b";", b"9" * 80)
        if kind == 0:
            made[at:at] = piece[rng.integers(len(piece))]
        elif kind == 1:
            del made[at : at + int(rng.integers(1, 9))]
        elif kind == 2 and at < len(made):
            made[at] = int(rng.integers(256))
        elif kind == 3:
            made[at:at] = made[at : at + int(rng.integers(1, 30))]
        else:
            made.reverse()
    return bytes(made)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_damaged_table_is_read_or_refused(tmp_path: Path, name: str) -> None:
    text, reader = EXAMPLES[name]
    rng = np.random.default_rng(3)
    n_read = 0
    for _ in range(800):
        data = damaged(rng, text.encode())
        try:
            if reader(RawFile(name="t.csv", data=data)) == RawFile(name="t.csv", data=data):
                lineup_of(read(tmp_path, data))
            n_read += 1
        except (ForecastInputError, DatasetError, ScenarioFileError) as error:
            assert 20 < len(str(error)) < 1_500
    assert n_read > 5


def sheet_of(cells: Cells) -> list[list[str | float | None]]:
    def value(cell: str) -> str | float | None:
        try:
            return float(cell)
        except ValueError:
            return cell or None

    return [[value(cell) for cell in row] for row in cells]


@pytest.mark.parametrize(("name", "write"), [("t.xlsx", xlsx), ("t.ods", ods)])
def test_a_spreadsheet_says_what_the_text_says(
    tmp_path: Path, name: str, write: Callable[[dict[str, Sequence[Sequence[str | float | None]]]], bytes]
) -> None:
    rng = np.random.default_rng(4)
    for _ in range(100):
        cells = [[cell.replace("\n", " ") for cell in row] for row in table_of(rng)]
        plain = read(tmp_path, text_of(cells).encode())
        sheet = read(tmp_path, write({"Positions": sheet_of(cells), "Notes": [["unread"]]}), name)
        assert meaning(sheet) == meaning(plain)
        assert sheet.notes == ("only the first sheet is read, not 'Notes'", "read as the sheet 'Positions'")


def test_a_spreadsheet_is_refused_by_sheet_and_cell(tmp_path: Path) -> None:
    head: list[str | float | None] = ["issue", "actor", "position", "salience", "capability"]
    rows: list[list[str | float | None]] = [head, ["w", "a", 10.0, 1.0, 1.0], ["w", "b", "about 90", 1.0, 1.0]]
    with pytest.raises(
        ForecastInputError, match=r"t\.xlsx, sheet 'Who stands where', cell C3, column 'position': 'about 90'"
    ):
        read(tmp_path, xlsx({"Who stands where": rows}), "t.xlsx")
    with pytest.raises(ForecastInputError, match=r"sheet 'S', cell F1: the column 'capability' stands twice"):
        read(tmp_path, xlsx({"S": [[*head, "capability"], *rows[1:]]}), "t.xlsx")
    shown = read(tmp_path, xlsx({"Old": [["x"]], "S": [head, ["w", "a", 10.0, 1.0, 1.0]]}, hidden=["Old"]), "t.xlsx")
    assert [row.actor for row in shown.rows] == ["a"]


def test_a_damaged_spreadsheet_is_read_or_refused(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    cells = sheet_of(table_of(rng))
    for name, data in (("t.xlsx", xlsx({"S": cells})), ("t.ods", ods({"S": cells}))):
        for _ in range(400):
            made = bytearray(data)
            for at in rng.integers(4, len(made), int(rng.integers(1, 20))):
                made[at] = int(rng.integers(256))
            try:
                read(
                    tmp_path, bytes(made[: int(rng.integers(1, len(made) + 1))] if rng.integers(4) == 0 else made), name
                )
            except ForecastInputError as error:
                assert name in str(error)
