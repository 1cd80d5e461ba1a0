"""The tracked changes of an OpenDocument text, which lie apart from it, and what in it is not text at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.odt.names import DC, DRAW, LOEXT, OFFICE, SVG, TABLE, TEXT, XML_ID

NOT_TEXT = (
    f"{TEXT}tracked-changes", f"{TABLE}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls",
    f"{TEXT}user-field-decls", "{http://www.w3.org/1998/Math/MathML}math",
    f"{OFFICE}forms", f"{OFFICE}change-info", f"{TEXT}note-citation", f"{SVG}title", f"{SVG}desc", f"{DC}creator",
    f"{DC}date", f"{TEXT}alphabetical-index-auto-mark-file", f"{LOEXT}sender-initials",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creator-initials", f"{TEXT}index-title-template",
)  # fmt: skip
"""Elements that hold text which is about the document, and does not belong to it."""


@dataclass(slots=True)
class Region:
    """A tracked change: who inserted, deleted or formatted, what was deleted, and what its author says of it."""

    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    formatted: list[str] = field(default_factory=list)
    content: list[Element] = field(default_factory=list)
    remarks: list[tuple[str, Element]] = field(default_factory=list)


def regions_of(text: Element) -> Iterator[tuple[str, Region]]:
    """Yield the tracked changes of a text with their names."""
    for element in text.iter(f"{TEXT}changed-region"):
        region = Region()
        for kind in element:
            info = kind.find(f"{OFFICE}change-info")
            author = "" if info is None else info.findtext(f"{DC}creator", info.get(f"{OFFICE}chg-author", ""))
            bare = kind.tag.removeprefix(TEXT)
            names = {"insertion": region.inserted, "deletion": region.deleted}.get(bare, region.formatted)
            names.append(author)
            if info is not None and letters_of(info):
                region.remarks.append((author, info))
            if bare == "deletion":
                region.content += [child for child in kind if child.tag != f"{OFFICE}change-info"]
        yield element.get(f"{TEXT}id", "") or element.get(XML_ID, ""), region


def table_changes(text: Element) -> Iterator[Region]:
    """Yield the tracked changes of tables, which name cells and no words."""
    for held in text.iter(f"{TABLE}tracked-changes"):
        for kind in held:
            author = kind.findtext(f"{OFFICE}change-info/{DC}creator") or ""
            bare = kind.tag.removeprefix(TABLE)
            region = Region()
            {"insertion": region.inserted, "deletion": region.deleted}.get(bare, region.formatted).append(author)
            yield region


def has_own_words(element: Element) -> bool:
    """Say whether words stand in a line itself, not only in a remark, a note or a drawing in it."""
    stack = [element]
    while stack:
        one = stack.pop()
        if (one.text or "").strip() or any((child.tail or "").strip() for child in one):
            return True
        stack += [child for child in one if not _is_beside(child)]
    return False


def _is_beside(element: Element) -> bool:
    return element.tag in (f"{OFFICE}annotation", f"{TEXT}note", *NOT_TEXT) or element.tag.startswith(DRAW)


def letters_of(tree: Element) -> Counter[str]:
    """Count the characters of a text that are words."""
    made: Counter[str] = Counter()
    stack = [tree]
    while stack:
        element = stack.pop()
        made.update("".join((element.text or "").split()))
        for child in element:
            made.update("".join((child.tail or "").split()))
            if child.tag not in NOT_TEXT or child.tag == f"{TEXT}tracked-changes":
                stack.append(child)
    return made
