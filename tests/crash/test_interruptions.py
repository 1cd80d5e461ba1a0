"""Ctrl-C ends every command within two seconds: one sentence, exit code 130, nothing half-made, whatever it does."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from crash.interruptions import COMMANDS, Interruptions

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(os.name != "posix", reason="the signals of a terminal are sent"),
]

PYTHON_STARTS_S = 0.1  # before its own start has ended, nobody can answer for Python


@pytest.fixture(scope="module")
def interruptions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interruptions]:
    yield Interruptions(tmp_path_factory.mktemp("interrupted"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_ends_within_two_seconds_of_an_interruption_at_any_moment(
    interruptions: Interruptions, name: str
) -> None:
    """A busy machine can be late once; the same moment is tried again before it is called a fault."""
    endings = [ending for ending in interruptions.endings(name) if ending.after > PYTHON_STARTS_S]
    late = [ending for ending in endings if not ending.is_well]
    again = [ending for one in late for ending in interruptions.endings(name, [one.after]) if not ending.is_well]
    assert again == [], "\n".join(ending.row() for ending in again)


def test_what_is_stopped_before_its_end_is_told_by_the_exit_code(interruptions: Interruptions) -> None:
    codes = {ending.code for ending in interruptions.endings("exercise demo", [1.0, 3.0])}
    assert codes == {130}
