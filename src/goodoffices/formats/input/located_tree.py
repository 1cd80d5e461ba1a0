"""A located tree: mappings, sequences and scalars, each with its file, line and column.

A scalar is its text. What ``no``, ``010`` or ``2017-01-23`` means is decided by the code that needs a number, a date or
a text there, never by the spelling.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Place

_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})


# The three node classes are not frozen: a file has up to a million of them, and freezing triples the time to make one.
@dataclass(slots=True)
class Scalar:
    """A text as written. ``is_broken``: it stands for something refused; nothing more is reported about it."""

    text: str
    file: str
    line: int
    column: int
    is_quoted: bool = False
    is_broken: bool = False


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    items: list[Node]
    file: str
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Key to (key node, value node), in the order of the file."""

    entries: dict[str, tuple[Scalar, Node]]
    file: str
    line: int
    column: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A file's located tree, if it has one, and what had to be refused on the way."""

    root: Node | None
    problems: tuple[Entry, ...] = ()


def place_of(node: Node, pointer: str = "") -> Place:
    """Return the place of a node."""
    return Place(file=node.file, line=node.line, column=node.column, pointer=pointer)


def is_absent(node: Node) -> bool:
    """Say whether a node means nothing: an unquoted empty text, ``~`` or ``null``."""
    return isinstance(node, Scalar) and not node.is_quoted and node.text in _ABSENT


def plain(node: Node | None) -> object:
    """Return the tree as dicts, lists, texts and ``None`` (absent), without places."""
    if isinstance(node, Scalar):
        return None if node.is_broken or (not node.is_quoted and node.text in _ABSENT) else node.text
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None


def node_at(root: Node, path: tuple[str | int, ...]) -> tuple[Node, Scalar | None, tuple[str, ...]]:
    """Follow ``path`` and return the node there, its key, and the part of the path that exists.

    Parts that are neither a key nor an index at their place are skipped: they name alternatives of the schema.
    """
    node, key, walked = root, None, list[str]()
    for part in path:
        if isinstance(node, Mapping) and str(part) in node.entries:
            key, node = node.entries[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
            key, node = None, node.items[part]
        else:
            continue
        walked.append(str(part))
    return node, key, tuple(walked)
