"""What the terminal says that a command needs is what the command takes."""

from __future__ import annotations

import shlex

import pytest

from goodoffices.errors import UnknownWordError
from goodoffices.talks.command_help import example_of, fields_of, first_sentence
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.registry import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_is_one_that_it_takes(name: str) -> None:
    typed = dict(word.split("=", 1) for word in shlex.split(example_of(name)))
    assert type(parse_command(name, typed)) is COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_every_field_is_one_that_it_takes(name: str) -> None:
    given = {field.name: field.example.strip('"') for field in fields_of(name)}
    assert type(parse_command(name, given)) is COMMANDS[name]
    assert all(field.shape for field in fields_of(name))
    assert first_sentence(name).endswith(".")


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [
        ("OpenDeposit", "rule", "all-in-and-checked"),
        ("AnswerInvitation", "answer", "conditional"),
        ("MarkAttendance", "mark", "other-room"),
        ("GiveProxy", "scope", "clear"),
        ("PutQuestion", "rule", "unanimity"),
        ("StateSuccession", "state", "repudiates"),
        ("ConfirmAllegations", "result", "not-examined"),
    ],
)
def test_closed_words_are_listed(name: str, field: str, words: str) -> None:
    [told] = [one for one in fields_of(name) if one.name == field]
    assert words in told.shape


def test_an_unknown_command_gets_the_nearest() -> None:
    with pytest.raises(UnknownWordError, match="RelayItem"):
        fields_of("RelayItm")
