"""Tables of rows: the one reader of comma-separated and similar text, and of the first sheet of a spreadsheet.

Line ends of every kind are read. What a program would misread in silence is refused with its place: a NUL or another
control character, a cell that is too long, quotation marks that do not close, a column that stands twice.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, Place, listed_words
from goodoffices.formats.input.files import RawFile, text_of
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.input.sheet_cells import cell_name
from goodoffices.formats.input.spreadsheets import FIRST_SHEET, first_sheet, is_spreadsheet
from goodoffices.names import comparable, nearest_word
from goodoffices.phrases.phrase import Phrase

_SLIP = 0.85
"""Names as alike as this differ by a slip of the pen in one or two letters, in words of the usual length."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_AT_ONCE = 2**18
_STATED = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
"""A first line by which spreadsheet programs state the mark between cells."""
_READ_AS = {
    ",": Phrase("UTF-8 with commas between cells"),
    ";": Phrase("UTF-8 with semicolons between cells"),
    "\t": Phrase("UTF-8 with tabs between cells"),
    "|": Phrase("UTF-8 with bars between cells"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a program writes its tables.

    ``delimiters`` are the marks that may stand between cells; the one under which the first row has most of
    ``columns`` is taken. Lines that begin with one of ``comments`` are left out.
    """

    delimiters: str = ",;\t|"
    quote: str = '"'
    columns: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    has_blanks_after_marks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one row. ``line`` is where it begins, from 1; ``raw`` is the row as written, empty in a sheet."""

    cells: tuple[str, ...]
    line: int
    raw: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no cell has anything in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows of a file that are not blank, with what was read: ``delimiter`` (empty for a sheet) and ``sheet``."""

    file: str
    rows: tuple[Row, ...]
    delimiter: str = ""
    quote: str = '"'
    sheet: str = ""
    notes: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """How the file was read, as a sentence says it."""
        return Phrase("the sheet {sheet}", sheet=repr(self.sheet)) if self.sheet else _READ_AS[self.delimiter]

    def place(self, row: Row, index: int) -> Place:
        """Return where a cell stands, by its number in the row from 0."""
        if self.sheet:
            cell = cell_name(row.line, index)
            return Place(
                file=Phrase("{file}, sheet {sheet}, cell {cell}", file=self.file, sheet=repr(self.sheet), cell=cell)
            )
        line, column = _position(row.raw, index, self.delimiter, self.quote)
        return Place(file=self.file, line=row.line + line, column=column)

    def where(self, row: Row, index: int | None = None) -> str:
        """Return in words where a row or one of its cells stands, without the name of the file."""
        if not self.sheet:
            return f"line {row.line}"
        return f"sheet {self.sheet!r}, " + (
            f"row {row.line}" if index is None else f"cell {cell_name(row.line, index)}"
        )

    def refusal(self, row: Row, index: int, kind: str, words: tuple[str, str, str], found: str = "") -> Entry:
        """Return what is wrong with a cell: why, what would be right, what to do."""
        why, right, remedy = words
        return Entry(
            grade=Grade.REFUSAL, kind=kind, place=self.place(row, index), why=why, right=right, remedy=remedy,
            found=found[:80],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedTable:
    """A table whose first row names its columns; ``index`` says where each stands, ``rows`` are those under it."""

    table: Table
    index: dict[str, int]
    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()

    def cell(self, row: Row, column: str) -> str:
        """Return a cell without blanks around it; empty if the row or the table lacks it."""
        at = self.index.get(column)
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def n_missing(self, row: Row) -> int:
        """Return how many cells a row of a text has too few; sheets fill their rows up."""
        return 0 if self.table.sheet else max(0, max(self.index.values(), default=-1) + 1 - len(row.cells))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the table: other sheets, columns that are not read, rows that end early."""
        notes = [*self.table.notes]
        if self.unread:
            notes.append(f"columns that are not read: {', '.join(self.unread)}")
        short = [f"line {row.line}" for row in self.rows if self.n_missing(row)]
        if short:
            notes.append(f"rows with fewer cells than there are columns; the rest counts as empty: {some_of(short)}")
        return tuple(notes)


def some_of(names: Sequence[str], most: int = 5) -> str:
    """Return names with commas, and how many more there are than ``most``."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def read_table(raw: RawFile, form: Form = Form(), *, limits: Limits = LIMITS, sheet_name: str = "") -> Table | Entry:
    """Return the rows of a file, or what is wrong with it at the first wrong place.

    ``sheet_name`` is the sheet that is read of a spreadsheet; by default the first.
    """
    if is_spreadsheet(raw):
        sheet = first_sheet(raw, limits, sheet_name)
        if isinstance(sheet, Entry):
            return sheet
        rows = tuple(Row(cells=row.cells, line=row.line) for row in sheet.rows if any(row.cells))
        table = Table(file=raw.name, rows=rows, sheet=sheet.name or "without a name", notes=sheet.notes)
        if (unread := sheet.unread) is not None:
            line, at = unread.cell
            return table.refusal(Row(cells=(), line=line), at, "table-cells", (unread.why, "", unread.remedy))
        return _wrong_cell(table, limits) or table
    text = text_of(raw)
    if isinstance(text, Entry):
        return text
    for mark in _LINE_ENDS:
        text = text.replace(mark, "\n")
    # In parts, since nothing else of the program goes on during a search: a large file takes a tenth of a second.
    parts = (_CONTROL.search(text, begin, begin + _AT_ONCE) for begin in range(0, len(text), _AT_ONCE))
    wrong = next((found for found in parts if found is not None), None)
    if wrong is not None:
        return _control(raw.name, text, wrong)
    return _parsed(raw.name, text, form, limits)


def _control(name: str, text: str, wrong: re.Match[str]) -> Entry:
    before = text[: wrong.start()]
    place = Place(file=name, line=before.count("\n") + 1, column=len(before) - (before.rfind("\n") + 1) + 1)
    why = Phrase("this is the control character U+{wrong}.", wrong=format(ord(wrong[0]), "04X"))
    return Entry(
        grade=Grade.REFUSAL, kind="table-cells", place=place, why=why,
        right=Phrase('A table holds text.'), remedy=Phrase('Delete it, or save the table again.'), found=wrong[0],
    )  # fmt: skip


def _parsed(name: str, text: str, form: Form, limits: Limits) -> Table | Entry:
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    stated = _STATED.fullmatch(lines[0])
    if stated is not None and stated[1] in _READ_AS:
        form, lines[0] = replace(form, delimiters=stated[1]), "\n"
    delimiter = _delimiter(next((line for line in lines if line.strip()), ""), form)
    table = Table(file=name, rows=(), delimiter=delimiter, quote=form.quote)
    rows: list[Row] = []
    try:
        for row in _rows(lines, delimiter, form):
            if not row.is_blank:
                rows.append(row)
    except _BrokenRowError as error:
        return _broken(table, error, limits)
    found = replace(table, rows=tuple(rows))
    return _wrong_cell(found, limits) or found


class _BrokenRowError(Exception):
    """A row that cannot be divided into cells; the row as far as it was read, and why."""

    def __init__(self, why: str, row: Row) -> None:
        super().__init__(why)
        self.row = row


def _rows(lines: Sequence[str], delimiter: str, form: Form) -> Iterator[Row]:
    kept = [(n, line) for n, line in enumerate(lines, start=1) if not line.lstrip(" '\"").startswith(form.comments)]
    table = csv.reader(
        (line for _, line in kept), delimiter=delimiter, quotechar=form.quote, strict=True,
        skipinitialspace=form.has_blanks_after_marks,
    )  # fmt: skip
    begun = 0
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            raw = "".join(line for _, line in kept[begun : table.line_num])
            raise _BrokenRowError(str(error), Row(cells=(), line=kept[begun][0], raw=raw)) from error
        raw = "".join(line for _, line in kept[begun : table.line_num])
        yield Row(cells=tuple(cells), line=kept[begun][0], raw=raw.removesuffix("\n"))
        begun = table.line_num


def _delimiter(first: str, form: Form) -> str:
    """Return the mark under which the first line has most of the known columns, else most cells; the first of a tie."""
    known = {comparable(column) for column in form.columns}

    def score(mark: str) -> tuple[int, int]:
        cells = [comparable(cell.strip(f" {form.quote}\n")) for cell in first.split(mark)]
        return sum(cell in known for cell in cells), len(cells)

    return max(form.delimiters, key=score)


def _broken(table: Table, error: _BrokenRowError, limits: Limits) -> Entry:
    row = error.row
    if "field larger" in str(error):
        return _too_long(table, row, _longest(row.raw, table), limits)
    n_marks = row.raw.count(table.quote)
    words = (
        Phrase("the cells of this row cannot be told apart ({read_as}).", read_as=table.read_as),
        Phrase("Quotation marks stand around a whole cell, and are doubled inside it."),
        Phrase("Close them.") if n_marks % 2 else Phrase("Correct the quotation marks."),
    )
    return table.refusal(row, 0, "table-cells", words)


def _longest(raw: str, table: Table) -> int:
    lengths = [len(part) for part in raw.split(table.delimiter)]
    return lengths.index(max(lengths))


def _too_long(table: Table, row: Row, index: int, limits: Limits) -> Entry:
    words = (
        Phrase(
            "this cell has more than {cell_characters} characters.", cell_characters=format(limits.cell_characters, ",")
        ),
        "",
        Phrase("Shorten it, or close the quotation marks before it."),
    )
    return table.refusal(row, index, "too-large", words)


def _wrong_cell(table: Table, limits: Limits) -> Entry | None:
    """Return what is wrong with the first cell or row that is too large, if there is one."""
    if len(table.rows) > limits.rows:
        why = Phrase("there are more than {rows} rows.", rows=format(limits.rows, ","))
        words = (why, "", Phrase("Divide the table."))
        return table.refusal(table.rows[limits.rows], 0, "too-large", words)
    for row in table.rows:
        if len(row.cells) > limits.columns:
            why = Phrase("this row has more than {columns} cells.", columns=format(limits.columns, ","))
            words = (why, "", Phrase("Leave columns out."))
            return table.refusal(row, limits.columns, "too-large", words)
        if max(map(len, row.cells)) > limits.cell_characters:
            index = max(range(len(row.cells)), key=lambda at: len(row.cells[at]))
            return _too_long(table, row, index, limits)
        for index, cell in enumerate(row.cells if table.sheet else ()):
            if (wrong := _CONTROL.search(cell)) is not None:
                why = Phrase("this cell holds the control character U+{wrong}.", wrong=format(ord(wrong[0]), "04X"))
                words = (why, Phrase("A table holds text."), Phrase("Delete it."))
                return table.refusal(row, index, "table-cells", words)
    return None


def _position(raw: str, index: int, delimiter: str, quote: str) -> tuple[int, int]:
    """Return the line, from 0, and the column, from 1, at which the cell ``index`` of a row as written begins."""
    n_cells, line, begin, is_quoted = 0, 0, 0, False
    for at, char in enumerate(raw):
        if n_cells == index:
            return line, at - begin + 1
        if char == quote:
            is_quoted = not is_quoted
        elif char == delimiter and not is_quoted:
            n_cells += 1
        if char == "\n":
            line, begin = line + 1, at + 1
    return line, len(raw) - begin + 1


def with_columns(
    table: Table, *, needed: Collection[str], known: Collection[str], must_be_known: bool = False
) -> HeadedTable | Entry:
    """Return a table by its columns, or what is wrong with the row that names them, or with the number of cells.

    Columns are compared without invisible characters and blanks around them. A column that is not known is refused if
    it is a slip for a known one, or if ``must_be_known``; else it stands in ``unread``, since it was not read.
    """
    if not table.rows:
        return _no_column(table, Row(cells=(), line=1), next(iter(needed), ""), needed)
    head = table.rows[0]
    names = [comparable(name) for name in head.cells]
    width = max((at + 1 for at, name in enumerate(names) if name), default=0)
    index: dict[str, int] = {}
    unread: list[str] = []
    for at, name in enumerate(names[:width]):
        wrong = _wrong_column(table, at, name, index, known, must_be_known)
        if wrong is not None:
            return wrong
        index[name] = at
        if name not in known:
            unread.append(name)
    missing = next((name for name in needed if name not in index), None)
    if missing is not None:
        return _no_column(table, head, missing, needed)
    return _too_many_cells(table, width) or HeadedTable(
        table=table, index=index, rows=table.rows[1:], unread=tuple(unread)
    )


def _wrong_column(
    table: Table, at: int, name: str, index: dict[str, int], known: Collection[str], must_be_known: bool
) -> Entry | None:
    head = table.rows[0]
    if not name:
        why, right = Phrase("this column has no name."), Phrase("Every column is named in the first row.")
        words = (why, right, Phrase("Name it, or delete it."))
        return table.refusal(head, at, "table-columns", words)
    if name in index:
        why, right = Phrase("the column {name} stands twice.", name=repr(name)), Phrase("Each column stands once.")
        words = (why, right, Phrase("Delete or rename one of the two."))
        return table.refusal(head, at, "table-columns", words, name)
    free = [word for word in known if word not in index]
    near = None if name in known else nearest_word(name, free)
    if name in known or not (must_be_known or slip_for(name, free)):
        return None
    words = (
        Phrase("unknown column {name}.", name=repr(name)),
        Phrase("Known: {known}.", known=listed_words(tuple(known))),
        Phrase("Correct it, or delete the column."),
    )
    return replace(table.refusal(head, at, "table-columns", words, name), known=tuple(known), nearest=near)


def slip_for(name: str, known: Collection[str]) -> str | None:
    """Return the name of a column that ``name`` is a slip of the pen for, if there is one."""
    near = nearest_word(name, known)
    return near if near is not None and SequenceMatcher(None, name, near).ratio() >= _SLIP else None


def _no_column(table: Table, head: Row, missing: str, needed: Collection[str]) -> Entry:
    found = ", ".join(cell.strip()[:40] for cell in head.cells[:20]) or "none"
    # Of a file with several sheets the one that is meant may be another.
    sheets = next((note for note in table.notes if note.startswith(FIRST_SHEET)), "")
    words = (
        Phrase("the column {missing} is missing.", missing=repr(missing)),
        Phrase("Needed are {names}; found {found} (read as {read_as}).", names=", ".join(needed), found=found,
               read_as=table.read_as),
        Phrase("Add it, or name it so.")
        if not sheets
        else Phrase("Add it, or move the sheet that is meant to the front: {sheets}.", sheets=sheets),
    )  # fmt: skip
    return table.refusal(head, 0, "table-columns", words, missing)


def _more_cells(n_cells: int, n_columns: int) -> Phrase:
    if n_columns == 1:
        return Phrase("{n} cells under 1 column.", n=str(n_cells))
    return Phrase("{n} cells under {n_columns} columns.", n=str(n_cells), n_columns=str(n_columns))


def _too_many_cells(table: Table, width: int) -> Entry | None:
    for row in table.rows[1:]:
        beyond = next((at for at, cell in enumerate(row.cells) if at >= width and cell.strip()), None)
        if beyond is not None:
            # A title above the names of the columns is the usual cause in a sheet; quotation marks mean nothing there.
            remedy = (Phrase("Delete what stands above the row of column names, and beside the table.") if table.sheet
                      else Phrase("Put quotation marks around a cell that holds a mark between cells."))  # fmt: skip
            return table.refusal(row, beyond, "table-cells", (_more_cells(len(row.cells), width), "", remedy))
    return None
