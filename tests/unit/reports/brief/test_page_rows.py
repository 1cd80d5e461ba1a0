"""What stands on the first page: who declined is not also in, and rows that are kept go last."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from goodoffices.reports.brief.due_dates import due_block
from goodoffices.reports.brief.page import Block, Page, Row, page_lines
from goodoffices.reports.brief.page_blocks import people_block
from goodoffices.talks.core import view_for
from goodoffices.talks.state.view import View
from talks_once import folded

_TALKS = """
version: 1
talks: {slug: well, title: The well, zone: Europe/Zurich, summary: [A well.]}
languages: [en]
actors:
  north: {kind: party, names: {en: North}}
  south: {kind: party, names: {en: South}}
  envoy: {kind: person, names: {en: The envoy}}
seats:
  north: {actor: north, roles: [party]}
  south: {actor: south, roles: [party]}
  envoy: {actor: envoy, roles: [mediator]}
rounds:
  first: {title: First round, planned: [{start: 2026-12-14, announced_on: 2026-11-10}]}
invitations:
  - {round: first, to: north, role: party, answer: accepted}
  - {round: first, to: south, role: party, answer: declined}
commitments:
  gauge: {obligors: [north, south], what: Read the gauge., undertaken_by: [south], due: [{due: 2026-12-20}]}
"""


def seen(tmp_path: Path) -> View:
    path = tmp_path / "well.yaml"
    path.write_text(_TALKS, encoding="utf-8")
    return view_for(folded(path, datetime(2026, 11, 20, tzinfo=UTC)), "envoy")


def test_who_declined_is_not_also_in(tmp_path: Path) -> None:
    rows = people_block(seen(tmp_path), date(2026, 11, 20)).rows
    assert [row.label for row in rows if "South" in row.label] == []
    assert [(row.label, row.words) for row in rows][-1] == ("Not coming", "South, on whose word is not known")


def test_who_undertook_it_is_named_where_not_all_did(tmp_path: Path) -> None:
    rows = due_block(seen(tmp_path), datetime(2026, 11, 20, tzinfo=UTC), date(2026, 11, 20)).rows
    assert "North and South: read the gauge, undertaken by South alone" in [row.words for row in rows]


def test_rows_that_say_the_same_are_told_apart() -> None:
    rows = tuple(Row(label="10:09", words="Words destroyed") for _ in range(9))
    page = Page(heading=("Brief",), lead=(), blocks=(Block(title="New", rows=rows, section="changes"),), legend="")
    lines = page_lines(page, 80, most=8)
    assert len(lines) == 8
    assert lines.count("  10:09               Words destroyed") == 3


def test_a_row_that_is_kept_goes_last() -> None:
    rows = (*(Row(label=f"No. {n}", words="here") for n in range(9)), Row(label="Away", words="gone", is_kept=True))
    page = Page(heading=("Brief",), lead=(), blocks=(Block(title="Who is in", rows=rows, section="people"),), legend="")
    assert [line.split("  ")[1] for line in page_lines(page, 80, most=8) if line.startswith("  ")] == [
        "No. 0", "No. 1", "Away", "and 7 more: --section people",
    ]  # fmt: skip
