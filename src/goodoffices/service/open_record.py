"""An opened record. With `command_batches` it is all that uses the store, the talks and ``decide`` together.

It takes commands one at a time, stores their acts, folds them, and returns views of single seats. All other parts of
the program get only a ``View``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from goodoffices import errors
from goodoffices.errors import ConcurrentUpdateError, DamagedRecordError, KeyReusedError, StorageError
from goodoffices.garbage_collection import paused_collector
from goodoffices.record.backends.database import FORMAT
from goodoffices.record.deep_verification import verify_deep
from goodoffices.record.keys import Unlock
from goodoffices.record.open_store import open_, whole_record
from goodoffices.record.store import Store
from goodoffices.record.values import AppendedActs, Request, StoredAct
from goodoffices.record.verification import Verification
from goodoffices.service.command_batches import Batch, Done, Found, Submission, busy, group_of, last_seen
from goodoffices.service.stored_acts import acts_from, verified_acts
from goodoffices.service.text_digests import NewKey, as_stored, random_key
from goodoffices.talks.base.acts import Act, decode_act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.core import Talks, decide, digest, due, replay, view_at, view_for
from goodoffices.talks.exercise.facts import Facts
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import CommandRequest, FiguresOf
from goodoffices.talks.state.view import View

_DEPARTURES = frozenset({"PersonUnseated", "SeatClosed"})
TRIES = 8
"""How often a command is decided again if another process wrote first."""


class OpenRecord:
    """One opened record with its talks.

    ``listeners`` are called without arguments after every change, and must find out for themselves what is new.
    ``cannot_write`` says whether acts could not be kept at the last tick. ``departures`` grows whenever a person leaves
    a seat or a seat is closed, so that what is theirs can be ended. ``figures`` works out the figures of bulletins; who
    opens a record for people to write in sets it.
    """

    def __init__(self, store: Store, talks: Talks, new_key: NewKey | None = None) -> None:
        self._store, self._talks, self._new_key = store, talks, new_key or random_key
        self._open_seats: tuple[Talks | None, tuple[str, ...]] = (None, ())
        self.figures: FiguresOf | None = None
        self.departures = 0
        self.cannot_write = False
        self.listeners: list[Callable[[], None]] = []

    @property
    def kind(self) -> Kind:
        """Live or exercise."""
        return self._store.kind

    @property
    def record_id(self) -> str:
        """The id of the record in hexadecimal. It is not a secret."""
        return self._store.record_id.hex()

    def view(self, seat: str) -> View:
        """Return what ``seat`` may know now."""
        return view_for(self._talks, seat)

    def time_at(self, real: datetime) -> datetime:
        """Return the time of the talks at a moment by the clock on the wall: the same, except in an exercise."""
        return self._talks.time_at(real)

    @property
    def facts(self) -> Facts | None:
        """What happened in an exercise as a whole, for control and the debrief; ``None`` for talks not played."""
        return self._talks.facts

    def seats(self) -> tuple[str, ...]:
        """Return the open seats, in order of their slugs."""
        talks = self._talks
        if self._open_seats[0] is not talks:
            held = ((slug, held.known.seats.get(slug)) for slug, held in talks.slices.meetings())
            self._open_seats = talks, tuple(sorted(slug for slug, seat in held if seat is not None and not seat.closed))
        return self._open_seats[1]

    def would_refuse(self, request: CommandRequest, *, at: datetime) -> Refusal | None:
        """Return why ``request`` would be refused now, or ``None``. Nothing is stored."""
        at = max(self.time_at(at), last_seen(self._talks, request.seat))
        outcome = decide(self._talks, request, at, figures=self.figures)
        return outcome if isinstance(outcome, Refusal) else None

    def board(self, seat: str, handle: str) -> str | None:
        """Return the key of an open session's board if ``seat`` is present in it. The key never leaves this process."""
        held = self._talks.slice_of(seat)
        session = held.known.sessions.get(handle)
        present = session is not None and session.state == SessionState.OPEN and seat in session.present()
        return held.ids[handle] if present else None

    def open_sessions(self) -> frozenset[str]:
        """Return the keys of the boards of all sessions that are open in anybody's view."""
        known = (held for _, held in self._talks.slices.meetings())
        return frozenset(
            one.ids[h] for one in known for h, held in one.known.sessions.items() if held.state == SessionState.OPEN
        )

    def digest(self) -> str:
        """Return the digest of the talks, for comparing two replays."""
        return digest(self._talks)

    def sign(self, message: bytes) -> bytes:
        """Sign a receipt with the record's key."""
        return self._store.sign(message)

    @property
    def public_key(self) -> bytes:
        """The public key of the record, with which receipts are checked."""
        return self._store.public_key

    def work_beforehand(self, request: CommandRequest, *, at: datetime) -> dict[Hashable, Any]:
        """Go through a command in any thread, without doing it; return what `submit` then need not make again."""
        made: dict[Hashable, Any] = {}
        decide(self._talks, request, self.time_at(at), beforehand=made, figures=self.figures)
        return made

    def submit(
        self,
        request: CommandRequest,
        *,
        at: datetime,
        key: str | None = None,
        beforehand: dict[Hashable, Any] | None = None,
    ) -> Done | Refusal:
        """Decide a command and store its acts. When this returns ``Done``, they are on the disk.

        Parameters
        ----------
        request
            The command, and the seat that gives it.
        at
            The current time. If it is earlier than the last time in the seat's slice, that time is used instead.
        key
            The request key of this seat. The same key with the same command gives the same answer and changes nothing.
            With another command it is refused as *key_reused*.
        beforehand
            What `work_beforehand` made of the same command.

        Raises
        ------
        ConcurrentUpdateError
            If other processes wrote first, ``TRIES`` times in a row.
        StorageError
            If the record cannot be written. Nothing is changed.
        """
        [answer] = self.submit_all([Submission(request=request, at=at, key=key, beforehand=beforehand)])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def submit_all(self, asked: Sequence[Submission]) -> list[Done | Refusal | Exception]:
        """Decide commands in order and store what comes of them with one commit; a defect in one stops no other.

        The answer to a command that was not done is the error that `submit` would raise.
        """
        answers: list[Done | Refusal | Exception] = []
        tries = TRIES
        while len(answers) < len(asked):
            self._catch_up()
            batch = Batch(self._talks, self._sealable, figures=self.figures)
            batch.take(asked[len(answers) :], self._store.find_request)
            try:
                after = len(self._talks.acts)
                kept = self._store.append_many(batch.groups, after=after, wait=batch.destroys) if batch.groups else ()
            except ConcurrentUpdateError as error:
                tries -= 1
                if not tries:
                    return answers + [busy(error)] * (len(asked) - len(answers))
                continue
            except StorageError as error:
                # What was done before it is done; the rest is not.
                return answers + [error] * (len(asked) - len(answers))
            except (KeyReusedError, errors.ScenarioError) as error:
                if len(batch.found) == 1:
                    answers.append(error)
                    continue
                # Only one of them cannot be stored: each by itself.
                answers += [answer for one in asked[len(answers) :] for answer in self.submit_all([one])]
                continue
            if batch.acts:
                self._folded(batch.talks, batch.acts)
            begun = asked[len(answers) :]
            answers += [
                self._answered(one.request.seat, found, kept) for one, found in zip(begun, batch.found, strict=False)
            ]
        return answers

    def _answered(self, seat: str, found: Found, kept: Sequence[AppendedActs]) -> Done | Refusal | Exception:
        """Return the answer to a command; what an earlier equal request destroyed must be gone by now."""
        acts = kept[found] if isinstance(found, int) else found
        if not isinstance(acts, AppendedActs):
            return acts
        try:
            if acts.is_repeat:
                self._store.finish_forgetting()
        except StorageError as error:
            return error
        return self._answer(seat, acts)

    def was_done(self, seat: str, key: str) -> bool:
        """Return whether a command of ``seat`` with this request key is in the record."""
        try:
            return self._store.find_request(Request(seat=seat, key=key, content=b"")) is not None
        except KeyReusedError:
            return True

    def tick(self, at: datetime) -> None:
        """Write the acts of all deadlines that have passed by ``at``."""
        self._store.finish_forgetting(wait=False)
        # Asked at each tick and not when a command fails: it must not show that somebody sent one.
        self.cannot_write = not self._store.is_writable()
        for _ in range(TRIES):
            self._catch_up()
            try:
                self._do_due(self.time_at(at), at)
            except ConcurrentUpdateError:
                continue
            return

    def _do_due(self, at: datetime, real_at: datetime) -> None:
        acts = due(self._talks, at)
        if acts:
            # What lapses is destroyed although somebody reads along: everybody else would wait for that reader.
            self._keep(acts, None, real_at=real_at, wait=False)

    def _keep(
        self, acts: Sequence[Act], request: Request | None, *, real_at: datetime | None = None, wait: bool = True
    ) -> AppendedActs:
        acts, keys = self._sealable(acts, real_at)
        kept = self._store.append_many([group_of(acts, keys, request)], after=len(self._talks.acts), wait=wait)
        self._folded(replay(acts, self._talks), acts)
        return kept[0]

    def _folded(self, talks: Talks, acts: Sequence[Act]) -> None:
        self._talks = talks
        self.departures += sum(act.kind in _DEPARTURES for act in acts)
        for listener in list(self.listeners):
            listener()

    def _sealable(
        self, acts: Sequence[Act], real_at: datetime | None
    ) -> tuple[Sequence[Act], Sequence[tuple[bytes, ...]]]:
        """Return the acts as this record's format stores them, and the keys of each act's texts where it fixes them."""
        real_at = real_at if self.kind is Kind.EXERCISE else None
        return as_stored(acts, version=self._store.format, real_at=real_at, new_key=self._new_key)

    def upgrade(self) -> bool:
        """Add acts in the newest format from now on; say whether it was an older one until now."""
        is_older = self._store.format < FORMAT
        if is_older:
            self._store.upgrade()
        return is_older

    def _catch_up(self) -> None:
        """Read the acts that other processes have written since."""
        known = len(self._talks.acts)
        if self._store.length > known:
            acts = acts_from(self._store, known + 1)
            self._folded(replay(acts, self._talks), acts)

    def _answer(self, seat: str, kept: AppendedActs) -> Done:
        """Return the number of the seat's last notice of the group, and the head of the slice at that notice."""
        held = self._talks.slice_of(seat)
        # From the end backwards: the acts of a new group are the last, however long the slice is.
        n = next((n for n in range(len(held.seqs), 0, -1) if kept.first <= held.seqs[n - 1] <= kept.last), 0)
        return Done(n=n, head=held.heads[n - 1].hex() if n else held.head.hex())

    def is_writable(self) -> bool:
        """Tell whether acts can be kept now. For the thread that writes; nothing is written."""
        return self._store.is_writable()

    @property
    def last_at(self) -> datetime | None:
        """When the last act was kept, by the clock on the wall; ``None`` before the first."""
        if not self._talks.acts:
            return None
        last = self._talks.acts[-1]
        return last.real_at or last.at

    @property
    def n_acts(self) -> int:
        """How many acts the record has."""
        return len(self._talks.acts)

    def acts(self) -> tuple[Act, ...]:
        """Return the acts, for replaying them. They must not be used for a screen, file or report."""
        return tuple(self._talks.acts)

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Return the slugs of all seats with their roles, so that one can be named on a command line."""
        held = ((slug, known.known.seats.get(slug)) for slug, known in self._talks.slices.meetings())
        return dict(sorted((s, tuple(role.value for role in seat.roles)) for s, seat in held if seat is not None))

    def view_at(self, seat: str, n: int) -> View:
        """Return what ``seat`` knew after its notice ``n``."""
        n_notices = len(self._talks.slice_of(seat))
        if not 0 <= n <= n_notices:
            raise errors.UnknownWordError("notice", str(n), (f"0 to {n_notices}",))
        return view_at(self._talks, seat, n)

    def verify_deep(self) -> Verification:
        """Check the stored rows, decrypt and decode every act, and compare their fold with the talks in memory."""
        folded = Talks()

        def decode(stored: StoredAct) -> None:
            nonlocal folded
            folded = replay([act := decode_act(stored.seq, stored.head, stored.bodies)], folded)
            # Looked at after each act: folded act by act, which is not how the talks in memory began.
            for seat, _ in act.audience:
                folded.slice_of(seat)

        result = verify_deep(self._store, decode)
        if result.is_sound and digest(folded) != self.digest():
            raise DamagedRecordError("the stored acts do not give the talks in memory; open the record again")
        return result

    def rekey(self, key: Unlock) -> None:
        """Change the key that opens the record."""
        self._store.rekey(key)

    @property
    def box_key(self) -> bytes:
        """The public key with which seats seal files for the record."""
        return self._store.box_key

    @property
    def box_secret(self) -> bytes:
        """The secret key that opens files sealed for the record. It never leaves this process."""
        return self._store.box_secret

    def close(self) -> None:
        """Close the record."""
        self._store.close()


def view_of_nobody() -> View:
    """Return the view of somebody who has no seat in any talks: it is empty."""
    return view_for(Talks(), "")


def create_record(
    where: str | Path, file: TalksFile, *, kind: Kind, at: datetime, key: Unlock | None = None, digest: str = ""
) -> OpenRecord:
    """Create a record at ``where``, open the talks of ``file`` in it, and return it opened.

    Raises
    ------
    StorageError
        If something exists there already or it cannot be written. Nothing is left behind.
    ScenarioError
        If the talks file cannot open a record, for example without seats.
    """
    return begin_record(where, opening(file, kind=kind, at=at, digest=digest), kind=kind, at=at, key=key)


def begin_record(
    where: str | Path, acts: Sequence[Act], *, kind: Kind, at: datetime, key: Unlock | None = None
) -> OpenRecord:
    """Create a record at ``where`` with its first acts, and return it opened; it raises what `create_record` does."""
    with whole_record(where, kind=kind, key=key) as store:
        room = OpenRecord(store, Talks())
        room._keep(acts, None, real_at=at)
    return room


def open_record(
    where: str | Path, *, kind: Kind, key: Unlock | None = None, alone: bool | None = None, write: bool = True
) -> OpenRecord:
    """Open the record at ``where``.

    ``alone``: whether no other process may have it open at the same time; by default yes for a file and no for
    PostgreSQL. Without ``write`` it is only read, as it is when it is opened. This works while a server has it open.

    Raises
    ------
    DamagedRecordError
        If the record is damaged. The error names the first damaged act, and nothing is opened.
    WrongKeyError, WrongKindError, NewerFormatError, StorageError
        If the key, the kind, the format or the place is wrong.
    """
    store = open_(where, kind=kind, key=key, alone=alone, write=write)
    try:
        with paused_collector():
            return OpenRecord(store, replay(verified_acts(store)))
    except BaseException:
        store.close()
        raise
