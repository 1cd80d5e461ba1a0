"""What goes into a record and what comes out of it, as plain values. The store never looks inside a head or a body.

Heads, bodies and requests are left out of representations: no traceback or log line can carry people's words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from goodoffices.canonical_json import canonical, parse_canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Entropy = Callable[[int], bytes]
"""Gives that many random bytes. An argument everywhere, so that equal inputs give equal bytes in tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry:
    """One act to be stored.

    Parameters
    ----------
    head
        The act without people's words, as canonical JSON.
    bodies
        People's words, each sealed under a key of its own so that it can be shredded alone.
    keys
        These keys, 32 bytes each, where the head has digests made with them; else the store draws them.
    """

    head: bytes = field(repr=False)
    bodies: tuple[bytes, ...] = field(default=(), repr=False)
    keys: tuple[bytes, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if canonical(parse_canonical(self.head)) != self.head:
            raise ScenarioError("the head of an act is not canonical JSON; write it with canonical()")
        if self.keys and len(self.keys) != len(self.bodies):
            raise ScenarioError(f"{len(self.bodies)} texts have {len(self.keys)} keys; give each text one key, or none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What makes a command safe to repeat: the seat's own key for it, and what it asked."""

    seat: str
    key: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ThingPlace:
    """The place of a body: the act's number, and which of its bodies (from 0)."""

    seq: int
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The acts of one command: stored together or not at all.

    Parameters
    ----------
    shred
        Bodies of earlier acts whose keys are destroyed in the same transaction as these acts, which say so.
    """

    entries: tuple[RecordEntry, ...]
    request: Request | None = None
    shred: tuple[ThingPlace, ...] = ()

    def __post_init__(self) -> None:
        if not self.entries:
            raise ScenarioError("a group needs at least one act; do not append for a command that changes nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendedActs:
    """The place of a group of acts. ``is_repeat``: the request had been answered before, and nothing was written."""

    first: int
    last: int
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHead:
    """One stored act without its bodies: its number, and the first number and size of its group."""

    seq: int
    first: int
    n: int
    head: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAct:
    """One stored act; a body is ``None`` after it was shredded."""

    seq: int
    first: int
    n: int
    head: bytes = field(repr=False)
    bodies: tuple[bytes | None, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of the chain at one act, signed by the record.

    Acts up to an anchor that is kept elsewhere cannot be removed unnoticed.
    """

    seq: int
    head: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What the operator may know: how many acts, and how many groups and bodies of each size (bytes, padded)."""

    acts: int
    groups_by_size: dict[int, int] = field(default_factory=dict)
    bodies_by_padded_size: dict[int, int] = field(default_factory=dict)
