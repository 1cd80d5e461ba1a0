"""Compile loops with numba. Without numba the same loops run as plain Python, only slower."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any, TypeVar, cast

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# there is not a numba wheel for every Python; results do not depend on it
HAS_NUMBA = importlib.util.find_spec("numba") is not None


def _turns() -> Any:
    if not HAS_NUMBA:
        return range
    import numba

    return numba.prange


turns = _turns()


def kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` if numba is installed. Fast mathematics is off, so sums keep their order."""
    return _compiled(loop, parallel=False)


def parallel_kernel(loop: Kernel) -> Kernel:
    """Compile ``loop`` with its outer ``turns`` shared among cores, because draws are independent of each other."""
    return _compiled(loop, parallel=True)


def _compiled(loop: Kernel, *, parallel: bool) -> Kernel:
    if not HAS_NUMBA:
        return loop
    import numba

    # Other threads go on while a loop runs, but no two threads may share their cores among loops at once.
    # What C would call a loop by takes a twentieth of the time to compile, and no C calls it.
    options: Any = {"parallel": parallel, "nogil": not parallel, "no_cfunc_wrapper": True}
    compiled: Any = numba.njit(cache=True, **options)(loop)
    return cast(Kernel, compiled)
