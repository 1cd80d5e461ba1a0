"""What a refusal of the command line says: first the reason, all that is missing, ranges in words, one manner."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from goodoffices.cli.terminal import progress_line
from goodoffices.cli.terminal.commands import in_usage
from goodoffices.cli.terminal.values import FILE_THERE, FOLDER_THERE, Number, Whole
from goodoffices.errors import ScenarioError, UnknownWordError
from settlement_talks import wells
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


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "astana-2017"),
        ("commitments", "astana-2017"),
        ("item", "list", "astana-2017", "--seat", "russia"),
        ("text", "list", "astana-2017"),
        ("text", "standing", "astana-2017"),
        ("decide", "list", "astana-2017"),
        ("ceasefire", "astana-2017", "--no-scan"),
    ],
    ids=" ".join,
)
def test_a_line_that_names_an_option_keeps_its_promise(words: tuple[str, ...]) -> None:
    assert "; --as-of end shows all that is recorded." in run(*words).stderr
    assert "As of" not in run(*words, "--as-of", "end").stderr
    assert run(*words, "--as-of", "end").exit_code == 0


def test_the_line_of_ledgers_names_an_option_that_ledgers_has() -> None:
    words = ("ceasefire", "ledgers", "astana-2017", "ledger-russia", "ledger-turkey")
    assert "; --to takes a later day." in run(*words).stderr
    assert run(*words, "--to", "2017-03-31").exit_code == 0


SEAT_TAKEN = "No seat was named, so this is for the seat {}; --seat names another."


@pytest.mark.parametrize(
    "words, seat, lists",
    [
        (("text", "show", "astana-2017", "v77"), "analyst", "goodoffices text list"),
        (("text", "verify", "astana-2017", "v77", "--code", "1105"), "analyst", "goodoffices text list"),
        (("decide", "show", "good-friday-1998", "y99"), "chairs", "goodoffices decide list"),
        (("claims", "astana-2017", "--about", "nobody"), "analyst", "goodoffices claims"),
        (("item", "show", "astana-2017", "m9"), "russia", "goodoffices item list astana-2017 --seat russia"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
)
def test_a_name_that_nothing_has_is_answered_with_what_lists_them_and_the_seat(
    words: tuple[str, ...], seat: str, lists: str
) -> None:
    needs_seat = words[0] == "item"
    named = bad(*words, "--seat", seat)
    assert lists in named
    assert "No seat was named" not in named
    if not needs_seat:
        assert SEAT_TAKEN.format(seat) in bad(*words)


@pytest.mark.parametrize("command", ["settle", "rehearse"])
def test_seats_that_have_estimates_are_named_to_the_keeper_and_to_no_seat(command: str, tmp_path: Path) -> None:
    path = wells(tmp_path)
    talks = json.loads(path.read_text(encoding="utf-8"))
    talks["seats"]["chair"] = {"actor": "desk", "roles": ["analyst"]}
    path.write_text(json.dumps(talks), encoding="utf-8")
    said = bad(command, path)
    assert "Seats that have some: desk. Name one with --seat." in said
    assert SEAT_TAKEN.format("chair") in said
    assert "desk" not in bad(command, path, "--seat", "north").lower()


@pytest.mark.parametrize("command", ["settle", "forecast", "rehearse"])
def test_where_no_seat_has_estimates_nobody_is_sent_round(command: str) -> None:
    assert bad(command, "astana-2017", "--seat", "russia").startswith("Error: Russia sees no estimates of ")
    valley = bad(command, Path(__file__).parents[2] / "valley.yaml")
    assert "No seat has any." in valley
    assert "Seats that have some" not in valley


def test_a_long_list_of_what_is_known_is_cut_to_the_nearest_and_says_so() -> None:
    known = tuple(f"place-{n}" for n in range(100))
    said = str(UnknownWordError("place", "place-42x", known))
    assert said.startswith("unknown place 'place-42x'; known: 'place-42', ")
    assert said.count("'place-") == 21
    assert said.endswith(", and 80 more.")
    few = str(UnknownWordError("place", "x", known[:20]))
    assert all(repr(word) in few for word in known[:20])
    assert "more" not in few


def test_what_can_be_asked_is_what_is_listed() -> None:
    said = bad("forecast", "astana-2017", "--issue", "weather").partition("known: ")[2]
    listed = re.findall(r"'([a-z-]+)'", said.partition(".")[0])
    assert len(listed) > 2
    for issue in listed:
        assert run("forecast", "levers", "astana-2017", "--issue", issue, "--step", "5").exit_code == 0, issue


@pytest.mark.parametrize(
    "words, said",
    [
        (("decide", "explain", "good-friday-1998"), "choose one with --rule: rule-34, "),
        (("decide", "explain", Path(__file__).parents[2] / "valley.yaml"), "is a talks file"),
        (("rehearse", "astana-2017", "--vary", "devaluation"), "write for example devaluation=0.2:0.5"),
        (("rehearse", "astana-2017", "--assume", Path(__file__).parents[2] / "valley.yaml"), "is a talks file"),
        (("ceasefire", "astana-2017", "--as-of", "2010-01-01"), "choose a later day, or --as-of end"),
        (("convert", Path(__file__).parents[2] / "valley.yaml", "made", "--to", "negmas"), "is a talks file"),
        (
            ("rehearse", "astana-2017", "--strategy", "ned=linear"),
            "known: 'syria-government', 'opposition-delegation'.",
        ),
        (("new", "--title", "River"), "--language en"),
    ],
    ids=str,
)
def test_a_refusal_says_what_to_do_next(
    words: tuple[object, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = bad(*words)
    assert said in refused
    assert refused.rstrip().endswith((".", "?", "`"))
    assert list(tmp_path.iterdir()) == []


def test_getting_ready_promises_no_time(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress_line, "is_compiling", lambda: True)
    progress_line.Waiting().tell()
    said = capsys.readouterr().err
    assert "only the first time on this machine" in said
    assert "minute" not in said.replace("this machine", "")
