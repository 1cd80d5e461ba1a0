"""Random bytes that are the same in every run."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable


def entropy() -> Callable[[str, int], bytes]:
    """Return random bytes that are the same in every run, with a sequence of its own for every seat and length.

    The sessions that others open in one world only draw 32 bytes; what a page shows, such as a card's code, draws 16.
    """
    counts: dict[tuple[str, int], itertools.count[int]] = {}

    def draw(seat: str, n: int) -> bytes:
        k = next(counts.setdefault((seat, n), itertools.count()))
        return hashlib.sha256(f"{seat} {k}".encode()).digest()[:n]

    return draw


def record_entropy() -> Callable[[int], bytes]:
    counter = itertools.count()
    return lambda n: b"".join(hashlib.sha256(f"record {next(counter)}".encode()).digest() for _ in range(n // 32 + 1))[
        :n
    ]
