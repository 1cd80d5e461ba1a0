"""KTAB's scenarios: its CSV and its XML. Positions and saliences on 0..100; a blank coordinate means 0."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from goodoffices.errors import ForecastInputError, quoted
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, Row, Table, some_of
from goodoffices.formats.position_tables.cells import Place, number_at, table_in, text_in
from goodoffices.names import comparable
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

_ONCE = ("name", "capability", "Position", "Salience")
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
    _check_header(table, header, width)
    names = [_issue_name(list(header.cells), at, width) for at in range(width)]
    if len(set(names)) < len(names):
        twice = next(at for at, name in enumerate(names) if name in names[:at])
        raise Place.of(table, header, 3 + _PER_ISSUE * twice, names[twice]).refuse("this dimension stands twice")
    rows = [row for line in body for row in _csv_rows(table, line, names)]
    # A header that ends early leaves a dimension without a name; one that says only "Position" is KTAB's own habit.
    bare = [name for at, name in enumerate(names) if not "".join(header.cells[3 + _PER_ISSUE * at :][:1]).strip()]
    notes = tuple(f"a dimension has no heading; it is called {name!r} here" for name in bare)
    issues = tuple(PositionIssue(name=name) for name in names)
    return PositionTable(file=raw.name, issues=issues, rows=tuple(rows), notes=notes)


def _count(table: Table, head: Row, index: int, what: str) -> int:
    place = Place.of(table, head, index, what)
    value = number_at(head.cells[index], place)
    if value != int(value) or value < 1:
        raise place.refuse(f"{head.cells[index].strip()[:40]!r} is not a whole number of at least 1")
    return int(value)


_ROLES = {
    "actor": re.compile(r"actors?|names?", re.I),
    "description": re.compile(r"desc(ription)?", re.I),
    "influence": re.compile(r"influence|power|capability", re.I),
    "position": re.compile(r"(.*\b)?(position|pstn|pos)\s*(\d*)", re.I),
    "salience": re.compile(r"(.*\b)?(salience|sal)\s*(\d*)", re.I),
}


def _check_header(table: Table, header: Row, width: int) -> None:
    """Refuse a header that names a column as another than its place makes it, or pairs two dimensions."""
    places = ("actor", "description", "influence", *("position", "salience") * width)
    names = [comparable(cell) for cell in header.cells]
    for at, (name, place) in enumerate(zip(names, places, strict=False)):
        said = next((role for role, words in _ROLES.items() if words.fullmatch(name)), place)
        if said != place:
            raise Place.of(table, header, at, name).refuse(
                f"here stands the {place}, but the header says {name!r}; put the columns in the order actor, "
                "description, influence, then position and salience of each dimension"
            )
    for at in range(3, min(len(names), len(places)) - 1, _PER_ISSUE):
        pair = [_ROLES[role].fullmatch(name) for role, name in zip(places[3:5], names[at : at + 2], strict=True)]
        here, there = ((found[1] or "", found[3]) if found else None for found in pair)
        if here is not None and there is not None and here != there:
            raise Place.of(table, header, at + 1, names[at + 1]).refuse(
                f"it stands beside {names[at]!r}, another dimension; put position and salience of a dimension "
                "side by side"
            )


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
        where = f"{table.file}, {table.where(line)}"
        raise ForecastInputError(
            f"{where}: cells here: {len(line.cells)}; for {len(names)} issues there should be {wanted}"
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
        root = fromstring(text_in(raw))  # as text: a declared encoding no longer counts
    except ParseError as error:
        line, column = error.position
        raise ForecastInputError(f"{raw.name}, line {line}, column {column}: this is not XML: {error}") from error
    except DefusedXmlException as error:
        raise ForecastInputError(f"{raw.name}: it defines entities, which are not allowed; delete them") from error
    names = [comparable(_text(entry)) for entry in root.findall("Dimensions/dName")]
    if "" in names or len(set(names)) < len(names):
        raise ForecastInputError(f"{raw.name}: a dimension has no name, or two have the same; name each <dName> once")
    rows = [row for actor in root.findall("Actors/Actor") for row in _xml_rows(raw.name, actor, names)]
    if not names or not rows:
        raise ForecastInputError(f"{raw.name}: there are no Dimensions or no Actors; this is not a KTAB scenario")
    pairs = [
        (comparable(_text(pair.find("adjustingIdeal"))), comparable(_text(pair.find("referencePos"))),
         _coordinate(pair.find("adjust"), raw.name, "adjust"))
        for pair in root.findall("IdealAdjustment/iaPair")
    ]  # fmt: skip
    return PositionTable(
        file=raw.name,
        issues=tuple(PositionIssue(name=name) for name in names),
        rows=tuple(rows),
        parameters=tuple((entry.tag, _text(entry)) for entry in root.findall("ModelParameters/*")),
        accommodation=tuple(pairs),
        notes=_notes(root),
    )


_KNOWN = {
    "": ("name", "desc", "prngSeed", "ModelParameters", "Dimensions", "Actors", "IdealAdjustment"),
    "ModelParameters": (),
    "Dimensions": ("dName",),
    "Actors": ("Actor",),
    "Actors/Actor": ("name", "description", "capability", "Position", "Salience"),
    "Actors/Actor/Position": ("dCoord",),
    "Actors/Actor/Salience": ("dSal",),
    "IdealAdjustment": ("iaPair",),
    "IdealAdjustment/iaPair": ("adjustingIdeal", "referencePos", "adjust"),
}
"""The elements that are read, or that say nothing of a position, by the path of those around them."""


def _notes(root: ElementTree.Element) -> tuple[str, ...]:
    unread = list(dict.fromkeys(_unread(root, "")))
    return (f"not read, since the format does not have it: {some_of(unread)}",) if unread else ()


def _unread(element: ElementTree.Element, path: str) -> Iterator[str]:
    """Yield the elements and attributes that stand where the format has none, and words between elements."""
    known = _KNOWN.get(path)
    if path:  # on the outermost element programs name their schema
        yield from (f"{name[:40]}={quoted(value)} in <{element.tag}>" for name, value in element.attrib.items())
    for child in element:
        if path == "ModelParameters":  # a setting may have any name, and has words alone inside
            yield from _unread(child, f"{path}/{child.tag}")
        elif known is None or child.tag not in known:
            yield f"<{str(child.tag)[:40]}> in <{element.tag}>"
        else:
            yield from _unread(child, f"{path}/{child.tag}".lstrip("/"))
    if known is not None:
        loose = [element.text, *(child.tail for child in element)]
        yield from (f"{quoted(words.strip())} in <{element.tag}>" for words in loose if words and words.strip())


def _text(entry: ElementTree.Element | None) -> str:
    return "" if entry is None else (entry.text or "").strip()


def _coordinate(entry: ElementTree.Element | None, file: str, column: str) -> float:
    text = _text(entry)
    return number_at(text, Place(file=file, where="in XML", column=column)) if text else 0.0


def _xml_rows(file: str, actor: ElementTree.Element, names: list[str]) -> list[PositionRow]:
    who = comparable(_text(actor.find("name")))
    if not who:
        raise ForecastInputError(f"{file}: an <Actor> has no name; write it as <name>")
    twice = next((part for part in _ONCE if len(actor.findall(part)) != 1), None)
    if twice is not None:
        raise ForecastInputError(f"{file}: actor {who!r} has {len(actor.findall(twice))} <{twice}>; write it once")
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
