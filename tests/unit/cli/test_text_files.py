"""Texts as files from the terminal: out, in again, as a pack, proved offline."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main

PAPER = (
    "# Cease-fire\n\n## 1. Start\n\nIt begins on [[A: 30 December | B: 1 January]].\n\n## 2. Watch\n\nThree states.\n"
)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output


@pytest.fixture
def record(tmp_path: Path) -> str:
    where = str(tmp_path / "talks.record")
    assert run("record", "new", where, "--talks", "astana-2017", "--exercise")[0] == 0
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    code, said = run("text", "table", where, "--seat", "russia", "--paper", f"en={tmp_path / 'paper.md'}")
    assert code == 0, said
    return where


def test_a_text_goes_out_and_comes_in_again_with_its_names(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    assert run("text", "out", record, "v1", "--seat", "russia", "--to", str(path))[0] == 0
    code, said = run("text", "in", str(path))
    assert code == 0
    assert "## 1. Start {cl1}" in said
    assert "30 December" in said


def test_a_copy_proves_its_check_code_and_a_changed_one_does_not(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.json"
    assert run("text", "out", record, "v1", "--seat", "russia", "--format", "json", "--to", str(path))[0] == 0
    assert run("text", "proof", str(path))[0] == 0
    path.write_bytes(path.read_bytes().replace(b"Three states", b"Four states"))
    code, said = run("text", "proof", str(path))
    assert code == 2
    assert "is not what it says" in said


def test_a_pack_is_drawn_for_a_seat(record: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    assert run("text", "pack", record, "--seat", "russia", "--to", str(path))[0] == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_a_seat_takes_out_nothing_that_it_does_not_hold(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    code, said = run("text", "out", record, "v1", "--seat", "opposition", "--to", str(path))
    assert code == 2
    assert "holds no version" in said
    assert not path.exists()
