"""What a desk keeps from other users of its machine: its memory, its files, the code that its start page takes once."""

from __future__ import annotations

import contextlib
import ctypes
import html
import os
import resource
import sys
import threading
import webbrowser
from pathlib import Path

_NOT_DUMPABLE = 4
"""Linux: ``prctl(PR_SET_DUMPABLE, 0)``."""
_KEPT = 60.0
_PAGE = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={0}"><a href="{0}">{0}</a>\n'


def keep_memory_private() -> None:
    """Let no dump of this process be written, and on Linux let no other process of the same user read its memory."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def open_in_browser(address: str, folder: Path) -> Path:
    """Open an address in the browser by a file that only its owner may read; it is removed after a minute.

    The address holds a code that works once. On the command line of a browser other users could read it.
    """
    page = folder.absolute() / "open-the-desk.html"
    page.unlink(missing_ok=True)
    handle = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_PAGE.format(html.escape(address)))
    webbrowser.open(page.as_uri())
    later = threading.Timer(_KEPT, lambda: page.unlink(missing_ok=True))
    later.daemon = True
    later.start()
    return page
