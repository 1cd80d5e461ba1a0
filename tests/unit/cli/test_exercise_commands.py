"""`goodoffices exercise check`, `start` and `debrief`."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from goodoffices.cli.main import main


def run(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(main, arguments)
    return answer.exit_code, answer.output


def test_check_prints_the_timeline_of_injects_and_conditions() -> None:
    code, text = run("exercise", "check", "astana-2017")
    assert code == 0
    assert "11 seats, 11 briefs, 15 injects" in text
    assert "22 January 2017" in text or "2017" in text
    assert text.index("truce:") < text.index("wadi-barada:") < text.index("opening:") < text.index("merger:")
    assert "after the end: by a jump" in text
    assert "when partial_release(text=statement), 10 minutes later" in text
    assert "BY HAND" in text
    assert "TO LOOK AT" not in text


def test_check_of_talks_without_an_exercise_says_so() -> None:
    code, text = run("exercise", "check", "good-friday-1998")
    assert code == 2
    assert "have no exercise" in text


def test_an_exercise_is_started_run_ended_and_looked_back_at(tmp_path: Path) -> None:
    record = str(tmp_path / "astana.record")
    code, text = run("exercise", "start", "astana-2017", record, "--people", "opposition,un-envoy", "--seed", "5")
    assert code == 0, text
    assert "clock stands" in text
    assert run("exercise", "debrief", record)[0] == 2
    for command in (("RunClock", "pace=60"), ("PauseClock",)):
        code, text = run("act", record, command[0], "--seat", "control", *command[1:])
        assert code == 0, text
    code, text = run("act", record, "MakeForecast", "--seat", "opposition", "question=opposition-signs", "percent=30")
    assert code == 0, text
    assert run("act", record, "EndExercise", "--seat", "control")[0] == 0
    assert run("exercise", "debrief", record, "--seat", "opposition")[0] == 2
    assert run("act", record, "Reveal", "--seat", "control", "how_far=all")[0] == 0
    journal = tmp_path / "journal.xlsx"
    code, text = run("exercise", "debrief", record, "--seat", "opposition", "--xlsx", str(journal))
    assert code == 0, text
    assert "EXERCISE" in text
    assert "Brier 0.09" in text
    assert journal.read_bytes()[:2] == b"PK"
    assert run("exercise", "debrief", record, "--xlsx", str(journal))[0] == 2, "nothing is replaced unasked"


def test_a_seat_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, text = run("exercise", "start", "astana-2017", str(tmp_path / "x"), "--people", "nobody")
    assert code == 2
    assert "no seat is called 'nobody'" in text
    assert not (tmp_path / "x").exists()
