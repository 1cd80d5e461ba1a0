"""What a reader may not know of a note changes no byte of its minutes: notices, pages, Word files, PDF files."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings, strategies as st

from properties.papers.minutes_leaks import MINUTES_LEAKS
from properties.papers.minutes_worlds import DELEGATIONS, READER, drawn_line, minutes_outputs, other_line, told
from properties.worlds.picks import Picks

WITHIN = 60
Numbers = tuple[int, ...]
numbers = st.tuples(*[st.integers(0, 63)] * 8)


def differences(lines: list[Numbers], choice: Numbers, *, drawn: bool) -> list[str]:
    """Return the names of what the reader gets otherwise in the other world."""
    one = [drawn_line(row) for row in lines]
    two = [other_line(line, row) for line, row in zip(one, lines, strict=True)]
    pick = Picks(choice)
    senders = others = [READER]
    # Only where all were in one room is it hidden who corrected a line: else the rooms tell it.
    if all(line is not None and len(line.heard) == len(DELEGATIONS) for line in (*one, *two)):
        hidden = ("gov", "rus", "tur", "kaz")
        senders, others = (sorted({pick.one(hidden), pick.one(hidden)}, reverse=pick.yes()) for _ in range(2))
        if len(senders) != len(others):
            others = senders
    first, second = (
        minutes_outputs(told(noted, by, hidden=more).view(READER), drawn=drawn)
        for noted, by, more in ((one, senders, True), (two, others, False))
    )
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@settings(max_examples=50)
@given(lines=st.lists(numbers, min_size=1, max_size=7), choice=numbers)
def test_a_reader_cannot_tell_two_notes_apart(lines: list[Numbers], choice: Numbers) -> None:
    assert differences(lines, choice, drawn=len(lines) == 3) == []


DRAW = random.Random(20170123)
PAIRS = [
    ([tuple(DRAW.randrange(64) for _ in range(8)) for _ in range(DRAW.randrange(1, 7))],
     tuple(DRAW.randrange(64) for _ in range(8)))
    for _ in range(WITHIN)
]  # fmt: skip


def test_nothing_is_found_in_these_pairs_where_nothing_is_planted() -> None:
    assert [n for n, (lines, choice) in enumerate(PAIRS) if differences(lines, choice, drawn=False)] == []


@pytest.mark.parametrize("name", list(MINUTES_LEAKS))
def test_a_planted_leak_of_minutes_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MINUTES_LEAKS[name](monkeypatch)
    assert any(differences(lines, choice, drawn=False) for lines, choice in PAIRS)
