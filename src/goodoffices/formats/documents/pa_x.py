"""Rows like those of the PA-X database of peace agreements: in as claims, out with what a row of it cannot carry.

A status column alone cannot carry who signed: many rows say *signed/agreed* of texts whose participants did not sign.
So a row that comes in claims of each participant only what its own words say, and a row that goes out lists as
participants only actors that bound themselves.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.documents.signature_words import SignatureWords, speaks_of_signing, words_on_signature
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS
from goodoffices.formats.input.tables import Form, HeadedTable, Row, read_table, with_columns
from goodoffices.names import comparable
from goodoffices.text_tables import counted

_MOST_BYTES = 32 * 2**20
_MOST_ROWS = 20_000
_NEEDED = ("AgtId", "Agt", "Dat", "Part")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxRecord:
    """One row as read: its cells, what it says of each actor, and what of it was not understood.

    ``where`` is the row's place in the table.
    """

    id: str
    title: str
    dated: str
    status: str
    where: str
    claims: tuple[PaxClaim, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxTable:
    """All rows of a table, none left out, and the columns that are not used."""

    records: tuple[PaxRecord, ...]
    unused: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[PaxClaim, ...]:
        """What all rows say."""
        return tuple(claim for record in self.records for claim in record.claims)


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


def read_pax(data: bytes, *, name: str) -> PaxTable:
    """Return the rows of a table of PA-X, with what each says of its named participants and third parties.

    Raises
    ------
    ScenarioFileError
        If it is another table: not UTF-8 and not a spreadsheet, without the columns ``AgtId``, ``Agt``, ``Dat`` and
        ``Part``, or too large.
    """
    if len(data) > _MOST_BYTES:
        raise _wrong(name, "too-large", f"it has {len(data)} bytes; at most {_MOST_BYTES} are read. Use fewer rows.")
    form = Form(columns=tuple(COLUMNS.values()))
    found = read_table(RawFile(name=name, data=data), form, limits=replace(LIMITS, rows=_MOST_ROWS + 1))
    known = tuple(COLUMNS.values())
    table = found if isinstance(found, Entry) else with_columns(found, needed=_NEEDED, known=known)
    if isinstance(table, Entry):
        words = " ".join(filter(None, (table.why, table.right, table.remedy)))
        place = table.place
        raise ScenarioFileError(words, kind=table.kind, file=place.file, line=place.line, column=place.column)
    if not table.rows:
        raise _wrong(name, "columns", "it has no rows. Use the table as PA-X publishes it.")
    return PaxTable(records=tuple(_record(table, row) for row in table.rows), unused=table.unread)


def _wrong(name: str, kind: str, why: str) -> ScenarioFileError:
    return ScenarioFileError(why, kind=kind, file=name)


def _record(table: HeadedTable, row: Row) -> PaxRecord:
    id_, title, dated, status = (table.cell(row, column) for column in ("AgtId", "Agt", "Dat", "Status"))
    claims, unread = [], []
    if n_missing := table.n_missing(row):
        unread.append(f"the row ends early; what it lacks counts as empty: {counted(n_missing, 'cell')}")
    for column, otherwise in (("Part", PaxSaid.NAMED), ("ThrdPart", PaxSaid.THIRD)):
        for words in _parts(table.cell(row, column)):
            said = _said(words, otherwise)
            claims.append(
                PaxClaim(text=id_, title=title, dated=dated, actor=_actor(words), said=said, words=words, status=status)
            )
            if said is PaxSaid.NAMED and speaks_of_signing(words):
                unread.append(
                    f"{words[:120]!r} speaks of signing, but does not plainly say who did; read as named only"
                )
    return PaxRecord(
        id=id_, title=title, dated=dated, status=status, where=table.table.where(row), claims=tuple(claims),
        unread=tuple(unread),
    )  # fmt: skip


def _actor(words: str) -> str:
    """Return the actor that some words are about: what stands before a bracket, or before words about signing."""
    name = re.split(r"[(\[]", comparable(words))[0]
    first, *rest = _ASIDE.split(name)
    if any(speaks_of_signing(part) for part in rest):
        name = first
    return name.strip(" ,;:-\u2013\u2014") or words


_ASIDE = re.compile(r"[,:]|\s[\u2013\u2014-]\s")


def _said(words: str, otherwise: PaxSaid) -> PaxSaid:
    """Return what some words say of an actor. Only plain words without any doubt beside them are a signature."""
    found = words_on_signature(words)
    if found is SignatureWords.NOT_SIGNED:
        return PaxSaid.NOT_SIGNED
    return PaxSaid.SIGNED if found is SignatureWords.SIGNED and otherwise is PaxSaid.NAMED else otherwise


def _parts(cell: str) -> Sequence[str]:
    """Return the actors of a cell, parted by semicolons or line ends outside parentheses."""
    return [part.strip(" .\r") for part in _split(cell) if part.strip(" .\r")]


def _split(cell: str) -> Iterator[str]:
    depth, begun = 0, 0
    for k, sign in enumerate(cell):
        depth += (sign in "([") - (sign in ")]" and depth > 0)
        if sign == "\n" or (sign == ";" and depth == 0):
            yield cell[begun:k]
            depth, begun = 0, k + 1
    yield cell[begun:]
