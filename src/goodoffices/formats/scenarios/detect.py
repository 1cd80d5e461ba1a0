"""Which reader takes which folder: found by content, or named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError, UnknownWordError
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile, read_folder
from goodoffices.formats.input.strict_json import parse_json
from goodoffices.formats.input.yaml_reader import as_written, parse_yaml
from goodoffices.formats.scenarios.genius import read_genius
from goodoffices.formats.scenarios.geniusweb import is_geniusweb, read_geniusweb
from goodoffices.formats.scenarios.log import Log
from goodoffices.formats.scenarios.negmas import is_negmas, read_centre, read_negmas
from goodoffices.formats.scenarios.negolog import is_negolog, read_negolog
from goodoffices.formats.scenarios.problem_kinds import KINDS
from goodoffices.formats.scenarios.scenario import Scenario, check_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A scenario format: what it holds, and its reader."""

    holds: str
    read: Callable[[list[RawFile], Log, int | None, str | None], Scenario]


DIALECTS: dict[str, Dialect] = {
    "genius-xml": Dialect(
        holds="agenda and profiles of Genius 10.4, additive or hyper-rectangles",
        read=lambda files, log, grid, encoding: read_genius(files, log, grid=grid, encoding=encoding),
    ),
    "genius-websocket": Dialect(
        holds="Genius XML with raw points, status quo and opting out",
        read=lambda files, log, grid, encoding: read_genius(files, log, grid=grid, encoding=encoding),
    ),
    "geniusweb-json": Dialect(
        holds="domain and linear additive profiles of GeniusWeb, both spellings",
        read=lambda files, log, grid, encoding: read_geniusweb(files, log),
    ),
    "negolog": Dialect(
        holds="two linear additive profiles of NegoLog",
        read=lambda files, log, grid, encoding: read_negolog(files, log),
    ),
    "anl2025": Dialect(
        holds="one centre and several edges", read=lambda files, log, grid, encoding: read_centre(files, log)
    ),
    "negmas-yaml": Dialect(
        holds="outcome space and utility functions of NegMAS",
        read=lambda files, log, grid, encoding: read_negmas(files, log),
    ),
}


def read_scenario(
    path: str | Path,
    *,
    dialect: str | None = None,
    strict: bool = False,
    allow: Iterable[str] = (),
    grid: int | None = None,
    encoding: str | None = None,
) -> Scenario:
    """Read a negotiation scenario, a file or a folder, with the meaning its format gives it.

    Parameters
    ----------
    dialect
        A key of :data:`DIALECTS`; found by content if not given.
    strict
        Make repairs and assumptions errors, but for the kinds in ``allow``.
    allow
        Kinds: exceptions from ``strict``; without it, the refusals ``missing-evaluation``, ``weights-off`` and
        ``out-of-range`` that are to count as assumptions.
    grid
        Options into which a continuous issue is cut.
    encoding
        Of the text, where the file does not say.

    Raises
    ------
    ScenarioFileError
        If no reading is safe: with kind, file, line and column.
    UnknownWordError
        If ``dialect`` or a kind in ``allow`` is not known.
    """
    allowed = frozenset(allow)
    for kind in allowed - set(KINDS):
        raise UnknownWordError("kind", kind, tuple(KINDS))
    if dialect is not None and dialect not in DIALECTS:
        raise UnknownWordError("dialect", dialect, tuple(DIALECTS))
    files, log = read_folder(Path(path)), Log(strict=strict, allow=allowed)
    for raw in files:
        check_name(raw.name, Path(path).name)
    plain = [_plain(raw, log) for raw in files]
    reader = DIALECTS[dialect or find_dialect(plain)]
    scenario = reader.read(plain, log, grid, encoding)
    hashes = {raw.name: raw.sha256 for raw in files}
    origin = replace(scenario.origin, files=tuple((name, hashes[name]) for name, _ in scenario.origin.files))
    return replace(scenario, origin=origin)


def _plain(raw: RawFile, log: Log) -> RawFile:
    """Return a file with its letters composed (NFC) and without characters that nobody sees.

    Names that differ only in these are then one name, in every file of a folder. Bytes that are not UTF-8 stay as they
    are, for the readers that know other encodings.
    """
    if raw.data.isascii():
        return raw
    try:
        text = raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    front = text[: len(text) - len(text.lstrip("\ufeff"))]
    made = front + normalize("NFC", "".join(char for char in text[len(front) :] if category(char) != "Cf"))
    if made == text:
        return raw
    log.repair(
        "unseen-characters", Place(file=raw.name), "letters composed in several ways, or characters that nobody sees",
        taken="the same names without them",
    )  # fmt: skip
    return replace(raw, data=made.encode())


def find_dialect(files: list[RawFile]) -> str:
    """Return the dialect of a folder's files.

    Raises
    ------
    ScenarioFileError
        If no reader knows the content.
    """
    names = {raw.name for raw in files}
    if names & {"center.yml", "center.yaml"} and any(name.startswith("edges/") for name in names):
        return "anl2025"
    if any(raw.suffix == ".xml" for raw in files):
        return "genius-xml"
    problem: ScenarioFileError | None = None
    for raw in files:
        try:
            found = _dialect_of(raw)
        except ScenarioFileError as error:
            problem = problem or error
            continue
        if found is not None:
            return found
    if problem is not None:
        raise problem
    raise failure(
        "unknown-dialect",
        Place(file=files[0].name),
        "this content is not a scenario that can be read. `goodoffices formats` describes those that can: "
        + ", ".join(DIALECTS),
    )


def _dialect_of(raw: RawFile) -> str | None:
    value: Any = None
    if raw.suffix == ".json":
        value = parse_json(raw)
        if is_geniusweb(value):
            return "geniusweb-json"
        return "negolog" if is_negolog(value) else None
    if raw.suffix in (".yml", ".yaml"):
        return "negmas-yaml" if is_negmas(as_written(parse_yaml(raw))) else None
    return None
