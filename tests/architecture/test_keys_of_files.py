"""Every key that a file can have stands in the reference of that file; the readers say which keys they know."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from goodoffices.exercises import demonstration, seat_file
from goodoffices.formats import rule_file
from goodoffices.rehearsal.batches import assumption_file
from goodoffices.rehearsal.graph import Filter, Form
from goodoffices.rehearsal.presence import Walkout
from goodoffices.rehearsal.setting import Closing
from goodoffices.talks.voting import rules
from goodoffices.talks.voting.counting import Poll

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "files-beside.md"
OF_A_RULE = (rules.Threshold, rules.Quorum, rules.ReferendumProng, rules.Range, Poll)
WORDS: tuple[type[StrEnum], ...] = (rules.Of, rules.Base, rules.BlocBase, rules.Compared)


def chapter(title: str) -> str:
    [text] = re.findall(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return str(text)


def missing(title: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that stand in no row of a chapter's tables."""
    rows = " ".join(line for line in chapter(title).splitlines() if line.startswith("|"))
    named = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]*)`", rows))))
    return sorted(set(keys) - named)


def read_keys(module: ModuleType) -> set[str]:
    """Return the keys that a module takes out of mappings, by ``given["key"]`` and ``given.get("key")``."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            key = node.slice
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            key = node.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
    return found


def test_every_key_of_a_rule_file() -> None:
    union = get_args(rules.Rule)
    assert rules.Unanimity in union
    keys = {*rule_file._KNOWN, *(f.name for cls in (*union, *OF_A_RULE) for f in fields(cls))}
    assert {"polls", "zone", "electorate_range", "contest_minutes"} <= keys
    names = {name_of(rule) for rule in union}
    words = {word.value for closed in WORDS for word in closed}
    assert missing("A rule file", keys | names | words | {"at-least", "more-than"}) == []


def name_of(rule: type) -> str:
    """Return the name of a rule, as its field ``rule`` has it."""
    return next(str(f.default) for f in fields(rule) if f.name == "rule")


def test_every_key_of_the_assumptions() -> None:
    keys = {*assumption_file._KEYS, *assumption_file._SPOILER_KEYS, *assumption_file._NUMBER_KEYS}
    closed = (Form, Filter, Closing, Walkout)
    assert missing("`rehearsal.yaml`", keys | {word.value for words in closed for word in words}) == []


@pytest.mark.parametrize(
    ("title", "module", "not_keys"),
    [
        ("`automated.yaml`", seat_file, set[str]()),
        ("`demonstration.yaml`", demonstration, {"en", "words", "lang", "id"}),
    ],
)
def test_every_key_that_a_reader_takes(title: str, module: ModuleType, not_keys: set[str]) -> None:
    keys = read_keys(module) | set(getattr(module, "_KEYS", ()))
    assert len(keys) > 8
    assert missing(title, keys - not_keys) == []


def test_a_key_that_is_missing_is_found() -> None:
    assert missing("A rule file", ["polls", "pols"]) == ["pols"]


def test_the_examples_of_the_page_are_read(tmp_path: Path) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", chapter("A rule file"), re.S)
    assert len(examples) == 2
    for text in examples:
        path = tmp_path / "rule.yaml"
        path.write_text(text, encoding="utf-8")
        rule_file.read_rule(path)
