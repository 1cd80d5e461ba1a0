"""Folds of notices on items, clearances, wordings, relays, print packs and receipts."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import Body, bodies, body
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.persistent import changed
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import Face, ItemCame, ItemEnd, WordingState
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import (
    KnownClearance,
    KnownItem,
    KnownPack,
    KnownReadBack,
    KnownTelling,
    KnownWording,
)
from goodoffices.talks.state.slices import Notice, learn


def item_filed(known: Knowledge, notice: Notice) -> Knowledge:
    is_granted = notice.face == Face.GRANTED
    item = learn(
        KnownItem,
        notice,
        handle=notice.data["item"],
        came=ItemCame.TOLD if is_granted else ItemCame.FILED,
        teller=notice.by if is_granted else None,
        originator=notice.by,
    )
    return known.put("items", item.handle, item)


def item_handed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    handle = data.get("item")
    if handle is None:
        return known
    held = known.items.get(handle)
    if held is not None:
        return known.put("items", handle, changed(held, holders=(*held.holders, data["to"])))
    item = learn(KnownItem, notice, handle=handle, came=ItemCame.HANDED, originator=notice.by, holders=(data["to"],))
    return known.put("items", handle, item)


def item_cleared(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    if "item" not in data or "clearance" not in data:
        return known
    # A carrier may be among those to whom others may tell the paper. It has it already and tells itself nothing.
    to = tuple(seat for seat in data["to"] if seat != known.seat)
    if not to:
        return known
    clearance = learn(KnownClearance, notice, handle=data["clearance"], to=to, via=tuple(data.get("via", ())))
    known = known.put("clearances", clearance.handle, clearance)
    return _noted(known, clearance.item, "clearances", clearance.handle)


def _noted(known: Knowledge, item: str | None, what: str, handle: str) -> Knowledge:
    """Add to an item the handle of something that belongs to it."""
    held = known.items.get(item or "")
    if held is None or handle in getattr(held, what):
        return known
    return known.change("items", held.handle, **{what: (*getattr(held, what), handle)})


def clearance_shown(known: Knowledge, notice: Notice) -> Knowledge:
    # The originator has the clearance already, so its own face of this act is empty.
    return known if notice.face == Face.SELF else item_cleared(known, notice)


def clearance_narrowed(known: Knowledge, notice: Notice) -> Knowledge:
    clearance = known.clearances.get(notice.data.get("clearance", ""))
    if clearance is None:
        return known
    ended_to = (*clearance.ended_to, *notice.data.get("to", ()))
    over = "to" not in notice.data or set(clearance.to) <= set(ended_to)
    narrowed = changed(clearance, ended_to=ended_to, ended=over, ended_at=notice.when)
    return known.put("clearances", clearance.handle, narrowed)


def item_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("items", notice.data["item"], ended=ItemEnd.WITHDRAWN, ended_at=notice.when)


def telling_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    handle = notice.data.get("told", "")
    if handle in known.tellings:
        return known.change("tellings", handle, withdrawn=True)
    return known.change("items", handle, ended=ItemEnd.WITHDRAWN, ended_at=notice.when)


def item_lapsed(known: Knowledge, notice: Notice) -> Knowledge:
    handle = notice.data.get("item") or notice.data.get("told", "")
    return known.change("items", handle, ended=ItemEnd.LAPSED, ended_at=notice.when)


def wording_shown(known: Knowledge, notice: Notice) -> Knowledge:
    wording = learn(KnownWording, notice, handle=notice.data["wording"], holder=notice.by)
    return _noted(known.put("wordings", wording.handle, wording), wording.item, "wordings", wording.handle)


def wording_approved(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("wordings", notice.data["wording"], state=WordingState.APPROVED)


def wording_corrected(known: Knowledge, notice: Notice) -> Knowledge:
    correction = body(notice.data["words"])
    return known.change("wordings", notice.data["wording"], state=WordingState.CORRECTED, correction=correction)


def item_relayed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    if notice.face == Face.TOLD:
        shown = Form(data["shown_form"])
        item = KnownItem(
            handle=data["told"],
            came=ItemCame.TOLD,
            at=notice.when,
            kind=data["kind"],
            words=bodies(data["words"]),
            originator=data.get("shown_origin"),
            teller=notice.by,
            form=shown,
            lapses_at=None if "shown_lapse" not in data else parse_instant(data["shown_lapse"]),
            ask_read_back=data.get("ask_read_back", False),
        )
        return known.put("items", item.handle, item)
    words = data.get("words") if notice.face == Face.SELF else data.get("approved_words")
    telling = KnownTelling(
        handle=data["told"],
        item=data.get("item"),
        by=notice.by,
        to=data["to"],
        form=Form(data.get("form", data.get("shown_form"))),
        words=Body(**words[0]) if words else None,
        at=notice.when,
        ask_read_back=data.get("ask_read_back", False),
    )
    return _noted(known.put("tellings", telling.handle, telling), telling.item, "tellings", telling.handle)


def read_back_given(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    table = "tellings" if data["told"] in known.tellings else "items"
    held = getattr(known, table)[data["told"]]
    given = KnownReadBack(handle=data["read_back"], words=Body(**data["words"]))
    return known.change(table, data["told"], read_backs=(*held.read_backs, given))


def read_back_answered(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    for table in ("tellings", "items"):
        for handle, held in getattr(known, table).items():
            if any(r.handle == data["read_back"] for r in held.read_backs):
                answered = tuple(
                    replace(r, confirmed=data["confirmed"], correction=body(data.get("words")))
                    if r.handle == data["read_back"]
                    else r
                    for r in held.read_backs
                )
                return known.change(table, handle, read_backs=answered)
    return known


def body_shredded(known: Knowledge, notice: Notice) -> Knowledge:
    for handle in notice.data.get("things", ()):
        known = known.change("items", handle, ended=ItemEnd.DESTROYED, ended_at=notice.when)
    return known


def published(known: Knowledge, notice: Notice) -> Knowledge:
    title = notice.data.get("title")
    for words in notice.data["words"]:
        heading = "" if title is None else title["digest"]
        known = known.add("published", (heading, Body(**words), notice.at))
    return known


def pack_ready(known: Knowledge, notice: Notice) -> Knowledge:
    pack = learn(KnownPack, notice, handle=notice.data["pack"], up_to=notice.data.get("up_to", 0))
    return known.put("packs", pack.handle, pack)


def pack_handed(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    return known.change(
        "packs", data["pack"], handed_to=data.get("taken_by", ""), handed_at=parse_instant(data["taken_at"])
    )


def receipt_issued(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("receipts", (notice.data["up_to"], notice.data["head"]))
