"""The others at a desk, in a process of their own: they listen, and do hidden things when they are told to.

``python -m properties.timing.crowd`` reads one line for the seats, then one for each thing to do, with how many do it.
"""

from __future__ import annotations

import json
import random
import sys
from concurrent.futures import ThreadPoolExecutor

from properties.timing.seats import Seat


def main() -> None:
    """Do what each line says until the lines end."""
    given = json.loads(sys.stdin.readline())
    seats = [Seat(*packed) for packed in given["seats"]]
    for seat in seats:
        seat.follow()
    rows = bytes.fromhex(given["rows"])
    pool = ThreadPoolExecutor(len(seats))
    print("ready", flush=True)
    for number, line in enumerate(sys.stdin):
        what, how_many = line.split()
        for seat in random.sample(seats, min(len(seats), int(how_many))):
            pool.submit(act, seat, what, number, rows)
    pool.shutdown()
    for seat in seats:
        seat.close()


def act(seat: Seat, what: str, number: int, rows: bytes) -> None:
    """Do one hidden thing."""
    if what == "write":
        seat.do("FileItem", f"crowd-{number:06d}", words=f"hidden {number}", **{"words.lang": "en"})
    elif what == "read":
        seat.get("")
    elif what == "send":
        seat.send("sheet", rows)


if __name__ == "__main__":
    main()
