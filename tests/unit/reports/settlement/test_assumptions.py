"""What the exact part takes of figures that are open, of two kinds, or in contradiction, is said and is so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from goodoffices.reports.settlement.bargain_from_view import AssessedBargain, bargain_from
from goodoffices.talks.core import view_for
from properties.worlds.cast import START
from talks_once import folded

_TALKS = """\
talks: {title: Lake, slug: lake}
actors: {east: {kind: party, names: {en: East}}, west: {kind: party, names: {en: West}}}
seats: {east: {actor: east, roles: [party]}, desk: {actor: west, roles: [analyst]}}
compartments: {team: {seats: [desk]}}
agenda:
  - basket: Water
    issues:
      boats: {question: {en: Boats}, options: [keep, half, back]}
      pier: {question: {en: Pier}, options: [east, west]}
assessments:
"""


def _bargain(folder: Path, *lines: str) -> AssessedBargain:
    given = "".join(f"  - {{compartment: team, party: east, {line}}}\n" for line in lines)
    (folder / "lake.yaml").write_text(_TALKS + given, encoding="utf-8")
    return bargain_from(view_for(folded(folder / "lake.yaml", START), "desk"))


def _said(assessed: AssessedBargain) -> str:
    return " ".join(assessed.bargain.assumptions)


_POINTS, _ORDER = "issue: boats, worth: {keep: 10, half: 9, back: 0}", "issue: pier, worth: [east, west]"


def test_points_on_one_issue_beside_an_order_on_another_are_told_as_points(tmp_path: Path) -> None:
    assessed = _bargain(tmp_path, _POINTS, _ORDER)
    assert "Of East points are known on ‘Boats’, elsewhere only an order" in _said(assessed)
    assert "only an order is known: " not in _said(assessed)
    assert [row[0] for row in assessed.bargain.worth[0]] == [Fraction(1, 2), Fraction(9, 20), 0]


def test_a_salience_that_is_not_used_is_named(tmp_path: Path) -> None:
    said = _said(_bargain(tmp_path, f"{_POINTS}, salience: 0.6", _ORDER))
    assert (
        "How much ‘Pier’ matters to East is not assessed, so that what is assessed of the other issues is not" in said
    )
    assert "How much each issue matters to East is not known" in _said(_bargain(tmp_path, _POINTS, _ORDER))
    assert "matters to East" not in _said(_bargain(tmp_path, f"{_POINTS}, salience: 0.6", f"{_ORDER}, salience: 0.2"))


def test_figures_that_contradict_each_other_are_named_where_the_first_is_taken(tmp_path: Path) -> None:
    said = _said(
        _bargain(
            tmp_path, f"{_POINTS}, salience: 0.6", f"{_ORDER}, salience: 0.2", "issue: pier, salience: 0.9, point: 3",
            "issue: pier, worth: [west, east], salience: 0.8", "reservation_value: 0.5", "reservation_value: 0.7",
        )
    )  # fmt: skip
    assert "2 assessments of what no agreement is worth to East: the exact part takes the first." in said
    assert "Assessments of how much ‘Pier’ matters to East differ: the exact part takes the first." in said
    assert "2 assessments of East on 'Pier': the exact part takes the first." in said


def test_how_sure_the_assessors_are_travels_with_the_answer(tmp_path: Path) -> None:
    said = _said(
        _bargain(tmp_path, f"{_POINTS}, confidence: low", f"{_ORDER}, confidence: low", "reservation_value: 1")
    )
    assert "How sure the assessors say they are: low (2 of 3 assessments), not stated (1 of 3 assessments)." in said
    assert "How sure" not in _said(_bargain(tmp_path, _POINTS, _ORDER))
