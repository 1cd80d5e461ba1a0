"""Find the parts of a ``.docx`` file through its relations, and parse them: programs give the parts different names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.docx.zip_package import Package, parsed
from goodoffices.phrases.phrase import Phrase

_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/drawingml/main}": "{http://schemas.openxmlformats.org/drawingml/2006/main}",
}
"""The names of the strict form of the format, and of the usual form in which we read both."""
_USUAL = "word/document.xml"
_ROLES = ("styles", "numbering", "comments", "commentsExtended")
_ROOTS = {"commentsExtended": "commentsEx"}
"""What the outermost element of a part is called, where its name differs from that of the relation to it."""
_TEXT_PARTS = (*_ROLES, "footnotes", "endnotes", "header", "footer")
"""The kinds of relations to parts without which words, numbers or remarks would be lost."""
_KEPT_ELSEWHERE = {
    "attachedTemplate": "a template is named in the file. It was not fetched",
    "image": "a picture is stored elsewhere. It was not fetched",
}
_OTHER_ELSEWHERE = "an object is stored elsewhere. It was not fetched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parsed parts: the text itself, what it needs to be read, and every other part that may have words.

    ``others`` are by path; ``notes`` say what lies elsewhere and was not followed.
    """

    main: Element
    roles: Mapping[str, Element] = field(default_factory=dict)
    others: Mapping[str, Element] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    kind: str
    target: str
    external: bool


def parts_of(held: Package, name: str) -> Parts:
    """Return the parts of a file as trees.

    Raises
    ------
    ScenarioFileError
        If it has no main part, or a part is not well formed.
    """
    paths = {path.lower(): path for path in held}
    relations = {path: tuple(_relations(held, path, name)) for path in held if path.endswith(".rels")}
    main = _main(relations, paths)
    if main is None:
        raise ScenarioFileError(
            Phrase("this is not a .docx document: it has no main part (word/document.xml). Save the text as .docx."),
            kind="not-docx",
            file=name,
        )
    folder, file = posixpath.split(main)
    own = relations.get(paths.get(f"{folder}/_rels/{file}.rels".lower(), ""), ())
    named = {r.kind: _resolved(folder, r.target) for r in own if not r.external}
    roles, used = {}, {main}
    for role in _ROLES:
        path = paths.get(named.get(role, f"{folder}/{role}.xml").lower())
        if path is not None:
            used.add(path)
            roles[role] = _tree(held, path, name)
    rest = [path for path in held if path.endswith(".xml") and path not in used and path != "[Content_Types].xml"]
    trees = {path: tree for path in rest if (tree := _tree_with_words(held, path, name)) is not None}
    tree = _tree(held, main, name)
    if tree.find(f"{W}body") is None:
        raise ScenarioFileError(
            Phrase("its main part {main} has no text. Open it in a word processor and save it again.", main=main),
            kind="not-docx",
            file=name,
        )
    others = [role for role, part in roles.items() if part.tag.rpartition("}")[2] != _ROOTS.get(role, role)]
    strange = (Phrase("The part with the {role} holds something else. It was not read.", role=role) for role in others)
    notes = (*_missing(folder, own, paths), *strange, *_elsewhere(relations))
    return Parts(main=tree, roles=roles, others=trees, notes=notes)


def _missing(folder: str, own: Iterable[_Relation], paths: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each part that is named and not there."""
    for relation in own:
        if relation.kind in _TEXT_PARTS and not relation.external:
            path = _resolved(folder, relation.target)
            if path.lower() not in paths:
                yield Phrase("A part that the file names is missing ({path}). What it had is lost.", path=path)


def _relations(held: Package, path: str, name: str) -> Iterator[_Relation]:
    for element in parsed(held[path], name, path):
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        external = element.get("TargetMode", "").lower() == "external"
        yield _Relation(kind=kind, target=element.get("Target", ""), external=external)


def _main(relations: Mapping[str, tuple[_Relation, ...]], paths: Mapping[str, str]) -> str | None:
    targets = [r.target for r in relations.get("_rels/.rels", ()) if r.kind == "officeDocument" and not r.external]
    wanted = [_resolved("", target) for target in targets] or [_USUAL]
    return next((paths[path.lower()] for path in wanted if path.lower() in paths), None)


def _resolved(folder: str, target: str) -> str:
    """Return the path in the archive that a relation of a part in ``folder`` names."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _tree(held: Package, path: str, name: str) -> Element:
    tree = parsed(held[path], name, path)
    if any(tree.tag.startswith(strict) for strict in _STRICT):
        for element in tree.iter():
            element.tag = _usual(element.tag)
            for key in [key for key in element.attrib if key.startswith("{http://purl")]:
                element.attrib[_usual(key)] = element.attrib.pop(key)
    return tree


def _usual(tag: str) -> str:
    space, bracket, bare = tag.rpartition("}")
    return _STRICT.get(space + bracket, space + bracket) + bare


def _tree_with_words(held: Package, path: str, name: str) -> Element | None:
    """Return a part that is not needed to read the text; a damaged one matters only if it may have words."""
    try:
        return _tree(held, path, name)
    except ScenarioFileError as error:
        if error.kind == "entities" or b"wordprocessingml" in held[path] or b"ooxml" in held[path]:
            raise
        return None


def _elsewhere(relations: Mapping[str, tuple[_Relation, ...]]) -> tuple[str, ...]:
    kinds = [r.kind for held in relations.values() for r in held if r.external and r.kind != "hyperlink"]
    said = dict.fromkeys(_KEPT_ELSEWHERE.get(kind, _OTHER_ELSEWHERE) for kind in kinds)
    return tuple(f"{sentence[0].upper()}{sentence[1:]}." for sentence in said)
