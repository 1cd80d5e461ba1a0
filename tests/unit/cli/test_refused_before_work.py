"""What cannot be is refused before anything is done, and the refusal says what is missing or what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.cli.terminal.output import NewFile
from goodoffices.errors import ScenarioError
from terminal import bad, good, run
from unit.cli.test_usage import ALL

WORDS = "five words that nobody guesses"
NEW_WORDS = "other words that nobody guesses"
KINDS = sorted(
    (name, param.opts[0])
    for name, context in ALL.items()
    for param in context.command.params
    if isinstance(param.type, NewFile)
)


def test_commands_that_write_files_of_one_kind_are_known() -> None:
    assert len(KINDS) > 15


@pytest.mark.parametrize(("name", "option"), KINDS)
def test_a_file_whose_ending_is_of_another_kind_is_refused(name: str, option: str) -> None:
    [param] = [one for one in ALL[name].command.params if one.opts[0] == option]
    assert isinstance(param.type, NewFile)
    with pytest.raises(ScenarioError, match="does not end in"):
        param.type.convert("made.nonsense", param, None)
    for ending in param.type.endings:
        assert param.type.convert(f"made{ending.upper()}", param, None) == Path(f"made{ending.upper()}")


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A live record whose passphrase stands in its variable."""
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", WORDS)
    path = tmp_path / "live.record"
    good("record", "new", path, "--talks", "good-friday-1998")
    return path


def test_the_passphrase_that_is_missing_is_named(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = bad("record", "rekey", live)
    assert "new passphrase" in said
    assert "GOODOFFICES_NEW_PASSPHRASE" in said
    monkeypatch.delenv("GOODOFFICES_PASSPHRASE")
    said = bad("record", "replay", live)
    assert "passphrase of the record" in said
    assert "GOODOFFICES_PASSPHRASE" in said


def test_a_record_gets_the_new_passphrase_of_its_variable(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODOFFICES_NEW_PASSPHRASE", NEW_WORDS)
    good("record", "rekey", live)
    assert run("record", "replay", live).exit_code == 2
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", NEW_WORDS)
    assert run("record", "replay", live).exit_code == 0


def test_what_an_exercise_cannot_have_is_said(tmp_path: Path) -> None:
    path = tmp_path / "valley.record"
    good("record", "new", path, "--talks", "astana-2017", "--exercise")
    assert "has a key file and no passphrase" in bad("record", "rekey", path)
    assert "no seat of control" in bad("exercise", "restart", path, "--at", "1", "--to", tmp_path / "new.record")
    assert "no seat of control" in bad("exercise", "debrief", path)
    said = bad("minutes", path, "--seat", "secretariat", "--session", "s99")
    assert "the sessions are s1 (" in said
