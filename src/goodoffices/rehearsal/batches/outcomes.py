"""The outcome of each run of a cell, as columns of numbers; one row per run, in order of the runs."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.rehearsal.transcript import Ending, Fate, Kind, Run

Rows = NDArray[np.void]

ENDINGS = tuple(Ending)


class Possible(IntEnum):
    """Whether a settlement was possible."""

    NO = 0
    YES = 1
    CANNOT_TELL = 2


COUNTS = ("messages", "relays", "waited", "lost", "withheld", "misheard", "caught")
"""What is counted of the messages of a run: sent, relayed, turns waited in line, and what became of them."""


def row_type(n_parties: int, n_issues: int) -> np.dtype[Any]:
    """Return the type of one row. ``cell`` is the place of the cell in the experiment.

    ``ending`` is the place in `ENDINGS`; ``settlement`` the options agreed, or -1; ``accepted`` and
    ``without`` have parties as bits; ``ratified`` is 0 if somebody refused.
    """
    return np.dtype(
        [
            ("cell", "<i2"), ("run", "<i8"),
            ("ending", "<i1"), ("possible", "<i1"), ("ratified", "<i1"), ("turn", "<i4"),
            ("settlement", "<i2", (n_issues,)), ("by", "<i2"), ("accepted", "<i8"), ("without", "<i8"),
            ("worth", "<f8", (n_parties,)), ("gain", "<f8", (n_parties,)),
            *((name, "<i4") for name in COUNTS),
        ]
    )  # fmt: skip


def write_row(rows: Rows, at: int, number: int, run: Run) -> None:
    """Write the outcome of one readable run into a row."""
    row = rows[at]
    row["run"] = number
    row["ending"] = ENDINGS.index(run.ending)
    row["possible"] = Possible.CANNOT_TELL
    row["ratified"] = int(all(approved for _, approved in run.ratified))
    row["turn"] = run.turn
    row["settlement"] = -1 if run.settlement is None else run.settlement
    row["by"] = -1 if run.by is None else run.by
    row["accepted"] = sum(1 << party for party, accepted in enumerate(run.accepted_ever) if accepted)
    row["without"] = sum(1 << party for party in run.without)
    row["worth"], row["gain"] = run.worth, run.gain
    row["messages"] = len(run.messages)
    for message in run.messages:
        row["relays"] += message.relays
        row["waited"] += message.waited
        row["caught"] += message.caught
        row["lost"] += message.fate is Fate.LOST
        row["withheld"] += message.fate is Fate.WITHHELD
        row["misheard"] += (
            message.fate is Fate.HEARD and message.kind is Kind.PROPOSAL and message.heard != message.sent
        )


def has_ending(rows: Rows, ending: Ending) -> NDArray[np.bool_]:
    """Return which runs ended so."""
    return np.asarray(rows["ending"] == ENDINGS.index(ending))


def is_agreement(rows: Rows) -> NDArray[np.bool_]:
    """Return which runs ended in an agreement that nobody refused to ratify."""
    return np.asarray(has_ending(rows, Ending.AGREEMENT) & (rows["ratified"] == 1))
