"""Rows of a file in a ledger: filed once, revised where they changed, and told to no more than who reads the ledger."""

from __future__ import annotations

import json
import random

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.formats.allegation_tables.reader import AllegationRow, AllegationTable
from goodoffices.reports.ceasefire.imports import ImportPlan, import_commands, import_plan, kept_ledger
from goodoffices.talks.ceasefire.answers import NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, WithdrawAllegation
from goodoffices.talks.ceasefire.findings import ScreenAllegation
from goodoffices.talks.ceasefire.imports import ImportAllegations
from goodoffices.talks.ceasefire.queries import unscreened
from goodoffices.talks.ceasefire.row_texts import allegation_text
from stories import Story, words

KEY = "ab" * 32


def row(n: int, **more: str) -> AllegationRow:
    given = {
        "kind": "shelling",
        "occurred_from": "2017-01-05T12:10Z",
        "occurred_to": "",
        "area": "hama",
        "line": f"line {n}",
    }
    return AllegationRow(**{**given, "words": f"said {n}", "reporter": f"Reporter {n}", **more})


def plan(story: Story, rows: list[AllegationRow], file: str = "office.csv") -> ImportPlan:
    view = story.view("rus")
    return import_plan(view, kept_ledger(view, None), AllegationTable(file=file, rows=tuple(rows)), KEY)


def bring(story: Story, rows: list[AllegationRow], file: str = "office.csv", most: int = 2) -> ImportPlan:
    found = plan(story, rows, file)
    for command in import_commands(found, most=most):
        story.do("rus", command)
    return found


def test_c17_a_file_again_whole_shuffled_or_with_added_rows_changes_nothing_but_the_added_rows() -> None:
    for named in ("", "id"):
        rows = [row(n, source_id=f"r{n}" if named else "") for n in range(5)]
        rows += [row(1, source_id="r9" if named else "")]  # equal but for its name, or in all
        story = Story()
        assert len(bring(story, rows).new) == 6
        before = len(story.talks.acts)
        assert plan(story, rows).n_filed == 0
        shuffled = random.Random(1).sample(rows, len(rows))
        assert plan(story, shuffled).n_filed == 0
        assert len(bring(story, [*shuffled, row(7, source_id="r7" if named else "")]).new) == 1
        assert len(story.view("rus").known.allegations) == 7
        assert len(story.talks.acts) == before + 1


def test_a_row_that_changed_is_a_revision_and_one_that_vanished_is_listed() -> None:
    story = Story()
    rows = [row(n, source_id=f"r{n}") for n in range(3)]
    bring(story, rows)
    found = bring(story, [rows[0]._replace(killed="?-3-?"), rows[1]])
    assert (len(found.new), len(found.revised), found.n_same) == (0, 1, 1)
    assert [one.handle for one in found.missing] == ["a3"]
    known = story.view("rus").known
    assert (known.allegations["a1"].revised_by, known.allegations["a4"].revises) == ("a4", "a1")
    assert [one.handle for one in known.allegations.values() if one.is_counted] == ["a2", "a3", "a4"]
    assert plan(story, [rows[0]._replace(killed="?-3-?"), rows[1]]).n_filed == 0
    assert not plan(story, rows[:1], file="another.csv").missing


def test_c19_who_reported_and_the_tags_stay_with_the_keeper() -> None:
    story = Story()
    bring(story, [row(1)])
    keeper, reader = story.view("rus"), story.view("gov")
    assert allegation_text(keeper, keeper.known.allegations["a1"], "reporter").text == "Reporter 1"
    seen = reader.known.allegations["a1"]
    assert allegation_text(reader, seen, "words").text == "said 1"
    assert (allegation_text(reader, seen, "reporter").text, seen.tag, seen.content, seen.line) == ("", "", "", "")
    assert "Reporter" not in repr([notice.plain() for notice in reader.notices])
    assert "Reporter" not in repr([act.data for act in story.talks.acts])


def test_a_ledger_that_a_seat_does_not_read_gives_it_no_row() -> None:
    story = Story()
    story.do("sec", OpenLedger(slug="mine", title="Mine", seen_by=("un",)))
    view = story.view("sec")
    table = AllegationTable(file="x", rows=(row(1),))
    for command in import_commands(import_plan(view, kept_ledger(view, "mine"), table, KEY)):
        story.do("sec", command)
    assert len(story.view("un").known.allegations) == 1
    assert not story.view("gov").known.allegations


