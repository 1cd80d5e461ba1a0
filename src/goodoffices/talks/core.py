"""The pure core: ``decide``, ``due``, ``evolve``, ``view_for``.

``command --decide--> acts --append--> record --evolve--> talks --view_for(viewer)--> what that viewer may know``
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable
from dataclasses import field, fields, is_dataclass
from datetime import datetime
from typing import Any

from rpds import HashTrieMap

from goodoffices.canonical_json import holds_only_texts
from goodoffices.data_class import dataclass
from goodoffices.errors import RefusedError, ScenarioError
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.base.act_log import ActLog
from goodoffices.talks.base.acts import CLOCK, PUBLIC, Act
from goodoffices.talks.base.refusals import Refusal, refused
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.deadlines import DeadlineWatch, earliest_due
from goodoffices.talks.deliveries import content_of
from goodoffices.talks.exercise.facts import Facts, facts_after
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.registry import DECIDERS
from goodoffices.talks.seat_queues import QueuesBuilder, Slices
from goodoffices.talks.state.command_context import CommandContext, CommandRequest, FiguresOf
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.permissions import ANY_SEAT, able_roles, lenders, powers_of
from goodoffices.talks.state.slices import Slice
from goodoffices.talks.state.view import View
from goodoffices.unseen_characters import first_uncarried, named

STALE = frozenset({"AnswerBlind", "AnswerQuestion", "ClearItem", "NarrowClearance", "RelayItem"})
"""Commands that are refused as *stale* if something that they name has changed in the slice since the person looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """The talks after some acts: one slice for each seat, and people's words by body id.

    ``facts`` are the clock of an exercise and what its injects wait for; ``None`` for talks that are not played.
    """

    acts: ActLog = field(default_factory=ActLog)
    slices: Slices = field(default_factory=Slices)
    bodies: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    facts: Facts | None = None
    watch: DeadlineWatch = field(default_factory=DeadlineWatch, compare=False, repr=False)

    def time_at(self, real: datetime) -> datetime:
        """Return the time of the talks at a moment by the clock on the wall: the same, except in an exercise."""
        return real if self.facts is None else self.facts.clock.time_at(real)

    def slice_of(self, seat: str) -> Slice:
        """Return the slice of ``seat``. It is empty if the seat has not been told anything."""
        found = self.slices.get(seat)
        return Slice.empty(seat) if found is None else found

    def seen_by(self, thing: str) -> tuple[str, ...]:
        """Return the seats that have been told of a thing, by its internal id."""
        return self.slices.addressees.of_thing(thing)

    def audience_of(self, seq: int) -> tuple[str, ...]:
        """Return the seats that were told of act number ``seq``."""
        return tuple(seat for seat, _ in self.acts[seq - 1].audience)

    def saw(self, bodies: Iterable[str]) -> tuple[str, ...]:
        """Return the seats that have been told any of these bodies, by their internal ids."""
        return self.slices.addressees.of_bodies(bodies)

    def who_know(self, seat: str) -> tuple[str, ...]:
        """Return the seats that have been told of ``seat``, itself included."""
        meetings = self.slices.meetings()
        return tuple(sorted(who for who, held in meetings if seat in held.known.seats and who != PUBLIC))

    def words(self, body: str) -> str | None:
        """Return the text of a body by its id, or ``None`` if it was destroyed."""
        return self.bodies.get(body)


