"""Figures of a talks file that cannot both be so are refused, in the file and in the table of a ledger's days."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import TalksFileError
from goodoffices.formats.talks_file.reader import read_talks

_HEAD = """\
talks: {title: Lake, slug: lake}
actors: {east: {kind: party, names: {en: East}}}
seats: {desk: {actor: east, roles: [analyst]}}
compartments: {team: {seats: [desk]}}
areas: {pier: {names: {en: Pier}}}
agenda: [{basket: Water, issues: {boats: {question: {en: Boats?}, options: [keep, back]}}}]
"""
_COLUMNS = (
    "day,n_days,ledger,governorate,count,confirmed_by_other,explained_by_other,total_as_stated,source,note\n"
    "2026-01-01,1,book,Pier,5,{},{},{},Post,\n"
)


def _read(folder: Path, more: str, table: str = "") -> None:
    (folder / "talks.yaml").write_text(f"{_HEAD}{more}\n", encoding="utf-8")
    (folder / "days.csv").write_text(table, encoding="utf-8")
    read_talks(folder)


@pytest.mark.parametrize(
    "figures",
    [
        "total: 5, confirmed: 9", "total: 5, confirmed: 3, explained: 3",
        "counts: {pier: 2}, unplaced: 1, confirmed: 4", "total: 0, explained: 1",
    ],
)  # fmt: skip
def test_no_more_is_confirmed_or_explained_than_there_is(tmp_path: Path, figures: str) -> None:
    with pytest.raises(TalksFileError, match="allegations are confirmed or explained, of"):
        _read(tmp_path, f"ledgers: {{book: {{keeper: east, days: [{{day: 2026-01-01, {figures}}}]}}}}")


@pytest.mark.parametrize(("confirmed", "explained", "total"), [("9", "", "5"), ("3", "3", "5"), ("6", "", "")])
def test_the_table_of_days_is_held_to_the_same(tmp_path: Path, confirmed: str, explained: str, total: str) -> None:
    book = "ledgers: {book: {keeper: east, days_from: days.csv}}"
    _read(tmp_path, book, _COLUMNS.format("3", "2", "5"))
    with pytest.raises(TalksFileError, match="allegations are confirmed or explained, of 5"):
        _read(tmp_path, book, _COLUMNS.format(confirmed, explained, total))


def test_what_is_confirmed_of_a_day_without_a_total_is_kept(tmp_path: Path) -> None:
    _read(tmp_path, "ledgers: {book: {keeper: east, days: [{day: 2026-01-01, confirmed: 2}]}}")


def test_the_worth_of_no_agreement_is_of_no_single_issue(tmp_path: Path) -> None:
    line = "worth: {keep: 1, back: 0}, compartment: team"
    with pytest.raises(TalksFileError, match="'reservation_value' stands beside 'issue'"):
        _read(tmp_path, f"assessments: [{{party: east, issue: boats, reservation_value: 3, {line}}}]")
    _read(tmp_path, f"assessments: [{{party: east, reservation_value: 3}}, {{party: east, issue: boats, {line}}}]")
