"""The days of two-sided ledgers from a table beside the talks file: one row per ledger, day and area.

Columns: ``day, n_days, ledger, governorate, count, confirmed_by_other, explained_by_other, total_as_stated, source,
note``. An empty cell says *not stated*, which is not nought. Parts that do not add to the stated total are refused,
unless the talks file names the day under ``kept_as_stated``: then both are kept, since the outlet printed both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goodoffices.formats.input.diagnostics import Entry, Grade, Place, listed_words
from goodoffices.nearest import nearest_word
from goodoffices.talks.model.ceasefire import DayReport

COLUMNS = (
    "day", "n_days", "ledger", "governorate", "count",
    "confirmed_by_other", "explained_by_other", "total_as_stated", "source", "note",
)  # fmt: skip
_ONE_PER_DAY = ("confirmed_by_other", "explained_by_other", "total_as_stated", "source", "note")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTable:
    """The days by ledger slug, in the order of the table, and what had to be said of it."""

    days: Mapping[str, tuple[DayReport, ...]]
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row with what its cells mean; ``cells`` are as written."""

    line: int
    raw: str
    cells: Mapping[str, str]
    ledger: str
    area: str
    day: date
    n_days: int
    count: int
    stated: Mapping[str, int | None]


def read_ledger_table(
    text: str,
    *,
    file: str,
    ledgers: Mapping[str, str],
    areas: Mapping[str, str],
    kept_as_stated: Mapping[str, frozenset[date]],
) -> LedgerTable:
    """Return the days of each ledger in ``text``.

    Parameters
    ----------
    text
        The table, with a header line.
    file
        Its name, for messages.
    ledgers, areas
        The spellings under which a ledger or an area may stand in the table, each with its slug.
    kept_as_stated
        By ledger slug the days whose parts and total are known to differ in the outlet itself.
    """
    reader = _Reader(file=file, ledgers=ledgers, areas=areas, kept=kept_as_stated, entries=[])
    rows = list(reader.rows(text))
    days: dict[str, list[DayReport]] = {}
    groups: dict[tuple[str, date], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.ledger, row.day), []).append(row)
    for (ledger, _), group in groups.items():
        days.setdefault(ledger, []).append(reader.day_of(group))
    return LedgerTable(days={slug: tuple(reports) for slug, reports in days.items()}, entries=tuple(reader.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    file: str
    ledgers: Mapping[str, str]
    areas: Mapping[str, str]
    kept: Mapping[str, frozenset[date]]
    entries: list[Entry]

    def rows(self, text: str) -> Iterator[_Row]:
        lines = text.splitlines()
        table = csv.reader(io.StringIO(text), strict=True)
        try:
            header = tuple(next(table, ()))
            if header != COLUMNS:
                words = (f"the columns are {listed_words(header) or 'none'}.", f"Wanted: {', '.join(COLUMNS)}.",
                         "Name them so, in this order.")  # fmt: skip
                self._refuse((1, 1), "table-columns", words)
                return
            n_before = table.line_num
            for cells in table:
                line, n_before = n_before + 1, table.line_num
                raw = lines[line - 1] if line <= len(lines) else ""
                row = self._row(cells, line, raw) if cells else None
                if row is not None:
                    yield row
        except csv.Error as error:
            words = (f"not a table: {error}.", "Cells are separated by commas.",
                     "Put quotation marks around a cell that holds a comma, and close them.")  # fmt: skip
            self._refuse((table.line_num, 1), "table-cells", words)

    def _row(self, cells: list[str], line: int, raw: str) -> _Row | None:
        if len(cells) != len(COLUMNS):
            words = (f"this row has {len(cells)} cells.", f"Wanted are {len(COLUMNS)}.",
                     "Put quotation marks around a cell that holds a comma.")  # fmt: skip
            self._refuse((line, 1), "table-cells", words)
            return None
        named = dict(zip(COLUMNS, cells, strict=True))
        at = (line, raw)
        day = self._day(named, at)
        ledger = self._known(named, "ledger", self.ledgers, at)
        area = self._known(named, "governorate", self.areas, at) if named["governorate"] else ""
        n_days = self._number(named, "n_days", at)
        count = self._number(named, "count", at)
        stated = {column: self._number(named, column, at) for column in _ONE_PER_DAY[:3] if named[column]}
        if None in (day, ledger, area, n_days, count) or None in stated.values():
            return None
        assert day is not None and ledger is not None and area is not None and n_days is not None and count is not None
        return _Row(line=line, raw=raw, cells=named, ledger=ledger, area=area, day=day, n_days=n_days, count=count,
                    stated=stated)  # fmt: skip

    def _day(self, named: Mapping[str, str], at: tuple[int, str]) -> date | None:
        try:
            if len(named["day"]) == 10:
                return date.fromisoformat(named["day"])
        except ValueError:
            pass
        words = (f"{named['day'][:40]!r} is not a date.", "A date is year, month and day: 2017-01-23.", "Write it so.")
        self._refuse_cell(at, "day", "not-a-date", words, named["day"])
        return None

    def _number(self, named: Mapping[str, str], column: str, at: tuple[int, str]) -> int | None:
        cell = named[column]
        if cell.isascii() and cell.isdecimal() and len(cell) <= _MOST_DIGITS and (column != "n_days" or int(cell) >= 1):
            return int(cell)
        words = (
            f"'{column}' is {cell[:40]!r}." if cell else f"'{column}' is empty.",
            "A whole number in the digits 0 to 9 is wanted.",
            "Write it; leave the row out where no number is stated.",
        )
        self._refuse_cell(at, column, "not-a-number", words, cell)
        return None

    def _known(
        self, named: Mapping[str, str], column: str, spellings: Mapping[str, str], at: tuple[int, str]
    ) -> str | None:
        cell = named[column]
        slug = spellings.get(cell.casefold())
        if slug is None:
            words = (
                f"unknown {'ledger' if column == 'ledger' else 'area'} {cell[:60]!r}.",
                f"Known: {listed_words(tuple(spellings))}.",
                "Correct it, or give that spelling to the talks file.",
            )
            self._refuse_cell(at, column, "unknown-reference", words, cell)
            known = tuple(spellings)
            self.entries[-1] = replace(self.entries[-1], known=known, nearest=nearest_word(cell, known))
        return slug

    def day_of(self, group: list[_Row]) -> DayReport:
        """Return one ledger's day from its rows, which must agree on what is stated once a day."""
        first = group[0]
        seen: set[str] = set()
        for row in group:
            self._compare_with_first(row, first)
            if row.area in seen:
                shown = repr(row.cells["governorate"]) if row.area else "not placed"
                words = (f"{shown} stands twice for this day.", "Each area stands once a day.", "Join the rows.")
                self._refuse_cell((row.line, row.raw), "governorate", "named-twice", words, row.area)
            seen.add(row.area)
        self._compare_with_total(first, sum(row.count for row in group))
        return DayReport(
            day=first.day, n_days=first.n_days, counts=tuple((row.area, row.count) for row in group),
            total=first.stated.get("total_as_stated"), confirmed=first.stated.get("confirmed_by_other"),
            explained=first.stated.get("explained_by_other"), source=first.cells["source"], note=first.cells["note"],
        )  # fmt: skip

    def _compare_with_first(self, row: _Row, first: _Row) -> None:
        for column in ("n_days", *_ONE_PER_DAY):
            here, there = row.cells[column], first.cells[column]
            if here != there:
                words = (
                    f"'{column}' is {here[:40]!r}, in line {first.line} of the same day {there[:40]!r}.",
                    "A day states it once.",
                    "Make the rows of one day agree.",
                )
                self._refuse_cell((row.line, row.raw), column, "rows-differ", words, here)

    def _compare_with_total(self, first: _Row, parts: int) -> None:
        total = first.stated.get("total_as_stated")
        if total is None or total == parts:
            return
        is_kept = first.day in self.kept.get(first.ledger, frozenset())
        words = (
            f"the parts of {first.cells['ledger']}'s {first.day} add to {parts}, the stated total is {total}.",
            "Parts and total agree.",
            "Both are kept."
            if is_kept
            else "Correct a count or the total after the outlet; if the outlet prints both, write "
            f"'kept_as_stated: [{first.day}]' in this ledger, and both are kept.",
        )
        self._refuse_cell((first.line, first.raw), "total_as_stated", "parts-differ-from-total", words, str(total))
        if is_kept:
            self.entries[-1] = replace(self.entries[-1], grade=Grade.NOTE)

    def _refuse_cell(
        self, at: tuple[int, str], column: str, kind: str, words: tuple[str, str, str], found: str
    ) -> None:
        line, raw = at
        self._refuse((line, _column_of(raw, COLUMNS.index(column))), kind, words, found)

    def _refuse(self, at: tuple[int, int], kind: str, words: tuple[str, str, str], found: str = "") -> None:
        why, right, remedy = words
        place = Place(file=self.file, line=at[0], column=at[1])
        self.entries.append(
            Entry(grade=Grade.REFUSAL, kind=kind, place=place, why=why, right=right, remedy=remedy, found=found[:80])
        )


def _column_of(raw: str, index: int) -> int:
    """Return the character column, from 1, at which the cell ``index`` of a raw line begins."""
    n_cells, is_quoted = 0, False
    for position, char in enumerate(raw):
        if n_cells == index:
            return position + 1
        if char == '"':
            is_quoted = not is_quoted
        elif char == "," and not is_quoted:
            n_cells += 1
    return len(raw) + 1
