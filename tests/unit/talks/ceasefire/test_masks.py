"""Masks: set by who files, raised by whoever reads the ledger, lowered by its keeper; the rule of three reporters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from goodoffices.talks.ceasefire.answers import NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger
from goodoffices.talks.ceasefire.exposure import RecordExposure
from goodoffices.talks.ceasefire.masks import MaskAllegation, shown_masks
from goodoffices.talks.ceasefire.shares import ShareLedger
from goodoffices.talks.model.ceasefire import Area
from goodoffices.talks.model.masks import Mask
from properties.worlds.cast import the_talks
from stories import Story, words

AREAS = (
    Area(slug="hama", names=(), code="SY-HM"),
    Area(slug="salamiyah", names=(), part_of="hama"),
    Area(slug="aqarib", names=(), part_of="salamiyah"),
)


def told(*reporters: str, **mask: str) -> Story:
    """Russia's ledger, which the envoy and the secretariat read, with one allegation of each reporter."""
    story = Story(replace(the_talks(), areas=AREAS))
    story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=("un", "sec")))
    for n, who in enumerate(reporters):
        at = datetime(2017, 1, 10, 9 + n, 25, tzinfo=UTC)
        story.do(
            "rus",
            FileAllegation(
                ledger="j3", kind="shelling", occurred_from=at, area="aqarib", reporter=words(who) if who else None,
                **{f"mask_{name}": level for name, level in mask.items()},  # type: ignore[arg-type]
            ),
        )  # fmt: skip
    return story


def test_whoever_reads_the_ledger_raises_a_mask_and_its_keeper_alone_lowers_it() -> None:
    story = told("Amal")
    assert story.view("un").known.allegations["a1"].mask == Mask()
    [act] = story.do("un", MaskAllegation(allegation="a1", place="district", time="day", hides=("words",)))
    assert {seat for seat, _ in act.audience} == {"rus", "un", "sec"}
    assert story.view("rus").known.allegations["a1"].mask == Mask(place="district", time="day", hides=("words",))
    finer = MaskAllegation(allegation="a1", place="exact", time="day", hides=("words",))
    assert story.refused("un", finer) == "not_yours"
    assert story.refused("sec", replace(finer, place="withheld", time="hour")) == "not_yours"
    assert story.refused("sec", replace(finer, place="district", hides=())) == "not_yours"
    story.do("rus", finer)
    assert story.refused("rus", finer) == "done"
    assert story.view("sec").known.allegations["a1"].mask.place == "exact"


def test_who_was_only_asked_about_an_allegation_sets_no_mask_and_hears_of_none() -> None:
    story = told("Amal")
    story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(60), shown="what-and-where"))
    n = len(story.view("gov").notices)
    assert story.refused("gov", MaskAllegation(allegation="a1", place="withheld", time="week")) == "not_yours"
    story.do("un", MaskAllegation(allegation="a1", place="withheld", time="week"))
    assert len(story.view("gov").notices) == n


@pytest.mark.parametrize(
    ("reporters", "area"),
    [(("Amal",), "hama"), (("Amal", "amal", "Boris"), "hama"), (("Amal", "Boris", "Cyr"), "salamiyah"),
     (("", "", ""), "hama")],
)  # fmt: skip
def test_with_fewer_than_three_reporters_in_a_district_and_week_the_place_is_one_level_coarser(
    reporters: tuple[str, ...], area: str
) -> None:
    story = told(*reporters, place="district")
    story.do("rus", ShareLedger(ledger="j3", day_from=date(2017, 1, 9), day_to=date(2017, 1, 12), to=("tur",),
                                face="masked"))  # fmt: skip
    [one] = story.view("tur").known.shares.values()
    assert {row[one.columns.index("area")] for row in one.rows} == {area}
    asked = NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(60), shown="what-and-where")
    story.do("rus", asked)
    assert story.view("gov").known.allegations["a1"].area == area


def test_who_does_not_read_the_reporters_counts_none_and_shows_the_coarser_place() -> None:
    story = told("Amal", "Boris", "Cyr", place="district")
    asked = NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(60), shown="what-and-where")
    story.do("sec", asked)
    assert story.view("gov").known.allegations["a1"].area == "hama"
    assert set(shown_masks(story.view("un").known, "j3").values()) == {Mask(place="governorate")}


def test_a_party_is_shown_all_only_of_what_no_mask_hides_and_the_week_where_the_mask_says_so() -> None:
    story = told("Amal", time="week")
    asked = NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(60), shown="all")
    assert story.refused("rus", asked) == "protected"
    story.do("rus", replace(asked, shown="what-and-where"))
    held = story.view("gov").known.allegations["a1"]
    assert (held.occurred_from, held.occurred_to) == ("2017-01-09", "2017-01-15")


def test_days_are_shared_by_the_keeper_alone_with_one_face_and_no_finer() -> None:
    story = told("Amal", "Boris")
    days = ShareLedger(ledger="j3", day_from=date(2017, 1, 9), day_to=date(2017, 1, 12), to=("tur",), face="full")
    assert story.refused("sec", days) == "not_yours"
    assert story.refused("rus", replace(days, day_to=date(2017, 1, 8))) == "bad_interval"
    assert story.refused("rus", replace(days, to=())) == "unknown"
    assert story.refused("rus", replace(days, day_from=date(2016, 1, 1))) == "bad_value"
    [act] = story.do("rus", days)
    assert {seat for seat, _ in act.audience} == {"rus", "tur"}
    [one] = story.view("tur").known.shares.values()
    assert [row[one.columns.index("begins")][:16] for row in one.rows] == ["2017-01-10T09:25", "2017-01-10T10:25"]
    assert not story.view("tur").known.allegations, "who is shared days with does not become a reader of the ledger"
    assert (one.to, one.ledger) == ((), "")
    story.do("un", MaskAllegation(allegation="a1", place="settlement", time="hour"))
    assert story.refused("rus", days) == "protected"
    story.do("rus", replace(days, face="masked"))


def test_shared_figures_hide_small_numbers_and_show_a_zero_only_where_all_could_be_seen() -> None:
    story = told(*("Amal",) * 5)
    late = datetime(2017, 1, 17, 9, tzinfo=UTC)
    for n in range(4):
        story.do("rus", FileAllegation(ledger="j3", kind="drone", occurred_from=late + timedelta(hours=n),
                                       place=words("x")))  # fmt: skip
    days = ShareLedger(ledger="j3", day_from=date(2017, 1, 9), day_to=date(2017, 1, 20), to=("tur",), face="figures")
    story.do("rus", days)
    [one] = story.view("tur").known.shares.values()
    cells = {(week, area): n for week, area, n in one.rows}
    assert cells["2017-01-09", "hama"] == "5"
    assert cells["2017-01-16", "hama"] == "", "nobody said that it was looked at"
    story.do("rus", RecordExposure(ledger="j3", day_from=date(2017, 1, 16), day_to=date(2017, 1, 22), percent=100,
                                   means="patrol"))  # fmt: skip
    story.do("rus", days)
    last = list(story.view("tur").known.shares.values())[-1]
    assert {(week, area): n for week, area, n in last.rows}["2017-01-16", "hama"] == "0"
    story.do("rus", replace(days, day_to=date(2017, 1, 10), day_from=date(2017, 1, 10)))
