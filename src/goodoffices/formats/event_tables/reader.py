"""Read a file of events: UCDP GED with old or new columns, ACLED, daily counts, bulletins, or any table with a mapping.

One reader for all: what differs are the names of columns and a few habits of the data set.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError
from goodoffices.event_table import (
    MOST_PRECISE,
    UNSEEN,
    CellWord,
    Event,
    EventTable,
    LedgerDay,
    UnseenDay,
)
from goodoffices.formats.documents.dataset_dates import day_of, doubt_of, has_months_first, is_ambiguous
from goodoffices.formats.event_tables.column_mappings import ColumnMapping, suggested_text
from goodoffices.formats.event_tables.fields import FIELDS, NEEDED, fields_of
from goodoffices.formats.event_tables.periods import inside_periods
from goodoffices.formats.event_tables.running_totals import Differences, differences
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile, read_named
from goodoffices.formats.input.numbers import western
from goodoffices.formats.input.tables import Form, HeadedTable, Row, read_table, slip_for, some_of, with_columns
from goodoffices.names import comparable, easily_confused
from goodoffices.talks.model.ceasefire import DEATH_TIMINGS, LATE_DEATHS, checked_above_total

LONGEST_DAYS = 366
_MOST_DIGITS = 9
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_ONLY_UNSEEN = "rows that say why there is no count: only their day, ledger and area are read"
_WORDS = frozenset(word.value for word in CellWord)
_GED = frozenset({"id", "date_start", "date_prec", "dyad_name"})
_ACLED = frozenset({"event_id_cnty", "event_date", "actor1", "geo_precision"})
_ACLED_PRECISION = {1: 1, 2: 3, 3: 4}
_SUFFIXES = (" governorate", " province")
_FORM = Form(columns=tuple(name for names in FIELDS.values() for name in names))
_LEDGERS = {"ged": "UCDP GED", "acled": "ACLED"}
_GED_CREDIT = (
    "UCDP GED (Uppsala Conflict Data Program), Sundberg & Melander 2013; Hoegbladh 2019; CC BY 4.0. "
    "Changed: subset and daily totals."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A table, which column fills which field, and the habits of its data set."""

    table: HeadedTable
    columns: dict[str, str]
    mapping: ColumnMapping | None
    kind: str
    months_first: bool
    counts: Counter[str] = field(default_factory=Counter)
    known_days: dict[str, date | None] = field(default_factory=dict)
    """Days already read, by their words: a table has many rows of one day."""

    def cell(self, row: Row, name: str) -> str:
        column = self.columns.get(name)
        if column is None and self.mapping is None:
            return ""
        text = "" if column is None else self.table.cell(row, column)
        if self.mapping is not None:
            text = self.mapping.values.get(name, {}).get(text, text) or self.mapping.constants.get(name, "")
        return text

    def refuse(self, row: Row, name: str, why: str) -> DatasetError:
        column = self.columns.get(name, name)
        where = self.table.table.where(row, self.table.index.get(column, 0))
        return DatasetError(f"{self.table.table.file}, {where}, column {column!r}: {why}")

    def whole(self, row: Row, name: str) -> int | None:
        text = western(self.cell(row, name))
        if not text:
            return None
        if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
            return int(text)
        value = _number(text)
        if not value.is_integer() or not 0 <= value < 10**_MOST_DIGITS:
            hint = f"write one of: {', '.join(CellWord)}" if name == "count" else "leave it empty"
            why = f"{text[:40]!r} is not a whole number from 0 to 999,999,999; if it is not known, {hint}"
            raise self.refuse(row, name, why)
        return int(value)

    def degrees(self, row: Row, name: str, most: float) -> float | None:
        text = western(self.cell(row, name))
        if not text:
            return None
        value = _number(text)
        if not -most <= value <= most:
            hint = "; the two coordinates may be exchanged" if most == 90 and abs(value) <= 180 else ""
            raise self.refuse(row, name, f"{text[:40]!r} is not between -{most:g} and {most:g} degrees{hint}")
        return value

    def day(self, row: Row, name: str) -> date | None:
        text = self.cell(row, name)
        if not text:
            return None
        if text not in self.known_days:
            self.known_days[text] = day_of(text, months_first=self.months_first)
            self.counts["days of numbers, read with the day first"] += is_ambiguous(text)
        day = self.known_days[text]
        if day is None:
            why = f"{text[:40]!r} is not a day that is certain{doubt_of(text)}; write it as 2017-01-24"
            raise self.refuse(row, name, why)
        return day


