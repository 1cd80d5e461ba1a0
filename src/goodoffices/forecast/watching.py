"""Progress of long work, and being asked to end it with what there is."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "is_stopped"]

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, 0 to 1. Raising in it interrupts the work; if it has a true
attribute ``is_stopped``, the work ends with what it has so far."""


def is_stopped(progress: Progress | None) -> bool:
    """Return whether whoever follows the progress wants no more."""
    return bool(getattr(progress, "is_stopped", False))
