"""What the tests of talks files share: writing one, reading one, and the values an editor would see in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from goodoffices.formats.input.diagnostics import Report
from goodoffices.formats.input.located_tree import Mapping, Node, Sequence
from goodoffices.formats.input.yaml_reader import tree_of
from goodoffices.formats.talks_file.reader import check

ROOT = Path(__file__).resolve().parents[1]
ACTORS = "actors:\n  north: {kind: party, names: {en: North}}\n  south: {kind: party, names: {en: South}}\n"


def checked(folder: Path, text: str | bytes, name: str = "talks.yaml") -> Report:
    """Return the report on ``text`` written into ``folder``."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(path)


def kinds(report: Report) -> list[str]:
    return [entry.kind for entry in report.refusals]


def as_an_editor_sees_it(text: str) -> Any:
    """Return the values of a YAML 1.2 core-schema loader, which editors hold against the JSON Schema."""
    root = tree_of(text, file="talks.yaml").root
    assert root is not None
    return _typed(root)


def _typed(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _typed(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [_typed(item) for item in node.items]
    if node.is_quoted:
        return node.text
    if node.text in ("", "~", "null"):
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text
