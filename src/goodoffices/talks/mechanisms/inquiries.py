"""Inquiries into an allegation, measures that somebody says it took, and incidents that are opened again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.ceasefire.findings import check_agreed
from goodoffices.talks.ceasefire.queries import may_take_step, mechanism_of
from goodoffices.talks.mechanisms.steps import read_in_ledger, readers_of
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownAllegation

MEASURE_STATES = ("planned", "under-way", "done", "not-done")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInquiry(Command):
    """Open an inquiry into an allegation: what it is to find out, by which seats, until when.

    It needs the agreement of the committee by its rule or, where the talks name no committee, a second person.
    """

    allegation: str
    task: Words
    members: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseInquiry(Command):
    """Close an inquiry and say how it ended. It needs the same agreement as to open one. It is not a finding."""

    inquiry: str
    outcome: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMeasure(Command):
    """Say that you take a measure: what, against whom, until which day, and on which allegation if there is one.

    The seats in ``to`` read it. It changes no count, and finds nothing.
    """

    what: Words
    against: str
    due: date
    to: tuple[str, ...]
    allegation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeasure(Command):
    """Report what became of a measure that you took."""

    measure: str
    state: Annotated[str, MEASURE_STATES]
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIncident(Command):
    """Open an incident again, for a reason such as new evidence. What was found before stays."""

    incident: str
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryOpened(Content):
    """An inquiry into an allegation was opened."""

    FACES = faces("inquiry", "allegation", "task", "members", "until")
    NEW = {"inquiry": "iq"}
    REFS = ("allegation",)

    inquiry: Ref
    allegation: Ref
    task: Words
    members: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryClosed(Content):
    """An inquiry was closed."""

    FACES = faces("inquiry", "outcome")
    REFS = ("inquiry",)

    inquiry: Ref
    outcome: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken(Content):
    """A seat said that it takes a measure."""

    FACES = faces("measure", "what", "against", "due", "allegation")
    NEW = {"measure": "ms"}
    REFS = ("allegation",)

    measure: Ref
    what: Words
    against: str
    due: date
    allegation: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReported(Content):
    """The seat that took a measure said what became of it."""

    FACES = faces("measure", "state", "words")
    REFS = ("measure",)

    measure: Ref
    state: str
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReopened(Content):
    """An incident was opened again."""

    FACES = faces("incident", "reason")
    REFS = ("incident",)

    incident: Ref
    reason: Words


def _decided(context: CommandContext, held: KnownAllegation, what: str) -> None:
    """Refuse unless the committee agrees or, where there is no committee, a second person confirms it."""
    if not may_take_step(context.known, context.seat, held, "committee", otherwise=True):
        raise context.refuse("not_yours", case="step", handle=held.handle)
    mechanism = mechanism_of(context.known, held)
    if mechanism is None or not mechanism.seats("committee"):
        context.two_persons()
    check_agreed(context, held, what)


def open_inquiry(context: CommandContext, command: OpenInquiry) -> None:
    """Open an inquiry and tell who reads the ledger."""
    thing, held = read_in_ledger(context, command.allegation)
    members = context.known_seats(command.members)
    if not members:
        raise context.refuse("unknown", case="missing")
    if command.until < context.today:
        raise context.refuse("past", at=command.until.isoformat())
    _decided(context, held, "open-inquiry")
    opened = InquiryOpened(
        inquiry=context.new(), allegation=thing, task=command.task, members=members, until=command.until
    )
    context.tell(opened, readers_of(context, thing, held))


def close_inquiry(context: CommandContext, command: CloseInquiry) -> None:
    """Close an inquiry and tell who knows it."""
    inquiry, asked = context.find(command.inquiry, context.known.inquiries)
    if asked.is_closed:
        raise context.refuse("done", case="inquiry", handle=command.inquiry)
    _, held = context.find(asked.allegation, context.known.allegations)
    _decided(context, held, "close-inquiry")
    context.tell(InquiryClosed(inquiry=inquiry, outcome=command.outcome), _know(context, inquiry))


def take_measure(context: CommandContext, command: TakeMeasure) -> None:
    """Say that one takes a measure, and tell the seats named."""
    context.known_actors([command.against])
    to = context.known_seats(command.to)
    about = None if command.allegation is None else context.find(command.allegation, context.known.allegations)[0]
    taken = MeasureTaken(
        measure=context.new(), what=command.what, against=command.against, due=command.due, allegation=about
    )
    context.tell(taken, to)


def report_measure(context: CommandContext, command: ReportMeasure) -> None:
    """Report on a measure, and tell who knows it. Refused for a measure of another seat."""
    measure, held = context.find(command.measure, context.known.measures)
    if held.by != context.seat:
        raise context.refuse("not_yours")
    if command.state not in MEASURE_STATES:
        raise context.refuse("bad_value", case="choice", known=", ".join(MEASURE_STATES))
    reported = MeasureReported(measure=measure, state=command.state, words=command.words)
    context.tell(reported, _know(context, measure))


def reopen_incident(context: CommandContext, command: ReopenIncident) -> None:
    """Open an incident again, and tell who knows it. Refused without a reason."""
    incident, _ = context.find(command.incident, context.known.incidents)
    if not command.reason.text.strip():
        raise context.refuse("needs_reason")
    context.tell(IncidentReopened(incident=incident, reason=command.reason), _know(context, incident))


def _know(context: CommandContext, thing: Ref) -> list[str]:
    return [seat for seat in context.seen_by(thing) if seat != CLOCK]
