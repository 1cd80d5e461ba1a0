"""Checking a result: it stands, it does not, or that cannot be checked; an empty result never stands."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement import text_output
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.solve import solve_all
from goodoffices.settlement.verification import verify as checker
from goodoffices.settlement.verification.enumeration import enumerated
from terminal import good, run

pytestmark = pytest.mark.slow

Result = dict[str, Any]


@pytest.fixture(scope="module")
def astana() -> Result:
    """Return what `settle --json` prints on the bundled talks: 104,976 settlements of five parties."""
    printed: Result = json.loads(good("settle", "astana-2017", "--frontier", "--count", "--json"))
    return printed


def checked(tmp_path: Path, result: Any, *where: str) -> tuple[int, str]:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(result), encoding="utf-8")
    done = run("settle", "verify", str(path), *(where or ("astana-2017",)))
    # Not what it says of its progress besides, which comes where the machine is slow.
    return done.exit_code, done.stdout


def test_the_bundled_example_is_checked_whole(tmp_path: Path, astana: Result) -> None:
    assert checked(tmp_path, astana) == (0, "The result stands (every settlement enumerated).\n")


def _swapped(result: Result, name: str, other: str) -> None:
    found, better = result["solutions"][name], result["solutions"][other]
    found["settlements"], found["gains"] = better["settlements"], better["gains"]
    gains = list(better["gains"][0].values())
    found["value"] = found["bound"] = math.prod(gains) if name == "nash" else sum(gains)


@pytest.mark.parametrize(("name", "other"), [("nash", "leximin"), ("utilitarian", "leximin")])
def test_a_false_optimum_with_a_consistent_value_is_refused(
    tmp_path: Path, astana: Result, name: str, other: str
) -> None:
    result = copy.deepcopy(astana)
    _swapped(result, name, other)
    for parts in (result, {key: part for key, part in result.items() if key != "frontier"}):
        code, text = checked(tmp_path, parts)
        assert (code, text) == (1, f"The result does not stand:\n  {name}: a settlement is listed that is not best\n")


NOTHING: list[Callable[[Result], Any]] = [
    lambda result: {},
    lambda result: {"solutions": {}},
    lambda result: {"bargain": result["bargain"], "seconds": 1, "warnings": result["warnings"]},
    lambda result: result | {"solutions": {}},
    lambda result: result | {"frontier": {}},
    lambda result: result | {"zone": {}},
    lambda result: result | {"solutions": {"nash": {}}},
]


@pytest.mark.parametrize("made", NOTHING)
def test_a_result_without_content_is_refused(tmp_path: Path, astana: Result, made: Callable[[Result], Any]) -> None:
    code, text = checked(tmp_path, made(astana))
    assert code == 1
    assert "does not stand" in text


def test_what_is_no_result_cannot_be_checked(tmp_path: Path) -> None:
    assert checked(tmp_path, [])[0] == 2
    assert checked(tmp_path, {"solutions": {"nash": 1}}, "no-such-talks")[0] == 2


def large(n_parties: int, n_issues: int, factor: int = 1) -> Bargain:
    options = ("a", "b", "c", "d")
    return Bargain(
        issues=tuple(BargainIssue(name=f"i{at}", options=options) for at in range(n_issues)),
        parties=tuple(f"P{party}" for party in range(n_parties)),
        worth=tuple(
            tuple(
                tuple(((7 * at + 5 * option * (party + 1) + party * at) % 13) * factor for party in range(n_parties))
                for option in range(len(options))
            )
            for at in range(n_issues)
        ),
        reservation_value=(n_issues * 4 * factor,) * n_parties,
    )


def test_what_is_too_large_to_enumerate_is_compared_with_solving_it_again() -> None:
    bargain = large(2, 40)
    result = json.loads(json.dumps(text_output.settle(bargain)))
    verdict = checker.verify(result, bargain)
    assert (verdict.exit_code, "solving the bargain again" in verdict.level) == (0, True)
    other = copy.deepcopy(result)
    _swapped(other, "utilitarian", "leximin")
    assert checker.verify(other, bargain).exit_code == 1


def test_what_cannot_be_settled_is_neither_accepted_nor_refused() -> None:
    bargain = large(7, 30)
    result = json.loads(json.dumps(text_output.settle(bargain, solution="leximin")))
    assert result["solutions"]["leximin"]["status"] == "bounded"
    found = result["solutions"]["leximin"]
    found["status"], found["bound"] = "proven", found["value"]
    verdict = checker.verify(result, bargain)
    assert verdict.exit_code == 2
    assert str(verdict).startswith("Whether the result stands cannot be checked")


@pytest.mark.parametrize("digits", [0, 6, 30, 200])
def test_numbers_of_any_size_are_checked_exactly(digits: int) -> None:
    bargain = large(3, 4, 10**digits)
    listed = enumerated(bargain)
    assert listed is not None
    result = {"solutions": {name: found.to_json() for name, found in solve_all(bargain).items()}}
    assert checker.verify(json.loads(json.dumps(result)), bargain).problems == ()
    best = result["solutions"]["nash"]["value"]
    result["solutions"]["nash"]["value"] = result["solutions"]["nash"]["bound"] = int(Fraction(best) * 2)
    assert checker.verify(result, bargain).exit_code == 1
    assert set(result["solutions"]) == set(DEFINITIONS)


@pytest.mark.parametrize("part", ["value", "bound"])
@pytest.mark.parametrize("odd", [math.inf, -math.inf, math.nan, "7", True, [1], {"a": 1}])
def test_a_value_or_bound_that_is_no_number_does_not_stand(part: str, odd: Any, tmp_path: Path, astana: Result) -> None:
    result = copy.deepcopy(astana)
    result["solutions"]["nash"][part] = odd
    code, text = checked(tmp_path, result)
    assert code == 1
    assert "nash: the value or the bound is not a number" in text
