"""Compute the totals of one ledger, and what waits in it. Two ledgers are never added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.model.ceasefire import Mechanism
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger
from goodoffices.talks.state.permissions import powers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTotals:
    """The totals of one ledger.

    ``by_area`` counts the reports with a place, in order of the count; ``not_placed`` counts those without one.
    ``days_none`` are days on which the ledger stated zero, which is different from no report. ``confirmed`` and
    ``explained`` are what the other keeper said about the ``checked`` allegations, on days on which it said anything.
    """

    ledger: str
    keeper: str
    days: int
    total: int
    by_area: tuple[tuple[str, int], ...]
    not_placed: int
    days_none: int
    days_checked: int
    checked: int
    confirmed: int
    explained: int


def runs_ledger_of(known: Knowledge, seat: str, held: KnownAllegation) -> bool:
    """Say whether a seat keeps the ledger of an allegation, or reads it as the secretariat."""
    ledger, me = known.ledgers.get(held.ledger), known.seats.get(seat)
    if ledger is None or me is None:
        return False
    return Role.SECRETARIAT in me.roles or ledger.ledger.keeper == me.actor


def mechanism_of(known: Knowledge, held: KnownAllegation) -> Mechanism | None:
    """Return the mechanism that takes allegations from a ledger: the one that was named last, if there is one."""
    ledger = known.ledgers.get(held.ledger)
    if ledger is None:
        return None
    named = [one.mechanism for one in known.mechanisms.values()]
    return next((one for one in reversed(named) if not one.ledgers or ledger.ledger.slug in one.ledgers), None)


def step_holders(known: Knowledge, held: KnownAllegation, step: str) -> tuple[str, ...]:
    """Return the seats that hold a step of an allegation; none if the talks leave it to all with the power for it."""
    mechanism = mechanism_of(known, held)
    return () if mechanism is None else mechanism.seats(step)


def may_take_step(known: Knowledge, seat: str, held: KnownAllegation, step: str, *, otherwise: bool) -> bool:
    """Say whether a seat may take a step: it holds the step or, where no seat does, if ``otherwise`` it may."""
    holders = step_holders(known, held, step)
    return seat in holders if holders else otherwise


def unscreened(known: Knowledge, seat: str) -> list[KnownAllegation]:
    """Return the allegations that wait for a first look of a seat, the oldest first; none if it may not screen."""
    me = known.seats.get(seat)
    if me is None or "ScreenAllegation" not in powers_of(me):
        return []
    waiting = (held for held in known.allegations.values() if held.is_counted and not held.screened)
    return [
        held for held in waiting
        if may_take_step(known, seat, held, "first-look", otherwise=runs_ledger_of(known, seat, held))
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationTotals:
    """What became of the single allegations of one ledger, each number by itself.

    ``verified`` counts those whose verification ended as *verified* in the period, whenever they happened;
    ``verified_late`` are those among them that happened in an earlier week. ``found`` are findings of a violation.
    ``set_aside``, ``withdrawn`` and ``replaced`` are in no other count.
    """

    ledger: str
    counted: int
    waiting: int
    set_aside: int
    withdrawn: int
    replaced: int
    verified: int
    verified_late: int
    refuted: int
    undetermined: int
    found: int
    asked: int
    answered: int


_COUNTED = (
    "counted", "waiting", "set_aside", "withdrawn", "replaced", "verified", "verified_late", "refuted", "undetermined",
    "found", "asked", "answered",
)  # fmt: skip
_ENDS = {"verified": "verified", "refuted": "refuted", "cannot-be-determined": "undetermined"}


def allegation_totals(
    known: Knowledge, ledger: str, *, since: date | None = None, until: date | None = None
) -> AllegationTotals:
    """Count what became of the allegations of one ledger that happened in a period, and what was verified in it."""
    zone = known.header.zone
    counts: Counter[str] = Counter()
    for held in (known.allegations[handle] for handle in known.ledgers[ledger].allegations):
        day = local_day(parse_instant(held.occurred_from), zone)
        if _lies_in(day, since, until):
            counts.update(_counted_as(held))
        for ended in held.verifications if held.is_counted else ():
            if _lies_in(ended.day, since, until):
                counts[_ENDS.get(ended.result, "")] += 1
                counts["verified_late"] += ended.result == "verified" and _week(ended.day) > _week(day)
    return AllegationTotals(ledger=ledger, **{name: counts[name] for name in _COUNTED})


def _lies_in(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)


def _week(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _counted_as(held: KnownAllegation) -> Iterator[str]:
    """Yield under which names an allegation is counted."""
    if not held.is_counted:
        yield "withdrawn" if held.withdrawn else "replaced" if held.revised_by else "set_aside"
        return
    yield "counted"
    if not held.screened:
        yield "waiting"
    if any(finding.result == "violation" for finding in held.findings):
        yield "found"
    for asking in held.asked:
        yield "asked"
        if asking.says:
            yield "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorTotal:
    """How many counted allegations of one ledger name an actor, as it was named then and as it is called now.

    ``named`` counts by the actor that was named at the time. ``today`` counts by its successors since: what names an
    actor that merged, joined another, split or was renamed counts for each of them. Neither reading is an attribution.
    """

    actor: str
    named: int
    today: int


def actor_totals(
    known: Knowledge, ledger: str, *, since: date | None = None, until: date | None = None
) -> tuple[ActorTotal, ...]:
    """Return by actor how many allegations of a ledger name it, in both readings, the most named first."""
    zone = known.header.zone
    named: Counter[str] = Counter()
    today: Counter[str] = Counter()
    for held in (known.allegations[handle] for handle in known.ledgers[ledger].allegations):
        day = local_day(parse_instant(held.occurred_from), zone)
        if held.is_counted and held.alleged_violator in known.actors and _lies_in(day, since, until):
            named[held.alleged_violator] += 1
            today.update(successors_of(known, held.alleged_violator, day))
    order = sorted({*named, *today}, key=lambda actor: (-named[actor], -today[actor], actor))
    return tuple(ActorTotal(actor=actor, named=named[actor], today=today[actor]) for actor in order)


def successors_of(known: Knowledge, actor: str, day: date) -> tuple[str, ...]:
    """Return what an actor that was named on a day has become since: itself, or those that it went into."""
    found, seen, front = set[str](), {actor}, [actor]
    while front:
        one = front.pop()
        heirs = [
            heir
            for held in known.changes.values()
            if one in held.change.sources
            and one not in held.change.targets
            and (held.change.when is None or held.change.when >= day)
            for heir in held.change.targets
        ]
        if not heirs:
            found.add(one)
        for heir in heirs:
            if heir not in seen:
                seen.add(heir)
                front.append(heir)
    return tuple(sorted(found))


def ledger_totals(held: KnownLedger, *, since: date | None = None, until: date | None = None) -> LedgerTotals:
    """Return the totals of one ledger over the days from ``since`` to ``until``, both included."""
    days = [d for d in held.days if (since is None or d.day >= since) and (until is None or d.day <= until)]
    areas: Counter[str] = Counter()
    for day in days:
        areas.update(dict(_summed(day.counts)))
    stated = [(day, day.figure) for day in days]
    totals = [figure for _, figure in stated if figure is not None]
    checked = [(day, figure or 0) for day, figure in stated if day.confirmed is not None]
    placed = sorted(((a, n) for a, n in areas.items() if a), key=lambda pair: (-pair[1], pair[0]))
    return LedgerTotals(
        ledger=held.ledger.slug,
        keeper=held.ledger.keeper,
        days=len(days),
        total=sum(totals),
        by_area=tuple(placed),
        not_placed=sum(totals) - sum(n for _, n in placed),
        days_none=sum(total == 0 for total in totals),
        days_checked=len(checked),
        checked=sum(total for _, total in checked),
        confirmed=sum(day.confirmed or 0 for day, _ in checked),
        explained=sum(day.explained or 0 for day, _ in checked),
    )


def _summed(counts: tuple[tuple[str, int], ...]) -> Counter[str]:
    summed: Counter[str] = Counter()
    for area, count in counts:
        summed[area] += count
    return summed
