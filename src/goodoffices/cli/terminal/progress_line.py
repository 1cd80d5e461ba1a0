"""Show the progress of long work on the standard error; Ctrl-C ends it with what is ready, if anything is.

Nothing here promises a result: only the work knows whether it has one, and its answer then says what it rests on.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from goodoffices.cli.terminal.output import show_text

INTERRUPTED = 130
"""The exit code of interrupted work: 128 and the number of the signal."""

STOPPED = "goodoffices.stopped"
"""Where the context of a command keeps that some of its work was asked to end."""

_FIRST = 1.0
_EVERY = 1.0
_EVERY_LINE = 10.0


def is_compiling() -> bool:
    """Return whether numba is compiling in another thread: it holds its lock for as long."""
    module = sys.modules.get("numba.core.compiler_lock")
    if module is None:
        return False
    lock = module.global_compiler_lock._lock
    if lock.acquire(blocking=False):
        lock.release()
        return False
    return True


class Waiting:
    """Write the progress of long work to the standard error; ``is_stopped`` tells the work to end with what it has."""

    def __init__(self) -> None:
        self.is_stopped = False
        self._what, self._share = "working", 0.0
        self._started = time.monotonic()
        self._said = 0.0
        self._over = threading.Event()

    def __call__(self, what: str, share: float) -> None:
        """Note that ``share`` of ``what`` is done."""
        self._what, self._share = what, share

    def tell(self) -> None:
        """Write one line about the work; on a terminal it replaces the line before."""
        seconds = time.monotonic() - self._started
        if not sys.stderr.isatty() and self._said and seconds - self._said < _EVERY_LINE:
            return
        what, share = self._what, f" {self._share:.0%}" if self._share else ""
        if is_compiling():
            what, share = "getting ready (only the first time on this machine)", ""
        start, end = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")
        sys.stderr.write(
            f"{start}{what}{share}, {seconds:.0f} s (Ctrl-C ends it with what is ready, if anything is){end}"
        )
        sys.stderr.flush()
        self._said = seconds

    def run(self) -> None:
        """Write a line every second until the work is over."""
        wait = _FIRST
        while not self._over.wait(wait):
            self.tell()
            wait = _EVERY

    def wait(self) -> None:
        """Write nothing until the work is over."""
        self._over.wait()

    def end(self) -> None:
        """End, and clear the line."""
        self._over.set()
        if self._said and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Ask the work to end; the second time, interrupt it."""
        if self.is_stopped:
            raise KeyboardInterrupt
        self.is_stopped = True
        sys.stderr.write(
            "\nInterrupted: ending with what is ready, if anything is. Press Ctrl-C again to end at once.\n"
        )


@contextmanager
def waiting(*, is_quiet: bool = False) -> Iterator[Waiting]:
    """Show the progress of the work inside, unless ``is_quiet``; exit with code 130 if it was interrupted.

    Work that was asked to end may still give an answer. The command then ends with that code too, after its answer.
    """
    told = Waiting()
    context = click.get_current_context(silent=True)
    ticker = threading.Thread(target=told.wait if is_quiet else told.run, daemon=True)
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, told.interrupt) if is_main else None
    ticker.start()
    try:
        yield told
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        told.end()
        ticker.join()
        if is_main:
            signal.signal(signal.SIGINT, before)
        if told.is_stopped and context is not None:
            context.meta[STOPPED] = True


def say(text: str, told: Waiting, *, is_data: bool = False) -> None:
    """Print an answer; exit with code 130 if the work was interrupted and this is only what was ready.

    ``is_data``: it is read by a program, so its lines stay as they are.
    """
    show_text(text, is_data=is_data)
    if told.is_stopped:
        raise SystemExit(INTERRUPTED)
