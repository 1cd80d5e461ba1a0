"""Compiled templates are kept and read again, and made anew as soon as their source or an option changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from goodoffices.web.render.compiled_templates import CompiledTemplates


def shown(folder: Path, source: str, *, escaped: bool = True) -> str:
    """Show a template as a process that has just begun would."""
    environment = Environment(
        loader=DictLoader({"page.html": source}), autoescape=escaped, bytecode_cache=CompiledTemplates(folder)
    )
    return environment.get_template("page.html").render(name="<b>")


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_template_is_compiled_once_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    first = shown(tmp_path, "Hello {{ name }}")
    [data] = kept(tmp_path).values()
    assert shown(tmp_path, "Hello {{ name }}") == first == "Hello &lt;b&gt;"
    assert list(kept(tmp_path).values()) == [data]


def test_a_changed_source_or_option_is_never_answered_by_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert shown(tmp_path, "Hello {{ name }}") == "Hello &lt;b&gt;"
    assert shown(tmp_path, "Good day {{ name }}") == "Good day &lt;b&gt;"
    assert shown(tmp_path, "Good day {{ name }}", escaped=False) == "Good day <b>"


def test_a_kept_file_that_is_broken_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    shown(tmp_path, "Hello {{ name }}")
    [path] = tmp_path.iterdir()
    path.write_bytes(b"not a template")
    assert shown(tmp_path, "Hello {{ name }}") == "Hello &lt;b&gt;"


def test_nothing_is_kept_where_python_keeps_nothing_or_the_folder_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(tmp_path, "Hello {{ name }}") == "Hello &lt;b&gt;"
    assert kept(tmp_path) == {}
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert shown(tmp_path / "none" / "below", "Hello {{ name }}") == "Hello &lt;b&gt;"
    assert kept(tmp_path) == {}
