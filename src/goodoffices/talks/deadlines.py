"""Find the acts that happen when a time has come: lapses, unanswered invitations, the end of procedures.

They depend on the slice of the clock alone. Each act has the time of its deadline, even if it is noticed later. So the
record does not depend on the period of the timer, and does not show who happened to be active.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Act, AudienceEntry, Content, Ref, lay_out
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.base.states import Face, ForceState, InvitationState, ItemEnd, ProcedureState, QuestionState
from goodoffices.talks.ceasefire.answers import AnswerMissing
from goodoffices.talks.decisions.declared_outcomes import declaration_of, unheard_by
from goodoffices.talks.decisions.eligibility import eligible_now
from goodoffices.talks.exchange.publication import ItemLapsed, shredded
from goodoffices.talks.exercise.facts import Facts
from goodoffices.talks.exercise_deadlines import exercise_deadlines
from goodoffices.talks.rounds.rounds import InvitationUnanswered
from goodoffices.talks.sealed.commands import (
    BlindResultGiven,
    DepositClosed,
    DepositsRevealed,
    MatchReported,
    rule_is_met,
)
from goodoffices.talks.sealed.name_matching import key_of, rows_of
from goodoffices.talks.state.known_ceasefire import KnownAllegation
from goodoffices.talks.state.known_decisions import KnownForce, KnownQuestion
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_meetings import KnownInvitation
from goodoffices.talks.state.known_sealed import KnownBlind, KnownDeposit, KnownMatch
from goodoffices.talks.state.slices import Notice, Slice
from goodoffices.talks.texts.ratification import EnteredIntoForce

_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
ActDraft = tuple[Content, tuple[AudienceEntry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deadline:
    """One passed deadline: its time, its thing, and the acts that follow from it."""

    at: datetime
    handle: str
    deeds: Callable[[], list[ActDraft]]


class TalksLookup(Protocol):
    """What the clock may look up beyond its own slice: texts to match, the seats to address, what injects wait for."""

    @property
    def facts(self) -> Facts | None:
        """What happened in an exercise as a whole; ``None`` for talks that are not played."""

    @property
    def acts(self) -> Sequence[Act]:
        """All acts, to find by their slugs things that the clock is not told of."""

    def words(self, body: str) -> str | None:
        """Return the text of a body by its id."""

    def seen_by(self, thing: str) -> tuple[str, ...]:
        """Return the seats that have been told of a thing."""

    def saw(self, bodies: Iterable[str]) -> tuple[str, ...]:
        """Return the seats that have been told any of these bodies."""


def _place(ref: str) -> tuple[int, int]:
    """Return which act made a thing, and its place in it: ``50.a3`` is the fourth row of a file that act 50 took in."""
    act, _, part = ref.partition(".")
    return int(act), int(part[1:] or 0)


def earliest_due(clock: Slice, at: datetime, *, next_seq: int, around: TalksLookup) -> list[Act]:
    """Return the acts of the earliest deadline that has passed by ``at``; none if no deadline has passed.

    Parameters
    ----------
    clock
        The clock's slice.
    at
        Now.
    next_seq
        The number of the next act of the record.
    around
        The talks, used only for texts and audiences.
    """
    found = list(_deadlines(clock, around))
    if around.facts is not None:
        due = exercise_deadlines(clock, around.facts, until=at, next_seq=next_seq, acts=around.acts, words=around.words)
        found += [_Deadline(at=when, handle=handle, deeds=deeds) for when, handle, deeds in due]
    passed = [d for d in found if d.at <= at]
    if not passed:
        return []
    # If several deadlines pass at once, the oldest thing comes first. Handles must not be compared as text: m10 would
    # come before m9, and the order would show how many other things there are.
    first = min(passed, key=lambda d: (d.at, *_place(clock.ids[d.handle])))
    acts: list[Act] = []
    for content, audience in first.deeds():
        data, texts = lay_out(next_seq + len(acts), content)
        own = [(CLOCK, Face.CLOCK)] if Face.CLOCK in content.FACES else []
        acts.append(
            Act(
                seq=next_seq + len(acts),
                kind=type(content).__name__,
                version=content.VERSION,
                at=first.at,
                seat=CLOCK,
                audience=tuple(sorted(dict([*audience, *own]).items())),
                data=data,
                bodies=texts,
            )
        )
    return acts


class DeadlineWatch:
    """Until when nothing is due, so that not every command looks through everything that may lapse.

    The moment may be too early, and never too late. It grows with the clock's slice, like everything the clock does.
    An exercise has no such moment, since what is due there also depends on facts.
    """

    __slots__ = ("_state",)

    def __init__(self, state: tuple[int, datetime] = (0, _EARLIEST)) -> None:
        self._state = state

    def carried(self) -> DeadlineWatch:
        """Return a watch for later talks, which knows what this one knows."""
        return DeadlineWatch(self._state)

    def is_quiet(self, clock: Slice, at: datetime, around: TalksLookup) -> bool:
        """Say that no deadline has passed by ``at``; ``False`` if one must look."""
        n, until = self._state
        if around.facts is not None or at >= until:
            return False
        for notice in clock.notices[n:]:
            until = min(
                [until, *(one.at for handle in _handles(notice) for one in _deadlines_of(clock, handle, around))]
            )
        self._state = len(clock), until
        return at < until

    def note(self, clock: Slice, around: TalksLookup) -> None:
        """Note that nothing is due now: until the earliest deadline there is, one need not look again."""
        if around.facts is None:
            self._state = len(clock), min((one.at for one in _deadlines(clock, around)), default=_LATEST)


def _handles(notice: Notice) -> Iterator[str]:
    """Yield the handles that a notice names, and other words of its data."""
    for value in notice.data.values():
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                yield one


def _deadlines(clock: Slice, around: TalksLookup) -> Iterator[_Deadline]:
    """Yield every deadline that has been set and has not come to anything."""
    for table, deadlines in _TABLES.items():
        for handle, held in getattr(clock.known, table).items():
            yield from deadlines(clock, handle, held, around)


def _deadlines_of(clock: Slice, handle: str, around: TalksLookup) -> Iterator[_Deadline]:
    """Yield the deadlines of one thing."""
    for table, deadlines in _TABLES.items():
        held = getattr(clock.known, table).get(handle)
        if held is not None:
            yield from deadlines(clock, handle, held, around)


def _lapses(clock: Slice, handle: str, item: KnownItem, around: TalksLookup) -> Iterator[_Deadline]:
    if item.lapses_at is not None and item.ended in (None, ItemEnd.WITHDRAWN):
        yield _Deadline(at=item.lapses_at, handle=handle, deeds=_lapse(clock, item, around))


def _invitations(clock: Slice, handle: str, held: KnownInvitation, around: TalksLookup) -> Iterator[_Deadline]:
    if held.state == InvitationState.OPEN and held.invitation.reply_by is not None:
        thing = Ref(clock.ids[handle])
        yield _told_to_all(held.invitation.reply_by, handle, InvitationUnanswered(invitation=thing), thing, around)


def _answers(clock: Slice, handle: str, held: KnownAllegation, around: TalksLookup) -> Iterator[_Deadline]:
    """Yield the answers about an allegation that had not come by the time set."""
    for asked in held.asked:
        if not asked.says and not asked.is_late:
            thing = Ref(clock.ids[handle])
            missing = AnswerMissing(allegation=thing, who=asked.seat, answer_by=asked.answer_by)
            yield _told_to_all(asked.answer_by, handle, missing, thing, around)


def _deposits(clock: Slice, handle: str, held: KnownDeposit, _: TalksLookup) -> Iterator[_Deadline]:
    if held.state == ProcedureState.OPEN:
        thing = Ref(clock.ids[handle])
        told = tuple((seat, Face.ALL) for seat in (*held.depositors, held.neutral))
        opened = DepositsRevealed(deposit=thing, papers=held.papers)
        yield _simple(held.closes_at, handle, opened if rule_is_met(held) else DepositClosed(deposit=thing), told)


def _blinds(clock: Slice, handle: str, held: KnownBlind, _: TalksLookup) -> Iterator[_Deadline]:
    if held.state == ProcedureState.OPEN:
        answers = dict(held.answers)
        accepted = all(answers.get(seat, False) for seat in held.asked)
        result = BlindResultGiven(blind=Ref(clock.ids[handle]), all_accept=accepted)
        told = tuple((seat, Face.ALL) for seat in (*held.asked, held.by))
        yield _simple(held.closes_at, handle, result, told)


def _questions(clock: Slice, handle: str, held: KnownQuestion, around: TalksLookup) -> Iterator[_Deadline]:
    """Yield the outcome of a question, at the closing time or when the chair's sense can no longer be contested."""
    ends_at = held.ends_at
    if held.state == QuestionState.DECLARED or ends_at is None:
        return

    def deeds() -> list[ActDraft]:
        thing = Ref(clock.ids[handle])
        content, told = declaration_of(
            held,
            thing,
            parties=eligible_now(clock.known, held),
            unheard=unheard_by(clock.known, held),
            at=ends_at,
            told=tuple(around.seen_by(thing)),
        )
        return [(content, tuple(told))]

    yield _Deadline(at=ends_at, handle=handle, deeds=deeds)


