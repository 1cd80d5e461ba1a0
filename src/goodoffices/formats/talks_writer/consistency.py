"""A talks file in which every reference leads somewhere: what points to something that is not in it is taken out.

A seat can know of a role and not of the claim that the role rests on. A record can hold what a talks file cannot. Both
are named, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.located_tree import Mapping, Node, Sequence
from goodoffices.formats.talks_file.reader import read_text
from goodoffices.formats.talks_writer.writer import as_yaml
from goodoffices.talks.model.talks_file import TalksFile

_MOST_PASSES = 200
_NAME = "talks.yaml"
Path = tuple[str | int, ...]


def consistent(plain: dict[str, Any]) -> tuple[TalksFile, str, tuple[str, ...]]:
    """Return the talks of a file as mappings and lists, its text, and a sentence for everything that was taken out.

    Raises
    ------
    ValueError
        If something cannot be taken out; that is a defect of the program.
    """
    left_out: list[str] = []
    for _ in range(_MOST_PASSES):
        text = as_yaml(plain)
        reading, root = read_text(text, _NAME)
        if reading.talks is not None:
            return reading.talks, text, tuple(left_out)
        removed = _removed(plain, reading.report.refusals, root)
        if not removed:
            break
        left_out += removed
    raise ValueError(f"the talks file cannot be written so that it reads back: {reading.report}")


def _removed(plain: dict[str, Any], refusals: tuple[Entry, ...], root: Node | None) -> list[str]:
    """Take out what is refused, the smallest part that can be; return a sentence for each."""
    paths = {} if root is None else {place: path for path, place in _places(root, ())}
    found: dict[Path, str] = {}
    for entry in refusals:
        path = paths.get((entry.line, entry.column))
        if path:
            whole = entry.kind in ("missing-key", "too-few", "wrong-shape") or len(path) < 3
            found.setdefault(path[: _depth(path)] if whole else path, entry.why)
    # Later items of a list go first, so that the numbers of the others stay.
    told = []
    for path in sorted(found, key=lambda path: [(isinstance(step, int), step) for step in path], reverse=True):
        if _take_out(plain, path):
            told.append(f"{_shown(path)}: {found[path]}")
    return told[::-1]


def _depth(path: Path) -> int:
    """Return how many steps lead to an entry: an issue stands in a basket, everything else in a section."""
    return min(len(path), 4) if path[0] == "agenda" and len(path) > 3 else min(len(path), 2)


def _places(node: Node, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    if isinstance(node, Mapping):
        for key, (scalar, value) in node.entries.items():
            yield from _places(value, (*path, key))
            yield (*path, key), (scalar.line, scalar.column)
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            yield from _places(item, (*path, at))
    if path:
        yield path, (node.line, node.column)


def _take_out(plain: Any, path: Path) -> bool:
    *way, last = path
    for step in way:
        if isinstance(plain, dict) and step not in plain:
            return False
        plain = plain[step]
    if isinstance(plain, dict):
        return plain.pop(last, None) is not None
    del plain[last]
    return True


def _shown(path: Path) -> str:
    return " / ".join(str(step + 1) if isinstance(step, int) else step for step in path)
