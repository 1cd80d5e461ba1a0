"""What a forecast says of parties, issues and contradictions that its answer leaves out or passes over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from goodoffices.forecast import Draws
from goodoffices.formats.position_tables.detect import read_positions
from goodoffices.reports.forecast.answer import Forecasted, acceptable_options, forecast_of
from goodoffices.reports.forecast.limit_sentences import limits_of
from goodoffices.reports.forecast.lineup_from_view import placed_from, placed_of
from goodoffices.reports.forecast.summary import forecast_words
from goodoffices.talks.core import view_for
from talks_once import folded

_TALKS = """
version: 1
talks: {slug: bridge, title: The bridge, zone: Europe/Zurich, summary: [A bridge.]}
languages: [en]
actors:
  north: {kind: party, names: {en: North}}
  south: {kind: party, names: {en: South}}
  east: {kind: party, names: {en: East}}
  analyst: {kind: person, names: {en: The analyst}}
seats:
  north: {actor: north, roles: [party]}
  south: {actor: south, roles: [party]}
  east: {actor: east, roles: [party]}
  analyst: {actor: analyst, roles: [analyst]}
compartments:
  team: {seats: [analyst], owner: analyst}
agenda:
  - basket: Bridge
    issues:
      tolls: {question: {en: Who takes tolls?}, options: {none: {en: Nobody}, both: {en: Both}, north: {en: Alone}}}
      guards: {question: {en: Who guards?}, options: {joint: {en: Jointly}, north: {en: North}}}
scales:
  - {issue: tolls, places: {none: 0, both: 50, north: 100}, status_quo: 100, compartment: team}
assessments:
  - {party: north, issue: tolls, point: 100, salience: 0.9, capability: 60, compartment: team}
  - {party: south, issue: tolls, point: 10, salience: 0.5, capability: 40, compartment: team}
  - {party: south, issue: tolls, worth: {none: 10, both: 8, north: 0}, red_lines: [north], compartment: team}
  - {party: north, issue: tolls, worth: {none: 0, both: 4, north: 10}, compartment: team}
"""


def forecasted(tmp_path: Path) -> Forecasted:
    path = tmp_path / "bridge.yaml"
    path.write_text(_TALKS, encoding="utf-8")
    view = view_for(folded(path, datetime(2026, 11, 1, tzinfo=UTC)), "analyst")
    return forecast_of(
        placed_from(view), "tolls", draws=Draws(n=100, seed=1), acceptable=acceptable_options(view, "tolls")
    )


def test_parties_and_issues_without_assessments_are_named_first(tmp_path: Path) -> None:
    question, words = forecast_words(forecasted(tmp_path))[0]
    assert question == "Left out:"
    assert "where East would stand" in words
    assert "where anybody stands on ‘Who guards?’" in words
    assert "what East could sign" in words


def test_what_is_acceptable_by_distance_does_not_pass_over_a_red_line(tmp_path: Path) -> None:
    words = dict(forecast_words(forecasted(tmp_path)))["Would those who must sign accept it?"]
    assert "they would accept only 100" in words
    assert "not red lines or worth: ‘Alone’ lies there and is in no combination" in words


def test_which_of_two_sources_the_point_takes_is_said(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "issue,actor,position,salience,capability,source\n"
        "tolls,North,30,0.8,100,B\ntolls,North,10,0.8,100,A\ntolls,South,90,0.6,50,A\n",
        encoding="utf-8",
    )
    placed = placed_of(read_positions(path))
    words = dict(forecast_words(forecast_of(placed, "tolls", draws=Draws(n=100, seed=1))))
    assert "the point takes the one that is given first" in words["What will probably come out?"]
    assert limits_of(placed) == ("Where sources contradict each other, the point takes the value that is given first.",)
