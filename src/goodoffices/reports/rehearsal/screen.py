"""What an analyst sees of a rehearsal: the answer in sentences, rates, what decides it, and single runs as pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.progress import Progress
from goodoffices.rehearsal.batches.answer import answer_said, cell_said, crossing_text, number_said
from goodoffices.rehearsal.batches.chunks import samples_of, setting_of
from goodoffices.rehearsal.batches.comparison import CellSummary, Comparison, compare
from goodoffices.rehearsal.batches.execution import Batch, rehearse
from goodoffices.rehearsal.batches.experiment import Experiment
from goodoffices.rehearsal.batches.outcomes import has_ending, is_agreement
from goodoffices.rehearsal.batches.samples import drawn_variables
from goodoffices.rehearsal.messages import Said
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.transcript import Ending
from goodoffices.reports.rehearsal.question import Question, experiment_from
from goodoffices.reports.rehearsal.run_pictures import RunPicture, picture_of

_MOST_DECIDING = 6
KINDS = ("only-second", "only-first", "both", "other-copies", "neither")
"""The sorts of runs of which one is shown, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often one format agreed where a settlement was possible, with its interval, in per cent."""

    cell: Said
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A number that was drawn: what share of the difference it explains, and the difference at both its ends.

    ``low`` and ``high`` are points by which the second format agrees more often; ``crossing`` is where the sign
    changes, empty if it does not.
    """

    number: Said
    share: str
    low: str
    high: str
    crossing: str
    turns: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One run, played in both formats. ``kind`` is one of `KINDS`; ``n`` is how many runs were like it."""

    kind: str
    run: int
    n: int
    pictures: tuple[RunPicture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalScreen:
    """What the page shows of a finished or stopped rehearsal."""

    sentences: tuple[Said, ...]
    rates: tuple[Rate, ...]
    deciding: tuple[Deciding, ...]
    examples: tuple[Example, ...]
    cells: tuple[Said, ...]
    n: int
    seed: int
    notes: tuple[str, ...]
    may_see: tuple[str, ...]


def rehearsal_screens(
    questions: Mapping[str, Question], progress: Progress | None = None
) -> Mapping[str, RehearsalScreen]:
    """Run what is asked, and return what is shown of it in each language.

    Parameters
    ----------
    questions
        The same question by language: only the names in it differ. The difference is that of the second format.
    progress
        Is told how far the work has come, and can stop it: then the finished runs are shown.

    Raises
    ------
    ScenarioError
        If the question cannot be asked so, or no run was finished.
    """
    experiments = {language: experiment_from(question) for language, question in questions.items()}
    batch = rehearse(next(iter(experiments.values())), progress=progress)
    return {language: _screen(replace(batch, experiment=one)) for language, one in experiments.items()}


def _screen(batch: Batch) -> RehearsalScreen:
    comparison, experiment = compare(batch), batch.experiment
    return RehearsalScreen(
        sentences=answer_said(comparison),
        rates=tuple(map(_rate, (comparison.first, comparison.second))),
        deciding=_deciding(comparison),
        examples=_examples(batch),
        cells=tuple(cell_said(cell.name) for cell in experiment.cells),
        n=batch.n,
        seed=experiment.seed,
        notes=(*experiment.subject.notes, *experiment.assumptions.notes),
        may_see=experiment.subject.may_see,
    )


def _rate(cell: CellSummary) -> Rate:
    found = cell.agreed_where_possible
    value, low, high = (0.0 if math.isnan(one) else round(100 * one, 1) for one in (found.value, found.low, found.high))
    return Rate(cell=cell_said(cell.name, is_first=True), value=value, low=low, high=high)


def _deciding(comparison: Comparison) -> tuple[Deciding, ...]:
    experiment = comparison.batch.experiment
    variables = drawn_variables(experiment.subject, experiment.assumptions)
    return tuple(
        Deciding(
            number=number_said(experiment.subject, one.name, variables[one.name][0]),
            share=f"{one.share:.1%}",
            low=f"{100 * one.low_end.value:+.1f}",
            high=f"{100 * one.high_end.value:+.1f}",
            crossing="" if one.crossing is None else crossing_text(one.name, one.crossing.value),
            turns=one.turns,
        )
        for one in comparison.responses[:_MOST_DECIDING]
        if one.share >= 0.001
    )


def _examples(batch: Batch) -> tuple[Example, ...]:
    """Return a run of each sort that occurred, the one with fewest messages, played again in both formats."""
    first, second = (batch.cell(place) for place in (0, 1))
    agreed = is_agreement(first), is_agreement(second)
    copies = has_ending(first, Ending.DIFFERENT_COPIES) | has_ending(second, Ending.DIFFERENT_COPIES)
    sorts = {
        "only-second": agreed[1] & ~agreed[0] & ~copies,
        "only-first": agreed[0] & ~agreed[1] & ~copies,
        "both": agreed[0] & agreed[1],
        "other-copies": copies,
        "neither": ~agreed[0] & ~agreed[1] & ~copies,
    }
    found = []
    for kind in KINDS:
        runs = np.flatnonzero(sorts[kind])
        if len(runs):
            shortest = runs[np.argmin((first["messages"] + second["messages"])[runs])]
            number = int(first["run"][shortest])
            found.append(Example(kind=kind, run=number, n=len(runs), pictures=_pictures(batch.experiment, number)))
    return tuple(found)


def _pictures(experiment: Experiment, number: int) -> tuple[RunPicture, ...]:
    [samples] = samples_of(experiment, number, number + 1)
    issues = tuple((issue.name, issue.options) for issue in experiment.subject.bargain.issues)
    made = []
    for cell in experiment.cells:
        setting = setting_of(experiment, cell, samples, 0)
        run = play(setting, seed=experiment.seed, run=number)
        made.append(picture_of(setting, run, cell.name, number, issues))
    return tuple(made)
