"""What the command line will print, and the pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from forecast_calibration import shipped_text
from forecast_data import deu_cases
from goodoffices.errors import ForecastInputError
from goodoffices.forecast import (
    Draws,
    Lineup,
    backtest,
    forecast,
    forecasts,
    lineup_of,
    sensitivity,
    text_output as commands,
)
from goodoffices.forecast.plots import alt_text, plot_backtest, plot_forecast, plot_strips, plot_tornado
from goodoffices.formats.position_tables.detect import read_positions

pytestmark = pytest.mark.slow

TIDY = (
    "issue,actor,position,salience,capability,reference,outcome,cluster\n"
    "wells,North,0,0.5,1,100,40,a\nwells,South,60,1,2,100,40,a\nwells,Host,100,0.2,1,100,40,a\n"
    "road,North,10,0.5,1,0,50,b\nroad,South,50,1,2,0,50,b\nroad,Host,90,0.2,1,0,50,b\n"
)


@pytest.fixture
def table_path(tmp_path: Path) -> Path:
    path = tmp_path / "wells.csv"
    path.write_text(TIDY, encoding="utf-8")
    return path


def test_forecasts_as_csv_and_json(table_path: Path) -> None:
    lineup = lineup_of(read_positions(table_path))
    turns = commands.comparison_text(forecasts(lineup, models=["ktab-smp"]), "csv")
    rows = list(csv.DictReader(io.StringIO(turns)))
    assert set(rows[0]) == {"model", "issue", "turn", "actor", "position"}
    assert {row["issue"] for row in rows} == {"wells", "road"}
    found = forecasts(lineup, models=["mean", "compromise"], draws=Draws(n=10, seed=1))
    assert len(json.loads(commands.comparison_text(found, "json"))["forecasts"]) == 4


def test_a_backtest_prints_its_table_and_fixed_columns(table_path: Path) -> None:
    table = read_positions(table_path)
    text = commands.backtest(table, models=["mean", "compromise"], folds=2)
    assert "vs compromise" in text and "2 methods compared" in text
    rows = list(csv.DictReader(io.StringIO(commands.backtest(table, models=["mean"], folds=2, form="csv"))))
    assert tuple(rows[0]) == commands.BACKTEST_COLUMNS
    told = json.loads(commands.backtest(table, test=table, models=["mean"], form="json"))
    assert told["settings"]["folds"] == 0


def test_levers_sensitivity_and_cards(table_path: Path) -> None:
    table = read_positions(table_path)
    assert "South: leaves" in commands.levers(table, issue="wells", model="compromise")
    assert "chance of the target" in commands.levers(table, issue="wells", model="compromise", toward=(40.0, 50.0))
    assert "swing" in commands.sensitivity(table, issue="wells", model="nbs:reference")
    assert "no-deal cost" in commands.sensitivity(table, issue="wells", model="nbs:reference", form="csv")
    sobol = commands.sensitivity(table, issue="wells", sobol=True, draws=Draws(n=64, seed=1), form="json")
    assert json.loads(sobol)["method"] == "sobol"
    assert "No dynamic model is known to be better there than the compromise" in commands.models()
    assert len(json.loads(commands.models("json"))) == 20
    with pytest.raises(ForecastInputError, match="one of text, csv, json"):
        commands.models("xml")


def test_every_picture_is_drawn(tmp_path: Path) -> None:
    lineup = Lineup.from_arrays(
        ["North", "South", "Host"],
        [0, 60, 100],
        [0.5, 1.0, 0.2],
        reference=100.0,
        must_sign=["South"],
        issues=["wells"],
    )
    found = forecast(lineup, model="bdm:published-numbers")
    axes = [plot_forecast(found, kind) for kind in ("line", "strip", "cost", "quadrants")]
    axes += [plot_strips(forecasts(lineup, models=("compromise", "mean")).forecasts), plot_tornado(sensitivity(lineup))]
    axes.append(plot_tornado(sensitivity(lineup, method="sobol", draws=Draws(n=32, seed=1))))
    for number, one in enumerate(axes):
        path = tmp_path / f"{number}.png"
        one.figure.savefig(path)  # type: ignore[union-attr]
        assert path.stat().st_size > 3000
    assert "80 % interval" in alt_text(found)
    with pytest.raises(ForecastInputError, match="one of line, strip"):
        plot_forecast(found, "pie")


def test_the_backtest_is_drawn(table_path: Path, tmp_path: Path) -> None:
    from goodoffices.forecast import Folds, cases_of

    found = backtest(
        cases_of(read_positions(table_path)), ["compromise", "mean"], folds=Folds(n=2, seed=1), bootstrap=20
    )
    plot_backtest(found).savefig(tmp_path / "b.png")
    assert (tmp_path / "b.png").stat().st_size > 3000


def test_the_shipped_calibration_is_what_the_script_makes(shared: Path) -> None:
    from importlib.resources import files

    shipped = json.loads(files("goodoffices.forecast").joinpath("data", "deu3.json").read_text(encoding="utf-8"))
    made = json.loads(shipped_text(deu_cases(shared)))
    assert shipped["clusters"] == made["clusters"]
    assert shipped["banks"].keys() == made["banks"].keys()
    for name, bank in made["banks"].items():
        assert shipped["banks"][name]["clusters"] == bank["clusters"]
        assert shipped["banks"][name]["residuals"] == pytest.approx(bank["residuals"], abs=2e-6)
