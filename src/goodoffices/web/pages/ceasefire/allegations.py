"""The page of one allegation, and the page on which allegations are screened one after another."""

from __future__ import annotations

from datetime import datetime

from goodoffices.formats.input.encodings import ENCODINGS
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.ceasefire.answers import ANSWERS, SHOWN
from goodoffices.talks.ceasefire.findings import ASIDE, FOUND, UNDETERMINED, VERIFIED
from goodoffices.talks.ceasefire.incidents import incidents_of, shares_of
from goodoffices.talks.ceasefire.queries import may_take_step, mechanism_of, runs_ledger_of, step_holders, unscreened
from goodoffices.talks.ceasefire.row_texts import allegation_text
from goodoffices.talks.ceasefire.rule_status import RuleStatus, rule_statuses
from goodoffices.talks.mechanisms.allegation_states import allegation_state, incident_state, next_step
from goodoffices.talks.mechanisms.inquiries import MEASURE_STATES
from goodoffices.talks.mechanisms.steps import DECISIONS
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, DEATH_TIMINGS
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation
from goodoffices.web.pages.page import Data, Page, PageContext

_MOST_ALIKE = 5


def alike(context: PageContext, held: KnownAllegation) -> list[KnownAllegation]:
    """Return allegations that may be about the same event: same area, at most a day apart, the same kind first."""
    zone, area = context.known.header.zone, held.area
    day = local_day(parse_instant(held.occurred_from), zone)
    near = [
        other
        for other in context.known.allegations.values()
        if other.handle != held.handle
        and other.ledger
        and other.area == area
        and abs((local_day(parse_instant(other.occurred_from), zone) - day).days) <= 1
    ]
    return sorted(near, key=lambda other: other.kind != held.kind)[:_MOST_ALIKE]


def when(held: KnownAllegation) -> datetime | None:
    """Return when an allegation is said to have happened; ``None`` where this seat was told the day alone."""
    return parse_instant(held.occurred_from) if "T" in held.occurred_from else None


def _allegation(context: PageContext, handle: str) -> Data | None:
    known = context.known
    held = known.allegations.get(handle)
    if held is None:
        return None
    me = known.seats.get(context.seat)
    mine = [one for one in held.asked if one.seat == context.seat]
    guaranteed = [] if me is None else [g.guarantee for g in known.guarantees.values() if not g.ended]
    may_run = runs_ledger_of(known, context.seat, held)
    asked = {one.seat for one in held.asked}
    return {
        "a": held,
        "when": when(held),
        "mine": mine,
        "answers": ANSWERS,
        "for": [one.beneficiary for one in guaranteed if me is not None and one.guarantor == me.actor],
        "may_run": may_run and not held.withdrawn,
        "may_screen": _may(known, context.seat, held, "first-look"),
        "may_ask": _may(known, context.seat, held, "asking"),
        "may_find": held.ledger in known.ledgers and not held.withdrawn,
        "to_ask": [seat.slug for seat in context.others() if seat.slug not in asked],
        "shown": SHOWN,
        "incidents": [(one, shares_of(known, one.handle)) for one in incidents_of(known, handle)],
        "linkable": _linkable(context, held) if context.has("OpenIncident") else [],
        "statuses": _statuses(known, held),
        "reporter": allegation_text(context.view, held, "reporter").text,
        "may_claim": not held.withdrawn,
        "aside": ASIDE,
        "verified": VERIFIED,
        "undetermined": UNDETERMINED,
        "found": FOUND,
        "terms": [(one.handle, one.terms.title) for one in known.terms.values()],
        **_way(context, held),
        "places": _first(held.mask.place, PLACE_LEVELS),
        "times": _first(held.mask.time, TIME_LEVELS),
        "hideable": HIDEABLE[1:],
        "alike": alike(context, held) if may_run and when(held) is not None else [],
    }


def _may(known: Knowledge, seat: str, held: KnownAllegation, step: str) -> bool:
    """Say whether a seat may take a step that, where no seat holds it, who runs the ledger takes."""
    runs = runs_ledger_of(known, seat, held)
    return may_take_step(known, seat, held, step, otherwise=runs) and not held.withdrawn


