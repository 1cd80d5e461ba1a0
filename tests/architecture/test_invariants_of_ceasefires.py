"""Each sentence on allegations that must always hold has a test that names it: C1 to C29 of the cease-fire."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LAST = 29


def _named() -> Iterator[tuple[int, str]]:
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield from ((int(number), f"{path.stem}.{node.name}") for number in re.findall(r"_c(\d+)_", node.name))


@pytest.mark.slow
def test_each_sentence_has_a_test_that_names_it_and_no_test_names_another() -> None:
    held: dict[int, list[str]] = {}
    for number, name in _named():
        held.setdefault(number, []).append(name)
    assert sorted(held) == [*range(1, LAST + 1)]
