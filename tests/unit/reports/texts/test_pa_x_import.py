"""Rows of PA-X: texts of the world on the dataset's word, beside what the record shows; they change no finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main
from goodoffices.errors import UnknownWordError
from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.reports.texts.finding_sentences import finding_in_english, standing_rows
from goodoffices.reports.texts.pa_x_import import fragment, rows_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import view_after
from goodoffices.talks.documents.agreement import Basis
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import family_of, finding_of
from properties.worlds.cast import START

pytestmark = pytest.mark.slow

# Rows in the form of the dataset, written for this test: status columns as it uses them, cells of ours.
ROWS = (
    "AgtId,Agt,Dat,Status,Part,ThrdPart\n"
    "2092,Joint Statement on Astana,2017-01-24,Multiparty signed/agreed,"
    '"Iran; Russia; Turkey; Government of Syria (signed)",Kazakhstan\n'
    "7,Another text,1999-01-01,Status unclear,Somebody,\n"
)
STATEMENT = "joint-statement-2017-01-24"


def astana(path: str = "astana-2017") -> View:
    return view_after(opening(read_talks(path), kind=Kind.EXERCISE, at=START), "secretariat")


@pytest.fixture
def included(tmp_path: Path) -> View:
    """Return Astana with the row included, as the command writes it."""
    view = astana()
    folder = tmp_path / "astana"
    shutil.copytree(find_scenario("astana-2017"), folder)
    rows = [row for row in rows_of(view, ROWS.encode(), name="pax.csv").rows if row.of]
    (folder / "pax.yaml").write_text(fragment(view, rows), encoding="utf-8")
    talks = folder / "talks.yaml"
    talks.write_text(talks.read_text(encoding="utf-8").replace("texts.yaml", "texts.yaml, pax.yaml", 1), "utf-8")
    return astana(str(folder))


def test_a_row_is_of_the_text_that_claims_from_that_very_row_speak_of() -> None:
    by_id = {row.id: row for row in rows_of(astana(), ROWS.encode(), name="pax.csv").rows}
    assert by_id["2092"].of == STATEMENT
    assert by_id["7"].of == ""
    named = {actor for _, actor in by_id["2092"].named}
    assert {"iran", "russia", "turkey", "syria-government", "kazakhstan"} <= named


def test_a_row_of_another_day_than_its_text_is_pointed_out() -> None:
    view = astana()
    assert not any("it is taken for" in line for line in rows_of(view, ROWS.encode(), name="pax.csv").unread)
    other = rows_of(view, ROWS.replace("2092,", "2093,").encode(), name="pax.csv")
    assert any("of 2017-05-04, but its date is 2017-01-24; check its number" in line for line in other.unread)


def test_a_row_and_a_text_that_are_not_there_are_refused_by_name() -> None:
    for same in ({"9": STATEMENT}, {"7": "no-such-text"}):
        with pytest.raises(UnknownWordError):
            rows_of(astana(), ROWS.encode(), name="pax.csv", same=same)
    held = rows_of(astana(), ROWS.encode(), name="pax.csv", same={"7": "moscow-statement-2016-12-20"}).rows
    assert {row.of for row in held} == {STATEMENT, "moscow-statement-2016-12-20"}


def test_the_dataset_calls_it_signed_and_the_record_does_not(included: View) -> None:
    family = family_of(included, STATEMENT)
    assert family is not None
    told = finding_in_english(included, family)
    assert told[0] == "Not agreed."
    assert "PA-X calls it “Multiparty signed/agreed”. That says nothing about what any one actor did." in told
    assert "This record does not show it as agreed by those whose agreement it needs." in told


def test_what_the_row_says_of_an_actor_is_what_others_say_and_changes_no_finding(included: View) -> None:
    before, after = family_of(astana(), STATEMENT), family_of(included, STATEMENT)
    assert before is not None
    assert after is not None
    [row] = [row for row in standing_rows(after) if row.actor == "syria-government"]
    assert [(said.kind.value, said.word, said.by) for said in row.others] == [("signed", Basis.OTHERS, "PA-X")]
    assert finding_of(after).verdict is finding_of(before).verdict
    assert finding_of(after).reasons == finding_of(before).reasons


def test_the_terminal_shows_a_row_beside_the_record_and_takes_texts_out_as_rows(tmp_path: Path) -> None:
    (tmp_path / "pax.csv").write_text(ROWS, encoding="utf-8")
    out = tmp_path / "pax.yaml"
    given = ["text", "pax", "astana-2017", "--rows", str(tmp_path / "pax.csv"), "--to", str(out)]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    assert "PA-X says: “Multiparty signed/agreed”." in result.output
    assert "About Government of Syria and armed opposition groups. " in result.output
    assert "1 row(s) belong to no text of these talks" in result.output
    assert f"copy_of: {STATEMENT}" in out.read_text(encoding="utf-8")
    table = CliRunner().invoke(main, ["text", "pax", "astana-2017"]).output
    assert table.startswith("AgtId,Agt,Dat,")
    [line] = [line for line in table.splitlines() if line.startswith(STATEMENT)]
    assert "Status unclear" in line


def test_rows_that_end_early_and_long_titles_are_said() -> None:
    rows = f"AgtId,Agt,Dat,Status,Part,ThrdPart\n7,{'x' * 600},1999-01-01,Signed,A,B\n8,Short,1999-01-02,Sig"
    unread = rows_of(astana(), rows.encode(), name="pax.csv").unread
    assert unread == (
        "line 2, AgtId '7': the title has more than 500 characters; the rest was not read",
        "line 3, AgtId '8': the row ends early; what it lacks counts as empty: 2 cells",
    )
