"""Compare two cells of a batch in pairs: who agrees more often, sooner and better, and what decides the answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.batches.chunks import drawn_columns
from goodoffices.rehearsal.batches.estimates import (
    Interval,
    Response,
    holm,
    mcnemar,
    mean_interval,
    rate,
    response,
    variance_ratio,
)
from goodoffices.rehearsal.batches.execution import Batch
from goodoffices.rehearsal.batches.outcomes import COUNTS, ENDINGS, Possible, Rows, has_ending, is_agreement
from goodoffices.rehearsal.transcript import Ending

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSummary:
    """What came out of one cell.

    Parameters
    ----------
    agreed, agreed_where_possible
        The rate of agreement over all runs, and over those in which a settlement was possible.
    impossible, missed, cannot_tell
        Runs without an agreement: none was possible, one was possible, and not known. They are never added up.
    different_copies
        Runs that ended with both sides agreed to different words; they are not agreements.
    endings
        How many runs ended in which way.
    median_turn
        Of the agreements.
    gains
        Per party, the mean gain of the agreements, as a share of its range.
    counts
        Means of what happened to messages.
    refused
        Agreements that somebody did not ratify.
    """

    name: str
    runs: int
    agreed: Interval
    agreed_where_possible: Interval
    impossible: int
    missed: int
    cannot_tell: int
    different_copies: int
    endings: tuple[tuple[str, int], ...]
    median_turn: float
    gains: tuple[Interval, ...]
    counts: tuple[tuple[str, float], ...]
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Two cells, run by run. Differences are the second cell's value less the first one's.

    Parameters
    ----------
    where_possible
        How many runs had a possible settlement; the difference of rates is taken over these.
    agreed
        The difference of the rates of agreement, and ``probability`` the exact p of McNemar's test; ``adjusted`` is the
        same after Holm where several pairs are compared.
    turns, gains
        Over runs in which both agreed: the difference in turns, and of each party's gain.
    pairing
        By how much pairing shrinks the variance of the difference of rates.
    responses
        How the difference depends on each assumed number, the one that explains most first.
    """

    batch: Batch
    first: CellSummary
    second: CellSummary
    where_possible: int
    agreed: Interval
    probability: float
    adjusted: float
    turns: Interval
    gains: tuple[Interval, ...]
    both: int
    pairing: float
    responses: tuple[Response, ...]

    @property
    def turning(self) -> tuple[Response, ...]:
        """The assumed numbers inside whose range the sign of the difference changes."""
        return tuple(one for one in self.responses if one.turns)


def summaries(batch: Batch) -> tuple[CellSummary, ...]:
    """Return what came out of each cell."""
    return tuple(_summary(batch, place) for place in range(len(batch.experiment.cells)))


def compare(batch: Batch, first: str | int = 0, second: str | int = 1, *, n_compared: int = 1) -> Comparison:
    """Compare two cells of a batch.

    Parameters
    ----------
    first, second
        The cells, by name or place.
    n_compared
        How many pairs are compared with it; p values are adjusted in `compare_all`.

    Raises
    ------
    ScenarioError
        If there is no such cell, or no run is finished.
    """
    one, other = (_place(batch, cell) for cell in (first, second))
    if batch.n == 0:
        raise ScenarioError("no run is finished; let it run longer")
    rows = batch.cell(one), batch.cell(other)
    agreed = is_agreement(rows[0]), is_agreement(rows[1])
    possible = rows[0]["possible"] != Possible.NO
    difference = agreed[1].astype(np.float64) - agreed[0]
    seed = batch.experiment.seed
    both = agreed[0] & agreed[1]
    probability = mcnemar(agreed[0][possible], agreed[1][possible])
    return Comparison(
        batch=batch,
        first=_summary(batch, one),
        second=_summary(batch, other),
        where_possible=int(possible.sum()),
        agreed=mean_interval(difference[possible], seed=seed),
        probability=probability,
        adjusted=min(1.0, probability * n_compared),
        turns=mean_interval((rows[1]["turn"] - rows[0]["turn"]).astype(np.float64)[both], seed=seed),
        gains=tuple(
            mean_interval((rows[1]["gain"] - rows[0]["gain"])[both, party], seed=seed)
            for party in range(rows[0]["gain"].shape[1])
        ),
        both=int(both.sum()),
        pairing=variance_ratio(agreed[0][possible].astype(np.float64), agreed[1][possible].astype(np.float64)),
        responses=_responses(batch, rows[0], difference, possible),
    )


