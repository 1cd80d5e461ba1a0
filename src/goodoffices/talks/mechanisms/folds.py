"""Folds of notices on zones and on what a mechanism does."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import body
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import (
    KnownAgreement,
    KnownInquiry,
    KnownMeasure,
    KnownMechanism,
    KnownProposal,
    KnownZone,
)
from goodoffices.talks.state.slices import Notice, learn


def zone_proposed(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownZone, notice, handle=notice.data["zone"])
    return known.put("zones", made.handle, made)


def zone_approved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.zones.get(notice.data.get("zone", ""))
    if held is None:
        return known
    return known.put("zones", held.handle, replace(held, approved_by=(*held.approved_by, notice.data["actor"])))


def mechanism_named(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownMechanism, notice)
    return known.put("mechanisms", made.handle, made)


def _of_allegation(known: Knowledge, notice: Notice, name: str, made: object) -> Knowledge:
    """Add to one of the lists of the allegation that a notice is about, if it is known here."""
    held = known.allegations.get(notice.data.get("allegation", ""))
    return known if held is None else known.change("allegations", held.handle, **{name: (*getattr(held, name), made)})


def finding_proposed(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_allegation(known, notice, "proposals", learn(KnownProposal, notice))


def step_agreed(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_allegation(known, notice, "agreements", learn(KnownAgreement, notice))


def inquiry_opened(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownInquiry, notice, handle=notice.data["inquiry"])
    return known.put("inquiries", made.handle, made)


def inquiry_closed(known: Knowledge, notice: Notice) -> Knowledge:
    outcome = body(notice.data["outcome"])
    return known.change("inquiries", notice.data.get("inquiry", ""), is_closed=True, outcome=outcome)


def measure_taken(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownMeasure, notice, handle=notice.data["measure"])
    return known.put("measures", made.handle, made)


def measure_reported(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    return known.change("measures", data.get("measure", ""), state=data["state"], words=body(data.get("words")))


def incident_reopened(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.incidents.get(notice.data.get("incident", ""))
    reason = body(notice.data["reason"])
    if held is None or reason is None:
        return known
    return known.put("incidents", held.handle, replace(held, reopened=(*held.reopened, reason)))
