"""Open one seat's view of talks: of a talks file, a bundled scenario or a record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from goodoffices.cli.terminal.record_access import looked_at, now
from goodoffices.errors import UnknownWordError
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.names import comparable
from goodoffices.nearest import nearest_word
from goodoffices.record.open_store import is_postgresql
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View

_SQLITE = b"SQLite format 3\x00"
TALKS = click.argument("talks", metavar="TALKS")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@contextmanager
def view_of(talks: str, seat: str | None) -> Iterator[View]:
    """Open a seat's view of TALKS: a talks file, its folder, a bundled scenario, or a record."""
    if is_record(talks):
        with looked_at(talks) as room:
            yield room.view(_chosen(seat, room.roles()))
        return
    file = read_talks(talks)
    folded = replay(opening(file, kind=Kind.EXERCISE, at=now()))
    yield view_for(folded, _chosen(seat, {plan.slug: tuple(role.value for role in plan.roles) for plan in file.seats}))


def is_record(talks: str) -> bool:
    """Say whether TALKS is a record: an address of PostgreSQL, or a file of SQLite."""
    return is_postgresql(talks) or _is_record(Path(talks))


def _is_record(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _chosen(seat: str | None, seats: dict[str, tuple[str, ...]]) -> str:
    """Return the seat that was named, or else the first analyst, or else the first seat."""
    if seat is None:
        return next((slug for slug, roles in seats.items() if "analyst" in roles), next(iter(seats)))
    if comparable(seat) not in seats:
        raise UnknownWordError("seat", seat, tuple(seats), nearest=nearest_word(seat, seats))
    return comparable(seat)
