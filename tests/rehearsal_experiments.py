"""Experiments that tests of batches share: small, with a few things drawn."""

from __future__ import annotations

from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.rehearsal.batches.assumptions import Assumptions, assumed_from
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.subject import subject_of
from goodoffices.rehearsal.graph import Form
from goodoffices.talks.base.enums import Format

WELLS = Bargain.from_names(
    {
        "North": {
            "well": {"ours": 8, "both": 5, "theirs": 0},
            "road": {"open": 1, "toll": 4},
            "seat": {"a": 3, "b": 0},
        },
        "South": {
            "well": {"ours": 0, "both": 4, "theirs": 8},
            "road": {"open": 5, "toll": 0},
            "seat": {"a": 0, "b": 2},
        },
    },
    reservation_value={"North": 6, "South": 5},
)
BOTH = (Cell(format=Format.DIRECT), Cell(format=Format.PROXIMITY))


def wells(*numbers: str, runs: int = 60, cells: tuple[Cell, ...] = BOTH, **more: Any) -> Experiment:
    """Return an experiment on two wells and a road; strategies of the readable engine unless others are named."""
    more.setdefault("strategies", {"": "micro"})
    return Experiment(
        subject=subject_of(WELLS, title="Wells"),
        assumptions=Assumptions(
            numbers=tuple(map(assumed_from, numbers)), n_turns=more.pop("n_turns", 20),
            form=more.pop("form", Form.OWN_IDEA), **more,
        ),
        cells=cells, runs=runs, seed=3,
    )  # fmt: skip