def _forces(clock: Slice, handle: str, held: KnownForce, around: TalksLookup) -> Iterator[_Deadline]:
    """Yield a planned entry into force that was not stopped by a failed ratification."""
    if held.state == ForceState.PLANNED:
        thing = Ref(clock.ids[handle])
        yield _told_to_all(held.instant, handle, EnteredIntoForce(force=thing), thing, around)


def _matches(clock: Slice, handle: str, held: KnownMatch, around: TalksLookup) -> Iterator[_Deadline]:
    if held.state == ProcedureState.OPEN:
        yield _Deadline(at=held.closes_at, handle=handle, deeds=_match(clock, held, around.words))


_TABLES: Mapping[str, Callable[[Slice, str, Any, TalksLookup], Iterator[_Deadline]]] = {
    "items": _lapses,
    "invitations": _invitations,
    "deposits": _deposits,
    "blinds": _blinds,
    "allegations": _answers,
    "questions": _questions,
    "forces": _forces,
    "matches": _matches,
}
"""The parts of what the clock knows in which deadlines stand."""


def _told_to_all(at: datetime, handle: str, content: Content, thing: Ref, around: TalksLookup) -> _Deadline:
    """Return a deadline of which all that know of its thing are told."""
    return _Deadline(
        at=at, handle=handle, deeds=lambda: [(content, tuple((seat, Face.ALL) for seat in around.seen_by(thing)))]
    )


