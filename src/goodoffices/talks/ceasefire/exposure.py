"""What a ledger could see: which share of an area was observed on which days, and where monitors were stopped.

A day that nobody observed has no count. It is never zero.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.ceasefire.commands import own_ledger
from goodoffices.talks.state.command_context import Command, CommandContext

MEANS = ("patrol", "camera", "call-in", "satellite", "other")
MOST_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExposure(Command):
    """Say how much of an area your ledger could see from one day to another, in per cent; without an area, of all."""

    ledger: str
    day_from: date
    day_to: date
    percent: int
    means: Annotated[str, MEANS]
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccess(Command):
    """Say that the monitors of your ledger were stopped in an area, by whom if that is known, and on which ground."""

    ledger: str
    day_from: date
    day_to: date
    area: str | None = None
    stopped_by: str | None = None
    ground: Words | None = None


_EXPOSURE = ("ledger", "day_from", "day_to", "percent", "means", "area")
_ACCESS = ("ledger", "day_from", "day_to", "area", "stopped_by", "ground")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureRecorded(Content):
    """The keeper of a ledger said how much of an area could be seen."""

    FACES = faces(*_EXPOSURE)
    REFS = ("ledger",)

    ledger: Ref
    day_from: date
    day_to: date
    percent: int
    means: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecorded(Content):
    """The keeper of a ledger said that its monitors were stopped."""

    FACES = faces(*_ACCESS)
    REFS = ("ledger",)

    ledger: Ref
    day_from: date
    day_to: date
    area: str = ""
    stopped_by: str = ""
    ground: Words | None = None


def record_exposure(context: CommandContext, command: RecordExposure) -> None:
    """Record how much could be seen, and tell who reads the ledger."""
    thing, _ = own_ledger(context, command.ledger)
    _check_span(context, command)
    if not 0 <= command.percent <= MOST_PERCENT:
        raise context.refuse("bad_figures", case="percent", percent=str(command.percent))
    if command.means not in MEANS:
        raise context.refuse("bad_value", case="choice", known=", ".join(MEANS))
    recorded = ExposureRecorded(
        ledger=thing, day_from=command.day_from, day_to=command.day_to, percent=command.percent, means=command.means,
        area=command.area or "",
    )  # fmt: skip
    context.tell(recorded, context.seen_by(thing))


def record_access(context: CommandContext, command: RecordAccess) -> None:
    """Record that monitors were stopped, and tell who reads the ledger."""
    thing, _ = own_ledger(context, command.ledger)
    _check_span(context, command)
    context.known_actors([command.stopped_by] if command.stopped_by else [])
    recorded = AccessRecorded(
        ledger=thing, day_from=command.day_from, day_to=command.day_to, area=command.area or "",
        stopped_by=command.stopped_by or "", ground=command.ground,
    )  # fmt: skip
    context.tell(recorded, context.seen_by(thing))


def _check_span(context: CommandContext, command: RecordExposure | RecordAccess) -> None:
    """Refuse days that are exchanged or still to come, and an area that is not known."""
    if command.day_to < command.day_from:
        raise context.refuse("bad_interval")
    if command.day_to > context.today:
        raise context.refuse("in_future", case="day", day=command.day_to.isoformat())
    if command.area is not None and command.area not in context.known.areas:
        raise context.refuse("unknown", case="area", slug=command.area)
