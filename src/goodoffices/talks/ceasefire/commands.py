"""The cease-fire's first acts: terms of one exact copy, ledgers, allegations, another keeper's answer.

A figure is always a ledger's. Ledgers stand side by side; nothing here sums or averages two of them, and what one
keeper says of another's allegation changes no count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.states import Face
from goodoffices.talks.claims.commands import compartment_seats
from goodoffices.talks.model.ceasefire import Area, CeasefireTerms, DayReport, Ledger
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownLedger

ALLEGATION_KINDS = (
    "small-arms",
    "shelling",
    "air-strike",
    "drone",
    "rocket-or-missile",
    "ground-attack",
    "mine-or-explosive",
    "movement-of-forces",
    "fortification",
    "detention-or-abduction",
    "attack-on-civilians",
    "obstruction-of-monitors",
    "obstruction-of-aid",
    "siege-act",
    "overflight",
    "exercise",
    "provocation",
    "other",
)
RESULTS = ("confirmed", "not-confirmed", "explained", "not-examined")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTerms(Command):
    """Enter the terms of a cease-fire as one exact copy has them."""

    terms: CeasefireTerms
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLedger(Command):
    """Open a ledger of allegations that you keep; ``seen_by`` names who reads it (empty: all)."""

    slug: str
    title: str
    reports: str = "unknown"
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDay(Command):
    """Report a day's counts in a ledger of yours. Empty area: not placed. No count: not stated, not nought."""

    ledger: str
    report: DayReport


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAllegation(Command):
    """File an allegation in a ledger: what is said to have happened, where, when, by whom as it is said."""

    ledger: str
    kind: str
    occurred_from: datetime
    occurred_to: datetime | None = None
    area: str | None = None
    place: Words | None = None
    alleged_violator: str = "not-said"
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAllegation(Command):
    """Withdraw an allegation you filed; it stays readable and is no longer counted."""

    allegation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAllegations(Command):
    """As the keeper of another ledger: say of an allegation, or of so many of a day's, what you found."""

    ledger: str
    result: str
    allegation: str | None = None
    day: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRead(Content):
    """Terms of a cease-fire were entered from one exact copy."""

    FACES = faces("handle", "terms")
    NEW = {"handle": "n"}

    handle: Ref
    terms: CeasefireTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNamed(Content):
    """A place that terms and allegations can name."""

    FACES = faces("area")

    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOpened(Content):
    """A ledger of allegations was opened."""

    FACES = faces("handle", "ledger")
    NEW = {"handle": "j"}

    handle: Ref
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReported(Content):
    """A ledger's keeper stated a day's counts."""

    FACES = faces("ledger", Face.REPORT)
    REFS = ("ledger",)

    ledger: Ref
    report: DayReport


