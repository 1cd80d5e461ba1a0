"""KTAB's scenarios: its CSV and its XML. Positions and saliences on 0..100; a blank coordinate means 0."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from goodoffices.errors import ForecastInputError
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, Row, Table
from goodoffices.formats.position_tables.cells import Place, number_at, table_in, text_in
from goodoffices.names import comparable
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

_PER_ISSUE = 2  # position and salience
_MOST_ISSUES = 500
_FORM = Form(delimiters=",", has_blanks_after_marks=True)


def read_positions_ktab_csv(raw: RawFile) -> PositionTable:
    """Read KTAB's CSV: scenario, description, number of actors, number of dimensions; a header; one line per actor."""
    table = table_in(raw, _FORM)
    head, *others = table.rows
    if len(head.cells) < 4 or not others:
        raise Place.of(table, head, 2, "number of actors").refuse(
            "the first line must have name, description, number of actors and number of dimensions"
        )
    actors, width = _count(table, head, 2, "number of actors"), _count(table, head, 3, "number of dimensions")
    header, *body = others
    if width > _MOST_ISSUES:
        raise Place.of(table, head, 3, "number of dimensions").refuse(f"at most {_MOST_ISSUES} are read")
    if len(body) != actors:
        raise Place.of(table, head, 2, "number of actors").refuse(
            f"{actors} actors are announced, but {len(body)} lines follow; correct one of the two"
        )
    names = [_issue_name(list(header.cells), at, width) for at in range(width)]
    if len(set(names)) < len(names):
        twice = next(at for at, name in enumerate(names) if name in names[:at])
        raise Place.of(table, header, 3 + _PER_ISSUE * twice, names[twice]).refuse("this dimension stands twice")
    rows = [row for line in body for row in _csv_rows(table, line, names)]
    return PositionTable(file=raw.name, issues=tuple(PositionIssue(name=name) for name in names), rows=tuple(rows))


def _count(table: Table, head: Row, index: int, what: str) -> int:
    place = Place.of(table, head, index, what)
    value = number_at(head.cells[index], place)
    if value != int(value) or value < 1:
        raise place.refuse(f"{head.cells[index].strip()[:40]!r} is not a whole number of at least 1")
    return int(value)


def _issue_name(header: list[str], at: int, width: int) -> str:
    """Return the name of a dimension: its position column without the word for position."""
    column = header[3 + _PER_ISSUE * at].strip() if len(header) > 3 + _PER_ISSUE * at else ""
    name = column.removesuffix(" Position").strip()
    name = comparable(name)
    return name if name and name != "Position" else ("issue" if width == 1 else f"issue {at + 1}")


def _csv_rows(table: Table, line: Row, names: list[str]) -> list[PositionRow]:
    wanted = 3 + _PER_ISSUE * len(names)
    beyond = [cell for cell in line.cells[wanted:] if cell.strip()]
    if len(line.cells) < wanted or beyond:
        raise ForecastInputError(
            f"{table.file}, {table.where(line)}: {len(line.cells)} cells; for {len(names)} issues there should be "
            f"{wanted}"
        )
    actor = comparable(line.cells[0])
    if not actor:
        raise Place.of(table, line, 0, "actor").refuse("this cell is empty; name the actor")
    capability = number_at(line.cells[2], Place.of(table, line, 2, "influence"))
    rows = []
    for at, name in enumerate(names):
        first = 3 + _PER_ISSUE * at
        position, salience = (
            number_at(line.cells[first + side], Place.of(table, line, first + side, f"{what} of {name}"))
            for side, what in enumerate(("position", "salience"))
        )
        rows.append(
            PositionRow(issue=name, actor=actor, position=position, salience=salience / 100.0,
                        capability=capability, line=line.line)
        )  # fmt: skip
    return rows


def read_positions_ktab_xml(raw: RawFile) -> PositionTable:
    """Read KTAB's XML, with the model settings and the accommodation that it states."""
    try:
        root = fromstring(text_in(raw).encode())
    except ParseError as error:
        line, column = error.position
        raise ForecastInputError(f"{raw.name}, line {line}, column {column}: this is not XML: {error}") from error
    except DefusedXmlException as error:
        raise ForecastInputError(f"{raw.name}: it defines entities, which are not allowed; delete them") from error
    names = [_text(entry) for entry in root.findall("Dimensions/dName")]
    rows = [row for actor in root.findall("Actors/Actor") for row in _xml_rows(raw.name, actor, names)]
    if not names or not rows:
        raise ForecastInputError(f"{raw.name}: there are no Dimensions or no Actors; this is not a KTAB scenario")
    pairs = [
        (_text(pair.find("adjustingIdeal")), _text(pair.find("referencePos")),
         _coordinate(pair.find("adjust"), raw.name, "adjust"))
        for pair in root.findall("IdealAdjustment/iaPair")
    ]  # fmt: skip
    return PositionTable(
        file=raw.name,
        issues=tuple(PositionIssue(name=name) for name in names),
        rows=tuple(rows),
        parameters=tuple((entry.tag, _text(entry)) for entry in root.findall("ModelParameters/*")),
        accommodation=tuple(pairs),
    )


def _text(entry: ElementTree.Element | None) -> str:
    return "" if entry is None else (entry.text or "").strip()


def _coordinate(entry: ElementTree.Element | None, file: str, column: str) -> float:
    text = _text(entry)
    return number_at(text, Place(file=file, where="in XML", column=column)) if text else 0.0


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
