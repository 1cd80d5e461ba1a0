"""What a reader reports about a file: notes, repairs, assumptions and refusals, each with its place.

Every reader of :mod:`goodoffices.formats` reports through these values. Lines and columns count from 1, and columns
count characters, not bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.phrases.phrase import Phrase, Several

MOST_LISTED = 50  # refusals printed in full per read; the rest is counted
MOST_WORDS = 12  # valid words named in one sentence


class Grade(StrEnum):
    """How much the reader had to change; only a note leaves the meaning as it is."""

    NOTE = "note"
    REPAIR = "repair"
    ASSUMPTION = "assumption"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file: line and column from 1 (line 0: the whole file), and the path of keys or elements."""

    file: str
    line: int = 0
    column: int = 0
    pointer: str = ""

    def said(self) -> str:
        """Return the place for a sentence; of a cell of a spreadsheet, as words that can be translated."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return str(self.said())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to report, at one place of one file.

    ``kind`` is one of the kinds that the documentation lists. ``why`` says what is wrong, ``right`` what would be
    right, ``remedy`` what to do, each a sentence. ``found`` is the text as written, ``taken`` what was read instead,
    ``known`` the valid words, ``nearest`` the valid word that was probably meant.
    """

    grade: Grade
    kind: str
    place: Place
    why: str
    right: str = ""
    remedy: str = ""
    found: str = ""
    taken: str = ""
    known: tuple[str, ...] = ()
    nearest: str | None = None

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.place.file

    @property
    def line(self) -> int:
        """Return the line, from 1."""
        return self.place.line

    @property
    def column(self) -> int:
        """Return the column, from 1."""
        return self.place.column

    def sentence(self) -> str:
        """Return the whole message on one line, place first."""
        hint = Phrase("Did you mean {nearest}?", nearest=repr(self.nearest)) if self.nearest is not None else ""
        mark = "" if self.grade is Grade.REFUSAL else f"({self.grade})"
        what = Several((self.why, self.right, hint, self.remedy, mark))
        return Phrase("{place}: {what}", place=self.place.said(), what=what)

    def to_row(self) -> dict[str, str | int | list[str] | None]:
        """Return the entry as a flat mapping, for tables and for programs."""
        return {
            "grade": self.grade.value,
            "kind": self.kind,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "pointer": self.place.pointer,
            "found": self.found,
            "taken": self.taken,
            "why": self.why,
            "right": self.right,
            "remedy": self.remedy,
            "known": list(self.known),
            "nearest": self.nearest,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All entries about one file, in order of position; at most fifty refusals are listed, and the rest is counted."""

    path: str
    entries: tuple[Entry, ...] = ()
    n_unlisted: int = 0

    @classmethod
    def of(cls, path: str, entries: Iterable[Entry]) -> Report:
        """Return the report of ``entries``, sorted by place, with at most fifty refusals listed."""
        ordered = sorted(entries, key=position)
        refusals = [entry for entry in ordered if entry.grade is Grade.REFUSAL]
        listed = set(map(id, refusals[:MOST_LISTED]))
        kept = [entry for entry in ordered if entry.grade is not Grade.REFUSAL or id(entry) in listed]
        return cls(path=path, entries=tuple(kept), n_unlisted=max(0, len(refusals) - MOST_LISTED))

    @property
    def refusals(self) -> tuple[Entry, ...]:
        """Return the entries that keep the file from being used."""
        return tuple(entry for entry in self.entries if entry.grade is Grade.REFUSAL)

    @property
    def exit_code(self) -> int:
        """Return 0 for no entries or only notes, 1 for repairs or assumptions, 2 for refusals."""
        grades = {entry.grade for entry in self.entries}
        if Grade.REFUSAL in grades:
            return 2
        return 1 if grades & {Grade.REPAIR, Grade.ASSUMPTION} else 0

    def judged(self, *, strict: bool = False, allow: Collection[str] = ()) -> Report:
        """Return the report; with ``strict``, repairs and assumptions are refusals, but for the kinds in ``allow``."""
        if not strict:
            return self
        mild = {Grade.REPAIR, Grade.ASSUMPTION}
        entries = (
            replace(entry, grade=Grade.REFUSAL) if entry.grade in mild and entry.kind not in allow else entry
            for entry in self.entries
        )
        return replace(self, entries=tuple(entries))

    def to_rows(self) -> list[dict[str, str | int | list[str] | None]]:
        """Return one flat mapping per entry."""
        return [entry.to_row() for entry in self.entries]

    def to_json(self) -> str:
        """Return the report as JSON, for scripts."""
        body = {"path": self.path, "exit_code": self.exit_code, "unlisted": self.n_unlisted, "entries": self.to_rows()}
        return json.dumps(body, ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        """Return the sentences, one a line, grouped by file."""
        if not self.entries:
            return f"{self.path}: no mistakes found."
        lines = [entry.sentence() for entry in self.entries]
        if self.n_unlisted:
            n_all = len(self.refusals) + self.n_unlisted
            lines.append(f"... and {self.n_unlisted} more; {n_all} problems in all. Fix these first and check again.")
        return "\n".join(lines)


def position(entry: Entry) -> tuple[str, int, int]:
    """Return what entries are sorted by."""
    return entry.file, entry.line, entry.column


def failure(kind: str, place: Place, why: str) -> ScenarioFileError:
    """Return the error for a file that cannot be read at all."""
    return ScenarioFileError(why, kind=kind, file=place.file, line=place.line, column=place.column)


def listed_words(words: Collection[str]) -> str:
    """Return the first twelve words with commas, and the number of the rest.

    Examples
    --------
    >>> listed_words(["iran", "russia"])
    'iran, russia'
    """
    shown = ", ".join(list(words)[:MOST_WORDS])
    return shown if len(words) <= MOST_WORDS else f"{shown} and {len(words) - MOST_WORDS} more"
