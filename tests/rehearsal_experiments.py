"""Experiments that tests of batches share: small, with a few things drawn."""

from __future__ import annotations

from typing import Any

from goodoffices.rehearsal.batches.assumptions import Assumptions, assumed_from
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.subject import WELLS, subject_of
from goodoffices.rehearsal.graph import Form
from goodoffices.talks.base.enums import Format

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
