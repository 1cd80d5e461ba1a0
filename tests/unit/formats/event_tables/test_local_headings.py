"""A first mapping knows the headings of tables in five further languages; each heading is of one field only."""

from __future__ import annotations

import pytest

from goodoffices.formats.allegation_tables.fields import FIELDS as OF_ALLEGATIONS
from goodoffices.formats.event_tables.column_mappings import suggested_mapping
from goodoffices.formats.event_tables.fields import FIELDS, fields_of
from goodoffices.formats.event_tables.local_headings import LOCAL_HEADINGS, heading_key, with_local_headings

TABLES = {
    "Persian": ("تاریخ", "استان", "مکان", "نوع حادثه", "کشته‌ها", "منبع"),
    "Persian on an Arabic keyboard": ("تاريخ", "استان", "مكان", "نوع حادثه", "كشته ها", "منبع"),
    "Arabic": ("التاريخ", "المحافظة", "المكان", "النوع", "القتلى", "المصدر"),
    "Russian": ("Дата", "Область", "Место", "Вид", "Убитые", "Источник"),
    "Turkish": ("Tarih", "Bölge", "Yer", "Tür", "Ölü", "Kaynak"),
    "Kazakh": ("Күні", "Облыс", "Орны", "Түрі", "Қаза тапқандар", "Дереккөз"),
}


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_table_of_events_is_mapped_whole(language: str) -> None:
    text = suggested_mapping(TABLES[language])
    found = dict(line.strip().split(": ") for line in text.splitlines() if line.startswith("  ") and "#" not in line)
    fields = ("first_day", "area", "place", "kind", "deaths", "source")
    assert {field: name.strip("'") for field, name in found.items()} == dict(zip(fields, TABLES[language], strict=True))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_table_of_allegations_is_mapped_too(language: str) -> None:
    text = suggested_mapping(TABLES[language], OF_ALLEGATIONS)
    lines = [line.strip() for line in text.splitlines() if line.startswith("  ") and "#" not in line]
    assert {"occurred_from", "area", "place", "kind", "killed"} == {line.split(": ")[0] for line in lines}


@pytest.mark.parametrize("fields", [FIELDS, OF_ALLEGATIONS], ids=["events", "allegations"])
def test_no_heading_is_of_two_fields(fields: dict[str, tuple[str, ...]]) -> None:
    own = [(heading_key(name), field) for field, names in with_local_headings(fields).items() for name in set(names)]
    local = {heading_key(name) for names in LOCAL_HEADINGS.values() for name in names}
    for key in sorted(local):
        assert len({field for name, field in own if name == key}) <= 1, key


def test_they_are_not_taken_unasked() -> None:
    assert fields_of(TABLES["Persian"]) == {}
