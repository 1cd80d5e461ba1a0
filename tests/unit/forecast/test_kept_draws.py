"""The ends of runs over draws are kept: a forecast and the combination that contains its model draw once."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.forecast import Draws, Lineup, Span, forecast, forecasts
from goodoffices.forecast.inputs.model_input import numbers_of
from goodoffices.forecast.models import spatial

NAMES = ["North", "South", "Host"]
DRAWS = Draws(n=1500, seed=7)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    spatial.KEPT.clear()


def wells(mode: float = 10.0) -> Lineup:
    return Lineup.from_arrays(NAMES, [Span(low=0, mode=mode, high=50), 60, 100], [0.5, 1.0, 0.4])


def test_the_combination_asks_for_no_draw_that_its_member_has_made() -> None:
    forecast(wells(), model="ktab-smp", draws=DRAWS)
    made = set(spatial.KEPT)
    assert len(made) > 1, "one block of draws shows nothing"
    forecasts(wells(), models=["combination"], draws=DRAWS)
    assert set(spatial.KEPT) == made


def test_what_is_kept_is_what_a_new_run_gives_and_cannot_be_changed_by_who_gets_it() -> None:
    model = spatial.ktab_smp()
    numbers = numbers_of(wells())
    x, s, c = (np.tile(one, (4, 1)) for one in numbers.vectors())
    assert model.many is not None
    first = model.many(x, s, c, numbers)
    first[:] = -1.0
    again = model.many(x, s, c, numbers)
    spatial.KEPT.clear()
    assert np.array_equal(again, model.many(x, s, c, numbers))


@pytest.mark.parametrize("other", ["position", "salience", "capability", "option", "seed", "shape"])
def test_whatever_a_run_depends_on_makes_another_run(other: str) -> None:
    numbers = numbers_of(wells())
    x, s, c = (np.tile(one, (2, 1)) for one in numbers.vectors())
    given = {"position": (x + 1.0, s, c), "salience": (x, s / 2, c), "capability": (x, s, c + 1.0)}
    given["shape"] = (x[:1], s[:1], c[:1])
    models = {"option": spatial.ktab_smp(victory="square"), "seed": spatial.ktab_smp(transitions_seed=3)}
    first, second = spatial.ktab_smp(), models.get(other, spatial.ktab_smp())
    assert first.many is not None
    assert second.many is not None
    first.many(x, s, c, numbers)
    second.many(*given.get(other, (x, s, c)), numbers)
    assert len(spatial.KEPT) == 2


def test_no_more_is_kept_than_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spatial, "MOST_KEPT", 3)
    for mode in (5.0, 10.0, 15.0, 20.0, 25.0):
        forecast(wells(mode), model="ktab-smp", draws=Draws(n=5, seed=1))
    assert len(spatial.KEPT) == 3
