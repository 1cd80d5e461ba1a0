"""Numbers printed in the papers whose methods the room ceasefire uses.

* Bewick, Cheek & Ball (2004), Critical Care 8, 389, table 2: eight patients, 1, 1, 4, 5, 6+, 9, 9+, 22 days.
* Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300: fifteen p-values, of which four are rejected at .05.
* Williams et al. (2024), arXiv 2110.05475: violence is lower right after cease-fires. The figures are computed from
  UCDP GED Syria (Sundberg & Melander 2013; Hoegbladh 2019; CC BY 4.0. Changed: subset and daily totals). The rise just
  before, which they report, is not seen there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ceasefire_data import daily, rows_of
from goodoffices.ceasefire.change_ratio import false_discovery_rates
from goodoffices.ceasefire.return_times import product_limit
from goodoffices.ceasefire.streams import Measure


def test_a_published_share_that_survives() -> None:
    days = np.array([1.0, 1.0, 4.0, 5.0, 6.0, 9.0, 9.0, 22.0])
    ended = np.array([True, True, True, True, False, True, False, True])
    found = [product_limit(days, ended, at) for at in (1, 4, 5, 9, 22)]
    assert found == pytest.approx([0.75, 0.625, 0.5, 1 / 3, 0.0])


def test_the_example_of_benjamini_and_hochberg() -> None:
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
                0.7590, 1.000]  # fmt: skip
    rates = false_discovery_rates(p_values)
    assert sum(rate <= 0.05 for rate in rates) == 4
    assert rates == sorted(rates)


PARTS = ((-7, 0), (0, 7), (7, 14), (14, 28), (28, 60))
ORDER = ("Aleppo", "Idlib", "Hamah", "Homs", "Latakia", "Damascus", "Rif Dimashq", "Daraa", "Quneitra", "As Suwayda",
         "Deir ez Zor", "Ar Raqqah", "Al Hasakah", "Tartus")  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "n_pairs", "levels"),
    [
        (Measure.EVENTS, 18, (0.67, 0.46, 0.46, 0.35, 0.72)),
        (Measure.DEATHS, 19, (0.67, 0.33, 0.32, 0.23, 0.56)),
    ],
)
def test_violence_is_lower_right_after_three_cease_fires(
    shared: Path, measure: Measure, n_pairs: int, levels: tuple[float, ...]
) -> None:
    before, after = [], []
    for row in rows_of(shared / "ceasefire" / "known_dates.csv"):
        if row["id"] not in ("SY-ASTANA", "SY-DEESC", "SY-SOUTH"):
            continue
        named = ORDER if row["governorates"] == "*" else tuple(row["governorates"].split("|"))
        for area in named:
            stream = daily(shared, "gov-insurgents", (area,), measure)
            at = stream.index(date.fromisoformat(row["date"]))
            base = stream.y[at - 60 : at - 14].mean()
            if base >= 0.1:
                before.append(base)
                after.append([stream.y[at + first : at + last].mean() for first, last in PARTS])
    assert len(before) == n_pairs
    assert np.sum(after, axis=0) / np.sum(before) == pytest.approx(levels, abs=0.01)
