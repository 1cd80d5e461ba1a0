"""The fields that a table of events may fill, and the names under which data sets have them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from goodoffices.formats.event_tables.local_headings import heading_key

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "first_day": ("date", "day", "date_start", "event_date", "first_day", "from", "occurred", "period_start",
                  "#date+occurred"),
    "last_day": ("date_end", "last_day", "to", "period_end"),
    "days": ("n_days", "days"),
    "ledger": ("ledger", "keeper"),
    "area": ("area", "governorate", "admin1", "adm_1", "province", "region", "#adm1+name"),
    "pair": ("pair", "dyad_group", "dyad_name", "dyad"),
    "kind": ("kind", "event_type", "type", "#event+type"),
    "place": ("place", "location", "where_coordinates", "settlement", "#loc+name"),
    "latitude": ("latitude", "lat", "y", "#geo+lat"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "#geo+lon"),
    "date_precision": ("date_prec", "date_precision"),
    "place_precision": ("where_prec", "place_precision", "geo_precision"),
    "count": ("count", "events", "n_events", "number"),
    "deaths": ("best", "best_est", "deaths", "deaths_best", "fatalities", "killed", "#affected+killed"),
    "deaths_low": ("low", "low_est", "deaths_low"),
    "deaths_high": ("high", "high_est", "deaths_high"),
    "deaths_civilians": ("deaths_civilians", "civilians_killed"),
    "death_timing": ("timing_of_death",),
    "offices": ("source_office",),
    "carried": ("carried_forward",),
    "total": ("total_as_stated", "total"),
    "confirmed": ("confirmed_by_other", "confirmed"),
    "explained": ("explained_by_other", "explained"),
    "source": ("source", "source_article", "#meta+source"),
})  # fmt: skip
"""Field, and the names of columns that are taken for it without being asked. The field's own name always is."""

NEEDED = ("first_day",)


def field_of(column: str) -> str | None:
    """Return the field that a column of this name fills, or ``None``.

    Examples
    --------
    >>> field_of("governorate"), field_of("best_est"), field_of("remarks") is None
    ('area', 'deaths', True)
    """
    name = column.casefold().replace(" ", "_")
    return next((field for field, names in FIELDS.items() if name == field or name in names), None)


def fields_of(columns: tuple[str, ...], fields: Mapping[str, tuple[str, ...]] = FIELDS) -> dict[str, str]:
    """Return the column that fills each field; the first of several in the order of ``fields``.

    ``date_start`` comes before ``date`` only in files that have no ``date``: the order of the names decides.
    """
    by_name = {heading_key(column): column for column in columns}
    found: dict[str, str] = {}
    for field, names in fields.items():
        column = next((by_name[key] for name in (field, *names) if (key := heading_key(name)) in by_name), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found
