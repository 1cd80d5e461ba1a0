"""What tests of the room forecast share: the shared cases and the tables of expected numbers."""

from __future__ import annotations

import csv
import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from goodoffices.forecast.inputs.from_tables import cases_of, lineup_of
from goodoffices.forecast.inputs.lineup import Case, Lineup
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of
from goodoffices.forecast.models.cards import model_named
from goodoffices.formats.position_tables.detect import read_positions


@cache
def deu_cases(shared: Path) -> tuple[Case, ...]:
    """Return the 245 development issues."""
    return cases_of(read_positions(shared / "forecast" / "deu3_dev.csv"))


@cache
def expected_rows(path: Path, delimiter: str = ",") -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=delimiter))


@cache
def lineup_from(path: Path) -> Lineup:
    return lineup_of(read_positions(path))


def point_of(model: str, lineup: Lineup) -> float:
    """Return the model's point of a one-issue lineup, 0..100."""
    return float(model_named(model).run(numbers_of(lineup)).point[0])


def as_program_reads(numbers: Numbers, unit: float = 1.0) -> Numbers:
    """Return what the peer programs were fed: actors who care, capability over ``unit`` to four decimals."""
    inside, _ = numbers.of_bargainers()
    return dataclasses.replace(inside, capability=np.round(inside.capability / unit, 4))


def line_lineup(x: Any, s: Any = 1.0, c: Any = 1.0, **more: Any) -> Lineup:
    """Return a one-issue lineup with actors a, b, c, ..."""
    names = [f"a{number}" for number in range(len(x))]
    return Lineup.from_arrays(names, x, s, c, **more)
