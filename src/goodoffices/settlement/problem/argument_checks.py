"""What every question of the settlement room is asked of: a bargain, and nothing else."""

from __future__ import annotations

from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.errors import ScenarioError, quoted


def check_bargain(given: Any) -> None:
    """Raise `ScenarioError` if something other than a bargain is given."""
    if not isinstance(given, Bargain):
        raise ScenarioError(
            f"{quoted(repr(given))} is not a Bargain; give one, as Bargain.from_names or Bargain.from_arrays makes it"
        )
