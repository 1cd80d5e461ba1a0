"""Injects: news that control prepared. They come at a time, on a condition or by hand, and can be held and edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, AudienceEntry, Content, Ref, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import played
from goodoffices.talks.exercise.conditions import first_moment, parse_condition
from goodoffices.talks.exercise.facts import Facts
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import PlannedInject
from goodoffices.talks.model.known_exercise import InjectState, KnownExercise, KnownInject, RunState
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldInject(Command):
    """Keep a planned inject from coming by itself. It can still be given by hand."""

    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveInject(Command):
    """Give an inject now, whatever the clock does. ``to`` and ``words`` take the place of what was planned."""

    inject: str
    to: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectPlanned(Content):
    """Control has an inject ready. Nobody else learns of it before it comes."""

    FACES = {Face.SELF: ("inject", "plan"), Face.CLOCK: ("inject", "plan")}
    NEW = {"inject": "ij"}

    inject: Ref
    plan: PlannedInject


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectHeld(Content):
    """An inject does not come by itself any more."""

    FACES = {Face.SELF: ("inject",), Face.CLOCK: ("inject",)}
    REFS = ("inject",)

    inject: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectTriggered(Content):
    """The condition of an inject holds. It comes at ``due_at``. ``because`` is the number of the last act before."""

    FACES = {Face.SELF: ("inject", "due_at"), Face.CLOCK: ("inject", "due_at")}
    REFS = ("inject",)

    inject: Ref
    due_at: datetime
    because: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectGiven(Content):
    """Seats were given news. Who else was is shown only where everybody was."""

    FACES = {
        Face.SELF: ("inject", "kind", "title", "words", "claims", "to"),
        Face.RECEIVER: ("kind", "title", "words", "claims"),
        Face.CLOCK: ("inject",),
    }
    REFS = ("inject",)

    inject: Ref
    slug: str
    kind: str
    title: tuple[Words, ...]
    words: tuple[Words, ...]
    to: tuple[str, ...]
    claims: tuple[str, ...] = ()


def hold_inject(context: CommandContext, command: HoldInject) -> None:
    """Hold an inject and tell control. Refused if it was given."""
    played(context)
    thing, inject = context.find(_handle_of(context, command.inject), context.known.injects)
    if inject.state is InjectState.GIVEN:
        raise context.refuse("given", handle=command.inject)
    if inject.state is InjectState.HELD:
        raise context.refuse("done", case="inject_held", handle=command.inject)
    context.tell(InjectHeld(inject=thing), [CLOCK, *_self(context)])


def _handle_of(context: CommandContext, name: str) -> str:
    """Return the handle of an inject that is named by its handle or, as in the talks file, by its lasting name."""
    known = context.known.injects
    return name if name in known else next((h for h, held in known.items() if held.inject.slug == name), name)


def give_inject(context: CommandContext, command: GiveInject) -> None:
    """Give an inject to those whom it names, and tell control. Refused if it was given, or if the exercise is over."""
    run = played(context)
    if run.is_over:
        raise context.refuse("closed", case="exercise")
    thing, inject = context.find(_handle_of(context, command.inject), context.known.injects)
    if inject.state is InjectState.GIVEN:
        raise context.refuse("given", handle=command.inject)
    everybody = [seat for seat in context.everyone() if seat not in controls(context.known)]
    named = context.known_seats(command.to or _to(inject.inject, everybody))
    content = inject_of(thing, inject.inject, tuple(seat for seat in named if seat in everybody), command.words)
    audience = [(seat, Face.RECEIVER) for seat in content.to]
    chiefs = [(seat, Face.SELF) for seat in controls(context.known)]
    context.write(content, [(context.seat, Face.SELF), *chiefs, *audience, (CLOCK, Face.CLOCK)])


def inject_of(thing: Ref, plan: PlannedInject, to: tuple[str, ...], words: tuple[Words, ...] = ()) -> InjectGiven:
    """Return the content with which a planned inject is given to seats, with other words if there are any."""
    return InjectGiven(
        inject=thing,
        slug=plan.slug,
        kind=plan.kind,
        title=tuple(Words(text=text, lang=lang) for lang, text in plan.title),
        words=words or tuple(Words(text=text, lang=lang) for lang, text in plan.words),
        to=to,
        claims=plan.claims,
    )


def _self(context: CommandContext) -> tuple[str, ...]:
    """Return the other control seats; ``context.tell`` shows them what it shows the asking seat."""
    return tuple(seat for seat in controls(context.known) if seat != context.seat)


def _to(plan: PlannedInject, everybody: Iterable[str]) -> tuple[str, ...]:
    return tuple(everybody) if plan.to == ("all",) else plan.to


def due_at(inject: KnownInject, run: KnownExercise) -> datetime | None:
    """Return when an inject comes by itself; ``None`` if by hand only, or not before its condition holds."""
    if inject.state is InjectState.TRIGGERED:
        return inject.due_at
    if inject.state is not InjectState.PLANNED or inject.inject.at is None:
        return None
    return inject.inject.at + timedelta(minutes=run.shift_minutes)


def given_by_clock(known: Knowledge, thing: Ref, inject: KnownInject) -> tuple[InjectGiven, tuple[AudienceEntry, ...]]:
    """Return the content and the audience of an inject that comes by itself, from what the clock knows."""
    chiefs = controls(known)
    everybody = [slug for slug, seat in known.seats.items() if not seat.closed and slug not in chiefs]
    content = inject_of(thing, inject.inject, tuple(s for s in _to(inject.inject, everybody) if s in everybody))
    told = [(seat, Face.RECEIVER.value) for seat in content.to]
    return content, (*told, *((seat, Face.SELF.value) for seat in chiefs))


def triggered_at(inject: KnownInject, run: KnownExercise, facts: Facts, until: datetime) -> datetime | None:
    """Return when the condition of a planned inject first held, by ``until`` and not before the last act."""
    if not inject.inject.when or inject.state is not InjectState.PLANNED or run.state is not RunState.STARTED:
        return None
    return first_moment(parse_condition(inject.inject.when), facts, since=facts.last_at, until=until)
