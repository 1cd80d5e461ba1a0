"""Small things given wrongly in the terminal: each is refused with what is wrong, and none passes in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_files import docx, paragraph, run as words
from goodoffices.cli.terminal.input import value_or_file
from goodoffices.errors import ScenarioError
from goodoffices.talks.documents.markdown import read_paper
from terminal import good, run


def test_a_folder_is_not_read_as_words(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"this is a folder\. Name the file in it\."):
        value_or_file(f"@{tmp_path}")


def test_what_is_new_begins_before_the_moment_of_the_brief() -> None:
    refused = run("brief", "astana-2017", "--since", "2017-01-25", "--as-of", "2017-01-20")
    assert refused.exit_code == 2
    assert "--since 2017-01-25 is after the moment of this brief, 2017-01-20" in " ".join(refused.output.split())
    good("brief", "astana-2017", "--since", "2017-01-20", "--as-of", "2017-01-20")


def test_a_file_without_text_is_said_to_have_none(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx())
    assert "The file has no text." in run("text", "in", path, "--language", "en").output
    path.write_bytes(docx(paragraph(words("T")), paragraph(words("1. We agree."))))
    assert "no text" not in run("text", "in", path, "--language", "en").output


def test_a_language_is_a_code(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph(words("T"))))
    assert "'english' is not a language code" in run("text", "in", path, "--language", "english").output


def test_a_character_that_nobody_sees_is_named_with_the_words_beside_it() -> None:
    with pytest.raises(ScenarioError, match="between “The parties ” and “agree"):
        read_paper("# T\n\n## 1.\n\nThe parties \u200dagree to it.\n", "en")
