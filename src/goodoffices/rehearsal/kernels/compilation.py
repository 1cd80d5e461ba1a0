"""How the loops of this room are compiled: one entry from Python, and inner functions that only other loops call.

Inner functions get no wrappers for Python and count no references: they make no arrays, and the caller holds those
that they are given. That divides the time to compile by three. They are put in place of their calls: to hand on forty
arrays takes longer than to move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from goodoffices.settlement.kernels.jit import Ints

Function = TypeVar("Function", bound=Callable[..., Any])


def inner(function: Function) -> Function:
    """Compile a function that only compiled functions call, and that makes no arrays."""
    options: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False, "forceinline": True}
    return cast(Function, numba.njit(cache=True, **options)(function))


def forget_old_code(folder: Path = Path(__file__).parent) -> bool:
    """Remove the compiled code that numba keeps of a folder if any module of it has changed; return whether it did.

    Numba looks at the module of a loop alone. The functions that are put into it from other modules would stay as they
    were, and the two engines would no longer agree. A folder that cannot be written is left as it is.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    kept = folder / "__pycache__"
    noted = kept / "compiled-from.sha256"
    try:
        if noted.is_file() and noted.read_text(encoding="ascii") == whole.hexdigest():
            return False
        for index in kept.glob("*.nbi"):
            index.unlink(missing_ok=True)
        kept.mkdir(exist_ok=True)
        noted.write_text(whole.hexdigest(), encoding="ascii")
    except OSError:
        return False
    return True


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
