"""What one change of one actor is, in a mediator's words."""

from __future__ import annotations

import re

_COLUMNS = {
    "position": "stood at {high} instead of {low}", "salience": "cared {high} instead of {low} (of 1)",
    "capability": "could bring {high} to bear instead of {low}",
}  # fmt: skip
_CHANGE = re.compile(r"(position|salience|capability) (\S+) to (\S+)")


def change_parts(change: str) -> tuple[str, str, str] | None:
    """Return what a change of the forecasting room changes, from what and to what; ``None`` for any other change."""
    found = _CHANGE.fullmatch(change)
    return (found[1], found[2], found[3]) if found else None


def change_words(change: str) -> str:
    """Return a change of the forecasting room in a mediator's words."""
    parts = change_parts(change)
    return _COLUMNS[parts[0]].format(low=parts[1], high=parts[2]) if parts else change
