"""A batch as text: the answer in sentences, tables of what came out, and what was assumed."""

from __future__ import annotations

import math
from typing import Any

from goodoffices.rehearsal.batches.answer import FIRST_LINE, answer_sentences, assumption_lines, cell_words
from goodoffices.rehearsal.batches.comparison import CellSummary, Comparison, blocking, compare_all, summaries
from goodoffices.rehearsal.batches.estimates import Interval
from goodoffices.rehearsal.batches.execution import Batch
from goodoffices.text_tables import wrapped_table


def report_text(batch: Batch, width: int = 110) -> str:
    """Return the whole report as text."""
    experiment = batch.experiment
    lines = [f"{experiment.subject.title}: rehearsal, not forecast", "", FIRST_LINE]
    lines += [*experiment.subject.notes, *experiment.assumptions.notes, ""]
    comparisons = _comparisons(batch)
    for comparison in comparisons:
        lines += [*answer_sentences(comparison), ""]
    lines += [*_cells_table(batch, width), ""]
    lines += [*_blocking_table(batch, width), ""]
    for comparison in comparisons:
        lines += [*_responses_table(comparison, width), ""]
    lines += ["What is assumed", *(f"  {line}" for line in assumption_lines(experiment))]
    lines.append(f"  {experiment.runs:,} runs, seed {experiment.seed}, the same draws in every cell")
    if experiment.subject.may_see:
        lines += ["", f"This rests on assessments that only these may see: {', '.join(experiment.subject.may_see)}."]
    return "\n".join(lines).rstrip()


def _comparisons(batch: Batch) -> tuple[Comparison, ...]:
    return compare_all(batch) if batch.n and len(batch.experiment.cells) > 1 else ()


def _cells_table(batch: Batch, width: int) -> list[str]:
    head = ["", "agreement", "where possible", "missed", "impossible", "not known", "other copies", "turns"]
    parties = batch.experiment.subject.parties
    rows = []
    for cell in summaries(batch):
        gains = [f"{_number(gain.value)}" for gain in cell.gains]
        rows.append(
            [
                cell_words(cell.name), _share(cell.agreed), _share(cell.agreed_where_possible), f"{cell.missed:,}",
                f"{cell.impossible:,}", f"{cell.cannot_tell:,}", f"{cell.different_copies:,}",
                _number(cell.median_turn, 0), *gains,
            ]
        )  # fmt: skip
    return ["What came out", *wrapped_table([*head, *(f"gain of {name}" for name in parties)], rows, width)]


def _blocking_table(batch: Batch, width: int) -> list[str]:
    rows = []
    for place, cell in enumerate(batch.experiment.cells):
        for name, count in blocking(batch, place):
            rows.append([cell_words(cell.name), name, f"{count:,}"])
    head = ["", "party", "runs missed in which it accepted nothing"]
    return ["Who accepted nothing, where an agreement was possible and missed", *wrapped_table(head, rows, width)]


def _responses_table(comparison: Comparison, width: int) -> list[str]:
    title = f"What decides between {cell_words(comparison.first.name)} and {cell_words(comparison.second.name)}"
    rows = []
    subject = comparison.batch.experiment.subject
    for one in comparison.responses[:8]:
        crossing = "–" if one.crossing is None else f"{one.crossing.value:.2g}"
        rows.append(
            [subject.said(one.name), f"{one.share:.1%}", _points(one.low_end), _points(one.high_end), crossing,
             "yes" if one.turns else "no"]
        )  # fmt: skip
    if not rows:
        return []
    head = ["assumed number", "explains", "points where low", "points where high", "crosses 0 near", "turns the answer"]
    return [title, *wrapped_table(head, rows, width)]


def _share(interval: Interval) -> str:
    if math.isnan(interval.value):
        return "–"
    return f"{interval.value:.1%} ({interval.low:.1%} to {interval.high:.1%})"


def _points(interval: Interval) -> str:
    return f"{100 * interval.value:+.1f} ({100 * interval.low:+.1f} to {100 * interval.high:+.1f})"


def _number(value: float, digits: int = 2) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def report_values(batch: Batch) -> dict[str, Any]:
    """Return the report as plain values, for JSON."""
    experiment = batch.experiment
    return {
        "title": experiment.subject.title,
        "first_line": FIRST_LINE,
        "notes": [*experiment.subject.notes, *experiment.assumptions.notes],
        "assumed": list(assumption_lines(experiment)),
        "runs": experiment.runs,
        "finished": batch.n,
        "seed": experiment.seed,
        "digest": experiment.digest(),
        "may_see": list(experiment.subject.may_see),
        "cells": [_cell_values(cell) for cell in summaries(batch)],
        "comparisons": [_comparison_values(one) for one in _comparisons(batch)],
    }


def _interval_values(interval: Interval) -> list[float | None]:
    return [None if math.isnan(value) else value for value in (interval.value, interval.low, interval.high)]


def _cell_values(cell: CellSummary) -> dict[str, Any]:
    return {
        "cell": cell.name,
        "runs": cell.runs,
        "agreed": _interval_values(cell.agreed),
        "agreed_where_possible": _interval_values(cell.agreed_where_possible),
        "missed": cell.missed,
        "impossible": cell.impossible,
        "cannot_tell": cell.cannot_tell,
        "different_copies": cell.different_copies,
        "refused": cell.refused,
        "endings": dict(cell.endings),
        "median_turn": None if math.isnan(cell.median_turn) else cell.median_turn,
        "gains": [_interval_values(gain) for gain in cell.gains],
        "messages": dict(cell.counts),
    }


def _comparison_values(found: Comparison) -> dict[str, Any]:
    return {
        "cells": [found.first.name, found.second.name],
        "sentences": list(answer_sentences(found)),
        "where_possible": found.where_possible,
        "difference": _interval_values(found.agreed),
        "mcnemar_p": found.probability,
        "holm_p": found.adjusted,
        "variance_ratio": found.pairing if math.isfinite(found.pairing) else None,
        "turns": _interval_values(found.turns),
        "gains": [_interval_values(gain) for gain in found.gains],
        "responses": [
            {
                "name": one.name,
                "share": one.share,
                "low_end": _interval_values(one.low_end),
                "high_end": _interval_values(one.high_end),
                "crossing": None if one.crossing is None else _interval_values(one.crossing),
                "turns": one.turns,
            }
            for one in found.responses
        ],
    }
