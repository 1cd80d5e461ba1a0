"""How many settlements all could sign, from a talks file: against going through them all with the file in hand."""

from __future__ import annotations

import itertools
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given, settings, strategies as st

from goodoffices.cli.terminal.view_access import view_of
from goodoffices.reports.settlement.bargain_from_view import bargain_from
from goodoffices.settlement import zone
from settlement_talks import talks_of

ISSUES = {"well": ["ours", "shared", "theirs"], "road": ["open", "closed"]}
small = st.integers(0, 5)
ranges = st.tuples(small, small, small).map(lambda ends: dict(zip(("low", "mode", "high"), sorted(ends), strict=True)))
Entry = dict[str, Any]


@st.composite
def assessed(draw: st.DrawFn, party: str) -> list[Entry]:
    """Return what is assessed of a party: its worth in points or orders, red lines, and what no agreement is worth."""
    ordered, made = draw(st.booleans()), list[Entry]()
    for issue, options in ISSUES.items():
        points = {option: draw(st.one_of(small, ranges)) for option in options}
        worth = list(draw(st.permutations(options))) if ordered else points
        lines = draw(st.sets(st.sampled_from(options), max_size=1).map(list))
        made.append({"party": party, "issue": issue, "worth": worth, "red_lines": lines})
    least = st.sampled_from(["0", "0.25", "0.5", "1"]) if ordered else st.one_of(small, ranges)
    return [*made, {"party": party, "reservation_value": draw(least)}]


def likeliest(value: Any) -> Fraction:
    return Fraction(value["mode"] if isinstance(value, dict) else value)


def worth_of(entry: Entry, option: str) -> Fraction:
    """Return points as they are; steps of an order are even, from 1 to 0, and the two issues weigh alike."""
    worth = entry["worth"]
    if isinstance(worth, dict):
        return likeliest(worth[option])
    return (1 - Fraction(worth.index(option), len(worth) - 1)) / 2


def accepts(entries: list[Entry], settlement: dict[str, str]) -> bool:
    *issues, least = entries
    if any(settlement[entry["issue"]] in entry["red_lines"] for entry in issues):
        return False
    return sum(worth_of(e, settlement[e["issue"]]) for e in issues) >= likeliest(least["reservation_value"])


@given(assessed("north"), assessed("south"))
@settings(max_examples=40, deadline=None)
def test_the_count_is_that_of_going_through_them_all(north: list[Entry], south: list[Entry]) -> None:
    every = [dict(zip(ISSUES, options, strict=True)) for options in itertools.product(*ISSUES.values())]
    wanted = sum(accepts(north, one) and accepts(south, one) for one in every)
    with tempfile.TemporaryDirectory() as folder:
        path = talks_of(Path(folder) / "talks", ISSUES, [*north, *south], ("north", "south"))
        with view_of(str(path), None) as view:
            assert zone(bargain_from(view).bargain).count == wanted
