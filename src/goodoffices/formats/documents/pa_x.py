"""Rows like those of the PA-X database of peace agreements: in as claims, out with what a row of it cannot carry.

A status column alone cannot carry who signed: many rows say *signed/agreed* of texts whose participants did not sign.
So a row that comes in claims of each participant only what its own words say, and a row that goes out lists as
participants only actors that bound themselves.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from goodoffices.errors import ScenarioFileError

_MOST_BYTES = 32 * 2**20
_MOST_ROWS = 20_000


class PaxSaid(StrEnum):
    """What the text of a row says about an actor and a text."""

    SIGNED = "signed"
    NOT_SIGNED = "not signed"
    NAMED = "named as a participant"
    THIRD = "named as a third party"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxRow:
    """One text. ``participants`` bound themselves; those spoken of and not bound stand in ``about_without_stance``."""

    id: str
    title: str
    dated: str
    process: str = ""
    status: str = ""
    participants: str = ""
    third_parties: str = ""
    other: str = ""
    about_without_stance: str = ""
    copies: str = ""
    on_whose_word: str = ""
    read_out_by: str = ""


COLUMNS = {
    "id": "AgtId",
    "title": "Agt",
    "dated": "Dat",
    "process": "PPName",
    "status": "Status",
    "participants": "Part",
    "third_parties": "ThrdPart",
    "other": "OthAgr",
    "about_without_stance": "about_without_stance",
    "copies": "copies",
    "on_whose_word": "on_whose_word",
    "read_out_by": "read_out_by",
}
"""Our names of the columns, and theirs; the last four are ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxClaim:
    """That the database says something of an actor and a text. It is a claim of the database, never an act.

    ``words`` are those of the row; ``status`` is its status column, which says nothing of any one actor.
    """

    text: str
    title: str
    dated: str
    actor: str
    said: PaxSaid
    words: str
    status: str


def write_pax(rows: Iterable[PaxRow]) -> bytes:
    """Return rows as a table with the columns of PA-X and our four, in UTF-8."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(COLUMNS.values())
    for row in rows:
        table.writerow(_harmless(getattr(row, field.name)) for field in fields(row))
    return made.getvalue().encode()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def read_pax(data: bytes, *, name: str) -> tuple[PaxClaim, ...]:
    """Return what a table of PA-X says of each named participant and third party, as claims.

    Raises
    ------
    ScenarioFileError
        If it is another table: not UTF-8, without the columns ``AgtId``, ``Agt``, ``Dat`` and ``Part``, or too large.
    """
    if len(data) > _MOST_BYTES:
        raise _wrong(name, "too-large", f"it has {len(data)} bytes; at most {_MOST_BYTES} are read. Use fewer rows.")
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _wrong(name, "not-a-table", f"it is not a table in UTF-8 ({str(error)[:80]}). Save it so.") from error
    missing = [column for column in ("AgtId", "Agt", "Dat", "Part") if rows and column not in rows[0]]
    if missing or not rows:
        named = ", ".join(missing) or "AgtId"
        raise _wrong(name, "columns", f"it has no column {named}, or no rows. Use the table as PA-X publishes it.")
    if len(rows) > _MOST_ROWS:
        raise _wrong(name, "too-large", f"it has {len(rows)} rows; at most {_MOST_ROWS} are read. Use fewer.")
    return tuple(claim for row in rows for claim in _claims(row))


def _wrong(name: str, kind: str, why: str) -> ScenarioFileError:
    return ScenarioFileError(why, kind=kind, file=name)


def _claims(row: dict[str, str | None]) -> Iterable[PaxClaim]:
    for column, otherwise in (("Part", PaxSaid.NAMED), ("ThrdPart", PaxSaid.THIRD)):
        for words in _parts(row.get(column) or ""):
            yield PaxClaim(
                text=row.get("AgtId") or "",
                title=row.get("Agt") or "",
                dated=row.get("Dat") or "",
                actor=words.partition("(")[0].partition("[")[0].strip() or words,
                said=_said(words, otherwise),
                words=words,
                status=row.get("Status") or "",
            )


_NOT = re.compile(r"\b(not|never)\s+(been\s+)?sign|\bunsigned\b|\brefused\s+to\s+sign", re.I)
_SIGNED = re.compile(r"\bsigned\b|\bsignator(y|ies)\b|\bsignature\b|\bsgd\b", re.I)


def _said(words: str, otherwise: PaxSaid) -> PaxSaid:
    if _NOT.search(words):
        return PaxSaid.NOT_SIGNED
    return PaxSaid.SIGNED if _SIGNED.search(words) and otherwise is PaxSaid.NAMED else otherwise


def _parts(cell: str) -> Sequence[str]:
    """Return the actors of a cell, parted by semicolons or line ends outside parentheses."""
    parts, depth, begun = [], 0, 0
    for k, sign in enumerate(cell):
        depth += (sign == "(") - (sign == ")" and depth > 0)
        if sign in ";\n" and depth == 0:
            parts.append(cell[begun:k])
            begun = k + 1
    return [part.strip(" .\r") for part in (*parts, cell[begun:]) if part.strip(" .\r")]
