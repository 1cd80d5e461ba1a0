"""Commands on a cease-fire: its terms, ledgers, allegations, and the answers of other keepers.

Every number belongs to one ledger. Two ledgers are never added or averaged. What one keeper says about an allegation in
another ledger does not change that ledger's counts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import AudienceEntry, Content, Ref, Words, faces
from goodoffices.talks.base.states import Face
from goodoffices.talks.claims.commands import compartment_seats
from goodoffices.talks.model.ceasefire import (
    ALLEGATION_KINDS,
    DEATH_TIMINGS,
    Area,
    CeasefireTerms,
    DayReport,
    Ledger,
    checked_above_total,
    figures_of,
    point_of,
)
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS, Mask, told_mask
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownLedger

RESULTS = ("confirmed", "not-confirmed", "explained", "not-examined")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTerms(Command):
    """Enter the terms of a cease-fire from one exact copy. Only the seats of the compartment see them."""

    terms: CeasefireTerms
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLedger(Command):
    """Open a ledger of allegations that you keep. The seats in ``seen_by`` can read it; left out, all you know."""

    slug: str
    title: str
    reports: str = "unknown"
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDay(Command):
    """Report the counts of one day in a ledger that you keep.

    Leave the area empty if the place is not known. A count that you leave out means *not stated*, not zero.
    """

    ledger: str
    report: DayReport


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAllegation(Command):
    """File an allegation in a ledger that you keep: what is said to have happened, where, when and by whom.

    ``point`` is a latitude and a longitude, as 33.617,36.186. ``killed`` and ``injured`` are the lowest, the best and
    the highest number, as 3-5-8, with ? for what is not stated. Who reported it (``reporter``) stays with the keeper.
    With ``revises`` it takes the place of an earlier allegation, which can still be read and is no longer counted.
    The mask says how fine it may be shown outside the ledger. With ``stays`` no other seat is told of it at all.
    """

    ledger: str
    kind: Annotated[str, ALLEGATION_KINDS]
    occurred_from: datetime
    occurred_to: datetime | None = None
    area: str | None = None
    place: Words | None = None
    alleged_violator: str = "not-said"
    words: Words | None = None
    point: str = ""
    killed: str = ""
    injured: str = ""
    told_at: datetime | None = None
    reporter: Words | None = None
    revises: str | None = None
    evidence: Words | None = None
    mask_place: Annotated[str, PLACE_LEVELS] = "exact"
    mask_time: Annotated[str, TIME_LEVELS] = "hour"
    mask_hides: tuple[Annotated[str, HIDEABLE], ...] = ()
    stays: bool = False
    death_timing: Annotated[str | None, DEATH_TIMINGS] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAllegation(Command):
    """Withdraw an allegation that you filed. It can still be read, but is no longer counted."""

    allegation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAllegations(Command):
    """As the keeper of another ledger, say what you found about one allegation, or about some of a day."""

    ledger: str
    result: Annotated[str, RESULTS]
    allegation: str | None = None
    day: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRead(Content):
    """Terms of a cease-fire were entered from one exact copy."""

    FACES = faces("handle", "terms", "is_open")
    NEW = {"handle": "n"}

    handle: Ref
    terms: CeasefireTerms
    is_open: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNamed(Content):
    """A place was named, for terms and allegations."""

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
    """The keeper of a ledger reported the counts of a day."""

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
    "point",
    "killed",
    "injured",
    "told_at",
    "revises",
    "evidence",
    "mask",
    "stays",
    "death_timing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationFiled(Content):
    """A keeper filed an allegation. It is not a violation unless an inquiry finds so."""

    FACES = {
        Face.SELF: (*_ALLEGATION, "reporter"),
        Face.KEEPER: (*_ALLEGATION, "reporter"),
        Face.ALL: _ALLEGATION,
    }
    NEW = {"allegation": "a"}
    REFS = ("ledger", "revises")

    allegation: Ref
    ledger: Ref
    sort: str
    occurred_from: datetime
    occurred_to: datetime
    area: str = ""
    place: Words | None = None
    alleged_violator: str = "not-said"
    words: Words | None = None
    point: str | None = None
    killed: str | None = None
    injured: str | None = None
    told_at: datetime | None = None
    reporter: Words | None = None
    revises: Ref | None = None
    evidence: Words | None = None
    mask: Mask | None = None
    stays: bool | None = None
    death_timing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationWithdrawn(Content):
    """The seat that filed an allegation withdrew it."""

    FACES = faces("allegation")
    REFS = ("allegation",)

    allegation: Ref


_CONFIRMED = ("ledger", "keeper", "result", "allegation", "day", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationsConfirmed(Content):
    """The keeper of another ledger said what it found about allegations in this one."""

    FACES = {Face.SELF: _CONFIRMED, Face.ALL: _CONFIRMED}
    REFS = ("ledger", "allegation")

    ledger: Ref
    keeper: str
    result: str
    allegation: Ref | None = None
    day: date | None = None
    count: int | None = None


def read_terms(context: CommandContext, command: ReadTerms) -> None:
    """Enter the terms of one copy and tell the seats of the compartment. Refused unless its actors are known."""
    named = (*command.terms.covered, *command.terms.excluded)
    context.known_actors(named)
    told = compartment_seats(context, command.compartment)
    is_open = True if command.compartment is None else None
    context.tell(TermsRead(handle=context.new(), terms=command.terms, is_open=is_open), told)


def open_ledger(context: CommandContext, command: OpenLedger) -> None:
    """Open a ledger, and tell the seats named or, if none is named, all."""
    ledger = Ledger(
        slug=command.slug, keeper=context.known.actor_of(context.seat), title=command.title, reports=command.reports,
        is_open=None if command.seen_by else True,
    )  # fmt: skip
    told = context.known_seats(command.seen_by) or context.everyone()
    context.tell(LedgerOpened(handle=context.new(), ledger=ledger), told)


def own_ledger(context: CommandContext, handle: str) -> tuple[Ref, KnownLedger]:
    """Return a ledger and its internal name. Refused unless the asking seat keeps it."""
    thing, held = context.find(handle, context.known.ledgers)
    if held.ledger.keeper != context.known.actor_of(context.seat):
        raise context.refuse("not_yours", case="ledger", handle=handle)
    return thing, held


def report_day(context: CommandContext, command: ReportDay) -> None:
    """Report a day in a ledger and tell its readers. Refused if the figures do not add up or the day was reported."""
    thing, held = own_ledger(context, command.ledger)
    report = command.report
    if report.day > context.today:
        raise context.refuse("in_future", case="day", day=report.day.isoformat())
    if any(day.day == report.day for day in held.days):
        raise context.refuse("done", case="day", day=report.day.isoformat())
    parts = sum(count for _, count in report.counts)
    stated = (report.total, report.confirmed, report.explained, *(count for _, count in report.counts))
    if any(count is not None and count < 0 for count in stated) or report.n_days < 1:
        raise context.refuse("bad_figures", case="negative")
    if report.total is not None and report.counts and parts != report.total:
        raise context.refuse("bad_figures", case="parts", parts=str(parts), total=str(report.total))
    above = checked_above_total([count for _, count in report.counts], report.total, report.confirmed, report.explained)
    if above is not None:
        raise context.refuse("bad_figures", case="checked", checked=str(above[0]), total=str(above[1]))
    context.tell(DayReported(ledger=thing, report=report), context.seen_by(thing))


def file_allegation(context: CommandContext, command: FileAllegation) -> None:
    """File an allegation and tell the readers of the ledger. Refused unless it has a place and a time in the past."""
    thing, ledger = own_ledger(context, command.ledger)
    if command.kind not in ALLEGATION_KINDS:
        raise context.refuse("bad_value", case="allegation_kind", known=", ".join(ALLEGATION_KINDS))
    if command.area is None and command.place is None and not command.point:
        raise context.refuse("no_place")
    if command.area is not None and command.area not in context.known.areas:
        raise context.refuse("unknown", case="area", slug=command.area)
    until = command.occurred_from if command.occurred_to is None else command.occurred_to
    if until < command.occurred_from:
        raise context.refuse("bad_interval")
    if until > context.at:
        raise context.refuse("in_future", case="allegation")
    _check_numbers(command)
    revised = None if command.revises is None else _revisable(context, command)
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
        point=command.point or None,
        killed=command.killed or None,
        injured=command.injured or None,
        told_at=command.told_at,
        reporter=command.reporter,
        revises=revised,
        evidence=command.evidence,
        mask=told_mask(command.mask_place, command.mask_time, command.mask_hides),
        stays=command.stays or None,
        death_timing=command.death_timing or None,
    )
    told = ledger_faces(context, thing, ledger, stays=command.stays)
    context.write(filed, [(context.seat, Face.SELF), *told])


def ledger_faces(context: CommandContext, thing: Ref, held: KnownLedger, *, stays: bool = False) -> list[AudienceEntry]:
    """Return who is told of an allegation, with the face of each: who keeps the ledger is told more than who reads it.

    Of one that stays with the keeper, nobody else is told.
    """
    keepers = set(context.known.seats_of(held.ledger.keeper))
    told = [seat for seat in context.seen_by(thing) if seat in keepers or not stays]
    return [(seat, Face.KEEPER if seat in keepers else Face.ALL) for seat in told]


def _check_numbers(command: FileAllegation) -> None:
    """Raise ``ScenarioError`` if a place or a number cannot be read."""
    if command.point:
        point_of(command.point)
    for figures in (command.killed, command.injured):
        if figures:
            figures_of(figures)
    if command.death_timing and command.death_timing not in DEATH_TIMINGS:
        given, known = quoted(command.death_timing), ", ".join(DEATH_TIMINGS)
        raise ScenarioError(Phrase("{given} is not known; known: {known}", given=given, known=known))


def _revisable(context: CommandContext, command: FileAllegation) -> Ref:
    """Return the allegation that a new one takes the place of. Refused unless it is in the ledger and is the last."""
    thing, held = context.find(command.revises, context.known.allegations)
    if held.ledger != command.ledger:
        raise context.refuse("unknown", case="ledger", handle=held.handle)
    if held.withdrawn or held.revised_by:
        raise context.refuse("done", case="revised", handle=held.handle)
    return thing


def withdraw_allegation(context: CommandContext, command: WithdrawAllegation) -> None:
    """Withdraw an allegation and tell the seats that know of it. Refused unless the asking seat filed it."""
    thing, held = context.find(command.allegation, context.known.allegations)
    if held.by != context.seat:
        raise context.refuse("not_yours", case="allegation", handle=command.allegation)
    if held.withdrawn:
        raise context.refuse("done", case="allegation", handle=command.allegation)
    context.tell(AllegationWithdrawn(allegation=thing), context.seen_by(thing))


def confirm_allegations(context: CommandContext, command: ConfirmAllegations) -> None:
    """Answer allegations in another keeper's ledger, and tell its readers. Its counts do not change."""
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
    if named is None and command.count is not None:
        day = next((one for one in held.days if one.day == command.day), DayReport(day=date.min))
        above = checked_above_total([count for _, count in day.counts], day.total, command.count)
        if above is not None:
            raise context.refuse("bad_figures", case="checked", checked=str(above[0]), total=str(above[1]))
    confirmed = AllegationsConfirmed(
        ledger=thing,
        keeper=mine,
        result=command.result,
        allegation=None if named is None else named[0],
        day=command.day,
        count=command.count,
    )
    context.tell(confirmed, context.seen_by(thing))
