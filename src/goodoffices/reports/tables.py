"""The parts of a brief and of answers: titled tables of words."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.data_class import dataclass
from goodoffices.reports.seat_names import seat_name
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled table. ``empty`` is said in place of a table without rows; ``note`` stands below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of tables. ``name`` is what one asks for it by, and ``holds`` says in a line what is in it."""

    title: str
    parts: tuple[Part, ...]
    empty: str = ""
    name: str = ""
    holds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Of what an answer is, and from where: a seat's view of talks, or a file that has no seats."""

    title: str
    kind: str = ""
    seat: str = ""
    seat_name: str = "this file"

    @classmethod
    def of(cls, view: View) -> Heading:
        """Return the heading of what one seat is shown."""
        header = view.known.header
        return cls(title=header.title, kind=header.kind.value, seat=view.seat, seat_name=seat_name(view, view.seat))

    @property
    def rests_on(self) -> str:
        """On what the answer rests."""
        return "From this seat's assessments" if self.seat else "From this file"


def listed(items: Iterable[str]) -> str:
    """Return items as one text, or a dash if there are none. Sentences follow each other; other items have ``;``."""
    made = ""
    for item in items:
        made = f"{made}{' ' if made.endswith(('.', '?', '!')) else '; '}{item}" if made else item
    return made or "–"


def and_listed(names: Iterable[str]) -> str:
    """Return names as a list in words: *A, B and C*."""
    *rest, last = [*names] or ["–"]
    return f"{', '.join(rest)} and {last}" if rest else last


def capital(text: str) -> str:
    """Return ``text`` with a capital first letter, as at the beginning of a sentence or a cell."""
    return text[:1].upper() + text[1:]
