"""Slices: what one seat has been told, as a log that only grows, with the knowledge that is folded from it.

A notice is computed from the act and the face alone. The slice then does three things. It gives every thing a handle of
its own: ``m12`` is the twelfth message that *this seat* knows. It removes every field that refers to a thing which the
seat was never told of. It adds the notice to the slice's own chain of hashes. Internal numbers, ids and hashes never
leave a slice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from rpds import HashTrieMap, HashTrieSet

from goodoffices.canonical_json import canonical_of_sorted, holds_only_texts
from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Act, Content
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.base.serialization import instant_text, parse_instant, read_fields
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.knowledge import Knowledge

T = TypeVar("T")

NESTED = frozenset({dict, list})
"""The types of plain values that hold other values. Looked up here, since ``isinstance`` of a union takes longer."""

Fold = Callable[[Knowledge, "Notice"], Knowledge]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one seat is told of one act, with its number in the seat's slice.

    ``data`` names things by handles of this slice. Bodies in ``data`` have their internal ids, by which their text is
    found. The ids are not part of the notice, and ``plain`` leaves them out. A notice that ``is_bare`` is about a thing
    that this seat was never shown: it is listed, and changes nothing that the seat knows.
    """

    n: int
    kind: str
    at: str
    by: str
    face: str
    role: str = ""
    person: str | None = None
    entered_by: str | None = None
    happened_at: str | None = None
    on_paper: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    is_bare: bool = False

    @property
    def when(self) -> datetime:
        """When the record got the act, to the resolution of the talks."""
        return _instant(self.at)

    def plain(self) -> dict[str, Any]:
        """Return the notice as plain values: what the slice's chain covers, and what the seat may store."""
        return self._plain([])

    def _plain(self, named: list[str]) -> dict[str, Any]:
        bare = _bare(self.data, named)
        made: dict[str, Any] = {"n": self.n, "kind": self.kind, "at": self.at, "by": self.by, "data": bare}
        for name in ("role", "person", "entered_by", "happened_at", "on_paper"):
            value = getattr(self, name)
            if value:
                made[name] = value
        return made

    def bytes(self, named: list[str] | None = None) -> bytes:
        """Return the canonical bytes of the notice, which never change.

        The internal ids of its bodies are left out of the bytes and added to ``named``.
        """
        return canonical_of_sorted(dict(sorted(self._plain([] if named is None else named).items())))


def learn(cls: type[T], notice: Notice, **own: Any) -> T:
    """Return the thing that a notice tells of. Most folds use this.

    Fields of ``cls`` that are in the notice's data are read by their type hints. ``by`` and ``at`` are those of the
    notice. Values in ``own`` come first.

    Examples
    --------
    >>> from goodoffices.talks.state.known_exchange import KnownPack
    >>> data = {"pack": "e1", "seat": "opposition", "carrier": "Dana", "up_to": 12}
    >>> notice = Notice(n=4, kind="PackReady", at="2017-01-23T13:00Z", by="secretariat", face="self", data=data)
    >>> learn(KnownPack, notice, handle="e1")
    KnownPack(handle='e1', seat='opposition', up_to=12, carrier='Dana', told=(), handed_to='', handed_at=None)
    """
    told = {**notice.data, "by": notice.by, "at": notice.at}
    return cls(**read_fields(cls, {name: value for name, value in told.items() if name not in own}), **own)


def _bare(value: Any, named: list[str]) -> Any:
    """Return ``value`` without the internal ids of bodies, with its keys in order, and add these to ``named``."""
    if isinstance(value, dict):
        if "digest" in value:
            if "id" in value:
                named.append(value["id"])
            else:
                _bare(list(value.values()), named)
            return {key: _in_order(item) for key, item in sorted(value.items()) if key not in ("id", "size")}
        return {key: _bare(item, named) if type(item) in NESTED else item for key, item in sorted(value.items())}
    if holds_only_texts(value):
        return value
    return [_bare(item, named) if type(item) in NESTED else item for item in value]


def _in_order(value: Any) -> Any:
    """Return ``value`` with the keys of all its dicts in order."""
    if isinstance(value, dict):
        return {key: _in_order(item) for key, item in sorted(value.items())}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def bodies_named(fields: dict[str, Any]) -> list[str]:
    """Return the internal ids of the bodies that fields of an act name."""
    named: list[str] = []
    _bare(fields, named)
    return named


_instant = lru_cache(maxsize=64)(parse_instant)


@lru_cache(maxsize=64)
def clipped(at: datetime, *, seconds: bool = False) -> str:
    """Return an instant as seats see it: to the minute, or to the second if the talks say so."""
    text = instant_text(at)
    return text[:19] + "Z" if seconds else text[:16] + "Z"


def shown_fields(content: type[Content], face: str) -> tuple[str, ...]:
    """Return the names of the fields that ``face`` shows of acts with this content."""
    # A seat that is granted an act sees what its author saw, or less if the kind says so; see ``seats.GRANTABLE``.
    return content.FACES.get(face, content.FACES.get(Face.SELF, ()) if face == Face.GRANTED else ())


def notice_fields(act: Act, face: str, content: type[Content]) -> dict[str, Any]:
    """Return the fields of ``act`` that ``face`` shows. They still name things by internal ids."""
    return {name: act.data[name] for name in shown_fields(content, face) if name in act.data}


class FacePlan(NamedTuple):
    """What a face of one kind of act shows, worked out once for many acts of that kind."""

    fields: tuple[str, ...]
    new: tuple[tuple[str, str], ...]
    references: frozenset[str]

    @classmethod
    def of(cls, content: type[Content], face: str) -> FacePlan:
        """Return the fields shown, those that name new things with the letters of handles, and those with handles."""
        fields = shown_fields(content, face)
        new = tuple((name, content.NEW_BY_FACE.get((name, face), letter)) for name, letter in content.NEW.items())
        return cls(
            fields,
            tuple((name, letter) for name, letter in new if name in fields),
            frozenset(name for name in fields if name in content.REFS or name in content.NEW),
        )


