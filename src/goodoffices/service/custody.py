"""Backups of the records in a data folder, and drills that restore them. Nothing here reads a word of any talks."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError, GoodOfficesError, StorageError
from goodoffices.record import backups
from goodoffices.record.open_store import head_of, key_file_of, verify
from goodoffices.service.data_folder import FILE, KeptRecord, make_folder

BACKUPS = "backups"
"""The folder of all backups, in the data folder."""
_DRILL = "last-drill.json"


class NoBackupError(StorageError):
    """A drill of a record that has no backup yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """When a backup was last restored for trial, and whether every row of it was as it was written."""

    at: datetime
    acts: int
    is_sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file: its path, as the operator writes it, and its size in bytes."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """How a record is kept: its files, its backups, the last drill, and the file that opens it.

    ``key`` is the key file of an exercise, ``None`` for a live record, which its passphrase opens. ``to_destroy`` are
    the backups of keys that still open texts which the record has destroyed since.
    """

    name: str
    files: tuple[KeptFile, ...]
    backups: tuple[KeptFile, ...]
    backed_up_at: datetime | None
    drill: Drill | None
    key: Path | None
    to_destroy: tuple[Path, ...] = ()


def custody(data: Path, kept: KeptRecord) -> Custody:
    """Return how a record of the data folder is kept."""
    folder = data / BACKUPS / kept.name
    made = [path for path in _in(folder) if path.suffix == ".backup"]
    newest = max((path.stat().st_mtime for path in made), default=None)
    return Custody(
        name=kept.name,
        files=_files(kept.where.parent),
        backups=tuple(one for one in _files(folder) if one.path.name != _DRILL),
        backed_up_at=None if newest is None else datetime.fromtimestamp(newest, UTC),
        drill=_last_drill(folder),
        key=key_file_of(kept.where),
        to_destroy=_to_destroy(kept.where, folder),
    )


def _to_destroy(where: Path, folder: Path) -> tuple[Path, ...]:
    try:
        return backups.keys_files_holding_destroyed(where, (folder, where.parent))
    except GoodOfficesError:
        return ()


def desk_files(data: Path) -> tuple[KeptFile, ...]:
    """Return the files that belong to the desk and to no single record."""
    return tuple(KeptFile(path=path, size=path.stat().st_size) for path in _in(data) if path.is_file())


def _in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _files(folder: Path) -> tuple[KeptFile, ...]:
    return tuple(KeptFile(path=path, size=path.stat().st_size) for path in _in(folder) if path.is_file())


def back_up(data: Path, kept: KeptRecord) -> Path:
    """Copy a record, also one in use, with the encrypted keys of its texts; return the copy. Needs no key.

    If the newest backup is of the same acts, it is returned and nothing is written.

    Raises
    ------
    StorageError
        If it cannot be written. Nothing half-made is left.
    """
    folder = make_folder(data / BACKUPS / kept.name)
    end = head_of(kept.where)
    same = folder / f"{Path(FILE).stem}-{end.seq:09d}-{end.hash.hex()[:12]}.backup"
    return same if same.is_file() else backups.backup(kept.where, folder, keys=True).path


def restore_drill(data: Path, kept: KeptRecord, *, at: datetime) -> Drill:
    """Restore the newest backup of a record to a place of its own, check every row there, and remove it again.

    Raises
    ------
    NoBackupError
        If there is no backup.
    StorageError
        If there is no room for the trial.
    """
    folder = data / BACKUPS / kept.name
    made = [path for path in _in(folder) if path.suffix == ".backup"]
    if not made:
        raise NoBackupError("there is no backup of this record yet; make one first")
    newest = max(made, key=lambda path: path.stat().st_mtime)
    keys = newest.with_suffix(".keys")
    trial = Path(tempfile.mkdtemp(prefix="drill-", dir=folder))
    try:
        found = backups.restore(newest, trial / FILE, keys=keys if keys.is_file() else None)
        result = verify(trial / FILE, expect_keys=keys.is_file())
        drill = Drill(at=at, acts=found.head.seq, is_sound=result.is_sound and not found.missing_keys)
    except DamagedRecordError:
        drill = Drill(at=at, acts=0, is_sound=False)
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    noted = {"at": drill.at.isoformat(), "acts": drill.acts, "sound": drill.is_sound}
    try:
        (folder / _DRILL).write_text(json.dumps(noted), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"the result of the drill cannot be written to {folder}: {error.strerror}") from error
    return drill


def _last_drill(folder: Path) -> Drill | None:
    try:
        noted = json.loads((folder / _DRILL).read_text(encoding="utf-8"))
        return Drill(at=datetime.fromisoformat(noted["at"]), acts=int(noted["acts"]), is_sound=bool(noted["sound"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_rows(kept: KeptRecord) -> bool:
    """Say whether every stored row of a record is as it was written. Needs no key, also while it is in use."""
    try:
        return verify(kept.where).is_sound
    except GoodOfficesError:
        return False
