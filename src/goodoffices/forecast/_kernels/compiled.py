"""The one place that knows numba: without it the same loops run as plain Python, slower."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Kernel = TypeVar("Kernel", bound=Callable[..., object])

try:
    import numba
except ImportError:  # numba has no wheel for every Python; results do not depend on it
    numba = None

__all__ = ["kernel", "parallel_kernel", "turns"]

turns = range if numba is None else numba.prange


def kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` where numba is there. No fast mathematics: sums keep their order."""
    return loop if numba is None else numba.njit(cache=True)(loop)  # type: ignore[no-any-return]


def parallel_kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` with its outer ``turns`` shared among cores; each draw is independent of the others."""
    return loop if numba is None else numba.njit(cache=True, parallel=True)(loop)  # type: ignore[no-any-return]
