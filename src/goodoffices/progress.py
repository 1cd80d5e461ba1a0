"""Time limits and progress of long work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import field
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, from 0 to 1.

If it raises an exception, the work is interrupted. If it has a true attribute ``is_stopped``, the work ends as if its
time were over, with the best result so far.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The start and the time limit of some work, in seconds, and the function to call with its progress."""

    time_limit: float | None = None
    progress: Progress | None = None
    started: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        limit: Any = self.time_limit
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 0):
            raise ScenarioError(f"the time limit is {quoted(repr(limit))}; give seconds, such as 2.5, or None")
        if self.progress is not None and not callable(self.progress):
            raise ScenarioError(f"progress is {quoted(repr(self.progress))}; give a function of a text and a share")

    @property
    def seconds(self) -> float:
        """Return the seconds since work began."""
        return time.perf_counter() - self.started

    @property
    def is_over(self) -> bool:
        """Whether the time limit has passed, or the work has been stopped."""
        return self.is_stopped or (self.time_limit is not None and self.seconds >= self.time_limit)

    @property
    def is_stopped(self) -> bool:
        """Whether the work has been stopped by its progress callback."""
        return is_stopped(self.progress)

    @property
    def left(self) -> float:
        """Return the seconds left; infinite without a limit."""
        if self.is_stopped:
            return 0.0
        return float("inf") if self.time_limit is None else max(self.time_limit - self.seconds, 0.0)

    def tell(self, what: str, share: float) -> None:
        """Report that ``share`` of ``what`` is done."""
        if self.progress is not None:
            self.progress(what, share)


def is_stopped(progress: Progress | None) -> bool:
    """Return whether the progress callback has stopped the work."""
    return bool(getattr(progress, "is_stopped", False))
