"""A child of the tests of power cuts: it appends groups, destroys some of their texts, and says what is done.

``python -m crash.forgetting RECORD KEY SEED [PRAGMA]``; a pragma weakens how the record is kept.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from crash.appending import group, opened
from goodoffices.canonical_json import canonical
from goodoffices.record import RecordEntry, ThingPlace
from record_world import wrapped_keys

GROUPS = 24
ONE_IN = 3
"""After one in so many groups a text is destroyed."""


def main(where: str, key_file: str, seed: str, weaker: str = "") -> None:
    """Append and destroy; say ``group N`` or ``gone GROUP KEY`` when the store has acknowledged it."""
    draw = random.Random(seed)
    store = opened(where, Path(key_file))
    if weaker:
        store._database.rows(f"PRAGMA {weaker}")
    places: list[tuple[int, ThingPlace]] = []
    for number in range(GROUPS):
        written = store.append_many([group(number)], after=store.length)
        os.write(1, b"group %d\n" % number)
        places += [(number, ThingPlace(seq=seq, index=0)) for seq in range(written[0].first, store.length + 1)]
        if number % ONE_IN == 2:
            of_group, place = places.pop(draw.randrange(len(places)))
            before = wrapped_keys(store)
            forget = RecordEntry(head=canonical({"forget": [place.seq, place.index]}))
            store.append([forget], after=store.length, shred=[place])
            [gone] = [before[key] for key in before.keys() - wrapped_keys(store).keys()]
            os.write(1, b"gone %d %d %s\n" % (of_group, place.seq, gone.hex().encode()))
    if draw.random() < 0.5:
        store.close()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
