"""What a page shows of a file that was brought for a ledger, before anything of it is filed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from goodoffices.data_class import dataclass

FORM = "bring-{}"
"""The form that brings a file for a ledger, by the handle of the ledger."""
OFFERED = (
    "occurred_from", "occurred_to", "time", "kind", "area", "place", "point", "latitude", "longitude",
    "alleged_violator", "killed", "injured", "words", "reporter", "told_at", "source_id",
)  # fmt: skip
"""The fields whose columns can be chosen on the page. Other fields are found by name, or by a mapping file."""


class RowShown(NamedTuple):
    """A row that would be filed. ``revises`` is the allegation that it takes the place of, else empty."""

    line: str
    kind: str
    when: datetime
    area: str
    words: str
    figures: tuple[str, str]
    revises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """What a file would do to a ledger, or why nothing of it can be filed.

    ``token`` names what is shown when it is filed; without one nothing can be. ``guess`` is the encoding that the file
    seems to have, with words read in it. ``is_kept`` says that the file can be read again in another way.
    """

    ledger: str
    name: str = ""
    token: str = ""
    problems: tuple[Markup, ...] = ()
    n_refused: int = 0
    notes: tuple[Markup, ...] = ()
    guess: tuple[str, Markup] | None = None
    columns: tuple[str, ...] = ()
    mapping: str = ""
    boundaries: str = ""
    n_new: int = 0
    n_revised: int = 0
    n_same: int = 0
    rows: tuple[RowShown, ...] = ()
    n_missing: int = 0
    missing: tuple[str, ...] = ()
    is_kept: bool = False
    is_read: bool = False
