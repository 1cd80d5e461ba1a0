"""Values of arguments and options: files that must be there, and numbers within a range, refused in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from goodoffices.errors import ScenarioError, quoted
from goodoffices.formats.input.files import NOT_THERE


class _There(click.ParamType[Path]):
    """A file or folder that must be there. Its reader says what else is wrong with it."""

    def __init__(self, *, is_folder: bool) -> None:
        self.is_folder = is_folder
        self.name = "folder" if is_folder else "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or refuse it."""
        path = Path(value)
        try:
            found = path.is_dir() if self.is_folder else path.exists()
        except (OSError, ValueError):
            found = False
        if not found:
            raise_not_there(value, self.name)
        if not self.is_folder and path.is_dir():
            raise ScenarioError(f"{value}: this is a folder. Name the file in it.")
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Let the shell complete names of files, or of folders."""
        kind = "dir" if self.is_folder else "file"
        return [click.shell_completion.CompletionItem(incomplete, type=kind)]


def raise_not_there(name: object, kind: str = "file") -> NoReturn:
    """Refuse a name under which there is nothing, in the words of every reader of files."""
    shown = str(name) if len(str(name)) <= _LONGEST else quoted(str(name))
    raise ScenarioError(f"{shown}: " + " ".join(NOT_THERE).replace("file", kind))


_LONGEST = 200
FILE_THERE = _There(is_folder=False)
FOLDER_THERE = _There(is_folder=True)


class Whole(click.IntRange):
    """A whole number within a range; ``most`` is left out where there is no end."""

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)[:40]} does not fit. Give a whole number {self._describe_range()}.", param, ctx)

    def _describe_range(self) -> str:  # help shows it after the option, where click writes 1<=x<=31
        return f"of {self.min:,} or more" if self.max is None else f"from {self.min:,} to {self.max:,}"


class Number(click.FloatRange):
    """A number that is at least ``least``, or more than it."""

    name = "number"

    def __init__(self, least: float, *, above: bool = False) -> None:
        super().__init__(least, None, min_open=above)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)[:40]} does not fit. Give a number {self._describe_range()}.", param, ctx)

    def _describe_range(self) -> str:
        return f"above {self.min:g}" if self.min_open else f"of {self.min:g} or more"
