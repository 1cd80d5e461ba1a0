"""`goodoffices exercise check`, `start` and `debrief`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main
from goodoffices.cli.terminal.record_access import looked_at, now


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


def test_check_of_talks_without_an_exercise_says_so(tmp_path: Path) -> None:
    file = tmp_path / "talks.yaml"
    file.write_text("version: 1\nactors: {n: {kind: state, names: {en: N}}}\nseats: {n: {actor: n, roles: [party]}}\n")
    code, text = run("exercise", "check", str(file))
    assert code == 2
    assert "have no exercise" in text


def test_the_last_week_in_belfast_has_its_timeline_and_says_that_people_play_it() -> None:
    code, text = run("exercise", "check", "good-friday-1998")
    assert code == 0
    assert "15 seats, 15 briefs, 16 injects" in text
    assert text.index("fax-known:") < text.index("who-counts:") < text.index("one-hour:") < text.index("two-votes:")
    assert "when adopted(single-negotiating-text), 30 minutes later" in text
    assert "one that nobody sits in stays silent" in text
    assert "has no words in the language" not in text


@pytest.mark.slow
def test_a_new_cell_goes_on_from_a_moment_and_both_say_so(tmp_path: Path) -> None:
    old, new, later = (str(tmp_path / f"{name}.record") for name in ("old", "new", "later"))
    assert run("exercise", "start", "good-friday-1998", old, "--people", "chairs,uup")[0] == 0
    code, text = run("exercise", "restart", old, "--at", "1", "--to", new)
    assert code == 2
    assert "had not started at that moment" in text
    with looked_at(old) as room:
        injects = room.view("control").known.injects
        tired = next(handle for handle, held in injects.items() if held.inject.slug == "tired")
    assert run("act", old, "GiveInject", "--seat", "control", f"inject={tired}")[0] == 0, "at the first moment"
    assert run("act", old, "JumpClock", "--seat", "control", "to=1998-04-03T12:00+01:00")[0] == 0
    assert run("act", old, "MakeForecast", "--seat", "uup", "question=enough", "percent=40")[0] == 0
    assert run("act", old, "EndExercise", "--seat", "control")[0] == 0
    new = str(tmp_path / "made" / "new.record")
    code, text = run("exercise", "restart", old, "--at", "1998-04-03T10:00", "--to", new)
    assert f"Made the folder {tmp_path / 'made'}." in text
    assert code == 0, text
    assert run("exercise", "restart", old, "--at", "1998-04-03T10:00", "--to", new)[0] == 2, "nothing is replaced"
    with looked_at(new) as room:
        view = room.view("uup")
        assert len(view.known.news) == 1
        assert not view.known.forecasts, "what followed did not happen here"
        [said] = [notice for notice in view.notices if notice.kind == "ClockPaused"]
        assert "goes on from old.record" in said.data["reason"]
        assert "Fri 3 Apr 1998, 10:00 (Europe/London, UTC+1)" in said.data["reason"]
        assert room.time_at(now()) == datetime.fromisoformat("1998-04-03T10:00:59.999+01:00"), (
            "its clock is stopped there"
        )
        assert "ClockJumped" not in {notice.kind for notice in view.notices}, "the jump led past that moment"
    with looked_at(old) as room:
        [moment] = room.view("control").known.moments
        assert "a new cell goes on: new.record" in (room.view("control").text(moment.words) or "")
        assert not room.view("uup").known.moments, "before the reveal only control knows it"
    assert run("act", new, "RunClock", "--seat", "control")[0] == 0
    code, text = run("exercise", "restart", new, "--at", "soon", "--to", later)
    assert code == 2
    assert "neither the number of a notice nor a moment" in text
    assert run("exercise", "restart", new, "--at", "99999", "--to", later)[0] == 2


def test_a_brief_is_set_at_the_moment_of_the_clock_also_while_it_stands(tmp_path: Path) -> None:
    record = str(tmp_path / "belfast.record")
    assert run("exercise", "start", "good-friday-1998", record)[0] == 0
    code, text = run("brief", record, "--seat", "uup", "--width", "200")
    assert code == 0, text
    assert "As it stands on Fri 3 Apr 1998, 09:00 (Europe/London, UTC+1)" in text


@pytest.mark.slow
def test_an_exercise_is_started_run_ended_and_looked_back_at(tmp_path: Path) -> None:
    record = str(tmp_path / "astana.record")
    code, text = run("exercise", "start", "astana-2017", record, "--people", "opposition,un-envoy", "--seed", "5")
    assert code == 0, text
    assert "clock is stopped" in text
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
    words = tmp_path / "journal.docx"
    assert run("exercise", "debrief", record, "--docx", str(words), "--language", "ar")[0] == 0
    assert words.read_bytes()[:2] == b"PK"


def test_a_seat_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, text = run("exercise", "start", "astana-2017", str(tmp_path / "x"), "--people", "nobody")
    assert code == 2
    assert "no seat is called 'nobody'" in text
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_an_inject_is_given_by_the_name_that_the_timeline_shows(tmp_path: Path) -> None:
    record = str(tmp_path / "belfast.record")
    assert run("exercise", "start", "good-friday-1998", record)[0] == 0
    code, text = run("act", record, "GiveInject", "--seat", "control", "inject=fax")
    assert code == 2
    assert "Your record has nothing called fax here. It has: ij" in " ".join(text.split())
    assert "fax-known:" in run("exercise", "check", "good-friday-1998")[1]
    code, text = run("act", record, "GiveInject", "--seat", "control", "inject=fax-known")
    assert code == 0, text
