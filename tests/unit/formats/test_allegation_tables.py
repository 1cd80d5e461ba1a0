"""Tables of allegations: what field offices and their forms write, read or refused with place, value and remedy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodoffices.errors import DatasetError, ScenarioError
from goodoffices.formats.allegation_tables.fields import CONSTANTS, FIELDS
from goodoffices.formats.allegation_tables.radio_lines import is_radio_lines, line_code, read_lines, with_code
from goodoffices.formats.allegation_tables.reader import AllegationTable, Names, names_of, read_allegations
from goodoffices.formats.allegation_tables.source import columns_of, source_of
from goodoffices.formats.event_tables.column_mappings import read_mapping, suggested_mapping
from goodoffices.formats.input.files import RawFile
from spreadsheet_files import xlsx

NAMES = Names(
    areas=names_of({"hama": ("Hama", "Hamah", "حماة", "Хама"), "damascus": ("Damascus",), "rural": ("Damascus",)}),
    actors=names_of({"gov": ("The Government",), "opp": ("The Opposition",)}),
    zone="Asia/Damascus",
    now=datetime(2017, 2, 1, tzinfo=UTC),
)


def table(text: str | bytes, name: str = "office.csv", mapping: Path | None = None, **more: RawFile) -> AllegationTable:
    raw = RawFile(name=name, data=text.encode() if isinstance(text, str) else text)
    known = None if mapping is None else read_mapping(mapping, fields=tuple(FIELDS), constants=CONSTANTS)
    return read_allegations(source_of(raw, known, **more), NAMES)


def refused(cells: str, columns: str = "date,area,kind") -> str:
    found = table(f"{columns}\n{cells}\n")
    assert not found.rows
    [entry] = found.refusals
    assert entry.line == 2
    return entry.sentence()


def test_a_plain_table_is_read_by_the_names_of_its_columns_and_the_clock_of_the_place() -> None:
    [row] = table(
        "id,date,time,area,place,kind,violator,killed_low,killed,killed_high,details,reported_by\n"
        "7,05/01/2017,14:10,Hamah,the bridge,artillery,The Government,3,5,8,said by a neighbour,Amal\n"
    ).rows
    assert (row.occurred_from, row.occurred_to, row.area, row.kind) == ("2017-01-05T12:10Z", "", "hama", "shelling")
    assert (row.killed, row.alleged_violator, row.reporter, row.source_id) == ("3-5-8", "gov", "Amal", "7")
    assert (row.words, row.line) == ("said by a neighbour", "line 2")


def test_arabic_columns_digits_areas_and_kinds_are_read_with_a_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns: {occurred_from: التاريخ, area: المحافظة, kind: الحدث, killed: القتلى}\n", "utf-8")
    [row] = table("التاريخ,المحافظة,الحدث,القتلى\n٢٠١٧-٠١-٠٥,حماة,قصف,٣\n", mapping=mapping).rows
    assert (row.occurred_from, row.occurred_to) == ("2017-01-04T22:00Z", "2017-01-05T21:59Z")
    assert (row.area, row.kind, row.killed, row.date_precision) == ("hama", "shelling", "?-3-?", "1")


def test_a_day_on_which_the_clocks_change_at_midnight_is_a_whole_day_too() -> None:
    [row] = table("date,area,kind\n2016-10-27,Hama Governorate,shelling\n").rows
    assert (row.occurred_from, row.occurred_to, row.area) == ("2016-10-26T21:00Z", "2016-10-27T21:59Z", "hama")


@pytest.mark.parametrize(
    ("stated", "figures"),
    [("at least 3", "3-?-?"), ("12-15", "12-?-15"), ("5", "?-5-?"), ("1000 or more", "1000-?-?"), ("0", "?-0-?")],
)
def test_numbers_that_people_write_keep_what_they_say_and_no_more(stated: str, figures: str) -> None:
    [row] = table(f"date,area,kind,killed\n2017-01-05,Hama,shelling,{stated}\n").rows
    assert (row.killed, row.stated) == (figures, "")


def test_c25_numbers_in_words_and_out_of_order_are_kept_as_stated_and_flagged() -> None:
    found = table(
        "date,area,kind,killed_low,killed,killed_high\n"
        "2017-01-05,Hama,shelling,,dozens,\n2017-01-05,Hama,shelling,9,5,8\n"
    )
    assert [(row.killed, row.stated) for row in found.rows] == [("", "dozens"), ("5-8-9", "9-5-8")]
    assert "1 numbers in words: kept as stated, and not counted" in found.notes
    assert any("not in order" in note for note in found.notes)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("2017-13-05,Hama,shelling", "'2017-13-05' is not a day that is certain"),
        (",Hama,shelling", "this cell is empty"),
        ("2018-01-05,Hama,shelling", "lies in the future"),
        ("2017-01-05,Hamma,shelling", "unknown area 'Hamma'"),
        ("2017-01-05,Damascus,shelling", "more than one area"),
        ("2017-01-05,Hama,weather", "unknown kind 'weather'"),
        ("2017-01-05,,shelling", "this row has no place"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_refused_with_its_line_value_and_remedy(cells: str, said: str) -> None:
    assert said in refused(cells)


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ("date,area,kind,lat,lon", "2017-01-05,Hama,shelling,0,0", "sea off Africa"),
        ("date,area,kind,lat,lon", "2017-01-05,Hama,shelling,136.2,35.1", "The two may be exchanged"),
        ("date,area,kind,killed", "2017-01-05,Hama,shelling,2026-12-15", "is a day, not a number"),
        ("date,date_end,area,kind", "2017-01-05,2017-01-04,Hama,shelling", "ends before it begins"),
        ("date,date_end,area,kind", "2015-01-05,2017-01-04,Hama,shelling", "more than 366 days"),
        ("date,area,kind,violator", "2017-01-05,Hama,shelling,Nobody", "unknown actor 'Nobody'"),
        ("date,area,kind,where_prec", "2017-01-05,Hama,shelling,9", "not a number from 1 to 7"),
        ("date,time,area,kind", "2017-01-05,25:00,Hama,shelling", "is not an hour"),
    ],
)
def test_a_cell_of_a_further_column_is_refused_too(columns: str, cells: str, said: str) -> None:
    assert said in refused(cells, columns)


def test_a_cell_of_a_sheet_is_refused_by_its_name() -> None:
    found = table(xlsx({"January": [["date", "area", "kind"], ["2017-01-05", "Hama", "weather"]]}), "office.xlsx")
    assert "sheet 'January', cell C2" in found.refusals[0].sentence()


@pytest.mark.parametrize("name", ["office.xlsx", "office.csv"])
def test_a_title_above_the_columns_is_refused_with_what_helps_in_that_kind_of_file(name: str) -> None:
    rows: list[list[str | float | None]] = [
        ["Reports of the week"],
        ["date", "area", "kind"],
        ["2017-01-05", "Hama", "shelling"],
    ]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    found = refusal_of(xlsx({"January": rows}) if name.endswith("xlsx") else text, name)
    remedies = "Delete what stands above the row of column names", "Put quotation marks around a cell"
    right, wrong = remedies if name.endswith("xlsx") else remedies[::-1]
    assert "3 cells under 1 column" in found
    assert right in found
    assert wrong not in found


def refusal_of(text: str | bytes, name: str) -> str:
    with pytest.raises(DatasetError) as caught:
        table(text, name)
    return str(caught.value)


def test_two_rows_of_one_name_are_refused() -> None:
    found = table("id,date,area,kind\n7,2017-01-05,Hama,shelling\n7,2017-01-06,Hama,shelling\n")
    assert "'7' stands in line 2 too" in found.refusals[0].sentence()


def test_a_table_without_a_day_or_a_kind_asks_for_a_mapping() -> None:
    for columns in ("area,kind", "date,area"):
        with pytest.raises(DatasetError, match="Write a mapping"):
            table(f"{columns}\n")


def test_a_suggested_mapping_reads_the_table_that_it_is_for(tmp_path: Path) -> None:
    text = "date,governorate,type,no_of_dead\n2017-01-05,Hama,shelling,3\n"
    raw = RawFile(name="x.csv", data=text.encode())
    mapping = tmp_path / "m.yaml"
    mapping.write_text(suggested_mapping(columns_of(raw), FIELDS) + "\nconstants: {zone: UTC}\n")
    [row] = table(text, mapping=mapping).rows
    assert (row.area, row.occurred_from) == ("hama", "2017-01-05T00:00Z")


KOBO = (
    "event/occurred_from;event/area;event/kind;event/point;event/_point_latitude;event/_point_longitude;words;"
    "_id;_uuid;_submission_time;_validation_status;_submitted_by;_index\n"
    "{rows}"
)
KOBO_ROW = (
    "2017-01-05T14:10:00.000+02:00;hama;shelling;{at};35.1;36.7;said;{n};u-{n};2017-01-06T08:00:00;{status};amal;{n}\n"
)


def kobo(*statuses: str) -> str:
    rows = (KOBO_ROW.format(n=n, status=status, at="35.1 36.7 0 0") for n, status in enumerate(statuses))
    return KOBO.format(rows="".join(rows))


def test_an_export_of_kobotoolbox_keeps_its_lasting_name_and_review_and_not_who_sent_it() -> None:
    found = table(kobo("validation_status_approved", "validation_status_not_approved", "validation_status_on_hold"))
    assert [row.review for row in found.rows] == ["approved", "rejected", ""]
    first = found.rows[0]
    assert (first.source_id, first.told_at, first.point) == ("u-0", "2017-01-06T06:00Z", "35.1,36.7")
    assert (first.occurred_from, first.area, first.reporter) == ("2017-01-05T12:10Z", "hama", "")
    assert "read as an export of KoboToolbox" in found.notes
    assert any("who sent a form are not read: _submitted_by" in note for note in found.notes)


def test_a_row_of_hashtags_names_the_columns_and_is_no_allegation() -> None:
    [row] = table(
        "When,Where it was,What,Dead\n#date+occurred,#adm1+name,#type+event,#affected+killed\n".replace(
            "#type+event", "#event+type"
        )
        + "2017-01-05,Hama,shelling,3\n"
    ).rows
    assert (row.area, row.killed) == ("hama", "?-3-?")


def test_a_repeated_group_of_odk_central_gives_an_allegation_for_each_of_its_rows() -> None:
    forms = (
        "SubmissionDate,event-occurred_from,event-area,KEY,SubmitterName,ReviewState\n"
        "2017-01-06T08:00:00.000Z,2017-01-05,hama,uuid:1,amal,approved\n"
    )
    group = "kind,killed,PARENT_KEY,KEY\nshelling,3,uuid:1,uuid:1/r[1]\ndrone,,uuid:1,uuid:1/r[2]\n"
    found = table(forms, repeats=RawFile(name="form-r.csv", data=group.encode()))
    assert [(row.kind, row.killed, row.area, row.source_id, row.review) for row in found.rows] == [
        ("shelling", "?-3-?", "hama", "uuid:1/r[1]", "approved"),
        ("drone", "", "hama", "uuid:1/r[2]", "approved"),
    ]
    stray = group.replace("drone,,uuid:1", "drone,,uuid:9")
    with pytest.raises(DatasetError, match=r"the form 'uuid:9' is not in office\.csv"):
        table(forms, repeats=RawFile(name="form-r.csv", data=stray.encode()))


def test_a_repeated_group_of_kobotoolbox_stands_in_a_second_sheet(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("repeat: events\n")
    book = xlsx({
        "form": [["day", "area", "_uuid", "_submission_time", "_index"],
                 ["2017-01-05", "hama", "u-1", "2017-01-06", 1.0]],
        "events": [["kind", "_index", "_parent_index", "_submission__uuid"], ["shelling", 1.0, 1.0, "u-1"],
                   ["drone", 2.0, 1.0, "u-1"]],
    })  # fmt: skip
    found = table(book, "export.xlsx", mapping)
    assert [(row.kind, row.source_id) for row in found.rows] == [("shelling", "u-1/1"), ("drone", "u-1/2")]


def test_the_sample_of_ushahidi_needs_only_the_kind(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("constants: {kind: other}\n")
    [row] = table(
        "title,name,date,location,details\nA title,Amal,2017-01-05,a farm,it was heard\n", mapping=mapping
    ).rows
    assert (row.place, row.words, row.reporter, row.kind) == ("a farm", "it was heard", "Amal", "other")


LINE = 'GO1 rus-ledger 017 2017-01-05T14:10+02 p1 "Ain al-Fijah" 33.617,36.186 r500 shelling K3-5-8 I?-12-? BY? AT? A2'


def radio(*lines: str) -> AllegationTable:
    raw = RawFile(name="radio.txt", data="\n".join(lines).encode())
    assert is_radio_lines(raw)
    return read_lines(raw, ("rus-ledger",), NAMES)


def test_a_line_of_the_radio_is_read_with_its_code_and_fits_a_short_message() -> None:
    line = with_code(LINE)
    assert len(line) <= 160
    assert line.endswith(line_code(LINE))
    [row] = radio(line).rows
    assert (row.occurred_from, row.killed, row.injured) == ("2017-01-05T12:10Z", "3-5-8", "?-12-?")
    assert (row.place, row.point, row.source_id, row.stated) == ("Ain al-Fijah", "33.617,36.186", "017", "grade A2")


def test_a_line_that_was_heard_wrongly_is_refused_by_its_code() -> None:
    wrong = with_code(LINE).replace("14:10", "14:40")
    [entry] = radio(with_code(LINE), wrong).refusals
    assert (entry.line, "does not fit" in entry.sentence()) == (2, True)
    for changed, said in (("rus-ledger", "other"), ("shelling", "weather"), ("BY?", "BYnobody"), ("2017", "2027")):
        assert radio(with_code(LINE.replace(changed, said))).refusals
    with pytest.raises(ScenarioError, match="fields of GO1"):
        with_code("GO1 rus-ledger 017")


def test_c18_an_export_of_acled_is_marked_as_one_whose_rows_may_not_be_passed_on() -> None:
    columns = "event_id_cnty,event_date,event_type,admin1,location,fatalities,actor1\n"
    found = table(columns + "SYR1,2017-01-05,Shelling/artillery/missile attack,Hama,a farm,3,Somebody\n")
    assert [(row.source_id, row.killed, row.alleged_violator) for row in found.rows] == [("SYR1", "?-3-?", "")]
    assert not found.may_leave


@pytest.mark.parametrize(
    "cells", ['"36,2","37,1"', '"36,2",37.1', '"36.2","37,1"', '"36,2; 37,1",', '"36,2 37,1",', '"36,2,37,1",']
)
def test_coordinates_with_decimal_commas_are_refused_and_not_another_place(cells: str) -> None:
    columns = "latitude,longitude" if not cells.endswith(",") else "coordinates,note"
    assert "is not a latitude and a longitude" in refused(
        f"2017-01-05,Hama,shelling,{cells}", f"date,area,kind,{columns}"
    )


@pytest.mark.parametrize("cell", ["36.2,37.1", "36.2; 37.1", "36.2 37.1 0 0", "36.2, 37.1, 120"])
def test_coordinates_are_read_whatever_stands_between_them(cell: str) -> None:
    [row] = table(f'date,area,kind,coordinates\n2017-01-05,Hama,shelling,"{cell}"\n').rows
    assert row.point == "36.2,37.1"


@pytest.mark.parametrize("day", ["05/10/1395", "1395-10-05", "1438-04-07", "05/10/2560"])
def test_a_day_of_another_calendar_is_refused_and_said_to_be_one(day: str) -> None:
    year = max(day.replace("/", "-").split("-"), key=len)
    assert f"the year {year} is one of another calendar" in refused(f"{day},Hama,shelling")


def test_an_export_of_acled_is_read_by_its_own_scales_and_its_zeros_are_not_counted() -> None:
    found = table(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,admin1,location,latitude,longitude,"
        "geo_precision,fatalities,notes\n"
        "SYR1,05 January 2017,2,Explosions/Remote violence,Air/drone strike,A,Hama,Hama,35.1,36.7,3,0,n\n"
        "SYR2,06 January 2017,1,Violence against civilians,Attack,A,Hama,Hama,35.1,36.7,1,4,n\n"
    )
    assert not found.refusals
    first, second = found.rows
    assert (first.kind, first.date_precision, first.place_precision, first.killed) == ("air-strike", "3", "4", "")
    assert (second.kind, second.date_precision, second.killed) == ("attack-on-civilians", "1", "?-4-?")
    assert {row.alleged_violator for row in found.rows} == {""}, "who is named first did not do it"
    assert any("0 fatalities" in note for note in found.notes)


def test_an_export_of_ucdp_ged_is_read_as_whole_days_with_offices_counted_once() -> None:
    columns = "id,type_of_violence,side_a,source_office,where_prec,adm_1,date_prec,date_start,date_end,low,best,high\n"
    day = "2017-01-05 00:00:00.000"
    found = table(
        f"{columns}1,3,Government,SOHR;;SOHR,1,Hama governorate,1,{day},{day},2,3,5\n"
        f"2,1,Government,SOHR;AFP,1,Hama governorate,1,{day},{day},0,0,0\n"
    )
    assert not found.refusals
    first, second = found.rows
    assert (first.kind, second.kind) == ("attack-on-civilians", "other")
    assert (first.occurred_from, first.occurred_to) == ("2017-01-04T22:00Z", "2017-01-05T21:59Z")
    assert (first.single_voice, second.single_voice) == ("yes", "no")
    assert (first.killed, second.killed, first.alleged_violator) == ("2-3-5", "0-0-0", "")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("death_timing", "lately", "Known: new, recovered, late-approval, succumbed"),
        ("killed", "-3", "not a number of people"),
        ("killed", "3.5", "not a number of people"),
    ],
)
def test_what_is_no_number_of_people_or_no_time_of_death_is_refused_in_its_row(
    column: str, cell: str, said: str
) -> None:
    assert said in refused(f"2017-01-05,Hama,shelling,{cell}", f"date,area,kind,{column}")


def test_a_column_with_a_hashtag_fills_that_field_and_no_other() -> None:
    [row] = table("When,Where,What\n#date+occurred,#adm1+name,#event+type\n2017-01-05,Hama,shelling\n").rows
    assert (row.area, row.place) == ("hama", "")


def a_map(geometry: str, properties: str = '"date": "2017-01-05", "kind": "shelling", "killed": 3') -> str:
    feature = f'{{"type": "Feature", "id": "x1", "geometry": {geometry}, "properties": {{{properties}}}}}'
    return f'{{"type": "FeatureCollection", "features": [{feature}]}}'


def test_points_of_a_map_are_allegations_with_longitude_first() -> None:
    [row] = table(a_map('{"type": "Point", "coordinates": [36.7, 35.1]}'), "office.geojson").rows
    assert (row.point, row.killed, row.source_id, row.area) == ("35.1,36.7", "?-3-?", "x1", "")
    [entry] = table(a_map('{"type": "Point", "coordinates": [35.1, 136.7]}'), "office.geojson").refusals
    assert "The two may be exchanged." in entry.sentence()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (a_map('{"type": "Polygon", "coordinates": []}'), "features 1: this is not a point but Polygon"),
        (a_map("null"), "this is not a point but nothing"),
        (a_map('{"type": "Point", "coordinates": ["36.7", "35.1"]}'), "not two numbers"),
        ('{"type": "FeatureCollection", "features": 3}', "no list of features"),
        ('{"type": "FeatureCollection", "features": [3]}', "this is not a feature"),
        ('{"type": "FeatureCollection", "features": [', "not JSON here"),
        ('{"type": "FeatureCollection", "features": []}', "has no column for the day"),
    ],
)
def test_a_map_without_points_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises((DatasetError, ScenarioError), match=said):
        table(text, "office.geojson")
