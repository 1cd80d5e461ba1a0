"""Processes that begin as copies of one process, in which the program is imported: to import it takes 0.8 seconds."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection

# There is one such process for all tests of a worker, so whatever a copy may need is named here.
COPIES = multiprocessing.get_context("forkserver")
COPIES.set_forkserver_preload([
    "goodoffices.cli.main", "goodoffices.cli.serve", "goodoffices.web.server",
    "goodoffices.record.open_store", "goodoffices.talks.base.enums", "psycopg",
])  # fmt: skip


class CopiedProcess:
    """The command in a process of its own; what it prints comes out of ``stdout``. It is used as a ``Popen`` is.

    What it says as an error comes there too, unless a file is named for it.
    """

    def __init__(self, arguments: Sequence[str], *, errors: str = "") -> None:
        reader, writer = COPIES.Pipe(duplex=False)
        given = (writer, tuple(arguments), dict(os.environ), os.getcwd(), errors)
        self._process = COPIES.Process(target=_run, args=given)
        self._process.start()
        writer.close()
        self.stdout = os.fdopen(os.dup(reader.fileno()), encoding="utf-8")
        reader.close()

    def send_signal(self, number: int) -> None:
        if self._process.is_alive():
            assert self._process.pid is not None
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("goodoffices", timeout or 0.0)
        return self._process.exitcode


def _run(out: Connection, arguments: tuple[str, ...], environment: Mapping[str, str], folder: str, errors: str) -> None:
    """Run the command as its script does, in this folder and environment, with all that it prints going to ``out``."""
    from goodoffices.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor in (1, 2):
        os.dup2(out.fileno(), descriptor)
    if errors:
        with open(errors, "wb") as file:
            os.dup2(file.fileno(), 2)
    out.close()
    sys.argv = ["goodoffices", *arguments]
    main()
