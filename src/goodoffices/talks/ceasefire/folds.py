"""Folds of notices on terms, ledgers and allegations."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.ceasefire import Area, DayReport
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger, KnownTerms
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
