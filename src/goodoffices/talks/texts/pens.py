"""Commands on the pen of a text: pass it to a seat that asked for it, or open it to some seats for a while."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, faces
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.texts.commands import own_text
from goodoffices.talks.texts.releases import ProposerShown


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPen(Command):
    """Ask for the pen of a text that you hold. The pen is told and can then pass it to you."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassPen(Command):
    """Pass the pen of a text to a seat that has asked for it. All who hold the text are told."""

    text: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPen(Command):
    """Let some seats propose variants themselves until a time. All who hold the text are told.

    ``clauses`` are the clauses in which they may; left out, all clauses.
    """

    text: str
    seats: tuple[str, ...]
    until: datetime
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PenAsked(Content):
    """A holder asked for the pen."""

    FACES = {Face.SELF: ("text",), Face.PEN: ("text",)}
    REFS = ("text",)

    text: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PenPassed(Content):
    """The pen of a text was passed to another seat."""

    FACES = faces("text", "to")
    REFS = ("text",)

    text: Ref
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenOpened(Content):
    """Some seats may propose variants themselves until a time."""

    FACES = faces("text", "seats", "clauses", "whole", "until")
    REFS = ("text", "clauses")

    text: Ref
    seats: tuple[str, ...]
    until: datetime
    whole: bool
    clauses: tuple[Ref, ...] = ()


def ask_pen(context: CommandContext, command: AskPen) -> None:
    """Ask for the pen of a text, and tell its pen."""
    thing, text = context.find(command.text, context.known.texts)
    if text.pen == context.seat or text.offered_to == context.seat:
        raise context.refuse("done", case="pen")
    context.tell(PenAsked(text=thing), [text.pen], face=Face.PEN)


def pass_pen(context: CommandContext, command: PassPen) -> None:
    """Pass the pen and tell all holders of the text. Refused unless the receiver has asked for it.

    The new pen is also told the proposer of each variant, as far as the old one knows it.
    """
    thing, text = own_text(context, command.text)
    if text.offered_to != command.to:
        raise context.refuse("no_consent", who=command.to)
    context.tell(PenPassed(text=thing, to=command.to), context.seen_by(thing))
    latest = context.known.versions[text.versions[-1]]
    for handle in latest.variants:
        variant = context.known.variants.get(handle)
        if variant is not None and variant.proposer not in (None, command.to) and command.to in latest.released_to:
            context.tell(ProposerShown(variant=context.id_of(handle), proposer=variant.proposer or ""), [command.to])


def open_pen(context: CommandContext, command: OpenPen) -> None:
    """Open the pen to some seats, and tell all holders of the text. Refused unless the asking seat holds the pen."""
    thing, text = own_text(context, command.text)
    if command.until <= context.at:
        raise context.refuse("past", at=instant_text(command.until))
    seats = context.known_seats(command.seats)
    held = {clause for version in text.versions for clause in context.known.versions[version].clauses}
    if not seats or not set(command.clauses) <= held:
        raise context.refuse("unknown", case="pen_clauses" if seats else "pen_seats")
    clauses = context.ids(command.clauses)
    opened = PenOpened(text=thing, seats=seats, until=command.until, whole=not clauses, clauses=clauses)
    context.tell(opened, context.seen_by(thing))
