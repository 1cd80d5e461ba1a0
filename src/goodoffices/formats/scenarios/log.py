"""What a reader or writer of scenarios ignored, repaired, assumed or refused, collected into one report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from typing import Any, TypedDict, Unpack

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, Place, failure
from goodoffices.formats.scenarios.problem_kinds import ALLOWABLE, KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioReport:
    """Everything that a reader or writer reports about one scenario; entries that say the same are counted."""

    entries: tuple[Entry, ...] = ()
    headline: str = ""

    def of(self, grade: Grade) -> tuple[Entry, ...]:
        """Return the entries of one grade."""
        return tuple(entry for entry in self.entries if entry.grade is grade)

    def __str__(self) -> str:
        first = [self.headline] if self.headline else []
        if not self.entries:
            return "\n".join([*first, "nothing was repaired or assumed"])
        alike: dict[tuple[str, ...], list[Entry]] = {}
        files = list(dict.fromkeys(entry.place.file for entry in self.entries))
        for entry in sorted(self.entries, key=lambda entry: files.index(entry.place.file)):
            alike.setdefault((entry.place.file, entry.grade, entry.kind, entry.why), []).append(entry)
        lines = [sentence(each[0]) + (f" {len(each)} times." if len(each) > 1 else "") for each in alike.values()]
        return "\n".join([*first, *lines])


class _More(TypedDict, total=False):
    found: str
    taken: str
    remedy: str


@dataclass(slots=True, kw_only=True)
class Log:
    """Collect entries while files are read.

    With ``strict``, every entry but a note is raised as an error, unless its kind is in ``allow``.
    """

    strict: bool = False
    allow: frozenset[str] = frozenset()
    entries: list[Entry] = field(default_factory=list)

    def note(self, kind: str, place: Place, why: str, **more: Unpack[_More]) -> None:
        """Record something that does not change the numbers."""
        self._add(Entry(grade=Grade.NOTE, kind=kind, place=place, why=why, **more))

    def unread(self, value: Mapping[str, Any], known: Collection[str], place: Place, what: str) -> None:
        """Note the parts of a mapping that no reader looks at; ``what`` it is begins the sentence."""
        strange = [str(key)[:40] for key in value if key not in known]
        if strange:
            self.note("ignored", place, f"{what} has parts that are not read: {', '.join(strange)}"[:300])

    def unread_in_worth(self, value: Mapping[str, Any], known: Collection[str], place: Place, what: str) -> None:
        """Record as left out the parts of a worth that are not read: the worth may be another because of them."""
        strange = [str(key)[:40] for key in value if key not in known]
        if strange:
            self.refuse("ignored", place, f"{what} has parts that are not read: {', '.join(strange)}"[:300])

    def repair(self, kind: str, place: Place, why: str, **more: Unpack[_More]) -> None:
        """Record a repair that allows only one reading."""
        self._add(Entry(grade=Grade.REPAIR, kind=kind, place=place, why=why, **more))

    def assume(self, kind: str, place: Place, why: str, **more: Unpack[_More]) -> None:
        """Record a value that the file does not state."""
        self._add(Entry(grade=Grade.ASSUMPTION, kind=kind, place=place, why=why, **more))

    def refuse(self, kind: str, place: Place, why: str, **more: Unpack[_More]) -> None:
        """Record that a part was left out because no reading of it is safe."""
        self._add(Entry(grade=Grade.REFUSAL, kind=kind, place=place, why=why, **more))

    def may(self, kind: str) -> bool:
        """Return whether the caller accepts this refusal as an assumption."""
        return kind in ALLOWABLE and kind in self.allow

    def _add(self, entry: Entry) -> None:
        assert entry.kind in KINDS, entry.kind
        if self.strict and entry.grade is not Grade.NOTE and entry.kind not in self.allow:
            raise failure(entry.kind, entry.place, f"{entry.why} (strict reading). {entry.remedy}".strip())
        self.entries.append(entry)

    def report(self, headline: str = "") -> ScenarioReport:
        """Return what was gathered."""
        return ScenarioReport(entries=tuple(self.entries), headline=headline)


def sentence(entry: Entry) -> str:
    """Return one line: the place, what is wrong, the grade and kind, and what was read instead."""
    change = f" Found {entry.found!r}, taken as {entry.taken!r}." if entry.taken else ""
    remedy = f" {entry.remedy}" if entry.remedy else ""
    return f"{entry.place}: {entry.why} ({entry.grade}: {entry.kind}).{change}{remedy}"


def left_out(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return what was refused and left out as sentences that stand before every answer from the rest."""
    return tuple(sentence(entry) for entry in entries if entry.grade is Grade.REFUSAL)


def assumptions(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the assumptions as sentences that travel with the numbers."""
    return tuple(sentence(entry) for entry in entries if entry.grade is Grade.ASSUMPTION)
