"""Every command says how it is used, in lines of 80 columns that break between words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from goodoffices.cli.main import main
from terminal import good, run


def commands(command: click.Command = main, context: click.Context | None = None) -> Iterator[click.Context]:
    """Yield a context for each command, those of groups included."""
    here = context or click.Context(main, info_name="goodoffices")
    yield here
    if isinstance(command, click.Group):
        for name in command.list_commands(here):
            inner = command.get_command(here, name)
            assert inner is not None
            yield from commands(inner, inner.context_class(inner, info_name=name, parent=here))


ALL = {one.command_path.removeprefix("goodoffices").strip(): one for one in commands()}


@pytest.mark.parametrize("name", ALL)
def test_usage_fits_and_has_no_double_blank(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = good(*name.split(), "--help") if name != "act" else run("act", "--help").stdout
    usage = shown.partition("\n\n")[0]
    assert "\n" not in usage
    assert "  " not in usage
    assert [line for line in shown.split("\n") if len(line) > 80] == []


@pytest.mark.parametrize("name", ALL)
def test_words_that_may_be_given_stand_in_the_help(name: str) -> None:
    # A line may break behind a hyphen.
    shown = "".join(run(*name.split(), "--help").stdout.split())
    for one in ALL[name].command.params:
        if isinstance(one.type, click.Choice):
            assert [word for word in one.type.choices if word not in shown] == []


def test_a_group_with_an_answer_of_its_own_is_named_once_in_usage() -> None:
    for words in (("--help",), ("astana-2017", "--nosuch")):
        assert "settle [OPTIONS] PATH" in run("settle", *words).output


def test_commands_of_the_record_are_listed_as_data() -> None:
    rows = json.loads(good("act", "--list", "--json"))
    plain = good("act", "--list")
    assert [one["command"] for one in rows] == sorted(one["command"] for one in rows)
    assert all(f"{one['command']}" in plain for one in rows)
    question = next(one for one in rows if one["command"] == "PutQuestion")
    assert {"rule", "eligible", "version"} <= {field["name"] for field in question["fields"]}
    assert all(set(field) == {"name", "shape", "needed", "example"} for one in rows for field in one["fields"])


def test_help_of_a_command_breaks_lines_at_the_width_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    told = good("act", "PutQuestion", "--help")
    assert "With round, only seats that accepted their invitation to the round are eligible." in told


AS_DATA = (
    "brief astana-2017 --seat russia",
    "claims astana-2017",
    "commitments astana-2017",
    "decide explain good-friday-1998 --rule rule-34 --accepts uup,sdlp",
    "decide list good-friday-1998",
    "formats",
    "forecast models",
    "item list astana-2017 --seat russia",
    "text list astana-2017",
    "text show astana-2017 copy-government-2016-12-29",
    "text compare astana-2017 copy-government-2016-12-29 copy-opposition-2016-12-29",
    "text standing astana-2017",
)


@pytest.mark.parametrize("command", AS_DATA)
def test_data_is_all_that_is_printed_as_the_answer(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert isinstance(json.loads(good(*command.split(), "--json")), dict | list)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("brief nosuch", "Error: nosuch: there is no such file or scenario. Scenarios: "),
        ("forecast astana-2017 --issue monitorng", "Did you mean 'monitoring'?"),
        ("brief astana-2017 --seat secretriat", "Did you mean 'secretariat'?"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word_and_no_place_that_is_none(command: str, said: str) -> None:
    result = run(*command.split())
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_rule_of_an_unknown_kind_offers_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "rule.yaml").write_text("rule: {rule: unanimit}\neligible: [a]\n", encoding="utf-8")
    assert "Did you mean 'unanimity'?" in run("decide", "explain", tmp_path / "rule.yaml").stderr
