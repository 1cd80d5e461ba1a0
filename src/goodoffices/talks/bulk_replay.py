"""Fold all that a seat was told at once. The result is the same as act by act, but values change in place on the way.

A slice that is first looked at may be thousands of acts long, and nobody sees it in between. The growing values are
never handed out; ``closed`` converts them to the values that folding act by act would have given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from rpds import HashTrieMap, HashTrieSet

from goodoffices.talks.base.acts import Act, Content
from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import FacePlan, Fold, Notice, Opening, Slice, notice_of

T = TypeVar("T")


class GrowingTable(Table[T]):
    """A table that ``put`` changes in place."""

    __slots__ = ()

    _by: dict[str, T]  # type: ignore[assignment]  # a dict has all the methods of a HashTrieMap that are used

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._by = dict(items)

    def put(self, key: str, value: T) -> GrowingTable[T]:
        """Put ``value`` under ``key`` and return this table itself."""
        self._by[key] = value
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._by))

    def __len__(self) -> int:
        return len(self._by)


class GrowingKnown(Knowledge):
    """Knowledge that changes in place. Every change returns the same object."""

    __slots__ = ()

    _parts: dict[str, Any]  # type: ignore[assignment]  # only read, and set below

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self._parts = {}

    def set(self, part: str, value: Any) -> Knowledge:
        """Set one part and return this object itself."""
        self._parts[part] = value
        return self

    def put(self, table: str, key: str, value: Any) -> Knowledge:
        """Put ``value`` under ``key`` of the named table and return this object itself."""
        held = self._parts.get(table)
        if type(held) is not GrowingTable:
            # The table is empty so far, or a fold has set it as a whole.
            self._parts[table] = held = GrowingTable(() if held is None else held.items())
        held.put(key, value)
        return self

    def put_all(self, table: str, items: Mapping[str, Any]) -> Knowledge:
        """Put all ``items`` into the named table and return this object itself."""
        for key, value in items.items():
            self.put(table, key, value)
        return self

    def closed(self) -> Knowledge:
        """Return the same knowledge as an immutable value."""
        parts = ((name, Table(part) if type(part) is GrowingTable else part) for name, part in self._parts.items())
        return Knowledge(self.seat, HashTrieMap(dict(parts)))


class GrowingSlice:
    """One seat's slice while all of it is being folded."""

    def __init__(self, seat: str) -> None:
        empty = Slice.empty(seat)
        self._seat, self._head = seat, empty.head
        self._known: Knowledge = GrowingKnown(seat)
        self._notices: list[Notice] = []
        self._seqs: list[int] = []
        self._heads: list[bytes] = []
        self._handles: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._bodies: list[str] = []
        self._opening = Opening()
        self._plans: dict[tuple[str, str], FacePlan] = {}

    def deliver(self, act: Act, face: str, content: type[Content], fold: Fold | None) -> None:
        """Tell this seat of ``act`` as ``face`` shows it, like :meth:`Slice.deliver`."""
        plan = self._plans.get((act.kind, face))
        if plan is None:
            plan = self._plans[act.kind, face] = FacePlan.of(content, face)
        for name, letter in plan.new:
            if name in act.data:
                self._introduce(act.data[name], letter)
        data = self._in_handles(act.data, plan)
        made = notice_of(act, face, content, data, n=len(self._notices) + 1, seconds=self._known.header.seconds)
        self._head = hashlib.sha256(self._head + made.bytes(self._bodies)).digest()
        if fold is not None and not made.is_bare:
            self._known = fold(self._known, made)
        self._opening = self._opening.after(act, len(self._notices))
        self._notices.append(made)
        self._seqs.append(act.seq)
        self._heads.append(self._head)

    def _introduce(self, things: str | list[str], letter: str) -> None:
        for thing in things if isinstance(things, list) else (things,):
            if thing not in self._handles:
                self._counts[letter] = count = self._counts.get(letter, 0) + 1
                handle = f"{letter}{count}"
                self._handles[thing], self._ids[handle] = handle, thing

    def _in_handles(self, fields: Mapping[str, Any], plan: FacePlan) -> dict[str, Any]:
        """Return what is shown, with handles for things; see :func:`in_handles`."""
        data, handles, references = {}, self._handles, plan.references
        for name in plan.fields:
            if name in fields:
                value = fields[name]
                if name not in references:
                    data[name] = value
                elif isinstance(value, list):
                    known = [handles[item] for item in value if item in handles]
                    if known:
                        data[name] = known
                elif value in handles:
                    data[name] = handles[value]
        return data

    def closed(self) -> Slice:
        """Return the same slice as an immutable value."""
        known = self._known
        return Slice(
            seat=self._seat,
            head=self._head,
            known=known.closed() if isinstance(known, GrowingKnown) else known,
            notices=Log(self._notices),
            seqs=Log(self._seqs),
            heads=Log(self._heads),
            handles=HashTrieMap(self._handles),
            ids=HashTrieMap(self._ids),
            counts=HashTrieMap(self._counts),
            bodies=HashTrieSet(self._bodies),
            opening=self._opening,
        )
