"""Parts of a printed result: settlements by their names, and what no result has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.bargain import Bargain


class FormError(ValueError):
    """A part of a result that cannot be read, with why, in words for a person."""


def settlement_in(bargain: Bargain, named: Mapping[str, str]) -> tuple[int, ...]:
    """Return a settlement that a result names, as option numbers; raises `FormError`."""
    if set(named) != {issue.name for issue in bargain.issues}:
        raise FormError("a settlement does not name every issue once")
    for issue in bargain.issues:
        if named[issue.name] not in issue.options:
            raise FormError(f"issue {issue.name!r} has no option {named[issue.name]!r}")
    return tuple(issue.options.index(named[issue.name]) for issue in bargain.issues)


def strange_parts(part: Mapping[str, Any], known: frozenset[str], what: str) -> list[str]:
    """Return what a part states that no result states there: nobody has checked it, so it cannot stand."""
    return [f"{what} has a part {key!r} that no result has" for key in part if key not in known]
