"""Print text and write files from the command line."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import click

from goodoffices.errors import ScenarioError, StorageError
from goodoffices.formats.whole_file import write_whole

_WIDTH = 110
_DESCRIPTION = {".png": "Description", ".svg": "Description", ".pdf": "Subject"}


def text_width() -> int:
    """Return how many characters a line may have: the terminal's columns, or 110 where none is known."""
    return min(max(shutil.get_terminal_size((_WIDTH, 24)).columns, 60), 400)


def show_text(text: str, *, is_data: bool = False, err: bool = False) -> None:
    """Print text for people; on a terminal no line is broken by it, as ours go on below with an indent.

    A file or another program gets the lines as they are: there, one line is one thing. So does ``is_data`` everywhere.
    ``err`` prints on the standard error.
    """
    known = not is_data and ("COLUMNS" in os.environ or (sys.stderr if err else sys.stdout).isatty())
    click.echo(folded(text, text_width()) if known else text, err=err)


def folded(text: str, width: int) -> str:
    """Return text of which every line that is too long goes on below, four characters further in."""
    lines = []
    for line in text.split("\n"):
        if len(line) <= width:
            lines.append(line)
            continue
        indent = " " * min(len(line) - len(line.lstrip()) + 4, width // 2)
        lines += textwrap.wrap(
            line, width, subsequent_indent=indent, drop_whitespace=True, break_long_words=False, break_on_hyphens=False
        )
    return "\n".join(lines)


def save_picture(drawn: Any, path: Path, description: str = "") -> None:
    """Write a figure, or the figure of its axes, under a name that `PICTURE` has taken: .png, .svg or .pdf.

    ``description`` says in words what it shows; it is stored in the file.

    Raises
    ------
    StorageError
        If the file cannot be written.
    """
    figure = getattr(drawn, "figure", drawn) or drawn
    key, drawing = _DESCRIPTION.get(path.suffix.lower()), BytesIO()
    figure.savefig(
        drawing, format=path.suffix[1:].lower(), metadata={key: description} if key and description else None
    )
    save_bytes(drawing.getvalue(), path)


def save_text(text: str, path: Path) -> None:
    """Write text as a file in UTF-8; errors as :func:`save_bytes`."""
    save_bytes(text.encode(), path)


def save_bytes(data: bytes, path: Path) -> None:
    """Write a file that only its owner may read: it may hold a seat's words. A missing folder is made and named.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    with _writing(path):
        write_whole(path, data)


class NewFile(click.Path):
    """A file to write, of a kind that is fixed or that its ending says: one of ``endings``, each with its dot.

    Another ending is refused before anything is done, or the file would be of another kind than its name says.
    """

    def __init__(self, *endings: str) -> None:
        super().__init__(dir_okay=False, path_type=Path)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises
        ------
        ScenarioError
            If its name ends in something else.
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.suffix.lower() not in self.endings:
            *others, last = self.endings
            right = f"{', '.join(others)} or {last}" if others else last
            raise ScenarioError(f"{path.name} does not end in {right}; choose a name that does")
        return path


PICTURE = NewFile(".png", ".svg", ".pdf")


def make_folder(folder: Path) -> None:
    """Make a folder that is missing, and say so: a mistyped name must not pass unseen.

    Every command that writes calls this first; so a missing folder is never refused and never made in silence.

    Raises
    ------
    StorageError
        If it cannot be made.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"the folder {folder} cannot be made: {error.strerror}; name another one") from error
    show_text(f"Made the folder {folder}.", err=True)


def end_as_not_holding(why: str) -> NoReturn:
    """Say why what was checked does not hold, and end with exit code 1.

    All commands that check something end alike: 0 it holds, 1 it does not, 2 it cannot be checked (any other error).
    """
    show_text(f"Error: {why}", err=True)
    raise SystemExit(1)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    make_folder(path.parent)
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}; name another file") from error
    show_text(f"Wrote {path}.", err=True)
