"""Does it hold, by each ledger of a view: what was not observed is never zero, and nothing is added up over ledgers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from goodoffices.ceasefire.verdicts import Reason, Verdict, WeekVerdict
from goodoffices.event_table import CellWord
from goodoffices.reports.ceasefire.day_picture import DayRow, PictureWords, day_picture
from goodoffices.reports.ceasefire.ledger_weeks import LedgerWeeks, holding, shown_days, weeks_csv
from goodoffices.reports.ceasefire.place_picture import Place, PlaceWords, place_picture
from goodoffices.reports.ceasefire.view_tables import ledger_table
from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.ceasefire import Area, CeasefireTerms, DayReport, InForce, Ledger
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import (
    KnownAccess,
    KnownAllegation,
    KnownExposure,
    KnownFinding,
    KnownLedger,
    KnownTerms,
)

FORCE = date(2017, 3, 1)
FIRST = FORCE - timedelta(days=60)


def alleged(n: int, day: date, area: str = "north", ledger: str = "j1", **more: object) -> KnownAllegation:
    at = f"{day}T12:00Z"
    given = {"kind": "shelling", "occurred_from": at, "occurred_to": at, "alleged_violator": "not-said", "by": "mon"}
    return KnownAllegation(
        handle=f"a{n}",
        ledger=ledger,
        area=area,
        at=datetime(2018, 1, 1, tzinfo=UTC),
        **{**given, **more},  # type: ignore[arg-type]
    )


def known(allegations: list[KnownAllegation], *, reports: str = "every day", **more: object) -> Knowledge:
    """One ledger with these allegations, in talks whose cease-fire is claimed to be in force since 1 March."""
    terms = CeasefireTerms(
        slug="t", title="T", in_force=(InForce(instant=datetime(2017, 3, 1, tzinfo=UTC), zone="UTC"),)
    )
    held = KnownLedger(
        handle="j1", ledger=Ledger(slug="j", keeper="mon", reports=reports),
        allegations=Log([one.handle for one in allegations]), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    made = Knowledge("un").set("allegations", Table({one.handle: one for one in allegations}))
    made = made.set("areas", Table({"north": Area(slug="north", names=(Name(text="North"),))}))
    made = made.put("terms", "n1", KnownTerms(handle="n1", terms=terms, by="un"))
    return made.put("ledgers", "j1", held)


def daily(before: int, after: int, days: int = 35) -> list[KnownAllegation]:
    """Reports of the north before and after, and one a day of the south, so that the ledger is never silent."""
    counts = [(FIRST + timedelta(days=n), before) for n in range(60)]
    counts += [(FORCE + timedelta(days=n), after) for n in range(days)]
    rows = [day for day, count in counts for _ in range(count)]
    south = [alleged(5000 + n, FIRST + timedelta(days=n), "south") for n in range(60 + days)]
    return [*(alleged(n, day) for n, day in enumerate(rows)), *south]


def north(ledger: LedgerWeeks) -> WeekVerdict:
    [one] = [area for area in ledger.areas if area.area == "north"]
    assert one.last is not None
    return one.last


def test_an_area_is_judged_by_each_ledger_with_the_rule_that_made_it() -> None:
    for after, verdict, reason in ((0, Verdict.HOLDING, Reason.LOW), (3, Verdict.STRAINED, Reason.HALFWAY),
                                   (4, Verdict.BROKEN, Reason.BACK)):  # fmt: skip
        found = holding(known(daily(5, after)), until=FORCE + timedelta(days=34))
        [ledger] = found.ledgers
        last = north(ledger)
        assert (last.verdict, last.reason) == (verdict, reason)
        assert "north" in [one.area for one in ledger.with_verdict(verdict)]
        assert found.week_ends == FORCE + timedelta(days=34)


def test_c11_days_of_which_nobody_says_that_they_were_seen_are_no_zero() -> None:
    some = [alleged(0, FIRST), alleged(1, FORCE + timedelta(days=34))]
    [ledger] = holding(known(some, reports="unknown")).ledgers
    stream = ledger.of.streams[0]
    assert int(stream.observed.sum()) == 2
    assert not np.any(stream.y == 0)
    last = ledger.areas[0].last
    assert last is not None
    assert (last.verdict, last.reason) == (Verdict.CANNOT_TELL, Reason.UNOBSERVED)
    assert not ledger.tells


def test_c11_what_the_keeper_says_it_could_see_makes_a_zero_and_where_it_was_stopped_none() -> None:
    seen = KnownExposure(day_from=FIRST, day_to=FORCE, percent=50, means="patrol", area="north")
    stopped = KnownAccess(day_from=FORCE, day_to=FORCE, area="north")
    made = known(daily(1, 0), reports="unknown", exposures=Log([seen]), accesses=Log([stopped]))
    [ledger] = holding(made).ledgers
    stream = next(one for one in ledger.of.streams if one.area == "north")
    assert stream.exposure[0] == 0.5
    at = stream.index(FORCE)
    assert np.isnan(stream.y[at])
    assert stream.word(at) is CellWord.ACCESS_DENIED


def test_c12_a_stated_zero_is_not_a_silent_day() -> None:
    days = Log([
        DayReport(day=FORCE, counts=(), total=0),
        DayReport(day=FORCE + timedelta(days=2), counts=(("north", 3),), total=3),
    ])  # fmt: skip
    [ledger] = holding(known([], reports="unknown", days=days)).ledgers
    total = ledger.of.total
    assert [total.cell(at) for at in range(3)] == ["stated as none", "no report", "3"]


def test_bulletins_and_single_allegations_of_one_ledger_are_never_counted_together() -> None:
    days = Log([DayReport(day=FORCE, counts=(("north", 3),), total=5)])
    made = known([alleged(0, FORCE)], reports="unknown", days=days)
    table = ledger_table(made, made.ledgers["j1"], name="j")
    assert sum(event.count for event in table.events) == 5
    assert [(event.area, event.count) for event in table.events] == [("north", 3), ("", 2)]
    assert "1 single allegations stand beside the bulletins" in table.notes[0]


def test_what_was_withdrawn_replaced_or_set_aside_is_in_no_count() -> None:
    rows = [
        alleged(0, FORCE), alleged(1, FORCE, withdrawn=True), alleged(2, FORCE, revised_by="a0"),
        alleged(3, FORCE, screened="set-aside"),
    ]  # fmt: skip
    made = known(rows)
    assert len(ledger_table(made, made.ledgers["j1"], name="j").events) == 1


def test_three_lethal_findings_in_a_week_strain_a_quiet_area() -> None:
    day = FORCE + timedelta(days=33)
    found = (KnownFinding(by="un", result="violation"),)
    rows = [*daily(5, 0), *(alleged(1000 + n, day, killed="1-2-3", findings=found) for n in range(3))]
    [ledger] = holding(known(rows), until=FORCE + timedelta(days=34)).ledgers
    last = north(ledger)
    assert (last.verdict, last.reason) == (Verdict.STRAINED, Reason.LETHAL)


def test_without_a_claim_of_entry_into_force_nothing_is_said() -> None:
    made = known(daily(1, 1)).set("terms", Table())
    found = holding(made)
    assert found.force is None
    assert all(one.last is None for ledger in found.ledgers for one in ledger.areas)


def test_the_table_has_the_numbers_of_the_page() -> None:
    found = holding(known(daily(5, 3)), until=FORCE + timedelta(days=34))
    text = weeks_csv(found, names={"j1": "Monitors"})
    last = north(found.ledgers[0])
    assert "\nMonitors,north,4,2017-04-04,strained," in text
    assert f",{last.level!r}," in text


@pytest.mark.parametrize("force", [None, FORCE])
def test_the_picture_hatches_what_nobody_saw_and_is_the_same_each_time(force: date | None) -> None:
    [ledger] = holding(known([alleged(0, FORCE), alleged(1, FORCE + timedelta(days=20))], reports="unknown")).ledgers
    days = shown_days(FORCE + timedelta(days=20), force)
    words = PictureWords(title="<b>", said="said", seen="seen")
    rows = [DayRow(name="A & B", highest="most", stream=one.stream) for one in ledger.areas]
    drawn = day_picture(rows, days, ledger.of.total, words, force=force)
    assert drawn == day_picture(rows, days, ledger.of.total, words, force=force)
    assert "A &amp; B" in drawn
    assert "<b>" not in drawn
    assert len(re.findall('class="bar"', drawn)) == 2
    assert len(re.findall('class="hatched"', drawn)) >= 2


def test_the_picture_of_places_tells_ledgers_apart_without_colour_and_draws_no_border() -> None:
    places = [Place(latitude=35.0, longitude=36.0, precision=1, ledger=n) for n in range(3)]
    drawn = place_picture(
        places, PlaceWords(title="<i>", said="said", names=(("A & B", 35.0, 36.0), ("C", 35.0, 36.0)))
    )
    assert drawn == place_picture(
        list(reversed(places)), PlaceWords(title="<i>", said="said", names=(("A & B", 35.0, 36.0), ("C", 35.0, 36.0)))
    )
    for shape in ("<circle", "<rect", "<polygon"):
        assert drawn.count(f"{shape}") >= 1
    assert "A &amp; B" in drawn
    assert "<i>" not in drawn
    assert "<path" not in drawn
    heights = re.findall(r'y="([0-9.]+)" class="label">[AC]', drawn)
    assert float(heights[1]) - float(heights[0]) >= 14
