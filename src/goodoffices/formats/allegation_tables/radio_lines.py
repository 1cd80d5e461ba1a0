"""Allegations in one line each, to be read over the radio or sent as a short message, with a code at the end.

``GO1 LEDGER 017 2017-01-05T14:10+02 p1 "Ain al-Fijah" 33.617,36.186 r500 shelling K3-5-8 I?-12-? BY? AT? A2 *9F3C``

The fields stand in this order; a question mark is not stated. ``BY`` is who is said to have done it, ``AT`` at whom.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from goodoffices.errors import ScenarioError
from goodoffices.formats.allegation_tables.fields import kind_of, plain
from goodoffices.formats.allegation_tables.reader import AllegationRow, AllegationTable, Names
from goodoffices.formats.input.diagnostics import Entry, Grade, Place
from goodoffices.formats.input.files import RawFile, text_of
from goodoffices.names import comparable
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.model.ceasefire import figures_of, point_of

MARK = "GO1"
LONGEST = 160
_LATENESS = timedelta(minutes=10)
_LINE = re.compile(
    r"GO1 (?P<ledger>\S+) (?P<number>\S+) (?P<at>\S+) p(?P<day>[1-5?]) \"(?P<place>[^\"]*)\" (?P<point>\?|\S+,\S+) "
    r"r(?P<radius>\d+|\?) (?P<kind>\S+) K(?P<killed>\S+) I(?P<injured>\S+) BY(?P<by>\S+) AT(?P<target>\S+) "
    r"(?P<grade>[A-F?][1-6?]|\?)"
)
_AT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})([-+]\d{2}(?::?\d{2})?|Z)")
_RADII = ((500, "1"), (25_000, "2"), (75_000, "4"))


def line_code(line: str) -> str:
    """Return the code that stands at the end of a line: CRC-16 (CCITT) of what is before it.

    Examples
    --------
    >>> line_code("123456789")
    '29B1'
    """
    return f"{binascii.crc_hqx(line.encode(), 0xFFFF):04X}"


def with_code(line: str) -> str:
    """Return a line with its code at the end, in place of one that it has.

    Raises
    ------
    ScenarioError
        If it is not a line of this form, or too long for a short message.
    """
    body = _bare(line)
    _matched(body)
    coded = f"{body} *{line_code(body)}"
    if len(coded) > LONGEST:
        raise ScenarioError(
            Phrase(
                "the line has {n} characters, and a short message {longest}; shorten the place",
                n=str(len(coded)),
                longest=str(LONGEST),
            )
        )
    return coded


def is_radio_lines(raw: RawFile) -> bool:
    """Say whether a file holds lines read over the radio."""
    return raw.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(MARK.encode() + b" ")


def read_lines(raw: RawFile, ledgers: Iterable[str], names: Names) -> AllegationTable:
    """Return the allegations of a file of lines, with every line that cannot be taken.

    Parameters
    ----------
    ledgers
        The names of the ledger that lines may be for.
    """
    text = text_of(raw)
    if isinstance(text, Entry):
        return AllegationTable(file=raw.name, rows=(), refusals=(text,))
    known, rows, refusals = {plain(name) for name in ledgers}, list[AllegationRow](), list[Entry]()
    seen: dict[str, int] = {}
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = _row(line.strip(), n, known, names)
            if seen.setdefault(row.source_id, n) != n:
                raise ScenarioError(
                    Phrase(
                        "number {source_id} stands in line {line} too; have both read again",
                        source_id=row.source_id,
                        line=str(seen[row.source_id]),
                    )
                )
            rows.append(row)
        except ScenarioError as error:
            place, why = Place(file=raw.name, line=n, column=1), Phrase("{what}.", what=reason_of(error))
            refusals.append(Entry(grade=Grade.REFUSAL, kind="table-cells", place=place, why=why, found=line[:80]))
    return AllegationTable(
        file=raw.name, rows=tuple(rows), refusals=tuple(refusals), notes=(Phrase("read as lines of the radio"),)
    )


def _bare(line: str) -> str:
    return re.sub(r"\s*\*[0-9A-Fa-f]{4}$", "", " ".join(line.split()))


def _matched(body: str) -> re.Match[str]:
    found = _LINE.fullmatch(body)
    if found is None:
        raise ScenarioError(
            Phrase(
                "this line does not have the fields of GO1 in their order. Write ledger, number, time, p, "
                '"place", coordinates, r, kind, K, I, BY, AT and grade, with ? for what is not stated'
            )
        )
    return found


def _row(line: str, n: int, ledgers: set[str], names: Names) -> AllegationRow:
    body = _bare(line)
    given = line[-4:].upper()
    if line[-5:-4] != "*" or given != line_code(body):
        raise ScenarioError(Phrase("the code {given} does not fit this line; have it read again", given=given))
    told = {name: "" if text == "?" else text for name, text in _matched(body).groupdict().items()}
    if plain(told["ledger"]) not in ledgers:
        raise ScenarioError(Phrase("the line is for the ledger {ledger}; import it there", ledger=told["ledger"]))
    at = _instant(told["at"], names)
    kind = kind_of(told["kind"])
    if kind is None:
        raise ScenarioError(Phrase("unknown kind {kind}; correct it", kind=repr(told["kind"][:40])))
    by = plain(told["by"])
    if by and not names.actors.get(by):
        raise ScenarioError(Phrase("unknown actor {actor}; write ? if it is not said", actor=repr(told["by"][:40])))
    if told["point"]:
        point_of(told["point"])
    if not told["point"] and not told["place"]:
        raise ScenarioError(Phrase("the line has no place; write a place or coordinates"))
    numbers = {}
    for name in ("killed", "injured"):
        figures = told[name] or "?-?-?"
        figures_of(figures)
        numbers[name] = "" if figures == "?-?-?" else figures
    radius = int(told["radius"] or 0)
    also = [f"aimed at {told['target']}"] if told["target"] else []
    also += [f"grade {told['grade']}"] if told["grade"].strip("?") else []
    return AllegationRow(
        kind=kind, occurred_from=at, occurred_to="", point=told["point"], killed=numbers["killed"],
        injured=numbers["injured"], place=comparable(told["place"]), date_precision=told["day"],
        place_precision=next((word for most, word in _RADII if radius and radius <= most), "5" if radius else ""),
        alleged_violator=names.actors[by] if by else "", stated="; ".join(also), source_id=told["number"],
        line=f"line {n}",
    )  # fmt: skip


def _instant(text: str, names: Names) -> str:
    match = _AT.fullmatch(text)
    if match is None:
        raise ScenarioError(
            Phrase("{text} is not a time with its distance from UTC; write 2017-01-05T14:10+02", text=repr(text[:40]))
        )
    offset = match[2] if match[2] == "Z" or len(match[2]) > 3 else f"{match[2]}:00"
    try:
        at = datetime.fromisoformat(match[1] + offset).astimezone(UTC)
    except ValueError as error:
        raise ScenarioError(Phrase("{text} is not a time; write 2017-01-05T14:10+02", text=repr(text[:40]))) from error
    if at > names.now + _LATENESS:
        raise ScenarioError(Phrase("{text} lies in the future; correct the time", text=text))
    return instant_text(at)[:16] + "Z"
