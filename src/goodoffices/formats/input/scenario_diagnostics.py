"""What a reader of scenario files ignored, mended, assumed or refused, with the place of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from goodoffices.errors import ScenarioFileError


class Grade(StrEnum):
    """How much it matters."""

    NOTE = "note"
    REPAIR = "repair"
    ASSUMPTION = "assumption"
    REFUSAL = "refusal"


KINDS: dict[str, str] = {
    "ignored": "a part of the file that has no bearing on the numbers",
    "not-a-profile": "a file of the folder that holds neither an agenda nor a profile",
    "weights-off": "weights that do not add up to 1",
    "duplicate-domain": "a second agenda equal to the first",
    "out-of-range": "a number outside the range that the format gives it",
    "older-form": "an older form of an issue",
    "mixed-box": "a rectangle with sides to include and to exclude; only the latter count",
    "before-declaration": "text before the XML declaration",
    "bare-ampersand": "an ampersand that is not written &amp;",
    "missing-blank": "no blank between two attributes",
    "byte-order-mark": "a byte-order mark inside the text",
    "after-end": "text after the end of the document",
    "doubled-option": "an option listed twice in one issue",
    "missing-reservation": "no reservation value is stated",
    "no-discount": "a discount factor that is not a number",
    "name-differs": "two names for one issue",
    "encoding": "bytes that are not what the declaration says",
    "agenda-from-profiles": "no agenda file; the agenda is taken from the profiles",
    "grid": "a continuous issue, cut into options",
    "missing-evaluation": "an option without a worth",
    "blank-profile": "a profile without any worth",
    "not-supported": "a feature that the reader does not take",
    "not-well-formed": "a file that does not follow its own grammar",
    "shape": "a part that is missing, of the wrong type or under an unknown name",
    "mismatch": "files of one folder that do not belong together",
    "limit": "more than the limits for untrusted files allow",
    "not-a-file": "something that is not a regular file inside the folder",
    "unknown-dialect": "content that no reader knows",
    "centre-by-code": "a centre whose worth is given by program code",
    "scaled": "points divided by the best settlement, because the format holds 0 to 1",
    "shifted": "an issue moved to start at 0, and the reservation value with it",
    "dropped": "something that the format cannot hold",
    "rounded": "a number without a finite decimal form, written with 17 digits",
    "approximate-reservation": "a reservation value written as the settlement next above it",
    "not-said": "something that the files do not say and that has no bearing on the numbers",
    "belief": "what one side believes of the other, not a party",
}

ALLOWABLE = frozenset({"missing-evaluation", "weights-off", "out-of-range"})
"""Refusals that ``allow`` turns into assumptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: file name, line and column from 1 (0: the whole file), and what part."""

    file: str
    line: int = 0
    column: int = 0
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a report."""

    grade: Grade
    kind: str
    place: Place
    why: str
    found: str = ""
    taken: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        change = f" Found {self.found!r}, taken as {self.taken!r}." if self.taken else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.why} ({self.grade}: {self.kind}).{change}{remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a reader or writer has to tell."""

    entries: tuple[Entry, ...] = ()
    headline: str = ""

    def of(self, grade: Grade) -> tuple[Entry, ...]:
        """Return the entries of one grade."""
        return tuple(entry for entry in self.entries if entry.grade is grade)

    def to_rows(self) -> list[dict[str, str | int]]:
        """Return one flat mapping per entry."""
        return [
            {
                "grade": str(entry.grade),
                "kind": entry.kind,
                "file": entry.place.file,
                "line": entry.place.line,
                "column": entry.place.column,
                "pointer": entry.place.pointer,
                "found": entry.found,
                "taken": entry.taken,
                "why": entry.why,
                "remedy": entry.remedy,
            }
            for entry in self.entries
        ]

    def __str__(self) -> str:
        first = [self.headline] if self.headline else []
        if not self.entries:
            return "\n".join([*first, "read without change"])
        lines = list(first)
        for file in dict.fromkeys(entry.place.file for entry in self.entries):
            mine = [entry for entry in self.entries if entry.place.file == file]
            counted = dict.fromkeys((entry.grade, entry.kind, entry.why) for entry in mine)
            for grade, kind, why in counted:
                alike = [entry for entry in mine if (entry.grade, entry.kind, entry.why) == (grade, kind, why)]
                lines.append(str(alike[0]) + (f" {len(alike)} times." if len(alike) > 1 else ""))
        return "\n".join(lines)


@dataclass(slots=True, kw_only=True)
class Log:
    """Gathers entries while files are read. ``strict`` turns repairs and assumptions into errors, but for ``allow``."""

    strict: bool = False
    allow: frozenset[str] = frozenset()
    entries: list[Entry] = field(default_factory=list)

    def note(self, kind: str, place: Place, why: str, **more: str) -> None:
        """Record something that has no bearing."""
        self._add(Entry(grade=Grade.NOTE, kind=kind, place=place, why=why, **more))

    def repair(self, kind: str, place: Place, why: str, **more: str) -> None:
        """Record a mend of which only one reading was possible."""
        self._add(Entry(grade=Grade.REPAIR, kind=kind, place=place, why=why, **more))

    def assume(self, kind: str, place: Place, why: str, **more: str) -> None:
        """Record a value that the file does not state."""
        self._add(Entry(grade=Grade.ASSUMPTION, kind=kind, place=place, why=why, **more))

    def refuse(self, kind: str, place: Place, why: str, **more: str) -> None:
        """Record that a part was left out because no reading of it is safe."""
        self._add(Entry(grade=Grade.REFUSAL, kind=kind, place=place, why=why, **more))

    def may(self, kind: str) -> bool:
        """Return whether the caller admits an allowable refusal."""
        return kind in ALLOWABLE and kind in self.allow

    def _add(self, entry: Entry) -> None:
        assert entry.kind in KINDS, entry.kind
        if self.strict and entry.grade is not Grade.NOTE and entry.kind not in self.allow:
            raise failure(entry.kind, entry.place, f"{entry.why} (strict reading). {entry.remedy}".strip())
        self.entries.append(entry)

    def report(self, headline: str = "") -> Report:
        """Return what was gathered."""
        return Report(entries=tuple(self.entries), headline=headline)


def failure(kind: str, place: Place, why: str) -> ScenarioFileError:
    """Return the error for a refusal of a whole file."""
    assert kind in KINDS, kind
    return ScenarioFileError(why, kind=kind, file=place.file, line=place.line, column=place.column)


def assumptions(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the assumptions as sentences that travel with the numbers."""
    return tuple(str(entry) for entry in entries if entry.grade is Grade.ASSUMPTION)
