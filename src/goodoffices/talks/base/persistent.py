"""An append-only sequence and an ordered table that grow without being copied.

To the caller both are immutable. The talks after act *n* + 1 share almost all their memory with the talks after act
*n*, so the same fold works for a record of ten acts and for one of a million.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import fields, replace
from functools import cache
from itertools import islice, repeat
from operator import attrgetter
from typing import Any, Generic, TypeVar, overload

from rpds import HashTrieMap

T = TypeVar("T")
D = TypeVar("D")


def changed(thing: T, **changes: Any) -> T:
    """Return a copy of a frozen dataclass with some fields changed.

    This does what ``dataclasses.replace`` does in a third of the time. It matters because folding a record changes
    things tens of thousands of times.
    """
    cls: type = type(thing)
    names, read = _fields(cls)
    if read is None or not changes.keys() <= set(names):
        return replace(thing, **changes)  # type: ignore[type-var]
    copy: T = object.__new__(cls)
    # The same as a loop over the fields, which would take twice as long.
    deque(map(_SET, repeat(copy), names, read(thing)), maxlen=0)
    for name, value in changes.items():
        _SET(copy, name, value)
    return copy


# Frozen dataclasses set their own fields with this.
_SET = object.__setattr__


@cache
def _fields(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]] | None]:
    """Return a dataclass's field names and a function that reads them all.

    The function is ``None`` if copying field by field would skip something, such as ``__post_init__``.
    """
    names = tuple(f.name for f in fields(cls))
    is_plain = len(names) > 1 and not hasattr(cls, "__post_init__")
    return names, attrgetter(*names) if is_plain else None


class Log(Sequence[T], Generic[T]):
    """A sequence that only grows. Appending returns a new log and leaves the old one as it was.

    Two logs may share one buffer. Each knows how much of the buffer it uses. Appending to an older log copies the
    buffer first.
    """

    __slots__ = ("_buffer", "_n")

    def __init__(self, items: Sequence[T] = ()) -> None:
        self._buffer = list(items)
        self._n = len(self._buffer)

    def append(self, item: T) -> Log[T]:
        """Return a log with ``item`` added at the end."""
        grown: Log[T] = Log.__new__(Log)
        grown._buffer = self._buffer if len(self._buffer) == self._n else self._buffer[: self._n]
        grown._buffer.append(item)
        grown._n = self._n + 1
        return grown

    def extend(self, items: Sequence[T]) -> Log[T]:
        """Return a log with ``items`` added at the end."""
        grown: Log[T] = Log.__new__(Log)
        grown._buffer = self._buffer if len(self._buffer) == self._n else self._buffer[: self._n]
        grown._buffer += items
        grown._n = self._n + len(items)
        return grown

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._n)
            return self._buffer[start:stop:step] if step > 0 else self._buffer[: self._n][index]
        if not -self._n <= index < self._n:
            raise IndexError(f"log index {index} is out of range; the log has {self._n} items")
        return self._buffer[index if index >= 0 else self._n + index]

    def __iter__(self) -> Iterator[T]:
        # What another log appends to the buffer comes after the last item of this one.
        return islice(self._buffer, self._n)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Log) and self._n == other._n and self[:] == other[:]

    def __hash__(self) -> int:
        return hash(tuple(self[:]))

    def __repr__(self) -> str:
        return f"Log({self[:]!r})"


class Table(Mapping[str, T], Generic[T]):
    """A mapping from handles or slugs to values; ``put`` returns a new table.

    Keys are in the order in which they were first put. For the fold of a slice that is the order of its notices. It
    does not depend on hashing, or on anything outside the slice.
    """

    __slots__ = ("_by", "_order")

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._order: Log[str] = Log(tuple(items) if items else ())
        self._by: HashTrieMap[str, T] = HashTrieMap(items) if items else HashTrieMap()

    def put(self, key: str, value: T) -> Table[T]:
        """Return a table with ``value`` under ``key``."""
        changed: Table[T] = Table.__new__(Table)
        changed._order = self._order if key in self._by else self._order.append(key)
        changed._by = self._by.insert(key, value)
        return changed

    def put_all(self, items: Mapping[str, T]) -> Table[T]:
        """Return a table with all ``items`` put, in their order; hundreds at once cost a third of one by one."""
        changed: Table[T] = Table.__new__(Table)
        changed._order = self._order.extend([key for key in items if key not in self._by])
        changed._by = self._by.update(items)
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
        return iter(self._order)

    def values(self) -> ValuesView[T]:
        """Return the values, in the order of their keys."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        """Return the keys with their values, in the order of the keys."""
        return _Items(self)

    def __len__(self) -> int:
        return len(self._order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and dict(self._by) == dict(other._by)

    def __hash__(self) -> int:
        return hash(frozenset(self._by))

    def __repr__(self) -> str:
        return f"Table({{{', '.join(f'{k!r}: {self[k]!r}' for k in self)}}})"


# Both do what their parents do, without a call in Python for each value: pages and automated seats walk tables often.
class _Values(ValuesView[T]):
    def __init__(self, table: Table[T]) -> None:
        super().__init__(table)
        self._table = table

    def __iter__(self) -> Iterator[T]:
        return map(self._table._by.__getitem__, self._table)


class _Items(ItemsView[str, T]):
    def __init__(self, table: Table[T]) -> None:
        super().__init__(table)
        self._table = table

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return zip(self._table, _Values(self._table), strict=True)
