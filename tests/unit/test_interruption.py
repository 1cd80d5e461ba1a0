"""Ctrl-C at moments that Python itself does not answer well: while it loads, in one long call, while it ends."""

from __future__ import annotations

import dis
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from goodoffices.__main__ import Interruption, _end_workers, end_with

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the signals of a terminal are sent")

START = """
import atexit, os, signal, sys
def press():
    os.kill(os.getpid(), signal.SIGINT)
import goodoffices.cli
def command(main):
    goodoffices.cli.main = main
"""


def ended(code: str, *, start: str = START) -> subprocess.CompletedProcess[str]:
    """Return how a process ended that runs ``code``, and then the command line."""
    whole = f"{start}\n{code}\nfrom goodoffices.__main__ import run\nrun()\n"
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # what is ignored here, a child would ignore
    try:
        return subprocess.run([sys.executable, "-c", whole, "--version"], capture_output=True, text=True, check=False)
    finally:
        signal.signal(signal.SIGINT, handler)


def test_an_interruption_while_the_command_line_is_loaded() -> None:
    done = ended(
        "import os, signal, sys\n"
        "class Pressing:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'click':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Pressing())\n",
        start="",
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


def test_a_command_that_takes_the_interruption_for_another_error() -> None:
    done = ended(
        "@command\n"
        "def main():\n"
        "    try:\n"
        "        press()\n"
        "    except KeyboardInterrupt:\n"
        "        raise ImportError('a library could not be loaded')\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


@pytest.mark.parametrize("function", [Interruption._watch, _end_workers, end_with])
def test_the_thread_that_waits_for_ctrl_c_loads_nothing(function: Callable[..., object]) -> None:
    """To load a module while Python ends brought the process down, one time in ten on a busy machine."""
    assert "IMPORT_NAME" not in {step.opname for step in dis.get_instructions(function)}


LONG_CALL = "signal.signal(signal.SIGINT, lambda *more: None)\npress()\n"
"""A handler that raises nothing stands for one long call: neither lets Python act on the signal."""
DESTRUCTOR = """
class Ending:
    def __del__(self):
        press()
        time.sleep(0)
Ending()
"""
"""An error that is raised in a destructor is dropped by Python, and told on the standard error."""


@pytest.mark.parametrize("does", [LONG_CALL, DESTRUCTOR], ids=["one long call", "in a destructor"])
def test_a_command_that_does_not_notice_is_ended(does: str) -> None:
    lines = [*does.splitlines(), "while True:", "    time.sleep(0.01)"]
    done = ended("import time\n@command\ndef main():\n" + "\n".join(f"    {line}" for line in lines))
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "\nStopped: no result was ready yet.\n"


def test_workers_are_ended_with_a_command_that_does_not_notice() -> None:
    """A worker that lived on would hold the output open, and write into it."""
    done = ended(
        "import time\n"
        "from multiprocessing import get_context\n"
        "def work():\n"
        "    time.sleep(20)\n"
        "    print('still at work', flush=True)\n"
        "@command\n"
        "def main():\n"
        "    get_context('fork').Process(target=work).start()\n"
        "    signal.signal(signal.SIGINT, lambda *more: None)\n"
        "    press()\n"
        "    while True:\n"
        "        time.sleep(0.01)\n"
    )
    assert (done.returncode, done.stdout) == (130, "")


def test_an_interruption_after_the_answer_changes_nothing() -> None:
    done = ended("atexit.register(press)\n@command\ndef main():\n    print('the answer')\n    sys.exit(1)\n")
    assert (done.returncode, done.stdout, done.stderr) == (1, "the answer\n", "")


def test_other_errors_stay_what_they_are() -> None:
    done = ended("@command\ndef main():\n    raise ZeroDivisionError('a fault of ours')\n")
    assert done.returncode == 1
    assert done.stderr.endswith("ZeroDivisionError: a fault of ours\n")


def test_what_runs_in_the_background_is_not_interrupted() -> None:
    done = ended(
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n@command\ndef main():\n    press()\n    print('done')\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
