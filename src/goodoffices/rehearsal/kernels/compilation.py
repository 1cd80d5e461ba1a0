"""How the loops of this room are compiled: one entry from Python, and inner functions that only other loops call.

Inner functions get no wrappers for Python and count no references: they make no arrays, and the caller holds those
that they are given. That divides the time to compile by three. They are put in place of their calls: to hand on forty
arrays takes longer than to move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from goodoffices.settlement.kernels.jit import Ints

Function = TypeVar("Function", bound=Callable[..., Any])


def inner(function: Function) -> Function:
    """Compile a function that only compiled functions call, and that makes no arrays."""
    options: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False, "forceinline": True}
    return cast(Function, numba.njit(cache=True, **options)(function))


@inner
def copy_row(target: Ints, source: Ints) -> None:
    """Write one row over another."""
    for column in range(source.shape[0]):
        target[column] = source[column]


@inner
def fill(row: Ints, value: int) -> None:
    """Write one value into all places of a row."""
    for column in range(row.shape[0]):
        row[column] = value