def _way(context: PageContext, held: KnownAllegation) -> Data:
    """Return where an allegation stands on its way, whose step is next, and what a committee said."""
    known, seat = context.known, context.seat
    mechanism = mechanism_of(known, held)
    last = {(one.what, one.by): one for one in held.agreements}
    return {
        "state": allegation_state(known, held),
        "next_step": next_step(known, held),
        "next_seats": () if (step := next_step(known, held)) is None else step_holders(known, held, step),
        "agreements": list(last.values()),
        "is_member": mechanism is not None and seat in mechanism.seats("committee"),
        "may_propose": may_take_step(known, seat, held, "legal-check", otherwise=True),
        "may_inquire": may_take_step(known, seat, held, "committee", otherwise=True),
        "decisions": DECISIONS,
        "inquiries": [one for one in known.inquiries.values() if one.allegation == held.handle],
        "measures": [one for one in known.measures.values() if one.allegation == held.handle],
        "measure_states": MEASURE_STATES,
        "incident_state": lambda handle: incident_state(known, handle),
    }


def _first(chosen: str, levels: tuple[str, ...]) -> list[str]:
    """Return levels with the one that holds now first."""
    return [chosen, *(level for level in levels if level != chosen)]


def _statuses(known: Knowledge, held: KnownAllegation) -> list[RuleStatus]:
    """Return the status under each copy of the terms and each moment of entry into force that is claimed for it."""
    found: dict[tuple[object, ...], RuleStatus] = {}
    for one in rule_statuses(known, held):
        moment = None if one.claim is None else (one.claim.instant, one.claim.until, one.claim.areas)
        found.setdefault((one.terms, moment), one)
    return list(found.values())


def _linkable(context: PageContext, held: KnownAllegation) -> list[KnownAllegation]:
    """Return the allegations that a person may link to this one: alike, read in their ledgers, and in no incident."""
    known = context.known
    if held.ledger not in known.ledgers or not held.is_counted or incidents_of(known, held.handle) or not when(held):
        return []
    return [other for other in alike(context, held) if other.is_counted]


def _screening(context: PageContext, _: str) -> Data:
    waiting = unscreened(context.known, context.seat)
    first = waiting[0] if waiting else None
    return {
        "n": len(waiting),
        "a": first,
        "when": None if first is None else when(first),
        "alike": [] if first is None else alike(context, first),
        "aside": ASIDE,
    }


def _intake(context: PageContext, _: str) -> Data | None:
    mine = context.known.actor_of(context.seat)
    ledgers = [held for held in context.known.ledgers.values() if held.ledger.keeper == mine]
    last = [held for held in context.known.allegations.values() if held.by == context.seat][-_MOST_ALIKE:]
    return {
        "ledgers": ledgers,
        "kinds": ALLEGATION_KINDS,
        "timings": DEATH_TIMINGS,
        "places": PLACE_LEVELS,
        "times": TIME_LEVELS,
        "hideable": HIDEABLE[1:],
        "last": [(held, when(held)) for held in reversed(last)],
        "may_bring": context.has("ImportAllegations"),
        "table": context.table,
        "columns": [] if context.table is None else [(name, name) for name in context.table.columns],
        "encodings": [(name, name) for name in ENCODINGS],
    }


INTAKE = Page(
    path="intake",
    template="intake.html",
    title="File an allegation",
    parts=("file", "bring", "last"),
    data=_intake,
    under="ceasefire",
    powers=("FileAllegation",),
)
ALLEGATION = Page(
    path="ceasefire/{}",
    template="allegation.html",
    title="Allegation",
    parts=("allegation", "asked", "rules", "steps"),
    data=_allegation,
    under="ceasefire",
)
SCREENING = Page(
    path="screening",
    template="screening.html",
    title="Screening",
    parts=("screening",),
    data=_screening,
    under="ceasefire",
    powers=("ScreenAllegation",),
)
