"""Commands on items: file, hand, clear and withdraw them, and narrow clearances.

Only the originator of an item can clear it. A seat that holds, relays or guarantees it cannot. Withdrawing an item
stops later relays by all holders. It does not change what has been told already.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words
from goodoffices.talks.base.enums import Form, Format, Mode
from goodoffices.talks.base.states import Face
from goodoffices.talks.exchange.clearances import clearances_of, holders_of, own_item, sources_refusal
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.contact_rules import format_between, may_contact
from goodoffices.talks.state.permissions import carries

KINDS = ("message", "position", "paper", "question", "list", "map", "report", "note", "brief")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem(Command):
    """Put a message or paper of your own on the record. Nobody else sees it yet.

    ``derived_from`` are the items that it draws on. ``own_idea`` is your reason if you want to pass it on as your own
    idea all the same.
    """

    words: tuple[Words, ...]
    kind: Annotated[str, KINDS] = "message"
    title: Words | None = None
    mode: Mode = Mode.ON_RECORD
    derived_from: tuple[str, ...] = ()
    own_idea: Words | None = None
    answers: str | None = None
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandItem(Command):
    """Give an item of yours to an intermediary, or in direct format to another seat.

    The receiver may not tell it to others until you clear it.
    """

    item: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearItem(Command):
    """Allow an item of yours to be told: to whom, by whom, in which form, and until when.

    A form allows the weaker forms too. A seat that may paraphrase it may also pass it on as its own idea, without
    naming you. With ``approve`` you must first approve the exact words. ``via`` left out means any holder.
    """

    item: str
    to: tuple[str, ...]
    form: Form
    via: tuple[str, ...] = ()
    until: datetime | None = None
    approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowClearance(Command):
    """End a clearance for some recipients, or for all if ``to`` is left out."""

    clearance: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawItem(Command):
    """Withdraw an item of yours, so that nobody can tell it any more. Its holders are told.

    With ``tell``, the seats that were told it are told too, except where it was told as an own idea.
    """

    item: str
    tell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFiled(Content):
    """A seat put an item on the record. Only it sees the item."""

    FACES = {
        Face.SELF: ("item", "kind", "title", "words", "mode", "derived_from", "own_idea", "answers", "lapses_at"),
        Face.GRANTED: ("item", "kind", "title", "words", "mode", "lapses_at"),
        Face.CLOCK: ("item", "mode", "lapses_at", "words", "title"),
    }
    NEW = {"item": "m"}
    REFS = ("derived_from", "answers")

    item: Ref
    kind: str
    words: tuple[Words, ...]
    mode: Mode
    title: Words | None = None
    derived_from: tuple[Ref, ...] = ()
    own_idea: Words | None = None
    answers: Ref | None = None
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHanded(Content):
    """An originator gave an item to an intermediary, or in direct format to another seat."""

    FACES = {
        Face.SELF: ("item", "to"),
        Face.HOLDER: ("item", "kind", "title", "words", "mode", "lapses_at", "answers", "to"),
        Face.CLOCK: ("item", "to"),
    }
    NEW = {"item": "m"}
    REFS = ("answers",)

    item: Ref
    to: str
    kind: str
    words: tuple[Body, ...]
    mode: Mode
    title: Body | None = None
    answers: Ref | None = None
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCleared(Content):
    """An originator allowed an item to be told."""

    FACES = {
        Face.SELF: ("clearance", "item", "to", "via", "form", "until", "approve"),
        Face.HOLDER: ("clearance", "item", "to", "form", "until", "approve"),
    }
    NEW = {"clearance": "c"}
    REFS = ("item",)

    clearance: Ref
    item: Ref
    to: tuple[str, ...]
    form: Form
    via: tuple[str, ...] = ()
    until: datetime | None = None
    approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceShown(Content):
    """An earlier clearance was shown to a seat that has just got the item."""

    FACES = {Face.SELF: (), Face.HOLDER: ("clearance", "item", "to", "form", "until", "approve", "ended_to")}
    NEW = {"clearance": "c"}
    REFS = ("item",)

    clearance: Ref
    item: Ref
    to: tuple[str, ...]
    form: Form
    until: datetime | None = None
    approve: bool = False
    ended_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceNarrowed(Content):
    """An originator ended a clearance, for some recipients or, if ``to`` is empty, for all."""

    FACES = {Face.SELF: ("clearance", "to"), Face.HOLDER: ("clearance", "to")}
    REFS = ("clearance",)

    clearance: Ref
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWithdrawn(Content):
    """An originator withdrew an item: it can no longer be told."""

    FACES = {Face.SELF: ("item", "tell"), Face.HOLDER: ("item",)}
    REFS = ("item",)

    item: Ref
    tell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWithdrawn(Content):
    """A recipient that knows whose item it was told learns that its originator withdrew it."""

    FACES = {Face.SELF: ("told",), Face.TOLD: ("told",)}
    REFS = ("told",)

    told: Ref


def file_item(context: CommandContext, command: FileItem) -> None:
    """Put an item on the record for the asking seat alone."""
    if not command.words or not any(words.text.strip() for words in command.words):
        raise context.refuse("bad_value", why="This paper has no words yet. Write what it says.")
    if command.kind not in KINDS:
        raise context.refuse("bad_value", case="item_kind", known=", ".join(KINDS))
    if command.lapses_at is not None and command.lapses_at <= context.at:
        raise context.refuse("past", at=command.lapses_at)
    if command.mode is Mode.NON_PAPER and command.lapses_at is None:
        raise context.refuse("bad_value", why="A non-paper ends at a date, and none is given. Say when it ends.")
    filed = ItemFiled(
        item=context.new(),
        kind=command.kind,
        words=command.words,
        mode=command.mode,
        title=command.title,
        derived_from=context.ids(command.derived_from),
        own_idea=command.own_idea,
        answers=None if command.answers is None else context.id_of(command.answers),
        lapses_at=command.lapses_at,
    )
    context.write(filed, [(context.seat, Face.SELF), *([(CLOCK, Face.CLOCK)] if command.lapses_at is not None else [])])


def hand_item(context: CommandContext, command: HandItem) -> None:
    """Hand an item to another seat, with the clearances that concern it.

    Refused unless the receiver is an intermediary in contact or the format is direct, and the item's sources allow it.
    """
    thing, item = own_item(context, command.item)
    [to] = context.known_seats([command.to])
    receiver = context.known.seats[to]
    if receiver.closed or to == context.seat:
        case = "own_seat" if to == context.seat else "closed_seat"
        raise context.refuse("unknown", case=case, item=item.handle, to=to)
    if item.mode is Mode.NOTE:
        raise context.refuse("bad_value", why="A note to file is not handed to others. Write a paper instead.")
    if to in item.holders:
        raise context.refuse("done", case="handed", item=item.handle, to=to)
    if not may_contact(context.known, context.seat, to):
        raise context.refuse("no_contact", a=context.seat, b=to)
    if not carries(receiver):
        between = format_between(context.known, context.seat, to)
        if between is not Format.DIRECT:
            raise context.refuse("format_forbids", a=context.seat, b=to, format=between.value)
    hindered = sources_refusal(context.known, item, to, context.at)
    if hindered is not None:
        raise context.refuse(hindered.code, **dict(hindered.values))
    handed = ItemHanded(
        item=thing,
        to=to,
        kind=item.kind,
        words=item.words,
        mode=item.mode,
        title=item.title,
        answers=None if item.answers is None else context.id_of(item.answers),
        lapses_at=item.lapses_at,
    )
    seen = [(context.seat, Face.SELF), (to, Face.HOLDER)]
    context.write(handed, [*seen, *([(CLOCK, Face.CLOCK)] if item.lapses_at is not None else [])])
    _show_clearances(context, command.item, thing, to)


def _show_clearances(context: CommandContext, handle: str, thing: Ref, to: str) -> None:
    """Tell a new holder the clearances that exist already and name it, or name nobody."""
    for clearance in clearances_of(context.known, context.known.items[handle]):
        if not clearance.ended and (not clearance.via or to in clearance.via):
            shown = ClearanceShown(
                clearance=context.id_of(clearance.handle),
                item=thing,
                to=clearance.to,
                form=clearance.form,
                until=clearance.until,
                approve=clearance.approve,
                ended_to=clearance.ended_to,
            )
            context.tell(shown, [to], face=Face.HOLDER)


def clear_item(context: CommandContext, command: ClearItem) -> None:
    """Clear an item and tell the holders that may tell it. Refused unless the asking seat is its originator."""
    thing, item = own_item(context, command.item)
    to, via = context.known_seats(command.to), context.known_seats(command.via)
    if not to or context.seat in to:
        raise context.refuse("bad_value", why="Nobody else is named. Name at least one other seat to be told.")
    if command.until is not None and command.until <= context.at:
        raise context.refuse("past", at=command.until)
    cleared = ItemCleared(
        clearance=context.new(),
        item=thing,
        to=to,
        via=via,
        form=command.form,
        until=command.until,
        approve=command.approve,
    )
    context.tell(cleared, holders_of(item, via), face=Face.HOLDER)


def narrow_clearance(context: CommandContext, command: NarrowClearance) -> None:
    """End a clearance for some recipients or for all, and tell the holders that it concerns."""
    thing, clearance = context.find(command.clearance, context.known.clearances)
    _, item = own_item(context, clearance.item)
    if clearance.ended:
        raise context.refuse("done", case="clearance", handle=command.clearance)
    to = context.known_seats(command.to)
    if not set(to) <= set(clearance.to):
        raise context.refuse("unknown", case="cleared", handle=command.clearance)
    context.tell(ClearanceNarrowed(clearance=thing, to=to), holders_of(item, clearance.via), face=Face.HOLDER)


def withdraw_item(context: CommandContext, command: WithdrawItem) -> None:
    """Withdraw an item and tell its holders and, if asked to, the seats that were told it."""
    thing, item = own_item(context, command.item)
    context.tell(ItemWithdrawn(item=thing, tell=command.tell), item.holders, face=Face.HOLDER)
    for telling in (context.known.tellings[handle] for handle in item.tellings):
        # A seat that was told it as the intermediary's own idea must not learn that there is an originator.
        if command.tell and telling.form is not Form.OWN_IDEA:
            context.tell(TellingWithdrawn(told=context.id_of(telling.handle)), [telling.to], face=Face.TOLD)
