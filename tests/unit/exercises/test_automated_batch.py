"""A batch of automated runs: the table of results, its causes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli import main
from goodoffices.exercises.automated_batch import batch, batch_text, batch_values


@pytest.mark.slow
def test_the_table_names_each_form_with_what_decided_it() -> None:
    found = batch("astana-2017", range(2, 3), twice=True)
    text = batch_text(found, 110)
    assert text.startswith("Astana, January 2017, as-it-was: 1 run, seed 2,")
    assert "Rehearsal, not forecast." in text
    assert "Stopped" not in text
    for run in found.runs:
        assert run.form.value.split()[0] in text
        assert run.causes
        assert run.n_refused == 0
    assert "ended in the same form" in text
    values = batch_values(found)
    assert [run["seed"] for run in values["runs"]] == [2]
    assert json.loads(json.dumps(values)) == values


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    done = CliRunner().invoke(main, ["exercise", "batch", "astana-2017", "--difficulty", "hard-nihgt", "--runs", "1"])
    assert done.exit_code == 2
    assert "hard-night" in done.output


def test_a_scenario_without_a_setting_says_what_to_add(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["exercise", "batch", str(tmp_path), "--runs", "1"])
    assert done.exit_code == 2
    assert "automated.yaml" in done.output


def test_a_batch_that_is_stopped_has_the_runs_that_are_done() -> None:
    class StopAfterOne:
        is_stopped = False

        def __call__(self, what: str, share: float) -> None:
            self.is_stopped = True

    found = batch("astana-2017", range(2, 5), progress=StopAfterOne())
    assert [run.seed for run in found.runs] == [2]
    assert "Stopped before the end: 1 of the 3 runs that were asked for." in batch_text(found, 110)
    assert batch_values(found)["runs asked for"] == 3


def test_a_batch_that_is_stopped_in_its_first_run_ends_in_it() -> None:
    class Stopped:
        is_stopped = True

        def __call__(self, what: str, share: float) -> None:
            raise AssertionError("no run has ended")

    assert batch("astana-2017", range(2, 5), progress=Stopped()).runs == ()
