"""Batches: the same bytes however they are run, finished chunks kept, and the store."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.rehearsal.batches.assumption_file import read_assumptions
from goodoffices.rehearsal.batches.assumptions import Assumed, Assumptions, assumed_from
from goodoffices.rehearsal.batches.chunks import setting_of
from goodoffices.rehearsal.batches.execution import Execution, rehearse
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.samples import draw_block, drawn_variables
from goodoffices.rehearsal.batches.store import convert_runs, export_csv
from goodoffices.rehearsal.batches.subject import WELLS, Carrier, subject_of
from goodoffices.rehearsal.graph import Filter, Form
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import Closing
from goodoffices.talks.base.enums import Format
from rehearsal_experiments import BOTH, wells

VARIED = ("devaluation=0:0.3", "delay=0:3", "loss=0:0.2")


def csv_of(experiment: Experiment, how: Execution, folder: Path, name: str) -> bytes:
    batch = rehearse(experiment, how)
    assert batch.is_complete
    export_csv(experiment, batch.rows, folder / name)
    return (folder / name).read_bytes()


@pytest.mark.slow
def test_chunks_of_any_size_give_the_same_bytes(tmp_path: Path) -> None:
    experiment = wells(*VARIED)
    whole = csv_of(experiment, Execution(chunk=1000), tmp_path, "whole.csv")
    assert csv_of(experiment, Execution(chunk=1), tmp_path, "ones.csv") == whole
    assert csv_of(experiment, Execution(chunk=7), tmp_path, "sevens.csv") == whole
    assert whole.count(b"\n") == 1 + 2 * 60


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    experiment = wells(*VARIED)
    here = csv_of(experiment, Execution(), tmp_path, "here.csv")
    assert csv_of(experiment, Execution(workers=2, chunk=20), tmp_path, "two.csv") == here
    assert not multiprocessing.active_children()


@pytest.mark.slow
def test_a_worker_that_dies_loses_only_its_chunks_and_they_are_run_again(tmp_path: Path) -> None:
    experiment = wells(*VARIED, runs=120)
    here = csv_of(experiment, Execution(), tmp_path, "here.csv")
    killed: list[int | None] = []

    def kill_one(what: str, share: float) -> None:
        children = multiprocessing.active_children()
        if children and not killed:
            killed.append(children[0].pid)
            children[0].kill()

    batch = rehearse(experiment, Execution(workers=2, chunk=10), kill_one)
    assert killed
    export_csv(experiment, batch.rows, tmp_path / "killed.csv")
    assert (tmp_path / "killed.csv").read_bytes() == here


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (extra 'cluster')")
    experiment = wells(*VARIED)
    here = csv_of(experiment, Execution(), tmp_path, "here.csv")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        assert csv_of(experiment, Execution(cluster=address, chunk=20), tmp_path, "cluster.csv") == here


class StopAfter:
    """A progress that asks to stop after some chunks."""

    def __init__(self, chunks: int) -> None:
        self.left = chunks

    def __call__(self, what: str, share: float) -> None:
        self.left -= 1

    @property
    def is_stopped(self) -> bool:
        return self.left <= 0


def test_an_interrupted_batch_keeps_its_chunks_and_goes_on(tmp_path: Path) -> None:
    experiment = wells(*VARIED)
    whole = csv_of(experiment, Execution(), tmp_path, "whole.csv")
    how = Execution(chunk=7, folder=tmp_path / "out")
    first = rehearse(experiment, how, StopAfter(3))
    assert not first.is_complete
    assert first.n == 21
    assert len(first.cell(0)) == len(first.cell(1)) == 21
    (tmp_path / "out" / "chunks" / "000000007-000000014.npy").write_bytes(b"torn")
    second = rehearse(experiment, how)
    assert second.is_complete
    export_csv(experiment, second.rows, tmp_path / "resumed.csv")
    assert (tmp_path / "resumed.csv").read_bytes() == whole


def test_another_experiment_never_continues_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    rehearse(wells(*VARIED, runs=5), Execution(folder=out))
    other = rehearse(wells("delay=1", runs=5), Execution(folder=out))
    assert other.folder == tmp_path / "out-2"
    assert "another experiment" in other.remark
    described = json.loads((out / "experiment.json").read_text(encoding="utf-8"))
    assert described["title"] == "Wells"
    assert described["numbers"][0][:2] == ["devaluation", ""]


def test_the_runs_of_a_batch_are_the_runs_that_can_be_replayed() -> None:
    experiment = wells(*VARIED, runs=12)
    batch = rehearse(experiment)
    samples = draw_block(experiment.subject, experiment.assumptions, experiment.seed, 0)
    for place, cell in enumerate(experiment.cells):
        for row in batch.cell(place):
            run = play(setting_of(experiment, cell, samples, int(row["run"])), seed=3, run=int(row["run"]))
            assert (run.turn, run.worth) == (row["turn"], tuple(row["worth"]))


def test_all_cells_have_the_same_draws_and_a_range_is_respected() -> None:
    experiment = wells("devaluation=0.1:0.3", "patience of North=0.5:2", "delay=1:3")
    samples = draw_block(experiment.subject, experiment.assumptions, 3, 0)
    columns = dict(zip(samples.names, samples.numbers.T, strict=True))
    assert np.array_equal(columns["devaluation of North"], columns["devaluation of South"])
    assert columns["devaluation of North"].min() >= 0.1
    assert columns["devaluation of North"].max() <= 0.3
    assert set(columns["delay"]) == {1.0, 2.0, 3.0}
    assert np.ptp(columns["patience of North"]) > 1.0
    assert np.ptp(columns["patience of South"]) == 0.0
    assert set(drawn_variables(experiment.subject, experiment.assumptions)) == {
        "devaluation", "delay", "patience of North",
    }  # fmt: skip


def test_an_interested_intermediary_withholds_by_what_it_wants_itself() -> None:
    subject = subject_of(WELLS, title="Wells")
    biased = Carrier(name="North's friend", slug="friend", accepted_by=frozenset({0, 1}), party=0)
    plain = wells("threshold=0.4", runs=20, form=Form.VERBATIM)
    assumed = replace(plain.assumptions, filter=Filter.INTERESTED)
    experiment = replace(plain, assumptions=assumed, subject=replace(subject, carriers=(biased,)))
    withheld = rehearse(experiment).cell(1)["withheld"]
    assert withheld.min() > 0
    with pytest.raises(ScenarioError, match="none can be interested"):
        wells(filter=Filter.INTERESTED)


def test_spoilers_ratifiers_and_leaving_are_read_from_the_file_and_change_what_comes_out(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.yaml"
    file.write_text(
        "walkout: ends\nratifiers: [South, {name: Parliament, probability: 0.5}]\n"
        "spoilers: [{name: raid, turn: 2, lost_turns: 30, reservation: {North: 1}}]\n",
        encoding="utf-8",
    )
    found = read_assumptions(file)
    plain = wells(runs=40, n_turns=60, strategies={"": "conceder"})
    ratified = replace(plain, assumptions=replace(plain.assumptions, ratifiers=found.ratifiers))
    agreed = rehearse(ratified).cell(0)
    assert 5 < agreed["ratified"].sum() < 35
    raided = replace(plain, assumptions=replace(plain.assumptions, spoilers=found.spoilers))
    assert rehearse(raided).cell(0)["turn"].min() > 30
    names = {"North": "hard-line+leaves(0.1)", "South": "hard-line"}
    left = replace(plain, assumptions=replace(plain.assumptions, walkout=found.walkout, strategies=names))
    assert set(rehearse(left).cell(0)["by"]) == {0}
    for text in ("spoilers: [{name: x}]", "spoilers: [x]", "ratifiers: [3, [4]]", "walkout: maybe"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError):
            read_assumptions(file)


def test_runs_can_be_exported_and_converted(tmp_path: Path) -> None:
    experiment = wells(runs=3)
    batch = rehearse(experiment, Execution(folder=tmp_path / "out"))
    export_csv(experiment, batch.rows, tmp_path / "out" / "runs.csv")
    convert_runs(tmp_path / "out" / "runs.csv", tmp_path / "copy.csv")
    head = (tmp_path / "copy.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("cell,run,ending,possible,turn,settlement,worth to North,gain of North")
    with pytest.raises(ScenarioError, match="holds no finished runs"):
        convert_runs(tmp_path / "runs.csv", tmp_path / "copy.csv")
    with pytest.raises(ScenarioError, match=r"\.csv or \.parquet"):
        convert_runs(tmp_path / "out" / "runs.csv", tmp_path / "copy.ods")


def test_runs_can_be_written_as_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra 'parquet')")
    experiment = wells(runs=3)
    export_csv(experiment, rehearse(experiment).rows, tmp_path / "runs.csv")
    convert_runs(tmp_path / "runs.csv", tmp_path / "runs.parquet")
    assert parquet.read_table(tmp_path / "runs.parquet").num_rows == 6


@pytest.mark.parametrize(
    ("text", "low", "mode", "high", "party"),
    [
        ("delay=3", 3, None, 3, ""),
        ("devaluation=0:0.2", 0, None, 0.2, ""),
        ("patience of North=0.5:1:2", 0.5, 1, 2, "North"),
    ],
)
def test_assumptions_are_read_from_the_command_line(
    text: str, low: float, mode: float | None, high: float, party: str
) -> None:
    found = assumed_from(text)
    assert (found.low, found.mode, found.high, found.party) == (low, mode, high, party)


@pytest.mark.parametrize(
    "text",
    ["delay", "delay=", "delay=a", "delay=3:1", "loss=2", "dely=1", "loss=0:1:2:3", "delay=inf", "loss=0:0.9:0.5"],
)
def test_assumptions_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        assumed_from(text)


def test_a_file_of_assumptions_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.yaml"
    file.write_text(
        "turns: 12\nform: own-idea\nfilter: softening\nclosing: none\nconfuses: adjacent\n"
        "strategies: {all: boulware, North: micro}\nparties: [North, South]\n"
        "assumptions:\n  - {quantity: delay, low: 0, high: 2, because: walking}\n  - {quantity: loss, value: 0.1}\n",
        encoding="utf-8",
    )
    found = read_assumptions(file)
    assert (found.n_turns, found.form, found.filter, found.closing) == (
        12,
        Form.OWN_IDEA,
        Filter.SOFTENING,
        Closing.NONE,
    )
    assert found.is_nearby
    assert found.strategies == {"": "boulware", "North": "micro"}
    assert found.stated("delay").origin == "walking"
    assert (found.stated("loss").low, found.stated("loss").high) == (0.1, 0.1)
    for text, error in (
        ("turn: 3", UnknownWordError),
        ("assumptions: 3", ScenarioError),
        ("assumptions: [{quantity: dely, value: 1}]", UnknownWordError),
        ("assumptions: [{quantity: delay}]", ScenarioError),
        ("form: aloud", UnknownWordError),
        ("- 1", ScenarioError),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(error):
            read_assumptions(file)
    with pytest.raises(ScenarioError):
        read_assumptions(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("turns: 12.5", "'turns' is 12.5; give a whole number"),
        ("turns: 1_0", "'turns' is '1_0', which is not a number"),
        ("turns: [3]", "'turns' is"),
        ("assumptions: [{quantity: loss, value: inf}]", "'value' is 'inf', which is not a number"),
        ("spoilers: [{name: raid, turn: 2.5}]", "'turn' is 2.5; give a whole number"),
        ("strategies: {all linear, North: boulware}", "'all linear' has no value"),
        ("form:", "'form' has no value; write one, or leave it out"),
        ("notes: [one, ]\nparties: [~]", "'parties' has no value"),
    ],
)
def test_a_value_is_read_as_written_or_refused(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "rehearsal.yaml"
    file.write_text(f"version: 1\n{text}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_assumptions(file)
    assert why in str(refused.value)
    assert str(refused.value).startswith("rehearsal.yaml: ")


def test_experiments_that_cannot_be_played_are_refused() -> None:
    subject = subject_of(WELLS)
    nobody = replace(subject, carriers=())
    for wrong in (
        lambda: wells(runs=0),
        lambda: wells(cells=()),
        lambda: wells(cells=(BOTH[0], BOTH[0])),
        lambda: wells(strategies={"": "nothing"}),
        lambda: wells(strategies={"West": "linear"}),
        lambda: wells("patience of West=2"),
        lambda: Experiment(subject=nobody, cells=(Cell(format=Format.PROXIMITY),)),
        lambda: replace(subject, at_table=(0,)),
        lambda: subject.with_carriers(("someone",)),
        lambda: Assumptions(n_turns=0),
        lambda: Assumptions(numbers=(Assumed(quantity="delay", low=1, high=1),) * 2),
        lambda: Execution(chunk=0),
        lambda: rehearse(wells(runs=2), Execution(cluster="tcp://127.0.0.1:9")),
    ):
        with pytest.raises(ScenarioError):
            wrong()
