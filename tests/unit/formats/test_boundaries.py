"""Boundaries of OCHA's common operational data sets: points are placed by them, and nothing else is changed."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodoffices.errors import DatasetError
from goodoffices.formats.allegation_tables.boundaries import areas_text, placed, read_boundaries
from goodoffices.formats.allegation_tables.reader import AllegationRow, AllegationTable, names_of
from goodoffices.formats.input.files import RawFile
from goodoffices.service.open_record import create_record, open_record
from goodoffices.talks.base.enums import Kind
from properties.worlds.cast import START, the_talks
from terminal import bad, good

AREAS = names_of({"hama": ("Hama", "SY05"), "homs": ("Homs", "حمص"), "valley": ("Valley", "SY0502")})


def square(west: float, south: float, side: float) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(kind: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


HAMA = {"ADM1_PCODE": "SY05", "ADM1_EN": "Hama"}
FEATURES = [
    feature("Polygon", [square(36, 35, 2), square(36.5, 35.5, 0.5)], **HAMA),
    feature(
        "MultiPolygon", [[square(36, 33, 1)], [square(38.5, 33, 1)]], adm1_pcode="SY04", adm1_name="X", adm1_name1="حمص"
    ),
    feature("Polygon", [square(37.5, 36.5, 0.5)], ADM2_PCODE="SY0502", ADM2_EN="The Valley", **HAMA),
    feature("Polygon", [square(36, 36.5, 0.5)], ADM2_PCODE="SY0509", ADM2_EN="Elsewhere", **HAMA),
]  # fmt: skip


def raw(*features: dict[str, Any]) -> RawFile:
    text = json.dumps({"type": "FeatureCollection", "features": features or FEATURES}, ensure_ascii=False)
    return RawFile(name="cod.geojson", data=text.encode())


def table(*points: str, area: str = "") -> AllegationTable:
    rows = (
        AllegationRow(kind="drone", occurred_from="2017-01-05T12:10Z", occurred_to="", point=point, area=area)
        for point in points
    )
    return AllegationTable(file="office.csv", rows=tuple(rows))


@pytest.mark.parametrize(
    ("point", "area"),
    [
        ("35.2,36.2", "hama"),
        ("35.7,36.7", ""),  # cut out of the outline
        ("33.5,36.5", "homs"),
        ("33.5,38.6", "homs"),  # the second of two parts
        ("33.5,37.5", ""),
        ("36.7,37.7", "valley"),  # the smallest that the talks know
        ("36.7,36.2", "hama"),  # the talks do not know the district
        ("36.5,33.5", ""),  # exchanged coordinates lie nowhere
    ],
)
def test_a_point_is_in_the_smallest_area_that_the_talks_know(point: str, area: str) -> None:
    [row] = placed(table(point), read_boundaries(raw()), AREAS).rows
    assert (row.area, row.placed_area) == ("", area)


def test_a_point_in_two_areas_of_one_level_is_in_neither() -> None:
    other = feature("Polygon", [square(36, 35, 2)], ADM1_PCODE="SY04", ADM1_EN="Homs")
    [row] = placed(table("35.2,36.2"), read_boundaries(raw(FEATURES[0], other)), AREAS).rows
    assert not row.placed_area


def test_what_a_file_says_of_an_area_stays_and_what_disagrees_is_counted() -> None:
    found = placed(table("35.2,36.2", "33.5,36.5", area="homs"), read_boundaries(raw()), AREAS)
    assert [(row.area, row.placed_area) for row in found.rows] == [("homs", "")] * 2
    assert found.notes == ("1 rows whose place and area disagree: both are kept as they stand",)
    outside = placed(replace(table("1,1"), notes=("a note",)), read_boundaries(raw()), AREAS)
    assert outside.notes[0] == "a note"
    assert "lies in no area of these talks" in outside.notes[1]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (feature("Point", [36, 35], **HAMA), "features 1: this is not an outline but Point"),
        (feature("Polygon", [square(36, 35, 2)], shapeName="Hama"), "no p-code, such as ADM1_PCODE; .* are shapeName"),
        (feature("Polygon", [square(36, 35, 2)[:3]], **HAMA), "is not closed"),
        (feature("Polygon", [], **HAMA), "has no coordinates"),
    ],
)
def test_what_is_no_boundary_is_refused_with_its_place(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(DatasetError, match=why):
        read_boundaries(raw(wrong))


def test_areas_are_written_as_a_talks_file_names_them() -> None:
    text = areas_text(read_boundaries(raw()))
    assert "  sy05: {names: {en: 'Hama'}, code: 'SY05'}" in text
    assert "  sy04: {names: {en: 'X'}, code: 'SY04'}" in text


def test_the_same_file_with_and_without_boundaries_files_no_row_twice(tmp_path: Path) -> None:
    record = tmp_path / "talks.record"
    create_record(record, the_talks(), kind=Kind.EXERCISE, at=START).close()
    (tmp_path / "office.csv").write_text('date,kind,point\n2017-01-05,shelling,"35.2,36.2"\n', encoding="utf-8")
    (tmp_path / "cod.geojson").write_bytes(raw().data)
    with_them = (
        "ledger",
        "import",
        record,
        tmp_path / "office.csv",
        "--seat",
        "rus",
        "--boundaries",
        tmp_path / "cod.geojson",
    )
    assert "1 new rows" in good(*with_them)
    assert "Filed: 0 new rows, 0 changed rows." in good(*with_them)
    assert "Filed: 0 new rows, 0 changed rows." in good(*with_them[:-2])
    with closing(open_record(record, kind=Kind.EXERCISE, write=False)) as room:
        assert [one.area for one in room.view("rus").known.allegations.values()] == ["hama"]
    assert "code: 'SY05'" in good("ledger", "areas", tmp_path / "cod.geojson")
    (tmp_path / "cod.geojson").write_text("{}")
    assert "no list of features" in bad(*with_them)
