"""Two engines, one result: the compiled loops give the rows of the readable engine, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.rehearsal.batches.assumptions import Assumed, AssumedRatifier, Assumptions
from goodoffices.rehearsal.batches.chunks import Engine, is_possible, preferences_in, run_cell, run_chunk, samples_of
from goodoffices.rehearsal.batches.compiled import find_possible, is_compiled
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.subject import Subject, subject_of
from goodoffices.rehearsal.draws import key_of, uniform
from goodoffices.rehearsal.graph import Filter, Form
from goodoffices.rehearsal.kernels import random_numbers
from goodoffices.rehearsal.kernels.compilation import forget_old_code
from goodoffices.rehearsal.negotiators.catalogue import PROPOSALS, VOTERS as VOTING
from goodoffices.rehearsal.setting import Closing, ProtocolName
from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, Reservation, UncertainBargain
from goodoffices.talks.base.enums import Format
from rehearsal_experiments import wells
from terminal import good

pytestmark = pytest.mark.slow

HOUSES = (AssumedRatifier(name="a house", probability=0.7),)
PROPOSING = (ProtocolName.ALTERNATING, ProtocolName.ALL_PROPOSE, ProtocolName.MAJORITY)
STRATEGIES = (
    "linear", "boulware", "conceder(slack=0.5)", "hard-line", "linear+next(0.9,0.5)", "tit-for-tat:relative",
    "tit-for-tat:absolute", "tit-for-tat:averaged(3)+aspiration", "linear(clock=late)", "micro", "micro+aspiration",
    "random", "random>=r+time(0.5)", "boulware+constant(3)", "hard-line+micro",
)  # fmt: skip


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    """Draw a bargain of whole numbers, with ranges for some of them and red lines."""
    n = draw(st.integers(2, 3))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    number = st.integers(0, 4)
    bargain = Bargain(
        issues=tuple(
            BargainIssue(name=f"i{at}", options=tuple(f"o{o}" for o in range(size))) for at, size in enumerate(sizes)
        ),
        parties=tuple(f"P{party}" for party in range(n)),
        worth=tuple(tuple(tuple(draw(number) for _ in range(n)) for _ in range(size)) for size in sizes),
        reservation_value=tuple(draw(st.integers(0, 6)) for _ in range(n)),
        red_lines=tuple(
            frozenset({(0, 0)}) if sizes[0] > 1 and draw(st.booleans()) else frozenset[tuple[int, int]]()
            for _ in range(n)
        ),
    )
    subject = subject_of(bargain)
    if draw(st.booleans()):
        return subject
    worth = tuple(Range(low=0, high=3) for _ in range(sizes[0]))
    beliefs = UncertainBargain(
        bargain=bargain,
        estimates=(Estimate(party=0, issue=0, worth=worth),),
        reservations=(Reservation(party=1, worth=Range(low=0, high=5, mode=1)),),
    )
    return replace(subject, beliefs=beliefs)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Draw an experiment over all formats, with frictions as values or ranges."""
    pairs = {
        "devaluation": (0.0, 0.3), "delay": (0, 3), "travel": (0, 2), "loss": (0.0, 0.3), "distortion": (0.0, 0.4),
        "read-back": (0.0, 0.6), "relays-per-turn": (0, 2), "will-sit": (0.5, 1.0), "patience": (0.3, 3.0),
    }  # fmt: skip
    numbers = []
    for quantity, (low, high) in pairs.items():
        kind = draw(st.integers(0, 2))
        if kind:
            numbers.append(Assumed(quantity=quantity, low=low if kind == 1 else high, high=high))
    subject = draw(subjects())
    return Experiment(
        subject=subject,
        assumptions=Assumptions(
            numbers=tuple(numbers), form=draw(st.sampled_from(list(Form))),
            filter=draw(st.sampled_from([Filter.NONE, Filter.SOFTENING])), is_nearby=draw(st.booleans()),
            closing=draw(st.sampled_from(list(Closing))), n_turns=draw(st.integers(1, 15)),
            ratifiers=draw(st.sampled_from([(), HOUSES, (*HOUSES, AssumedRatifier(name="P1"))])),
            strategies={party: draw(st.sampled_from(STRATEGIES)) for party in subject.parties},
        ),
        cells=tuple(Cell(format=form, protocol=protocol) for form in Format for protocol in PROPOSING),
        runs=8,
        seed=draw(st.integers(0, 3)),
    )  # fmt: skip


