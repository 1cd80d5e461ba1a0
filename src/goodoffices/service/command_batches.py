"""Decide the commands of one tick one after the other, each on the talks as the one before left them.

What comes of it is stored with one commit. Nothing here touches the disk but the look for a request that came before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from goodoffices.canonical_json import canonical
from goodoffices.errors import KeyReusedError
from goodoffices.record.values import AppendedActs, Group, RecordEntry, Request, ThingPlace
from goodoffices.talks.base.acts import Act, encode_act
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant, to_plain
from goodoffices.talks.core import Talks, decide, due, replay
from goodoffices.talks.state.command_context import CommandRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A command with the moment at which it came, its request key, and what was made of it beforehand."""

    request: CommandRequest
    at: datetime
    key: str | None = None
    beforehand: dict[Hashable, Any] | None = field(default=None, repr=False)

    @property
    def keyed(self) -> Request | None:
        """The request as the record knows it, if it has a key."""
        if self.key is None:
            return None
        return Request(seat=self.request.seat, key=self.key, content=content_of(self.request))


Found = AppendedActs | Refusal | Exception | int
"""What became of a command: acts of an earlier equal request, a refusal, a defect, or the place of its new group."""


@dataclass(slots=True)
class Batch:
    """Commands as they are decided. ``talks`` has what came of them, ``acts`` and ``groups`` what is to be stored."""

    talks: Talks
    groups: list[Group] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    def take(self, asked: Sequence[Submission], find: Callable[[Request], AppendedActs | None]) -> int:
        """Decide commands in order and return how many were: a request that repeats one of these must wait for it."""
        keys: set[tuple[str, str | None]] = set()
        for one in asked:
            name = one.request.seat, one.key
            if one.key is not None and name in keys:
                break
            keys.add(name)
            self.found.append(self._decided(one, find))
        return len(self.found)

    def _decided(self, one: Submission, find: Callable[[Request], AppendedActs | None]) -> Found:
        try:
            keyed = one.keyed
            earlier = None if keyed is None else find(keyed)
            if earlier is not None:
                return earlier
            at = max(one.at, last_seen(self.talks, one.request.seat))
            self._add(due(self.talks, at), None)
            acts = decide(self.talks, one.request, at, beforehand=one.beforehand)
            if isinstance(acts, Refusal):
                return acts
            return self._add(acts, keyed)
        except KeyReusedError:
            return Refusal(code="key_reused")
        except BaseException as error:
            return error if isinstance(error, Exception) and not isinstance(error, StopIteration) else _wrapped(error)

    def _add(self, acts: Sequence[Act], request: Request | None) -> int:
        if acts:
            talks, group = replay(acts, self.talks), group_of(acts, request)
            self.talks = talks
            self.groups.append(group)
            self.acts.extend(acts)
        return len(self.groups) - 1


def _wrapped(error: BaseException) -> RuntimeError:
    """Return an error that an asyncio future can hold and that ends no loop."""
    made = RuntimeError(f"{type(error).__name__} where acts are decided")
    made.__cause__ = error
    return made


def group_of(acts: Sequence[Act], request: Request | None) -> Group:
    """Return acts as the record keeps them, with the bodies whose keys go with them."""
    entries = []
    for act in acts:
        head, bodies = encode_act(act)
        entries.append(RecordEntry(head=head, bodies=bodies))
    gone = [place for act in acts if act.kind == "BodyShredded" for place in _places(act)]
    return Group(entries=tuple(entries), request=request, shred=tuple(gone))


def last_seen(talks: Talks, seat: str) -> datetime:
    """Return the time of the last notice of a seat."""
    notices = talks.slice_of(seat).notices
    return parse_instant(notices[-1].at) if len(notices) else datetime.min.replace(tzinfo=UTC)


def content_of(request: CommandRequest) -> bytes:
    """Return the content of a request, without the parts that change when it is repeated.

    Records have digests of these bytes, so the keys keep their names from the first format: *what* is the command.
    """
    plain = dict(to_plain(replace(request, seen=None)))
    plain["what"] = plain.pop("command")
    return canonical({"what": type(request.command).__name__, "ask": plain})


def _places(act: Act) -> list[ThingPlace]:
    places = []
    for body in act.data["bodies"]:
        seq, _, index = body.partition(".")
        places.append(ThingPlace(seq=int(seq), index=int(index)))
    return places
