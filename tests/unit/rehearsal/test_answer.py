"""The question answered in words: every sentence says no more than the runs show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.batches.answer import NO_COST, answer_sentences, assumption_lines, cell_words
from goodoffices.rehearsal.batches.comparison import Comparison, blocking, compare, compare_all, summaries
from goodoffices.rehearsal.batches.estimates import (
    Interval,
    Response,
    holm,
    mcnemar,
    mean_interval,
    rate,
    response,
    variance_ratio,
)  # fmt: skip
from goodoffices.rehearsal.batches.execution import Batch, rehearse
from goodoffices.rehearsal.batches.experiment import Cell
from goodoffices.rehearsal.graph import Form
from goodoffices.rehearsal.plots import plot_comparison
from goodoffices.rehearsal.setting import Closing
from goodoffices.rehearsal.text_output import report_text, report_values
from goodoffices.talks.base.enums import Format
from rehearsal_experiments import BOTH, wells

LINEAR: dict[str, Any] = {"strategies": {"": "linear+combi(1)"}}  # as linear+next, and never compiled


def test_wilson_intervals_are_those_of_the_formula() -> None:
    found = rate(8, 10)
    assert found.value == 0.8
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert rate(0, 10).low == 0.0
    assert rate(10, 10).high == 1.0
    assert np.isnan(rate(0, 0).value)


def test_intervals_of_paired_differences_hold_what_they_should() -> None:
    rng = np.random.default_rng(5)
    held = 0
    for number in range(200):
        values = rng.choice([-1.0, 0.0, 1.0], 200, p=[0.2, 0.5, 0.3])
        interval = mean_interval(values, seed=number)
        held += interval.low <= 0.1 <= interval.high
    assert 0.90 <= held / 200 <= 0.99
    normal = mean_interval(rng.normal(3.0, 1.0, 400), seed=1)
    assert normal.low < 3.0 < normal.high
    assert mean_interval(np.ones(4), seed=1) == Interval(1.0, 1.0, 1.0)


def test_mcnemar_and_holm_are_those_of_the_books() -> None:
    first = np.array([True] * 10 + [False] * 2)
    second = np.array([False] * 8 + [True] * 4)
    assert mcnemar(first, second) == pytest.approx(0.109375)
    assert mcnemar(first, first) == 1.0
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert variance_ratio(np.array([0.0, 1, 0, 1]), np.array([0.0, 1, 1, 1])) > 1.0


def test_a_number_that_turns_the_answer_is_found_with_its_crossing() -> None:
    rng = np.random.default_rng(1)
    number = rng.random(4000)
    difference = np.where(rng.random(4000) < 0.5, np.sign(number - 0.3), 0.0)
    found = response("devaluation", number, difference, n_looked_at=5, seed=1)
    assert found.turns
    assert found.crossing is not None
    assert found.crossing.value == pytest.approx(0.3, abs=0.06)
    assert found.share > 0.2
    noise = response("loss", number, rng.choice([-1.0, 1.0], 4000), n_looked_at=5, seed=1)
    assert not noise.turns
    assert noise.share < 0.01


def of_wells(*numbers: str, runs: int = 300, cells: tuple[Cell, ...] = BOTH, **more: Any) -> Comparison:
    return compare(rehearse(wells(*numbers, runs=runs, cells=cells, **more)))


@pytest.mark.slow
def test_where_nothing_is_assumed_for_intermediaries_the_answer_says_so() -> None:
    found = of_wells("delay=2", form=Form.VERBATIM, **LINEAR)
    sentences = answer_sentences(found)
    assert sentences[0] == "Under these assumptions talks face to face agree more often."
    assert NO_COST in sentences
    assert found.agreed.high < 0.0


def test_without_any_friction_no_difference_is_shown() -> None:
    found = of_wells(form=Form.VERBATIM, runs=20, **LINEAR)
    assert (
        answer_sentences(found)[0]
        == "The runs do not show which agrees more often: the difference may lie anywhere from +0.0 to +0.0 points."
    )
    assert found.turns.value == 0.0


@pytest.mark.slow
def test_where_the_sign_turns_inside_what_was_assumed_it_cannot_tell() -> None:
    found = of_wells("devaluation=0:0.6", "delay=2", "patience=0.5:2", runs=1000, n_turns=12, **LINEAR)
    assert "devaluation" in {one.name for one in found.turning}
    assert answer_sentences(found)[0].startswith(f"Cannot tell: it turns on {found.turning[0].name}. Below ")


def turning(name: str, crossing: float) -> Response:
    """Return a response in which the first format does better where the number is high."""
    return Response(
        name=name, share=0.2, levels=np.array([0.0, 1.0]), means=np.array([0.3, -0.3]),
        low_end=Interval(0.3, 0.2, 0.4), high_end=Interval(-0.3, -0.4, -0.2),
        crossing=Interval(crossing, crossing - 0.02, crossing + 0.02),
    )  # fmt: skip


def test_below_and_above_which_value_each_does_better_is_said_with_what_was_assumed() -> None:
    found = of_wells("devaluation=0:0.5", "delay=0:5", runs=40, **LINEAR)
    on_share = answer_sentences(replace(found, responses=(turning("devaluation", 0.06),)))[0]
    assert on_share == (
        "Cannot tell: it turns on devaluation. Below 0.06 (0.04 to 0.08) talks through intermediaries agree more "
        "often, above it talks face to face; 0 to 0.5 was assumed (the command line)."
    )
    on_turns = answer_sentences(replace(found, responses=(turning("delay", 2.4),)))[0]
    assert on_turns == (
        "Cannot tell: it turns on delay. Up to 2 talks through intermediaries agree more often, from 3 on talks face "
        "to face; 0 to 5 was assumed (the command line)."
    )


@pytest.mark.slow
def test_refusing_to_sit_counts_against_direct_talks_alone() -> None:
    found = of_wells("will-sit=0.5", **LINEAR)
    endings = dict(found.first.endings)
    assert endings["did not convene"] > 100
    assert "did not convene" not in dict(found.second.endings)
    text = " ".join(answer_sentences(found))
    assert "did not convene: one side would not sit down." in text
    assert NO_COST not in text


@pytest.mark.slow
def test_different_copies_are_counted_apart_from_agreements() -> None:
    found = of_wells("distortion=0.4", closing=Closing.NONE, **LINEAR)
    assert found.second.different_copies > 20
    agreements = dict(found.second.endings)["agreement"]
    assert found.second.agreed.value == agreements / 300
    text = " ".join(answer_sentences(found))
    assert "ended on different copies" in text
    assert "not counted as agreements" in text


def test_impossible_and_missed_are_told_apart() -> None:
    experiment = wells(runs=10, n_turns=1)
    poor = replace(experiment.subject.bargain, reservation_value=(16, 16))
    impossible = replace(experiment, subject=replace(experiment.subject, bargain=poor))
    batch = rehearse(impossible)
    [first, _] = summaries(batch)
    assert (first.impossible, first.missed) == (10, 0)
    assert answer_sentences(compare(batch))[0].startswith("In none of the runs was a settlement possible")
    missed = summaries(rehearse(experiment))[0]
    assert (missed.impossible, missed.missed) == (0, 10)
    assert blocking(rehearse(experiment), 0) == (("North", 10), ("South", 10))


def test_a_part_of_the_runs_says_that_it_is_a_part() -> None:
    batch = rehearse(wells("delay=1", runs=40))
    part = Batch(experiment=batch.experiment, rows=batch.rows[batch.rows["run"] < 10], is_complete=False)
    assert answer_sentences(compare(part))[0] == "Interrupted: 10 of 40 runs."
    empty = Batch(experiment=batch.experiment, rows=batch.rows[:0], is_complete=False)
    with pytest.raises(ScenarioError, match="no run is finished"):
        compare(empty)
    assert "0" in report_text(empty)


def test_several_cells_are_compared_with_the_first_and_adjusted() -> None:
    cells = (*BOTH, Cell(format=Format.SHUTTLE))
    batch = rehearse(wells("delay=2", "travel=2", runs=60, cells=cells, **LINEAR))
    found = compare_all(batch)
    assert [(one.first.name, one.second.name) for one in found] == [("direct", "proximity"), ("direct", "shuttle")]
    assert all(one.adjusted >= one.probability for one in found)
    with pytest.raises(ScenarioError, match="there is no cell 'plenary'"):
        compare(batch, "direct", "plenary")


def test_the_report_begins_by_saying_what_it_is_and_ends_with_what_is_assumed() -> None:
    batch = rehearse(wells("devaluation=0:0.2", "delay=1", runs=50, **LINEAR))
    text = report_text(batch, 100)
    assert text.splitlines()[2] == "Rehearsal, not forecast: this is what follows from what is assumed."
    assert "devaluation: 0 to 0.2 (the command line)" in text
    assert max(map(len, text.partition("What came out")[2].partition("What is assumed")[0].splitlines())) <= 100
    values = report_values(batch)
    assert values["cells"][0]["cell"] == "direct"
    assert values["comparisons"][0]["sentences"] == list(answer_sentences(compare(batch)))
    assert any("neutral" in line for line in assumption_lines(batch.experiment))


def test_cells_are_named_in_words() -> None:
    assert cell_words("proximity") == "through intermediaries"
    assert cell_words("direct all-propose") == "face to face (all-propose)"


@pytest.mark.slow
def test_the_picture_has_the_rates_and_what_explains_most() -> None:
    found = of_wells("devaluation=0:0.3", "delay=0:3", runs=120, **LINEAR)
    figure = plot_comparison(found)
    labels = [ax.get_xlabel() for ax in figure.axes]
    assert labels[0].startswith("% of the runs")
    assert "delay" in labels


def test_the_interval_of_very_many_repeated_values_is_that_of_their_mean() -> None:
    values = np.random.default_rng(1).integers(0, 200, 60_000).astype(np.float64)
    found = mean_interval(values, seed=1)
    half = 1.96 * values.std() / np.sqrt(len(values))
    assert abs(found.low - (values.mean() - half)) < half / 5
    assert abs(found.high - (values.mean() + half)) < half / 5