def decide(
    talks: Talks,
    request: CommandRequest,
    at: datetime,
    *,
    beforehand: dict[Hashable, Any] | None = None,
    figures: FiguresOf | None = None,
) -> tuple[Act, ...] | Refusal:
    """Decide a command: return its acts, as one group, or a refusal. Pure.

    Parameters
    ----------
    talks
        The talks, with everything that is ``due`` at ``at`` already folded.
    request
        The command, and the seat that asks for it.
    at
        The current time, aware.
    beforehand
        What was made of this command when it was decided before on earlier talks, and is filled now. It changes only
        how long this takes.
    figures
        Works out the figures of a bulletin from what the asking seat knows. Without it a bulletin has those given.

    Returns
    -------
    tuple of Act, or Refusal
        Which of the two depends on the slice of the asking seat alone.
    """
    context = CommandContext(
        request=request,
        slice=talks.slice_of(request.seat),
        at=at,
        next_seq=len(talks.acts) + 1,
        seen_by=talks.seen_by,
        audience_of=talks.audience_of,
        saw=talks.saw,
        who_know=talks.who_know,
        words=talks.words,
        beforehand={} if beforehand is None else beforehand,
        figures=figures,
    )
    try:
        _check_asker(context)
        DECIDERS[type(request.command)](context, request.command)
    except RefusedError as error:
        return Refusal(code=error.code, values=error.values)
    except ScenarioError as error:
        return Refusal(code="bad_value", values=(("why", Phrase("{what}.", what=reason_of(error))),))
    # A group of no acts would be no answer: what a decider lets through unchanged is refused here, for every command.
    return tuple(context.acts) or Refusal(code="done", values=(("case", "nothing"),))


def _check_asker(context: CommandContext) -> None:
    """Refuse unless the asking seat exists, has the power, and was up to date; check who entered the command."""
    request, known = context.request, context.known
    seat = known.seats.get(request.seat)
    if seat is None:
        raise refused("unknown", case="seat", slug=request.seat)
    if known.persons.get(f"{request.seat} {request.person}") == "":
        raise refused("unknown", case="person", person=request.person or "")
    name = type(request.command).__name__
    if name not in powers_of(seat):
        raise _no_power(seat, name)
    _check_characters(request.command)
    if request.entered_by is not None and request.entered_by != request.seat:
        _check_entry(context, request.entered_by)
    if request.happened_at is not None and request.happened_at > context.at:
        raise refused("in_future", case="happened")
    if request.seen is not None and name in STALE:
        _check_fresh(context, request.seen)


def _check_characters(value: object) -> None:
    """Refuse characters that no document could be written with, in whichever field they stand."""
    if isinstance(value, str):
        found = first_uncarried(value)
        if found is not None:
            raise refused("bad_value", case="character", character=named(found))
    elif isinstance(value, tuple):
        if holds_only_texts(value):
            _check_characters("".join("".join(one) for one in value))
            return
        for one in value:
            _check_characters(one)
    elif is_dataclass(value):
        for part in fields(value):
            _check_characters(getattr(value, part.name))


def _no_power(seat: KnownSeat, command: str) -> RefusedError:
    """Return the refusal of a command that a seat has no power for: who could give it instead."""
    able = able_roles(command)
    roles = ", ".join(role.value for role in seat.roles)
    if seat.closed:
        return refused("not_your_power", case="seat_closed")
    if command in seat.barred:
        return refused("not_your_power", case="barred")
    if command in ANY_SEAT:
        return refused("not_your_power", case="looks_on", roles=roles)
    if not able:
        return refused("not_your_power", case="nobody")
    return refused("not_your_power", roles=roles, able=", ".join(role.value for role in able))


def _check_entry(context: CommandContext, keeper: str) -> None:
    """Refuse unless ``keeper`` keeps the asking seat and holds its proxy to enter, or controls an exercise."""
    if keeper in controls(context.known) and context.known.exercise.plan is not None:
        if context.seat in context.known.exercise.persons:
            raise refused("seat_taken")
        return
    lent = context.seat in lenders(context.known.proxies.values(), keeper, "enter", now=context.at)
    if context.known.seats[context.seat].kept_by != keeper or not lent:
        raise refused("no_proxy")


def _check_fresh(context: CommandContext, seen: int) -> None:
    """Refuse if another seat changed something that the command names after the notice last seen.

    Items that have ended are not checked here: their own refusal says more, and looking again would not help.
    """
    ended = {item.handle for item in context.known.items.values() if item.ended}
    named = _handles(context) - ended
    for notice in context.slice.notices[seen:]:
        touched = {value for value in notice.data.values() if isinstance(value, str)}
        clash = sorted(named & touched)
        if clash and notice.by != context.seat:
            raise refused("stale", what=clash[0], n=str(notice.n))


def _handles(context: CommandContext) -> set[str]:
    """Return the handles of this slice that the command names."""
    values = to_plain(context.request.command).values()
    return {value for value in values if isinstance(value, str) and value in context.slice.ids}


