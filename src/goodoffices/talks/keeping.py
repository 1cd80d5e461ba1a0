"""Keeping: words destroyed, lapses, publication, print packs, receipts, exports, sealed files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks.acts import PUBLIC, Body, Content, Ref, Seen
from goodoffices.talks.clearing import own_item, sources_refusal
from goodoffices.talks.desk import Command, Desk
from goodoffices.talks.known import Known
from goodoffices.talks.slices import Notice
from goodoffices.talks.things import KnownItem, KnownPack
from goodoffices.talks.vocabulary import Form, Mode

__all__ = [
    "KEEPING_FOLDS",
    "BodyShredded",
    "ExportView",
    "ImportSealed",
    "IssueReceipt",
    "ItemLapsed",
    "MarkPackHanded",
    "MarkPackReady",
    "PackHanded",
    "PackReady",
    "Publish",
    "Published",
    "ReceiptIssued",
    "SealedImported",
    "ShredBody",
    "ViewExported",
    "export_view",
    "import_sealed",
    "issue_receipt",
    "mark_pack_handed",
    "mark_pack_ready",
    "publish",
    "shred_body",
    "shredded",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShredBody(Command):
    """Destroy the words of an item of yours, with a second person. Words that others made of it are their own."""

    item: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish(Command):
    """Make an item of yours public, with a second person. Nothing else reaches the public."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackReady(Command):
    """Say that a print pack is ready for a seat you keep: up to which of its notices, and who carries it.

    ``tell`` names seats that should know that this seat can receive, such as the pen of a text about to be released.
    """

    seat: str
    up_to: int
    carrier: str
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackHanded(Command):
    """Say who took a print pack, and when."""

    pack: str
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceipt(Command):
    """Take a signed receipt of your record as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView(Command):
    """Note that you took a copy of your record out, with the copy's digest."""

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSealed(Command):
    """Note that a sealed file came in for a seat, with its digest and the request keys in it."""

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLapsed(Content):
    """The time of an item passed: it can no longer be relayed."""

    FACES = {"all": ("item",), "clock": ("item",)}
    REFS = ("item",)

    item: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyShredded(Content):
    """Words were destroyed. ``things`` are the item and those tellings that held the same words."""

    FACES = {"self": ("things", "ground"), "all": ("things",), "clock": ("things",)}
    REFS = ("things",)

    things: tuple[Ref, ...]
    bodies: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Content):
    """An item was made public."""

    FACES = {"self": ("title", "words"), "all": ("title", "words")}

    words: tuple[Body, ...]
    title: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReady(Content):
    """A print pack is ready for a seat kept on paper."""

    FACES = {
        "self": ("pack", "seat", "up_to", "carrier", "told"),
        "kept": ("pack", "seat", "up_to", "carrier"),
        "told": ("pack", "seat", "carrier"),
    }
    NEW = {"pack": "e"}

    pack: Ref
    seat: str
    up_to: int
    carrier: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHanded(Content):
    """A print pack was handed over."""

    FACES = {
        "self": ("pack", "taken_by", "taken_at"),
        "kept": ("pack", "taken_by", "taken_at"),
        "told": ("pack", "taken_at"),
    }
    REFS = ("pack",)

    pack: Ref
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIssued(Content):
    """A seat took a receipt of its slice up to a notice: its number and the slice's own head."""

    FACES = {"self": ("up_to", "head")}

    up_to: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewExported(Content):
    """A seat took a copy of its record out."""

    FACES = {"self": ("what", "digest")}

    what: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedImported(Content):
    """A sealed file came in for a seat."""

    FACES = {"self": ("seat", "digest", "keys"), "sender": ("digest", "keys")}

    seat: str
    digest: str
    keys: tuple[str, ...] = ()


def shredded(known: Known, ids: Mapping[str, str], item: KnownItem, ground: str) -> BodyShredded:
    """Return the act that destroys the words of ``item``, naming every telling that held the same words.

    ``ids`` are the internal ids of the knowing seat's handles.
    """
    bodies = {body.id for body in (*item.words, *(() if item.title is None else (item.title,)))}
    told = [
        t.handle
        for t in (known.tellings[handle] for handle in item.tellings)
        if t.form is Form.VERBATIM or (t.words is not None and t.words.id in bodies)
    ]
    return BodyShredded(
        things=tuple(Ref(ids[handle]) for handle in (item.handle, *told)), bodies=tuple(sorted(bodies)), ground=ground
    )