def _number(text: str) -> float:
    """Return the number that a text writes; NaN for anything else, also for what only Python takes, such as ``1_0``."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def read_events(path: str | Path, mapping: ColumnMapping | None = None) -> EventTable:
    """Read a table of events or of daily counts, from text or from a spreadsheet.

    Parameters
    ----------
    mapping
        Which column is which field; by default columns are taken by their names.

    Raises
    ------
    DatasetError
        With file, line, column, value and what would be right.
    """
    path = Path(path)
    source = _opened(path, mapping)
    rows = [(row, _word(source, row)) for row in source.table.rows]
    events = tuple(_event(source, row, word) for row, word in rows if word not in UNSEEN)
    if not rows:
        raise DatasetError(f"{path.name}: there is no row under the header; nothing can be counted")
    says = None if mapping is None else mapping.reports_every_day
    found = Differences(events=events)
    if mapping is not None and mapping.running_totals:
        carried = {row.line for row in source.table.rows if source.cell(row, "carried").casefold() in ("yes", "true")}
        found = differences(path.name, events, carried)
    unseen = tuple(_unseen(source, row, word) for row, word in rows if word is not None and word in UNSEEN)
    return EventTable(
        file=path.name,
        events=found.events,
        unseen=(*unseen, *found.unseen, *(inside_periods(found.events) if _has_daily_counts(source) else ())),
        reports_every_day=source.kind == "ged" or _has_daily_counts(source) if says is None else says,
        is_bulletins="count" in source.columns and "ledger" in source.columns,
        credit=_GED_CREDIT if source.kind == "ged" else "",
        notes=(*source.table.table.notes, *_unread_columns(source), *found.notes, *_notes(source, found.events)),
    )


def _unread_columns(source: _Source) -> Iterator[str]:
    """Yield which columns fill no field; one that may be a slip of the pen for a known one stands by itself."""
    used = {*source.columns.values(), *(("time_precision",) if source.kind == "acled" else ())}
    unread = [column for column in source.table.index if column and column not in used]
    free = () if source.kind else _free_names(source)
    slips = {column: near for column in unread if (near := slip_for(column.casefold(), free))}
    for column, near in slips.items():
        yield f"the column {column!r} is not read; if it is {near!r}, rename it, or write a mapping"
    others = [column for column in unread if column not in slips]
    if others:
        yield f"columns that are not read: {some_of(others)}"


def _free_names(source: _Source) -> tuple[str, ...]:
    """Return the names under which a field is known that no column fills."""
    return tuple(name for key, names in FIELDS.items() if key not in source.columns for name in (key, *names))


def columns_in(path: Path) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of a table's columns as they stand in its first row, and what a mapping says of its encoding."""
    raw, encoding = suggested_text(_raw(path))
    table = read_table(raw, _FORM)
    if isinstance(table, Entry):
        raise _error(table)
    return tuple(comparable(name) for name in table.rows[0].cells) if table.rows else (), encoding


def _raw(path: Path) -> RawFile:
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise DatasetError(f"{path}: {raw.why} {raw.remedy}")
    return replace(raw, name=path.name)


def _error(entry: Entry) -> DatasetError:
    return DatasetError(entry.sentence())


def _opened(path: Path, mapping: ColumnMapping | None) -> _Source:
    table = read_table(_raw(path) if mapping is None else mapping.text_of(_raw(path)), _FORM)
    if isinstance(table, Entry):
        raise _error(table)
    columns = tuple(comparable(name) for name in table.rows[0].cells) if table.rows else ()
    chosen = fields_of(columns) if mapping is None else dict(mapping.columns)
    absent = [column for column in chosen.values() if column not in columns]
    if absent:
        raise DatasetError(
            f"{path.name} has no column {absent[0]!r}, which the mapping names; it has {', '.join(columns)[:200]}"
        )
    if any(name not in chosen for name in NEEDED):
        raise DatasetError(
            f"{path.name} has no column of days that is known by its name; it has {', '.join(columns)[:200]}. Write a "
            "mapping: goodoffices ceasefire FILE --suggest prints a first one"
        )
    # Names that only resemble a known one are left to the mapping: a data set has many columns of its own.
    headed = with_columns(table, needed=tuple(chosen.values()), known=columns)
    if isinstance(headed, Entry):
        raise _error(headed)
    days = (headed.cell(row, chosen["first_day"]) for row in headed.rows)
    names = {column.casefold() for column in columns}
    kind = "ged" if names >= _GED else "acled" if names >= _ACLED else ""
    return _Source(
        table=headed, columns=chosen, mapping=mapping, kind=kind, months_first=has_months_first(days)
    )  # fmt: skip


