"""Small integers that choose: one step of a run is a tuple of them, so that runs shrink well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Picks:
    """Consumes integers one by one; each chooses among what is there, so almost every step is a legal one."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers, self._at = numbers, 0

    def number(self, below: int) -> int:
        """Return a number from 0 to ``below`` - 1."""
        value = self._numbers[self._at % len(self._numbers)] % below
        self._at += 1
        return value

    def one(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[self.number(len(choices))]

    def some(self, choices: Sequence[T]) -> tuple[T, ...]:
        """Return one or two different ones of ``choices``."""
        first = self.one(choices)
        second = self.one(choices)
        return (first,) if first == second or self.number(2) else (first, second)

    def yes(self) -> bool:
        """Return yes or no."""
        return bool(self.number(2))