def shred_body(desk: Desk, ask: ShredBody) -> None:
    """Decide ``ShredBody``."""
    desk.two_persons()
    _, item = desk.find(ask.item, desk.known.items)
    if item.came != "filed":
        raise desk.refuse("not_yours")
    if item.ended == "destroyed":
        raise desk.refuse("done")
    act = shredded(desk.known, desk.slice.ids, item, ask.ground)
    desk.tell(act, desk.saw(act.bodies))


def publish(desk: Desk, ask: Publish) -> None:
    """Decide ``Publish``."""
    desk.two_persons()
    _, item = own_item(desk, ask.item)
    if item.mode is not Mode.ON_RECORD:
        raise desk.refuse("protected")
    hindered = sources_refusal(desk.known, item, PUBLIC, desk.now)
    if hindered is not None:
        raise desk.refuse("protected")
    desk.tell(Published(words=item.words, title=item.title), (*desk.everyone(), PUBLIC))


def _kept(desk: Desk, slug: str) -> str:
    [seat] = desk.known_seats([slug])
    if desk.known.seats[seat].kept_by != desk.seat:
        raise desk.refuse("no_proxy")
    return seat


def mark_pack_ready(desk: Desk, ask: MarkPackReady) -> None:
    """Decide ``MarkPackReady``."""
    seat = _kept(desk, ask.seat)
    if ask.up_to < 1:
        raise desk.refuse("bad_value", why="A pack goes up to notice 1 at least.")
    told = desk.known_seats(ask.tell)
    ready = PackReady(pack=desk.new(), seat=seat, up_to=ask.up_to, carrier=ask.carrier, told=told)
    desk.write(ready, _about_pack(desk, seat, told))


def _about_pack(desk: Desk, seat: str, told: tuple[str, ...]) -> list[Seen]:
    return [(desk.seat, "self"), (seat, "kept"), *((other, "told") for other in told)]


def mark_pack_handed(desk: Desk, ask: MarkPackHanded) -> None:
    """Decide ``MarkPackHanded``."""
    thing, pack = desk.find(ask.pack, desk.known.packs)
    _kept(desk, pack.seat)
    if pack.handed_at is not None:
        raise desk.refuse("done")
    if ask.taken_at > desk.at:
        raise desk.refuse("in_future")
    handed = PackHanded(pack=thing, taken_by=ask.taken_by, taken_at=ask.taken_at)
    desk.write(handed, _about_pack(desk, pack.seat, pack.told))


def issue_receipt(desk: Desk, ask: IssueReceipt) -> None:
    """Decide ``IssueReceipt``: it covers the slice as it stood before it."""
    del ask
    desk.tell(ReceiptIssued(up_to=len(desk.slice), head=desk.slice.head.hex()), ())


def export_view(desk: Desk, ask: ExportView) -> None:
    """Decide ``ExportView``."""
    desk.tell(ViewExported(what=ask.what, digest=ask.digest), ())


def import_sealed(desk: Desk, ask: ImportSealed) -> None:
    """Decide ``ImportSealed``."""
    [seat] = desk.known_seats([ask.seat])
    desk.tell(SealedImported(seat=seat, digest=ask.digest, keys=ask.keys), [seat], face="sender")


def _destroyed(known: Known, notice: Notice) -> Known:
    for handle in notice.data.get("things", ()):
        known = known.change("items", handle, ended="destroyed", ended_at=notice.at)
    return known


def _published(known: Known, notice: Notice) -> Known:
    title = notice.data.get("title")
    for words in notice.data["words"]:
        heading = "" if title is None else title["digest"]
        known = known.add("published", (heading, Body(**words), notice.at))
    return known


def _pack(known: Known, notice: Notice) -> Known:
    data = notice.data
    pack = KnownPack(
        handle=data["pack"],
        seat=data["seat"],
        up_to=data.get("up_to", 0),
        carrier=data["carrier"],
        told=tuple(data.get("told", ())),
    )
    return known.put("packs", pack.handle, pack)


def _pack_handed(known: Known, notice: Notice) -> Known:
    data = notice.data
    return known.change("packs", data["pack"], handed_to=data.get("taken_by", ""), handed_at=data["taken_at"])


def _receipt(known: Known, notice: Notice) -> Known:
    return known.add("receipts", (notice.data["up_to"], notice.data["head"]))


KEEPING_FOLDS: Mapping[str, Callable[[Known, Notice], Known]] = {
    "BodyShredded": _destroyed,
    "Published": _published,
    "PackReady": _pack,
    "PackHanded": _pack_handed,
    "ReceiptIssued": _receipt,
}
