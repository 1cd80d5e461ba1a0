"""A file for a ledger on the page: what it would do is shown, it is read in other ways, and then it is filed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from goodoffices.reports.messages.catalogues import LANGUAGES
from properties.worlds.http import Answer
from web.test_refused_files import plain, refused
from web.test_texts import Table, opened_table

ROWS = "id,date,area,kind\n1,2017-01-20,Hama,shelling\n2,2017-01-20,Hama,drone\n"
ARABIC = "التاريخ;المحافظة;النوع;الوصف\n2017-01-20;Hama;قصف;قصف على القرية\n"
ELSEWHERE = "When it was;Which sort;Spot\n2017-01-20;boom;35.1,36.7\n"
MAPPING = "columns: {occurred_from: When it was, kind: Which sort, point: Spot}\nvalues:\n  kind: {boom: shelling}\n"
SQUARE = [[[36.0, 34.0], [38.0, 34.0], [38.0, 36.0], [36.0, 36.0], [36.0, 34.0]]]
BOUNDARIES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"ADM1_EN": "Hama", "ADM1_PCODE": "SY05"},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
    ],
}


@pytest.fixture
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    yield from opened_table(tmp_path_factory.mktemp("desk"))


def n_filed(table: Table) -> int:
    return len(table.world.room.view("rus").known.allegations)


def brought(
    table: Table,
    text: str | bytes = "",
    *,
    language: str = "en",
    mapping: str = "",
    boundaries: object = None,
    seat: str = "rus",
    **fields: str,
) -> Answer:
    """Send the form; a file that is empty is one that was not chosen, as browsers send it."""
    browser = table.browser(seat, language)
    data = text if isinstance(text, bytes) else text.encode()
    files = [("mapping", "m.yaml" if mapping else "", mapping.encode())]
    files.append(("boundaries", "cod.geojson" if boundaries else "", json.dumps(boundaries).encode()))
    sent = {"_key": f"key-of-bringing-{n_filed(table)}", "_form": "bring-j1", "encoding": ""}
    sent |= {name.replace("__", "."): value for name, value in fields.items()}
    return browser.send(f"{browser.base}/ledgers/j1/bring", sent, *files, file=("file", "a.csv" if data else "", data))


def token(answer: Answer) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{32})"', answer.text)
    return found[1] if found else ""


def _selected(answer: Answer, name: str) -> str:
    field = re.search(rf'<select id="[^"]*" name="column.{name}">(.*?)</select>', answer.text, re.S)
    assert field is not None
    chosen = re.search(r'<option value="([^"]*)" selected>', field[1])
    return chosen[1] if chosen else ""


def taken(table: Table, token: str, *, language: str = "en", seat: str = "rus", **fields: str) -> Answer:
    browser = table.browser(seat, language)
    sent = {"_key": f"key-of-taking-{n_filed(table):04}", "_form": "take-j1", "token": token, **fields}
    return browser.post(f"{browser.base}/ledgers/j1/take", sent)


def test_what_a_file_would_do_is_shown_and_only_then_done(table: Table) -> None:
    n = n_filed(table)
    first = brought(table, ROWS)
    assert (first.status, n_filed(table)) == (200, n)
    said = plain(first.text)
    assert "2 new, 0 changed, 0 the same as before, 0 no longer in the file" in said
    assert "line 2" in said
    assert "File these 2 rows" in said
    assert taken(table, token(first)).status == 303
    assert n_filed(table) == n + 2
    again = brought(table, ROWS)
    assert "Nothing in this file is new" in plain(again.text)
    assert not token(again)


def test_changed_and_vanished_rows_are_shown_by_their_handles(table: Table) -> None:
    assert taken(table, token(brought(table, ROWS))).status == 303
    handle = list(table.world.room.view("rus").known.allegations)[-2]
    changed = brought(table, ROWS.splitlines()[0] + "\n1,2017-01-20,Hama,drone\n")
    said = plain(changed.text)
    assert "0 new, 1 changed, 0 the same as before, 1 no longer in the file" in said
    assert f"takes the place of {handle}" in said
    assert "they stay:" in said
    assert taken(table, token(changed)).status == 303
    assert table.world.room.view("rus").known.allegations[handle].revised_by


def test_refused_rows_are_listed_with_line_value_and_remedy(table: Table) -> None:
    n = n_filed(table)
    wrong = brought(table, ROWS + "3,2017-01-20,Hamma,drone\n")
    assert wrong.status == 422
    said = plain(refused(wrong))
    for part in ("Nothing was filed. Rows that are refused: 1.", "a.csv:4:14", "unknown area", "Hamma", "Did you mean"):
        assert part in said, said
    assert not token(wrong)
    assert taken(table, "").status == 422
    assert n_filed(table) == n


def test_only_what_was_shown_is_filed(table: Table) -> None:
    shown = token(brought(table, ROWS))
    brought(table, ROWS + "3,2017-01-20,Hama,drone\n")
    other = taken(table, shown)
    assert other.status == 422
    assert "no longer what was shown" in plain(refused(other))
    assert taken(table, token(other)).status == 303
    assert "no longer kept here" in plain(refused(taken(table, shown)))
    n = n_filed(table)
    assert "no longer kept here" in plain(refused(brought(table)))
    assert n_filed(table) == n


def test_an_encoding_is_asked_for_and_never_taken_silently(table: Table) -> None:
    asked = brought(table, ARABIC.encode("cp1256"))
    assert asked.status == 422
    assert "It may be windows-1256" in plain(asked.text)
    assert '<option value="windows-1256" selected>' in asked.text
    wrong = brought(table, encoding="windows-1251")
    assert wrong.status == 422
    suggested = brought(table, encoding="windows-1256")
    assert "is known by its name" in plain(refused(suggested))
    found = {name: _selected(suggested, name) for name in ("occurred_from", "area", "kind", "words")}
    assert found == {"occurred_from": "التاريخ", "area": "المحافظة", "kind": "النوع", "words": "الوصف"}
    read = brought(table, encoding="windows-1256", **{f"column__{name}": column for name, column in found.items()})
    assert read.status == 200
    assert "قصف على القرية" in read.text
    assert taken(table, token(read)).status == 303
    assert brought(table, ROWS, encoding="klingon").status == 422


def test_a_mapping_file_says_which_column_is_which(table: Table) -> None:
    assert "is known by its name" in plain(refused(brought(table, ELSEWHERE)))
    read = brought(table, mapping=MAPPING)
    assert read.status == 200
    assert "now m.yaml" in plain(read.text)
    assert "1 new" in plain(read.text)
    assert taken(table, token(read)).status == 303


def test_columns_are_chosen_on_the_page_where_a_name_says_nothing(table: Table) -> None:
    rows = ELSEWHERE.replace("boom", "shelling")
    offered = brought(table, rows)
    assert '<option value="Which sort">' in offered.text
    chosen = {"column__occurred_from": "When it was", "column__kind": "Which sort", "column__point": "Spot"}
    read = brought(table, **chosen)
    assert read.status == 200
    assert '<option value="Which sort" selected>' in read.text
    assert "1 new" in plain(read.text)
    kept = ROWS.replace("id,date", "id,date").replace("kind\n", "kind\n")
    suggested = brought(table, kept)
    assert '<option value="id" selected>' in suggested.text
    without = brought(
        table, column__source_id="", column__occurred_from="date", column__kind="kind", column__area="area"
    )
    assert "columns that are not read: id" in plain(without.text).lower()


def test_boundaries_place_points_without_an_area(table: Table) -> None:
    read = brought(table, ELSEWHERE, mapping=MAPPING, boundaries=BOUNDARIES)
    assert read.status == 200
    assert "it is the one in whose boundary their point lies" in plain(read.text)
    assert taken(table, token(read)).status == 303
    assert list(table.world.room.view("rus").known.allegations.values())[-1].area == "hama"


def test_rows_are_masked_as_chosen(table: Table) -> None:
    shown = token(brought(table, ROWS))
    assert taken(table, shown, mask_place="nonsense").status == 400
    assert taken(table, shown, mask_place="withheld", mask_time="week").status == 303
    held = list(table.world.room.view("rus").known.allegations.values())[-1]
    assert (held.mask.place, held.mask.time) == ("withheld", "week")


def test_a_seat_that_does_not_keep_the_ledger_brings_nothing(table: Table) -> None:
    n = n_filed(table)
    for seat in ("gov", "un"):
        assert brought(table, ROWS, seat=seat).status in (404, 422)
        assert taken(table, "0" * 32, seat=seat).status in (404, 422)
    assert n_filed(table) == n


WRONG = {
    "mapping-no-yaml": {"mapping": "columns: {a: [b\n"},
    "mapping-words": {"mapping": "hello"},
    "mapping-key": {"mapping": "colums: {kind: Kind}"},
    "mapping-field": {"mapping": "columns: {sort: kind}"},
    "mapping-constant": {"mapping": "constants: {colour: red}"},
    "mapping-encoding": {"mapping": "encoding: klingon"},
    "mapping-texts": {"mapping": "columns: [a, b]"},
    "mapping-values": {"mapping": "values: {kind: x}"},
    "mapping-total": {"mapping": "columns: {killed: killed_cumulative}"},
    "mapping-running": {"mapping": "running_totals: yes"},
    "mapping-truth": {"mapping": "reports_every_day: maybe"},
    "mapping-column": {"mapping": "columns: {kind: Nowhere}"},
    "no-features": {"boundaries": {"type": "x"}},
    "no-outline": {"boundaries": {"features": [{"properties": {}, "geometry": {"type": "Point"}}]}},
    "no-code": {"boundaries": {"features": [{"properties": {"a": "b"}, "geometry": {"type": "Polygon"}}]}},
    "no-json": {"boundaries": "x"},
    "not-closed": {
        "boundaries": {
            "features": [
                {"properties": {"ADM1_PCODE": "x"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [2, 3]]]}}
            ]
        }
    },
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_wrong_with_a_second_file_is_said_in_the_language_of_the_page(table: Table, name: str) -> None:
    english = plain(refused(brought(table, ROWS, **WRONG[name])))  # type: ignore[arg-type]
    for language in (code for code in LANGUAGES if code != "en"):
        told = refused(brought(table, ROWS, language=language, **WRONG[name]))  # type: ignore[arg-type]
        assert 'lang="en"' not in told, (language, plain(told))
        assert plain(told) != english, language
    assert not table.world.server.tables["rus"].table
