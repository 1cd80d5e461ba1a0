"""Docstrings, comments and error messages do not use words that a reader would have to look up or read twice."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parents[2] / "src" / "goodoffices"

INSTEAD = {
    r"\bnought\b": "zero, or nothing",
    r"\bmend(s|ed|ing)?\b": "fix",
    r"\bwhoever\b": "the seat that, or anybody who",
    r"(?<![\w.])deeds?\b(?!\()": "act",
    r"(?<!there )\b(is|are) no (?!longer\b)": "is not a, or has no",
    r"\bsigns? (for (a )?(character|token)|that (is|are) not text)\b": "character, token or code",
    r"\bthe sign of a\b": "code",
    r"\bso many signs\b": "characters",
    r"\bspeaks? of\b": "is about",
    r"\bbring(s)? into being\b": "create",
    r"\bthereof\b|\bwherein\b|\baught\b": "(say it another way)",
}
"""What a docstring or comment must not contain, with what to write instead."""


def _files() -> list[Path]:
    places = [SOURCE]
    return [path for place in places for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def prose_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield the docstrings, the strings that document a name, and the comments, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_docstrings_comments_and_errors_are_in_plain_english(path: Path) -> None:
    bad = [
        f"{path.relative_to(SOURCE)}:{line}: {match[0]!r}; write {instead}"
        for line, text in prose_of(path.read_text())
        for pattern, instead in INSTEAD.items()
        if (match := re.search(pattern, " ".join(text.split()), re.IGNORECASE))
    ]
    assert not bad, "\n".join(bad)


def test_the_check_sees_docstrings_comments_and_errors() -> None:
    source = '"""A count is below nought."""\n# Whoever asks.\nraise ScenarioError(f"{x} is no count")\n'
    assert [line for line, _ in prose_of(source)] == [1, 3, 2]
