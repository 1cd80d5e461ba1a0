"""Read a table of allegations: each row becomes one allegation, or a refusal with its place, value and remedy.

All rows are read before anything is filed, and all that is wrong is listed at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.formats.allegation_tables import wrong_cells
from goodoffices.formats.allegation_tables.cell_values import is_swapped, two_numbers, voices
from goodoffices.formats.allegation_tables.fields import FIELDS, kind_of, plain, without_unit
from goodoffices.formats.allegation_tables.source import ACLED, Source
from goodoffices.formats.documents.dataset_dates import day_of, has_months_first, is_ambiguous
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.numbers import western
from goodoffices.formats.input.tables import Row
from goodoffices.names import comparable, nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.local_time import end_of_day, instant_in
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.model.ceasefire import DEATH_TIMINGS, UNSTATED, figures_of, point_of

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?")
_WITH_CLOCK = re.compile(r"(.+?)[T ]([0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)\s*(Z|[-+]\d{2}:?\d{2})?$")
_AT_LEAST = re.compile(
    r"(?:at least|more than|over|>=?|≥|على الأقل|لا يقل عن)\s*(\d+)\+?|(\d+)\s*(?:\+|or more|أو أكثر)"
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to|إلى)\s*(\d+)")
_TWO_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]+,-?[0-9]+\.[0-9]+")
_UP_TO = {most: frozenset(map(str, range(1, most + 1))) for most in (5, 7)}
_NO_COUNT = re.compile(r"-\d+|-?\d+[.,]\d+")
_LIKE_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSAID = frozenset({"", "?", "-", "unknown", "not-said", "not-known", "غير-معروف", "غير-معروفة"})
_REVIEWS = {
    "approved": "approved", "validation-status-approved": "approved", "not-approved": "rejected",
    "validation-status-not-approved": "rejected", "rejected": "rejected",
}  # fmt: skip
_EMPTY = dict.fromkeys(FIELDS, "")
_DAY_FIRST = Phrase("different days in numbers, read with the day first")
_SORTED = Phrase("rows whose lowest, best and highest number are not in order: sorted, and kept as stated")
_IN_WORDS = Phrase("numbers in words: kept as stated, and not counted")
_LATENESS = timedelta(minutes=10)
_LONGEST = timedelta(days=366)


class AllegationRow(NamedTuple):
    """One row. Instants are in UTC, to the minute; an empty text is not stated.

    ``single_voice`` is *yes* or *no*, if the file names the offices behind a row. ``source_id`` is what the file itself
    calls the row; ``place``, ``words`` and ``stated`` are people's own, and ``reporter`` is who reported it.
    ``placed_area`` is the area in whose boundary the point lies, of a row that names none. By it no row is recognised.
    """

    kind: str
    occurred_from: str
    occurred_to: str
    area: str = ""
    point: str = ""
    place_precision: str = ""
    date_precision: str = ""
    alleged_violator: str = ""
    killed: str = ""
    injured: str = ""
    told_at: str = ""
    review: str = ""
    single_voice: str = ""
    death_timing: str = ""
    place: str = ""
    words: str = ""
    stated: str = ""
    reporter: str = ""
    source_id: str = ""
    line: str = ""
    placed_area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationTable:
    """The rows of a file, what of it is refused, how it was read, and whether its rows may be passed on."""

    file: str
    rows: tuple[AllegationRow, ...]
    refusals: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    may_leave: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the words of a table can mean in the talks: areas and actors by their names, and the clock of the place."""

    areas: Mapping[str, str]
    actors: Mapping[str, str]
    zone: str
    now: datetime


def read_allegations(source: Source, names: Names) -> AllegationTable:
    """Return the rows of a table, with everything that is wrong with it."""
    reader = _Reader(source=source, names=_with_constants(source, names))
    for row, parent in source.rows():
        reader.take(row, parent)
    first = (Phrase("read as an export of {program}", program=source.kind),) if source.kind else ()
    counted = (Phrase("{n} {what}", n=f"{n:,}", what=what) for what, n in reader.counts.items() if n)
    return AllegationTable(
        file=source.table.table.file, rows=tuple(reader.rows), refusals=tuple(reader.refusals),
        notes=(*first, *source.notes, *counted),
        may_leave=source.kind != ACLED,
    )  # fmt: skip


