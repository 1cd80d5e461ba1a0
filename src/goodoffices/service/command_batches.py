"""Decide the commands of one tick one after the other, each on the talks as the one before left them.

What comes of it is stored with one commit. Nothing here touches the disk but the look for a request that came before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ConcurrentUpdateError, KeyReusedError
from goodoffices.record.values import AppendedActs, Group, RecordEntry, Request
from goodoffices.service.stored_acts import content_of, destroyed_by
from goodoffices.talks.base.acts import Act, encode_act
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.core import Talks, decide, due, replay
from goodoffices.talks.exchange.publication import ShredBody
from goodoffices.talks.state.command_context import CommandRequest, FiguresOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A command with the moment at which it came, its request key, and what was made of it beforehand.

    ``at`` is by the clock on the wall; in an exercise the command is decided at what the clock of the talks shows then.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command was done. It has the number of the asking seat's last notice, and the head of its slice at that notice.

    A repeated request gets the same answer.
    """

    n: int
    head: str


Seal = Callable[[Sequence[Act], datetime | None], tuple[Sequence[Act], Sequence[tuple[bytes, ...]]]]
"""Makes acts ready to be stored in the format of a record, with the keys of their texts where that fixes them."""

Found = AppendedActs | Refusal | Exception | int
"""What became of a command: acts of an earlier equal request, a refusal, a defect, or the place of its new group."""


@dataclass(slots=True)
class Batch:
    """Commands as they are decided. ``talks`` has what came of them, ``acts`` and ``groups`` what is to be stored.

    ``destroys`` says that a command destroys texts. It stands alone: it may be refused beside somebody who reads.
    """

    talks: Talks
    seal: Seal
    groups: list[Group] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    destroys: bool = False
    figures: FiguresOf | None = None

    def take(self, asked: Sequence[Submission], find: Callable[[Request], AppendedActs | None]) -> None:
        """Decide commands in order, up to one that has to wait: it repeats one of these, or destroys texts."""
        keys: set[tuple[str, str | None]] = set()
        for one in asked:
            name = one.request.seat, one.key
            if one.key is not None and name in keys:
                break
            if isinstance(one.request.command, ShredBody) and self.found:
                break
            keys.add(name)
            self.found.append(self._decided(one, find))
            if isinstance(one.request.command, ShredBody):
                break

    def _decided(self, one: Submission, find: Callable[[Request], AppendedActs | None]) -> Found:
        try:
            keyed = one.keyed
            earlier = None if keyed is None else find(keyed)
            if earlier is not None:
                return earlier
            at = max(self.talks.time_at(one.at), last_seen(self.talks, one.request.seat))
            late = due(self.talks, at)
            if late:
                self._add(late, None, one.at)
            acts = decide(self.talks, one.request, at, beforehand=one.beforehand, figures=self.figures)
            if isinstance(acts, Refusal):
                return acts
            self._add(acts, keyed, one.at)
            self.destroys |= bool(self.groups[-1].shred)
            return len(self.groups) - 1
        except KeyReusedError:
            return Refusal(code="key_reused")
        except BaseException as error:
            return holdable(error)

    def _add(self, acts: Sequence[Act], request: Request | None, real_at: datetime) -> None:
        sealed, keys = self.seal(acts, real_at)
        talks, group = replay(sealed, self.talks), group_of(sealed, keys, request)
        self.talks = talks
        self.groups.append(group)
        self.acts.extend(sealed)


def holdable(error: BaseException) -> Exception:
    """Return an error as an asyncio future can hold it, so that it reaches who waits and ends no loop.

    A future cannot hold StopIteration, and its waiter would wait for ever. SystemExit and KeyboardInterrupt raised in
    the writer's thread would stop the event loop in the middle of its work. All these are wrapped.
    """
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    made = RuntimeError(f"{type(error).__name__} where acts are decided and kept")
    made.__cause__ = error
    return made


def busy(error: ConcurrentUpdateError) -> ConcurrentUpdateError:
    """Return what is said when other processes wrote first, again and again."""
    made = ConcurrentUpdateError("other processes are writing to the record all the time; try again in a moment")
    made.__cause__ = error
    return made


def group_of(acts: Sequence[Act], keys: Sequence[tuple[bytes, ...]], request: Request | None) -> Group:
    """Return acts as the record keeps them, with the keys of their texts and the texts that go with them."""
    entries = []
    for act, own in zip(acts, keys, strict=True):
        head, bodies = encode_act(act)
        entries.append(RecordEntry(head=head, bodies=bodies, keys=own))
    gone = [place for act in acts for place in destroyed_by(act)]
    return Group(entries=tuple(entries), request=request, shred=tuple(gone))


def last_seen(talks: Talks, seat: str) -> datetime:
    """Return the time of the last notice of a seat."""
    notices = talks.slice_of(seat).notices
    return parse_instant(notices[-1].at) if len(notices) else datetime.min.replace(tzinfo=UTC)
