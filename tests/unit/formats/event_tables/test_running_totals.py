"""Running totals in a mapped table: counts between two totals, and nothing where they are not certain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodoffices.errors import DatasetError
from goodoffices.event_table import CellWord, EventTable
from goodoffices.formats.event_tables.column_mappings import read_mapping, suggested_mapping
from goodoffices.formats.event_tables.reader import read_events

MAPPING = """columns: {first_day: date, count: since_cum, area: area, carried: filled}
constants: {ledger: Monitors}
running_totals: yes
reports_every_day: no
"""


def read(folder: Path, *rows: str, mapping: str = MAPPING) -> EventTable:
    (folder / "totals.csv").write_text("\n".join(["date,area,since_cum,filled", *rows]), encoding="utf-8")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return read_events(folder / "totals.csv", read_mapping(folder / "mapping.yaml"))


def test_a_difference_belongs_to_all_days_between_two_totals_in_any_order(tmp_path: Path) -> None:
    rows = ("2017-01-09,Hama,230,", "2017-01-05,Hama,214,", "2017-01-06,Hama,217,", "2017-01-06,Homs,9,")
    found = read(tmp_path, *rows)
    told = [(one.area, one.first_day.day, one.last_day.day, one.count) for one in found.events]
    assert told == [("Hama", 6, 6, 3), ("Hama", 7, 9, 13)]
    assert {(one.day.day, one.word) for one in found.unseen} == {(n, CellWord.NOT_OBSERVED) for n in (7, 8, 9)}
    assert "Monitors, Hama: the total up to 2017-01-05 is 214; it is in no daily count" in found.notes


def test_a_total_that_falls_is_a_correction_and_in_no_count(tmp_path: Path) -> None:
    found = read(tmp_path, "2017-01-05,Hama,214,", "2017-01-07,Hama,210,", "2017-01-08,Hama,212,")
    assert [(one.first_day.day, one.last_day.day, one.count) for one in found.events] == [(8, 8, 2)]
    assert [one.day for one in found.unseen] == [date(2017, 1, 6), date(2017, 1, 7)]
    assert any("falls from 214 to 210 on 2017-01-07: a correction" in note for note in found.notes)


def test_a_row_that_was_carried_forward_counts_nothing_and_is_listed_if_it_rises(tmp_path: Path) -> None:
    found = read(tmp_path, "2017-01-05,Hama,214,", "2017-01-06,Hama,215,yes", "2017-01-07,Hama,220,")
    assert [(one.first_day.day, one.last_day.day, one.count) for one in found.events] == [(6, 7, 6)]
    assert "carried rows with another total than the row before: line 3" in found.notes


def test_two_totals_of_one_day_are_refused_and_the_same_one_twice_is_one(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"totals.csv, lines 2 and 3: .* two totals up to 2017-01-05, 214 and 215"):
        read(tmp_path, "2017-01-05,Hama,214,", "2017-01-05,Hama,215,")
    found = read(tmp_path, "2017-01-05,Hama,214,", "2017-01-05,Hama,214,", "2017-01-06,Hama,215,")
    assert [one.count for one in found.events] == [1]


def test_a_column_with_the_name_of_a_running_total_is_not_counted_unasked(tmp_path: Path) -> None:
    rows = ("2017-01-05,Hama,214,", "2017-01-06,Hama,217,")
    with pytest.raises(DatasetError, match="has the name of a running total; write 'running_totals: yes'"):
        read(tmp_path, *rows, mapping=MAPPING.replace("running_totals: yes\n", ""))
    counted = read(tmp_path, *rows, mapping=MAPPING.replace("totals: yes", "totals: no"))
    assert [one.count for one in counted.events] == [214, 217]
    with pytest.raises(DatasetError, match="in a column that is named for 'count'"):
        read(tmp_path, *rows, mapping=MAPPING.replace("count: since_cum, ", ""))
    assert "# running_totals: no" in suggested_mapping(("date", "since_cum"))


def test_the_flash_ledger_of_the_west_bank(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "columns: {first_day: report_date, count: killed_cum, carried: flash_source}\n"
        "values: {carried: {fill: 'yes', un: 'no'}}\nconstants: {ledger: flash}\nrunning_totals: yes\n"
    )
    found = read_events(shared / "ceasefire" / "west_bank_daily.csv", read_mapping(tmp_path / "m.yaml"))
    lengths = [one.days for one in found.events]
    assert (len(lengths), sum(lengths), sum(one.count for one in found.events)) == (255, 1038, 1105)
    assert (lengths.count(1), max(lengths)) == (128, 28)
    assert any("line 149 and 17 more" in note for note in found.notes)  # 22 carried rows that rise
