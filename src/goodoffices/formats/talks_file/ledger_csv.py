"""The days of two-sided ledgers from a table beside the talks file: one row per ledger, day and area.

Columns, in any order: ``day, n_days, ledger, governorate, count, confirmed_by_other, explained_by_other,
total_as_stated, source, note``. The table is text or a spreadsheet. An empty cell means *not stated*, which is not
zero. Parts that do not add to the stated total are refused, unless the talks file names the day under
``kept_as_stated``: then both are kept, because the source printed both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, listed_words
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.input.numbers import western
from goodoffices.formats.input.tables import Form, HeadedTable, Row, read_table, with_columns
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.model.ceasefire import DayReport, checked_above_total
from goodoffices.text_tables import counted

COLUMNS = (
    "day", "n_days", "ledger", "governorate", "count",
    "confirmed_by_other", "explained_by_other", "total_as_stated", "source", "note",
)  # fmt: skip
_ONE_PER_DAY = ("confirmed_by_other", "explained_by_other", "total_as_stated", "source", "note")
_MOST_DIGITS = 9
_FORM = Form(columns=COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTable:
    """The days by ledger slug, in the order of the table, and what had to be said of it."""

    days: Mapping[str, tuple[DayReport, ...]]
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row with what its cells mean; ``cells`` are as written."""

    row: Row
    cells: Mapping[str, str]
    ledger: str
    area: str
    day: date
    n_days: int
    count: int
    stated: Mapping[str, int | None]


