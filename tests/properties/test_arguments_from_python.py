"""Whatever a program gives for an argument, it gets an answer or an error of ours that says what to give.

Every public question of the two rooms is asked with every argument wrong, one at a time. A word that is not on a
closed list, a limit that is no number and a seed that is text are refused: they would else count as another value.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import goodoffices.forecast as forecasts_room
import goodoffices.settlement as settlement_room
from goodoffices.errors import GoodOfficesError
from goodoffices.forecast import Lineup
from goodoffices.formats.event_tables.reader import read_events
from goodoffices.formats.position_tables.detect import read_positions
from goodoffices.settlement import Bargain

BARGAIN = Bargain.from_names({
    "North": {"well": {"ours": 3, "theirs": 0}, "road": {"open": 1, "closed": 0}},
    "South": {"well": {"ours": 0, "theirs": 2}, "road": {"open": 0, "closed": 2}},
})  # fmt: skip
LINEUP = Lineup.from_arrays(["North", "South", "Host"], [0, 60, 100], [0.5, 1.0, 0.2], issues=["wells"])
WRONG: list[Any] = [
    1.5, "x", b"x", [], {}, (), [None], ["a"], [[1]], {"a": None}, float("nan"), -1, 10**400, True, object(),
    np.array([1, 2]), np.array([[1.0, np.nan]]), Decimal("1.1"), 1j, datetime.date(2026, 1, 1),
]  # fmt: skip
QUESTIONS: dict[str, tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = {
    **{
        name: (getattr(settlement_room, name), (BARGAIN,), {})
        for name in ("solve", "solve_all", "zone", "frontier", "blockers", "unblock", "trades", "prices", "mixture")
    },
    "nearest": (settlement_room.nearest, (BARGAIN, (0, 0)), {}),
    "standing": (settlement_room.standing, (BARGAIN, (0, 0)), {}),
    "shares": (settlement_room.shares, (BARGAIN, (0, 0)), {}),
    "objections": (settlement_room.objections, (BARGAIN, (0, 0)), {}),
    "acceptance_probability": (settlement_room.acceptance_probability, ([[1.0, 0.0]], 0.25), {}),
    "robust": (
        settlement_room.robust, (settlement_room.UncertainBargain(bargain=BARGAIN),), {"seed": 1, "worlds": 100}
    ),
    "verify": (settlement_room.verify, ({}, BARGAIN), {}),
    **{
        name: (getattr(forecasts_room, name), (LINEUP,), {})
        for name in ("forecast", "levers", "sensitivity", "veto_core")
    },
    "forecasts": (forecasts_room.forecasts, (LINEUP,), {"models": ["mean"]}),
    "ranking": (forecasts_room.ranking, ("wells", "North > South"), {"actors": ["North", "South"]}),
    "from_outcomes": (forecasts_room.from_outcomes, ([1.0, 2.0],), {"source": "panel"}),
    "lineup_of": (forecasts_room.lineup_of, (None,), {}),
    "cases_of": (forecasts_room.cases_of, (None,), {}),
    "calibrate": (forecasts_room.calibrate, ((), "mean"), {}),
    "procedural_setter": (forecasts_room.procedural_setter, (), {}),
    "nbs_no_deal": (forecasts_room.nbs_no_deal, (), {}),
    "exchange_equal_gain": (forecasts_room.exchange_equal_gain, (), {}),
    "bdm_as_printed": (forecasts_room.bdm_as_printed, (), {}),
}  # fmt: skip
REFUSED: dict[str, dict[str, list[Any]]] = {
    "frontier": {"among": ["al", "x", 1.5], "most": ["x", 1.5, -1], "time_limit": ["x", float("nan"), -1, True]},
    "solve": {"ideal": ["al", 1.5], "weights": [[1], ["a", "b"], (1, -1)], "time_limit": ["x"], "progress": ["x", 3]},
    "nearest": {"by": ["worths", None, 1]},
    "zone": {"seed": ["x", 1.5, -1, None]},
    "unblock": {"limit": [None, 0, "x", 1.5]},
    "lineup_of": {"table": [None, {}, "x"]},
    "calibrate": {"spread": ["position", 3]},
    "exchange_equal_gain": {"turns": [1.5, "x", 0, True]},
}
"""What has to be refused even where the answer would not need it."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_argument_ends_in_an_error_of_another_program(name: str) -> None:
    ask, given, named = QUESTIONS[name]
    for at, parameter in enumerate(inspect.signature(ask).parameters.values()):
        for wrong in WRONG:
            arguments, by_name = list(given), dict(named)
            if at < len(given):
                arguments[at] = wrong
            else:
                by_name[parameter.name] = wrong
            try:
                ask(*arguments, **by_name)
            except GoodOfficesError as error:
                assert str(error).strip(), (name, parameter.name, wrong)
            except Exception as error:
                pytest.fail(f"{name}({parameter.name}={wrong!r}) raises {type(error).__name__}: {error}")


@pytest.mark.parametrize(
    ("name", "parameter", "wrong"),
    [(name, which, wrong) for name, rest in REFUSED.items() for which, every in rest.items() for wrong in every],
)
def test_what_would_count_as_another_value_is_refused(name: str, parameter: str, wrong: Any) -> None:
    ask, given, named = QUESTIONS[name]
    names = list(inspect.signature(ask).parameters)
    arguments = list(given)
    if names.index(parameter) < len(arguments):
        arguments[names.index(parameter)] = wrong
        named = dict(named)
    else:
        named = {**named, parameter: wrong}
    with pytest.raises(GoodOfficesError):
        ask(*arguments, **named)


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    (tmp_path / "pos.csv").write_text(
        "issue,actor,position,salience,capability\nw,a,0,0.5,1\nw,b,100,0.5,1\n", encoding="utf-8"
    )
    assert read_positions(str(tmp_path / "pos.csv")).rows == read_positions(tmp_path / "pos.csv").rows
    (tmp_path / "events.csv").write_text("date,area,deaths\n2017-01-01,Hama,1\n", encoding="utf-8")
    assert read_events(str(tmp_path / "events.csv")).events == read_events(tmp_path / "events.csv").events
