"""A folder of results: what was run, the finished chunks, and exports as CSV and Parquet.

A chunk is a file of rows of one range of runs. It is written whole or not at all, so that an interrupted batch goes on
where it was. Another experiment, or another version of the code, never continues a folder.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from goodoffices.errors import ScenarioError, StorageError
from goodoffices.formats.whole_file import write_whole
from goodoffices.rehearsal.batches.chunks import drawn_columns
from goodoffices.rehearsal.batches.experiment import Experiment, code_digest
from goodoffices.rehearsal.batches.outcomes import ENDINGS, Possible, Rows

_DESCRIPTION = "experiment.json"


class Store:
    """The folder of one experiment."""

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        self.folder, self._experiment = folder, experiment
        self._type = experiment.row_type

    def finished(self) -> dict[tuple[int, int], Path]:
        """Return the files of finished chunks by their range of runs."""
        found = {}
        for path in sorted((self.folder / "chunks").glob("*.npy")):
            first, _, last = path.stem.partition("-")
            if first.isdigit() and last.isdigit():
                found[int(first), int(last)] = path
        return found

    def read(self, path: Path) -> Rows | None:
        """Return a finished chunk; ``None`` if the file is not whole."""
        try:
            rows = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return rows if rows.dtype == self._type else None

    def write(self, first: int, last: int, rows: Rows) -> None:
        """Store a finished chunk."""
        path = self.folder / "chunks" / f"{first:09d}-{last:09d}.npy"
        begun = path.with_suffix(".part")
        try:
            with begun.open("wb") as file:
                np.save(file, rows, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
            begun.replace(path)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror}; the finished part is kept") from error


def open_store(folder: Path, experiment: Experiment) -> tuple[Store, str]:
    """Return the store of an experiment in a folder, and what to say if it is another folder than the one named.

    Raises
    ------
    StorageError
        If the folder cannot be made.
    """
    digest, place, why = experiment.digest(), folder, ""
    for number in range(2, 1000):
        known = _digest_in(place)
        if known in (None, digest):
            break
        why = f"{folder} holds another experiment, or results of another version of the program; this one is in "
        place = folder.with_name(f"{folder.name}-{number}")
    try:
        (place / "chunks").mkdir(parents=True, exist_ok=True)
        if _digest_in(place) is None:
            described = {**experiment.description(), "code": code_digest(), "digest": digest}
            text = json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)
            write_whole(place / _DESCRIPTION, f"{text}\n".encode())
    except OSError as error:
        raise StorageError(f"{place} cannot be written: {error.strerror}; name another folder") from error
    return Store(place, experiment), f"{why}{place}." if why else ""


def _digest_in(folder: Path) -> str | None:
    try:
        described = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    digest = described.get("digest") if isinstance(described, dict) else None
    return digest if isinstance(digest, str) else ""


def export_columns(experiment: Experiment, rows: Rows) -> dict[str, Any]:
    """Return the rows as named columns for other programs, with the draws of each run."""
    subject = experiment.subject
    names = [cell.name for cell in experiment.cells]
    settlements = rows["settlement"].tolist()
    columns: dict[str, Any] = {
        "cell": [names[place] for place in rows["cell"]],
        "run": rows["run"].tolist(),
        "ending": [ENDINGS[place].value for place in rows["ending"]],
        "possible": [Possible(value).name.lower().replace("_", " ") for value in rows["possible"]],
        "turn": rows["turn"].tolist(),
        "settlement": [" ".join(map(str, options)) if options[0] >= 0 else "" for options in settlements],
    }
    for party, name in enumerate(subject.parties):
        columns[f"worth to {name}"] = rows["worth"][:, party].tolist()
        columns[f"gain of {name}"] = rows["gain"][:, party].tolist()
    for name in ("messages", "relays", "waited", "lost", "withheld", "misheard", "caught"):
        columns[name] = rows[name].tolist()
    columns.update(_drawn(experiment, rows))
    return columns


def _drawn(experiment: Experiment, rows: Rows) -> dict[str, list[float]]:
    """Return what was drawn for each row's run."""
    if not len(rows):
        return {}
    columns = drawn_columns(experiment, int(rows["run"].max()) + 1)
    return {name: column[rows["run"]].tolist() for name, column in columns.items()}


def export_csv(experiment: Experiment, rows: Rows, path: Path) -> None:
    """Write the rows as CSV in UTF-8: numbers as Python writes them, so that none loses a digit."""
    columns = export_columns(experiment, rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    try:
        write_whole(path, text.getvalue().encode())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}; name another file") from error


def convert_runs(runs: Path, file: Path) -> None:
    """Write the stored runs of a batch to another file: ``.csv`` as they are, ``.parquet`` with the extra.

    Raises
    ------
    ScenarioError
        If there are none, or the name ends in something else.
    """
    if not runs.is_file():
        raise ScenarioError(f"{runs.parent} holds no finished runs; let the batch end first")
    if file.suffix == ".csv":
        write_whole(file, runs.read_bytes())
    elif file.suffix == ".parquet":
        _parquet_of(runs, file)
    else:
        raise ScenarioError(f"{file.name} is not the name of an export; use a name that ends in .csv or .parquet")


def _parquet_of(runs: Path, file: Path) -> None:
    with runs.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    columns = {name: [_value(row[at]) for row in rows[1:]] for at, name in enumerate(rows[0])}
    for name, column in columns.items():
        if len({type(value) for value in column}) > 1:
            columns[name] = [row[rows[0].index(name)] for row in rows[1:]]
    _write_parquet(columns, file)


def _value(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _write_parquet(columns: dict[str, Any], path: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ScenarioError(
            "Parquet needs pyarrow: install goodoffices[parquet], or export as .csv, which needs nothing"
        ) from None
    table = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), table)
    write_whole(path, table.getvalue())
