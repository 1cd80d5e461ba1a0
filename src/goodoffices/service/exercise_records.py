"""Records in which an exercise is played."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from goodoffices.record.keys import Unlock
from goodoffices.service.open_record import OpenRecord, begin_record
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.restart import Cut, restarted


def create_exercise(
    where: str | Path, file: TalksFile, *, at: datetime, key: Unlock | None = None, digest: str = ""
) -> OpenRecord:
    """Create a record at ``where`` in which the exercise of ``file`` is played, and return it opened.

    Raises
    ------
    StorageError
        If something exists there already or it cannot be written. Nothing is left behind.
    ScenarioError
        If the talks file has no exercise, or no control seat for it.
    """
    acts = opening_of_exercise(file, digest=digest)
    return begin_record(where, acts, kind=Kind.EXERCISE, at=at, key=key)


def restart_exercise(
    where: str | Path, cut: Cut, *, reason: str, at: datetime, key: Unlock | None = None
) -> OpenRecord:
    """Create a record at ``where`` that goes on from a moment of another exercise, and return it opened.

    Its clock is stopped, and everybody is told the ``reason``. Nothing is changed in the other record.

    Raises
    ------
    StorageError
        If something exists there already or it cannot be written. Nothing is left behind.
    ScenarioError
        If the exercise had not started by then.
    """
    return begin_record(where, restarted(cut, reason), kind=Kind.EXERCISE, at=at, key=key)
