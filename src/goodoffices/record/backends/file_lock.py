"""One process per SQLite record: a lock file beside it that names its owner and ends with it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from goodoffices.errors import StorageError


class FileLock:
    """A lock. The operating system releases it when the process ends, in whatever way."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    @classmethod
    def take(cls, record: Path) -> FileLock:
        """Lock ``record``.

        Raises
        ------
        StorageError
            If another process holds it, whose number the message gives, or the folder may not be written.
        """
        path = Path(f"{record}.lock")
        was_there = path.exists()
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError as error:
            raise StorageError(f"there is no folder {record.parent}; make it first") from error
        except OSError as error:
            raise StorageError(
                f"the folder of {record} may not be written ({error.strerror}); change its permissions or copy the "
                "record elsewhere"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.read(descriptor, 32).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise StorageError(
                f"{record} is in use by process {owner or '(not named)'}. It may be a desk that is open: use that one, "
                "or end it first"
            ) from error
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b"%d\n" % os.getpid())
        except OSError as error:
            os.close(descriptor)
            if not was_there:
                path.unlink(missing_ok=True)
            raise StorageError(
                f"{path} cannot be written ({error.strerror}); free some space on the disk and try again"
            ) from error
        return cls(path, descriptor)

    def release(self) -> None:
        """Let the next process have the record. The file stays: removing it would race with the next owner."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1

    def discard(self) -> None:
        """Release the lock of a record that never came to be, and remove its file."""
        self._path.unlink(missing_ok=True)
        self.release()
