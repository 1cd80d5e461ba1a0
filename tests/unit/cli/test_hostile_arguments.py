"""Files of the wrong kind and words that are no text: one sentence, exit code 2, and nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodoffices.cli.main import main
from goodoffices.cli.terminal.record_access import opened

pytestmark = pytest.mark.slow

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 2
    said = result.output
    assert "Error: " in said
    assert "None" not in said
    assert "Traceback" not in said
    return said


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("latin.md").write_bytes("# Début\n\n## 1. Fin\n\nC'est signé.\n".encode("latin-1"))
    Path("bomb.xml").write_text(BOMB, encoding="utf-8")
    Path("empty-folder").mkdir()
    Path("two").mkdir()
    for name in ("one.yaml", "other.yaml"):
        Path("two", name).write_text("rule: {rule: unanimity}\n", encoding="utf-8")
    os.symlink("loop", "loop")
    return tmp_path


@pytest.fixture
def record(folder: Path) -> Path:
    made = run("record", "new", "talks.db", "--talks", "good-friday-1998", "--exercise")
    assert made.exit_code == 0, made.output
    return folder / "talks.db"


def test_words_in_another_encoding_are_no_words(record: Path) -> None:
    before = record.read_bytes()
    said = refused("text", "table", str(record), "--seat", "chairs", "--paper", "fr=latin.md")
    assert "0xE9 is not UTF-8" in said
    assert "not UTF-8" in refused("text", "compare", str(record), "latin.md", "latin.md")
    assert record.read_bytes() == before


def test_arguments_that_are_no_text_are_refused_before_anything_is_done(record: Path) -> None:
    before = record.read_bytes()
    for arguments in (
        ("act", str(record), "--seat", "uup", "FileItem", "words=\udcff"),
        ("check", "\udcff"),
        ("view", "export", str(record), "--seat", "uup", "--to", "\udcff"),
        ("record", "migrate", str(record), "--to", "\udcff"),
    ):
        assert "is not UTF-8" in refused(*arguments)
    assert record.read_bytes() == before


def test_a_positions_file_that_defines_entities_is_not_read(folder: Path) -> None:
    assert "entities" in refused("forecast", str(folder / "bomb.xml"))


def test_a_folder_is_no_rule(folder: Path) -> None:
    for name in ("two", "empty-folder"):
        assert "name the file with the rule" in refused("decide", "explain", str(folder / name))


def test_a_link_to_itself_is_no_record_and_no_scenario(record: Path) -> None:
    refused("record", "migrate", "loop", "--to", "new.db")
    refused("convert", "loop", "new", "--to", "negmas")
    assert not Path("new.db").exists()


def test_what_the_system_says_without_a_file_is_said_without_one(record: Path) -> None:
    refused("text", "list", "/proc/self/mem")


def test_words_need_not_stand_on_the_command_line_where_the_operator_reads_them(record: Path) -> None:
    Path("words.txt").write_text("A corridor to the east.", encoding="utf-8")
    for given, typed in (("words=@words.txt", None), ("words=@-", "From the input."), ("words=@@here", None)):
        made = CliRunner().invoke(main, ["act", str(record), "--seat", "uup", "FileItem", given], input=typed)
        assert made.exit_code == 0, made.output
    with opened(str(record)) as room:
        view = room.view("uup")
        told = [view.text(body) for item in view.known.items.values() for body in item.words]
    assert told == ["A corridor to the east.", "From the input.", "@here"]
    before = record.read_bytes()
    assert "no such file" in refused("act", str(record), "--seat", "uup", "FileItem", "words=@none.txt")
    assert "not UTF-8" in refused("act", str(record), "--seat", "uup", "FileItem", "words=@latin.md")
    assert record.read_bytes() == before
