"""Bargains from names, from arrays and from a talks file; what does not fit is named, never taken as something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from goodoffices.errors import ScenarioError
from goodoffices.forecast import Lineup, levers, sensitivity
from goodoffices.forecast.distributions import Distribution
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.from_talks import bargain_of, lineup_of
from goodoffices.settlement import Bargain, solve, standing

AT = datetime(2017, 1, 23, tzinfo=UTC)
NAMES: dict[str, Any] = {
    "North": {"well": {"ours": 40, "shared": 25}, "road": {"open": 10, "shut": 0, "tolled": 6}},
    "South": {"well": {"ours": 0, "shared": 30}, "road": {"open": 5, "shut": 9, "tolled": Fraction(1, 3)}},
}
TABLES: list[Any] = [[[40, 25], [10, 0, 6]], [[0, 30], [5, 9, Fraction(1, 3)]]]
ISSUES = {"well": ["ours", "shared"], "road": ["open", "shut", "tolled"]}


def test_names_and_arrays_give_the_same_bargain() -> None:
    named = Bargain.from_names(NAMES, reservation_value={"South": 4}, red_lines={"South": {"well": ["ours"]}})
    arrays = Bargain.from_arrays(["North", "South"], ISSUES, TABLES, reservation_value=[0, 4])
    assert named.worth == arrays.worth
    assert named.reservation_value == arrays.reservation_value
    assert named.red_lines == (frozenset(), frozenset({(0, 0)}))
    assert repr(named) == "<Bargain: 2 parties, 2 issues, 6 settlements>"
    assert named.to_rows()[0] == {"issue": "well", "option": "ours", "North": 40, "South": 0}
    [best] = solve(named, "nash").picks
    assert named.named(best.settlement) == {"well": "shared", "road": "open"}


def test_whole_numbers_of_an_array_stay_exact() -> None:
    built = Bargain.from_arrays(["A", "B"], {"one": ["x", "y"]}, np.array([[[1, 2]], [[3, 4]]]))  # type: ignore[arg-type]
    assert all(type(number) is int for row in built.worth[0] for number in row)


def test_a_settlement_is_named_or_numbered() -> None:
    bargain = Bargain.from_names(NAMES)
    assert bargain.settlement({"road": "shut", "well": "shared"}) == (1, 1)
    assert standing(bargain, {"well": "shared", "road": "open"}).is_possible
    assert repr(standing(bargain, (1, 0))) == "<Standing: possible, accepted by 2 of 2 parties>"


def test_the_names_of_solutions_and_the_default_are_those_of_the_terminal() -> None:
    bargain = Bargain.from_names(NAMES)
    assert solve(bargain).to_json() | {"seconds": 0} == solve(bargain, "leximin").to_json() | {"seconds": 0}
    assert solve(bargain, "kalai-smorodinsky").picks == solve(bargain, "kalai_smorodinsky").picks
    with pytest.raises(ScenarioError, match="'leximin'"):
        solve(bargain, "lexmin")


def changed(party: str, issue: str, held: Any) -> dict[str, Any]:
    return {**NAMES, party: {**NAMES[party], issue: held}}


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "an option is missing": (
        lambda: Bargain.from_names(changed("South", "well", {"ours": 0})), "'well' of 'South' lacks the option 'shared'"
    ),
    "an option is misspelt": (
        lambda: Bargain.from_names(changed("South", "well", {"ours": 0, "shard": 1})), "did you mean 'shared'"
    ),
    "an issue is missing": (
        lambda: Bargain.from_names({"A": {"one": {"x": 1}, "two": {"y": 1}}, "B": {"one": {"x": 1}}}),
        "party 'B' lacks the issue 'two'",
    ),
    "text for a number": (lambda: Bargain.from_names(changed("North", "well", {"ours": "4", "shared": 1})), "a number"),
    "yes for a number": (lambda: Bargain.from_names(changed("North", "well", {"ours": True, "shared": 1})), "a number"),
    "an unknown party of a red line": (
        lambda: Bargain.from_names(NAMES, red_lines={"Sout": {"well": ["ours"]}}), "did you mean 'South'"
    ),
    "numbers where names belong": (lambda: Bargain.from_names([[1, 2]]), "write it like"),  # type: ignore[arg-type]
    "one party's part too few": (lambda: Bargain.from_arrays(["A", "B"], ISSUES, TABLES[:1]), "one per party"),
    "turned the wrong way": (
        lambda: Bargain.from_arrays(["A", "B"], {"one": ["x", "y", "z"]}, [[[1], [2], [3]], [[1], [2], [3]]]),
        "one list per issue",
    ),
    "a flat array": (lambda: Bargain.from_arrays(["A"], {"one": ["x"]}, [[1]]), "one list of numbers per issue"),  # type: ignore[list-item]
    "texts for issues": (lambda: Bargain(issues=["a"], parties=("A",), worth=(((1,),),)), "not a BargainIssue"),  # type: ignore[arg-type]
    "an unknown option of a settlement": (
        lambda: standing(Bargain.from_names(NAMES), {"well": "our", "road": "open"}), "did you mean 'ours'"
    ),
    "a settlement too short": (lambda: standing(Bargain.from_names(NAMES), (0,)), "1 options for 2 issues"),
    "an option number too high": (lambda: standing(Bargain.from_names(NAMES), (0, 5)), "give 0 to 2"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_named(case: str) -> None:
    build, words = WRONG[case]
    with pytest.raises(ScenarioError) as caught:
        build()
    assert words in str(caught.value)


@pytest.mark.slow
def test_a_talks_file_gives_both_analyses_in_one_call() -> None:
    assert repr(bargain_of("astana-2017", at=AT)).startswith("<Bargain: 5 parties")
    assert repr(lineup_of("astana-2017", issue="monitoring", at=AT)) == "<Lineup: 6 actors, 1 issue>"
    with pytest.raises(ScenarioError, match="sees no assessments"):
        bargain_of("astana-2017", "russia", at=AT)


def test_values_are_shown_in_a_line_and_as_tables() -> None:
    lineup = Lineup.from_arrays(["North", "South"], [0, 60], [0.5, 1.0], issues=["wells"])
    shown = [levers(lineup), sensitivity(lineup), Distribution.of([1.0, 2.0]), read_talks("astana-2017")]
    assert all(len(repr(value)) < 100 and repr(value).startswith("<") for value in shown)
    assert "<table>" in Bargain.from_names(NAMES)._repr_html_()
    assert all("<table>" in value._repr_html_() for value in (levers(lineup), sensitivity(lineup)))
