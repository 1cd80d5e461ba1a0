"""What a sheet marks and no reader of tables looks at: struck-out cells, remarks beside cells, hidden sheets."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml import ElementTree

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.sheet_cells import part_of

_STYLED = re.compile(rb"""<c [^>]*?r=["']([A-Z]+[0-9]+)["'][^>]*? s=["']([0-9]+)["'][^>]*[^/]>""")
_STRUCK_ODS = re.compile(rb"""style:text-line-through-(?:style|type)=["'](?!none)""")
_STYLE_ODS = re.compile(rb"""<style:style [^>]*style:name=["']([^"']+)["'].*?</style:style>""", re.DOTALL)
_STRUCK = "cells that are struck out are read as all others{first}"
_REMARKS = "comments on cells are not read"


def marks_of(raw: RawFile, name: str) -> tuple[str, ...]:
    """Return what a person who typed the sheet ``name`` may have meant by marks that are not read, as notes.

    Raises
    ------
    KeyError, ValueError, ParseError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        if "xl/workbook.xml" in packed.namelist():
            return _marks_of_xlsx(packed, part_of(packed, name))
        content = packed.read("content.xml")
    begins = max(content.find(f'table:name="{escape(name)}"'.encode()), 0)
    table = content[begins : content.find(b"</table:table>", begins)]
    styles = (found for found in _STYLE_ODS.finditer(content) if _STRUCK_ODS.search(found[0]))
    is_struck = any(b'style-name="' + found[1] + b'"' in table for found in styles)
    struck = (_STRUCK.format(first=""),) if is_struck else ()
    return (*struck, *((_REMARKS,) if b"<office:annotation" in table else ()))


def _marks_of_xlsx(packed: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    parts = set(packed.namelist())
    styles = _struck_styles(packed) if "xl/styles.xml" in parts else frozenset()
    cells = (found for found in _STYLED.finditer(packed.read(part)) if int(found[2]) in styles) if styles else iter(())
    struck = tuple(_STRUCK.format(first=f", the first is {found[1].decode()}") for found in [*cells][:1])
    folder, _, file = part.rpartition("/")
    links = f"{folder}/_rels/{file}.rels"
    kinds = [one.get("Type", "") for one in ElementTree.fromstring(packed.read(links))] if links in parts else []
    has_remarks = any(kind.endswith(("/comments", "/threadedComment")) for kind in kinds)
    return (*struck, *((_REMARKS,) if has_remarks else ()))


def _struck_styles(packed: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles whose letters are struck out."""
    sheet = ElementTree.fromstring(packed.read("xl/styles.xml"))
    fonts = [any(_strikes(child) for child in font) for font in _group(sheet, "fonts")]
    used = [int(style.get("fontId", "0")) for style in _group(sheet, "cellXfs")]
    return frozenset(at for at, font in enumerate(used) if font < len(fonts) and fonts[font])


def _group(sheet: Element, name: str) -> list[Element]:
    return [child for group in sheet if group.tag.rpartition("}")[2] == name for child in group]


def _strikes(mark: Element) -> bool:
    return mark.tag.rpartition("}")[2] == "strike" and mark.get("val", "1") not in ("0", "false")