def test_c18_rows_that_may_not_be_passed_on_go_into_no_ledger_that_all_read() -> None:
    story = Story()
    table = AllegationTable(file="acled.csv", rows=(row(1),), may_leave=False)
    story.do("rus", OpenLedger(slug="open", title="Open"))
    view = story.view("rus")
    with pytest.raises(ScenarioError, match="may not be passed on"):
        import_plan(view, kept_ledger(view, "open"), table, KEY)
    story.do("rus", OpenLedger(slug="own", title="Own", seen_by=("rus",)))
    view = story.view("rus")
    for command in import_commands(import_plan(view, kept_ledger(view, "own"), table, KEY)):
        story.do("rus", command)
    for seat in story.view("sec").known.seats:
        assert bool(story.view(seat).known.allegations) is (seat == "rus")


def test_what_was_reviewed_in_the_form_is_taken_in_or_set_aside_and_the_rest_waits() -> None:
    story = Story()
    bring(story, [row(1, review="approved"), row(2, review="rejected"), row(3)], most=3)
    held = story.view("rus").known.allegations
    assert [one.screened for one in held.values()] == ["in", "set-aside", ""]
    assert [one.handle for one in unscreened(story.view("rus").known, "rus")] == ["a3"]
    story.do("rus", ScreenAllegation(allegation="a3", result="in"))


def command(**more: object) -> ImportAllegations:
    given = {
        "ledger": "j1", "columns": ("kind", "occurred_from", "area"),
        "rows": (("shelling", "2017-01-05T12:10Z", "hama"),), "origins": (("t", "c", "line 2"),),
        "texts": words(json.dumps([{}])), "key": words(KEY),
    }  # fmt: skip
    return ImportAllegations(**{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cells",
    [
        ("weather", "2017-01-05T12:10Z", "hama"),
        ("shelling", "2017-01-05", "hama"),
        ("shelling", "2017-06-05T12:10Z", "hama"),
        ("shelling", "2017-01-05T12:10Z", "atlantis"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_all_rows_of_its_act(cells: tuple[str, ...]) -> None:
    story = Story()
    good = ("shelling", "2017-01-05T12:10Z", "hama")
    both = command(rows=(good, cells), origins=(("t", "c", ""), ("u", "d", "")), texts=words("[{},{}]"))
    assert story.refused("rus", both) == "bad_row"
    assert not story.view("rus").known.allegations


def test_rows_without_form_or_filed_before_are_refused() -> None:
    story = Story()
    for wrong in (
        command(columns=("kind", "occurred_from", "colour")),
        command(rows=()),
        command(texts=words("[]")),
        command(texts=words("not JSON")),
        command(key=None),
    ):
        assert story.refused("rus", wrong) == "bad_value"
    assert story.refused("tur", command()) == "not_yours"
    story.do("rus", command())
    assert story.refused("rus", command(key=None)) == "done"
    story.do("rus", WithdrawAllegation(allegation="a1"))
    assert story.refused("rus", command(key=None, revises=("a1",), origins=(("t", "d", ""),))) == "done"


def test_c25_numbers_out_of_order_are_refused_in_a_form() -> None:
    story = Story()
    filed = {"ledger": "j1", "kind": "shelling", "occurred_from": story.at, "area": "hama"}
    assert story.refused("rus", FileAllegation(killed="5-3-8", **filed)) == "bad_value"  # type: ignore[arg-type]
    assert story.refused("rus", FileAllegation(point="95,36", **filed)) == "bad_value"  # type: ignore[arg-type]
    story.do("rus", FileAllegation(killed="3-5-8", point="35.1,36.7", reporter=words("Amal"), **filed))  # type: ignore[arg-type]
    assert story.view("gov").known.allegations["a1"].reporter is None
    assert story.view("rus").text(story.view("rus").known.allegations["a1"].reporter) == "Amal"


def test_c2_an_allegation_revised_by_hand_leaves_the_old_one_readable_and_uncounted() -> None:
    story = Story()
    filed = {"ledger": "j1", "kind": "shelling", "occurred_from": story.at, "area": "hama"}
    story.do("rus", FileAllegation(words=words("first"), **filed))  # type: ignore[arg-type]
    story.do("rus", FileAllegation(words=words("second"), revises="a1", **filed))  # type: ignore[arg-type]
    view = story.view("gov")
    assert view.text(view.known.allegations["a1"].words) == "first"
    assert [one.handle for one in view.known.allegations.values() if one.is_counted] == ["a2"]
    assert story.refused("rus", FileAllegation(revises="a1", **filed)) == "done"  # type: ignore[arg-type]


def test_deadlines_of_rows_that_one_file_brought_pass_in_the_order_of_the_rows() -> None:
    story = Story()
    bring(story, [row(n) for n in range(12)], most=12)
    until = story.in_minutes(120)
    for handle in ("a11", "a2"):
        story.do("rus", NotifyParty(allegation=handle, to="gov", answer_by=until, shown="what-and-where"))
    assert [act.kind for act in story.wait(180)] == ["AnswerMissing", "AnswerMissing"]
    late = [notice.data["allegation"] for notice in story.view("gov").notices if notice.kind == "AnswerMissing"]
    assert late == ["a2", "a11"]
