"""What counts of deaths leave out, and what becomes of an actor's name after a merger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from goodoffices.ceasefire.streams import Measure
from goodoffices.formats.event_tables.reader import read_events
from goodoffices.reports.ceasefire.view_tables import ledger_table
from goodoffices.talks.base.enums import ChangeKind
from goodoffices.talks.ceasefire.commands import FileAllegation
from goodoffices.talks.ceasefire.queries import ActorTotal, actor_totals
from goodoffices.talks.commitments.commands import RecordChange
from goodoffices.talks.model.ceasefire import DEATH_TIMINGS, LATE_DEATHS
from goodoffices.talks.model.obligations import ActorChange
from stories import Story

BEGUN = datetime(2017, 1, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize("timing", [None, *DEATH_TIMINGS])
def test_c24_deaths_approved_late_recovered_or_of_earlier_wounds_are_in_no_count_of_deaths(timing: str | None) -> None:
    story = Story()
    story.do("rus", FileAllegation(ledger="j1", kind="shelling", occurred_from=BEGUN, area="hama", killed="3-5-8",
                                   death_timing=timing))  # fmt: skip
    known = story.view("rus").known
    [event] = ledger_table(known, known.ledgers["j1"], name="j1").events
    is_late = timing in LATE_DEATHS
    assert (event.count, event.deaths, event.deaths_low, event.deaths_high) == (
        (1, None, None, None) if is_late else (1, 5, 3, 8)
    )
    notes = ledger_table(known, known.ledgers["j1"], name="j1").notes
    assert any("died earlier" in note for note in notes) is is_late
    assert Measure.DEATHS.value == "deaths"


def test_c24_the_same_holds_for_a_table_of_events(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text(
        "date,area,killed,death_timing\n2017-01-10,Hama,5,\n2017-01-11,Hama,7,late approval\n"
        "2017-01-12,Hama,2,new\n2017-01-13,Hama,4,recovered\n2017-01-14,Hama,9,succumbed\n"
    )
    table = read_events(file)
    assert [event.deaths for event in table.events] == [5, None, 2, None, None]
    assert any(note.startswith("3 rows of people who died earlier") for note in table.notes)


def filed(story: Story, violator: str, day: int) -> None:
    story.do("rus", FileAllegation(ledger="j1", kind="shelling", occurred_from=BEGUN + timedelta(days=day),
                                   area="hama", alleged_violator=violator))  # fmt: skip


def test_c29_after_a_merger_an_allegation_keeps_the_actor_named_then_and_the_table_has_both_readings() -> None:
    story = Story()
    filed(story, "group-a", 0)
    filed(story, "group-a", 1)
    filed(story, "gov", 1)
    before = actor_totals(story.view("rus").known, "j1")
    assert before == (ActorTotal(actor="group-a", named=2, today=2), ActorTotal(actor="gov", named=1, today=1))
    merged = ActorChange(
        slug="m", kind=ChangeKind.MERGE, sources=("group-a",), targets=("group-b",), when=date(2017, 1, 11)
    )
    story.do("ana", RecordChange(change=merged))
    filed(story, "group-b", 5)
    known = story.view("rus").known
    assert [held.alleged_violator for held in known.allegations.values()] == ["group-a", "group-a", "gov", "group-b"]
    assert actor_totals(known, "j1") == (
        ActorTotal(actor="group-a", named=2, today=0),
        ActorTotal(actor="group-b", named=1, today=3),
        ActorTotal(actor="gov", named=1, today=1),
    )


def test_c29_what_an_actor_did_after_a_change_is_not_moved_to_its_successors() -> None:
    story = Story()
    left = ActorChange(
        slug="m", kind=ChangeKind.MERGE, sources=("group-a",), targets=("group-b",), when=date(2017, 1, 5)
    )
    story.do("ana", RecordChange(change=left))
    filed(story, "group-a", 0)
    assert actor_totals(story.view("rus").known, "j1") == (ActorTotal(actor="group-a", named=1, today=1),)
