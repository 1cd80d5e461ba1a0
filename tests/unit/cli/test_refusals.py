"""What a refusal of the command line says: first the reason, all that is missing, ranges in words, one manner."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from goodoffices.cli.terminal.commands import in_usage
from goodoffices.cli.terminal.values import FILE_THERE, FOLDER_THERE, Number, Whole
from goodoffices.errors import ScenarioError
from terminal import bad, run
from unit.cli.test_usage import ALL

NEEDING = [name for name, one in ALL.items() if any(param.required for param in one.command.params)]
NUMBERS = [
    (name, param)
    for name, one in ALL.items()
    for param in one.command.params
    if isinstance(param.type, (click.IntRange, click.FloatRange))
]


@pytest.mark.parametrize("name", NEEDING)
def test_all_that_is_missing_is_named_at_once_and_usage_comes_last(name: str) -> None:
    said = run(*name.split()).stderr.splitlines()
    missing = [line.strip().partition(": ") for line in said if line.startswith("  ")]
    assert said[0] == "Error: this is missing:"
    assert [what for what, _, _ in missing] == [in_usage(one) for one in ALL[name].command.params if one.required]
    assert all(len(goes_there.split()) > 1 and goes_there.endswith(".") for _, _, goes_there in missing)
    assert said[-2].startswith("Usage: goodoffices ")
    assert said[-1].endswith("--help` says more.")


def test_what_was_given_is_not_called_missing() -> None:
    said = bad("text", "release", "talks.record", "--seat", "north")
    assert "--seat" not in said.partition("Usage")[0]
    assert "VERSION" in said
    assert "--to" in said


@pytest.mark.parametrize("name, param", NUMBERS, ids=lambda one: one if isinstance(one, str) else one.opts[0])
def test_a_number_outside_its_range_is_refused_in_words(name: str, param: click.Parameter) -> None:
    assert isinstance(param.type, (Whole, Number))
    for wrong in ("-1", "many"):
        with pytest.raises(click.BadParameter) as refused:
            param.type.convert(wrong, param, None)
        assert str(refused.value).startswith(f"{wrong} does not fit. Give a ")
        assert "<" not in str(refused.value)
    assert "<" not in run(*name.split(), "--help").stdout.replace("<=", "<")


def test_a_refused_number_is_named_with_its_option() -> None:
    said = bad("week", "astana-2017", "--days", "60").splitlines()
    assert said[0] == "Error: --days: 60 does not fit. Give a whole number from 1 to 31."
    assert said[1].startswith("Usage: goodoffices week ")


@pytest.mark.parametrize("name", ALL)
def test_every_file_that_must_be_there_is_refused_in_the_same_words(name: str) -> None:
    for param in ALL[name].command.params:
        assert not (isinstance(param.type, click.Path) and param.type.exists), f"{param.name}: use FILE_THERE"
        if param.type in (FILE_THERE, FOLDER_THERE):
            with pytest.raises(ScenarioError, match=r"^nowhere: there is no such (file|folder)\. Check the name\.$"):
                param.type.convert("nowhere", param, None)


@pytest.mark.parametrize(
    "words",
    [
        ("settle", "verify", "nowhere", "astana-2017"),
        ("ceasefire", "nowhere.csv"),
        ("convert", "nowhere", "made", "--to", "genius"),
        ("settle", "nowhere.xml"),
        ("check", "nowhere"),
        ("text", "in", "nowhere"),
        ("text", "compare", "astana-2017", "nowhere.docx", "nowhere.md"),
        ("forecast", "backtest", "nowhere"),
        ("forecast", "nowhere.csv"),
        ("rehearse", "astana-2017", "--negotiator", "syria-government=nowhere.py:Mine"),
        ("rehearse", "astana-2017", "--assume", "nowhere"),
        ("decide", "explain", "nowhere.yaml"),
        ("import", "nowhere.record", "nowhere.xlsx"),
        ("record", "verify", "nowhere.record"),
    ],
    ids=" ".join,
)
def test_a_name_under_which_there_is_nothing_is_refused_in_one_manner(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = bad(*words)
    assert "there is no such " in said, said
    assert "nowhere" in said.partition("there is no such ")[0]
    assert "Check the name" in said
    assert list(tmp_path.iterdir()) == []
