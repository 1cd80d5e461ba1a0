"""Files of events: what is read under which names, and what is refused at which place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodoffices.errors import DatasetError
from goodoffices.event_table import CellWord
from goodoffices.formats.event_tables.column_mappings import read_mapping, suggested_mapping
from goodoffices.formats.event_tables.reader import columns_in, ledger_days, read_events
from spreadsheet_files import ods, xlsx

GED_NEW = (
    "id,relid,year,active_year,type_of_violence,dyad_name,side_a,side_b,source_office,where_prec,where_coordinates,"
    "adm_1,latitude,longitude,date_prec,date_start,date_end,deaths_civilians,best,high,low\n"
    "7,r,2017,1,1,G - I,G,I,SOHR; SOHR;,1,Town,North Governorate,33.5,36.2,1,2017-01-05 00:00:00.000,"
    "2017-01-05 00:00:00.000,1,3,4,2\n"
)
GED_OLD = (
    "id,date_start,date_end,date_prec,dyad_name,adm_1,where_prec,latitude,longitude,best_est,low_est,high_est\n"
    "7,2017-01-05,2017-01-07,1,G - I,,4,33.5,36.2,0,5,1\n"
)


def _file(tmp_path: Path, text: str | bytes, name: str = "events.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_ucdp_with_new_columns(tmp_path: Path) -> None:
    table = read_events(_file(tmp_path, GED_NEW))
    [event] = table.events
    assert (event.ledger, event.area, event.pair, event.first_day) == ("UCDP GED", "North", "G - I", date(2017, 1, 5))
    assert (event.deaths_low, event.deaths, event.deaths_high, event.deaths_civilians) == (2, 3, 4, 1)
    assert event.is_single_voice is True
    assert table.reports_every_day
    assert "CC BY 4.0" in table.credit


def test_ucdp_with_old_columns_and_numbers_out_of_order(tmp_path: Path) -> None:
    table = read_events(_file(tmp_path, GED_OLD))
    [event] = table.events
    assert (event.deaths, event.days, event.is_daily_precise, event.area) == (0, 3, False, "")
    assert any("not in order" in note for note in table.notes)
    assert any("without an area" in note for note in table.notes)


def test_acled_says_that_its_rows_may_not_be_passed_on(tmp_path: Path) -> None:
    text = (
        "\ufeffevent_id_cnty,event_date,time_precision,event_type,actor1,admin1,location,latitude,longitude,"
        "geo_precision,fatalities\nX1,05 January 2017,2,Battles,G,North,Town,33.5,36.2,1,0\n"
    )
    table = read_events(_file(tmp_path, text))
    [event] = table.events
    assert (event.first_day, event.date_precision, event.ledger) == (date(2017, 1, 5), 3, "ACLED")
    assert not table.reports_every_day
    assert any("may not be passed on" in note for note in table.notes)


@pytest.mark.parametrize(("name", "write"), [("t.xlsx", xlsx), ("t.ods", ods)])
def test_a_spreadsheet_is_read_like_text(tmp_path: Path, name: str, write: object) -> None:
    data = write({"Sheet1": [["date", "area", "count"], ["2017-01-05", "North", 2]]})  # type: ignore[operator]
    table = read_events(_file(tmp_path, data, name))
    [event] = table.events
    assert (event.area, event.count, event.first_day) == ("North", 2, date(2017, 1, 5))
    assert table.reports_every_day


def test_digits_of_any_script_and_other_marks_are_read(tmp_path: Path) -> None:
    [event] = read_events(_file(tmp_path, "date;area;count\n٢٠١٧-٠١-٠٥;حماة;٣\n")).events
    assert (event.first_day, event.area, event.count) == (date(2017, 1, 5), "حماة", 3)


@pytest.mark.parametrize(
    ("row", "place", "why"),
    [
        ("2017-01-05,2017-01-04,,,", "column 'date_end'", "before the first day"),
        ("2017-01-05,2018-06-01,,,", "column 'date_end'", "longer than 366 days"),
        ("5 Smarch 2017,,,,", "column 'date'", "not a day that is certain"),
        ("1395-10-12,,,,", "column 'date'", "the year 1395 is one of another calendar"),
        (",,,,3", "column 'date'", "every row needs a day"),
        ("2017-01-05,,0,0,", "column 'latitude'", "in the sea off Africa"),
        ("2017-01-05,,136.2,33.5,", "column 'latitude'", "may be exchanged"),
        ("2017-01-05,,33.5,east,", "column 'longitude'", "not between -180 and 180"),
        ("2017-01-05,,,,2.5", "column 'deaths'", "not a whole number"),
        ("2017-01-05,,,,-1", "column 'deaths'", "not a whole number"),
        ("2017-01-05,,,,dozens", "column 'deaths'", "not a whole number"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_at_its_place(tmp_path: Path, row: str, place: str, why: str) -> None:
    path = _file(tmp_path, f"date,date_end,latitude,longitude,deaths\n2017-01-01,,,,1\n{row}\n")
    with pytest.raises(DatasetError) as refused:
        read_events(path)
    assert f"events.csv, line 3, {place}" in str(refused.value)
    assert why in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"\xff\xfed\0a\0", b"date,area\n", b"date\n2017-01-01\0\n", b"a,b\n1,2\n"])
def test_what_is_not_a_table_of_events_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DatasetError):
        read_events(_file(tmp_path, data))


def test_a_mapping_names_columns_words_and_what_holds_for_every_row(tmp_path: Path) -> None:
    path = _file(tmp_path, "When,Where,Killed\n05/01/2017,Hama,4\n")
    mapping = _file(
        tmp_path,
        "columns: {first_day: When, area: Where, deaths: Killed}\nvalues:\n  area: {Hama: Hamah}\n"
        "constants: {ledger: Monitors}\nreports_every_day: yes\n",
        "m.yaml",
    )
    table = read_events(path, read_mapping(mapping))
    [event] = table.events
    assert (event.area, event.deaths, event.ledger, event.first_day) == ("Hamah", 4, "Monitors", date(2017, 1, 5))
    assert table.reports_every_day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("colums: {first_day: When}\n", "Did you mean 'columns'"),
        ("columns: {first_dya: When}\n", "Did you mean 'first_day'"),
        ("columns: {first_day: Wen}\n", "has no column 'Wen'"),
        ("columns: [When]\n", "one on each line"),
        ("reports_every_day: perhaps\n", "write yes or no"),
        ("- a\n", "holds no mapping"),
    ],
)
def test_a_mapping_with_a_slip_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = _file(tmp_path, "When,Where\n2017-01-05,x\n")
    with pytest.raises(DatasetError, match=why):
        read_events(path, read_mapping(_file(tmp_path, text, "m.yaml")))


def test_a_suggested_mapping_can_be_read_and_guesses_nothing(tmp_path: Path) -> None:
    path = _file(tmp_path, "date,governorate,killed_cum,report_date,Killed: all,best\n2017-01-05,x,1,1,1,1\n")
    text = suggested_mapping(columns_in(path)[0])
    assert "# a running total, which is not a daily count: killed_cum" in text
    assert "# the day of the report, which is not the day of the event: report_date" in text
    table = read_events(path, read_mapping(_file(tmp_path, text, "m.yaml")))
    assert (table.events[0].area, table.events[0].deaths) == ("x", 1)


def test_bulletins_keep_what_does_not_add_up(tmp_path: Path) -> None:
    text = "day,ledger,governorate,count,total_as_stated\n2017-01-05,A,x,3,5\n2017-01-05,A,,1,5\n2017-01-05,B,,0,0\n"
    first, second = ledger_days(_file(tmp_path, text))
    assert (first.placed, first.unplaced, first.difference) == (3, 1, 1)
    assert second.total == 0
    contradicting = text + "2017-01-05,B,y,0,4\n"
    with pytest.raises(DatasetError, match="different numbers"):
        ledger_days(_file(tmp_path, contradicting))
    with pytest.raises(DatasetError, match="need both"):
        ledger_days(_file(tmp_path, "day,count\n2017-01-05,1\n"))


def test_a_cell_may_hold_one_of_the_six_words_in_place_of_a_count(tmp_path: Path) -> None:
    text = "date,area,count\n2017-01-05,x,stated as none\n2017-01-06,x,Not observed\n2017-01-07,,access denied\n"
    table = read_events(_file(tmp_path, text))
    assert [(event.count, event.word) for event in table.events] == [(0, CellWord.STATED_AS_NONE)]
    assert [(one.day.day, one.area, one.word.value) for one in table.unseen] == [
        (6, "x", "not observed"), (7, "", "access denied")
    ]  # fmt: skip
    with pytest.raises(DatasetError, match="not a whole number"):
        read_events(_file(tmp_path, "date,area,count\n2017-01-05,x,quiet\n"))
    with pytest.raises(DatasetError, match="this cell is empty; write a number, or one of: none, not observed"):
        read_events(_file(tmp_path, "date,area,count\n2017-01-05,x,\n"))


def test_a_row_without_a_count_is_read_by_day_and_area_alone_and_that_is_said(tmp_path: Path) -> None:
    said = "date,end,area,kind,count\n2017-01-05,{},x,raid,not observed\n"
    table = read_events(_file(tmp_path, said.format("").replace("end", "date_end")))
    assert "1 rows that say why there is no count: only their day, ledger and area are read" in table.notes
    with pytest.raises(DatasetError, match="'not observed' is said of several days; write one row for each day"):
        read_events(_file(tmp_path, said.format("2017-01-09").replace("end", "date_end")))


def test_columns_that_are_not_read_are_named_and_a_slip_stands_by_itself(tmp_path: Path) -> None:
    notes = read_events(_file(tmp_path, "date,area,deathss,remark,colour\n2017-01-05,x,3,one,red\n")).notes
    assert "the column 'deathss' is not read; if it is 'deaths', rename it, or write a mapping" in notes
    assert "columns that are not read: remark, colour" in notes


@pytest.mark.parametrize("number", ["1_0", "1e9999", "0x10", "inf", "nan", "１_０"])
def test_a_number_that_only_a_program_writes_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(DatasetError, match="not a whole number"):
        read_events(_file(tmp_path, f"date,area,deaths\n2017-01-05,x,{number}\n"))


def test_a_bulletin_of_several_days_is_in_no_daily_count_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    rows = "2026-01-02,2,North,Pier,4\n2026-01-04,1,North,Pier,1\n"
    path.write_text(f"day,n_days,ledger,governorate,count\n{rows}", encoding="utf-8")
    table = read_events(path)
    assert [(event.first_day.day, event.last_day.day, event.is_daily_precise) for event in table.events] == [
        (1, 2, False), (4, 4, True),
    ]  # fmt: skip
    assert any("1 rows known too vaguely for a day" in note for note in table.notes)
