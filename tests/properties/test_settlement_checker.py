"""The checker accepts what is right and refuses what is changed."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
from hypothesis import given

from goodoffices.bargain import Bargain, Box, Constraint, Interaction
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.solve import solve_all
from goodoffices.settlement.text_output import settle
from goodoffices.settlement.verification.verify import verify
from properties.settlement_bargains import bargains, simple


def printed(bargain: Bargain) -> dict[str, Any]:
    """Return a result with every solution, as read back from what is printed."""
    result = settle(bargain, with_frontier=True, with_count=True)
    result["solutions"] = {name: found.to_json() for name, found in solve_all(bargain).items()}
    return json.loads(json.dumps(result))  # type: ignore[no-any-return]


@given(bargains())
def test_every_result_is_accepted(bargain: Bargain) -> None:
    verdict = verify(printed(bargain), bargain)
    assert verdict.is_accepted, str(verdict)


def test_results_of_bargains_too_large_to_enumerate_are_accepted_and_a_dominated_point_is_refused() -> None:
    rng = np.random.default_rng(5)
    for n, issues in ((2, 40), (3, 25), (7, 30)):
        bargain = simple(rng.integers(0, 20, (issues, 4, n)).tolist(), [issues * 8] * n)
        result = settle(bargain, with_frontier=n < 4, with_count=True)
        verdict = verify(json.loads(json.dumps(result)), bargain)
        assert verdict.is_accepted, str(verdict)
        assert "solving the bargain again" in verdict.level
        loose = json.loads(json.dumps(result))
        for found in loose["solutions"].values():
            found["bound"] = None if found["bound"] is None else found["bound"] + 5
        assert not verify(loose, bargain).is_accepted
        if n < 4:
            first = result["frontier"]["points"][0]
            worst = {issue.name: "o0" for issue in bargain.issues}
            worth = bargain.worth_of((0,) * issues)
            named = {party: float(w) for party, w in zip(bargain.parties, worth, strict=True)}
            result["frontier"]["points"].append({"worth": named, "settlement": worst, "ties": 1})
            result["frontier"]["size"] += 1
            assert not verify(result, bargain).is_accepted
            first["worth"][bargain.parties[0]] += 1
            assert len(verify(result, bargain).problems) > 1


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path to every scalar and list."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [path, *(leaf for at, part in enumerate(value) for leaf in leaves(part, (*path, at)))]
    return [path]


def mutated(result: dict[str, Any], rng: np.random.Generator) -> dict[str, Any] | None:
    """Change one thing: a number, a name, a word, or what a list holds; ``None`` if that thing means nothing."""
    changed = copy.deepcopy(result)
    paths = [path for path in leaves(result) if path[0] not in ("seconds", "warnings")]
    path = paths[rng.integers(len(paths))]
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    if isinstance(value, list):
        if not value:
            return None
        at = int(rng.integers(len(value)))
        holder[path[-1]] = value[:at] + value[at + 1 :] if rng.integers(2) else [*value, copy.deepcopy(value[at])]
    elif isinstance(value, bool):
        holder[path[-1]] = not value
    elif isinstance(value, int | float):
        holder[path[-1]] = value + [1, -1, 0.001, 1e-6][rng.integers(4)]
    elif isinstance(value, str):
        others = ["o0", "o1", "o2", "proven", "bounded", "infeasible", "", value + "x"]
        holder[path[-1]] = next(o for o in rng.permutation(others).tolist() if o != value)
    else:
        holder[path[-1]] = 0
    return changed


def test_a_thousand_changed_results_are_refused() -> None:
    rng = np.random.default_rng(20170123)
    refused = 0
    while refused < 1_000:
        worth = rng.integers(0, 6, (3, 3, 3)).tolist()
        bargain = simple(
            worth,
            [4, 4, 4],
            interactions=(Interaction(box=Box(where=((0, (0, 1)), (1, (2,)))), worth=(1, 0, 2)),),
            constraints=(Constraint(forbidden=Box(where=((0, (0,)), (2, (0,)))), name="not both"),),
        )
        result = printed(bargain)
        assert verify(result, bargain).is_accepted
        for _ in range(50):
            changed = mutated(result, rng)
            if changed is None or is_same_statement(changed, result, bargain):
                continue
            assert not verify(changed, bargain).is_accepted, changed
            refused += 1


def is_same_statement(changed: dict[str, Any], result: dict[str, Any], bargain: Bargain) -> bool:
    """Return whether the change only names another settlement of the same worth, which is as good a witness."""

    def stated(one: dict[str, Any]) -> Any:
        shown = copy.deepcopy(one)
        for point in shown["frontier"]["points"]:
            point["settlement"] = worth_of(bargain, point["settlement"])
        for name in DEFINITIONS:
            solution = shown["solutions"][name]
            solution["settlements"] = [worth_of(bargain, named) for named in solution["settlements"]]
        return shown

    return bool(stated(changed) == stated(result))


def worth_of(bargain: Bargain, named: Any) -> Any:
    """Return the worth of a named settlement if it is possible, else the name itself."""
    try:
        settlement = tuple(issue.options.index(named[issue.name]) for issue in bargain.issues)
    except (KeyError, ValueError, TypeError):
        return named
    if set(named) != {issue.name for issue in bargain.issues} or not bargain.is_possible(settlement):
        return named
    return bargain.worth_of(settlement)
