"""Children of the crash tests. They append to a record until they are killed, or until they have won often enough.

appending.py until-killed WHERE KEY_FILE FIRST     groups FIRST, FIRST + 1, …; prints each one once it is kept
appending.py racing WHERE KEY_FILE NAME WINS       WINS acts against other processes; prints how often it lost
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from goodoffices.canonical_json import canonical
from goodoffices.errors import ConcurrentUpdateError
from goodoffices.record import Group, KeyFile, RecordEntry, Request, Store, open_
from goodoffices.talks.base.enums import Kind

MOST_GROUPS_PER_COMMIT = 4


def group(number: int) -> Group:
    """Group ``number``: one to three acts with bodies of many sizes, so that half a group would show."""
    n = 1 + number % 3
    entries = tuple(
        RecordEntry(head=canonical({"group": number, "act": act}), bodies=(b"x" * (number * 37 % 3000),))
        for act in range(n)
    )
    return Group(entries=entries, request=Request(seat="a", key=str(number), content=b"%d" % number))


def until_killed(store: Store, first: int) -> None:
    """Append for ever; say a group's number only when `append_many` has returned."""
    out = sys.stdout.fileno()
    os.write(out, b"open\n")
    while True:
        numbers = range(first, first + 1 + first % MOST_GROUPS_PER_COMMIT)
        store.append_many([group(number) for number in numbers], after=store.length)
        os.write(out, b"".join(b"%d\n" % number for number in numbers))
        first = numbers.stop


def racing(store: Store, name: str, wins: int) -> None:
    """Append against others: whoever is too late decides again."""
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
    sys.stdout.write(f"{losses}\n")


def main(task: str, where: str, key_file: str, *rest: str) -> None:
    place = where if "://" in where else Path(where)
    store = open_(place, kind=Kind.EXERCISE, key=KeyFile(path=Path(key_file)), alone=False)
    if task == "until-killed":
        until_killed(store, int(rest[0]))
    else:
        racing(store, rest[0], int(rest[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
