"""Every problem that is reported about a scenario has a kind that the documentation lists."""

from __future__ import annotations

import ast
from pathlib import Path

from goodoffices.formats.scenarios.problem_kinds import ALLOWABLE, KINDS

FORMATS = Path(__file__).resolve().parents[3] / "src" / "goodoffices" / "formats"
REPORTING = {"failure", "note", "repair", "assume", "refuse"}


def kinds_reported() -> set[str]:
    calls = [
        node
        for folder in ("input", "scenarios")
        for path in (FORMATS / folder).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    ]
    names = [(call, getattr(call.func, "attr", getattr(call.func, "id", ""))) for call in calls]
    return {
        str(call.args[0].value) for call, name in names if name in REPORTING and isinstance(call.args[0], ast.Constant)
    }


def test_every_kind_that_is_reported_is_listed() -> None:
    assert kinds_reported() - set(KINDS) == set()


def test_what_may_be_allowed_is_a_kind() -> None:
    assert set(KINDS) >= ALLOWABLE