def _word(source: _Source, row: Row) -> CellWord | None:
    """Return the word that stands in place of a count, if one does."""
    text = comparable(source.cell(row, "count")).casefold()
    return CellWord(text) if text in _WORDS else None


def _unseen(source: _Source, row: Row, word: CellWord) -> UnseenDay:
    day = source.day(row, "first_day")
    if day is None:
        raise source.refuse(row, "first_day", "this cell is empty; every row needs a day")
    if source.cell(row, "last_day") and source.day(row, "last_day") != day:
        raise source.refuse(row, "last_day", f"{word.value!r} is said of several days; write one row for each day")
    more = (name for name in source.columns if name not in ("first_day", "last_day", "ledger", "area", "count"))
    source.counts[_ONLY_UNSEEN] += any(source.cell(row, name) for name in more)
    ledger = comparable(source.cell(row, "ledger")) or _ledger(source)
    return UnseenDay(day=day, word=word, ledger=ledger, area=_area(source.cell(row, "area")))


def _event(source: _Source, row: Row, word: CellWord | None) -> Event:
    first, last = _days(source, row)
    latitude, longitude = source.degrees(row, "latitude", 90), source.degrees(row, "longitude", 180)
    if latitude == 0 and longitude == 0:
        raise source.refuse(
            row, "latitude", "0 degrees north, 0 east lies in the sea off Africa; leave both empty if unknown"
        )
    low, best, high = (source.whole(row, name) for name in ("deaths_low", "deaths", "deaths_high"))
    stated = [value for value in (low, best, high) if value is not None]
    if stated != sorted(stated):
        source.counts["rows whose low, best and high numbers are not in order; best is counted as it stands"] += 1
    civilians = source.whole(row, "deaths_civilians")
    if _died_earlier(source, row):
        low = best = high = civilians = None
        source.counts["rows of people who died earlier: their dead are in no count of deaths"] += 1
    count = 0 if word is not None else source.whole(row, "count")
    if count is None and "count" in source.columns:
        raise source.refuse(row, "count", f"this cell is empty; write a number, or one of: {', '.join(CellWord)}")
    offices = {office.strip() for office in source.cell(row, "offices").split(";") if office.strip()}
    return Event(
        first_day=first,
        last_day=last,
        ledger=comparable(source.cell(row, "ledger")) or _ledger(source),
        area=_area(source.cell(row, "area")),
        pair=comparable(source.cell(row, "pair")),
        kind=source.cell(row, "kind"),
        place=source.cell(row, "place"),
        date_precision=_date_precision(source, row),
        place_precision=source.whole(row, "place_precision") or 1,
        latitude=latitude,
        longitude=longitude,
        count=1 if count is None else count,
        word=word,
        deaths=best,
        deaths_low=low,
        deaths_high=high,
        deaths_civilians=civilians,
        is_single_voice=len(offices) == 1 if offices else None,
        line=row.line,
    )


def _days(source: _Source, row: Row) -> tuple[date, date]:
    first = source.day(row, "first_day")
    if first is None:
        raise source.refuse(row, "first_day", "this cell is empty; every row needs a day")
    n_days = source.whole(row, "days")
    if n_days:
        return first - timedelta(days=min(n_days, LONGEST_DAYS) - 1), first
    last = source.day(row, "last_day") or first
    if last < first:
        raise source.refuse(row, "last_day", f"{last} is before the first day, {first}; exchange the two")
    if (last - first).days >= LONGEST_DAYS:
        raise source.refuse(row, "last_day", f"{first} to {last} is longer than {LONGEST_DAYS} days; divide the row")
    return first, last


def _date_precision(source: _Source, row: Row) -> int:
    if source.kind == "acled" and "time_precision" in source.table.index:
        text = source.table.cell(row, "time_precision")
        return _ACLED_PRECISION.get(int(text), 5) if text.isdecimal() else 5
    # What a bulletin states of several days together is known of none of them.
    if (source.whole(row, "days") or 1) > 1:
        return MOST_PRECISE + 1
    return source.whole(row, "date_precision") or 1


