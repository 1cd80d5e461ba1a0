"""How commands end: interrupted, with nobody reading, on a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.cli.terminal.progress_line import Waiting

COMMAND = [sys.executable, "-c", "from goodoffices.cli import main; main()"]
INTERRUPTING = """
import os, signal, sys
from goodoffices.cli.terminal.progress_line import Waiting
told = Waiting.__call__
def first(self, what, share):
    told(self, what, share)
    if not self.is_stopped: os.kill(os.getpid(), signal.SIGINT)
Waiting.__call__ = first
from goodoffices.cli import main
main(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize("words", [("brief", "astana-2017", "--settlement"), ("round-file", "astana-2017", "--out")])
def test_interrupted_work_inside_a_longer_answer_is_told_by_the_exit_code(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    more = [str(tmp_path / "r.pdf")] if words[-1] == "--out" else []
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTING, *words, *more], capture_output=True, text=True, check=False
    )
    assert "Interrupted: ending with what is ready, if anything is" in done.stderr
    assert done.returncode == 130


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [("formats",), ("commitments", "astana-2017"), ("schema",), ("act", "--list")])
def test_an_output_that_nobody_reads_or_that_is_full_is_neither_yes_nor_no(
    words: tuple[str, ...], unbuffered: str
) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}  # with a buffer, what does not fit is noticed at the end only
    left, right = os.pipe()
    os.close(left)
    gone = subprocess.run([*COMMAND, *words], stdout=right, stderr=subprocess.PIPE, text=True, check=False, env=env)
    os.close(right)
    assert (gone.returncode, "Traceback" in gone.stderr) == (141, False)
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=env)
    assert done.returncode == 2
    assert "the output is not complete (No space left on device)" in " ".join(done.stderr.split())


STOPPED = """
import sys
from goodoffices.cli.terminal.progress_line import Waiting
begin = Waiting.__init__
def stopped(self):
    begin(self)
    self.is_stopped = True
Waiting.__init__ = stopped
from goodoffices.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_exercises_that_are_stopped_before_one_has_ended_say_so(workers: str) -> None:
    words = ["exercise", "batch", "astana-2017", "--runs", "2", "--workers", workers]
    done = subprocess.run([sys.executable, "-c", STOPPED, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.endswith("Stopped.\n")


@pytest.mark.slow
def test_an_answer_from_fewer_worlds_or_draws_says_so_in_its_text() -> None:
    for words, told in [
        (["settle", "robust", "astana-2017", "--worlds", "60000"], "Interrupted: rests on 20,480 of 60,000 worlds."),
        (["forecast", "astana-2017", "--draws", "60000"], "Interrupted: some rows rest on fewer draws than were asked"),
    ]:
        done = subprocess.run([sys.executable, "-c", STOPPED, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 130, done.stderr
        assert told in " ".join(done.stdout.split())


def test_nothing_that_is_printed_while_work_goes_on_promises_a_result(capfd: pytest.CaptureFixture[str]) -> None:
    told = Waiting()
    told.tell()
    told.interrupt(2, None)
    said = capfd.readouterr().err
    assert said.count("what is ready, if anything is") == 2
    assert "best result" not in said


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "settle astana-2017",
        "forecast astana-2017",
        "rehearse astana-2017 --runs 50",
        "exercise batch astana-2017 --runs 2",
    ],
)
def test_work_that_is_stopped_at_once_prints_an_answer_or_that_there_is_none(words: str) -> None:
    command = [sys.executable, "-c", STOPPED, *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert bool(done.stdout.strip()) != done.stderr.endswith("Stopped.\n")
