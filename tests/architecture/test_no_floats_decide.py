"""T14: no floating point decides anything: whoever counts answers, shares or steps uses whole numbers and fractions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TALKS = Path(__file__).resolve().parents[2] / "src" / "goodoffices" / "talks"
DECIDING = (
    "decisions/commands",
    "decisions/eligibility",
    "decisions/folds",
    "decisions/packages",
    "model/packages",
    "voting/counting",
    "voting/explanations",
    "voting/minimal_sets",
    "voting/outcomes",
    "voting/rules",
)


def _floats(tree: ast.AST) -> list[int]:
    """Return the lines with a float: a literal, the name, a true division, or ``round``."""
    return [
        getattr(node, "lineno", 0)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round")
        or isinstance(node, ast.Div)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    ]


@pytest.mark.parametrize("name", DECIDING)
def test_t14_no_floating_point_decides(name: str) -> None:
    assert _floats(ast.parse((TALKS / f"{name}.py").read_text(encoding="utf-8"))) == []


def test_the_search_finds_a_float_where_there_is_one() -> None:
    for code in ("x = 0.5", "x = float('1')", "x = 1 / 2", "x = round(y)"):
        assert _floats(ast.parse(code))