def due(talks: Talks, at: datetime) -> tuple[Act, ...]:
    """Return the acts of every deadline that has passed by ``at``, earliest first. Pure.

    The shell calls this before every command and on a timer, and appends the acts. Each act has the time of its
    deadline.
    """
    made: list[Act] = []
    while True:
        clock = talks.slice_of(CLOCK)
        if talks.watch.is_quiet(clock, at, talks):
            return tuple(made)
        acts = earliest_due(clock, at, next_seq=len(talks.acts) + 1, around=talks)
        if not acts:
            talks.watch.note(clock, talks)
            return tuple(made)
        made += acts
        talks = replay(acts, talks)


def evolve(talks: Talks, act: Act) -> Talks:
    """Return the talks after ``act``. Pure. An act that is on record is never refused.

    Raises
    ------
    NewerFormatError
        If this version of Good Offices does not know the kind or version of the act.
    """
    content_of(act)
    bodies = talks.bodies
    for body, text in zip(act.body_ids(), act.bodies, strict=True):
        if text is not None:
            bodies = bodies.insert(body, text)
    if act.kind == "BodyShredded":
        for body in act.data["bodies"]:
            bodies = bodies.discard(body)
    acts = talks.acts.append(act)
    return Talks(
        acts=acts,
        slices=talks.slices.after(act, acts),
        bodies=bodies,
        facts=facts_after(talks.facts, act, acts),
        watch=talks.watch.carried(),
    )


def replay(acts: Iterable[Act], talks: Talks | None = None) -> Talks:
    """Return the talks after ``acts``, starting from ``talks`` or from nothing. Raises what :func:`evolve` raises."""
    if talks is None or not talks.acts:
        return _begun(acts if isinstance(acts, ActLog) else ActLog(tuple(acts)))
    for act in acts:
        talks = evolve(talks, act)
    return talks


def _begun(acts: ActLog) -> Talks:
    """Return the talks after ``acts``. Their slices are folded when they are looked at."""
    queues = QueuesBuilder()
    bodies: dict[str, str] = {}
    facts: Facts | None = None
    for act in acts.outlines():
        content_of(act)
        queues.take(act, acts)
        bodies.update((f"{act.seq}.{k}", text) for k, text in enumerate(act.texts) if text is not None)
        if act.kind == "BodyShredded":
            for body in act.data["bodies"]:
                bodies.pop(body, None)
        if facts is not None or act.kind == "ExercisePlanned":
            facts = facts_after(facts, acts[act.place - 1], acts)
    return Talks(acts=acts, slices=queues.slices(acts), bodies=HashTrieMap(bodies), facts=facts)


def view_for(talks: Talks, seat: str) -> View:
    """Return what ``seat`` may know. Pure.

    This is the only way from the talks to a screen, a file, a report or an analysis. ``seat`` may be ``PUBLIC``. For a
    name without a seat the view is empty.
    """
    return _view(talks, talks.slice_of(seat))


def view_at(talks: Talks, seat: str, n: int) -> View:
    """Return what ``seat`` knew after its notice ``n``. Words that were destroyed since are not in it. Pure."""
    return _view(talks, talks.slices.earlier(seat, n))


def _view(talks: Talks, held: Slice) -> View:
    return View(
        seat=held.seat,
        known=held.known,
        notices=held.notices,
        head=held.head.hex(),
        words=talks.words,
        heads=held.heads,
        n_opening=held.opening.n,
    )


def view_after(acts: Iterable[Act], seat: str) -> View:
    """Return what ``seat`` may know after ``acts``: ``view_for(replay(acts), seat)``.

    What others know is not folded. Raises what :func:`evolve` raises.
    """
    return view_for(replay(acts), seat)


def digest(talks: Talks) -> str:
    """Return a digest of the talks. Equal talks have equal digests, in any store and process and with any hash seed."""
    summary = hashlib.sha256(b"goodoffices/talks/1")
    for seat in sorted(talks.slices):
        held = talks.slices[seat]
        summary.update(f"\n{seat} {len(held)} ".encode() + held.head)
        summary.update(repr(held.known).encode())
    for body in sorted(talks.bodies):
        summary.update(f"\n{body} {talks.bodies[body]}".encode())
    return summary.hexdigest()
