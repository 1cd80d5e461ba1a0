"""Whatever is said of a file or of a form that a page takes can be said in the language of the page.

The readers of files are found by what the routes that take a file import, so that a new one is looked at without being
named. Forms lead into the talks: every rule and every value of the talks is looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.errors import kind_said
from goodoffices.phrases.phrase import Phrase

SOURCE = Path(__file__).resolve().parents[2] / "src" / "goodoffices"
_FOLLOWED = (
    "formats.docx", "formats.odt", "formats.messages", "formats.allegation_tables", "formats.input", "reports.texts",
    "reports.lists.brought_messages", "reports.papers", "reports.ceasefire.imports", "talks.documents",
    "talks.notes.typed_lines", "talks.command_parsing",
)  # fmt: skip
"""The rooms that read what is brought. A talks file and a spreadsheet of talks tell their problems by codes."""
_OF_TALKS_FILES = frozenset({"formats.input.yaml_reader", "formats.input.strict_json", "formats.input.numbers"})
"""Modules of these rooms that read talks files and scenarios, which no page sends to them."""
_ERRORS = frozenset({"ScenarioError", "ScenarioFileError", "DatasetError"})
_MAKERS = frozenset({"_refuse", "_refused", "_problem", "_not_utf8", "WrongCellError", "refusal", "fail", "UnreadCell"})
_PARTS_OF_AN_ENTRY = frozenset({"why", "right", "remedy"})


def _imports(module: str) -> set[str]:
    path = SOURCE / Path(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module is not None}
    return {one.removeprefix("goodoffices.") for one in named if one.startswith("goodoffices.")}


def _readers() -> list[str]:
    """Return the modules that the routes with an upload lead to, in a lasting order."""
    routes = [path for path in (SOURCE / "web" / "routes").rglob("*.py") if "read_upload" in path.read_text()]
    waiting = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in routes]
    waiting += ["web.routes.desks.pen_form", "web.routes.forms"]
    found: set[str] = set()
    while waiting:
        for name in _imports(waiting.pop()):
            path = SOURCE / Path(*name.split(".")).with_suffix(".py")
            if name not in found and name.startswith(_FOLLOWED) and path.is_file():
                found.add(name)
                waiting.append(name)
    return sorted(found - _OF_TALKS_FILES)


def _plain(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the texts in an argument that are sentences and not phrases."""
    if isinstance(node, ast.IfExp):
        yield from (*_plain(node.body), *_plain(node.orelse))
    elif isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from _plain(part)
    elif isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ):
        yield node


def _of_call(node: ast.Call) -> Iterator[ast.expr]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in _ERRORS | _MAKERS:
        for given in node.args:
            yield from _plain(given)
    if name in _MAKERS | {"Entry"}:
        for keyword in node.keywords:
            yield from _plain(keyword.value) if keyword.arg in _PARTS_OF_AN_ENTRY else ()


def _said(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield every sentence with which something is refused."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in ("words", "wrong", "why", "remedy", "hint")
            for target in node.targets
        ):
            yield from (one for one in _plain(node.value) if isinstance(node.value, ast.Tuple) or _is_sentence(one))


def _is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).endswith(".")


def test_the_readers_of_every_kind_of_file_are_found() -> None:
    found = _readers()
    kinds = {"formats.docx.reader", "formats.odt.reader", "formats.messages.mail_file", "formats.messages.chat_file",
             "formats.allegation_tables.reader", "formats.allegation_tables.radio_lines", "formats.input.tables",
             "formats.input.spreadsheets", "talks.documents.markdown"}  # fmt: skip
    assert kinds <= set(found), sorted(kinds - set(found))


def test_an_english_sentence_is_found() -> None:
    tree = ast.parse('raise ScenarioError(f"{name} is not a file")\nwords = ("one thing.", "", Phrase("Do it."))')
    assert len([*_said(tree)]) == 2


@pytest.mark.parametrize("module", _readers())
def test_a_refusal_of_a_file_is_a_message(module: str) -> None:
    path = SOURCE / Path(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bad = [f"{module}:{node.lineno}: {ast.unparse(node)[:90]}" for node in _said(tree)]
    assert not bad, "\n".join(bad)


_ROOMS_OF_FORMS = ("talks", "web/http", "web/pages", "web/routes")
_NOT_OF_A_FORM = ("cannot be written again", "cannot be stored in a record")
"""What only a program that writes a record itself can be told."""


def _modules_of_forms() -> list[str]:
    found = [path for room in _ROOMS_OF_FORMS for path in sorted((SOURCE / room).rglob("*.py"))]
    found.append(SOURCE / "service" / "sealed_exchange.py")
    return [str(path.relative_to(SOURCE)) for path in found if "Error(" in path.read_text(encoding="utf-8")]


def _raised(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what an error says or names as plain English: its first argument, if that is no phrase."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            if node.func.id in ("ScenarioError", "BadSealError"):
                yield from _plain(first)
            elif node.func.id == "UnknownWordError" and not (
                isinstance(first, ast.Constant) and isinstance(kind_said(str(first.value)), Phrase)
            ):
                yield from (first,) if isinstance(first, ast.Constant | ast.JoinedStr) else ()


@pytest.mark.parametrize("module", _modules_of_forms())
def test_what_a_form_or_the_rules_of_the_talks_refuse_is_a_message(module: str) -> None:
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    found = [(node.lineno, ast.unparse(node)) for node in _raised(tree)]
    bad = [f"{module}:{n}: {text[:90]}" for n, text in found if not any(part in text for part in _NOT_OF_A_FORM)]
    assert not bad, "\n".join(bad)


def test_a_plain_sentence_and_a_kind_without_a_word_are_found() -> None:
    tree = ast.parse(
        'raise ScenarioError(f"{a} is wrong")\nraise UnknownWordError("thing", a)\nScenarioError(Phrase("x y"))'
    )
    assert len([*_raised(tree)]) == 2
