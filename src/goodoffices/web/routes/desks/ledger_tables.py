"""What a page shows of a file that was brought for a ledger: the rows that it would file, or what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError, ScenarioError
from goodoffices.formats.allegation_tables.brought_table import BroughtTable
from goodoffices.formats.allegation_tables.reader import Names
from goodoffices.formats.input.encodings import Guess
from goodoffices.reports.ceasefire.imports import ImportPlan, TaggedRow, import_plan
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import RowShown, TableShown
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.phrases import error_said, phrase
from goodoffices.web.routes.uploads import Upload

FORM = "bring-{}"
"""The form that brings a file for a ledger, by the handle of the ledger."""
OFFERED = (
    "occurred_from", "occurred_to", "time", "kind", "area", "place", "point", "latitude", "longitude",
    "alleged_violator", "killed", "injured", "words", "reporter", "told_at", "source_id",
)  # fmt: skip
"""The fields whose columns can be chosen on the page. Other fields are found by name, or by a mapping file."""
_MOST_TOLD = 20
_LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading a file. ``fields`` are the choices of the form as the file was read."""

    brought: BroughtTable
    fields: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...] = ()
    error: Exception | None = None
    guess: Guess | None = None
    plan: ImportPlan | None = None


def in_another_way(brought: BroughtTable, upload: Upload) -> BroughtTable:
    """Return a file with what was chosen in a form. A mapping file that is new comes before chosen columns."""
    posted, mapping = upload.posted, upload.files.get("mapping")
    chosen = {name: posted.one(f"column.{name}") for name in OFFERED if f"column.{name}" in posted.fields}
    is_chosen = bool(chosen) and mapping is None and "file" not in upload.files
    return replace(
        brought,
        encoding=posted.one("encoding"),
        columns=chosen if is_chosen else None,
        mapping=mapping or brought.mapping,
        boundaries=upload.files.get("boundaries") or brought.boundaries,
        table=None,
    )


def token_of(plan: ImportPlan) -> str:
    """Return what stands for what a plan files: the same for the same rows."""
    rows = [(one.tag, one.content, one.revises) for one in (*plan.new, *plan.revised)]
    return hashlib.sha256(repr((plan.ledger, rows)).encode()).hexdigest()[:32]


def read_table(brought: BroughtTable, view: View, held: KnownLedger, names: Names) -> Reading:
    """Read a file and compare its rows with a ledger. It takes seconds: do it apart from all other work."""
    columns: tuple[str, ...] = ()
    fields = {"encoding": (brought.encoding,)}
    try:
        columns, chosen = brought.with_columns()
        fields |= {f"column.{name}": (chosen.get(name, ""),) for name in OFFERED}
        read = brought.read(held.ledger.slug, names)
        assert read.table is not None
        plan = import_plan(view, held, read.table, brought.key)
    except (ScenarioError, DatasetError) as error:
        guess = brought.guess()
        if guess is not None:
            fields["encoding"] = (guess.encoding,)
        return Reading(brought=brought, fields=fields, columns=columns, error=error, guess=guess)
    return Reading(brought=read, fields=fields, columns=columns, plan=plan)


def shown_of(t: Localizer, reading: Reading) -> TableShown:
    """Return what a page shows of a file that was read."""
    brought, plan, guess = reading.brought, reading.plan, reading.guess
    shown = TableShown(
        ledger=brought.ledger,
        name=brought.raw.name,
        columns=reading.columns,
        mapping="" if brought.mapping is None else brought.mapping.name,
        boundaries="" if brought.boundaries is None else brought.boundaries.name,
        guess=None if guess is None else (guess.encoding, t.listed([name_of(word) for word in guess.words or ("–",)])),
        is_kept=True,
    )
    if reading.error is not None:
        return replace(shown, problems=(error_said(t, reading.error),))
    assert plan is not None
    assert brought.table is not None
    refusals = brought.table.refusals
    rows = (*islice(plan.new, _MOST_TOLD), *islice(plan.revised, _MOST_TOLD))
    return replace(
        shown,
        token="" if refusals or not plan.n_filed else token_of(plan),
        problems=tuple(phrase(t, entry.sentence()) for entry in refusals[:_MOST_TOLD]),
        n_refused=len(refusals),
        notes=tuple(phrase(t, note) for note in brought.table.notes),
        n_new=len(plan.new),
        n_revised=len(plan.revised),
        n_same=plan.n_same,
        rows=tuple(map(_row, rows)),
        # A refused row may be one of those that seem to be gone.
        n_missing=0 if refusals else len(plan.missing),
        missing=() if refusals else tuple(one.handle for one in plan.missing[:_MOST_TOLD]),
        is_read=True,
    )


def _row(tagged: TaggedRow) -> RowShown:
    row = tagged.row
    words = " · ".join(text for text in (row.place, row.point, row.words) if text)
    return RowShown(
        line=row.line, kind=row.kind, when=parse_instant(row.occurred_from), area=row.area or row.placed_area,
        words=words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…",
        figures=(row.killed, row.injured), revises=tagged.revises,
    )  # fmt: skip
