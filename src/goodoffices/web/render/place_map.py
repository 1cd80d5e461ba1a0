"""The picture of places on a page: the last fortnight of all ledgers, a shape for each, with names of areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from goodoffices.event_table import Event
from goodoffices.languages import semicolon
from goodoffices.reports.ceasefire.ledger_weeks import LedgerWeeks
from goodoffices.reports.ceasefire.place_picture import RADII_KM, Place, PlaceWords, place_picture
from goodoffices.web.http.markup import fill
from goodoffices.web.render.localize import Localizer

SHOWN_DAYS = 14


def place_map(
    t: Localizer, area_name: Callable[[str], Markup], ledgers: Sequence[LedgerWeeks], last: date | None
) -> Markup:
    """Return the picture of the last fortnight, or nothing if no report of it has coordinates."""
    if last is None:
        return Markup("")
    places: list[Place] = []
    by_area: dict[str, list[Place]] = {}
    n_without = 0
    for number, ledger in enumerate(ledgers):
        for event in ledger.of.events:
            if not last - timedelta(days=SHOWN_DAYS) < event.first_day <= last:
                continue
            place = _place(event, number)
            if place is None:
                n_without += event.count
                continue
            places.append(place)
            by_area.setdefault(event.area, []).append(place)
    if not places:
        return Markup("")
    names = [
        (
            area_name(area).striptags(),
            sum(one.latitude for one in inside) / len(inside),
            sum(one.longitude for one in inside) / len(inside),
        )
        for area, inside in sorted(by_area.items()) if area
    ]  # fmt: skip
    said = semicolon(t.language).join(
        f"{area_name(area).striptags()} {len(inside)}" for area, inside in sorted(by_area.items()) if area
    )
    words = PlaceWords(title=t("Where, in the last 14 days").striptags(), said=said, names=names)
    drawn = Markup(place_picture(places, words))  # noqa: S704 - the picture escapes its words
    return drawn + fill(
        '<p class="quiet">{}</p>',
        t("No land and no border is drawn. Reports without coordinates that are known well enough: {n}.", n=n_without),
    )


def _place(event: Event, ledger: int) -> Place | None:
    if event.latitude is None or event.longitude is None or event.place_precision not in RADII_KM:
        return None
    return Place(latitude=event.latitude, longitude=event.longitude, precision=event.place_precision, ledger=ledger)
