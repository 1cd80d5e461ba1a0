"""What leaves a ledger is never finer than its mask, never names a reporter, and never lets a hidden number be solved.

C18, C19 and C20 of the cease-fire, for any masks, places and times.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from goodoffices.reports.ceasefire.bulletin_figures import HIDDEN, bulletin_figures
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.ceasefire.answers import NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger
from goodoffices.talks.ceasefire.hidden_cells import SUM, axes, hidden_cells, with_sums
from goodoffices.talks.ceasefire.imports import ImportAllegations
from goodoffices.talks.ceasefire.shares import SHARED_FACES, ShareLedger
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.ceasefire import Area
from goodoffices.talks.model.masks import (
    AREA_LEVELS,
    PLACE_LEVELS,
    TIME_LEVELS,
    Mask,
    area_level,
    coarse_area,
    coarse_point,
)
from properties.worlds.cast import the_talks
from stories import Story, words

LEVELS = {"syria": "country", "rif": "governorate", "ghouta": "district", "douma": "settlement", "hama": "settlement"}
PLACES = (*LEVELS, "")
AREAS = tuple(
    Area(slug=slug, names=(Name(text=slug),), code=code, part_of=part_of)
    for slug, code, part_of in (
        ("syria", "SY", None), ("rif", "SY-RD", "syria"), ("ghouta", None, "rif"), ("douma", None, "ghouta"),
        ("hama", None, None),
    )
)  # fmt: skip
BY_SLUG = {area.slug: area for area in AREAS}
REPORTERS = ("Abu Secret", "Umm Hidden", "Third Canary", "abu  secret")
allegations = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(PLACE_LEVELS), st.sampled_from(TIME_LEVELS),
    st.integers(0, 20), st.integers(0, 23), st.sampled_from(REPORTERS), st.booleans(),
)  # fmt: skip


def closed_ledger() -> Story:
    """Russia keeps a ledger that nobody else reads, in talks with areas of every level."""
    story = Story(replace(the_talks(), areas=AREAS))
    story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=("rus",)))
    return story


def filed(story: Story, place: str, level: str, time: str, day: int, hour: int, who: str, stays: bool) -> None:
    story.do(
        "rus",
        FileAllegation(
            ledger=closed_of(story), kind="shelling", area=place or None, place=words("the bridge"),
            point="33.57,36.40", occurred_from=datetime(2017, 1, 1, hour, 17, tzinfo=UTC) + timedelta(days=day),
            words=words("said by a neighbour"), reporter=words(who), evidence=words("photo 7"), mask_place=level,
            mask_time=time, stays=stays,
        ),
    )  # fmt: skip


def closed_of(story: Story) -> str:
    return next(h for h, held in story.view("rus").known.ledgers.items() if held.ledger.slug == "closed")


def share(story: Story, face: str) -> Act:
    [act] = story.do(
        "rus",
        ShareLedger(
            ledger=closed_of(story), day_from=date(2017, 1, 1), day_to=date(2017, 1, 22), to=("tur",), face=face
        ),
    )
    return act


def received(story: Story) -> str:
    """Everything that the receiver was told, with all words that it reads."""
    view = story.view("tur")
    texts = [view.text(text) for one in view.known.shares.values() for text in one.texts]
    return json.dumps([[notice.plain() for notice in view.notices], texts], default=str)


@given(st.lists(allegations, max_size=5))
def test_c20_a_masked_face_never_has_a_finer_place_or_time_than_its_mask(
    rows: list[tuple[str, str, str, int, int, str, bool]],
) -> None:
    story = closed_ledger()
    for row in rows:
        filed(story, *row)
    share(story, "masked")
    [one] = story.view("tur").known.shares.values()
    leaving = [row for row in rows if not row[6]]
    assert len(one.rows) == len(leaving)
    coarsest = {level: PLACE_LEVELS.index(level) for level in PLACE_LEVELS}
    finest = min((coarsest[row[1]] for row in leaving), default=0)
    for cells in one.rows:
        told = dict(zip(one.columns, cells, strict=True))
        if told["area"] and finest >= coarsest["district"]:
            assert AREA_LEVELS.index(area_level(BY_SLUG, told["area"])) >= finest - 1
        if finest >= coarsest["settlement"]:
            assert told["point"] in ("", "33.5699,36.3941")
        if finest >= coarsest["district"]:
            assert not told["point"]
        if "T" in told["begins"]:
            assert parse_instant(told["begins"]).minute == 0
    hours = sum(row[2] == "hour" for row in leaving)
    weeks = sum(row[2] == "week" for row in leaving)
    spans = [dict(zip(one.columns, cells, strict=True)) for cells in one.rows]
    assert sum("T" in told["begins"] for told in spans) == hours
    whole = [told for told in spans if "T" not in told["begins"] and told["begins"] != told["ends"]]
    assert len(whole) == weeks
    assert all(date.fromisoformat(told["begins"]).weekday() == 0 for told in whole)
    said = received(story)
    assert not any(secret in said for secret in ("the bridge", "neighbour", "photo 7"))


@given(st.lists(allegations, max_size=4), st.sampled_from(SHARED_FACES))
def test_c18_c19_no_face_has_a_row_that_stays_or_who_reported(
    rows: list[tuple[str, str, str, int, int, str, bool]], face: str
) -> None:
    story = closed_ledger()
    for place, _, _, day, hour, who, stays in rows:
        filed(story, place, "exact", "hour", day, hour, who, stays)
    act = share(story, face)
    said = received(story)
    assert not any(name in said for name in REPORTERS)
    assert not any(name in json.dumps(act.data, default=str) for name in REPORTERS)
    n = sum(not row[6] for row in rows)
    if face != "figures":
        assert len(act.data.get("rows", ())) == n
    if face == "full":
        assert said.count("said by a neighbour") == n


@pytest.mark.parametrize("seat", ["un", "sec", "tur", "gov"])
def test_c18_a_row_that_stays_is_known_to_the_seats_of_its_keeper_alone(seat: str) -> None:
    story = Story()
    days = {"occurred_from": story.at - timedelta(days=2), "area": "hama"}
    story.do("rus", FileAllegation(ledger="j1", kind="drone", stays=True, **days))  # type: ignore[arg-type]
    story.do(
        "rus",
        ImportAllegations(
            ledger="j1", columns=("kind", "occurred_from"), rows=(("drone", "2017-01-10T10:00Z"),),
            origins=(("t", "c", "l"),), texts=words('[{"words": "canary"}]'), key=words("00" * 32), stays=True,
        ),
    )  # fmt: skip
    assert set(story.view("rus").known.allegations) == {"a1", "a2"}
    assert not story.view(seat).known.allegations
    before = len(story.view(seat).notices)
    for command in (
        NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(60), shown="all"),
        NotifyParty(allegation="a2", to="gov", answer_by=story.in_minutes(60), shown="what-and-where"),
    ):
        assert story.refused("rus", command) == "protected"
    assert len(story.view(seat).notices) == before
    story.do("rus", FileAllegation(ledger="j1", kind="drone", **days))  # type: ignore[arg-type]
    figures = bulletin_figures(story.view("rus").known, date(2017, 1, 10), date(2017, 1, 22), ("j1",), is_public=False)
    assert json.loads(figures)["ledgers"][0]["total"] == 1


@given(st.sampled_from(sorted(LEVELS)), st.sampled_from(PLACE_LEVELS), st.sampled_from(PLACE_LEVELS))
def test_a_coarser_level_of_a_coarser_level_is_the_coarser_of_the_two(slug: str, one: str, other: str) -> None:
    coarser = max(one, other, key=PLACE_LEVELS.index)
    assert coarse_area(BY_SLUG, coarse_area(BY_SLUG, slug, one), other) == coarse_area(BY_SLUG, slug, coarser)
    assert area_level(BY_SLUG, slug) == LEVELS[slug]


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_the_point_of_a_settlement_is_the_middle_of_its_cell_for_every_point_of_the_cell(
    lat: float, lon: float
) -> None:
    middle = coarse_point((lat, lon), "settlement")
    assert middle is not None
    assert abs(middle[0] - lat) <= 0.0226
    assert coarse_point(middle, "settlement") == middle
    assert coarse_point((lat, lon), "district") is None


@given(st.sampled_from(PLACE_LEVELS), st.sampled_from(TIME_LEVELS))
def test_every_mask_covers_itself_and_the_open_one(place: str, time: str) -> None:
    mask = Mask(place=place, time=time)
    assert mask.covers(mask)
    assert mask.covers(Mask())
    assert mask.one_coarser().covers(mask)
    assert mask.is_open == Mask().covers(mask)


tables = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(1, 9), min_size=1, max_size=16
)


def solvable(shown: dict[tuple[str, str], int | None], rows: list[str], columns: list[str]) -> set[tuple[str, str]]:
    """Return the hidden cells that the sums determine: linear reconstruction, by exact elimination."""
    unknown = sorted(place for place, value in shown.items() if value is None)
    equations: list[list[Fraction]] = []
    lines = [([(row, column) for column in columns], (row, SUM)) for row in (*rows, SUM)]
    lines += [([(row, column) for row in rows], (SUM, column)) for column in (*columns, SUM)]
    for parts, total in lines:
        signs = {**dict.fromkeys(parts, 1), total: -1}
        equations.append([Fraction(signs.get(place, 0)) for place in unknown])
    reduced = eliminated(equations)
    return {unknown[line.index(Fraction(1))] for line in reduced if sum(cell != 0 for cell in line) == 1}


def eliminated(lines: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the reduced row echelon form."""
    lines, at = [line[:] for line in lines], 0
    for column in range(len(lines[0]) if lines else 0):
        pivot = next((n for n in range(at, len(lines)) if lines[n][column]), None)
        if pivot is None:
            continue
        lines[at], lines[pivot] = lines[pivot], lines[at]
        lines[at] = [cell / lines[at][column] for cell in lines[at]]
        for n, line in enumerate(lines):
            if n != at and line[column]:
                lines[n] = [cell - line[column] * own for cell, own in zip(line, lines[at], strict=True)]
        at += 1
    return lines[:at]


