"""Bueno de Mesquita's challenge model: Scholz, Calbert & Smith (2011), ICAART, doi:10.5220/0003121500180030.

The numbers printed there, and those of a public program that gives them (github
jmckib/bdm-scholz-expected-utility-model), to 1e-9 over ten rounds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecast_data import deu_cases, expected_rows, lineup_from, point_of
from goodoffices.forecast.inputs.model_input import numbers_of
from goodoffices.forecast.models.cards import model_named

COLUMNS = {
    "BDM-Scholz code variant, median after 1 round": "bdm:published-numbers(turns=1, point='median')",
    "BDM-Scholz code variant, mean after 1 round": "bdm:published-numbers(turns=1)",
    "BDM-Scholz code variant, median after 5 rounds": "bdm:published-numbers(point='median')",
    "BDM-Scholz code variant, mean after 5 rounds": "bdm:published-numbers",
    "BDM-Scholz paper eqs, median after 1 round": "bdm:as-printed(turns=1, point='median')",
    "BDM-Scholz paper eqs, median after 5 rounds": "bdm:as-printed(point='median')",
    "BDM-Scholz paper eqs, mean after 5 rounds": "bdm:as-printed",
}
TRUNCATED_MEDIANS = [8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]


def _told(shared: Path) -> dict[str, Any]:
    path = shared / "forecast" / "expected" / "bdm_scholz_code_variant.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_ten_rounds_of_the_emission_talks_to_nine_decimals(shared: Path) -> None:
    told = _told(shared)["emission_1994"]["rounds"]
    numbers = numbers_of(lineup_from(shared / "forecast" / "emission_1994.csv"))
    turns = model_named("bdm:published-numbers(turns=10)").run(numbers).details["turns"]
    for ours, theirs in zip(turns, told, strict=True):
        for at, name in enumerate(numbers.actors):
            assert ours["after"][at] == pytest.approx(theirs["positions"][name], abs=1e-9)
            assert ours["risk_exponent"][at] == pytest.approx(theirs["risk_exponent_r"][name], abs=1e-9)
        assert ours["median"] == pytest.approx(theirs["median"], abs=1e-9)
        assert ours["mean"] == pytest.approx(theirs["mean"], abs=1e-9)
        _same_offers(numbers.actors, ours, theirs["accepted_offers"])


def _same_offers(actors: tuple[str, ...], ours: Any, offers: dict[str, Any]) -> None:
    kinds = ("", "confrontation", "compromise", "capitulation")
    moved = {actors[at] for at in np.flatnonzero(ours["who"] >= 0)}
    assert moved == set(offers)
    for name, offer in offers.items():
        i = actors.index(name)
        assert kinds[ours["how"][i]] == offer["type"]
        assert ours["after"][i] == pytest.approx(offer["new_position"], abs=1e-9)
        j = ours["who"][i]
        assert ours["before"][j] == ours["before"][actors.index(offer["from"])]
        assert ours["expects"][i, j] == pytest.approx(offer["eu_self"], abs=1e-9)
        assert ours["expects_of_other"][i, j] == pytest.approx(offer["eu_other"], abs=1e-9)


@pytest.mark.parametrize("case", ["emission_1994", "sultan_1997"])
def test_all_expectations_of_the_first_round(shared: Path, case: str) -> None:
    first = _told(shared)[case]["rounds"][0]
    key = next(name for name in first if name.startswith("expected_utilities"))
    numbers = numbers_of(lineup_from(shared / "forecast" / f"{case}.csv"))
    turn = model_named("bdm:published-numbers(turns=1)").run(numbers).details["turns"][0]
    for name, others in first[key].items():
        i = numbers.actors.index(name)
        for other, (own, theirs) in others.items():
            j = numbers.actors.index(other)
            assert turn["expects"][i, j] == pytest.approx(own, abs=1e-9)
            assert turn["expects_of_other"][i, j] == pytest.approx(theirs, abs=1e-9)


def test_table_two_medians_after_truncation_and_means(shared: Path) -> None:
    numbers = numbers_of(lineup_from(shared / "forecast" / "emission_1994.csv"))
    turns = model_named("bdm:published-numbers(turns=8)").run(numbers).details["turns"]
    published = _told(shared)["emission_1994"]["published"]["scholz_2011_table2_mean"]
    medians = [int(turn["median"] * 10) / 10 for turn in turns]
    assert sum(ours == printed for ours, printed in zip(medians, TRUNCATED_MEDIANS, strict=True)) == 7
    assert medians[1] == 9.6, "the second median is printed 9.9"
    assert max(abs(turn["mean"] - printed) for turn, printed in zip(turns, published, strict=True)) <= 0.07


def test_the_plotted_views_within_what_can_be_read_off_the_figures(shared: Path) -> None:
    published = _told(shared)["emission_1994"]["published"]
    numbers = numbers_of(lineup_from(shared / "forecast" / "emission_1994.csv"))
    turn = model_named("bdm:published-numbers(turns=1)").run(numbers).details["turns"][0]
    views = {"scholz_fig7": "Belgium", "scholz_fig8": "France", "scholz_fig9": "Netherlands"}
    for prefix, who in views.items():
        [told] = [value for name, value in published.items() if name.startswith(prefix)]
        i = numbers.actors.index(who)
        for other, (own, theirs) in told.items():
            if (who, other) == ("Netherlands", "Greece"):
                continue  # the one plotted point that the program does not give
            j = numbers.actors.index(other)
            assert turn["expects"][i, j] == pytest.approx(own, abs=0.08)
            assert turn["expects_of_other"][i, j] == pytest.approx(theirs, abs=0.08)


def test_russia_flips_for_ever_in_the_sultan_example(shared: Path) -> None:
    lineup = lineup_from(shared / "forecast" / "sultan_1997.csv")
    answer = model_named("bdm:published-numbers(turns=10)").run(numbers_of(lineup))
    assert answer.positions is not None
    russia = answer.positions[:, lineup.actors.index("RUSSIA"), 0]
    assert russia == pytest.approx([14.20, 12.90] * 5 + [14.20])
    assert "cycle of length 2" in answer.stopped
    assert answer.ties == pytest.approx((13.5758, 13.6199), abs=1e-4)


def test_the_printed_equations_collapse_to_seven(shared: Path) -> None:
    numbers = numbers_of(lineup_from(shared / "forecast" / "emission_1994.csv"))
    means = [turn["mean"] for turn in model_named("bdm:as-printed(turns=3)").run(numbers).details["turns"]]
    assert means == pytest.approx([6.4815, 6.9734, 7.0], abs=5e-5)
    literal = model_named("bdm:as-printed(turns=4, vote_exponent=False)").run(numbers).details["turns"]
    assert [turn["mean"] for turn in literal] == pytest.approx([7.5185, 7.8863, 7.1640, 7.0], abs=5e-5)


@pytest.mark.parametrize(("column", "model"), list(COLUMNS.items()), ids=list(COLUMNS))
def test_every_issue_of_deu_to_four_decimals(shared: Path, column: str, model: str) -> None:
    lineups = {case.issue: case.lineup for case in deu_cases(shared)}
    rows = expected_rows(shared / "forecast" / "expected" / "deu3_dev_per_issue_predictions.csv")
    gaps = [abs(point_of(model, lineups[row["issue"]]) - float(row[column])) for row in rows]
    assert max(gaps) <= 1e-4
