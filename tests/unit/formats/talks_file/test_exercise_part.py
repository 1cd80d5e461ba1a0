"""The part of a talks file that plans an exercise: it is read, and a mistake is said with its place and a remedy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import check, read_talks
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_exercise_acts import opening_of_exercise

TALKS = """\
version: 1
actors:
  north: {kind: state, names: {en: North}}
seats:
  north: {actor: north, roles: [party]}
exercise:
  title: {en: A day}
  starts_at: 2017-01-22T18:00+06:00
  ends_at: 2017-01-24T15:00+06:00
  added_actors: {staff: {kind: body, names: {en: Staff}}}
  added_seats: {control: {actor: staff, roles: [control], sees_all: yes}}
  briefs: {north: {words: {en: You want the well.}}}
  injects:
    rain: {title: {en: Rain}, words: {en: It rains.}, to: [all], when: "no_act(north, for=PT30M)", after: PT10M}
"""


def test_the_part_is_read() -> None:
    talks = read_talks("astana-2017")
    plan = talks.exercise
    assert plan is not None
    assert {brief.seat for brief in plan.briefs} == {seat.slug for seat in plan.shown.seats}
    for brief in plan.briefs:
        assert set(brief.words) == {"en", "ar"}, brief.seat
    for inject in plan.injects:
        assert [lang for lang, _ in inject.words] == ["en", "ar"], inject.slug
        assert [lang for lang, _ in inject.title] == ["en", "ar"], inject.slug


@pytest.mark.slow
def test_astana_opens_on_the_evening_of_22_january_and_nothing_later_exists() -> None:
    talks = read_talks("astana-2017")
    opened = replay(opening_of_exercise(talks))
    assert opened.facts is not None
    assert opened.facts.clock.at == datetime.fromisoformat("2017-01-22T18:00:00+06:00")
    later = ("m1-opens", "m15-issuers", "m17", "a2", "f42-russia")
    for seat in (*(one.slug for one in talks.seats), "control", "press"):
        known = view_for(opened, seat).known
        assert not {held.claim.slug for held in known.claims.values()} & set(later), seat
        assert not any(len(ledger.days) for ledger in known.ledgers.values()), seat
        assert len(known.briefs) == (11 if seat == "control" else 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("no_act(north, for=PT30M)", "no_actt(north, for=PT30M)", "Did you mean 'no_act'"),
        ("no_act(north, for=PT30M)", "no_act(nort, for=PT30M)", "unknown seat 'nort'"),
        ("no_act(north, for=PT30M)", "given(snow)", "unknown inject 'snow'"),
        ("after: PT10M", "after: 10", "is not a length of time"),
        ("after: PT10M", "at: 2017-01-22T20:00+06:00", "a time and a condition"),
        ("to: [all]", "to: [nort]", "unknown seat 'nort'"),
        ("ends_at: 2017-01-24", "ends_at: 2017-01-20", "ends before it starts"),
        ("briefs: {north", "briefs: {nort", "unknown seat 'nort'"),
        ("added_actors: {staff", "added_actors: {north", "used under 'actors' and under 'added_actors'"),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "talks.yaml"
    file.write_text(TALKS, encoding="utf-8")
    assert check(file).exit_code == 0
    assert old in TALKS
    file.write_text(TALKS.replace(old, new), encoding="utf-8")
    report = str(check(file))
    assert says in report
    assert "talks.yaml:" in report
