"""Values that grow without being copied: an append-only sequence and an ordered table.

Both are observationally immutable. They let one fold serve a record of ten acts and one of a million: the talks after
act *n* + 1 share almost everything with the talks after act *n*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, overload

from rpds import HashTrieMap

T = TypeVar("T")
D = TypeVar("D")


def changed(thing: T, **changes: Any) -> T:
    """Return a frozen dataclass with other values for some fields.

    What ``dataclasses.replace`` does, in a third of the time: folding a record changes things tens of thousands of
    times.
    """
    cls: type = type(thing)
    names, read = _fields(cls)
    if read is None or not changes.keys() <= set(names):
        return replace(thing, **changes)  # type: ignore[type-var]
    made: T = object.__new__(cls)
    for name, value in zip(names, read(thing), strict=True):
        _SET(made, name, value)
    for name, value in changes.items():
        _SET(made, name, value)
    return made


# What a frozen dataclass itself sets its fields with.
_SET = object.__setattr__


@cache
def _fields(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]] | None]:
    """Return a dataclass's fields and what reads them all; ``None`` where making one is more than setting them."""
    names = tuple(f.name for f in fields(cls))
    is_plain = len(names) > 1 and not hasattr(cls, "__post_init__")
    return names, attrgetter(*names) if is_plain else None


class Log(Sequence[T], Generic[T]):
    """A sequence that only grows. Appending returns a new log; the old one stays as it was.

    Two logs may share one buffer: each knows how much of it is its own, and whoever appends to an older log takes a
    copy first.
    """

    __slots__ = ("_buffer", "_n")

    def __init__(self, items: Sequence[T] = ()) -> None:
        self._buffer = list(items)
        self._n = len(self._buffer)

    def append(self, item: T) -> Log[T]:
        """Return this log with ``item`` at its end."""
        grown: Log[T] = Log.__new__(Log)
        grown._buffer = self._buffer if len(self._buffer) == self._n else self._buffer[: self._n]
        grown._buffer.append(item)
        grown._n = self._n + 1
        return grown

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._buffer[i] for i in range(*index.indices(self._n))]
        if not -self._n <= index < self._n:
            raise IndexError(f"position {index} of a log of {self._n}")
        return self._buffer[index if index >= 0 else self._n + index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Log) and self._n == other._n and self[:] == other[:]

    def __hash__(self) -> int:
        return hash(tuple(self[:]))

    def __repr__(self) -> str:
        return f"Log({self[:]!r})"


class Table(Mapping[str, T], Generic[T]):
    """A mapping from handles or slugs to values; ``put`` returns a new table.

    Iteration is in the order in which keys were first put, which for the fold of a slice is the order of its notices:
    it never depends on hashing, nor on anything outside the slice.
    """

    __slots__ = ("_by", "_order")

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._order: Log[str] = Log(tuple(items) if items else ())
        self._by: HashTrieMap[str, T] = HashTrieMap(items) if items else HashTrieMap()

    def put(self, key: str, value: T) -> Table[T]:
        """Return this table with ``value`` under ``key``."""
        changed: Table[T] = Table.__new__(Table)
        changed._order = self._order if key in self._by else self._order.append(key)
        changed._by = self._by.insert(key, value)
        return changed

    def __getitem__(self, key: str) -> T:
        return self._by[key]

    @overload
    def get(self, key: str, default: None = None) -> T | None: ...
    @overload
    def get(self, key: str, default: T | D) -> T | D: ...
    def get(self, key: str, default: T | D | None = None) -> T | D | None:
        """Return the value under ``key``, or ``default``."""
        return self._by.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self._by

    def __iter__(self) -> Iterator[str]:
        return iter(self._order[:])

    def __len__(self) -> int:
        return len(self._order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and dict(self._by) == dict(other._by)

    def __hash__(self) -> int:
        return hash(frozenset(self._by))

    def __repr__(self) -> str:
        return f"Table({{{', '.join(f'{k!r}: {self[k]!r}' for k in self)}}})"
