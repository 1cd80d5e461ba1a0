"""Results in the form in which they are printed and checked, from whatever a program holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.errors import ScenarioError, quoted
from goodoffices.settlement.results import Frontier, Solution


def as_printed(result: Any) -> Mapping[str, Any]:
    """Return a solution or a frontier as ``--json`` prints it; a mapping is taken as it is."""
    if isinstance(result, Solution):
        return {"solutions": {result.name: result.to_json()}}
    if isinstance(result, Frontier):
        return {"frontier": result.to_json()}
    if not isinstance(result, Mapping):
        raise ScenarioError(
            f"{quoted(repr(result))} is not a result; give a Solution, a Frontier, or what --json prints"
        )
    if "definition" in result and "settlements" in result:
        raise ScenarioError("this is one solution without its name; give the Solution, or {'solutions': {name: it}}")
    return result
