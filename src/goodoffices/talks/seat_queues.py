"""The slices of all seats. What a seat was told waits, and is folded when somebody first looks at that seat's slice.

So opening a record costs little for seats at which nobody looks, and no command pays for folding what others know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import RLock
from typing import TypeAlias

from rpds import HashTrieMap

from goodoffices.garbage_collection import paused_collector
from goodoffices.talks.addressees import Addressees, AddresseesBuilder, bodies_by_field
from goodoffices.talks.base.act_log import ActLog, Outline, outline_of
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.bulk_replay import GrowingSlice
from goodoffices.talks.deliveries import Told, deliveries
from goodoffices.talks.registry import CONTENTS, FOLDS
from goodoffices.talks.state.slices import Slice

MEETING_KINDS = frozenset(
    {
        "RoundPlanned",
        "SeatClosed",
        "SeatGiven",
        "ServiceAccepted",
        "ServiceAsked",
        "SessionClosed",
        "SessionOpened",
        "SessionPlanned",
    }
)
"""The acts that say which seats there are and which sessions are open. They are few, and folded apart for all seats.

What is known of sealed files of a seat is not among it: nobody asks all slices for that.
"""


class SeatQueue:
    """What one seat was told, in order: a slice of the first of it, and what waits to be folded.

    To the caller it never changes. Two threads may look at once.
    """

    __slots__ = ("_folding", "_state")

    def __init__(self, folded: Slice, waiting: Log[Told], folding: RLock | None = None) -> None:
        self._state = folded, waiting
        self._folding = folding or RLock()

    def after(self, told: Told) -> SeatQueue:
        """Return the queue after this seat was told of one more act."""
        folded, waiting = self._state
        return SeatQueue(folded, waiting.append(told), self._folding)

    def slice(self, acts: Sequence[Act]) -> Slice:
        """Return the slice with all that the seat was told. ``acts`` are all acts."""
        if self._state[1]:
            with self._folding:
                folded, waiting = self._state
                if waiting:
                    self._state = _folded(folded, waiting, acts), Log()
        return self._state[0]


def _folded(held: Slice, waiting: Sequence[Told], acts: Sequence[Act]) -> Slice:
    if not len(held):
        growing = GrowingSlice(held.seat)
        with paused_collector():
            for place, face in waiting:
                act = acts[place - 1]
                growing.deliver(act, face, CONTENTS[act.kind], FOLDS.get(act.kind))
            return growing.closed()
    for place, face in waiting:
        act = acts[place - 1]
        held = held.deliver(act, face, CONTENTS[act.kind], FOLDS.get(act.kind))
    return held


Queues: TypeAlias = "HashTrieMap[str, SeatQueue]"


class Slices(Mapping[str, Slice]):
    """The slices by seat. To the caller it never changes. ``addressees`` says whom each thing and text was told to."""

    __slots__ = ("_acts", "_meetings", "_queues", "addressees")

    def __init__(
        self,
        acts: ActLog | None = None,
        queues: Queues | None = None,
        meetings: Queues | None = None,
        addressees: Addressees | None = None,
    ) -> None:
        self._acts = ActLog() if acts is None else acts
        self._queues: Queues = HashTrieMap() if queues is None else queues
        self._meetings: Queues = HashTrieMap() if meetings is None else meetings
        self.addressees = Addressees() if addressees is None else addressees

    def __getitem__(self, seat: str) -> Slice:
        return self._queues[seat].slice(self._acts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._queues)

    def __len__(self) -> int:
        return len(self._queues)

    def __contains__(self, seat: object) -> bool:
        return seat in self._queues

    def earlier(self, seat: str, n: int) -> Slice:
        """Return the slice of ``seat`` after its notice ``n``. Only what it was told itself is gone through."""
        whole = self.get(seat, Slice.empty(seat))
        told = [Told(seq, notice.face) for seq, notice in zip(whole.seqs[:n], whole.notices[:n], strict=True)]
        return SeatQueue(Slice.empty(seat), Log(told)).slice(self._acts)

    def meetings(self) -> Iterator[tuple[str, Slice]]:
        """Yield each seat with a slice that has no more than the seats and sessions that it knows.

        Its handles are its own, and not those of the seat's slice.
        """
        for seat, queue in self._meetings.items():
            yield seat, queue.slice(self._acts)

    def after(self, act: Act, acts: ActLog) -> Slices:
        """Return the slices after ``act``, the last of ``acts``."""
        told = list(deliveries(act, len(acts), self._acts))
        queues, meetings = self._queues, self._meetings
        for seat, one in told:
            queues = _added(queues, seat, one)
            if acts[one.place - 1].kind in MEETING_KINDS:
                meetings = _added(meetings, seat, one)
        return Slices(acts, queues, meetings, self.addressees.after(told, acts))


class QueuesBuilder:
    """Lays out what waits for each seat, while all acts of some talks are gone through."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Told]] = {}
        self._meetings: dict[str, list[Told]] = {}
        self._addressees = AddresseesBuilder()

    def take(self, act: Outline, acts: ActLog) -> None:
        """Take the next act; ``acts`` are all acts."""
        bodies = bodies_by_field(act)
        for seat, told in deliveries(act, act.place, acts):
            self._waiting.setdefault(seat, []).append(told)
            if told.place == act.place:
                self._add(seat, told, act, bodies)
            else:
                earlier = outline_of(acts[told.place - 1], told.place)
                self._add(seat, told, earlier, bodies_by_field(earlier))

    def _add(self, seat: str, told: Told, act: Outline, bodies: Mapping[str, list[str]]) -> None:
        self._addressees.take(act, seat, told.face, bodies)
        if act.kind in MEETING_KINDS:
            self._meetings.setdefault(seat, []).append(told)

    def slices(self, acts: ActLog) -> Slices:
        """Return the slices after all ``acts``; none of them is folded yet."""
        return Slices(acts, _queues(self._waiting), _queues(self._meetings), self._addressees.addressees())


def _queues(waiting: Mapping[str, Sequence[Told]]) -> Queues:
    return HashTrieMap({seat: SeatQueue(Slice.empty(seat), Log(told)) for seat, told in waiting.items()})


def _added(queues: Queues, seat: str, told: Told) -> Queues:
    held = queues.get(seat)
    return queues.insert(seat, (SeatQueue(Slice.empty(seat), Log()) if held is None else held).after(told))
