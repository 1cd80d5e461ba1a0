"""Nothing is added to a printed result unseen, and what is wrong with it is said in words for a person."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest

from goodoffices.settlement import Bargain, frontier, solve_all, verify, zone

BARGAIN = Bargain.from_names(
    {
        "N": {"well": {"ours": 40, "shared": 30, "theirs": 0}, "road": {"open": 20, "closed": 0}},
        "S": {"well": {"ours": 0, "shared": 25, "theirs": 40}, "road": {"open": 15, "closed": 10}},
    }
)


def printed() -> dict[str, Any]:
    return {
        "bargain": {
            "parties": list(BARGAIN.parties),
            "issues": {issue.name: list(issue.options) for issue in BARGAIN.issues},
            "settlements": BARGAIN.settlements,
        },
        "frontier": frontier(BARGAIN).to_json(),
        "zone": zone(BARGAIN).to_json(),
        "solutions": {name: found.to_json() for name, found in solve_all(BARGAIN).items()},
    }


def mappings(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(part, dict):
        yield path
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, inner in entries:
        yield from mappings(inner, (*path, key))


def at(part: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        part = part[key]
    return part


def test_the_result_itself_stands() -> None:
    assert verify(printed(), BARGAIN).is_accepted


@pytest.mark.parametrize("path", list(mappings(printed())), ids=str)
def test_whatever_is_added_anywhere_is_refused(path: tuple[Any, ...]) -> None:
    changed = copy.deepcopy(printed())
    at(changed, path)["all of them sign"] = True
    assert not verify(changed, BARGAIN).is_accepted


@pytest.mark.parametrize("path", list(mappings(printed())), ids=str)
@pytest.mark.parametrize("odd", [None, [], "x", 5])
def test_no_word_of_the_program_stands_in_a_refusal(path: tuple[Any, ...], odd: object) -> None:
    changed = copy.deepcopy(printed())
    if not path:
        return
    at(changed, path[:-1])[path[-1]] = odd
    found = verify(changed, BARGAIN)
    assert not found.is_accepted
    assert not re.search(r"Error|NoneType|object has no|tuple\.index|subscriptable", str(found))