class Opening(NamedTuple):
    """The notices with which talks opened: how many, and when and by whom. The instant never leaves a slice.

    Opening is one group of acts with one exact instant. Seats see minutes, and within the minute of the opening
    somebody can already act; so the exact instant decides, on the wall where the clock of an exercise stands still.
    """

    n: int = 0
    of: tuple[datetime, str] | None = None

    def after(self, act: Act, n_before: int) -> Opening:
        """Return the opening after one more act, told as a notice after ``n_before`` others."""
        of = (act.real_at or act.at, act.seat)
        if not n_before and act.kind == "TalksOpened":
            return Opening(1, of)
        return Opening(self.n + 1, of) if n_before == self.n and of == self.of else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One seat's notices so far, its handles, the head of its chain, and what it knows."""

    seat: str
    head: bytes
    known: Knowledge
    notices: Log[Notice] = field(default_factory=Log)
    seqs: Log[int] = field(default_factory=Log)
    heads: Log[bytes] = field(default_factory=Log)
    handles: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    ids: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    counts: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    bodies: HashTrieSet[str] = field(default_factory=HashTrieSet)
    opening: Opening = field(default_factory=Opening)

    @classmethod
    def empty(cls, seat: str) -> Slice:
        """Return the slice of a seat that has not been told anything."""
        return cls(
            seat=seat, head=hashlib.sha256(f"goodoffices/slice/1\n{seat}".encode()).digest(), known=Knowledge(seat)
        )

    def __len__(self) -> int:
        return len(self.notices)

    def deliver(self, act: Act, face: str, content: type[Content], fold: Fold | None) -> Slice:
        """Return the slice after this seat has been told of ``act``, as ``face`` shows it."""
        raw = notice_fields(act, face, content)
        named = _Names(self.handles, self.ids, self.counts)
        named = named.with_things(new_things(raw, face, content))
        data = in_handles(raw, content, named.handles)
        made = notice_of(act, face, content, data, n=len(self.notices) + 1, seconds=self.known.header.seconds)
        bodies: list[str] = []
        head = hashlib.sha256(self.head + made.bytes(bodies)).digest()
        return Slice(
            seat=self.seat,
            head=head,
            known=self.known if fold is None or made.is_bare else fold(self.known, made),
            notices=self.notices.append(made),
            seqs=self.seqs.append(act.seq),
            heads=self.heads.append(head),
            handles=named.handles,
            ids=named.ids,
            counts=named.counts,
            bodies=self.bodies.update(bodies) if bodies else self.bodies,
            opening=self.opening.after(act, len(self.notices)),
        )


class _Names(NamedTuple):
    """The handles of a slice: handle by thing, thing by handle, and the number of handles with each letter."""

    handles: HashTrieMap[str, str]
    ids: HashTrieMap[str, str]
    counts: HashTrieMap[str, int]

    def with_things(self, things: Iterable[tuple[str, str]]) -> _Names:
        """Return the names with a new one for each thing that has none yet, by the letter beside it."""
        fresh: dict[str, str] = {}
        counts: dict[str, int] = {}
        for thing, prefix in things:
            if thing not in fresh and thing not in self.handles:
                counts[prefix] = counts.get(prefix, self.counts.get(prefix, 0)) + 1
                fresh[thing] = f"{prefix}{counts[prefix]}"
        if not fresh:
            return self
        by_handle = {handle: thing for thing, handle in fresh.items()}
        return _Names(self.handles.update(fresh), self.ids.update(by_handle), self.counts.update(counts))


def new_things(raw: dict[str, Any], face: str, content: type[Content]) -> Iterator[tuple[str, str]]:
    """Yield the things that an act creates, each with the letter of its handles."""
    for name, prefix in content.NEW.items():
        if name in raw:
            things = raw[name]
            for thing in things if isinstance(things, list) else (things,):
                yield thing, content.NEW_BY_FACE.get((name, face), prefix)


def in_handles(raw: dict[str, Any], content: type[Content], handles: Mapping[str, str]) -> dict[str, Any]:
    """Return fields with references replaced by the slice's handles. Things that are not known there are left out."""
    data = {}
    for name, value in raw.items():
        if name not in content.REFS and name not in content.NEW:
            data[name] = value
        elif isinstance(value, list):
            known = [handles[item] for item in value if item in handles]
            if known:
                data[name] = known
        elif value in handles:
            data[name] = handles[value]
    return data


def notice_of(act: Act, face: str, content: type[Content], data: dict[str, Any], *, n: int, seconds: bool) -> Notice:
    """Return the notice of ``act``, as ``face`` shows it. ``data`` already uses the slice's handles."""
    own, nameless = face in (Face.SELF, Face.OWN), face in content.HIDES_BY
    return Notice(
        n=n,
        kind=act.kind,
        at=clipped(act.at, seconds=seconds),
        by="" if nameless else act.seat,
        face=face,
        role=act.role if own else "",
        person=act.person if own else None,
        # Who entered the act, from which paper, and that it happened earlier, would show whose act it is.
        entered_by=None if nameless else act.entered_by,
        happened_at=None if nameless or act.happened_at is None else clipped(act.happened_at, seconds=seconds),
        on_paper=None if nameless else act.on_paper,
        data=data,
        is_bare=face == Face.GRANTED and len(data) < len(notice_fields(act, face, content)),
    )