def _simple(at: datetime, handle: str, content: Content, told: tuple[AudienceEntry, ...]) -> _Deadline:
    return _Deadline(at=at, handle=handle, deeds=lambda: [(content, told)])


def _lapse(clock: Slice, item: KnownItem, around: TalksLookup) -> Callable[[], list[ActDraft]]:
    """Return a function that gives the acts of a lapse.

    All seats that know the item as such are told. The text of a non-paper is destroyed too.
    """

    def deeds() -> list[ActDraft]:
        known = clock.known
        told = [t for t in (known.tellings[h] for h in item.tellings) if t.form is not Form.OWN_IDEA]
        owner = (item.originator, Face.ALL) if item.originator is not None else (CLOCK, Face.CLOCK)
        done: list[ActDraft] = [
            (ItemLapsed(item=Ref(clock.ids[item.handle])), (owner, *((holder, Face.ALL) for holder in item.holders)))
        ]
        done += [(ItemLapsed(item=Ref(clock.ids[t.handle])), ((t.to, Face.ALL),)) for t in told]
        if item.mode is Mode.NON_PAPER:
            act = shredded(known, clock.ids, item, "the non-paper lapsed")
            done.append((act, tuple((seat, Face.ALL) for seat in around.saw(act.bodies) if seat != CLOCK)))
        return done

    return deeds


def _match(clock: Slice, match: KnownMatch, words: Callable[[str], str | None]) -> Callable[[], list[ActDraft]]:
    """Return a function that gives the acts at the close of a list matching: one for each side, on its own rows."""

    def deeds() -> list[ActDraft]:
        rows = {seat: rows_of(words, body.id) for seat, body in match.lists}
        keys = {seat: [key_of(match.normaliser, row) for row in rows.get(seat, [])] for seat in match.sides}
        done: list[ActDraft] = []
        for seat, other in (match.sides, match.sides[::-1]):
            found = tuple(
                (n, "certain" if keys[seat].count(key) == keys[other].count(key) == 1 else "possible")
                for n, key in enumerate(keys[seat])
                if key in keys[other]
            )
            # Nobody is told whether the other side submitted a list: no list and no match look the same.
            done.append((MatchReported(match=Ref(clock.ids[match.handle]), rows=found), ((seat, Face.SIDE),)))
        return done

    return deeds
