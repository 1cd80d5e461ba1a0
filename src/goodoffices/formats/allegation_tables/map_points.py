"""Points of a map (GeoJSON) as a table: each point is a row, its properties are the cells.

Longitude stands first in a point, latitude second (RFC 7946). An outline is an area and no allegation: it is refused.
"""

from __future__ import annotations

from typing import Any

from goodoffices.formats.input.diagnostics import Entry, Grade, Place
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.strict_json import NumberText, parse_json
from goodoffices.formats.input.tables import Row, Table

_AXES = ("longitude", "latitude")


def is_map(raw: RawFile) -> bool:
    """Say whether a file is a map by its first letters."""
    return raw.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"FeatureCollection"' in raw.data[:4096]


def points_table(raw: RawFile) -> Table | Entry:
    """Return the points of a map as a table whose first row names the properties, or the first thing that is wrong.

    Raises
    ------
    ScenarioFileError
        If the file is not JSON.
    """
    features = parse_json(raw).get("features")
    if not isinstance(features, list):
        return _wrong(raw, "features", "it has no list of features.", "A map has one.", "Export it again as GeoJSON.")
    rows: list[dict[str, str]] = []
    for n, feature in enumerate(features, start=1):
        row = _row(feature)
        if isinstance(row, str):
            return _wrong(raw, f"features/{n}", row, "An allegation is a point.", "Take out what is not a point.")
        rows.append(row)
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    head = Row(cells=names, line=1)
    told = (Row(cells=tuple(row.get(name, "") for name in names), line=n) for n, row in enumerate(rows, start=2))
    return Table(file=raw.name, rows=(head, *told), sheet="points")


def _row(feature: Any) -> dict[str, str] | str:
    """Return the cells of a feature, or why it has none."""
    if not isinstance(feature, dict):
        return "this is not a feature."
    geometry, properties = feature.get("geometry"), feature.get("properties") or {}
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return f"this is not a point but {(geometry or {}).get('type', 'nothing')}."
    at = geometry.get("coordinates")
    if not isinstance(at, list) or len(at) < len(_AXES) or not all(isinstance(one, NumberText) for one in at):
        return "its coordinates are not two numbers."
    cells = {name: str(value) for name, value in properties.items() if isinstance(value, str) and str(value).strip()}
    named = {"id": str(feature["id"])} if isinstance(feature.get("id"), str) else {}
    return named | cells | dict(zip(_AXES, map(str, at), strict=False))


def _wrong(raw: RawFile, pointer: str, why: str, right: str, remedy: str) -> Entry:
    place = Place(file=f"{raw.name}, {pointer.replace('/', ' ')}")
    return Entry(grade=Grade.REFUSAL, kind="table-cells", place=place, why=why, right=right, remedy=remedy)
