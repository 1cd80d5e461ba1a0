"""Read files of unknown origin: the bytes are read once, within limits, and no name leads out of the folder.

What is wrong with one file is returned as an :class:`Entry`, so that a reader can report it beside other problems.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.diagnostics import Entry, Grade, Place, failure
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.phrases.phrase import Phrase

# Do not wait for the other end of a pipe, and do not pass the open file on to child processes.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC

NOT_THERE = (Phrase("there is no such file."), Phrase("Check the name."))
"""Why a file cannot be read that is not there, and what to do, wherever one is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One file's name, as messages show it, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def stem(self) -> str:
        """Return the file's name without folder and suffix."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """Return the suffix in lower case, with its dot."""
        return Path(self.name).suffix.lower()


def read_named(path: Path, *, limits: Limits = LIMITS) -> RawFile | Entry:
    """Read the file that a person named; a link is followed, because the person chose it."""
    return _read(str(path), str(path), _FLAGS, None, limits)


def read_beside(folder: Path, name: str, *, limits: Limits = LIMITS) -> RawFile | Entry:
    """Read a file that another file names. It must be in the same folder and must not be a link."""
    shown = str(folder / name) if "\x00" not in name else str(folder)
    if not name or name in (".", "..") or "/" in name or "\\" in name or "\x00" in name:
        return _problem(
            shown,
            "outside-folder",
            Phrase("{name} is not the name of a file in this folder.", name=repr(name[:80])),
            Phrase("It must lie beside the talks file."),
            Phrase("Put it there and write only its name."),
            found=name[:80],
        )
    try:
        # Open the file relative to the open folder, so that nobody can replace the folder by a link in between.
        handle = os.open(folder, _FLAGS | os.O_DIRECTORY)
    except OSError as error:
        return _unreadable(shown, error)
    try:
        return _read(shown, name, _FLAGS | os.O_NOFOLLOW, handle, limits)
    finally:
        os.close(handle)


def read_folder(path: Path, *, limits: Limits = LIMITS) -> list[RawFile]:
    """Return ``path``, a file, or all files of a folder and of the folders in it, sorted by name; links are refused.

    Raises
    ------
    ScenarioFileError
        If there is nothing to read, more than the limits allow, or something that is not a regular file.
    """
    try:
        if not path.is_dir():
            return [_read_inside(path, path.name, limits)]
        files, size = [], 0
        for file in _files_in(path, limits):
            raw = _read_inside(file, str(file.relative_to(path)), limits)
            size += len(raw.data)
            if size > limits.folder_bytes:
                raise failure(
                    "limit",
                    Place(file=path.name),
                    Phrase("the folder holds more than {folder_bytes} bytes", folder_bytes=str(limits.folder_bytes)),
                )
            files.append(raw)
    except OSError as error:
        raise ScenarioFileError(
            Phrase("cannot be read: {strerror}", strerror=str(error.strerror)), kind="not-a-file", file=path.name
        ) from error
    if not files:
        raise failure(
            "not-a-file", Place(file=path.name), Phrase("the folder is empty; name a folder with scenario files")
        )
    return files


def read_text(path: Path) -> str | Entry:
    """Return the text of the file that a person named."""
    raw = read_named(path)
    return raw if isinstance(raw, Entry) else text_of(raw)


def text_of(raw: RawFile) -> str | Entry:
    """Return the text of a UTF-8 file without its byte-order mark, or what is wrong at the first wrong byte."""
    data = raw.data
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        return _problem(raw.name, "empty-file", Phrase("the file is empty."), "", Phrase("Name another file."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _not_utf8(raw.name, Phrase("this file is not UTF-8 but UTF-16 or UTF-32."), 1, 1)
    if data.startswith(b"SQLite format 3\0"):
        return _not_utf8(raw.name, Phrase("this is a record; open it with goodoffices view or brief."), 1, 1)
    if data.startswith(b"PK\x03\x04"):
        return _not_utf8(raw.name, Phrase("this is a spreadsheet, a document or a zip archive."), 1, 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return _not_utf8(
            raw.name, Phrase("the byte 0x{data} is not UTF-8.", data=format(data[error.start], "02X")), line, column
        )


def _files_in(path: Path, limits: Limits) -> Iterator[Path]:
    n_files = 0
    for folder in (path, *sorted(p for p in path.iterdir() if p.is_dir() and not p.is_symlink())):
        for file in sorted(folder.iterdir()):
            if file.is_dir() or file.name.startswith("."):
                continue
            n_files += 1
            if n_files > limits.files:
                raise failure(
                    "limit",
                    Place(file=path.name),
                    Phrase("the folder holds more than {files} files", files=str(limits.files)),
                )
            yield file


def _read_inside(path: Path, name: str, limits: Limits) -> RawFile:
    raw = _read(name, str(path), _FLAGS | os.O_NOFOLLOW, None, limits)
    if isinstance(raw, Entry):
        kind = "limit" if raw.kind == "too-large" else "not-a-file"
        raise failure(kind, Place(file=name), f"{raw.why} {raw.remedy}")
    return raw


def _read(shown: str, name: str, flags: int, folder: int | None, limits: Limits) -> RawFile | Entry:
    try:
        handle = os.open(name, flags, dir_fd=folder)
    except (OSError, ValueError) as error:
        return _unreadable(shown, error)
    kind = os.fstat(handle).st_mode
    if not stat.S_ISREG(kind):
        os.close(handle)
        if stat.S_ISDIR(kind):
            return _unreadable(shown, IsADirectoryError())
        return _problem(shown, "not-a-file", Phrase("this is not a regular file."), "", Phrase("Name a file."))
    with os.fdopen(handle, "rb") as file:
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:
            return _unreadable(shown, error)
    if len(data) > limits.file_bytes:
        return _problem(
            shown,
            "too-large",
            Phrase("the file is larger than {file_bytes} bytes.", file_bytes=str(limits.file_bytes)),
            "",
            Phrase("Make it smaller, or divide a talks file with 'include'."),
        )
    return RawFile(name=shown, data=data)


def _unreadable(shown: str, error: OSError | ValueError) -> Entry:
    reasons: dict[type[BaseException], tuple[str, str]] = {
        FileNotFoundError: NOT_THERE,
        PermissionError: ("you may not read this file.", "Ask its owner for permission."),
        IsADirectoryError: ("this is a folder.", "Name the file in it."),
    }
    why, remedy = reasons.get(type(error), ("this cannot be opened: it is a link, or its name is too long or odd.",
                                            "Put the file itself there, under a short name."))  # fmt: skip
    return _problem(shown, "not-there" if isinstance(error, FileNotFoundError) else "not-a-file", why, "", remedy)


def _problem(shown: str, kind: str, why: str, right: str, remedy: str, *, found: str = "") -> Entry:
    place = Place(file=shown)
    return Entry(grade=Grade.REFUSAL, kind=kind, place=place, why=why, right=right, remedy=remedy, found=found)


def _not_utf8(name: str, why: str, line: int, column: int) -> Entry:
    # A spreadsheet program offers several kinds of CSV, of which one is right.
    is_table = name.lower().endswith((".csv", ".tsv"))
    remedy = Phrase("Save it as UTF-8 text; in Excel, as CSV UTF-8.") if is_table else Phrase("Save it as UTF-8 text.")
    return Entry(grade=Grade.REFUSAL, kind="not-utf8", place=Place(file=name, line=line, column=column), why=why,
                 right=Phrase('The file must be text in UTF-8.'), remedy=remedy)  # fmt: skip
