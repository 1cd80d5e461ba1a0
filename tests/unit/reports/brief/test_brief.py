"""The brief: one seat's view, as of a day, with contradictions and ledgers side by side."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.brief.build import Brief, brief_of
from goodoffices.reports.brief.render import RENDERINGS
from goodoffices.reports.tables import Part
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.initial_acts import opening


@pytest.fixture(scope="module")
def talks() -> Talks:
    at = datetime(2017, 6, 1, tzinfo=UTC)
    return replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=at))


def brief(talks: Talks, seat: str, day: date | None = None) -> Brief:
    return brief_of(view_for(talks, seat), as_of=day)


def part(made: Brief, title: str) -> Part:
    return next(p for section in made.sections for p in section.parts if p.title.startswith(title))


def cells(found: Part, column: str) -> list[str]:
    return [row[found.columns.index(column)] for row in found.rows]


def test_the_rival_counts_of_signatories_stand_side_by_side(talks: Talks) -> None:
    said = cells(part(brief(talks, "un-envoy"), "How many groups signed"), "says")
    assert {"7", "11", "12", "13"} <= set(said)


def test_the_rival_counts_of_attending_groups_stand_side_by_side(talks: Talks) -> None:
    said = cells(part(brief(talks, "government"), "How many groups attend"), "says")
    assert {"14", "12", "15", "20"} <= set(said)


def test_the_ledgers_stand_side_by_side_and_nothing_adds_them(talks: Talks) -> None:
    made = brief(talks, "usa")
    totals = part(made, "Each ledger's own totals")
    assert [row[1:] for row in totals.rows if row[0] == "allegations"] == [("391", "331")]
    assert str(391 + 331) not in RENDERINGS["txt"](made)
    checks = part(made, "What the other keeper said")
    assert cells(checks, "confirmed") == ["not stated", "3"]
    days = part(made, "Day by day")
    assert next(row for row in days.rows if row[0] == "2017-01-23")[2] == "stated as none"


def test_every_planned_date_of_geneva_is_kept_beside_the_actual_one(talks: Talks) -> None:
    geneva = part(brief(talks, "kazakhstan"), "Geneva IV")
    dates = cells(geneva, "date")
    assert dates[:2] == ["2017-01-28", "2017-02-08"]
    assert any("2017-02-20" in shown for shown in dates)
    assert dates[-2:] == ["opened 2017-02-23", "closed 2017-03-03"]


def test_as_of_a_day_nothing_later_is_known(talks: Talks) -> None:
    made = brief(talks, "analyst", date(2017, 1, 25))
    text = RENDERINGS["txt"](made)
    assert "23 February" not in text
    assert "2017-02-2" not in text
    assert not part(made, "Changes of actors").rows
    assert part(brief(talks, "analyst", date(2017, 1, 27)), "Changes of actors").rows
    assert part(made, "Delegations").rows
    assert not part(brief(talks, "analyst", date(2017, 1, 22)), "Delegations").rows


def test_after_the_merger_the_successor_is_unclear(talks: Talks) -> None:
    rows = part(brief(talks, "turkey"), "What successors may owe").rows
    assert rows
    assert {row[-1] for row in rows} == {"unclear"}


def test_the_opposition_refuses_iran_as_guarantor_and_every_role_names_its_claim(talks: Talks) -> None:
    made = brief(talks, "russia")
    refused = [row for row in part(made, "Recognition").rows if row[1] == "Iran" and row[2] == "guarantor"]
    assert {row[3] for row in refused} == {"no"}
    roles = part(made, "Roles, each as a claim")
    assert all("[" in word for word in cells(roles, "on whose word"))
    guarantees = part(made, "Guarantees")
    assert {"Russia", "Turkey"} <= set(cells(guarantees, "guarantor"))


def test_inferences_of_the_analysts_are_in_nobody_elses_brief(talks: Talks) -> None:
    secret = {c.claim.slug for c in view_for(talks, "analyst").known.claims.values() if c.claim.compartment}
    assert secret
    for seat in ("government", "opposition", "russia", "un-envoy", "secretariat"):
        text = RENDERINGS["json"](brief(talks, seat))
        assert not [slug for slug in secret if f"[{slug}]" in text]


@pytest.mark.parametrize("form", list(RENDERINGS))
def test_every_form_carries_the_mark_of_the_exercise_and_all_sections(talks: Talks, form: str) -> None:
    made = brief(talks, "iran")
    text = RENDERINGS[form](made)
    assert "exercise" in text.lower()
    for section in made.sections:
        title = section.title.upper() if form == "txt" else section.title
        assert title in text or json.dumps(title)[1:-1] in text


def test_a_page_holds_no_script_and_nothing_from_outside(talks: Talks) -> None:
    page = RENDERINGS["html"](brief(talks, "analyst"))
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
