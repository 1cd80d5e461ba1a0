"""The one place that knows numba: without it the same loops run as plain Python, slower."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any, TypeVar, cast

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# numba has no wheel for every Python; no result depends on it
HAS_NUMBA = importlib.util.find_spec("numba") is not None


def _turns() -> Any:
    if not HAS_NUMBA:
        return range
    import numba

    return numba.prange


turns = _turns()


def kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` where numba is there. No fast mathematics: sums keep their order."""
    return _compiled(loop, parallel=False)


def parallel_kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` with its outer ``turns`` shared among cores; each draw is independent of the others."""
    return _compiled(loop, parallel=True)


def _compiled(loop: Kernel, *, parallel: bool) -> Kernel:
    if not HAS_NUMBA:
        return loop
    import numba

    compiled: Any = numba.njit(cache=True, parallel=parallel)(loop)
    return cast(Kernel, compiled)
