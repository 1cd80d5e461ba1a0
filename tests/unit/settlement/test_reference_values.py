"""The shared reference cases: exact frontiers, solutions and published values of real scenario files."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goodoffices.bargain import Bargain
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.settlement.frontiers.frontier import frontier
from goodoffices.settlement.results import Frontier, Solution, Status
from goodoffices.settlement.solutions.solve import solve, solve_all
from published.published_values import read_published
from unit.settlement.reference import bargain_of, cases, uncapped

pytestmark = pytest.mark.slow

CLOSE = 1e-9
"""The reference values are rounded to 1e-12 and slacken reservation values by 1e-9."""


def rounded_points(points: Frontier) -> int:
    """Return how many points are left after rounding to 1e-12, as the reference counts them."""
    worth = np.unique(np.round(points.worth, 12), axis=0)
    covered = [((worth >= row).all(axis=1) & (worth > row).any(axis=1)).any() for row in worth]
    return int(len(worth) - sum(covered))


def agrees(found: Fraction | float | None, stated: Any) -> bool:
    if found is None or stated is None:
        return found is None and stated is None
    return abs(float(found) - float(stated)) < CLOSE


def nearly_accepted(bargain: Bargain) -> Bargain:
    """Return the bargain with reservation values lowered by the slack of the reference."""
    return bargain.with_reservation(tuple(Fraction(r) - Fraction(1, 10**9) for r in bargain.reservation_value))


def disagreements(bargain: Bargain, case: dict[str, Any]) -> list[str]:
    """Return the fields of a case in which we differ."""
    whole, possible = frontier(bargain, among="all"), frontier(bargain)
    found = solve_all(bargain, ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian"))
    total = sum((Fraction(r) for r in bargain.reservation_value), Fraction(0))
    welfare = found["utilitarian"].value
    checks = {
        "pareto_points": rounded_points(whole) == case["pareto_points"],
        "pareto_points_IR": case["pareto_points_IR"]
        in (rounded_points(possible), rounded_points(frontier(nearly_accepted(bargain)))),
        "nash_product": agrees(found["nash"].value, case.get("nash_product")),
        "egalitarian_min_gain": agrees(found["egalitarian"].value, case.get("egalitarian_min_gain")),
        "ks_ratio_ideal_all": "ks_ratio_ideal_all" not in case
        or agrees(solve(bargain, "kalai_smorodinsky", ideal="all").value, case["ks_ratio_ideal_all"]),
        "ks_ratio_ideal_IR": case.get("ks_ratio_ideal_IR") is None
        or agrees(found["kalai_smorodinsky"].value, case["ks_ratio_ideal_IR"]),
        "welfare_max_IR": agrees(None if welfare is None else Fraction(welfare) + total, case.get("welfare_max_IR")),
        "proven": all(solution.status is not Status.BOUNDED for solution in found.values()),
    }
    return [f"{case['path']} ({case['parties']}): {field}" for field, holds in checks.items() if not holds]


def test_every_additive_reference_case_has_its_values(shared: Path) -> None:
    scenarios = shared / "scenarios"
    wrong = [line for case in cases(scenarios) for line in disagreements(bargain_of(scenarios, case), case)]
    assert wrong == []


def test_the_count_of_possible_settlements_is_that_of_the_reference(shared: Path) -> None:
    from goodoffices.settlement.feasibility.zone import zone

    scenarios = shared / "scenarios"
    wrong = []
    for case in cases(scenarios):
        if case.get("n_IR_outcomes") is not None and case["outcomes"] <= 5_000:
            bargain = bargain_of(scenarios, case)
            if case["n_IR_outcomes"] not in (zone(bargain).count, zone(nearly_accepted(bargain)).count):
                wrong.append(case["path"])
    assert wrong == []


NONLINEAR = "nonlinear_reference.json"


def domain(shared: Path, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "scenarios" / NONLINEAR).read_text())["domains"][number]
    return found


@pytest.mark.parametrize("number", range(10))
def test_the_witnesses_of_nonlinear_frontiers_have_the_raw_worth_stated(shared: Path, number: int) -> None:
    case = domain(shared, number)
    bargain = uncapped(read_scenario(shared / "scenarios" / case["path"]).bargain)
    for point in case["frontier"]:
        settlement = tuple(
            issue.options.index(str(value)) for issue, value in zip(bargain.issues, point["bid"], strict=True)
        )
        assert [float(worth) for worth in bargain.worth_of(settlement)] == point["raw"]


@pytest.mark.parametrize(
    "number", [pytest.param(at, marks=[] if at in (1, 2, 3, 4, 5) else pytest.mark.nightly) for at in range(10)]
)
def test_whole_nonlinear_frontiers_are_proven_and_show_which_published_points_are_dominated(
    shared: Path, number: int
) -> None:
    case = domain(shared, number)
    folder = shared / "scenarios" / case["path"]
    scenario = read_scenario(folder)
    found = frontier(uncapped(scenario.bargain), among="all")
    assert found.status is Status.PROVEN
    worths = [found.pick(at).worth for at in range(len(found))]
    assert sorted(worths) == sorted(tuple(Fraction(x) for x in point["raw"]) for point in case["frontier"])
    cut = {tuple(min(float(w / s), 1.0) for w, s in zip(worth, scenario.scale, strict=True)) for worth in worths}
    front = [one for one in cut if not any(o != one and all(a >= b for a, b in zip(o, one, strict=True)) for o in cut)]
    assert len(front) == case["genius_frontier_points"]
    published = read_published(folder)
    assert published is not None
    assert published.heuristic_front is not None
    dominated = [point for point in published.heuristic_front if any(is_clearly_below(point, one) for one in front)]
    assert len(dominated) == case["published_dominated"]


def is_clearly_below(point: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Return whether ``other`` dominates ``point`` by more than the rounding of the published files."""
    differences = [b - a for a, b in zip(point, other, strict=True)]
    return min(differences) >= -2e-6 and max(differences) > 1e-5


