"""The page of rehearsals: asked with sliders, answered from the own view in both languages, and for nobody else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import find_scenario
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.web.live.analyst_files import AnalystFile, keep_beside
from goodoffices.web.live.calculations import Calculation
from properties.worlds.cast import the_talks
from talks_once import read
from web.test_hall_pages import bare, sent
from web.test_texts import Table, opened_table

ASTANA = find_scenario("astana-2017") / "rehearsal.yaml"
QUICK = {"runs": "1000", "turns": "6", "do": "start"}
pytestmark = pytest.mark.slow  # the first rehearsal of a machine compiles


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    made = opened_table(tmp_path_factory.mktemp("desk"), read("astana-2017"), ready=())
    table = next(made)
    table.world.server.assumed = AnalystFile(ASTANA)
    yield table
    next(made, None)


def calculation(table: Table, seat: str = "analyst") -> Calculation:
    return table.world.server.calculations.of(seat)["rehearsal"]


def finished(table: Table, seat: str = "analyst", **fields: str) -> Calculation:
    assert sent(table, seat, "rehearsal", **{**QUICK, **fields}).status == 303
    held = calculation(table, seat)
    for _ in range(6000):  # on a new machine the first rehearsal compiles
        if held.is_over:
            return held
        time.sleep(0.05)
    raise AssertionError("the rehearsal did not end")


def test_every_assumption_is_a_pair_of_sliders_with_its_source(table: Table) -> None:
    page = table.page("analyst", "rehearsal")
    for name, low, high in (("delay", "0", "3"), ("patience of syria-government", "0.3", "2"), ("travel", "0", "0")):
        ends = re.findall(rf'name="(low|high)\.{name}"[^>]* value="([^"]+)"', page)
        assert ends == [("low", low), ("high", high)], name
    plain = bare(page)
    assert "Source: invented: walking between rooms" in plain
    assert "Nobody has assumed anything here." in plain
    assert "Nothing is worked out yet." in plain


def test_the_answer_is_the_command_lines_in_both_languages_with_single_runs_as_pictures(table: Table) -> None:
    held = finished(table, **{"low.delay": "1", "high.delay": "2"})
    assert held.why == ""
    page = table.page("analyst", "rehearsal")
    plain = bare(page)
    for sentence in held.result["en"].sentences:
        assert re.sub(r"[^\w]", "", sentence.text).lower() in re.sub(r"[^\w]", "", plain).lower(), sentence.text
    assert "Source: set on this page" in plain
    assert re.findall(r'name="high\.delay"[^>]* value="([^"]+)"', page) == ["2"]
    assert page.count('<svg viewBox="0 0 360') == 2
    assert "Government of Syria" in plain and "Proposal 1" in plain
    arabic = bare(table.page("analyst", "rehearsal", "ar"))
    assert "الحكومة السورية" in arabic
    assert "Government of Syria" not in arabic
    kinds = [one.kind for one in held.result["en"].examples]
    for kind in kinds:
        shown = table.page("analyst", f"rehearsal?for={kind}")
        assert re.search(rf'class="chip here" href="[^"]+\?for={kind}"', shown)


def test_a_question_that_cannot_be_asked_is_answered_with_the_reason(table: Table) -> None:
    for wrong, why in (
        ({"second": "direct"}, "both formats are the same"),
        ({"strategy": "file:mine.py:Mine"}, "this strategy is not offered here"),
        ({"turns": "1e9"}, "a whole number of turns"),
        ({"runs": "999999999"}, "this number of runs is not offered here"),
        ({"protocol": "none"}, "this protocol is not offered here"),
        ({"form": "aloud"}, "unknown form"),
        ({"first": "by-mail"}, "this format is not offered here"),
    ):
        assert why in finished(table, **wrong).why
        assert why in bare(table.page("analyst", "rehearsal"))
    found = finished(table, **{"low.loss": "9", "high.loss": "-1", "low.delay": "9e9", "high.nothing": "1"})
    assert found.why == ""  # what is no place on a slider leaves it where it was


def test_a_rehearsal_can_be_stopped_and_then_rests_on_what_is_finished(table: Table) -> None:
    sent(table, "analyst", "rehearsal", do="start", runs="50000", turns="400")
    held = calculation(table)
    for _ in range(6000):
        if held.share > 0.0:
            break
        time.sleep(0.02)
    assert "data-busy" in table.page("analyst", "rehearsal")
    sent(table, "analyst", "rehearsal", do="stop")
    for _ in range(6000):
        if held.is_over:
            break
        time.sleep(0.02)
    assert "Interrupted:" in bare(table.page("analyst", "rehearsal"))


def test_who_sees_no_assessments_has_no_such_page(table: Table) -> None:
    for seat in ("government", "opposition", "russia"):
        assert table.status(seat, "rehearsal") == 404
        assert sent(table, seat, "rehearsal", do="start").status == 404
        assert "/rehearsal" not in table.page(seat, "positions")
        assert table.world.server.calculations.of(seat) == {}


def estimate(number: int) -> Estimate:
    return Estimate(low=Fraction(number), high=Fraction(number))


def assessed(talks: TalksFile, *, worth: int, compartment: str | None) -> TalksFile:
    """Return talks in which two parties are assessed for the analyst, and one in a compartment of its own besides."""
    made = [
        Assessment(
            party=party, issue="who-watches", worth=(("guarantors", estimate(one)), ("committee", estimate(other))),
            reservation_value=None, compartment="team",
        )
        for party, one, other in (("gov", 10, 2), ("opp", 1, 8))
    ]  # fmt: skip
    if compartment is not None:
        made.append(replace(made[0], compartment=compartment, worth=(("guarantors", estimate(worth)),)))
    return replace(talks, assessments=tuple(made))


def test_two_worlds_that_differ_in_what_others_assess_give_an_analyst_the_same_bytes(tmp_path: Path) -> None:
    """Nor does a party with a compartment of its own read what the analyst's file assumes."""
    talks = the_talks()
    own = replace(talks.compartments[0], slug="own", seats=("gov",))
    talks = replace(talks, compartments=(*talks.compartments, own))
    pages = []
    for number, worth in enumerate((3, 9)):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = folder / "rehearsal.yaml"
        file.write_text("assumptions: [{quantity: delay, low: 0, high: 5, because: a secret of the analyst}]\n")
        made = opened_table(folder, assessed(talks, worth=worth, compartment="own"), ready=())
        table = next(made)
        table.world.server.assumed = AnalystFile(file)
        if worth == 9:
            finished(table, "gov")  # others are busy in the second world
        held = finished(table, "ana")
        assert held.why == ""
        pages.append([table.page("ana", path, code) for code in ("en", "ar") for path in ("rehearsal", "")])
        assert "a secret of the analyst" in pages[-1][0]
        assert "a secret" not in table.page("gov", "rehearsal")
        assert "a secret" not in table.page("un", "rehearsal")
        next(made, None)
    assert pages[0] == pages[1]


def test_a_file_of_assumptions_goes_with_the_record_and_its_fault_is_named(tmp_path: Path, table: Table) -> None:
    source, folder = tmp_path / "talks", tmp_path / "kept"
    source.mkdir()
    folder.mkdir()
    (source / "rehearsal.yaml").write_text("turns: 7\n", encoding="utf-8")
    keep_beside(source / "talks.yaml", folder)
    assert not (folder / "rehearsal.yaml").exists()
    (source / "talks.yaml").write_text("", encoding="utf-8")
    keep_beside(source / "talks.yaml", folder)
    read_again = AnalystFile(folder / "rehearsal.yaml")
    found = read_again.read()
    assert found is not None and found.n_turns == 7
    bundled = AnalystFile(tmp_path / "astana-2017" / "rehearsal.yaml").read()
    assert bundled is not None and bundled.n_turns == 40
    assert AnalystFile(None).read() is None
    (folder / "rehearsal.yaml").write_text("parties: [nobody-here]\n", encoding="utf-8")
    before, table.world.server.assumed = table.world.server.assumed, read_again
    assert "unknown party" in bare(table.page("analyst", "rehearsal"))
    table.world.server.assumed = before
