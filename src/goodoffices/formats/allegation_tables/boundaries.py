"""Boundaries of areas, as OCHA's common operational data sets have them (COD-AB), in GeoJSON: outlines with p-codes.

Both schemas are read: ``ADM1_EN, ADM1_AR, ADM1_PCODE`` and the newer ``adm1_name, adm1_name1, adm1_pcode``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError, ScenarioFileError
from goodoffices.formats.allegation_tables.fields import plain
from goodoffices.formats.allegation_tables.reader import AllegationRow, AllegationTable
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.strict_json import NumberText, parse_json
from goodoffices.names import comparable
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.model.ceasefire import point_of

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

_PROPERTY = re.compile(r"adm([0-4])_(pcode|[a-z]{2}|name\d?)", re.IGNORECASE)
_FEWEST = 4
"""A closed line has three corners and the first one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The outline of an area with its p-code, and its names by language.

    The key of a name whose language the file does not say is empty or a number. ``words`` are the codes and names by
    which it is known, its own first, then those of the areas that it lies in. ``parts`` are polygons: each an outer
    line, and the lines of what is cut out of it.
    """

    level: int
    code: str
    names: Mapping[str, str]
    words: tuple[str, ...]
    parts: tuple[tuple[Outline, ...], ...]

    def holds(self, latitude: float, longitude: float) -> bool:
        """Say whether a point lies inside; of a point on the line itself nobody should say so."""
        at = (longitude, latitude)
        return any(
            outer.contains_point(at) and not any(hole.contains_point(at) for hole in holes)
            for outer, *holes in self.parts
        )


def read_boundaries(raw: RawFile) -> tuple[Boundary, ...]:
    """Return the boundaries of a file.

    Raises
    ------
    DatasetError
        If the file is not GeoJSON, a feature is not an outline, or one has no p-code.
    """
    try:
        read = parse_json(raw)
    except ScenarioFileError as error:
        why = Phrase("{file} cannot be read as GeoJSON; export the boundaries again", file=raw.name)
        raise DatasetError(why) from error
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not features:
        raise DatasetError(Phrase("{file} has no list of features; export the boundaries as GeoJSON", file=raw.name))
    return tuple(_boundary(f"{raw.name}, features {n}", feature) for n, feature in enumerate(features, start=1))


def _boundary(where: str, feature: Any) -> Boundary:
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    kind = shape.get("type") if isinstance(shape, dict) else None
    if not isinstance(shape, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise DatasetError(
            Phrase("{place}: this is not an outline but {kind}; leave it out", place=where, kind=str(kind or "–"))
        )
    properties = feature.get("properties") or {}
    said = {
        (int(match[1]), match[2].casefold()): str(value).strip()
        for name, value in properties.items()
        if isinstance(value, str) and value.strip() and (match := _PROPERTY.fullmatch(name))
    }
    levels = sorted((level for level, what in said if what == "pcode"), reverse=True)
    if not levels:
        known = ", ".join(map(str, properties))[:200] or "–"
        raise DatasetError(
            Phrase("{place}: there is no p-code, such as ADM1_PCODE; the properties are {known}",
                   place=where, known=known)
        )  # fmt: skip
    named = [(key, text) for key, text in said.items() if key[1] != "pcode"]
    polygons = shape.get("coordinates")
    if kind == "Polygon":
        polygons = [polygons]
    return Boundary(
        level=levels[0],
        code=said[levels[0], "pcode"],
        names={what.removeprefix("name"): text for (level, what), text in named if level == levels[0]},
        words=tuple(word for level in levels for word in _known_as(said, level)),
        parts=tuple(tuple(_line(where, line) for line in _list(where, part)) for part in _list(where, polygons)),
    )  # fmt: skip


def _known_as(said: Mapping[tuple[int, str], str], level: int) -> list[str]:
    """Return the code of a level, and its names."""
    return [said[level, "pcode"], *(text for (at, what), text in said.items() if at == level and what != "pcode")]


def _list(where: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise DatasetError(Phrase("{place}: the outline has no coordinates; export the boundaries again", place=where))
    return value


def _line(where: str, points: Any) -> Outline:
    from matplotlib.path import Path as Outline

    corners = [tuple(map(float, point[:2])) for point in _list(where, points) if _is_point(point)]
    if len(corners) < max(_FEWEST, len(points)) or corners[0] != corners[-1]:
        raise DatasetError(
            Phrase("{place}: a line of the outline is not closed, or has less than three corners", place=where)
        )
    return Outline(corners)


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) > 1 and all(isinstance(one, NumberText) for one in point[:2])


def placed(table: AllegationTable, boundaries: Sequence[Boundary], areas: Mapping[str, str]) -> AllegationTable:
    """Return a table whose rows with a point and without an area have the area in whose boundary the point lies.

    The area is the smallest that the talks know by its p-code or a name. What a file says of an area stays; rows whose
    area is another one than that of their point are counted in a note.

    Parameters
    ----------
    areas
        The areas of the talks by their comparable names and codes; see `names_of`.
    """
    slugs = [(one, _slug(one, areas)) for one in sorted(boundaries, key=lambda one: -one.level)]
    found: dict[str, str] = {}
    rows: list[AllegationRow] = []
    n_placed = n_outside = n_other = 0
    for row in table.rows:
        if not row.point:
            rows.append(row)
            continue
        if row.point not in found:
            found[row.point] = _area_at(point_of(row.point), slugs)
        area = found[row.point]
        if not row.area:
            n_placed, n_outside = n_placed + bool(area), n_outside + (not area)
            rows.append(row._replace(placed_area=area))
            continue
        n_other += bool(area) and area != row.area
        rows.append(row)
    notes = {
        Phrase("rows without an area: it is the one in whose boundary their point lies"): n_placed,
        Phrase("rows whose point lies in no area of these talks: they stay without one"): n_outside,
        Phrase("rows whose place and area disagree: both are kept as they stand"): n_other,
    }
    told = (Phrase("{n} {what}", n=f"{n:,}", what=what) for what, n in notes.items() if n)
    return replace(table, rows=tuple(rows), notes=(*table.notes, *told))


def _slug(boundary: Boundary, areas: Mapping[str, str]) -> str:
    """Return the area of the talks that a boundary is of, or of the smallest area around it; empty if there is none."""
    return next((slug for word in boundary.words if (slug := areas.get(plain(comparable(word))))), "")


def _area_at(at: tuple[float, float], slugs: Iterable[tuple[Boundary, str]]) -> str:
    """Return the area of the smallest boundaries that hold a point; empty if two of one level do."""
    holding = [(one.level, slug) for one, slug in slugs if slug and one.holds(*at)]
    smallest = {slug for level, slug in holding if level == holding[0][0]}
    return smallest.pop() if len(smallest) == 1 else ""


def areas_text(boundaries: Sequence[Boundary]) -> str:
    """Return the areas of boundaries as the part of a talks file that names them, with p-codes and names."""
    lines = ["areas:"]
    for one in boundaries:
        code, english = one.code, one.names.get("en") or next(iter(one.names.values()), one.code)
        names = {"en": english} | {key: text for key, text in one.names.items() if len(key) == 2}
        said = ", ".join(f"{key}: {_quoted(text)}" for key, text in names.items())
        lines.append(f"  {code.casefold()}: {{names: {{{said}}}, code: {_quoted(code)}}}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
