"""From the bytes of a spreadsheet to rows by heading: which sheets and columns there are, and what is not a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.spreadsheets import SheetRow
from goodoffices.formats.input.workbooks import WorkbookSheet, read_workbook
from goodoffices.formats.talks_sheets.columns import (
    EXAMPLE_ROW,
    EXPLAINED_ROW,
    FIRST_ROW,
    HEADING_ROW,
    MOST_ROWS,
    START,
    SheetForm,
)
from goodoffices.formats.talks_sheets.columns_of_exercise import EVERY_SHEET
from goodoffices.formats.talks_sheets.problems import Problem, problem
from goodoffices.formats.talks_sheets.template import explained_cell
from goodoffices.names import comparable, nearest_word

_FORMS = (START, *EVERY_SHEET)
_NEEDED = ("Start", "Actors", "Seats")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """A cell as text, with its place.

    ``is_day``: the spreadsheet program holds a day there. ``is_broken``: what is wrong was told; nothing more is said.
    """

    text: str
    sheet: str
    line: int
    at: int
    is_day: bool = False
    is_broken: bool = False

    def problem(self, code: str, /, **values: object) -> Problem:
        """Return what is wrong with this cell."""
        return problem(code, self.sheet, self.line, self.at, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """A row that somebody filled in: its cells by heading, empty ones too."""

    line: int
    cells: Mapping[str, FilledCell]

    def __getitem__(self, heading: str) -> FilledCell:
        return self.cells[heading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of each sheet, *Start* with one row, and what was found wrong; ``unread`` are other sheets.

    ``nameless`` are the sheets whose names could not be read: what refers to them is not told besides.
    """

    rows: Mapping[str, tuple[FilledRow, ...]]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    nameless: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Found:
    """What is collected while the sheets are gone through."""

    sheets: dict[str, WorkbookSheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_grid(raw: RawFile) -> Grid:
    """Return the filled rows of a spreadsheet; every sheet is looked at, and everything wrong is told at once."""
    book = read_workbook(raw, MOST_ROWS)
    if book is None:
        return Grid(rows={}, problems=(problem("unreadable", file=raw.name),))
    found = _by_name(book)
    if not any(name in found.sheets for name in _NEEDED):
        return Grid(rows={}, problems=(problem("other", file=raw.name),))
    found.problems += [problem("no-sheet", sheet=name) for name in _NEEDED if name not in found.sheets]
    rows = {form.name: tuple(_rows(form, found)) for form in _FORMS if form.name in found.sheets}
    for form in _FORMS:
        rows.setdefault(form.name, ())
    return Grid(
        rows=rows,
        problems=tuple(found.problems),
        unread=tuple(found.unread),
        nameless=frozenset(_nameless(found.problems)),
    )


def _nameless(problems: Sequence[Problem]) -> Iterator[str]:
    uniques = {form.name: form.unique for form in EVERY_SHEET}
    for one in problems:
        values = dict(one.values)
        if one.code == "too-long" or (one.code == "no-heading" and values["heading"] == uniques.get(one.sheet)):
            yield one.sheet
        elif one.code in ("no-sheet", "near-sheet"):
            yield values["sheet" if one.code == "no-sheet" else "near"]


def _by_name(book: tuple[WorkbookSheet, ...]) -> _Found:
    found, known = _Found(), {form.name.casefold(): form.name for form in _FORMS}
    for sheet in book:
        name = known.get(comparable(sheet.name).casefold())
        if name is None and comparable(sheet.name).casefold() != "lists":
            found.unread.append(sheet.name)
        elif name in found.sheets:
            found.problems.append(problem("sheet-twice", sheet=name))
        elif name is not None:
            found.sheets[name] = sheet
    for other in list(found.unread):
        near = nearest_word(other, [name for name in known.values() if name not in found.sheets])
        if near is not None and any(sheet.name == other and sheet.n_rows for sheet in book):
            found.problems.append(problem("near-sheet", found=other, near=near))
            found.unread.remove(other)
    return found


def _rows(form: SheetForm, found: _Found) -> Iterator[FilledRow]:
    """Yield the filled rows of a sheet, and note what is wrong with the sheet itself."""
    sheet = found.sheets[form.name]
    if sheet.n_rows and not sheet.rows:
        sizes = {"n": f"{sheet.n_rows:,}", "columns": f"{sheet.n_columns:,}", "most": f"{MOST_ROWS:,}"}
        found.problems.append(problem("too-long", form.name, **sizes))
        return
    found.problems += [problem("merged", form.name, line, at) for line, at in sheet.merged]
    if sheet.unread is not None and sheet.unread not in sheet.formulas:
        found.problems.append(problem("strange-cell", form.name, *sheet.unread))
    if form is START:
        yield from _start_row(sheet, found)
        return
    index = _columns(form, sheet, found)
    found.problems += _above(form, sheet, index)
    found.problems += _strangers(form, sheet, index)
    for row in sheet.rows[FIRST_ROW - 1 :]:
        if any(comparable(cell) for cell in row.cells):
            yield _filled(form, sheet, row.line, {h: (row.line, at) for h, at in index.items()}, found)


def _columns(form: SheetForm, sheet: WorkbookSheet, found: _Found) -> dict[str, int]:
    """Return the place of each heading. One that is missing stands nowhere: its cells count as empty."""
    known = {column.heading.casefold(): column.heading for column in form.columns}
    index: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    for at, text in enumerate(sheet.rows[HEADING_ROW - 1].cells if sheet.rows else ()):
        plain = comparable(text)
        heading = known.get(plain.casefold())
        if heading is None and plain:
            unknown.append((at, plain))
        elif heading in index:
            found.problems.append(problem("heading-twice", form.name, HEADING_ROW, at, found=heading))
        elif heading is not None:
            index[heading] = at
    missing = [column.heading for column in form.columns if column.heading not in index]
    for at, plain in unknown:
        near = nearest_word(plain, missing)
        code = "heading" if near is None else "near-heading"
        found.problems.append(problem(code, form.name, HEADING_ROW, at, found=plain, near=near))
        missing = [heading for heading in missing if heading != near]
    needed = [heading for heading in missing if form.column(heading).needed]
    found.problems += [problem("no-heading", form.name, heading=heading) for heading in needed]
    return index


def _above(form: SheetForm, sheet: WorkbookSheet, index: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what people wrote over the explanations and the example: these rows are never read."""
    explained = {column.heading: explained_cell(column) for column in form.columns}
    examples = {column.heading: column.example for column in form.columns}
    for line, code, right in ((EXPLAINED_ROW, "explained", explained), (EXAMPLE_ROW, "example", examples)):
        cells = sheet.rows[line - 1].cells if len(sheet.rows) >= line else ()
        for heading, at in index.items():
            text = cells[at].strip() if at < len(cells) else ""
            if text and comparable(text) != comparable(right[heading]):
                yield problem(code, form.name, line, at, found=text)
                break


def _strangers(form: SheetForm, sheet: WorkbookSheet, index: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the first cell that stands under no heading, of each column.

    Under a heading that is not known, the heading is told; and where a needed one is missing, that it is missing.
    """
    headings = sheet.rows[HEADING_ROW - 1].cells if sheet.rows else ()
    told = {at for at, text in enumerate(headings) if comparable(text)}
    told |= {at for at, column in enumerate(form.columns) if column.needed and column.heading not in index}
    for row in sheet.rows[FIRST_ROW - 1 :]:
        for at, text in enumerate(row.cells):
            if at not in told and comparable(text):
                told.add(at)
                yield problem("under-nothing", form.name, row.line, at, found=text.strip())


def _start_row(sheet: WorkbookSheet, found: _Found) -> Iterator[FilledRow]:
    """Yield the one row of *Start*, whose headings stand in column A and whose cells in column B."""
    known = {column.heading.casefold(): column.heading for column in START.columns}
    places: dict[str, tuple[int, int]] = {}
    for row in sheet.rows[FIRST_ROW - 1 :]:
        plain = comparable(row.cells[0]) if row.cells else ""
        heading = known.get(plain.casefold())
        if heading is None and plain:
            near = nearest_word(plain, [name for name in known.values() if name not in places])
            code = "heading" if near is None else "near-heading"
            found.problems.append(problem(code, START.name, row.line, 0, found=plain, near=near))
        elif heading in places:
            found.problems.append(problem("heading-twice", START.name, row.line, 0, found=heading))
        elif heading is not None:
            places[heading] = (row.line, 1)
        found.problems += _beside(heading, row)
    missing = [column.heading for column in START.columns if column.needed and column.heading not in places]
    found.problems += [problem("no-heading", START.name, heading=heading) for heading in missing]
    yield _filled(START, sheet, FIRST_ROW, places, found)


def _beside(heading: str | None, row: SheetRow) -> Iterator[Problem]:
    """Yield what stands in a row of *Start* beside column B, but for the explanation and the example."""
    told = set() if heading is None else {START.column(heading).explained, START.column(heading).example}
    first = 1 if heading is None and not comparable("".join(row.cells[:1])) else 2
    for at, text in enumerate(row.cells[first:], start=first):
        if comparable(text) and comparable(text) not in map(comparable, told):
            yield problem("under-nothing", START.name, row.line, at, found=text.strip())
            return


def _filled(
    form: SheetForm, sheet: WorkbookSheet, line: int, places: Mapping[str, tuple[int, int]], found: _Found
) -> FilledRow:
    """Return a row by heading; formulas, control characters and texts that are too long are noted and left out."""
    cells = {}
    for at, column in enumerate(form.columns):
        row, place = places.get(column.heading, (line, at))
        held = sheet.rows[row - 1].cells if column.heading in places and row <= len(sheet.rows) else ()
        text = held[place].strip() if place < len(held) else ""
        cell = FilledCell(text=text, sheet=form.name, line=row, at=place, is_day=(row, place) in sheet.days)
        wrong = _wrong(cell, column.longest, is_formula=(row, place) in sheet.formulas)
        if wrong is not None:
            found.problems.append(wrong)
        is_broken = wrong is not None or column.heading not in places
        cells[column.heading] = replace(cell, text="", is_broken=True) if is_broken else cell
    return FilledRow(line=line, cells=cells)


def _wrong(cell: FilledCell, longest: int, *, is_formula: bool) -> Problem | None:
    if is_formula:
        return cell.problem("formula")
    if _CONTROL.search(cell.text):
        return cell.problem("control")
    return cell.problem("long-cell", n=len(cell.text), most=longest) if len(cell.text) > longest else None
