"""The cease-fire's first acts: terms of one exact copy, ledgers, allegations, another keeper's answer.

A figure is always a ledger's. Ledgers stand side by side; nothing here sums or averages two of them, and what one
keeper says of another's allegation changes no count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.talks.base.acts import Content, Ref, Words
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

    FACES = {"self": ("handle", "terms"), "all": ("handle", "terms")}
    NEW = {"handle": "n"}

    handle: Ref
    terms: CeasefireTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNamed(Content):
    """A place that terms and allegations can name."""

    FACES = {"self": ("area",), "all": ("area",)}

    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOpened(Content):
    """A ledger of allegations was opened."""

    FACES = {"self": ("handle", "ledger"), "all": ("handle", "ledger")}
    NEW = {"handle": "j"}

    handle: Ref
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReported(Content):
    """A ledger's keeper stated a day's counts."""

    FACES = {"self": ("ledger", "report"), "all": ("ledger", "report")}
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

    FACES = {"self": _ALLEGATION, "all": _ALLEGATION}
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

    FACES = {"self": ("allegation",), "all": ("allegation",)}
    REFS = ("allegation",)

    allegation: Ref


_CONFIRMED = ("ledger", "keeper", "result", "allegation", "day", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationsConfirmed(Content):
    """The keeper of another ledger said what it found of allegations in this one."""

    FACES = {"self": _CONFIRMED, "all": _CONFIRMED}
    REFS = ("ledger", "allegation")

    ledger: Ref
    keeper: str
    result: str
    allegation: Ref | None = None
    day: date | None = None
    count: int | None = None


def read_terms(desk: CommandContext, ask: ReadTerms) -> None:
    """Decide ``ReadTerms``."""
    named = (*ask.terms.covered, *ask.terms.excluded)
    if any(actor not in desk.known.actors for actor in named):
        raise desk.refuse("unknown")
    told = compartment_seats(desk, ask.compartment)
    desk.tell(TermsRead(handle=desk.new(), terms=ask.terms), told)


def open_ledger(desk: CommandContext, ask: OpenLedger) -> None:
    """Decide ``OpenLedger``."""
    ledger = Ledger(slug=ask.slug, keeper=desk.known.actor_of(desk.seat), title=ask.title, reports=ask.reports)
    told = desk.known_seats(ask.seen_by) or desk.everyone()
    desk.tell(LedgerOpened(handle=desk.new(), ledger=ledger), told)


def _own_ledger(desk: CommandContext, handle: str) -> tuple[Ref, KnownLedger]:
    thing, held = desk.find(handle, desk.known.ledgers)
    if held.ledger.keeper != desk.known.actor_of(desk.seat):
        raise desk.refuse("not_yours")
    return thing, held


def report_day(desk: CommandContext, ask: ReportDay) -> None:
    """Decide ``ReportDay``."""
    thing, held = _own_ledger(desk, ask.ledger)
    report = ask.report
    if report.day > desk.at.date():
        raise desk.refuse("in_future")
    if any(day.day == report.day for day in held.days):
        raise desk.refuse("done")
    parts = sum(count for _, count in report.counts)
    if any(count < 0 for _, count in report.counts) or report.n_days < 1:
        raise desk.refuse("bad_figures", why="a count is below nought")
    if report.total is not None and report.counts and parts != report.total:
        raise desk.refuse("bad_figures", why=f"the parts add to {parts}, the stated total is {report.total}")
    desk.tell(DayReported(ledger=thing, report=report), desk.seen_by(thing))


def file_allegation(desk: CommandContext, ask: FileAllegation) -> None:
    """Decide ``FileAllegation``."""
    thing, _ = _own_ledger(desk, ask.ledger)
    if ask.kind not in ALLEGATION_KINDS:
        raise desk.refuse("bad_value", why=f"The kind of an allegation is one of: {', '.join(ALLEGATION_KINDS)}.")
    if ask.area is None and ask.place is None:
        raise desk.refuse("no_place")
    if ask.area is not None and ask.area not in desk.known.areas:
        raise desk.refuse("unknown")
    until = ask.occurred_from if ask.occurred_to is None else ask.occurred_to
    if until < ask.occurred_from:
        raise desk.refuse("bad_interval")
    if until > desk.at:
        raise desk.refuse("in_future")
    filed = AllegationFiled(
        allegation=desk.new(),
        ledger=thing,
        sort=ask.kind,
        occurred_from=ask.occurred_from,
        occurred_to=until,
        area="" if ask.area is None else ask.area,
        place=ask.place,
        alleged_violator=ask.alleged_violator,
        words=ask.words,
    )
    desk.tell(filed, desk.seen_by(thing))


def withdraw_allegation(desk: CommandContext, ask: WithdrawAllegation) -> None:
    """Decide ``WithdrawAllegation``."""
    thing, held = desk.find(ask.allegation, desk.known.allegations)
    if held.by != desk.seat:
        raise desk.refuse("not_yours")
    if held.withdrawn:
        raise desk.refuse("done")
    desk.tell(AllegationWithdrawn(allegation=thing), desk.seen_by(thing))


def confirm_allegations(desk: CommandContext, ask: ConfirmAllegations) -> None:
    """Decide ``ConfirmAllegations``: the keeper of one ledger answers for another's; it changes no count there."""
    thing, held = desk.find(ask.ledger, desk.known.ledgers)
    mine = desk.known.actor_of(desk.seat)
    if held.ledger.keeper == mine:
        raise desk.refuse("own_ledger")
    if not any(other.ledger.keeper == mine for other in desk.known.ledgers.values()):
        raise desk.refuse("not_your_power", roles="no ledger of your own")
    if ask.result not in RESULTS:
        raise desk.refuse("bad_value", why=f"The result is one of: {', '.join(RESULTS)}.")
    named = None if ask.allegation is None else desk.find(ask.allegation, desk.known.allegations)
    if named is not None and named[1].ledger != ask.ledger:
        raise desk.refuse("unknown")
    if named is None and (ask.day is None or ask.count is None or ask.count < 0):
        raise desk.refuse("bad_figures", why="name an allegation, or a day and how many of its allegations")
    confirmed = AllegationsConfirmed(
        ledger=thing,
        keeper=mine,
        result=ask.result,
        allegation=None if named is None else named[0],
        day=ask.day,
        count=ask.count,
    )
    desk.tell(confirmed, desk.seen_by(thing))
