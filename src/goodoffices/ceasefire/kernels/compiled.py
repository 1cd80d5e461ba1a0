"""Compile loops with numba, once per machine; later they are read from numba's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Loop = TypeVar("Loop", bound=Callable[..., Any])


def kernel(loop: Loop) -> Loop:
    """Compile ``loop`` at its first call. Fast mathematics is off, so sums keep their order.

    Other threads go on while it runs: the line of progress, and what ends the process after Ctrl-C.
    """
    # What C would call it by takes a twentieth of the time to compile, and no C calls it.
    options: Any = {"nogil": True, "no_cfunc_wrapper": True}
    return cast(Loop, numba.njit(cache=True, **options)(loop))
