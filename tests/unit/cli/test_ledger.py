"""`goodoffices ledger`: files of field offices into a ledger of a record, a form for phones, lines for the radio."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodoffices.formats.allegation_tables.reader import read_allegations
from goodoffices.formats.allegation_tables.source import source_of
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.workbooks import read_workbook
from goodoffices.reports.ceasefire.forms import ledger_form
from goodoffices.reports.ceasefire.imports import names_in
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from properties.worlds.cast import START, the_talks
from stories import Story
from terminal import bad, good

ROWS = 'id,date,area,place,kind,killed,words\n1,2017-01-05,Hama,the bridge,shelling,at least 3,"said, by one"\n'


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "begun"
    folder.mkdir()
    create_record(folder / "talks.record", the_talks(), kind=Kind.EXERCISE, at=START).close()
    return folder


@pytest.fixture
def record(begun: Path, tmp_path: Path) -> Path:
    shutil.copytree(begun, tmp_path / "r")
    return tmp_path / "r" / "talks.record"


def test_a_file_is_filed_once_and_then_only_what_is_new(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.csv"
    file.write_text(ROWS)
    told = good("ledger", "import", record, file, "--seat", "rus", "--dry-run")
    assert "Would be filed: 1 new rows, 0 changed rows" in told
    assert "Filed: 1 new rows" in good("ledger", "import", record, file, "--seat", "rus")
    assert "Filed: 0 new rows, 0 changed rows. The same as before: 1." in good(
        "ledger", "import", record, file, "--seat", "rus"
    )
    file.write_text(ROWS.replace("at least 3", "4") + "2,2017-01-06,Hama,,drone,,\n")
    assert "Filed: 1 new rows, 1 changed rows" in good("ledger", "import", record, file, "--seat", "rus")


def test_one_wrong_row_files_nothing_and_is_named_with_its_cell(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.csv"
    file.write_text(ROWS + "2,2017-01-06,Hamma,,drone,,\n")
    told = bad("ledger", "import", record, file, "--seat", "rus")
    assert "Refused rows of office.csv: 1; nothing was filed" in told
    assert "office.csv:3:14: unknown area 'Hamma'" in told
    file.write_text(ROWS)
    assert "1 new rows" in good("ledger", "import", record, file, "--seat", "rus")
    assert "keeps no ledger" in bad("ledger", "import", record, file, "--seat", "gov")


def test_a_first_mapping_is_suggested(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.csv"
    file.write_text("Day of it,Where,What\n2017-01-05,a farm,shelling\n")
    told = good("ledger", "import", record, file, "--seat", "rus", "--suggest")
    assert "place: Where" in told
    assert "# " in told


def test_a_line_for_the_radio_gets_its_code_and_comes_back(record: Path, tmp_path: Path) -> None:
    line = 'GO1 rus-ledger 017 2017-01-05T14:10+02 p1 "Ain" ? r? shelling K? I? BY? AT? ?'.replace(
        "K? I?", "K?-?-? I?-?-?"
    )
    coded = good("ledger", "line", line).strip()
    file = tmp_path / "radio.txt"
    file.write_text(coded + "\n")
    assert "1 new rows" in good("ledger", "import", record, file, "--seat", "rus")


def test_the_form_has_its_questions_and_choices_in_two_languages_and_its_answers_come_back() -> None:
    view = Story().view("rus")
    sheets = {
        sheet.name: sheet.rows for sheet in read_workbook(RawFile(name="f.xlsx", data=ledger_form(view)), 500) or ()
    }
    survey = [row.cells for row in sheets["survey"]]
    assert survey[0][:6] == ("type", "name", "required", "constraint", "label::English (en)", "label::العربية (ar)")
    assert all(row[4] and row[5] and row[4] != row[5] for row in survey[1:])
    assert ("area", "hama") in {row.cells[:2] for row in sheets["choices"]}
    names = [row[1] for row in survey[1:]]
    answers = {"occurred_from": "2017-01-05T14:10:00.000+02:00", "kind": "shelling", "area": "hama", "killed": "3"}
    text = ",".join([*names, "KEY", "SubmissionDate"]) + "\n"
    text += ",".join([*(answers.get(name, "") for name in names), "uuid:1", "2017-01-06T08:00:00.000Z"]) + "\n"
    found = read_allegations(
        source_of(RawFile(name="a.csv", data=text.encode())), names_in(view, datetime(2017, 2, 1, tzinfo=UTC))
    )
    assert [(row.kind, row.area, row.killed) for row in found.rows] == [("shelling", "hama", "?-3-?")]
    assert ledger_form(view) == ledger_form(view)


def test_the_form_is_one_that_kobotoolbox_and_odk_can_load(tmp_path: Path) -> None:
    pyxform = pytest.importorskip("pyxform.xls2xform")
    path = tmp_path / "form.xlsx"
    path.write_bytes(ledger_form(Story().view("rus")))
    made = pyxform.convert(str(path), validate=False)
    assert not made.warnings
    assert "<h:title>Allegation: Two worlds</h:title>" in made.xform


def test_a_bulletin_of_the_terminal_has_the_figures_of_the_ledgers_and_no_others(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.csv"
    file.write_text(ROWS)
    good("ledger", "import", record, file, "--seat", "rus")
    days = ("day_from=2017-01-02", "day_to=2017-01-08", "ledgers=j1")
    told = bad("act", record, "--seat", "sec", "PrepareBulletin", *days, "figures=none")
    assert "not the figures of a bulletin" in told
    good("act", record, "--seat", "sec", "PrepareBulletin", *days)


def test_an_encoding_is_taken_from_the_mapping_and_never_assumed(record: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "office.csv", tmp_path / "office.yaml"
    file.write_bytes("date;area;kind;words\n2017-01-05;hama;قصف;سقطت على المدينة\n".encode("cp1256"))
    assert "UTF-8" in bad("ledger", "import", record, file, "--seat", "rus")
    suggested = good("ledger", "import", record, file, "--seat", "rus", "--suggest")
    assert "encoding: windows-1256" in suggested
    assert "Are these words right? قصف" in suggested
    mapping.write_text(suggested.replace("windows-1256", "windows-1251"), encoding="utf-8")
    told = bad("ledger", "import", record, file, "--seat", "rus", "--mapping", mapping)
    assert "office.csv:2:26: read as windows-1251 this is" in told
    mapping.write_text(suggested, encoding="utf-8")
    assert "1 new rows" in good("ledger", "import", record, file, "--seat", "rus", "--mapping", mapping)
    mapping.write_text(suggested.replace("windows-1256", "klingon"), encoding="utf-8")
    assert "unknown encoding 'klingon'" in bad("ledger", "import", record, file, "--seat", "rus", "--mapping", mapping)
