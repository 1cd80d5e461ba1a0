"""Wrong types, masked cells and names that cannot be shown: refused by errors of our own, in every public function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from goodoffices import forecast as forecasts_room, settlement
from goodoffices.errors import GoodOfficesError
from goodoffices.forecast import Draws, Lineup
from goodoffices.settlement import Bargain

BARGAIN = Bargain.from_names(
    {
        "N": {"well": {"ours": 40, "shared": 30}, "road": {"open": 20, "closed": 0}},
        "S": {"well": {"ours": 0, "shared": 25}, "road": {"open": 15, "closed": 10}},
    },
    reservation_value={"N": 20, "S": 20},
)
LINEUP = Lineup.from_arrays(["A", "B", "C"], [0, 50, 100], capability=[1, 2, 3])
MASKED: Any = np.ma.masked_array(np.ones((2, 2)), [[True, False], [False, False]])
ZEROS: Any = np.zeros((2, 2, 2))
ONE_ISSUE: Any = np.zeros((2, 1, 2))
ODD: list[Any] = [None, "x", 5, {}, [1, 2], ("a", "b"), (-1, 0), (0, 9), (True, 0), (0.5, 0), len]
NOT_TAKING_ONE = {"acceptance_probability", "UncertainBargain"}


def functions(room: Any) -> list[tuple[str, Callable[..., Any]]]:
    found = ((name, getattr(room, name)) for name in room.__all__)
    return [(name, one) for name, one in found if callable(one) and not isinstance(one, type)]


def refused_or_answered(call: Callable[[], Any]) -> None:
    """Any error is one of ours, or says that an argument of Python is missing."""
    try:
        call()
    except GoodOfficesError:
        pass
    except TypeError as error:
        assert "argument" in str(error), error


@pytest.mark.parametrize("name", [name for name, _ in functions(settlement) if name not in NOT_TAKING_ONE])
@pytest.mark.parametrize("odd", ODD, ids=str)
def test_functions_of_settlement_refuse_what_is_no_settlement_or_bargain(name: str, odd: Any) -> None:
    function = getattr(settlement, name)
    refused_or_answered(lambda: function(BARGAIN, odd))


@pytest.mark.parametrize("method", ["worth_of", "accepting", "is_possible", "named", "settlement", "with_reservation"])
@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_bargain_refuses_what_is_no_settlement(method: str, odd: Any) -> None:
    if method == "with_reservation" and odd in ([1, 2], (-1, 0), (0, 9), (0.5, 0)):
        return
    with pytest.raises(GoodOfficesError):
        getattr(BARGAIN, method)(odd)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Bargain.from_arrays(["a", "b"], {"x": ["1", "2"], "y": ["1", "2"]}, [MASKED, MASKED]),
        lambda: Bargain.from_arrays(["a", "b"], {"x": "12", "y": ["1", "2"]}, ZEROS),
        lambda: Bargain.from_arrays(["", "b"], {"x": ["1", "2"]}, ONE_ISSUE),
        lambda: Bargain.from_arrays(["a\u202eb", "b"], {"x": ["1", "2"]}, ONE_ISSUE),
        lambda: Bargain.from_arrays(["\u200b", "b"], {"x": ["1", "2"]}, ONE_ISSUE),
        lambda: settlement.solve_all(BARGAIN, "nash"),  # type: ignore[arg-type]
        lambda: Lineup.from_arrays(["a\u202eb", "c"], [1, 2]),
        lambda: Lineup.from_arrays(["a\x00", "c"], [1, 2]),
        lambda: Lineup.from_arrays(["A", "B"], np.ma.masked_array([1, 50], [True, False])),
        lambda: Lineup.from_arrays(["A", "B"], [10**400, 2]),
        lambda: forecasts_room.forecast(LINEUP, issue=5),  # type: ignore[arg-type]
        lambda: forecasts_room.forecasts(LINEUP, models="mean"),
        lambda: forecasts_room.forecasts(LINEUP, models=None),  # type: ignore[arg-type]
        lambda: forecasts_room.backtest(None),  # type: ignore[arg-type]
        lambda: forecasts_room.levers(LINEUP, toward="x"),  # type: ignore[arg-type]
        lambda: forecasts_room.score(forecasts_room.forecast(LINEUP), "x"),  # type: ignore[arg-type]
        lambda: forecasts_room.from_outcomes(["a"], source="x"),
        lambda: forecasts_room.from_outcomes([1], source=None),  # type: ignore[arg-type]
        lambda: forecasts_room.lineup_from_frame(None),
        lambda: forecasts_room.veto_core(None),  # type: ignore[arg-type]
        lambda: Draws(n=1.5, seed=1),  # type: ignore[arg-type]
        lambda: Draws(n=5, seed=None),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_meant_is_refused_and_never_guessed(call: Callable[[], Any]) -> None:
    with pytest.raises(GoodOfficesError):
        call()


@pytest.mark.parametrize("name", ["zone", "blockers", "unblock", "frontier", "solve"])
def test_a_result_is_shown_in_one_short_line_without_a_dump(name: str) -> None:
    shown = repr(getattr(settlement, name)(BARGAIN))
    assert shown.startswith("<")
    assert len(shown) < 120
    assert "\n" not in shown


def test_results_give_rows_for_a_data_frame() -> None:
    [row] = settlement.solve(BARGAIN, "nash").to_rows()
    assert row == {
        "well": "shared", "road": "open", "worth of N": 50, "worth of S": 40, "gain of N": 30, "gain of S": 20,
        "ties": 1, "value": 600,
    }  # fmt: skip
    assert settlement.zone(BARGAIN).to_rows()[0]["count"] == 2
