"""What an answer on a settlement says of parties, issues, zero no-agreements and units that it rests on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from goodoffices.reports.settlement.answer import SettlementAnswer, answer_of
from goodoffices.reports.settlement.bargain_from_view import bargain_from
from goodoffices.reports.settlement.summary import answer_words
from goodoffices.reports.settlement.tables import opening_part
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
      tolls: {question: {en: Who takes tolls?}, options: {none: {en: Nobody}, both: {en: Both}, north: {en: North}}}
      guards: {question: {en: Who guards?}, options: {joint: {en: Jointly}, north: {en: North}}}
assessments:
  - {party: north, issue: tolls, worth: {none: 0, both: 4, north: 10}, compartment: team}
  - {party: south, issue: tolls, worth: {none: 10, both: 8, north: 0}, compartment: team}
"""
_REST = """
  - {party: east, issue: guards, worth: {joint: 1, north: 2}, compartment: team}
  - {party: north, reservation_value: 1, compartment: team}
  - {party: south, reservation_value: 1, compartment: team}
  - {party: east, reservation_value: 1, compartment: team}
"""


def answer_on(tmp_path: Path, more: str = "") -> SettlementAnswer:
    path = tmp_path / "bridge.yaml"
    path.write_text(_TALKS + more, encoding="utf-8")
    view = view_for(folded(path, datetime(2026, 11, 1, tzinfo=UTC)), "analyst")
    return answer_of(bargain_from(view), worlds=100)


def test_parties_and_issues_without_assessments_are_named_first(tmp_path: Path) -> None:
    words = answer_words(answer_on(tmp_path))
    assert words[0][0] == "Left out:"
    assert "East could sign" in words[0][1]
    assert "‘Who guards?’" in words[0][1]
    assert "both parties assessed could sign" in words[1][1]
    whole = answer_words(answer_on(tmp_path, _REST))
    assert whole[0][0] == "What could all sign?"


def test_a_no_agreement_taken_as_zero_is_in_the_first_answer_and_worth_asking(tmp_path: Path) -> None:
    words = dict(answer_words(answer_on(tmp_path)))
    assert "no agreement is worth 0 to North and South" in words["What could all sign?"]
    assert words["What to find out next?"].startswith("What no agreement is worth to North and South")
    whole = dict(answer_words(answer_on(tmp_path, _REST)))
    assert "Assumed" not in whole["What could all sign?"]


def test_who_may_still_refuse_is_worth_asking(tmp_path: Path) -> None:
    doubt = _REST.replace("{party: south, reservation_value: 1", "{party: south, reservation_value: {low: 1, high: 9}")
    words = dict(answer_words(answer_on(tmp_path, doubt)))
    assert "What South needs in order to sign" in words["What to find out next?"]


def test_a_choice_that_depends_on_units_says_so(tmp_path: Path) -> None:
    assert "have no common unit" in dict(answer_words(answer_on(tmp_path)))["Caveat:"]


_LEAST = """
  - {party: north, reservation_value: 4, compartment: team}
  - {party: south, reservation_value: 6, compartment: team}
"""


def words_with(tmp_path: Path, south: str) -> dict[str, str]:
    path = tmp_path / "bridge.yaml"
    path.write_text(_TALKS.replace("both: 8", f"both: {south}") + _LEAST, encoding="utf-8")
    view = view_for(folded(path, datetime(2026, 11, 1, tzinfo=UTC)), "analyst")
    return dict(answer_words(answer_of(bargain_from(view), worlds=100)))


def test_what_is_proven_of_ranges_is_proven_of_the_likeliest_values_alone(tmp_path: Path) -> None:
    words = words_with(tmp_path, "{low: 3, mode: 5, high: 8}")
    could = words["What could all sign?"]
    assert could.startswith("At the likeliest values assessed, nothing: ")
    assert "This is proven, for these values alone: in " in could
    assert "of the sets of values drawn below, all could sign the likeliest settlement." in could
    assert words["What to find out next?"].startswith("What South needs in order to sign: in ")


def test_what_is_proven_of_certain_figures_is_proven(tmp_path: Path) -> None:
    could = words_with(tmp_path, "5")["What could all sign?"]
    assert could.startswith("On these assessments, nothing: ")
    assert could.endswith("This is proven.")


def test_openings_have_the_same_numbers_in_the_sentence_and_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "bridge.yaml"
    path.write_text(_TALKS.replace("both: 8, north: 0}", "both: 5, north: 0}, red_lines: [north]") + _LEAST, "utf-8")
    answer = answer_of(bargain_from(view_for(folded(path, datetime(2026, 11, 1, tzinfo=UTC)), "analyst")), worlds=100)
    said = dict(answer_words(answer))["What is the smallest opening?"]
    rows = opening_part(answer).rows
    assert len(rows) > 1
    assert all(f"({number}) {change}" in said for number, change, _ in rows)
