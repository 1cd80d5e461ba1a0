"""Make a located tree of YAML text, from the events of PyYAML (libyaml) alone: no constructor, no resolver, no types.

What could make one file mean different things is refused, with its place: anchors, aliases, merge keys, explicit tags,
several documents, keys written twice. Why: docs/decisions/0010-talks-file-reader.md
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from typing import Any

import yaml

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, Place, failure
from goodoffices.formats.input.files import RawFile, text_of
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.input.located_tree import Mapping, Node, Scalar, Sequence, Tree

# Characters that YAML does not allow. They are looked for before parsing, so that the place is exact.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

# Kind: what is wrong, what would be right, what to do. Braces are filled with the text or number that is wrong.
_WORDS = {
    "control-character": (
        "the text has the control character {}.",
        "The file must be plain text in UTF-8.",
        "Delete the character, or save the file as text.",
    ),
    "several-documents": (
        "a second document starts here.",
        "A file has one document.",
        "Delete the line '---', or make two files and name the second one under 'include'.",
    ),
    "too-deep": ("this is nested more than {} levels deep.", "", "Use fewer levels."),
    "too-many-nodes": ("the file has more than {} values.", "", "Divide it."),
    "too-long": ("this key is longer than {} characters.", "", "Shorten it."),
    "alias": (
        "'*{}' is an alias: it repeats a value from another place.",
        "Aliases are not allowed.",
        "Write the value out here.",
    ),
    "anchor": (
        "'&{}' is an anchor: it marks a value to be repeated.",
        "Anchors and aliases are not allowed.",
        "Delete the anchor, and write the value out wherever it is needed.",
    ),
    "tag": (
        "{!r} is a YAML tag.",
        "Tags are not allowed.",
        "Delete the tag, or put quotation marks around a text that begins with '!'.",
    ),
    "key-not-text": (
        "this key is a list or a mapping.",
        "A key is text, such as 'actors'.",
        "Put quotation marks around it, or write 'key: value'.",
    ),
    "merge-key": (
        "'<<' is a merge key: it copies keys from another place.",
        "Merge keys are not allowed.",
        "Write the keys out here.",
    ),
    "duplicate-key": ("key {!r} is written twice, first in line {}.", "", "Join the two, or rename one."),
}

# What libyaml says; what to tell a person who writes a file; what to do.
_SYNTAX = (
    (
        "cannot start any token",
        "this character cannot begin a value here.",
        "Put quotation marks around a text that begins with %, @, ` or a tab.",
    ),
    ("found a tab", "this line is indented with a tab.", "Indent with spaces."),
    (
        "mapping values are not allowed",
        "the line has a second ': ', or it is indented too far.",
        "Put quotation marks around a text with a colon and a space; indent the keys of one mapping equally.",
    ),
    (
        "could not find expected ':'",
        "a line among keys is not 'key: value'.",
        "Add a colon and a space after the key, or indent the text under its key.",
    ),
    (
        "did not find expected key",
        "the indentation does not match the lines above, or a quotation mark is missing.",
        "Put the same number of spaces before all keys of one mapping; close every quotation mark.",
    ),
    (
        "did not find expected '-' indicator",
        "the indentation does not match the list above.",
        "Put the same number of spaces before all '-' of one list.",
    ),
    (
        "did not find expected ',' or",
        "a bracket or brace is not closed, or a comma is missing.",
        "Close it, or put a comma between the values.",
    ),
    ("unexpected end of stream", "a quotation mark is not closed.", "Close the quotation mark."),
    (
        "did not find expected <document start>",
        "there is text after the end of the document.",
        "Indent it under a key, or delete it.",
    ),
)


_At = tuple[str, int, int]  # file, line and column; a Place is made only where there is something to report


def tree_of(text: str, *, file: str, limits: Limits = LIMITS, keys_in_nfc: bool = True) -> Tree:
    """Return the located tree of YAML ``text``; problems are returned as values and never raised.

    A file that is not YAML, or beyond the limits, has no root. Other refusals leave a tree in which the refused parts
    are marked broken, so that the rest can still be checked in the same read. With ``keys_in_nfc``, keys that look
    alike are alike; without, they stay as written.

    Examples
    --------
    >>> from goodoffices.formats.input.located_tree import plain
    >>> plain(tree_of("a: {b: no}", file="talks.yaml").root)
    {'a': {'b': 'no'}}
    """
    control = _CONTROL.search(text)
    if control is not None:
        word = f"U+{ord(control.group()):04X}"
        return Tree(root=None, problems=(_entry("control-character", _place_at(text, control.start(), file), word),))
    builder = _Builder(file=file, limits=limits, keys_in_nfc=keys_in_nfc)
    stream = yaml.CLoader(text)
    try:
        while (event := stream.get_event()) is not None:
            builder.take(event)
            if builder.has_stopped:
                return Tree(root=None, problems=tuple(builder.problems))
    except yaml.YAMLError as error:
        return Tree(root=None, problems=(*builder.problems, _syntax_problem(error, text, file)))
    finally:
        stream.dispose()
    return Tree(root=builder.root, problems=tuple(builder.problems))


# How a scenario's reader calls these problems; everything else is a part of the wrong shape.
_SCENARIO_KINDS = {
    "not-utf8": "not-well-formed",
    "control-character": "not-well-formed",
    "not-yaml": "not-well-formed",
    "tag": "not-supported",
    "too-deep": "limit",
    "too-many-nodes": "limit",
    "too-long": "limit",
}


def parse_yaml(raw: RawFile) -> Node | None:
    """Return the tree of a scenario's or rule's file, or ``None`` if nothing is written in it.

    Raises
    ------
    ScenarioFileError
        At the first problem, with its line and column.
    """
    text = text_of(raw)
    if isinstance(text, str):
        tree = tree_of(text, file=raw.name, keys_in_nfc=False)
        if not tree.problems:
            return tree.root
        text = tree.problems[0]
    if text.kind == "empty-file":
        return None
    kind = _SCENARIO_KINDS.get(text.kind, "shape")
    raise failure(kind, text.place, " ".join(part for part in (text.why, text.right, text.remedy) if part))


def as_written(node: Node | None) -> Any:
    """Return dicts, lists and texts: also ``null`` and ``~`` are texts here."""
    if isinstance(node, Mapping):
        return {key: as_written(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [as_written(item) for item in node.items]
    return node.text if node is not None else None


@dataclass(slots=True)
class _Frame:
    """A mapping or sequence that is still being read."""

    node: Sequence | Mapping
    key: Scalar | None = None
    drops_value: bool = False


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Takes events one by one and grows the tree."""

    file: str
    limits: Limits
    keys_in_nfc: bool
    root: Node | None = None
    problems: list[Entry] = field(default_factory=list)
    has_stopped: bool = False
    frames: list[_Frame] = field(default_factory=list)
    n_nodes: int = 0
    n_documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Take one event of the stream."""
        kind = type(event)  # libyaml makes these classes themselves, never subclasses
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._start(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.frames.pop()
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.n_documents += 1
            if self.n_documents > 1:
                self._stop("several-documents", self._place_of(event))

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        node = Scalar(event.value, self.file, mark.line + 1, mark.column + 1, bool(event.style))
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, self._place_of(event))
        self._put(node)

    def _place_of(self, event: Any) -> _At:
        mark = event.start_mark
        return self.file, mark.line + 1, mark.column + 1

    def _start(self, event: Any) -> None:
        place = self._place_of(event)
        is_mapping = type(event) is yaml.MappingStartEvent
        node: Sequence | Mapping = Mapping({}, *place) if is_mapping else Sequence([], *place)
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, place)
        self._put(node)
        self.frames.append(_Frame(node))
        if len(self.frames) > self.limits.depth:
            self._stop("too-deep", place, self.limits.depth)

    def _alias(self, event: Any) -> None:
        place = self._place_of(event)
        is_refused_already = bool(self.frames) and self.frames[-1].drops_value
        if not is_refused_already:
            self._refuse("alias", place, event.anchor)
        self._put(Scalar("", *place, is_broken=True))

    def _refuse_decoration(self, event: Any, place: _At) -> None:
        if event.anchor is not None:
            self._refuse("anchor", place, event.anchor)
        if event.tag is not None:
            self._refuse("tag", place, event.tag)

    def _put(self, node: Node) -> None:
        """Hang a finished scalar or an opened collection into the innermost open collection."""
        self.n_nodes += 1
        if self.n_nodes > self.limits.nodes:
            self._stop("too-many-nodes", (node.file, node.line, node.column), self.limits.nodes)
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        parent, key = frame.node, frame.key
        if type(parent) is Sequence:
            parent.items.append(node)
        elif type(parent) is Mapping and key is None:
            frame.key = self._key(node)
            frame.drops_value = frame.key.is_broken or not self._key_may_stand(frame.key, parent)
        elif type(parent) is Mapping and key is not None:
            if not frame.drops_value:
                parent.entries[key.text] = (key, node)
            frame.key, frame.drops_value = None, False

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            if self.keys_in_nfc and not node.text.isascii():
                node.text = unicodedata.normalize("NFC", node.text)
            return node
        self._refuse("key-not-text", (node.file, node.line, node.column))
        return Scalar("", node.file, node.line, node.column, is_broken=True)

    def _key_may_stand(self, key: Scalar, mapping: Mapping) -> bool:
        place = (key.file, key.line, key.column)
        if key.text == "<<" and not key.is_quoted:
            self._refuse("merge-key", place)
            return False
        if key.text in mapping.entries:
            self._refuse("duplicate-key", place, key.text, mapping.entries[key.text][0].line)
            return False
        if len(key.text) > self.limits.name_characters:
            self._refuse("too-long", place, self.limits.name_characters)
            return False
        return True

    def _refuse(self, kind: str, place: _At, *filling: object) -> None:
        self.problems.append(_entry(kind, place, *filling))

    def _stop(self, kind: str, place: _At, *filling: object) -> None:
        self._refuse(kind, place, *filling)
        self.has_stopped = True


def _entry(kind: str, at: _At, *filling: object) -> Entry:
    why, right, remedy = _WORDS[kind]
    file, line, column = at
    return Entry(
        grade=Grade.REFUSAL, kind=kind, place=Place(file=file, line=line, column=column), why=why.format(*filling),
        right=right, remedy=remedy, found=str(filling[0]) if filling else "",
    )  # fmt: skip


def _place_at(text: str, index: int, file: str) -> _At:
    """Return the place of a character by its index."""
    before = text[:index]
    return file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Entry:
    said = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    lines = text.splitlines()
    around = lines[line - 1] if 0 < line <= len(lines) else ""
    if around[:column].lstrip(" ").startswith("\t"):
        said = "found a tab"
    words = next(((why, remedy) for clue, why, remedy in _SYNTAX if clue in said), (f"{said}.", "Fix the line."))
    return Entry(
        grade=Grade.REFUSAL, kind="not-yaml", place=Place(file=file, line=line, column=column),
        why=f"not YAML: {words[0]}", remedy=words[1], found=around.strip()[:60],
    )  # fmt: skip
