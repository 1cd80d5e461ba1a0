"""KTAB's scenarios: its CSV and its XML. Positions and saliences on 0..100; a blank coordinate means 0."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from goodoffices.errors import ForecastInputError
from goodoffices.formats.position_tables.cells import Place, number_at, read_text
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

_PER_ISSUE = 2  # position and salience


def read_positions_ktab_csv(path: Path) -> PositionTable:
    """Read KTAB's CSV: scenario, description, number of actors, number of dimensions; a header; one line per actor."""
    lines = [cells for cells in csv.reader(io.StringIO(read_text(path)), skipinitialspace=True)]
    head = lines[0] if lines else []
    place = Place(file=path.name, line=1, column="number of actors")
    if len(head) < 4 or len(lines) < 2:
        raise place.refuse("the first line must have name, description, number of actors and number of dimensions")
    actors = int(number_at(head[2], place))
    width = int(number_at(head[3], Place(file=path.name, line=1, column="number of dimensions")))
    body = [(number, cells) for number, cells in enumerate(lines[2:], start=3) if any(cell.strip() for cell in cells)]
    if len(body) != actors:
        raise place.refuse(f"{actors} actors are announced, but {len(body)} lines follow; correct one of the two")
    names = [_issue_name(lines[1], at, width) for at in range(width)]
    rows = [row for number, cells in body for row in _csv_rows(path.name, number, cells, names)]
    return PositionTable(file=path.name, issues=tuple(PositionIssue(name=name) for name in names), rows=tuple(rows))


def _issue_name(header: list[str], at: int, width: int) -> str:
    """Return the name of a dimension: its position column without the word for position."""
    column = header[3 + _PER_ISSUE * at].strip() if len(header) > 3 + _PER_ISSUE * at else ""
    name = column.removesuffix(" Position").strip()
    return name if name and name != "Position" else ("issue" if width == 1 else f"issue {at + 1}")


def _csv_rows(file: str, number: int, cells: list[str], names: list[str]) -> list[PositionRow]:
    wanted = 3 + _PER_ISSUE * len(names)
    if len(cells) < wanted:
        raise ForecastInputError(
            f"{file}, line {number}: {len(cells)} cells; for {len(names)} issues there should be {wanted}"
        )
    capability = number_at(cells[2], Place(file=file, line=number, column="influence"))
    rows = []
    for at, name in enumerate(names):
        position, salience = (
            number_at(cells[3 + _PER_ISSUE * at + side], Place(file=file, line=number, column=f"{what} of {name}"))
            for side, what in enumerate(("position", "salience"))
        )
        rows.append(
            PositionRow(issue=name, actor=cells[0].strip(), position=position, salience=salience / 100.0,
                        capability=capability, line=number)
        )  # fmt: skip
    return rows


def read_positions_ktab_xml(path: Path) -> PositionTable:
    """Read KTAB's XML, with the model settings and the accommodation that it states."""
    try:
        root = fromstring(read_text(path).encode())
    except ParseError as error:
        line, column = error.position
        raise ForecastInputError(f"{path.name}, line {line}, column {column}: this is not XML: {error}") from error
    except DefusedXmlException as error:
        raise ForecastInputError(f"{path.name}: it defines entities, which are not allowed; delete them") from error
    names = [_text(entry) for entry in root.findall("Dimensions/dName")]
    rows = [row for actor in root.findall("Actors/Actor") for row in _xml_rows(path.name, actor, names)]
    if not names or not rows:
        raise ForecastInputError(f"{path.name}: there are no Dimensions or no Actors; this is not a KTAB scenario")
    pairs = [
        (_text(pair.find("adjustingIdeal")), _text(pair.find("referencePos")),
         _coordinate(pair.find("adjust"), path.name, "adjust"))
        for pair in root.findall("IdealAdjustment/iaPair")
    ]  # fmt: skip
    return PositionTable(
        file=path.name,
        issues=tuple(PositionIssue(name=name) for name in names),
        rows=tuple(rows),
        parameters=tuple((entry.tag, _text(entry)) for entry in root.findall("ModelParameters/*")),
        accommodation=tuple(pairs),
    )


def _text(entry: ElementTree.Element | None) -> str:
    return "" if entry is None else (entry.text or "").strip()


def _coordinate(entry: ElementTree.Element | None, file: str, column: str) -> float:
    text = _text(entry)
    return number_at(text, Place(file=file, line=0, column=column)) if text else 0.0


def _xml_rows(file: str, actor: ElementTree.Element, names: list[str]) -> list[PositionRow]:
    who = _text(actor.find("name"))
    places, cares = actor.findall("Position/dCoord"), actor.findall("Salience/dSal")
    if len(places) != len(names) or len(cares) != len(names):
        raise ForecastInputError(
            f"{file}: actor {who!r} has {len(places)} positions and {len(cares)} saliences; there are {len(names)} "
            "dimensions, give one of each"
        )
    capability = _coordinate(actor.find("capability"), file, f"capability of {who}")
    return [
        PositionRow(issue=name, actor=who, position=_coordinate(place, file, f"position of {who}"),
                    salience=_coordinate(care, file, f"salience of {who}") / 100.0, capability=capability)
        for name, place, care in zip(names, places, cares, strict=True)
    ]  # fmt: skip
