"""Folds of notices on terms, ledgers and allegations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain, parse_instant
from goodoffices.talks.model.ceasefire import Area, DayReport
from goodoffices.talks.model.masks import Mask
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import (
    KnownAccess,
    KnownAllegation,
    KnownAsking,
    KnownBulletin,
    KnownExposure,
    KnownFinding,
    KnownIncident,
    KnownLedger,
    KnownShare,
    KnownTarget,
    KnownTerms,
    KnownVerification,
    tag_key,
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


def _of_ledger(known: Knowledge, notice: Notice, change: Callable[[KnownLedger], KnownLedger]) -> Knowledge:
    """Change the ledger that a notice is about, if it is known here."""
    held = known.ledgers.get(notice.data.get("ledger", ""))
    return known if held is None else known.put("ledgers", held.handle, change(held))


def _of_allegation(known: Knowledge, notice: Notice, change: Callable[[KnownAllegation], KnownAllegation]) -> Knowledge:
    """Change the allegation that a notice is about, if it is known here."""
    held = known.allegations.get(notice.data.get("allegation", ""))
    return known if held is None else known.put("allegations", held.handle, change(held))


def day_reported(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_ledger(
        known, notice, lambda held: replace(held, days=held.days.append(from_plain(DayReport, notice.data["report"])))
    )


def allegation_filed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = learn(KnownAllegation, notice, handle=data["allegation"], kind=data["sort"], area=data.get("area", ""))
    held = known.ledgers[made.ledger]
    known = known.put("ledgers", held.handle, replace(held, allegations=held.allegations.append(made.handle)))
    known = _replaced(known, made)
    return known.put("allegations", made.handle, made)


def _replaced(known: Knowledge, made: KnownAllegation) -> Knowledge:
    """Note on an allegation that a later one took its place."""
    return known.change("allegations", made.revises, revised_by=made.handle) if made.revises else known


def allegations_imported(known: Knowledge, notice: Notice) -> Knowledge:
    """Note each row of a file as an allegation of its own."""
    data = notice.data
    held = known.ledgers.get(data.get("ledger", ""))
    if held is None:
        return known
    made = _rows_of(_Rows(data, notice), (held.handle, *data["allegations"]), tuple(data.get("revises", ())))
    known = known.put_all("allegations", {one.handle: one for one in made})
    for one in made if "revises" in data else ():
        known = _replaced(known, one)
    if "origins" in data:
        known = known.put_all("row_tags", {tag_key(held.handle, one.tag): one.handle for one in made})
    key = held.key if data.get("key") is None else body(data["key"])
    log = held.allegations.extend([one.handle for one in made])
    return known.put("ledgers", held.handle, replace(held, allegations=log, key=key))


class _Rows:
    """The notice of rows, the same for all seats that are told the same cells."""

    __slots__ = ("data", "notice")

    def __init__(self, data: Mapping[str, Any], notice: Notice) -> None:
        self.data, self.notice = data, notice

    def __hash__(self) -> int:
        return id(self.data["rows"])

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Rows)
            and other.data["rows"] is self.data["rows"]
            and other.data.get("origins") is self.data.get("origins")
            and other.data.get("mask") is self.data.get("mask")
            and (other.notice.at, other.notice.by) == (self.notice.at, self.notice.by)
        )


_ROW_COLUMNS = (
    "kind", "occurred_from", "occurred_to", "area", "point", "place_precision", "date_precision", "alleged_violator",
    "killed", "injured", "told_at", "review", "single_voice", "death_timing",
)  # fmt: skip
_PRECISIONS = {"": 1, **{str(n): n for n in range(1, 8)}}


@lru_cache(maxsize=4)
def _rows_of(rows: _Rows, names: tuple[str, ...], revised: tuple[str, ...]) -> tuple[KnownAllegation, ...]:
    """Return the allegations of rows. Seats that name them alike share them: an act of rows is told to many."""
    data, notice = rows.data, rows.notice
    ledger, *handles = names
    texts, reporters = body(data.get("texts")), body(data.get("reporters"))
    cells = dict(zip(data["columns"], zip(*data["rows"], strict=True), strict=True))
    unsaid = ("",) * len(handles)
    at, mask, stays, file = notice.when, _mask(data), data.get("stays", False), data.get("file", "")
    made = []
    for row, (handle, origin, earlier, *told) in enumerate(
        zip(
            handles,
            data.get("origins") or (("", "", ""),) * len(handles),
            revised if len(revised) == len(handles) else unsaid,
            *(cells.get(name, unsaid) for name in _ROW_COLUMNS),
            strict=True,
        )
    ):
        kind, begins, ends, area, point, place, day, violator, killed, injured, told_at, review, voice, timing = told
        tag, content, line = origin
        made.append(KnownAllegation(
            handle=handle, ledger=ledger, by=notice.by, kind=kind, area=area, occurred_from=begins,
            occurred_to=ends or begins, alleged_violator=violator or "not-said", at=at, point=point,
            place_precision=_PRECISIONS[place], date_precision=_PRECISIONS[day], killed=killed, injured=injured,
            told_at=told_at, single_voice=voice, screened=_SCREENED.get(review, ""),
            screened_why=review if review == "rejected" else "", texts=texts, reporters=reporters, row=row, tag=tag,
            content=content, line=line, file=file, revises=earlier, mask=mask, stays=stays, death_timing=timing,
        ))  # fmt: skip
    return tuple(made)


def _mask(data: Mapping[str, Any]) -> Mask:
    return from_plain(Mask, data["mask"]) if "mask" in data else Mask()


def allegation_masked(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("allegations", notice.data.get("allegation", ""), mask=_mask(notice.data))


def ledger_shared(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownShare, notice, handle=notice.data["share"])
    return known.put("shares", made.handle, made)


_SCREENED = {"approved": "in", "rejected": "set-aside"}


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
    def change(held: KnownAllegation) -> KnownAllegation:
        who = notice.data["who"]
        return replace(held, asked=tuple(replace(one, **changes) if one.seat == who else one for one in held.asked))

    return _of_allegation(known, notice, change)


def allegation_screened(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    return known.change(
        "allegations", data.get("allegation", ""), screened=data["result"], screened_why=data.get("reason", "")
    )


def verification_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_allegation(
        known, notice, lambda held: replace(held, verifications=(*held.verifications, learn(KnownVerification, notice)))
    )


def finding_adopted(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_allegation(
        known, notice, lambda held: replace(held, findings=(*held.findings, learn(KnownFinding, notice)))
    )


def incident_opened(known: Knowledge, notice: Notice) -> Knowledge:
    linked = tuple(sorted(notice.data.get("allegations", ())))
    made = learn(KnownIncident, notice, handle=notice.data["incident"], allegations=linked)
    return known.put("incidents", made.handle, made)


def allegation_linked(known: Knowledge, notice: Notice) -> Knowledge:
    return _linked(known, notice, is_linked=True)


def allegation_unlinked(known: Knowledge, notice: Notice) -> Knowledge:
    return _linked(known, notice, is_linked=False)


def _linked(known: Knowledge, notice: Notice, *, is_linked: bool) -> Knowledge:
    """Put an allegation into an incident, or take it out; the order of the links changes nothing."""
    handle = notice.data.get("allegation", "")
    held = known.incidents.get(notice.data.get("incident", ""))
    if held is None or handle not in known.allegations:
        return known
    linked = {*held.allegations, handle} if is_linked else {*held.allegations} - {handle}
    return known.put("incidents", held.handle, replace(held, allegations=tuple(sorted(linked))))


def bulletin_prepared(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownBulletin, notice, handle=notice.data["bulletin"], prepared_at=notice.when)
    return known.put("bulletins", made.handle, made)


def bulletin_cleared(known: Knowledge, notice: Notice) -> Knowledge:
    """Note a bulletin as told; who prepared it keeps what it knew of it besides."""
    handle = notice.data["bulletin"]
    held = known.bulletins.get(handle)
    made = learn(KnownBulletin, notice, handle=handle, cleared_at=notice.when)
    if held is not None:
        made = replace(made, to=held.to, prepared_at=held.prepared_at)
    known = known.put("bulletins", handle, made)
    return known.change("bulletins", made.corrects, corrected_by=handle) if made.corrects else known


def target_claimed(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_allegation(
        known, notice, lambda held: replace(held, targets=(*held.targets, learn(KnownTarget, notice)))
    )


def exposure_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_ledger(
        known, notice, lambda held: replace(held, exposures=held.exposures.append(learn(KnownExposure, notice)))
    )


def access_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    return _of_ledger(
        known, notice, lambda held: replace(held, accesses=held.accesses.append(learn(KnownAccess, notice)))
    )


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