def read_ledger_table(
    raw: RawFile,
    *,
    ledgers: Mapping[str, str],
    areas: Mapping[str, str],
    kept_as_stated: Mapping[str, frozenset[date]],
    limits: Limits = LIMITS,
) -> LedgerTable:
    """Return the days of each ledger in a table.

    Parameters
    ----------
    raw
        The table, with a first row that names its columns.
    ledgers, areas
        The spellings under which a ledger or an area may stand in the table, each with its slug.
    kept_as_stated
        By ledger slug the days whose parts and total are known to differ in the outlet itself.
    """
    read = read_table(raw, _FORM, limits=limits)
    table = read if isinstance(read, Entry) else with_columns(read, needed=COLUMNS, known=COLUMNS, must_be_known=True)
    if isinstance(table, Entry):
        return LedgerTable(days={}, entries=(table,))
    reader = _Reader(table=table, ledgers=ledgers, areas=areas, kept=kept_as_stated, entries=[])
    rows = list(reader.rows())
    days: dict[str, list[DayReport]] = {}
    groups: dict[tuple[str, date], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.ledger, row.day), []).append(row)
    for (ledger, _), group in groups.items():
        days.setdefault(ledger, []).append(reader.day_of(group))
    return LedgerTable(days={slug: tuple(reports) for slug, reports in days.items()}, entries=tuple(reader.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    table: HeadedTable
    ledgers: Mapping[str, str]
    areas: Mapping[str, str]
    kept: Mapping[str, frozenset[date]]
    entries: list[Entry]

    def rows(self) -> Iterator[_Row]:
        for row in self.table.rows:
            read = self._row(row)
            if read is not None:
                yield read

    def _row(self, row: Row) -> _Row | None:
        if len(row.cells) != len(COLUMNS) and not self.table.table.sheet:
            words = (f"this row has {counted(len(row.cells), 'cell')}.", f"It should have {len(COLUMNS)}.",
                     "Put quotation marks around a cell that holds a comma.")  # fmt: skip
            self.entries.append(self.table.table.refusal(row, 0, "table-cells", words))
            return None
        named = {column: self.table.cell(row, column) for column in COLUMNS}
        day = self._day(named, row)
        ledger = self._known(named, "ledger", self.ledgers, row)
        area = self._known(named, "governorate", self.areas, row) if named["governorate"] else ""
        n_days = self._number(named, "n_days", row)
        count = self._number(named, "count", row)
        stated = {column: self._number(named, column, row) for column in _ONE_PER_DAY[:3] if named[column]}
        if None in (day, ledger, area, n_days, count) or None in stated.values():
            return None
        assert day is not None and ledger is not None and area is not None and n_days is not None and count is not None
        return _Row(row=row, cells=named, ledger=ledger, area=area, day=day, n_days=n_days, count=count,
                    stated=stated)  # fmt: skip

    def _day(self, named: Mapping[str, str], at: Row) -> date | None:
        try:
            text = western(named["day"])
            if len(text) == 10:
                return date.fromisoformat(text)
        except ValueError:
            pass
        words = (f"{named['day'][:40]!r} is not a date.", "A date is year, month and day.", "Write it like 2017-01-23.")
        self._refuse_cell(at, "day", "not-a-date", words, named["day"])
        return None

    def _number(self, named: Mapping[str, str], column: str, at: Row) -> int | None:
        cell = western(named[column])
        if cell.isascii() and cell.isdecimal() and len(cell) <= _MOST_DIGITS and (column != "n_days" or int(cell) >= 1):
            return int(cell)
        words = (
            f"'{column}' is {cell[:40]!r}." if cell else f"'{column}' is empty.",
            "It should be a whole number.",
            "Write the number; delete the row if no number is stated.",
        )
        self._refuse_cell(at, column, "not-a-number", words, cell)
        return None

    def _known(self, named: Mapping[str, str], column: str, spellings: Mapping[str, str], at: Row) -> str | None:
        cell = named[column]
        slug = spellings.get(comparable(cell).casefold())
        if slug is None:
            words = (
                f"unknown {'ledger' if column == 'ledger' else 'area'} {cell[:60]!r}.",
                f"Known: {listed_words(tuple(spellings))}.",
                "Correct it, or add this spelling to the talks file.",
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
                words = (f"{shown} is written twice for this day.", "Each area has one row a day.", "Join the rows.")
                self._refuse_cell(row.row, "governorate", "named-twice", words, row.area)
            seen.add(row.area)
        self._compare_with_total(first, sum(row.count for row in group))
        self._compare_checks(first, sum(row.count for row in group))
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
                    f"'{column}' is {here[:40]!r}, but {there[:40]!r} in {self.table.table.where(first.row)}, "
                    "for the same day.",
                    "It must be the same in all rows of a day.",
                    "Correct one of them.",
                )
                self._refuse_cell(row.row, column, "rows-differ", words, here)

    def _compare_with_total(self, first: _Row, parts: int) -> None:
        total = first.stated.get("total_as_stated")
        if total is None or total == parts:
            return
        is_kept = first.day in self.kept.get(first.ledger, frozenset())
        words = (
            f"for {first.cells['ledger']} on {first.day} the parts add up to {parts}, but the stated total is {total}.",
            "The two should be equal.",
            "Both are kept."
            if is_kept
            else "Correct a count or the total. If the source itself prints both numbers, write "
            f"'kept_as_stated: [{first.day}]' in this ledger.",
        )
        self._refuse_cell(first.row, "total_as_stated", "parts-differ-from-total", words, str(total))
        if is_kept:
            self.entries[-1] = replace(self.entries[-1], grade=Grade.NOTE)

    def _compare_checks(self, first: _Row, parts: int) -> None:
        """Refuse more allegations confirmed or explained than there are."""
        checked = (first.stated.get(column) for column in ("confirmed_by_other", "explained_by_other"))
        above = checked_above_total([parts], first.stated.get("total_as_stated"), *checked)
        if above is not None:
            said, total = above
            words = (f"{said} allegations are confirmed or explained, of {total} on that day.",
                     "Those confirmed or explained are some of the allegations.", "Correct one figure.")  # fmt: skip
            self._refuse_cell(first.row, "confirmed_by_other", "out-of-range", words, str(said))

    def _refuse_cell(self, row: Row, column: str, kind: str, words: tuple[str, str, str], found: str) -> None:
        self.entries.append(self.table.table.refusal(row, self.table.index[column], kind, words, found))
