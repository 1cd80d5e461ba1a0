"""The main command: words that are no command, and a place for compiled loops."""

from __future__ import annotations

import os

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from goodoffices.cli.main import keep_compiled_loops_somewhere, main


def test_a_word_that_is_no_command_is_answered_with_the_nearest_one() -> None:
    result = CliRunner().invoke(main, ["breif"])
    assert result.exit_code == 2
    assert "Did you mean 'brief'?" in result.output


def test_compiled_loops_have_a_place_where_nothing_of_the_user_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(os, "access", lambda *_: False)
    keep_compiled_loops_somewhere()
    try:
        assert "goodoffices-compiled-" in os.environ["NUMBA_CACHE_DIR"]
    finally:
        os.environ.pop("NUMBA_CACHE_DIR", None)


def test_a_place_that_was_named_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/somewhere")
    monkeypatch.setattr(os, "access", lambda *_: False)
    keep_compiled_loops_somewhere()
    assert os.environ["NUMBA_CACHE_DIR"] == "/somewhere"


def test_a_passphrase_that_can_be_guessed_is_refused_for_a_new_record(tmp_path: object) -> None:
    where = f"{tmp_path}/live.record"
    result = CliRunner().invoke(main, ["record", "new", where, "--talks", "astana-2017"], input="short\n")
    assert result.exit_code == 2
    assert "shorter than 12 characters" in result.output
    assert not os.path.exists(where)


@pytest.mark.parametrize("words", ["brief", "settle", "forecast", "claims", "commitments", "decide list", "text list"])
def test_the_shell_completes_bundled_scenarios_and_files(words: str) -> None:
    completing = ShellComplete(main, {}, "goodoffices", "_GOODOFFICES_COMPLETE")
    found = completing.get_completions(words.split(), "ast")
    assert {(one.value, one.type) for one in found} == {("ast", "file"), ("astana-2017", "plain")}
    assert [one.type for one in completing.get_completions(words.split(), "")] == ["file"]