def compare_all(batch: Batch) -> tuple[Comparison, ...]:
    """Compare the first cell with each other one, with p values adjusted for their number (Holm)."""
    from dataclasses import replace

    found = [compare(batch, 0, place) for place in range(1, len(batch.experiment.cells))]
    adjusted = holm([one.probability for one in found])
    return tuple(replace(one, adjusted=value) for one, value in zip(found, adjusted, strict=True))


def _place(batch: Batch, cell: str | int) -> int:
    names = [one.name for one in batch.experiment.cells]
    if isinstance(cell, int):
        if not 0 <= cell < len(names):
            raise ScenarioError(f"there is no cell {cell}; there are {len(names)}, counted from 0")
        return cell
    if cell not in names:
        raise ScenarioError(f"there is no cell {cell!r}; there are {', '.join(names)}")
    return names.index(cell)


def _summary(batch: Batch, place: int) -> CellSummary:
    rows = batch.cell(place)
    agreed, possible = is_agreement(rows), rows["possible"]
    known = possible != Possible.NO
    ratified = rows["ratified"] == 1
    return CellSummary(
        name=batch.experiment.cells[place].name,
        runs=len(rows),
        agreed=rate(int(agreed.sum()), len(rows)),
        agreed_where_possible=rate(int(agreed[known].sum()), int(known.sum())),
        impossible=int((~agreed & (possible == Possible.NO)).sum()),
        missed=int((~agreed & (possible == Possible.YES)).sum()),
        cannot_tell=int((~agreed & (possible == Possible.CANNOT_TELL)).sum()),
        different_copies=int(has_ending(rows, Ending.DIFFERENT_COPIES).sum()),
        endings=tuple(
            (ending.value, int((rows["ending"] == at).sum()))
            for at, ending in enumerate(ENDINGS)
            if (rows["ending"] == at).any()
        ),
        median_turn=float(np.median(rows["turn"][agreed])) if agreed.any() else float("nan"),
        gains=tuple(
            mean_interval(rows["gain"][agreed, party], seed=batch.experiment.seed)
            for party in range(rows["gain"].shape[1])
        ),
        counts=tuple((name, float(rows[name].mean()) if len(rows) else 0.0) for name in COUNTS),
        refused=int((has_ending(rows, Ending.AGREEMENT) & ~ratified).sum()),
    )


def _responses(batch: Batch, rows: Rows, difference: NDArray[np.float64], possible: Bools) -> tuple[Response, ...]:
    """Return how the difference depends on each number that differs from run to run."""
    runs = rows["run"]
    if not possible.any():
        return ()
    columns = drawn_columns(batch.experiment, int(runs.max()) + 1)
    found = []
    for number, (name, drawn) in enumerate(columns.items()):
        column = drawn[runs][possible]
        if np.ptp(column) > 0.0:
            seed = batch.experiment.seed + number
            found.append(response(name, column, difference[possible], n_looked_at=len(columns), seed=seed))
    return tuple(sorted(found, key=lambda one: -one.share))


def blocking(batch: Batch, place: int) -> tuple[tuple[str, int], ...]:
    """Return for each party in how many runs without agreement, though one was possible, it accepted nothing at all."""
    rows = batch.cell(place)
    missed = ~is_agreement(rows) & (rows["possible"] == Possible.YES)
    accepted: Any = rows["accepted"][missed]
    return tuple(
        (name, int(((accepted >> party) & 1 == 0).sum())) for party, name in enumerate(batch.experiment.subject.parties)
    )
