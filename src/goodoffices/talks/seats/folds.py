"""How notices of seats, persons and proxies change what a seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.actors import Compartment, SeatPlan
from goodoffices.talks.state.knowledge import Header, Knowledge
from goodoffices.talks.state.known_seats import KnownProxy, KnownSeat
from goodoffices.talks.state.slices import Notice


def _opened(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("header", from_plain(Header, notice.data["header"]))


def _given(known: Knowledge, notice: Notice) -> Knowledge:
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


def _closed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("seats", notice.data["slug"], closed=True)


def _seated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("persons", f"{notice.data['slug']} {notice.data['name']}", notice.at)


def _unseated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("persons", f"{notice.data['slug']} {notice.data['name']}", "")


def _proxy(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    proxy = KnownProxy(
        handle=data["proxy"],
        giver=data["giver"],
        holder=data["holder"],
        scope=data["scope"],
        until=data.get("until"),
    )
    return known.put("proxies", proxy.handle, proxy)


def _proxy_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("proxies", notice.data.get("proxy", ""), ended=True)


def _service(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("seats", notice.data["slug"], service_accepted=True)


def _disputed(known: Knowledge, notice: Notice) -> Knowledge:
    words = Body(**notice.data["words"])
    return known.add("disputes", (notice.by, notice.data.get("notice", 0), words))


def _compartment(known: Knowledge, notice: Notice) -> Knowledge:
    compartment = from_plain(Compartment, notice.data["compartment"])
    return known.put("compartments", compartment.slug, compartment)


SEAT_FOLDS: Mapping[str, Callable[[Knowledge, Notice], Knowledge]] = {
    "TalksOpened": _opened,
    "SeatGiven": _given,
    "SeatClosed": _closed,
    "PersonSeated": _seated,
    "PersonUnseated": _unseated,
    "ProxyGiven": _proxy,
    "ProxyEnded": _proxy_ended,
    "ServiceAccepted": _service,
    "EntryDisputed": _disputed,
    "CompartmentSet": _compartment,
}
