"""How notices of terms, ledgers and allegations change what a seat knows."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.ceasefire import Area, CeasefireTerms, DayReport, Ledger
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger, KnownTerms
from goodoffices.talks.state.slices import Notice


def terms_read(known: Knowledge, notice: Notice) -> Knowledge:
    terms = from_plain(CeasefireTerms, notice.data["terms"])
    return known.put(
        "terms", notice.data["handle"], KnownTerms(handle=notice.data["handle"], terms=terms, by=notice.by)
    )


def area_named(known: Knowledge, notice: Notice) -> Knowledge:
    area = from_plain(Area, notice.data["area"])
    return known.put("areas", area.slug, area)


def ledger_opened(known: Knowledge, notice: Notice) -> Knowledge:
    handle = notice.data["handle"]
    return known.put("ledgers", handle, KnownLedger(handle=handle, ledger=from_plain(Ledger, notice.data["ledger"])))


def day_reported(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.ledgers.get(notice.data.get("ledger", ""))
    if held is None:
        return known
    report = from_plain(DayReport, notice.data["report"])
    return known.put("ledgers", held.handle, replace(held, days=held.days.append(report)))


def allegation_filed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = KnownAllegation(
        handle=data["allegation"],
        ledger=data["ledger"],
        by=notice.by,
        kind=data["sort"],
        area=data.get("area", ""),
        place=body(data.get("place")),
        occurred_from=data["occurred_from"],
        occurred_to=data["occurred_to"],
        alleged_violator=data["alleged_violator"],
        words=body(data.get("words")),
        at=notice.at,
    )
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
