"""Folds of notices on seats, persons and proxies."""

from __future__ import annotations

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.actors import Compartment, SeatPlan
from goodoffices.talks.state.knowledge import Header, Knowledge
from goodoffices.talks.state.known_seats import KnownProxy, KnownSeat, SeatKey
from goodoffices.talks.state.slices import Notice, learn


def talks_opened(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("header", from_plain(Header, notice.data["header"]))


def seat_given(known: Knowledge, notice: Notice) -> Knowledge:
    plan = from_plain(SeatPlan, notice.data.get("seat", notice.data.get("shown")))
    seat = KnownSeat(
        slug=plan.slug,
        actor=plan.actor,
        roles=plan.roles,
        extra=plan.extra,
        barred=plan.barred,
        kept_by=plan.kept_by,
        sees_all=plan.sees_all,
    )
    return known.put("seats", seat.slug, seat)


def seat_closed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("seats", notice.data["slug"], closed=True)


def person_seated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("persons", f"{notice.data['slug']} {notice.data['name']}", notice.at)


def person_unseated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("persons", f"{notice.data['slug']} {notice.data['name']}", "")


def proxy_given(known: Knowledge, notice: Notice) -> Knowledge:
    proxy = learn(KnownProxy, notice, handle=notice.data["proxy"])
    return known.put("proxies", proxy.handle, proxy)


def proxy_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("proxies", notice.data.get("proxy", ""), ended=True)


def service_accepted(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("seats", notice.data["slug"], service_accepted=True, service_asked_by=())


def service_asked(known: Knowledge, notice: Notice) -> Knowledge:
    me = known.seats.get(known.seat)
    if me is None or notice.by == known.seat:
        return known
    asked = tuple(dict.fromkeys((*me.service_asked_by, notice.by)))
    return known.change("seats", known.seat, service_asked_by=asked)


def key_registered(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    key = SeatKey(
        public_key=data["public_key"],
        box_key=data["box_key"],
        code=data["code"],
        notice=notice.n,
        vouched_by=data.get("vouched_by", ""),
        compared=data.get("compared", ""),
    )
    return known.change("seats", data["seat"], sealing_key=key)


def file_sealed(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.seats.get(notice.data["seat"])
    return known if held is None else known.change("seats", held.slug, sealed=(*held.sealed, notice.n))


def entry_disputed(known: Knowledge, notice: Notice) -> Knowledge:
    words = Body(**notice.data["words"])
    return known.add("disputes", (notice.by, notice.data.get("notice", 0), words))


def compartment_set(known: Knowledge, notice: Notice) -> Knowledge:
    compartment = from_plain(Compartment, notice.data["compartment"])
    return known.put("compartments", compartment.slug, compartment)
