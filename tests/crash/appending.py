"""Children of the crash tests. They append to a record until they are killed, or until they have won often enough."""

from __future__ import annotations

import os
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from goodoffices.canonical_json import canonical
from goodoffices.errors import ConcurrentUpdateError
from goodoffices.record import Group, KeyFile, RecordEntry, Request, Store, open_
from goodoffices.talks.base.enums import Kind

MOST_GROUPS_PER_COMMIT = 4


@cache
def group(number: int) -> Group:
    """Group ``number``: one to three acts with bodies of many sizes, so that half a group would show."""
    n = 1 + number % 3
    entries = tuple(
        RecordEntry(head=canonical({"group": number, "act": act}), bodies=(b"x" * (number * 37 % 3000),))
        for act in range(n)
    )
    return Group(entries=entries, request=Request(seat="a", key=str(number), content=b"%d" % number))


def opened(where: str, key_file: Path) -> Store:
    place = where if "://" in where else Path(where)
    return open_(place, kind=Kind.EXERCISE, key=KeyFile(path=key_file), alone=False)


def until_killed(out: Connection, where: str, key_file: Path, first: int) -> None:
    """Append groups from ``first`` on for ever; say a group's number only when `append_many` has returned."""
    store = opened(where, key_file)
    os.write(out.fileno(), b"open\n")
    while True:
        numbers = range(first, first + 1 + first % MOST_GROUPS_PER_COMMIT)
        store.append_many([group(number) for number in numbers], after=store.length)
        os.write(out.fileno(), b"".join(b"%d\n" % number for number in numbers))
        first = numbers.stop


def racing(out: Connection, where: str, key_file: Path, name: str, wins: int) -> None:
    """Append against others, and say how often that was too late: whoever is too late decides again."""
    store = opened(where, key_file)
    losses = 0
    for win in range(wins):
        while True:
            try:
                head = canonical({"writer": name, "win": win})
                store.append(
                    [RecordEntry(head=head)], after=store.length, request=Request(seat=name, key=str(win), content=head)
                )
            except ConcurrentUpdateError:
                losses += 1
            else:
                break
    os.write(out.fileno(), b"%d\n" % losses)
