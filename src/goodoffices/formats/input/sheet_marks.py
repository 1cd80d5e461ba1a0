"""What a person did to cells besides writing in them: struck words, and comments. Neither is in what is read."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.sheet_cells import part_of

STRUCK = "words that are struck out are read like all others"
COMMENTS = "comments on cells are not read"
_COMMENTS = re.compile(rb'Target="[^"]*comments[^"]*\.xml"', re.IGNORECASE)
_STRUCK_ODS = re.compile(rb'text-line-through-(?:style|type)="(?!none")')
_OFF = ("0", "false")


def marks_of(raw: RawFile, name: str) -> tuple[str, ...]:
    """Return a note for what the sheet ``name`` has of struck words, and one for comments on its cells.

    Raises
    ------
    KeyError, ValueError, ParseError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            content = packed.read("content.xml")
            found = (_STRUCK_ODS.search(content) is not None, b"<office:annotation" in content)
        else:
            found = (_is_struck(packed, name), _has_comments(packed, name))
    return tuple(note for note, is_there in zip((STRUCK, COMMENTS), found, strict=True) if is_there)


def _has_comments(packed: zipfile.ZipFile, name: str) -> bool:
    folder, _, file = part_of(packed, name).rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    return relations in packed.namelist() and _COMMENTS.search(packed.read(relations)) is not None


def _is_struck(packed: zipfile.ZipFile, name: str) -> bool:
    """Return whether a cell of the sheet has a struck style. Words struck inside a cell count for all sheets."""
    parts = set(packed.namelist())
    shared = packed.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in parts else b""
    if b"strike" in shared and any(map(_is_strike, fromstring(shared).iter())):
        return True
    styles = packed.read("xl/styles.xml") if "xl/styles.xml" in parts else b""
    if b"strike" not in styles:
        return False
    root = fromstring(styles)
    fonts = [any(map(_is_strike, font)) for group in root if _local(group) == "fonts" for font in group]
    cells = [int(one.get("fontId", "0")) for group in root if _local(group) == "cellXfs" for one in group]
    struck = {str(n).encode() for n, font in enumerate(cells) if font < len(fonts) and fonts[font]}
    return not struck.isdisjoint(re.findall(rb'<(?:\w+:)?c\b[^>]*?\ss="(\d+)"', packed.read(part_of(packed, name))))


def _is_strike(element: Element) -> bool:
    return _local(element) == "strike" and element.get("val", "1") not in _OFF


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
