"""Allegations of several ledgers about one event: linked by a person, never added up, and taken apart again."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, ReportDay, WithdrawAllegation
from goodoffices.talks.ceasefire.exposure import RecordAccess, RecordExposure
from goodoffices.talks.ceasefire.findings import RecordVerification, ScreenAllegation
from goodoffices.talks.ceasefire.incidents import (
    LinkAllegation,
    OpenIncident,
    UnlinkAllegation,
    incidents_of,
    shares_of,
)
from goodoffices.talks.ceasefire.queries import allegation_totals, ledger_totals
from goodoffices.talks.model.ceasefire import DayReport
from stories import Story, words


def alleged(story: Story, seat: str, ledger: str, **more: object) -> str:
    given = {"kind": "shelling", "occurred_from": story.at - timedelta(days=9), "area": "hama", **more}
    story.do(seat, FileAllegation(ledger=ledger, **given))  # type: ignore[arg-type]
    return list(story.view(seat).known.allegations)[-1]


def three() -> Story:
    """Two allegations of Russia's ledger and one of Turkey's."""
    story = Story()
    alleged(story, "rus", "j1", killed="3-5-8")
    alleged(story, "rus", "j1")
    alleged(story, "tur", "j2", killed="1-?-?")
    return story


def test_c15_an_incident_shows_each_ledger_by_itself_and_unlinking_restores_every_allegation() -> None:
    story = three()
    before = story.view("gov").known.allegations
    story.do("sec", OpenIncident(allegations=("a1", "a3"), why=words("same bridge, same hour")))
    shares = shares_of(story.view("gov").known, "x1")
    assert [(one.ledger, one.allegations, one.killed) for one in shares] == [
        ("j1", ("a1",), ("3-5-8",)), ("j2", ("a3",), ("1-?-?",)),
    ]  # fmt: skip
    assert not {"killed_total", "total"} & set(dir(shares[0]))
    story.do("ana", UnlinkAllegation(incident="x1", allegation="a3", why=words("another bridge")))
    story.do("ana", UnlinkAllegation(incident="x1", allegation="a1"))
    assert story.view("gov").known.allegations == before
    assert not incidents_of(story.view("gov").known, "a1")
    assert story.refused("ana", UnlinkAllegation(incident="x1", allegation="a1")) == "unknown"


def test_c28_the_order_of_links_and_of_arrival_changes_no_table() -> None:
    tables = set()
    for order in itertools.permutations(("a2", "a3")):
        story = three()
        story.do("sec", OpenIncident(allegations=("a1",)))
        for handle in order:
            story.do("sec", LinkAllegation(incident="x1", allegation=handle))
        tables.add(shares_of(story.view("un").known, "x1"))
    assert len(tables) == 1
    counts = set()
    for kinds in itertools.permutations(("shelling", "drone", "overflight")):
        story = Story()
        for kind in kinds:
            alleged(story, "rus", "j1", kind=kind)
        counts.add(allegation_totals(story.view("gov").known, "j1"))
    assert len(counts) == 1


def test_c16_nothing_is_linked_by_itself_and_only_those_who_may_link() -> None:
    story = three()
    assert not story.view("sec").known.incidents
    assert story.refused("gov", OpenIncident(allegations=("a1",))) == "not_your_power"
    story.do("sec", OpenIncident(allegations=("a1",)))
    assert story.refused("ana", OpenIncident(allegations=("a1", "a2"))) == "done"
    story.do("rus", WithdrawAllegation(allegation="a2"))
    assert story.refused("sec", LinkAllegation(incident="x1", allegation="a2")) == "done"
    assert story.refused("sec", OpenIncident(allegations=())) == "unknown"


def test_a_seat_learns_of_a_link_only_if_it_knows_all_that_is_linked() -> None:
    story = three()
    story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=("sec",)))
    [closed] = [h for h, held in story.view("rus").known.ledgers.items() if held.ledger.slug == "closed"]
    hidden = alleged(story, "rus", closed)
    story.do("sec", OpenIncident(allegations=("a1", list(story.view("sec").known.allegations)[-1])))
    assert story.view("rus").known.incidents
    assert not story.view("gov").known.incidents
    story.do("sec", OpenIncident(allegations=("a2",)))
    [seen] = story.view("gov").known.incidents.values()
    assert seen.allegations == ("a2",)
    assert hidden not in repr([notice.plain() for notice in story.view("gov").notices])


def test_c1_a_link_and_an_allegation_change_no_figure_of_another_ledger() -> None:
    story = three()
    story.do("tur", ReportDay(ledger="j2", report=DayReport(day=date(2017, 1, 20), counts=(("hama", 2),), total=2)))
    known = story.view("gov").known
    before = (ledger_totals(known.ledgers["j2"]), allegation_totals(known, "j2"))
    alleged(story, "rus", "j1")
    story.do("sec", OpenIncident(allegations=("a1", "a3")))
    known = story.view("gov").known
    assert (ledger_totals(known.ledgers["j2"]), allegation_totals(known, "j2")) == before


def test_late_verification_is_a_number_of_its_own() -> None:
    story = three()
    story.do("rus", ScreenAllegation(allegation="a1", result="in"))
    for handle, day in (("a1", story.at.date()), ("a2", story.at.date() - timedelta(days=9))):
        story.do("un", RecordVerification(allegation=handle, result="verified", method="a visit", day=day))
    totals = allegation_totals(story.view("gov").known, "j1")
    assert (totals.counted, totals.waiting, totals.verified, totals.verified_late) == (2, 1, 2, 1)
    week = allegation_totals(story.view("gov").known, "j1", since=date(2017, 1, 16), until=date(2017, 1, 22))
    assert (week.counted, week.verified, week.verified_late) == (0, 1, 1)


def test_c11_what_a_ledger_could_see_is_said_by_its_keeper_with_days_and_share() -> None:
    story = Story()
    seen = {"ledger": "j1", "day_from": date(2017, 1, 10), "day_to": date(2017, 1, 12), "means": "patrol"}
    story.do("rus", RecordExposure(percent=60, area="hama", **seen))  # type: ignore[arg-type]
    story.do("rus", RecordAccess(ledger="j1", day_from=date(2017, 1, 13), day_to=date(2017, 1, 13), stopped_by="gov"))
    held = story.view("opp").known.ledgers["j1"]
    assert [(one.percent, one.area) for one in held.exposures] == [(60, "hama")]
    assert [one.stopped_by for one in held.accesses] == ["gov"]
    assert story.refused("rus", RecordExposure(percent=101, **seen)) == "bad_figures"  # type: ignore[arg-type]
    assert story.refused("rus", RecordExposure(percent=50, area="atlantis", **seen)) == "unknown"  # type: ignore[arg-type]
    assert story.refused("rus", RecordExposure(percent=5, **{**seen, "day_to": date(2017, 1, 1)})) == "bad_interval"  # type: ignore[arg-type]
    assert story.refused("rus", RecordExposure(percent=5, **{**seen, "day_to": date(2018, 1, 1)})) == "in_future"  # type: ignore[arg-type]
    assert story.refused("tur", RecordExposure(percent=50, **seen)) == "not_yours"  # type: ignore[arg-type]
