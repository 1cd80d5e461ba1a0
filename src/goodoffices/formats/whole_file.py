"""Write a file whole or not at all: who is interrupted, or has a full disk, does not find half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, in one step: until then what stood there stays.

    A device such as ``/dev/stdout``, and what a link points to, are written as they are.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    if path.is_symlink() or (path.exists() and not _can_be_replaced(path)):
        _write_into(path, data)
        return
    handle, name = tempfile.mkstemp(prefix=".goodoffices-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _can_be_replaced(path: Path) -> bool:
    """Whether another file may take the place of this one: a regular file with one name, in a folder of ours."""
    return path.is_file() and path.stat().st_nlink == 1 and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _write_into(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        if path.is_file():
            os.fchmod(handle, 0o600)
        file.write(data)
