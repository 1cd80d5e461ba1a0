"""Run the ``console`` blocks of a Markdown page, and compare what they print with what the page shows.

A block holds commands after ``$ ``, each followed by the output to expect. ``...`` stands for any text, within a line
or over several lines, as in a doctest. A ``yaml`` block with a file name after ``yaml`` is written to that file first.

After a change of the program's sentences, run ``python tools/console_blocks.py README.md docs/tutorial/terminal.md``.
It replaces every shown line that is no longer printed with the most similar printed line. Then read the difference.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import os
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from goodoffices.cli.main import main as goodoffices

_FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a page, and the output that the page shows."""

    line: str
    shown: str

    def agrees(self, printed: str) -> bool:
        """Say whether ``printed`` is what the page shows."""
        return doctest.OutputChecker().check_output(self.shown, printed, doctest.ELLIPSIS)

    def explain(self, printed: str) -> str:
        """Say which shown lines are not printed, and what is printed."""
        missing = [line for line in self.shown.splitlines() if not _is_printed(line, printed)]
        where = "\n".join(missing) or "(each line is printed, but not in this order, or without '...' between them)"
        return (
            f"$ {self.line}\n\nThe page shows these lines, and the command does not print them:\n{where}\n\n"
            f"The command prints:\n{printed}\n\nTo update a page, run python tools/console_blocks.py with its path."
        )


def commands(page: str) -> list[Command]:
    """Return the commands of all ``console`` blocks, in order."""
    blocks = [body for language, _, body in _FENCE.findall(page) if language == "console"]
    parts = [part for body in blocks for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [Command(line=line, shown=shown) for line, _, shown in (part.partition("\n") for part in parts)]


def write_files(page: str, folder: Path) -> None:
    """Write every named ``yaml`` block of a page to its file."""
    for language, name, body in _FENCE.findall(page):
        if language == "yaml" and name:
            (folder / name).write_text(body, encoding="utf-8")


def run(line: str) -> str:
    """Run one command in this process, and return what it prints, with ordinary spaces, and none at the ends of lines.

    Progress on the standard error is left out; the sentence of a refusal is not.
    """
    name, *words = shlex.split(line, comments=True)
    if name != "goodoffices":
        raise ValueError(f"a console block runs goodoffices only, not {name!r}")
    result = CliRunner().invoke(goodoffices, words, env={"COLUMNS": "110"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    output = result.stdout if result.exit_code == 0 else result.output
    output = output.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return "".join(f"{text.rstrip()}\n" for text in output.splitlines())


def update(page: str, folder: Path) -> str:
    """Return the page with every line that is no longer printed replaced by the most similar printed line."""
    with contextlib.chdir(folder):
        write_files(page, folder)
        for command in commands(page):
            printed = run(command.line)
            if not command.agrees(printed):
                lines = [_nearest(line, printed) for line in command.shown.splitlines()]
                page = page.replace(
                    f"$ {command.line}\n{command.shown}", "\n".join([f"$ {command.line}", *lines, ""]), 1
                )
    return page


def _is_printed(line: str, printed: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in line.rstrip().split("..."))
    return re.search(f"^{pattern}$", printed, re.MULTILINE) is not None


def _nearest(line: str, printed: str) -> str:
    if _is_printed(line, printed):
        return line
    return next(iter(difflib.get_close_matches(line, printed.splitlines(), n=1, cutoff=0.4)), line)


def main(names: list[str]) -> None:
    """Update the named pages."""
    for name in names:
        path = Path(name)
        before = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            after = update(before, Path(folder))
        path.write_text(after, encoding="utf-8")
        print(f"{name}: {'updated; read the difference' if after != before else 'up to date'}")


if __name__ == "__main__":
    os.environ.pop("GOODOFFICES_PASSPHRASE", None)
    main(sys.argv[1:])