def _with_constants(source: Source, names: Names) -> Names:
    zone = "" if source.mapping is None else source.mapping.constants.get("zone", "")
    return replace(names, zone=zone) if zone else names


class _Numbers(NamedTuple):
    """How the cells of a number were read, and the notes of which they are one case."""

    text: str
    words: str
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Reader:
    source: Source
    names: Names
    rows: list[AllegationRow] = field(default_factory=list)
    refusals: list[Entry] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    in_form: Counter[str] = field(default_factory=Counter)
    days: dict[tuple[str, str], tuple[datetime, datetime]] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    """What words of a column mean, by the column and the word: a table has many rows of one word."""
    plain_texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str, str], _Numbers] = field(default_factory=dict)
    cells: Callable[[Row, Row | None], dict[str, str]] = field(init=False)
    months_first: bool = False

    def __post_init__(self) -> None:
        self.cells = self.source.cells()
        days = {self.source.cell(row, up, "occurred_from") for row, up in self.source.rows()}
        self.months_first = has_months_first(days)

    def take(self, row: Row, parent: Row | None) -> None:
        """Read one row, or note the first thing that is wrong with it."""
        try:
            self.rows.append(self._row(row, parent))
        except wrong_cells.WrongCellError as wrong:
            entry = self.source.refusal(row, wrong.name, wrong.words, wrong.found)
            near = nearest_word(wrong.found, wrong.known) if wrong.known else None
            self.refusals.append(replace(entry, known=wrong.known, nearest=near))

    def _row(self, row: Row, parent: Row | None) -> AllegationRow:
        cells = _EMPTY | self.cells(row, parent)
        begun, ended, is_day = self._span(cells["occurred_from"], cells["occurred_to"], cells["time"])
        area, place = self._area(cells["area"]), self._plain(cells["place"])
        point = self._point(cells["point"], cells["latitude"], cells["longitude"])
        if not area and not place and not point:
            raise wrong_cells.no_place()
        killed, stated_killed = self._figures("killed", cells["killed_low"], cells["killed"], cells["killed_high"])
        injured, stated_injured = self._figures(
            "injured", cells["injured_low"], cells["injured"], cells["injured_high"]
        )
        told = cells["told_at"]
        return AllegationRow(
            kind=self._kind(cells["kind"]),
            occurred_from=_instant(begun),
            occurred_to="" if ended == begun else _instant(ended),
            area=area,
            point=point,
            place_precision=self._precision("place_precision", cells["place_precision"], 7),
            date_precision=self._precision("date_precision", cells["date_precision"], 5) or ("1" if is_day else ""),
            alleged_violator=self._actor(cells["alleged_violator"]),
            killed=killed,
            injured=injured,
            told_at=_instant(self._span(told, "", "", name="told_at")[0]) if told else "",
            single_voice=voices(offices) if (offices := cells["offices"]) else "",
            death_timing=self._timing(cells["death_timing"]),
            review=_REVIEWS.get(plain(review), "") if (review := cells["review"]) else "",
            place=place,
            words=cells["words"].strip(),
            stated="; ".join(text for text in (stated_killed, stated_injured) if text),
            reporter=self._plain(cells["reporter"]),
            source_id=self._id(row, parent, cells["source_id"]),
            line=self.source.table.table.where(row),
        )

    def _plain(self, text: str) -> str:
        """Return a name as it is compared; a table has many rows of one name."""
        if not text:
            return ""
        if text not in self.plain_texts:
            self.plain_texts[text] = comparable(text)
        return self.plain_texts[text]

    def _id(self, row: Row, parent: Row | None, given: str) -> str:
        """Return what the file calls a row; in a repeated group without names of its own, its form and its place."""
        own = comparable(given if parent is None else self.source.cell(row, None, "source_id"))
        if not own and parent is not None:
            form = comparable(self.source.cell(row, parent, "source_id"))
            self.in_form[form] += 1
            own = f"{form}/{self.in_form[form]}" if form else ""
        if not own:
            return ""
        where = self.source.table.table.where(row)
        first = self.ids.setdefault(own, where)
        if first != where:
            raise wrong_cells.same_name(own, first)
        return own

    def _span(self, begins: str, ends: str, clock: str, name: str = "occurred_from") -> tuple[datetime, datetime, bool]:
        """Return the first and the last instant of a row, and whether whole days are meant."""
        first, whole_end = self._read_day(begins, clock, name)
        last = self._read_day(ends, "", "occurred_to")[1] if ends else whole_end
        if last < first:
            raise wrong_cells.ends_before(ends)
        if last - first > _LONGEST:
            raise wrong_cells.too_long(ends)
        if first > self.names.now + _LATENESS:
            raise wrong_cells.in_the_future(name, begins)
        return first, last, whole_end != first

    def _read_day(self, text: str, clock: str, name: str) -> tuple[datetime, datetime]:
        found = self.days.get((text, clock))
        if found is None:
            found = self.days[text, clock] = self._new_day(text, clock, name)
        return found

    def _new_day(self, text: str, clock: str, name: str) -> tuple[datetime, datetime]:
        given, offset = western(text), ""
        match = _WITH_CLOCK.fullmatch(given)
        if match is not None and not clock:
            given, clock, offset = match[1], match[2], match[3] or ""
        day = day_of(given, months_first=self.months_first)
        if day is None:
            raise wrong_cells.not_a_day(name, text, given)
        self.counts[_DAY_FIRST] += is_ambiguous(given)
        if not clock:
            # Whole days by the calendar, also where the clocks change at midnight.
            begun, ended = (end_of_day(one, self.names.zone) for one in (day - timedelta(days=1), day))
            return begun, ended - timedelta(minutes=1)
        hours = _CLOCK.fullmatch(western(clock))
        if hours is None:
            raise wrong_cells.not_an_hour(clock)
        hour = f"{int(hours[1]):02}:{hours[2]}"
        given_at = datetime.fromisoformat(f"{day}T{hour}{offset}").astimezone(UTC) if offset else None
        at = given_at or self._local(day, hour, name, text)
        return at, at

    def _local(self, day: date, hour: str, name: str, text: str) -> datetime:
        try:
            return instant_in(f"{day}T{hour}", self.names.zone)
        except ScenarioError as error:
            raise wrong_cells.no_such_hour(name, text, error) from error

    def _kind(self, text: str) -> str:
        if ("kind", text) not in self.meanings:
            self.meanings["kind", text] = self._new_kind(text)
        return self.meanings["kind", text]

    def _new_kind(self, text: str) -> str:
        kind = kind_of(comparable(text))
        if kind is None:
            raise wrong_cells.unknown_kind(text)
        return kind

    def _timing(self, text: str) -> str:
        word = plain(text) if text else ""
        if word in _UNSAID:
            return ""
        if word not in DEATH_TIMINGS:
            raise wrong_cells.unknown_timing(text)
        return word

    def _area(self, text: str) -> str:
        return self._named("area", text, self.names.areas, Phrase("area")) if text else ""

    def _actor(self, text: str) -> str:
        return self._named("alleged_violator", text, self.names.actors, Phrase("actor")) if text else ""

    def _named(self, name: str, text: str, known: Mapping[str, str], what: str) -> str:
        if (name, text) not in self.meanings:
            self.meanings[name, text] = self._new_named(name, text, known, what)
        return self.meanings[name, text]

    def _new_named(self, name: str, text: str, known: Mapping[str, str], what: str) -> str:
        word = comparable(text)
        if plain(word) in _UNSAID:
            return ""
        slug = known.get(plain(word), known.get(without_unit(plain(word))))
        if slug is None:
            raise wrong_cells.unknown_name(name, what, word, known)
        if not slug:
            raise wrong_cells.shared_name(name, what, word)
        return slug

    def _point(self, both: str, latitude: str, longitude: str) -> str:
        given = both or (f"{latitude},{longitude}" if latitude or longitude else "")
        if not given:
            return ""
        text, name = given, "point" if both else "latitude"
        if not _TWO_DECIMALS.fullmatch(given):
            given = western(both) or f"{western(latitude)},{western(longitude)}"
            numbers = two_numbers(given.strip())
            text = ",".join(number.replace("\u066b", ".") for number in numbers)
        try:
            at = point_of(text)
        except ScenarioError as error:
            raise wrong_cells.not_a_point(name, given, is_swapped=is_swapped(text)) from error
        if at == (0.0, 0.0):
            raise wrong_cells.off_africa(name, given)
        return text

    def _precision(self, name: str, text: str, most: int) -> str:
        if not text:
            return ""
        given = western(text)
        if given not in _UP_TO[most]:
            raise wrong_cells.not_in_range(name, given, most)
        return given

    def _figures(self, name: str, low: str, best: str, high: str) -> tuple[str, str]:
        """Return the three numbers, and the words of a cell that is not one; words are kept and not counted."""
        if not low and not best and not high:
            return "", ""
        key = (name, low, best, high)
        found = self.numbers.get(key)
        if found is None:
            before = self.counts.copy()
            text, words = self._new_figures(name, low, best, high)
            found = self.numbers[key] = _Numbers(text, words, tuple(self.counts - before))
        else:
            self.counts.update(found.notes)
        return found.text, found.words

    def _new_figures(self, name: str, low: str, best: str, high: str) -> tuple[str, str]:
        words = ""
        if not low and not high and best:
            low, best, high, words = self._read_number(name, best)
        numbers = [western(text) or UNSTATED for text in (low, best, high)]
        if any(number != UNSTATED and not (number.isdecimal() and len(number) <= 7) for number in numbers):
            found = "-".join(numbers)
            raise wrong_cells.not_whole(name, found)
        stated = sorted(int(number) for number in numbers if number != UNSTATED)
        given = [int(number) for number in numbers if number != UNSTATED]
        if stated != given:
            self.counts[_SORTED] += 1
            words, left = "-".join(numbers), iter(stated)
            numbers = [UNSTATED if number == UNSTATED else str(next(left)) for number in numbers]
        text = "-".join(numbers)
        figures_of(text)
        return ("" if text == "?-?-?" else text), words

    def _read_number(self, name: str, text: str) -> tuple[str, str, str, str]:
        given = western(text).casefold()
        if given.isdecimal():
            return "", given, "", ""
        if _LIKE_A_DAY.match(given):
            raise wrong_cells.a_day_for_a_number(name, text)
        if _NO_COUNT.fullmatch(given):
            raise wrong_cells.not_of_people(name, text)
        if (least := _AT_LEAST.fullmatch(given)) is not None:
            return least[1] or least[2], "", "", ""
        if (both := _RANGE.fullmatch(given)) is not None:
            return both[1], "", both[2], ""
        self.counts[_IN_WORDS] += 1
        return "", "", "", text.strip()


@lru_cache(maxsize=4096)
def _instant(at: datetime) -> str:
    return instant_text(at)[:16] + "Z"


def names_of(spellings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return slugs by every comparable spelling; a spelling of more than one slug leads to none (an empty text).

    Examples
    --------
    >>> names_of({"hama": ("Hama", "Hamah"), "homs": ("Homs",)})["hamah"]
    'hama'
    """
    found: dict[str, str] = {}
    for slug, words in spellings.items():
        for word in {plain(comparable(text)) for text in (slug, *words)}:
            found[word] = slug if found.get(word, slug) == slug else ""
    return found
