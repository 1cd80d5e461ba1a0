"""Which cells with a single text the compiled loops take, and what they are given."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.batches.behaviours import behaviour
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.outcomes import ENDINGS, Possible, Rows
from goodoffices.rehearsal.batches.samples import Samples
from goodoffices.rehearsal.batches.subject import space_of
from goodoffices.rehearsal.kernels.layout import Floats, Ints
from goodoffices.rehearsal.mediators import Mutating, mediator_named
from goodoffices.rehearsal.negotiators.composition import Voter
from goodoffices.rehearsal.transcript import Ending

_MOST_PARTIES = 8


def is_text_compiled(experiment: Experiment, cell: Cell) -> bool:
    """Return whether the compiled loops take a single text: changed at random, additive worths, plain voters."""
    subject, assumed = experiment.subject, experiment.assumptions
    bargain = subject.bargain
    is_plain = not bargain.interactions and not bargain.constraints and not any(cap is not None for cap in bargain.cap)
    return (
        type(mediator_named(cell.mediator)) is Mutating
        and is_plain
        and assumed.is_undisturbed
        and all(discount == 1.0 and per_turn == 0.0 for discount, _, per_turn in subject.discounts)
        and len(subject.at_table) <= _MOST_PARTIES
        and all(isinstance(one, Voter) for one in _voters(experiment, cell))
    )


def run_texts(experiment: Experiment, cell: Cell, samples: Samples) -> Rows:
    """Return the outcomes of a cell with a single text."""
    from goodoffices.rehearsal.kernels.text_runs import TextTalk, annealing_draws, play_text_runs

    at_table, n_turns = list(experiment.subject.at_table), experiment.assumptions.n_turns
    space = space_of(experiment.subject)
    sizes = np.array(space.sizes, np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    worth = np.ascontiguousarray(samples.worth[:, :, at_table])
    reservation = np.ascontiguousarray(samples.reservation[:, at_table])
    crossed = crossed_at_table(experiment, samples)
    best = _best(worth, crossed, starts, sizes, space.split)
    shares = np.array([getattr(one, "theta", 0.0) for one in _voters(experiment, cell)])
    seats = np.flatnonzero(shares > 0.0)
    logs = np.ones((samples.n, len(at_table), n_turns if len(seats) else 1))
    if len(seats):
        annealing_draws(experiment.key, samples.first, seats, logs)
        with np.errstate(divide="ignore"):
            logs = np.where(logs > 0.0, -np.log(logs), 0.0)
    theta = np.where(shares > 0.0, shares * np.maximum(best - reservation, 0.0), 0.0)
    heats = 1.0 - np.arange(n_turns) / n_turns
    talk = TextTalk(
        sizes=sizes, starts=starts, open=np.flatnonzero(sizes > 1), split=space.split, worth=worth,
        reservation=reservation, crossed=crossed, theta=theta, heats=heats, logs=np.ascontiguousarray(logs),
    )  # fmt: skip
    settled, found = np.full((samples.n, len(sizes)), -1, np.int64), reservation.copy()
    accepted = np.zeros(samples.n, np.int64)
    play_text_runs(talk, experiment.key, samples.first, settled, found, accepted)
    return _rows(experiment, samples, settled, accepted, (found, reservation, best))


def _rows(
    experiment: Experiment, samples: Samples, settled: Ints, accepted: Ints, worths: tuple[Floats, Floats, Floats]
) -> Rows:
    """Return the rows; ``worths``: at the end, of no agreement, and the best."""
    found, reservation, best = worths
    rows = np.zeros(samples.n, experiment.row_type)
    rows["run"] = samples.first + np.arange(samples.n)
    rows["possible"], rows["ratified"], rows["by"] = Possible.CANNOT_TELL, 1, -1
    is_agreed = settled[:, 0] >= 0
    rows["ending"] = np.where(is_agreed, ENDINGS.index(Ending.AGREEMENT), ENDINGS.index(Ending.DEADLINE))
    rows["turn"], rows["settlement"], rows["accepted"] = experiment.assumptions.n_turns, settled, accepted
    span = best - reservation
    rows["worth"] = found
    rows["gain"] = np.where(span > 0.0, (found - reservation) / np.where(span > 0.0, span, 1.0), 0.0)
    return rows


def _voters(experiment: Experiment, cell: Cell) -> list[object]:
    return [behaviour(experiment.strategy(cell, party)) for party in range(len(experiment.subject.at_table))]


def crossed_at_table(experiment: Experiment, samples: Samples) -> Ints:
    """Return (R, o) the red lines of those at the table, by their places there as bits."""
    crossed = np.zeros_like(samples.crossed)
    for place, party in enumerate(experiment.subject.at_table):
        crossed |= (samples.crossed >> party & 1) << place
    return np.ascontiguousarray(crossed)


def _best(worth: Floats, crossed: Ints, starts: Ints, sizes: Ints, split: int) -> Floats:
    """Return (R, n) the largest worths of a settlement across no own red line, added up as the engines do."""
    n_runs, _, n = worth.shape
    halves = [np.zeros((n_runs, n)), np.zeros((n_runs, n))]
    for issue, (start, size) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True)):
        rows = worth[:, start : start + size]
        shut = np.asarray(crossed[:, start : start + size, None] >> np.arange(n) & 1, np.bool_)
        is_shut = np.asarray(shut.all(axis=1))[:, None, :]
        halves[issue >= split] += np.where(shut & ~is_shut, -np.inf, rows).max(axis=1)
    return halves[0] + halves[1]
