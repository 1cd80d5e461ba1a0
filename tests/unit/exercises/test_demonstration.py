"""The demonstration plays itself through the rules, and shows each seat no more than it was told."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from goodoffices.cli import main
from goodoffices.exercises.demonstration import Scene, demonstration
from goodoffices.formats.talks_file.reader import find_scenario
from seat_runs import astana


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return list(demonstration(find_scenario("astana-2017"), astana().talks))


def _said(scenes: list[Scene], lane: int) -> str:
    return " ".join(line for scene in scenes for line in (scene.lanes[lane][1] if scene.lanes else ()))


@pytest.mark.slow
def test_it_lasts_three_minutes_and_every_scene_has_a_caption(scenes: list[Scene]) -> None:
    seconds = [scene.second for scene in scenes]
    assert seconds == sorted(seconds)
    assert seconds[0] == 0
    assert 150 <= seconds[-1] <= 180
    assert all(scene.caption for scene in scenes)


def test_it_shows_a_refusal_a_correction_a_false_read_back_two_codes_an_inject_and_two_ledgers(
    scenes: list[Scene],
) -> None:
    opposition, envoy, government = (_said(scenes, lane) for lane in range(3))
    assert "Refused: You cannot tell Iran this" in envoy
    assert "You asked for other words in place of w1" in opposition
    assert "We offer." in government
    codes = [line for scene in scenes for _, lines in scene.lanes for line in lines if line.startswith("Code of")]
    assert len({line.partition(": ")[2] for line in codes}) == 2
    assert "Wadi Barada" in government
    ledgers = next(scene for scene in scenes if len(scene.lanes) == 5)
    assert "nine violations" in " ".join(ledgers.lanes[3][1])
    assert "no violation" in " ".join(ledgers.lanes[4][1])
    assert "nine violations" not in opposition + envoy + government


def test_what_the_envoy_tells_is_not_in_a_column_before_it_is_told(scenes: list[Scene]) -> None:
    before = [scene for scene in scenes if scene.second < 40]
    assert "disputed places named" not in _said(before, 2)
    assert "disputed places named" in _said(scenes, 2)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_command_shows_it_in_columns(language: str) -> None:
    done = CliRunner().invoke(main, ["exercise", "demo", "--fast", "--language", language])
    assert done.exit_code == 0, done.output
    assert " 172 s" in done.output