def published_folders(shared: Path, name: str) -> list[Path]:
    return sorted(path.parent for path in (shared / "scenarios" / name).rglob("spec*s.json"))


def best_pick(solution: Solution) -> list[tuple[float, ...]]:
    return [tuple(float(worth) for worth in pick.worth) for pick in solution.picks]


def is_among(point: tuple[float, ...] | None, picks: list[tuple[float, ...]]) -> bool:
    assert point is not None
    return any(max(abs(a - b) for a, b in zip(point, pick, strict=True)) < CLOSE for pick in picks)


def test_the_values_that_anl_published_are_those_of_their_true_definitions(shared: Path) -> None:
    folders = published_folders(shared, "geniusweb-anl2023")
    assert len(folders) == 25
    for folder in folders:
        bargain, published = read_scenario(folder).bargain, read_published(folder)
        assert published is not None
        found = solve_all(bargain, ("nash", "utilitarian", "least_difference"))
        assert is_among(published.nash_worth, best_pick(found["nash"]))
        assert is_among(published.utilitarian_worth, best_pick(found["utilitarian"]))
        assert is_among(published.least_difference_worth, best_pick(found["least_difference"]))
        points = frontier(bargain, among="all")
        assert published.frontier is not None
        assert len(published.frontier) == points.ties.sum()
        assert all(is_among(point, [tuple(row) for row in points.worth.tolist()]) for point in published.frontier)


def test_the_values_that_negolog_published_are_those_of_their_true_definitions(shared: Path) -> None:
    folders = published_folders(shared, "negolog")
    assert len(folders) == 33
    for folder in folders:
        bargain, published = read_scenario(folder).bargain, read_published(folder)
        assert published is not None
        found = solve_all(bargain, ("nash", "utilitarian"))
        assert agrees(found["nash"].value, published.nash_product)
        assert agrees(found["utilitarian"].value, published.utilitarian)
        assert is_among(published.utilitarian_worth, best_pick(found["utilitarian"]))
