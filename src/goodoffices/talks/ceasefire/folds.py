"""Folds of notices on terms, ledgers and allegations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain, parse_instant
from goodoffices.talks.model.ceasefire import Area, DayReport
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import (
    KnownAllegation,
    KnownAsking,
    KnownFinding,
    KnownLedger,
    KnownTerms,
    KnownVerification,
)
from goodoffices.talks.state.slices import Notice, learn


def terms_read(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownTerms, notice)
    return known.put("terms", made.handle, made)


def area_named(known: Knowledge, notice: Notice) -> Knowledge:
    area = from_plain(Area, notice.data["area"])
    return known.put("areas", area.slug, area)


def ledger_opened(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownLedger, notice)
    return known.put("ledgers", made.handle, made)


def day_reported(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.ledgers.get(notice.data.get("ledger", ""))
    if held is None:
        return known
    report = from_plain(DayReport, notice.data["report"])
    return known.put("ledgers", held.handle, replace(held, days=held.days.append(report)))


def allegation_filed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = learn(KnownAllegation, notice, handle=data["allegation"], kind=data["sort"], area=data.get("area", ""))
    held = known.ledgers[made.ledger]
    known = known.put("ledgers", held.handle, replace(held, allegations=(*held.allegations, made.handle)))
    return known.put("allegations", made.handle, made)


def party_notified(known: Knowledge, notice: Notice) -> Knowledge:
    """Note who was asked; who had not known of the allegation learns as much of it as it was shown."""
    data = notice.data
    held = known.allegations.get(data["allegation"])
    if held is None:
        held = KnownAllegation(
            handle=data["allegation"],
            ledger="",
            by="",
            kind=data.get("sort", ""),
            area=data.get("area", ""),
            place=body(data.get("place")),
            occurred_from=data.get("occurred_from", data.get("day_from", "")),
            occurred_to=data.get("occurred_to", data.get("day_to", "")),
            alleged_violator=data.get("alleged_violator", ""),
            words=body(data.get("words")),
            at=notice.when,
        )
    asked = KnownAsking(seat=data["to"], answer_by=parse_instant(data["answer_by"]))
    return known.put("allegations", held.handle, replace(held, asked=(*held.asked, asked)))


def allegation_answered(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    return _asked(
        known,
        notice,
        says=data["says"],
        on_behalf_of=data.get("on_behalf_of", ""),
        words=body(data.get("words")),
    )


def answer_missing(known: Knowledge, notice: Notice) -> Knowledge:
    return _asked(known, notice, is_late=True)


def _asked(known: Knowledge, notice: Notice, **changes: Any) -> Knowledge:
    held = known.allegations.get(notice.data.get("allegation", ""))
    if held is None:
        return known
    who = notice.data["who"]
    asked = tuple(replace(one, **changes) if one.seat == who else one for one in held.asked)
    return known.put("allegations", held.handle, replace(held, asked=asked))


def allegation_screened(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    return known.change(
        "allegations", data.get("allegation", ""), screened=data["result"], screened_why=data.get("reason", "")
    )


def verification_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.allegations.get(notice.data.get("allegation", ""))
    if held is None:
        return known
    ended = learn(KnownVerification, notice)
    return known.put("allegations", held.handle, replace(held, verifications=(*held.verifications, ended)))


def finding_adopted(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.allegations.get(notice.data.get("allegation", ""))
    if held is None:
        return known
    found = learn(KnownFinding, notice)
    return known.put("allegations", held.handle, replace(held, findings=(*held.findings, found)))


def allegation_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("allegations", notice.data.get("allegation", ""), withdrawn=True)


def allegations_confirmed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    allegation = known.allegations.get(data.get("allegation", ""))
    if allegation is not None:
        answers = (*allegation.answers, (data["keeper"], data["result"]))
        return known.put("allegations", allegation.handle, replace(allegation, answers=answers))
    held = known.ledgers.get(data.get("ledger", ""))
    if held is None or "day" not in data:
        return known
    answer = (data["day"], data["keeper"], data["result"], data["count"])
    return known.put("ledgers", held.handle, replace(held, answers=held.answers.append(answer)))
