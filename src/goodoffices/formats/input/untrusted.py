"""Files of unknown origin: read once, within limits, never followed out of their folder."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from re import fullmatch
from unicodedata import normalize

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.scenario_diagnostics import Place, failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read; see the documentation of untrusted files."""

    file_bytes: int = 16 * 2**20
    folder_bytes: int = 64 * 2**20
    files: int = 1_000
    depth: int = 32
    issues: int = 1_000
    options: int = 100_000
    parties: int = 1_000
    name_characters: int = 1_000
    number_characters: int = 60
    exponent: int = 300


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One file's bytes, its name relative to the folder read, and its SHA-256."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes as read."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def stem(self) -> str:
        """Return the file's name without folder and suffix."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """Return the suffix in lower case, with its dot."""
        return Path(self.name).suffix.lower()


def read_raw(path: Path, limits: Limits = LIMITS) -> list[RawFile]:
    """Return the bytes of ``path``, a file, or of all files of a folder, sorted by name; subfolders one level deep.

    Raises
    ------
    ScenarioFileError
        If there is nothing to read, more than the limits allow, or something that is no regular file inside the folder.
    """
    try:
        if not path.is_dir():
            return [_read_one(path, path.name, limits)]
        files, size = [], 0
        for found in _listed(path, limits):
            raw = _read_one(found, str(found.relative_to(path)), limits)
            size += len(raw.data)
            if size > limits.folder_bytes:
                raise failure("limit", Place(file=path.name), f"the folder holds more than {limits.folder_bytes} bytes")
            files.append(raw)
    except OSError as error:
        raise ScenarioFileError(f"cannot be read: {error.strerror}", kind="not-a-file", file=path.name) from error
    if not files:
        raise failure("not-a-file", Place(file=path.name), "the folder is empty; name a folder with scenario files")
    return files


def _listed(path: Path, limits: Limits) -> Iterator[Path]:
    count = 0
    for folder in (path, *sorted(p for p in path.iterdir() if p.is_dir() and not p.is_symlink())):
        for found in sorted(folder.iterdir()):
            if found.is_dir() or found.name.startswith("."):
                continue
            count += 1
            if count > limits.files:
                raise failure("limit", Place(file=path.name), f"the folder holds more than {limits.files} files")
            yield found


def _read_one(path: Path, name: str, limits: Limits) -> RawFile:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise failure("not-a-file", Place(file=name), "this is not a regular file; name a file or a folder")
        if status.st_size > limits.file_bytes:
            raise failure("limit", Place(file=name), f"{status.st_size} bytes; the limit is {limits.file_bytes}")
        data = b""
        while chunk := os.read(handle, 1 << 20):
            data += chunk
            if len(data) > limits.file_bytes:
                raise failure("limit", Place(file=name), f"more than {limits.file_bytes} bytes")
    finally:
        os.close(handle)
    return RawFile(name=name, data=data)


def to_fraction(text: str, place: Place, what: str, limits: Limits = LIMITS) -> Fraction:
    """Return the number that ``text`` writes, exactly.

    Raises
    ------
    ScenarioFileError
        If it is no plain decimal number, or too long or large.

    Examples
    --------
    >>> to_fraction("0.1", Place(file="x"), "weight")
    Fraction(1, 10)
    """
    plain = text.strip()
    match = fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([-+]?[0-9]{1,9}))?", plain)
    if match is None:
        raise failure(
            "shape", place, f"{what} is {text[:80]!r}, which is no number. Write digits with a point, as 0.5."
        )
    if len(plain) > limits.number_characters or abs(int(match[1] or 0)) > limits.exponent:
        raise failure(
            "limit", place, f"{what} has more than {limits.number_characters} characters or an exponent over "
            f"{limits.exponent}. Round it."
        )  # fmt: skip
    return Fraction(plain)


def check_agenda(options: list[tuple[str, ...]], file: str, limits: Limits = LIMITS) -> None:
    """Refuse an agenda that is larger than the limits."""
    if len(options) > limits.issues:
        raise failure("limit", Place(file=file), f"{len(options)} issues; the limit is {limits.issues}")
    count = sum(len(names) for names in options)
    if count > limits.options:
        raise failure("limit", Place(file=file), f"{count} options; the limit is {limits.options}")
    for names in options:
        if len({normalize("NFC", name) for name in names}) != len(set(names)):
            raise failure("mismatch", Place(file=file), "two options look the same but differ in bytes (Unicode NFC)")
    longest = max((len(name) for names in options for name in names), default=0)
    if longest > limits.name_characters:
        raise failure(
            "limit", Place(file=file), f"a name of {longest} characters; the limit is {limits.name_characters}"
        )
