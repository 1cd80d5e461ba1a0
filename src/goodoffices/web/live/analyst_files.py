"""What an analyst assumes in a file beside the record: read when a page asks for it, again if the file has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from goodoffices.formats.talks_file.reader import find_scenario, scenario_names
from goodoffices.rehearsal.batches.assumption_file import NAME, read_assumptions
from goodoffices.rehearsal.batches.assumptions import Assumptions


class AnalystFile:
    """The file of assumptions in the folder of a record; of bundled talks without one, that of the talks themselves.

    ``where`` is ``None`` for a record that has no folder.
    """

    def __init__(self, where: Path | None) -> None:
        self._where = where
        self._read: tuple[tuple[Path, int], Assumptions] | None = None

    def read(self) -> Assumptions | None:
        """Return what is assumed; ``None`` without a file.

        Raises
        ------
        ScenarioError
            If the file cannot be read; the message says why.
        """
        place = self._place()
        if place is None:
            return None
        at = place, place.stat().st_mtime_ns
        if self._read is None or self._read[0] != at:
            self._read = at, read_assumptions(place)
        return self._read[1]

    def _place(self) -> Path | None:
        if self._where is None:
            return None
        if self._where.is_file():
            return self._where
        name = self._where.parent.name
        bundled = find_scenario(name) / NAME if name in scenario_names() else None
        return bundled if bundled is not None and bundled.is_file() else None


def keep_beside(talks: str | Path, folder: Path) -> None:
    """Copy the file of assumptions that lies beside a talks file into the folder of its record, if there is one."""
    place = Path(talks)
    if not place.exists():
        return
    file = (place if place.is_dir() else place.parent) / NAME
    if file.is_file():
        kept = folder / NAME
        shutil.copyfile(file, kept)
        kept.chmod(0o600)
