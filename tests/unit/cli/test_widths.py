"""On a terminal no line is longer than it is wide; a file or another program gets lines as they are."""

from __future__ import annotations

import pytest

from goodoffices.cli.terminal.output import folded
from terminal import good

pytestmark = pytest.mark.slow
COMMANDS = (
    "settle astana-2017",
    "settle unblock astana-2017",
    "forecast astana-2017",
    "forecast astana-2017 --issue monitoring",
    "forecast levers astana-2017 --issue monitoring",
    "forecast models",
    "decide explain good-friday-1998 --rule rule-34 --accepts uup,sdlp",
    "decide list good-friday-1998",
    "claims astana-2017",
    "claims astana-2017 --contradictions",
    "commitments astana-2017",
    "brief astana-2017",
    "brief astana-2017 --section people",
    "text list astana-2017",
    "text standing astana-2017",
    "text show astana-2017 copy-government-2016-12-29",
    "text compare astana-2017 copy-government-2016-12-29 copy-opposition-2016-12-29",
    "item list astana-2017 --seat russia",
    "act --list",
    "act PutQuestion --help",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_longer_than_the_terminal_is_wide(
    command: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = good(*command.split()).split("\n")
    assert [line for line in lines if len(line) > columns] == []


def test_another_program_gets_one_thing_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = good("claims", "astana-2017").strip().split("\n")
    assert all(line.lstrip().startswith("k") for line in lines)
    assert max(map(len, lines)) > 200


def test_folding_keeps_every_word_and_goes_on_further_in() -> None:
    text = "short\n  " + " ".join(f"word{n}" for n in range(40)) + "\n\nlast"
    lines = folded(text, 60).split("\n")
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert all(len(line) <= 60 for line in lines)
    assert lines[2].startswith("      word")
