"""Start the command line so that Ctrl-C ends it within two seconds, whatever it is doing: one sentence, exit code 130.

Python acts on a signal only between two steps of its own. A compiler or one long call of a library can keep it from
that for half a minute. The number of the signal, however, is written to a pipe at once. A thread waits there, and ends
the process if it has not ended by itself.

This module is the first to be loaded, and loads little before it answers Ctrl-C. What comes before is Python's own.
"""

from __future__ import annotations

import os
import signal
import sys
import time

TYPE_CHECKING = False  # to load what it stands in would take longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import NoReturn

_CODE = 130
"""The exit code of interrupted work: 128 and the number of the signal."""
_SECONDS = 1.5
"""The time to end with the best result so far. What is left of two seconds is for taking the process apart."""
_SECONDS_AT_ONCE = 0.2
"""The time to end after Ctrl-C was pressed again."""


def end_with(words: str) -> NoReturn:
    """Say a last sentence on the standard error, and end the process as it is."""
    try:
        os.write(2, f"{words}\n".encode())
    finally:
        os._exit(_CODE)


class Interruption:
    """Notes Ctrl-C, and ends the process if nothing else does in time."""

    def __init__(self) -> None:
        from select import select
        from threading import Thread

        # Taken here: a thread that loads a module while the process ends brings it down.
        self._select = select
        self.is_noted = False
        self._numbers, into = os.pipe()
        os.set_blocking(into, False)
        signal.set_wakeup_fd(into, warn_on_full_buffer=False)
        Thread(target=self._watch, name="interruption", daemon=True).start()

    def note(self, number: int, frame: FrameType | None) -> NoReturn:
        """Interrupt the command, which tidies up after itself."""
        self.is_noted = True
        raise KeyboardInterrupt

    def _watch(self) -> None:
        """Wait for Ctrl-C; then give the command its time, and end the process."""
        while signal.SIGINT not in os.read(self._numbers, 64):
            pass
        self.is_noted = True
        ends_at = time.monotonic() + _SECONDS
        while (left := ends_at - time.monotonic()) > 0:
            if self._select([self._numbers], [], [], left)[0] and signal.SIGINT in os.read(self._numbers, 64):
                ends_at = min(ends_at, time.monotonic() + _SECONDS_AT_ONCE)
        _end_workers()
        end_with("\nStopped: no result was ready yet.")

    def keep_quiet(self, ignored: sys.UnraisableHookArgs) -> None:
        """Say nothing about an interruption that came where Python cannot raise it; the thread ends the process."""
        if not (self.is_noted and ignored.exc_type is KeyboardInterrupt):
            sys.__unraisablehook__(ignored)


def _end_workers() -> None:
    """End the processes that were started to share the work: nobody would ever ask them for it again."""
    processes = sys.modules.get("multiprocessing")
    for process in [] if processes is None else processes.active_children():
        process.kill()


def end_at_the_start(number: int, frame: FrameType | None) -> NoReturn:
    """End at once: nothing has been done yet."""
    end_with("Stopped.")


def run() -> NoReturn:
    """Run the command line, and end the process with its exit code."""
    if os.name != "posix" or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as of what runs in the background
        from goodoffices.cli import main

        sys.exit(main())
    signal.signal(signal.SIGINT, end_at_the_start)
    interruption = Interruption()
    sys.unraisablehook = interruption.keep_quiet
    from goodoffices.cli import main

    signal.signal(signal.SIGINT, interruption.note)
    try:
        code = _code_of(main)
        _let_python_end()
    except BaseException:
        _let_python_end()
        if not interruption.is_noted:
            raise
        # The interruption itself, or an error that a library made of it.
        sys.stderr.write("Stopped.\n")
        code = _CODE
    sys.exit(code)


def _code_of(main: Callable[[], object]) -> str | int | None:
    """Run the command line and let its output out; return its exit code."""
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    else:
        code = 0
    try:
        sys.stdout.flush()
    except OSError:
        return code  # Python tells of it once more when it ends
    return code


def _let_python_end() -> None:
    """Make the end of Python short, and deaf to Ctrl-C: the answer is out.

    For its last part Python restores what the system does by itself with this signal: it ends a process without a word.
    Looking for unused objects in all that a command has made could take seconds then, for memory that goes anyway.
    """
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


if __name__ == "__main__":
    run()
