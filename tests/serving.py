"""A served desk for tests: the command in a process of its own, on a free port, with a record of its own.

`begin` starts the real command anew. `served` copies a process in which it is imported, so it takes a second less.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from process_copies import CopiedProcess

COMMAND = [str(Path(sys.executable).with_name("goodoffices")), "serve"]
_QUICK = ("--commands-a-minute", "0")
"""Tests send faster than a person."""
VALLEY = str(Path(__file__).with_name("valley.yaml"))
"""Small talks, for tests that are not about what the talks are: a desk of them starts in half the time."""


@dataclass(slots=True)
class Served:
    """One served desk: where it listens and the one-time address of its start page."""

    process: subprocess.Popen[str] | CopiedProcess
    start: str
    lines: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.start.partition("/start")[0]

    @property
    def sign(self) -> str:
        return self.start.partition("#")[2]


def begin(
    data: Path,
    *,
    talks: str = "astana-2017",
    port: int = 0,
    options: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
) -> Served:
    """Start the command and return when it listens; without talks it opens the list of records.

    ``within`` is a command to start it by, such as one that moves it to another network.
    """
    process = subprocess.Popen(
        [*within, *COMMAND, *_arguments(data, talks, port, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return _listening(process)


def _arguments(data: Path, talks: str, port: int, options: tuple[str, ...]) -> tuple[str, ...]:
    return (*([talks] if talks else []), "--port", str(port), "--data", str(data), *_QUICK, *options)


def _listening(process: subprocess.Popen[str] | CopiedProcess) -> Served:
    """Return a desk when it says where it listens."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip())
        found = re.search(r"https?://\S+/start#\w+", line)
        if found:
            return Served(process, found[0], lines)
    raise AssertionError(f"the desk did not start: {lines}")


def refused(*arguments: str) -> str:
    """Return what the command says as an error, which must end with exit code 2; it runs in a copied process."""
    with tempfile.NamedTemporaryFile() as errors:
        process = CopiedProcess(("serve", *arguments), errors=errors.name)
        printed = process.stdout.read()
        process.stdout.close()
        code, said = process.wait(timeout=180), errors.read().decode()
    assert code == 2, printed + said
    assert "Traceback" not in said
    return said


@contextlib.contextmanager
def served(
    data: Path,
    *,
    talks: str = "astana-2017",
    port: int = 0,
    options: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
) -> Iterator[Served]:
    """Serve for the length of a block."""
    if within:
        desk = begin(data, talks=talks, port=port, options=options, within=within)
    else:
        desk = _listening(CopiedProcess(("serve", *_arguments(data, talks, port, options))))
    try:
        yield desk
    finally:
        desk.process.terminate()
        desk.process.wait(timeout=60)
        assert desk.process.stdout is not None
        desk.process.stdout.close()
