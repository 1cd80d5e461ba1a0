"""Opening what a stranger wrote: bytes are read once, within limits, and nothing leads out of the folder."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from goodoffices.formats.input.diagnostics import Entry, Grade
from goodoffices.formats.input.located_tree import LIMITS, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """What one file held when it was read, or why it was not read."""

    name: str
    data: bytes = b""
    problem: Entry | None = None

    @property
    def digest(self) -> str:
        """Return the SHA-256 in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_named(path: Path, *, limits: Limits = LIMITS) -> Bytes:
    """Read the file that a person named; a link is followed, since the person chose it."""
    return _read(str(path), str(path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC, None, limits)


def read_beside(folder: Path, name: str, *, limits: Limits = LIMITS) -> Bytes:
    """Read the file that another file names: in the same folder, no link, by the folder's own handle."""
    shown = str(folder / name) if "\x00" not in name else str(folder)
    if not name or name in (".", "..") or "/" in name or "\\" in name or "\x00" in name:
        return _problem(
            shown, "outside-folder", f"{name[:80]!r} is not the name of a file of this folder.",
            "Named files lie beside the talks file.", "Put it there and write its name alone.", found=name[:80],
        )  # fmt: skip
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        return _unreadable(shown, error)
    try:
        return _read(shown, name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, handle, limits)
    finally:
        os.close(handle)


def text_of(read: Bytes) -> str | Entry:
    """Return the text of a UTF-8 file, a byte-order mark left out; or why it is none, at the first wrong byte."""
    data = read.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _not_utf8(read.name, "this file is not UTF-8: it begins like UTF-16 or UTF-32.", 1, 1)
    if data.startswith(b"SQLite format 3\0"):
        return _not_utf8(read.name, "this is a record, not a talks file; open it with goodoffices view or brief.", 1, 1)
    if data.startswith(b"PK\x03\x04"):
        return _not_utf8(read.name, "this is a packed file, such as a spreadsheet or a document.", 1, 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = data[error.start]
        return _not_utf8(read.name, f"the byte 0x{byte:02X} is not UTF-8.", line, column)


def _read(shown: str, name: str, flags: int, folder: int | None, limits: Limits) -> Bytes:
    try:
        handle = os.open(name, flags, dir_fd=folder)
    except (OSError, ValueError) as error:
        return _unreadable(shown, error)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return _problem(shown, "not-a-file", "this is not a regular file.", "A talks file is a file of text.",
                            "Name the file itself.")  # fmt: skip
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:
            return _unreadable(shown, error)
    if len(data) > limits.file_bytes:
        return _problem(shown, "too-large", f"the file is larger than {limits.file_bytes} bytes.", "That is the limit.",
                        "Divide it by 'include'.")  # fmt: skip
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        return _problem(shown, "empty-file", "the file is empty.", "At least 'actors' is wanted.",
                        "Write it, or name another file.")  # fmt: skip
    return Bytes(name=shown, data=data)


def _unreadable(shown: str, error: OSError | ValueError) -> Bytes:
    reasons: dict[type[BaseException], tuple[str, str]] = {
        FileNotFoundError: ("there is no such file.", "Check the name."),
        PermissionError: ("reading this file is not permitted.", "Ask whoever owns it for the right to read."),
        IsADirectoryError: ("this is a folder.", "Name the file in it."),
    }
    why, remedy = reasons.get(type(error), ("this cannot be opened as a file: it is a link, or its name is odd.",
                                            "Put the file itself there, under a plain name."))  # fmt: skip
    return _problem(shown, "not-there" if isinstance(error, FileNotFoundError) else "not-a-file", why, "", remedy)


def _problem(shown: str, kind: str, why: str, right: str, remedy: str, *, found: str = "") -> Bytes:
    entry = Entry(grade=Grade.REFUSAL, kind=kind, why=why, right=right, remedy=remedy, file=shown, found=found)
    return Bytes(name=shown, problem=entry)


def _not_utf8(name: str, why: str, line: int, column: int) -> Entry:
    return Entry(grade=Grade.REFUSAL, kind="not-utf8", why=why, right="A talks file is text in UTF-8.",
                 remedy="Save it so.", file=name, line=line, column=column)  # fmt: skip
