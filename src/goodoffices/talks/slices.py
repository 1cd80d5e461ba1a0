"""Slices: what one seat has been told, as a log that only grows, and the knowledge folded from it.

``notice(act, face)`` is computed from the act alone. A slice then gives every thing a handle of its own (``m12``: the
twelfth message *this seat* knows), drops each reference to a thing it was never told of together with its field, and
links the notice into the slice's own chain of hashes. No internal number, id or hash leaves a slice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from rpds import HashTrieMap, HashTrieSet

from goodoffices.talks.acts import Act, Content
from goodoffices.talks.known import Known
from goodoffices.talks.persistent import Log
from goodoffices.talks.plain import instant_text

__all__ = ["Notice", "Slice", "clipped", "notice_fields"]

Fold = Callable[[Known, "Notice"], Known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one seat is told of one act, numbered in its own slice.

    ``data`` names things by handles of this slice. Bodies in it still carry their internal ids, which ``plain`` leaves
    out: the ids serve to find the words, and are no part of the notice.
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

    def plain(self) -> dict[str, Any]:
        """Return the notice as plain values: what the slice's chain covers and what the seat may have on file."""
        made: dict[str, Any] = {"n": self.n, "kind": self.kind, "at": self.at, "by": self.by, "data": _bare(self.data)}
        for name in ("role", "person", "entered_by", "happened_at", "on_paper"):
            if getattr(self, name):
                made[name] = getattr(self, name)
        return made

    def bytes(self) -> bytes:
        """Return the canonical bytes of the notice; they stay the same for ever."""
        return _canonical(self.plain()).encode()


# The same form as ``canonical``; what comes from the record has been checked when it was written.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _bare(value: Any) -> Any:
    """Return ``value`` with the internal ids of bodies left out."""
    if isinstance(value, dict):
        if "digest" in value:
            return {key: item for key, item in value.items() if key not in ("id", "size")}
        return {key: _bare(item) if isinstance(item, dict | list) else item for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) if isinstance(item, dict | list) else item for item in value]
    return value


def _with_bodies(seen: HashTrieSet[str], value: Any) -> HashTrieSet[str]:
    """Return the ids of the bodies seen so far and of those in ``value``."""
    if isinstance(value, dict):
        if "digest" in value and "id" in value:
            return seen.insert(value["id"])
        value = value.values()
    elif not isinstance(value, list):
        return seen
    for item in value:
        if isinstance(item, dict | list):
            seen = _with_bodies(seen, item)
    return seen


@lru_cache(maxsize=64)
def clipped(at: datetime, *, seconds: bool = False) -> str:
    """Return an instant at the resolution at which seats see time: the minute, or the second if the talks say so."""
    text = instant_text(at)
    return text[:19] + "Z" if seconds else text[:16] + "Z"


def notice_fields(act: Act, face: str, content: type[Content]) -> dict[str, Any]:
    """Return the fields of ``act`` that ``face`` shows, still naming things by internal ids."""
    # What is granted later is what its author saw of its own act, unless the kind says less; see ``seats.GRANTABLE``.
    shown = content.FACES.get(face, content.FACES.get("self", ()) if face == "granted" else ())
    return {name: act.data[name] for name in shown if name in act.data}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One seat's notices so far, its handles, its chain's head, and what it knows."""

    seat: str
    head: bytes
    known: Known
    notices: Log[Notice] = field(default_factory=Log)
    seqs: Log[int] = field(default_factory=Log)
    heads: Log[bytes] = field(default_factory=Log)
    handles: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    ids: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    counts: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    bodies: HashTrieSet[str] = field(default_factory=HashTrieSet)

    @classmethod
    def empty(cls, seat: str) -> Slice:
        """Return the slice of a seat that has been told nothing."""
        return cls(seat=seat, head=hashlib.sha256(f"goodoffices/slice/1\n{seat}".encode()).digest(), known=Known(seat))

    def __len__(self) -> int:
        return len(self.notices)

    def deliver(self, act: Act, face: str, content: type[Content], fold: Fold | None) -> Slice:
        """Return the slice after this seat has been told of ``act`` as ``face`` shows it."""
        raw = notice_fields(act, face, content)
        named, data = self._named(raw, face, content)
        if face == "granted" and len(data) < len(raw):
            # It speaks of something never shown here: it is listed, and changes nothing.
            fold = None
        seconds = self.known.header.seconds
        own, nameless = face in ("self", "own"), face in content.HIDES_BY
        made = Notice(
            n=len(self.notices) + 1,
            kind=act.kind,
            at=clipped(act.at, seconds=seconds),
            by="" if nameless else act.seat,
            face=face,
            role=act.role if own else "",
            person=act.person if own else None,
            # Who transcribed an act, and from which paper, would tell whose it is.
            entered_by=None if nameless else act.entered_by,
            happened_at=None if act.happened_at is None else clipped(act.happened_at, seconds=seconds),
            on_paper=None if nameless else act.on_paper,
            data=data,
        )
        head = hashlib.sha256(named.head + made.bytes()).digest()
        known = named.known if fold is None else fold(named.known, made)
        return Slice(
            seat=named.seat,
            head=head,
            known=known,
            notices=named.notices.append(made),
            seqs=named.seqs.append(act.seq),
            heads=named.heads.append(head),
            handles=named.handles,
            ids=named.ids,
            counts=named.counts,
            bodies=_with_bodies(named.bodies, raw),
        )

    def _named(self, raw: dict[str, Any], face: str, content: type[Content]) -> tuple[Slice, dict[str, Any]]:
        """Return the slice with handles for what the act brings into being, and the fields in this slice's handles."""
        grown = self
        for name, prefix in content.NEW.items():
            things = raw.get(name, [])
            for thing in things if isinstance(things, list) else [things]:
                grown = grown._introduce(thing, content.NEW_BY_FACE.get((name, face), prefix))
        data = {}
        for name, value in raw.items():
            if name in content.NEW or name in content.REFS:
                translated = grown._translated(value)
                if translated is not None:
                    data[name] = translated
            else:
                data[name] = value
        return grown, data

    def _introduce(self, thing: str, prefix: str) -> Slice:
        if thing in self.handles:
            return self
        count = self.counts.get(prefix, 0) + 1
        handle = f"{prefix}{count}"
        return replace(
            self,
            handles=self.handles.insert(thing, handle),
            ids=self.ids.insert(handle, thing),
            counts=self.counts.insert(prefix, count),
        )

    def _translated(self, value: Any) -> Any:
        """Return references in this slice's handles; what is not known here is left out."""
        if isinstance(value, list):
            known = [self.handles[item] for item in value if item in self.handles]
            return known or None
        return self.handles.get(value)
