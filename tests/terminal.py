"""Commands as a person types them, run in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from goodoffices.cli.main import main
from talks_once import shared_by_commands


def run(*words: object, typed: str | None = None) -> Result:
    """Run a command, with what is ``typed``; anything but an answer or a refusal is a fault of the program."""
    with shared_by_commands():
        result = CliRunner().invoke(main, [str(word) for word in words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def good(*words: object, code: int = 0, typed: str | None = None) -> str:
    """What a command that works prints as its answer."""
    result = run(*words, typed=typed)
    assert result.exit_code == code, result.output
    return result.stdout


def bad(*words: object, code: int = 2, typed: str | None = None) -> str:
    """What a refused command prints."""
    result = run(*words, typed=typed)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def act(record: Path, seat: str, command: str, **given: str) -> list[object]:
    """Return the words of a command by which a seat acts in a record."""
    return ["act", record, "--seat", seat, command, *(f"{key}={value}" for key, value in given.items())]
