"""The cells of a sheet as the file has them, to hold against what the library read.

The library gives an empty cell for an error such as ``#N/A``, for a formula that was never worked out, and for what it
does not know. Without this second look such a cell would be lost without a word.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from goodoffices.data_class import dataclass
from goodoffices.formats.input.files import RawFile
from goodoffices.phrases.phrase import Phrase

Cell = tuple[int, int]
"""A cell by its row, from 1, and its column, from 0."""
BROKEN = (
    DefusedXmlException, ParseError, ExpatError, KeyError, zipfile.BadZipFile, ValueError, EOFError,
    NotImplementedError, zlib.error,
)  # fmt: skip
"""What a damaged file raises here."""
_MOST_COLUMNS = 1_024
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORDS = ("p", "h", "span")
_AROUND_CELLS = ("spreadsheet", "table", "table-row", "table-rows", "table-header-rows", "table-row-group")
_VALUES = frozenset({"value", "date-value", "time-value", "boolean-value", "string-value"})
_SPECIAL = re.compile(rb"""<f[ />]|<\w+:|t=["']e["']|<!|</t>\s*<t""")
"""What a sheet of plain values lacks: formulas, other namespaces, errors, declarations, remarks, divided texts."""
_NO_TEXT = re.compile(rb"""<c [^>]*t=["']s["'][^>]*>\s*<v>\s*-""")
"""A cell that names a text before the first of those that all sheets share: the library takes the first."""
_HIDDEN = re.compile(rb"""<(?:row|col) [^>]*hidden=["'](?:1|true)["']""")
_HIDDEN_ODS = re.compile(rb"""<table:table-(?:row|column) [^>]*table:visibility=["'](?:collapse|filter)["']""")
_PLAIN = re.compile(rb"<c[ >][^<]*(?:<v>|<is>)")
_NO_RESULT = (
    Phrase("this cell holds a formula without a result."),
    Phrase("Open the file in a spreadsheet program and save it again, or type the value."),
)
_STRANGE = (Phrase("this cell holds something that cannot be read."), Phrase("Type its value again."))
_TWICE = (
    Phrase("this cell stands twice in the file, or holds two things."),
    Phrase("Save the file again in a spreadsheet program."),
)
_OUTSIDE = (
    Phrase("there are words beside the cells of this sheet."),
    Phrase("Save the file again in a spreadsheet program."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCell:
    """A cell whose content was not read, why not, and what to do."""

    cell: Cell
    why: str
    remedy: str


@dataclass(slots=True)
class SheetCells:
    """What one sheet has: its filled cells with what an error in them says, formulas, merged cells, doubled cells.

    ``styles`` are those of cells with a number: in ``.xlsx`` by their place, in ``.ods`` by name, or *percent*.
    """

    filled: dict[Cell, str] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)
    merged: list[Cell] = field(default_factory=list)
    styles: dict[Cell, str] = field(default_factory=dict)
    twice: list[Cell] = field(default_factory=list)
    outside: Cell | None = None

    def add(self, cell: Cell, error: str, *, is_formula: bool, is_filled: bool) -> None:
        """Take down a cell."""
        if is_formula:
            self.formulas.add(cell)
        if is_filled:
            if cell in self.filled:
                self.twice.append(cell)
            self.filled[cell] = error


def sheet_cells(raw: RawFile, name: str) -> SheetCells:
    """Return the cells of the sheet ``name`` of a file.

    Raises
    ------
    KeyError, ValueError, ParseError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        parts = set(packed.namelist())
        if "content.xml" in parts and "xl/workbook.xml" not in parts:
            with packed.open("content.xml") as part:
                return _of_ods(part, name)
        _check_shared(packed)
        with packed.open(part_of(packed, name)) as part:
            return _of_xlsx(part)


def has_hidden(raw: RawFile, name: str) -> bool:
    """Say whether rows or columns of the sheet ``name`` are hidden, by hand or by a filter. They are read all the same.

    Raises
    ------
    KeyError, ValueError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        if "xl/workbook.xml" in packed.namelist():
            return _HIDDEN.search(packed.read(part_of(packed, name))) is not None
        content = packed.read("content.xml")
    begins = content.find(f'table:name="{escape(name)}"'.encode())
    return _HIDDEN_ODS.search(content, max(begins, 0), content.find(b"</table:table>", begins)) is not None


def unread_cell(raw: RawFile, name: str, rows: Sequence[Sequence[str]]) -> UnreadCell | None:
    """Return the first cell of the sheet ``name`` that the file fills and ``rows`` have empty; none if all was read.

    Where the numbers of values agree and nothing is an error or a formula, no cell is looked at: a large table is read
    many times as fast.

    Raises
    ------
    KeyError, ValueError, ParseError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    n_read = sum(cell != "" for row in rows for cell in row)
    return None if _n_plain_values(raw, name) == n_read else first_unread(sheet_cells(raw, name), rows)


def _n_plain_values(raw: RawFile, name: str) -> int:
    """Count the values of an ``.xlsx`` sheet in which nothing else stands; -1 for any other sheet."""
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            return -1
        data = packed.read(part_of(packed, name))
        _check_shared(packed)
    _check_form(data)
    if _NO_TEXT.search(data):
        raise ValueError("a cell names a text that is not there")
    n_values = data.count(b"<v>") + data.count(b"<is>")
    return n_values if not _SPECIAL.search(data) and len(_PLAIN.findall(data)) == n_values else -1


def _check_shared(packed: zipfile.ZipFile) -> None:
    for name in {"xl/sharedStrings.xml", "xl/styles.xml"} & set(packed.namelist()):
        _check_form(packed.read(name))


def _check_form(data: bytes) -> None:
    """Raise one of ``BROKEN`` if a part is not well-formed XML, or declares entities; the library reads on."""
    parser = ParserCreate()
    parser.EntityDeclHandler = _refuse_entity
    parser.Parse(data, True)


def _refuse_entity(*_: object) -> None:
    raise ValueError("a sheet declares entities")


def first_unread(found: SheetCells, rows: Sequence[Sequence[str]]) -> UnreadCell | None:
    """Return the first cell that the file fills and ``rows``, from row 1 on, have empty; none if all was read."""
    if found.twice:
        return UnreadCell(cell=min(found.twice), why=_TWICE[0], remedy=_TWICE[1])
    lost = [cell for cell in found.filled if not _is_read(rows, cell)]
    if lost:
        cell = min(lost)
        error = found.filled[cell]
        if error:
            held = Phrase("this cell holds the error {error}.", error=error[:20])
            return UnreadCell(cell=cell, why=held, remedy=Phrase("Correct the formula, or empty the cell."))
        why, remedy = _NO_RESULT if cell in found.formulas else _STRANGE
        return UnreadCell(cell=cell, why=why, remedy=remedy)
    if found.outside is not None:
        return UnreadCell(cell=found.outside, why=_OUTSIDE[0], remedy=_OUTSIDE[1])
    return None


def _is_read(rows: Sequence[Sequence[str]], cell: Cell) -> bool:
    line, at = cell
    return 0 < line <= len(rows) and at < len(rows[line - 1]) and rows[line - 1][at] != ""


@lru_cache(maxsize=256)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _local(element: Element) -> str:
    return _name(str(element.tag))


def part_of(packed: zipfile.ZipFile, name: str) -> str:
    """Return the name of the part of a packed ``.xlsx`` file that holds the sheet ``name``; ``KeyError`` if none.

    ``ValueError`` if one of several sheets has no name, or the list of sheets lacks one: the library drops it.
    """
    relations = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    sheets = {relation.get("Id", "") for relation in relations if relation.get("Type", "").endswith("/worksheet")}
    names: dict[str, str] = {}
    for sheet in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter():
        if _local(sheet) == "sheet":
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            names.setdefault(sheet.get("name", ""), relation)
    if ("" in names and len(names) > 1) or not sheets <= set(names.values()):
        raise ValueError("a sheet has no name of its own")
    target = str(targets[names[name]])
    return target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def cell_of(reference: str) -> Cell:
    """Return a cell by its reference.

    Examples
    --------
    >>> cell_of("AB12")
    (12, 27)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference[:20])
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def cell_name(line: int, index: int) -> str:
    """Return the name of a cell in a sheet.

    Examples
    --------
    >>> cell_name(14, 3), cell_name(1, 27)
    ('D14', 'AB1')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


def _of_xlsx(part: IO[bytes]) -> SheetCells:
    found, line, at, is_inside = SheetCells(), 0, -1, False
    for event, element in ElementTree.iterparse(part, events=("start", "end")):
        name = _local(element)
        if event == "start":
            if name == "row":
                line, at = int(element.get("r") or line + 1), -1
            is_inside = is_inside or name == "c"
        elif name == "c":
            reference = element.get("r")
            line, at = (line, at + 1) if reference is None else cell_of(reference)
            _add_xlsx(found, (line, at), element)
            is_inside = False
        elif name in ("v", "t") and not is_inside and (element.text or "").strip():
            found.outside = found.outside or (max(line, 1), max(at, 0))
        elif name == "mergeCell":
            found.merged.append(cell_of(element.get("ref", "").partition(":")[0]))
        elif name == "row":
            element.clear()
    return found


def _add_xlsx(found: SheetCells, cell: Cell, element: Element) -> None:
    parts = {_local(part): part for part in element}
    value = parts["v"].text or "" if "v" in parts else ""
    # Words of an element that is not known here count too: the library would leave them out.
    inline = "".join(text for name, part in parts.items() if name not in ("v", "f") for text in part.itertext())
    error = value or "without a name" if element.get("t") == "e" else ""
    # A formula may have been worked out to an empty text; one that never was has no kind of result.
    is_formula, is_worked_out = "f" in parts, element.get("t") == "str" and "v" in parts
    # A cell may name an empty text of those that all sheets share: that is not a loss.
    is_filled = bool((value + inline).strip()) and element.get("t") != "s"
    found.add(cell, error, is_formula=is_formula, is_filled=is_filled or (is_formula and not is_worked_out))
    if value and element.get("t", "n") in ("n", "d"):
        found.styles[cell] = element.get("s", "0")
    if len(parts) < len(element) or ("is" in parts and sum(_local(part) == "t" for part in parts["is"]) > 1):
        found.twice.append(cell)


def _of_ods(part: IO[bytes], name: str) -> SheetCells:
    found, line, at, repeated, is_here = SheetCells(), 1, 0, 1, False
    parents: list[str] = []
    usual: list[str] = []
    sheets: set[str] = set()
    for event, element in ElementTree.iterparse(part, events=("start", "end")):
        local = _local(element)
        is_beside = _is_beside(parents, sheets, event, element)
        found.outside = found.outside or (((line, at) if is_here else (1, 0)) if is_beside else None)
        if local == "table" and event == "start":
            is_here, line, usual = _attribute(element, "name") == name, 1, []
        elif is_here and event == "start" and local == "table-column":
            n_columns = min(int(_attribute(element, "number-columns-repeated") or 1), _MOST_COLUMNS - len(usual))
            usual += [_attribute(element, "default-cell-style-name")] * n_columns
        elif local == "table":
            is_here = False
            element.clear()
        elif is_here and local == "table-row":
            if event == "start":
                at, repeated = 0, int(_attribute(element, "number-rows-repeated") or 1)
            else:
                line += repeated
                element.clear()
        elif is_here and event == "end" and local in ("table-cell", "covered-table-cell"):
            _add_ods(found, (line, at), element, usual[at] if at < len(usual) else "")
            at += int(_attribute(element, "number-columns-repeated") or 1)
    return found


def _is_beside(parents: list[str], sheets: set[str], event: str, element: Element) -> bool:
    """Keep ``parents`` and ``sheets`` up to date; return whether words end here that stand around cells, in none."""
    if event == "start":
        parents.append(_local(element))
        _check_sheet(parents, element, sheets)
        return False
    name = parents.pop()
    return name in _WORDS and parents[-1] in _AROUND_CELLS and bool("".join(element.itertext()).strip())


def _check_sheet(parents: Sequence[str], element: Element, sheets: set[str]) -> None:
    """Raise ``ValueError`` where one of several sheets has no name of its own, or rows are in none: these are dropped.

    What a spreadsheet program remembers of a link to another program is a table too, and no sheet.
    """
    local = parents[-1]
    if local == "table" and "dde-link" not in parents:
        name = _attribute(element, "name")
        if sheets and (not name or sheets & {name, ""}):
            raise ValueError("a sheet has no name of its own")
        sheets.add(name)
    elif local == "table-row" and "table" not in parents:
        raise ValueError("rows stand in no sheet")


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _add_ods(found: SheetCells, cell: Cell, element: Element, usual: str) -> None:
    """Take down a cell, whose style is that of its column if it names none; a remark on it is not its content."""
    text = "".join("".join(part.itertext()) for part in element if _local(part) in _WORDS)
    values = [value for key, value in element.attrib.items() if key.rpartition("}")[2] in _VALUES]
    kinds = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "value-type"]
    is_formula = bool(_attribute(element, "formula"))
    is_filled = bool("".join([text, *values]).strip()) or (is_formula and "string" not in kinds)
    found.add(cell, text if "error" in kinds else "", is_formula=is_formula, is_filled=is_filled)
    if "".join([element.text or "", *(part.tail or "" for part in element)]).strip():
        found.twice.append(cell)  # words beside its paragraphs, which no program writes
    if "percentage" in kinds or "date" in kinds:
        found.styles[cell] = "percent" if "percentage" in kinds else _attribute(element, "style-name") or usual
    if {"float", "percentage", "currency"} & set(kinds) and sum(_local(part) in _WORDS for part in element) > 1:
        found.twice.append(cell)  # a number is shown in one line; what stands in another is words of somebody
    if any(_attribute(element, f"number-{what}-spanned") not in ("", "1") for what in ("columns", "rows")):
        found.merged.append(cell)
