"""Ratification after the compiled loops: agreements that somebody refuses, as the readable engine draws them."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.batches.assumptions import AssumedRatifier
from goodoffices.rehearsal.batches.experiment import Experiment
from goodoffices.rehearsal.batches.outcomes import Rows, has_ending
from goodoffices.rehearsal.batches.samples import Samples
from goodoffices.rehearsal.batches.spaces import space_of
from goodoffices.rehearsal.draws import Stream, uniform
from goodoffices.rehearsal.kernels.layout import Bools, Floats, Ints
from goodoffices.rehearsal.transcript import Ending


def refuse_what_is_not_ratified(experiment: Experiment, samples: Samples, rows: Rows) -> None:
    """Write down the agreements that somebody does not ratify: nothing is gained by them."""
    ratifiers = experiment.assumptions.ratifiers
    agreed = np.flatnonzero(has_ending(rows, Ending.AGREEMENT))
    if not ratifiers or not len(agreed):
        return
    approved = np.ones(len(agreed), np.bool_)
    for number, one in enumerate(ratifiers):
        approved &= _approvals(experiment, samples, rows, agreed, (number, one))
    refused = agreed[~approved]
    rows["ratified"][refused] = 0
    rows["worth"][refused] = samples.reservation[refused][:, list(experiment.subject.at_table)]
    rows["gain"][refused] = 0.0


def _approvals(
    experiment: Experiment, samples: Samples, rows: Rows, agreed: Ints, which: tuple[int, AssumedRatifier]
) -> Bools:
    """Return for each agreement whether one ratifier approves: by chance, or by its own worths."""
    number, one = which
    if one.probability is not None:
        runs = (samples.first + agreed).tolist()
        drawn = [uniform(experiment.key, run, Stream.RATIFICATION, 0, number) for run in runs]
        return np.array(drawn) < one.probability
    party = experiment.subject.number(one.name)
    worth = _worths(experiment, samples.worth[agreed, :, party], rows["settlement"][agreed])
    return np.asarray(worth >= samples.reservation[agreed, party])


def _worths(experiment: Experiment, worth: Floats, settlements: Ints) -> Floats:
    """Return what settlements are worth to one party, added up as the engines do; ``worth``: (runs, options)."""
    space = space_of(experiment.subject)
    starts = np.concatenate(([0], np.cumsum(space.sizes)[:-1]))
    halves = [np.zeros(len(worth)), np.zeros(len(worth))]
    for issue, start in enumerate(starts.tolist()):
        places = start + settlements[:, issue].astype(np.int64)
        halves[issue >= space.split] += worth[np.arange(len(worth)), places]
    return halves[0] + halves[1]
