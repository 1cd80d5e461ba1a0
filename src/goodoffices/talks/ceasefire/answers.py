"""What a party is asked about an allegation, what it answers, and that no answer came by the time set.

An answer changes no count, and that none came admits nothing: both stand beside the allegation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import Face
from goodoffices.talks.ceasefire.masks import masked, shown_masks
from goodoffices.talks.ceasefire.queries import may_take_step, runs_ledger_of
from goodoffices.talks.model.masks import Mask
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownAllegation

ANSWERS = ("accepts", "disputes", "explains", "no-knowledge")
SHOWN = ("what-and-where", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyParty(Command):
    """Ask a seat to answer an allegation by a time. With ``shown`` *what-and-where* it reads no words of the ledger.

    It then sees the kind, the area and the day. With *all* it also sees the time, the place and what is said.
    """

    allegation: str
    to: str
    answer_by: datetime
    shown: Annotated[str, SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAllegation(Command):
    """Answer an allegation that you were asked about, for yourself or for an actor whose guarantor you are.

    All who know the allegation read the answer. It changes no count.
    """

    allegation: str
    says: Annotated[str, ANSWERS]
    on_behalf_of: str | None = None
    words: Words | None = None


_ASKED = ("allegation", "to", "answer_by")
_LITTLE = ("allegation", "to", "answer_by", "sort", "area", "day_from", "day_to", "alleged_violator")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNotified(Content):
    """A seat was asked to answer an allegation by a time."""

    FACES = {
        Face.SELF: _ASKED,
        Face.ALL: _ASKED,
        Face.BARE: _LITTLE,
        Face.TOLD: (*_LITTLE, "place", "words", "occurred_from", "occurred_to"),
        Face.CLOCK: _ASKED,
    }
    NEW = {"allegation": "a"}

    allegation: Ref
    to: str
    answer_by: datetime
    sort: str
    day_from: date
    day_to: date
    occurred_from: datetime
    occurred_to: datetime
    alleged_violator: str
    area: str = ""
    place: Body | None = None
    words: Body | None = None


_ANSWERED = ("allegation", "who", "says", "on_behalf_of", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationAnswered(Content):
    """A seat answered an allegation that it was asked about."""

    FACES = {Face.SELF: _ANSWERED, Face.ALL: _ANSWERED, Face.CLOCK: ("allegation", "who", "says")}
    REFS = ("allegation",)

    allegation: Ref
    who: str
    says: str
    on_behalf_of: str = ""
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMissing(Content):
    """A seat that was asked about an allegation had not answered by the time set. That admits nothing."""

    FACES = {Face.ALL: ("allegation", "who", "answer_by"), Face.CLOCK: ("allegation", "who", "answer_by")}
    REFS = ("allegation",)

    allegation: Ref
    who: str
    answer_by: datetime


def notify_party(context: CommandContext, command: NotifyParty) -> None:
    """Ask a seat about an allegation, and tell all who know the allegation that it was asked."""
    thing, held = context.find(command.allegation, context.known.allegations)
    runs = runs_ledger_of(context.known, context.seat, held)
    if not may_take_step(context.known, context.seat, held, "asking", otherwise=runs):
        raise context.refuse("not_yours", case="asking", handle=command.allegation)
    if held.withdrawn:
        raise context.refuse("done", case="allegation", handle=command.allegation)
    if held.revised_by:
        raise context.refuse("done", case="revised", handle=command.allegation)
    [to] = context.known_seats([command.to])
    if to == context.seat or context.known.seats[to].closed:
        raise context.refuse("unknown", case="seat", slug=to)
    if any(asked.seat == to for asked in held.asked):
        raise context.refuse("done", case="asked", handle=command.allegation, to=to)
    if command.answer_by <= context.at:
        raise context.refuse("past", at=command.answer_by)
    if command.shown not in SHOWN:
        raise context.refuse("bad_value", case="choice", known=", ".join(SHOWN))
    asked = PartyNotified(
        allegation=thing,
        to=to,
        answer_by=command.answer_by,
        sort=held.kind,
        occurred_from=parse_instant(held.occurred_from),
        occurred_to=parse_instant(held.occurred_to),
        alleged_violator=held.alleged_violator,
        **_where_and_when(context, held, is_all=command.shown == "all"),
        place=held.place,
        words=held.words,
    )
    know = set(context.seen_by(thing)) - {CLOCK}
    face = Face.ALL if to in know else Face.TOLD if command.shown == "all" else Face.BARE
    others = [(seat, Face.ALL) for seat in sorted(know - {context.seat, to})]
    context.write(asked, [(context.seat, Face.SELF), (to, face), *others, (CLOCK, Face.CLOCK)])


def _where_and_when(context: CommandContext, held: KnownAllegation, *, is_all: bool) -> dict[str, Any]:
    """Return the area and the days that a party is shown: as they are with all, else as the mask lets them out."""
    if held.stays or (is_all and not held.mask.is_open):
        case = "stays" if held.stays else "mask"
        raise context.refuse("protected", case=case, handle=held.handle)
    mask = Mask(time="day")
    if not is_all:
        shown = shown_masks(context.known, held.ledger, (held.handle,), context.words)[held.handle]
        mask = shown if shown.time == "week" else replace(shown, time="day")
    plain = masked(context.known, held, mask)
    return {
        "area": plain.area, "day_from": date.fromisoformat(plain.begins), "day_to": date.fromisoformat(plain.ends),
    }  # fmt: skip


def answer_allegation(context: CommandContext, command: AnswerAllegation) -> None:
    """Answer an allegation. Refused unless the seat was asked; a guarantor answers for those it guarantees alone."""
    thing, held = context.find(command.allegation, context.known.allegations)
    if not any(asked.seat == context.seat for asked in held.asked):
        raise context.refuse("not_asked", case="allegation", handle=command.allegation)
    if command.says not in ANSWERS:
        raise context.refuse("bad_value", case="choice", known=", ".join(ANSWERS))
    mine, other = context.known.actor_of(context.seat), command.on_behalf_of or ""
    if other and other != mine:
        context.known_actors([other])
        given = [held.guarantee for held in context.known.guarantees.values() if not held.ended]
        if not any(one.guarantor == mine and one.beneficiary == other for one in given):
            raise context.refuse("self_only", case="answer", who=other)
    answered = AllegationAnswered(
        allegation=thing,
        who=context.seat,
        says=command.says,
        on_behalf_of="" if other == mine else other,
        words=command.words,
    )
    context.tell(answered, context.seen_by(thing))
