"""Run the checks of style, types and architecture while the tests run: they wait for each other in turn, never long.

A check that fails says so at once, between two lines of the tests; what it found stands again at the end if it would
have scrolled away. The last line is always pytest's own, with its counts, and the exit code is 0 only if all passed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = ("ruff format --check .", "ruff check .", "mypy", "lint-imports --no-cache")
TESTS = "pytest -n auto --dist worksteal -q -m"
_PRINTING = threading.Lock()


def say(text: str) -> None:
    """Print whole lines, never into those of another step."""
    with _PRINTING:
        print(text, flush=True)


def run_checks(checks: Sequence[str], failed: list[str]) -> None:
    """Run checks one after another; what one of them found is printed if it failed."""
    for check in checks:
        program, *arguments = check.split()
        done = subprocess.run(
            [BIN / program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            failed.append(check)
            say(f"\n== {check}: failed\n{done.stdout.rstrip()}\n==")


def run_tests(arguments: Sequence[str]) -> tuple[int, str]:
    """Run pytest, passing on what it prints as it comes but for the last line; return its exit code and that line."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    with subprocess.Popen([BIN / arguments[0], *arguments[1:], *colour], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            if last:
                say(last)
            last = line.rstrip("\n")
    return process.returncode, last


def main(checks: Sequence[str] = CHECKS, tests: Sequence[str] = (*TESTS.split(), "not nightly")) -> int:
    """Run everything and return the exit code."""
    failed: list[str] = []
    checking = threading.Thread(target=run_checks, args=(checks, failed))
    checking.start()
    code, last = run_tests(tests)
    checking.join()
    if code:
        failed.append("pytest")
    if failed:
        say(f"failed, and said above why: {', '.join(failed)}")
    say(last)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