@given(tables)
def test_c20_no_hidden_cell_of_a_table_can_be_solved_for(counts: dict[tuple[str, str], int]) -> None:
    cells, hidden = with_sums(counts), hidden_cells(counts)
    assert all(place in hidden for place, count in cells.items() if count in (1, 2))
    rows, columns = (list(names) for names in axes(counts))
    shown = {place: None if place in hidden else count for place, count in cells.items()}
    assert solvable(shown, rows, columns) == set()


def test_the_reconstruction_does_solve_a_table_in_which_one_cell_alone_is_hidden() -> None:
    counts = {("a", "x"): 1, ("a", "y"): 9, ("b", "x"): 5, ("b", "y"): 7}
    shown: dict[tuple[str, str], int | None] = {**with_sums(counts), ("a", "x"): None}
    assert solvable(shown, ["a", "b"], ["x", "y"]) == {("a", "x")}


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 6)), min_size=1, max_size=9))
def test_c20_no_number_of_a_public_bulletin_that_is_hidden_follows_from_its_sum(rows: list[tuple[str, int]]) -> None:
    story = Story(replace(the_talks(), areas=AREAS))
    for place, day in rows:
        at = datetime(2017, 1, 16, 8, tzinfo=UTC) - timedelta(days=day)
        story.do(
            "rus", FileAllegation(ledger="j1", kind="drone", area=place or None, place=words("x"), occurred_from=at)
        )
    known = story.view("sec").known
    [told] = json.loads(bulletin_figures(known, date(2017, 1, 10), date(2017, 1, 16), ("j1",), is_public=True))[
        "ledgers"
    ]
    for cells in (told["areas"], told["days"]):
        hidden = [name for name, cell in cells.items() if cell == HIDDEN]
        assert not any(cell in (1, 2) for cell in cells.values())
        assert len(hidden) != 1 or told["total"] == HIDDEN