def _ledger(source: _Source) -> str:
    return _LEDGERS.get(source.kind) or source.table.table.file.rsplit(".", 1)[0]


def _area(text: str) -> str:
    """Return an area without the word for its kind, and nothing for an unknown one."""
    name = comparable(text)
    for suffix in _SUFFIXES:
        if name.casefold().endswith(suffix):
            name = name[: -len(suffix)]
    return "" if name.casefold() in ("unknown", "?", "-") else name


def _died_earlier(source: _Source, row: Row) -> bool:
    """Say whether a row tells of people who died before its day: found, approved or dead of wounds only then."""
    timing = source.cell(row, "death_timing").casefold().replace("_", "-").replace(" ", "-")
    if timing and timing not in DEATH_TIMINGS:
        raise source.refuse(row, "death_timing", f"write one of: {', '.join(DEATH_TIMINGS)}; leave it empty if unknown")
    return timing in LATE_DEATHS


def _has_daily_counts(source: _Source) -> bool:
    """Say whether rows are counts of days for areas: then a missing row of a dataset is a day without events.

    Bulletins of ledgers are not: a day without one is a day on which the ledger was silent.
    """
    return "count" in source.columns and "ledger" not in source.columns


def _notes(source: _Source, events: Sequence[Event]) -> list[str]:
    counts = Counter(source.counts)
    for event in events:
        counts["rows without an area: in totals, in no area"] += not event.area
        counts["rows known too vaguely for a day: in no daily count"] += not event.is_daily_precise
        counts["rows without deaths: they count as events"] += event.deaths == 0
    notes = [f"{n:,} {what}" for what, n in counts.items() if n]
    for what in ("ledger", "area", "pair"):
        names = dict.fromkeys(getattr(event, what) for event in events)
        pairs = easily_confused(name for name in names if name)
        notes += [f"{one!r} and {other!r} look alike; they are counted as two" for one, other in pairs]
    if source.kind == "acled":
        notes.append("the terms of ACLED bind you: rows of this file may not be passed on")
    return notes


def ledger_days(path: Path, mapping: ColumnMapping | None = None) -> tuple[LedgerDay, ...]:
    """Read the bulletins of ledgers: one row for each day, ledger and area, with the total as the ledger states it.

    Raises
    ------
    DatasetError
        As :func:`read_events`; also if rows of one bulletin state different totals.
    """
    source = _opened(path, mapping)
    if "count" not in source.columns or "ledger" not in source.columns:
        raise DatasetError(f"{path.name} has no columns of ledgers and counts; bulletins of ledgers need both")
    found: dict[tuple[str, date], list[Row]] = {}
    for row in source.table.rows:
        day = source.day(row, "first_day")
        if day is None:
            raise source.refuse(row, "first_day", "this cell is empty; every row needs a day")
        found.setdefault((comparable(source.cell(row, "ledger")), day), []).append(row)
    return tuple(_bulletin(source, ledger, day, rows) for (ledger, day), rows in found.items())


def _bulletin(source: _Source, ledger: str, day: date, rows: list[Row]) -> LedgerDay:
    parts: Counter[str] = Counter()
    for row in rows:
        parts[_area(source.cell(row, "area"))] += source.whole(row, "count") or 0
    figures = {}
    for name in ("total", "confirmed", "explained", "days"):
        stated = {source.whole(row, name) for row in rows}
        if len(stated) > 1:
            raise source.refuse(rows[0], name, f"the rows of {ledger} on {day} state different numbers")
        figures[name] = stated.pop()
    total = figures["total"]
    above = checked_above_total(parts.values(), total, figures["confirmed"], figures["explained"])
    if above is not None:
        raise source.refuse(
            rows[0],
            "confirmed",
            f"{above[0]} reports of {ledger} on {day} are confirmed or explained, of {above[1]} on that day; correct "
            "one of the figures",
        )
    return LedgerDay(
        ledger=ledger, day=day, n_days=figures["days"] or 1, parts=dict(parts),
        total=sum(parts.values()) if total is None else total, confirmed=figures["confirmed"],
        explained=figures["explained"], source=source.cell(rows[0], "source"),
    )  # fmt: skip
