"""All acts of some talks in order. Those that come from a record stay as they are stored until they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from goodoffices.canonical_json import parse_canonical
from goodoffices.talks.base.acts import Act, AudienceEntry, act_of, read_head
from goodoffices.talks.base.persistent import Log

Texts = tuple[str | None, ...]


class Outline(NamedTuple):
    """What is needed of every act: what happened, who is told of it, and the new texts.

    ``place`` is its place in the log, from 1. In a record it is the number of the act.
    """

    place: int
    seq: int
    kind: str
    version: int
    audience: Sequence[AudienceEntry]
    data: Mapping[str, Any]
    texts: Texts


def outline_of(act: Act, place: int) -> Outline:
    """Return what is needed of an act that stands at a place of a log."""
    return Outline(place, act.seq, act.kind, act.version, act.audience, act.data, act.bodies)


class ActLog(Log[Act]):
    """Acts in order. A stored head takes a third of the memory of an act. It is decoded each time it is read."""

    __slots__ = ("_texts",)

    _buffer: list[Act | bytes]  # type: ignore[assignment]  # a stored head stands for its act

    def __init__(self, acts: Sequence[Act] = ()) -> None:
        super().__init__(acts)
        self._texts: Mapping[int, Texts] = {}

    @classmethod
    def of_heads(cls, heads: list[bytes], texts: Mapping[int, Texts]) -> ActLog:
        """Return the acts with these stored heads. ``texts`` has the texts of each act that has any, by its number."""
        made = cls()
        made._buffer, made._n, made._texts = heads, len(heads), texts  # type: ignore[assignment]  # bytes are heads
        return made

    def append(self, item: Act) -> ActLog:
        """Return a log with one more act."""
        grown: ActLog = ActLog.__new__(ActLog)
        grown._buffer = self._buffer if len(self._buffer) == self._n else self._buffer[: self._n]
        grown._buffer.append(item)
        grown._n, grown._texts = self._n + 1, self._texts
        return grown

    def outlines(self) -> Iterator[Outline]:
        """Yield what is needed of every act, in order.

        Raises
        ------
        DamagedRecordError
            At a head that is not that of an act.
        """
        for seq in range(1, self._n + 1):
            held = self._buffer[seq - 1]
            if isinstance(held, Act):
                yield outline_of(held, seq)
            else:
                plain = read_head(seq, held)
                audience = plain["audience"]
                yield Outline(
                    seq, seq, plain["kind"], plain["version"], audience, plain["data"], self._texts.get(seq, ())
                )

    @overload
    def __getitem__(self, index: int) -> Act: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Act]: ...
    def __getitem__(self, index: int | slice) -> Act | Sequence[Act]:
        if isinstance(index, slice):
            return [self._act(at) for at in range(*index.indices(self._n))]
        if not -self._n <= index < self._n:
            raise IndexError(f"there is no act at {index}; the log has {self._n}")
        return self._act(index if index >= 0 else self._n + index)

    def __iter__(self) -> Iterator[Act]:
        return map(self._act, range(self._n))

    def _act(self, at: int) -> Act:
        held = self._buffer[at]
        if isinstance(held, Act):
            return held
        # What it is, was looked at when the log was gone through for the first time.
        return act_of(at + 1, parse_canonical(held), self._texts.get(at + 1, ()))