@settings(max_examples=60)
@given(experiments())
def test_both_engines_give_the_same_bytes(experiment: Experiment) -> None:
    [samples] = samples_of(experiment, 0, experiment.runs)
    for cell in experiment.cells:
        assert is_compiled(experiment, cell)
        fast = run_cell(experiment, cell, samples, engine=Engine.COMPILED)
        slow = run_cell(experiment, cell, samples, engine=Engine.READABLE)
        for name in fast.dtype.names or ():
            assert np.array_equal(fast[name], slow[name]), (cell.name, name, fast[name], slow[name])
        assert fast.tobytes() == slow.tobytes()


@settings(max_examples=30)
@given(experiments())
def test_what_is_possible_is_found_by_looking_and_by_trying_all(experiment: Experiment) -> None:
    [samples] = samples_of(experiment, 0, experiment.runs)
    found = find_possible(experiment, samples, np.ones(samples.n, np.bool_))
    plainly = [is_possible(preferences_in(experiment, samples, at)) for at in range(samples.n)]
    assert found.tolist() == plainly
    rows = run_chunk(experiment, 0, experiment.runs)
    assert rows["possible"][: experiment.runs].tolist() == [int(one) for one in plainly]


def test_compiled_random_numbers_are_the_readable_ones() -> None:
    key = key_of(7)
    compiled = random_numbers.uniform
    assert [compiled.py_func(key, run, 1, 2, 99) for run in range(50)] == [  # type: ignore[attr-defined]
        uniform(key, run, 1, 2, 99) for run in range(50)
    ]


def test_cells_that_are_not_compiled_run_on_the_readable_engine() -> None:
    subject = subject_of(Bargain.from_names({"A": {"x": {"a": 1, "b": 0}}, "B": {"x": {"a": 0, "b": 1}}}))
    experiment = Experiment(
        subject=subject, assumptions=Assumptions(strategies={"": "trade-off"}), runs=3,
        cells=(Cell(format=Format.DIRECT), Cell(format=Format.DIRECT, protocol=ProtocolName.ALL_PROPOSE)),
    )  # fmt: skip
    assert not any(is_compiled(experiment, cell) for cell in experiment.cells)
    assert len(run_chunk(experiment, 0, 3)) == 6


def test_the_bundled_talks_are_answered_by_the_compiled_loops() -> None:
    text = good("rehearse", "astana-2017", "--runs", 300)
    assert text.index("Through intermediaries") < text.index("What came out") < text.index("What is assumed")


VOTERS = ("hill-climb", "anneal(theta=0.5)", "anneal(theta=3)")


@settings(max_examples=40)
@given(experiments(), st.data())
def test_both_engines_give_the_same_bytes_on_a_single_text(drawn: Experiment, data: st.DataObject) -> None:
    voters = {party: data.draw(st.sampled_from(VOTERS)) for party in drawn.subject.parties}
    cell = Cell(format=Format.DIRECT, protocol=ProtocolName.SINGLE_TEXT, mediator="mutate")
    experiment = replace(drawn, cells=(cell,), assumptions=replace(drawn.assumptions, strategies=voters))
    assert is_compiled(experiment, cell)
    [samples] = samples_of(experiment, 0, experiment.runs)
    fast = run_cell(experiment, cell, samples, engine=Engine.COMPILED)
    slow = run_cell(experiment, cell, samples, engine=Engine.READABLE)
    for name in fast.dtype.names or ():
        assert np.array_equal(fast[name], slow[name]), (name, fast[name], slow[name])
    assert fast.tobytes() == slow.tobytes()


def test_what_the_catalogue_calls_compiled_is_compiled() -> None:
    for cards, protocol in ((PROPOSALS, ProtocolName.ALTERNATING), (VOTING, ProtocolName.SINGLE_TEXT)):
        for name, card in cards.items():
            is_text = protocol is ProtocolName.SINGLE_TEXT
            cell = Cell(format=Format.DIRECT, protocol=protocol, mediator="mutate" if is_text else "")
            experiment = wells(runs=1, cells=(cell,), strategies={"": name})
            assert is_compiled(experiment, cell) == card.is_compiled, name


def test_code_compiled_from_other_sources_is_forgotten(tmp_path: Path) -> None:
    """Numba looks at a loop's own module only; what is put into it from another one would stay as it was."""
    (tmp_path / "loops.py").write_text("one = 1\n", encoding="utf-8")
    assert forget_old_code(tmp_path)
    index = tmp_path / "__pycache__" / "loops.play-1.py311.nbi"
    index.write_bytes(b"")
    assert not forget_old_code(tmp_path)
    assert index.exists()
    (tmp_path / "seats.py").write_text("two = 2\n", encoding="utf-8")
    assert forget_old_code(tmp_path)
    assert not index.exists()
