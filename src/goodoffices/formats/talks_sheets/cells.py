"""What the cells of a row mean: words of closed lists, names of other sheets, days. What is wrong is collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from difflib import SequenceMatcher

from goodoffices.data_class import dataclass
from goodoffices.formats.documents.dataset_dates import day_of, is_ambiguous
from goodoffices.formats.input.sheet_cells import cell_name
from goodoffices.formats.talks_sheets.columns import ISSUES, LISTS, START, CellKind, Column, SheetForm
from goodoffices.formats.talks_sheets.columns_of_exercise import EVERY_SHEET
from goodoffices.formats.talks_sheets.grid import FilledCell, FilledRow, Grid
from goodoffices.formats.talks_sheets.lasting_names import key_of
from goodoffices.formats.talks_sheets.problems import LookAlike, Problem
from goodoffices.names import comparable, easily_confused, nearest_word

_FORMS = {form.name: form for form in (START, *EVERY_SHEET)}
_SLIP = 0.75
"""Words as alike as this are offered as what was meant; less alike, all words of the list are named alone."""


@dataclass(slots=True)
class Checker:
    """The names that the sheets declare, by sheet, and what was found wrong.

    ``names`` leads from a comparable name to the name as written and its cell.
    """

    names: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    look_alikes: list[LookAlike] = field(default_factory=list)
    nameless: frozenset[str] = frozenset()

    def declare(self, grid: Grid) -> None:
        """Note the names that may stand once only, with other names of actors, and which of them look alike."""
        for form in EVERY_SHEET:
            if form.unique:
                known = self.names.setdefault(form.name, {})
                cells = [row[form.unique] for row in grid.rows[form.name]]
                own = {key_of(cell.text): (cell.text, _place(cell)) for cell in reversed(cells) if cell.text}
                known.update(own)
                self._twice(cells)
                divided = [cell for cell in cells if ";" in cell.text or "؛" in cell.text]
                self.problems += [cell.problem("semicolon", found=comparable(cell.text)) for cell in divided]
                if form.name == "Actors":
                    self._other_names(grid.rows["Actors"], known)
                self._alike(cells)

    def _twice(self, cells: Iterable[FilledCell]) -> None:
        first: dict[str, FilledCell] = {}
        for cell in cells:
            earlier = first.setdefault(key_of(cell.text), cell)
            if cell.text and earlier is not cell:
                self.problems.append(cell.problem("twice", found=comparable(cell.text), cell=_place(earlier)))

    def _other_names(self, rows: Iterable[FilledRow], known: dict[str, tuple[str, str]]) -> None:
        for row in rows:
            for name in parts_of(row["Other names"].text):
                held = known.setdefault(key_of(name), (row["Name"].text, _place(row["Other names"])))
                if key_of(held[0]) != key_of(row["Name"].text):
                    self.problems.append(row["Other names"].problem("twice", found=name, cell=held[1]))

    def _alike(self, cells: Iterable[FilledCell]) -> None:
        places = {comparable(cell.text): _place(cell) for cell in cells if cell.text}
        for one, other in easily_confused(places):
            note = LookAlike(found=other, cell=places[other], near=one, near_cell=places[one])
            self.look_alikes.append(note)

    def text(self, row: FilledRow, heading: str) -> str:
        """Return a cell of words; told if it is needed and empty, or holds a day that somebody typed as other words."""
        cell, column = row[heading], _column(row, heading)
        if cell.is_day and column.kind is not CellKind.DAY and heading != "Due":
            self.problems.append(cell.problem("became-day", found=cell.text))
        self._missing(cell, column)
        return comparable(cell.text) if "\n" not in cell.text else cell.text.strip()

    def _missing(self, cell: FilledCell, column: Column) -> None:
        if column.needed and not comparable(cell.text) and not cell.is_broken:
            told = {"heading": column.heading, "explained": column.explained}
            self.problems.append(cell.problem("missing", **told))

    def word(self, row: FilledRow, heading: str) -> str:
        """Return the word of a closed list that a cell has; empty if it has none, or one that is told."""
        return next(iter(self.words(row, heading)), "")

    def words(self, row: FilledRow, heading: str) -> tuple[str, ...]:
        """Return the words of a closed list that a cell has."""
        cell, column = row[heading], _column(row, heading)
        self._missing(cell, column)
        known = {key_of(word): word for word in LISTS[column.of]}
        found = parts_of(cell.text) if column.many else [cell.text] if comparable(cell.text) else []
        right = []
        for text in self._once(cell, found):
            # "yes" stands for "yes (1 is the lowest)", as people type it.
            begun = [word for key, word in known.items() if key.split(" (")[0].split(",")[0] == key_of(text)]
            word = known.get(key_of(text)) or next(iter(begun), None)
            if word is None:
                self._unknown_word(cell, text, column)
            else:
                right.append(word)
        return tuple(right)

    def _once(self, cell: FilledCell, texts: list[str]) -> list[str]:
        twice = [key for key, n in Counter(map(key_of, texts)).items() if n > 1]
        self.problems += [cell.problem("listed-twice", found=found) for found in twice]
        return list({key_of(text): text for text in reversed(texts)}.values())[::-1]

    def _unknown_word(self, cell: FilledCell, text: str, column: Column) -> None:
        known = LISTS[column.of]
        near = _near(text, known)
        code = "word" if near is None else "near-word"
        self.problems.append(cell.problem(code, found=comparable(text), near=near, known="; ".join(known)))

    def name(self, row: FilledRow, heading: str) -> str | None:
        """Return the name of another sheet that a cell has, as it is written there."""
        return next(iter(self.names_in(row, heading)), None)

    def names_in(self, row: FilledRow, heading: str) -> tuple[str, ...]:
        """Return the names of another sheet that a cell has, as they are written there."""
        cell, column = row[heading], _column(row, heading)
        self._missing(cell, column)
        known = self.names.get(column.of, {})
        found = parts_of(cell.text) if column.many else [cell.text] if comparable(cell.text) else []
        right = []
        for text in self._once(cell, found):
            held = known.get(key_of(text))
            if column.also and key_of(text) == key_of(column.also):
                continue
            if held is None and column.of not in self.nameless:
                self._unknown_name(cell, text, column, known)
            elif held is not None:
                right.append(comparable(held[0]))
        return tuple(right)

    def _unknown_name(self, cell: FilledCell, text: str, column: Column, known: Mapping[str, tuple[str, str]]) -> None:
        parts = [part for mark in (",", "،", "/", "\n") for part in text.split(mark) if part != text]
        if column.many and parts and any(key_of(part) in known for part in parts):
            self.problems.append(cell.problem("comma", found=comparable(text)))
            return
        near = _near(key_of(text), known)
        if near is None:
            self.problems.append(cell.problem("name", found=comparable(text), sheet=column.of))
            return
        name, place = known[near]
        told = {"found": comparable(text), "sheet": column.of, "near": comparable(name), "cell": place}
        self.problems.append(cell.problem("near-name", **told))

    def day(self, row: FilledRow, heading: str) -> date | None:
        """Return the day that a cell states, in any of the usual ways of writing; told if it is not certain which."""
        cell, column = row[heading], _column(row, heading)
        self._missing(cell, column)
        return self.day_in(cell) if comparable(cell.text) else None

    def day_in(self, cell: FilledCell) -> date | None:
        """Return the day that a cell with words states."""
        text = comparable(cell.text)
        found = day_of(text)
        if found is not None and is_ambiguous(text):
            other = date(found.year, found.day, found.month)
            self.problems.append(cell.problem("two-days", found=text, one=found.isoformat(), other=other.isoformat()))
            return None
        if found is None:
            self.problems.append(cell.problem("day", found=text))
        return found


def parts_of(text: str) -> list[str]:
    """Return the parts of a cell that semicolons divide; the Arabic semicolon counts too."""
    return [part for part in map(comparable, text.replace("؛", ";").split(";")) if part]


def _near(text: str, known: Iterable[str]) -> str | None:
    near = nearest_word(text, known)
    if near is None:
        return None
    return near if SequenceMatcher(None, key_of(text), key_of(near)).ratio() >= _SLIP else None


def _column(row: FilledRow, heading: str) -> Column:
    form: SheetForm = _FORMS[row[heading].sheet]
    return form.column(heading)


def _place(cell: FilledCell) -> str:
    return f"{cell.sheet}!{cell_name(cell.line, cell.at)}"


def option_cells(row: FilledRow) -> list[FilledCell]:
    """Return the cells of an issue's options, in order."""
    return [row[column.heading] for column in ISSUES.columns if column.heading.startswith("Option ")]
