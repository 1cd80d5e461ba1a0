"""What the process of a foreign negotiator takes away from itself before it reads a line of that negotiator.

This file imports nothing of the program: it runs in the worker, by its path. On Linux, Landlock closes the file system
but for Python's own library, and seccomp refuses sockets, new processes, threads and looking into other processes.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
import sysconfig

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
_ALL_RIGHTS = (1 << 13) - 1
_NO_NEW_PRIVILEGES, _SET_SECCOMP = 38, 22

# Calls that are refused: socket, connect, clone, fork, vfork, execve, execveat, clone3, ptrace, process_vm_readv and
# _writev, kill, tkill, tgkill, pidfd_open, prctl. By machine: the architecture's number, and the numbers of the calls.
_REFUSED = {
    "x86_64": (0xC000003E, (41, 42, 56, 57, 58, 59, 322, 435, 101, 310, 311, 62, 200, 234, 434, 157)),
    "aarch64": (0xC00000B7, (198, 203, 220, 221, 281, 435, 117, 270, 271, 129, 130, 131, 434, 167)),
}


def limit(cpu_seconds: int, memory: int) -> None:
    """Limit time on the processor, memory, open files, file sizes and processes; none of it can be raised again."""
    for kind, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (value, value))


def close_files() -> bool:
    """Close the file system to this process but for reading Python's own library; say whether that was possible."""
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform != "linux" or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    handled = struct.pack("Q", _ALL_RIGHTS)
    rules = libc.syscall(_CREATE, handled, len(handled), 0)
    if rules < 0:
        return False
    library = sysconfig.get_path("stdlib")
    for name in os.listdir(library):
        if name not in ("site-packages", "dist-packages"):
            _allow_reading(libc, rules, os.path.join(library, name))
    done = libc.syscall(_RESTRICT, rules, 0) == 0
    os.close(rules)
    return bool(done)


def _allow_reading(libc: ctypes.CDLL, rules: int, path: str) -> None:
    rights = _READ_FILE | (_READ_DIRECTORY if os.path.isdir(path) else 0)
    handle = os.open(path, os.O_PATH)
    try:
        libc.syscall(_ADD, rules, 1, struct.pack("=Qi", rights, handle), 0)
    finally:
        os.close(handle)


def refuse_calls() -> bool:
    """Let the system refuse sockets, new processes and looking into others; say whether that was possible."""
    known = _REFUSED.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, calls = known
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, 0), (0x20, 0, 0, 0)]
    for place, call in enumerate(calls):
        program.append((0x15, len(calls) - place, 0, call))
    program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050000 | 1)]
    code = b"".join(struct.pack("HBBI", *one) for one in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    filters = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_SET_SECCOMP, 2, filters, 0, 0) == 0)