_ALLEGATION = (
    "allegation",
    "ledger",
    "sort",
    "area",
    "place",
    "occurred_from",
    "occurred_to",
    "alleged_violator",
    "words",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationFiled(Content):
    """Somebody says that something happened. It is an allegation, not a violation."""

    FACES = {Face.SELF: _ALLEGATION, Face.ALL: _ALLEGATION}
    NEW = {"allegation": "a"}
    REFS = ("ledger",)

    allegation: Ref
    ledger: Ref
    sort: str
    occurred_from: datetime
    occurred_to: datetime
    area: str = ""
    place: Words | None = None
    alleged_violator: str = "not-said"
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationWithdrawn(Content):
    """Whoever filed an allegation withdrew it."""

    FACES = faces("allegation")
    REFS = ("allegation",)

    allegation: Ref


_CONFIRMED = ("ledger", "keeper", "result", "allegation", "day", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationsConfirmed(Content):
    """The keeper of another ledger said what it found of allegations in this one."""

    FACES = {Face.SELF: _CONFIRMED, Face.ALL: _CONFIRMED}
    REFS = ("ledger", "allegation")

    ledger: Ref
    keeper: str
    result: str
    allegation: Ref | None = None
    day: date | None = None
    count: int | None = None


def read_terms(context: CommandContext, command: ReadTerms) -> None:
    """Decide ``ReadTerms``."""
    named = (*command.terms.covered, *command.terms.excluded)
    context.known_actors(named)
    told = compartment_seats(context, command.compartment)
    context.tell(TermsRead(handle=context.new(), terms=command.terms), told)


def open_ledger(context: CommandContext, command: OpenLedger) -> None:
    """Decide ``OpenLedger``."""
    ledger = Ledger(
        slug=command.slug, keeper=context.known.actor_of(context.seat), title=command.title, reports=command.reports
    )
    told = context.known_seats(command.seen_by) or context.everyone()
    context.tell(LedgerOpened(handle=context.new(), ledger=ledger), told)


def _own_ledger(context: CommandContext, handle: str) -> tuple[Ref, KnownLedger]:
    thing, held = context.find(handle, context.known.ledgers)
    if held.ledger.keeper != context.known.actor_of(context.seat):
        raise context.refuse("not_yours", case="ledger", handle=handle)
    return thing, held


def report_day(context: CommandContext, command: ReportDay) -> None:
    """Decide ``ReportDay``."""
    thing, held = _own_ledger(context, command.ledger)
    report = command.report
    if report.day > context.at.date():
        raise context.refuse("in_future", case="day", day=report.day.isoformat())
    if any(day.day == report.day for day in held.days):
        raise context.refuse("done", case="day", day=report.day.isoformat())
    parts = sum(count for _, count in report.counts)
    if any(count < 0 for _, count in report.counts) or report.n_days < 1:
        raise context.refuse("bad_figures", case="negative")
    if report.total is not None and report.counts and parts != report.total:
        raise context.refuse("bad_figures", case="parts", parts=str(parts), total=str(report.total))
    context.tell(DayReported(ledger=thing, report=report), context.seen_by(thing))


def file_allegation(context: CommandContext, command: FileAllegation) -> None:
    """Decide ``FileAllegation``."""
    thing, _ = _own_ledger(context, command.ledger)
    if command.kind not in ALLEGATION_KINDS:
        raise context.refuse("bad_value", case="allegation_kind", known=", ".join(ALLEGATION_KINDS))
    if command.area is None and command.place is None:
        raise context.refuse("no_place")
    if command.area is not None and command.area not in context.known.areas:
        raise context.refuse("unknown", case="area", slug=command.area)
    until = command.occurred_from if command.occurred_to is None else command.occurred_to
    if until < command.occurred_from:
        raise context.refuse("bad_interval")
    if until > context.at:
        raise context.refuse("in_future", case="allegation")
    filed = AllegationFiled(
        allegation=context.new(),
        ledger=thing,
        sort=command.kind,
        occurred_from=command.occurred_from,
        occurred_to=until,
        area="" if command.area is None else command.area,
        place=command.place,
        alleged_violator=command.alleged_violator,
        words=command.words,
    )
    context.tell(filed, context.seen_by(thing))


def withdraw_allegation(context: CommandContext, command: WithdrawAllegation) -> None:
    """Decide ``WithdrawAllegation``."""
    thing, held = context.find(command.allegation, context.known.allegations)
    if held.by != context.seat:
        raise context.refuse("not_yours", case="allegation", handle=command.allegation)
    if held.withdrawn:
        raise context.refuse("done", case="allegation", handle=command.allegation)
    context.tell(AllegationWithdrawn(allegation=thing), context.seen_by(thing))


def confirm_allegations(context: CommandContext, command: ConfirmAllegations) -> None:
    """Decide ``ConfirmAllegations``: the keeper of one ledger answers for another's; it changes no count there."""
    thing, held = context.find(command.ledger, context.known.ledgers)
    mine = context.known.actor_of(context.seat)
    if held.ledger.keeper == mine:
        raise context.refuse("own_ledger")
    if not any(other.ledger.keeper == mine for other in context.known.ledgers.values()):
        raise context.refuse("not_your_power", case="ledger")
    if command.result not in RESULTS:
        raise context.refuse("bad_value", case="result", known=", ".join(RESULTS))
    named = None if command.allegation is None else context.find(command.allegation, context.known.allegations)
    if named is not None and named[1].ledger != command.ledger:
        raise context.refuse("unknown", case="ledger", handle=command.allegation or "")
    if named is None and (command.day is None or command.count is None or command.count < 0):
        raise context.refuse("bad_figures", case="answer")
    confirmed = AllegationsConfirmed(
        ledger=thing,
        keeper=mine,
        result=command.result,
        allegation=None if named is None else named[0],
        day=command.day,
        count=command.count,
    )
    context.tell(confirmed, context.seen_by(thing))
