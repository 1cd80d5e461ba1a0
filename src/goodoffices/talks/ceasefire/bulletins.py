"""Bulletins: figures of ledgers, frozen when they are prepared, cleared by two persons, and told or made public.

What is told are the figures of the act, the same ever after. A mistake is corrected by a new bulletin, which says what
was wrong; the earlier one is never changed.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import PUBLIC, Body, Content, Ref, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext, FiguresAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareBulletin(Command):
    """Freeze figures of ledgers for the seats in ``to``; left out, for the public. Nobody else sees it yet.

    A ledger may stand in it if it is open to all, or if you keep it. ``corrects`` names an earlier bulletin; then
    ``reason`` says what was wrong with it. Leave ``figures`` out: they are worked out from the ledgers. Figures that
    are given must be the same.
    """

    day_from: date
    day_to: date
    ledgers: tuple[str, ...]
    figures: Words | None = None
    to: tuple[str, ...] = ()
    corrects: str | None = None
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearBulletin(Command):
    """Clear a bulletin with a second person: the seats that it is for read it, or everybody.

    Seats can be asked to keep it until ``embargo_until``. What is for the public goes out at once.
    """

    bulletin: str
    embargo_until: datetime | None = None


_PREPARED = ("bulletin", "day_from", "day_to", "ledgers", "figures", "to", "corrects", "reason")
_CLEARED = ("bulletin", "day_from", "day_to", "figures", "is_public", "embargo_until", "corrects", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPrepared(Content):
    """Figures of ledgers were frozen for a bulletin."""

    FACES = {Face.SELF: _PREPARED}
    NEW = {"bulletin": "bu"}
    REFS = ("ledgers", "corrects")

    bulletin: Ref
    day_from: date
    day_to: date
    ledgers: tuple[Ref, ...]
    figures: Words
    to: tuple[str, ...] = ()
    corrects: Ref | None = None
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinCleared(Content):
    """A bulletin was cleared by two persons, and told to those whom it is for."""

    FACES = {Face.SELF: _CLEARED, Face.ALL: _CLEARED}
    NEW = {"bulletin": "bu"}
    REFS = ("corrects",)

    bulletin: Ref
    day_from: date
    day_to: date
    figures: Body
    is_public: bool
    embargo_until: datetime | None = None
    corrects: Ref | None = None
    reason: Body | None = None


def prepare_bulletin(context: CommandContext, command: PrepareBulletin) -> None:
    """Freeze the figures of a bulletin. Refused for a ledger that others may not read, and for days to come."""
    if command.day_to < command.day_from:
        raise context.refuse("bad_interval")
    if command.day_to > context.today:
        raise context.refuse("in_future", case="day", day=command.day_to.isoformat())
    mine = context.known.actor_of(context.seat)
    ledgers = []
    for handle in dict.fromkeys(command.ledgers):
        thing, held = context.find(handle, context.known.ledgers)
        if not held.ledger.is_open and held.ledger.keeper != mine:
            raise context.refuse("protected", case="ledger", handle=handle)
        ledgers.append(thing)
    if not ledgers:
        raise context.refuse("unknown", case="missing")
    corrected = None if command.corrects is None else context.find(command.corrects, context.known.bulletins)
    if corrected is not None and command.reason is None:
        raise context.refuse("needs_reason", case="correction")
    prepared = BulletinPrepared(
        bulletin=context.new(),
        day_from=command.day_from,
        day_to=command.day_to,
        ledgers=tuple(ledgers),
        figures=_figures(context, command),
        to=context.known_seats(command.to),
        corrects=None if corrected is None else corrected[0],
        reason=command.reason,
    )
    context.write(prepared, [(context.seat, Face.SELF)])


def _figures(context: CommandContext, command: PrepareBulletin) -> Words:
    """Return the figures that the ledgers give to the preparing seat. Refused if others are given."""
    given, work_out = command.figures, context.figures
    if work_out is None:
        if given is None:
            raise context.refuse("bad_figures", case="none")
        return given
    asked = FiguresAsked(
        first=command.day_from, last=command.day_to, ledgers=command.ledgers, is_public=not command.to,
        given=None if given is None else given.text,
    )  # fmt: skip
    # A notice that came since it was gone through beforehand may change a figure.
    text = context.once(("figures", len(context.slice.notices)), lambda: work_out(context.known, context.words, asked))
    return Words(text=text, lang="zxx")


def clear_bulletin(context: CommandContext, command: ClearBulletin) -> None:
    """Clear a bulletin and tell it, figures as they were frozen. Refused without a second person."""
    thing, held = context.find(command.bulletin, context.known.bulletins)
    if held.by != context.seat:
        raise context.refuse("not_yours", case="bulletin", handle=command.bulletin)
    if held.cleared_at is not None:
        raise context.refuse("done", case="bulletin", handle=command.bulletin)
    if command.embargo_until is not None and (not held.to or command.embargo_until <= context.at):
        raise context.refuse("embargoed", case="bulletin", handle=command.bulletin)
    context.two_persons()
    assert held.figures is not None
    cleared = BulletinCleared(
        bulletin=thing,
        day_from=held.day_from,
        day_to=held.day_to,
        figures=held.figures,
        is_public=not held.to,
        embargo_until=command.embargo_until,
        corrects=context.id_of(held.corrects) if held.corrects else None,
        reason=held.reason,
    )
    context.tell(cleared, held.to or (*context.everyone(), PUBLIC))


def figures_hash(figures: str) -> str:
    """Return the hash by which a reader can check that a bulletin has these figures and no others.

    Examples
    --------
    >>> figures_hash("{}")
    '44136fa355b3678a'
    """
    return hashlib.sha256(figures.encode()).hexdigest()[:16]
