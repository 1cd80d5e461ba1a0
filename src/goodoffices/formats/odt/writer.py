"""A text as an ``.odt`` file, from the elements of the ``.docx`` file that says the same. Same paper, same bytes.

The library odfdo makes the styles and the page. Its package has a date and the name of a program, so the parts that are
needed are packed anew.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from odfdo import Document, Element as OdfElement, Style

from goodoffices.formats.docx.markup.tokens import W, value_of
from goodoffices.formats.docx.zip_package import open_package, parsed
from goodoffices.formats.odt.names import OFFICE, TEXT
from goodoffices.formats.odt.reader import MEDIA

_BOLD = {"fo:font-weight": "bold", "style:font-weight-complex": "bold"}
_ITALIC = {"fo:font-style": "italic", "style:font-style-complex": "italic"}
_STRUCK = {"style:text-line-through-style": "solid", "style:text-line-through-type": "single"}
_STRUCK_TWICE = {"style:text-line-through-style": "solid", "style:text-line-through-type": "double"}


def _size(points: int) -> dict[str, str]:
    return {"fo:font-size": f"{points}pt", "style:font-size-complex": f"{points}pt"}


_LETTERS: Mapping[str, Mapping[str, str]] = {
    "GoMark": {**_BOLD, "fo:color": "#1f4e79"},
    "GoLiteral": {},
    "GoNew": {**_BOLD, "fo:color": "#1b6e3c", "style:text-underline-style": "solid"},
    "GoGone": {**_STRUCK_TWICE, "fo:color": "#9c2b21"},
    "GoCompromise": {**_ITALIC, "fo:color": "#5b3e96", "style:text-underline-style": "dotted"},
    "GoProposedDeletion": {**_STRUCK, "fo:color": "#9c2b21"},
}
"""The styles of letters; they look as in ``formats.docx.static_parts``."""
_PARAGRAPHS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "GoTitle": ({**_BOLD, **_size(17)}, {"fo:keep-with-next": "always", "fo:margin-bottom": "8pt"}),
    "GoLine": ({**_size(9), "fo:color": "#56616b"}, {"fo:margin-bottom": "3pt"}),
    "GoClause": (
        {**_BOLD, **_size(12)},
        {"fo:keep-with-next": "always", "fo:margin-top": "14pt", "fo:margin-bottom": "4pt"},
    ),
    "GoBody": (_size(11), {"fo:margin-bottom": "6pt", "fo:line-height": "115%"}),
    "GoGoneClause": ({**_STRUCK_TWICE, "fo:color": "#9c2b21"}, {"fo:margin-bottom": "6pt"}),
}
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.4">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.4" manifest:media-type="{MEDIA}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt_from_docx(data: bytes) -> bytes:
    """Return the ``.odt`` file that says the same as a ``.docx`` file that we wrote.

    It names no person, no program and no date; the same file gives the same bytes.
    """
    held = open_package(data, "our file")
    body = parsed(held["word/document.xml"], "our file", "word/document.xml").find(f"{W}body")
    comments = parsed(held["word/comments.xml"], "our file", "word/comments.xml")
    remarks = {c.get(f"{W}id", ""): "".join(c.itertext()) for c in comments}
    paragraphs = [] if body is None else body.findall(f"{W}p")
    document = Document("text")
    document.body.clear()
    for paragraph in paragraphs:
        document.body.append(OdfElement.from_tag(_written(_paragraph(paragraph, remarks))))
    _add_styles(document, rtl=any(p.find(f"{W}pPr/{W}bidi") is not None for p in paragraphs))
    _add_header(document, held.get("word/header1.xml"))
    return _packed(document)


def _written(element: Element) -> str:
    return tostring(element, encoding="unicode")


def _paragraph(paragraph: Element, remarks: Mapping[str, str]) -> Element:
    style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
    made = Element(f"{TEXT}h" if style == "GoClause" else f"{TEXT}p", {f"{TEXT}style-name": style})
    if style == "GoClause":
        made.set(f"{TEXT}outline-level", "2")
        made.set(f"{TEXT}is-list-header", "true")
    for child in paragraph:
        if child.tag == f"{W}bookmarkStart":
            SubElement(made, f"{TEXT}bookmark", {f"{TEXT}name": child.get(f"{W}name", "")})
        elif child.tag == f"{W}r":
            _run(made, child, remarks)
    return made


def _run(made: Element, run: Element, remarks: Mapping[str, str]) -> None:
    reference = run.find(f"{W}commentReference")
    if reference is not None:
        remark = SubElement(made, f"{OFFICE}annotation")
        SubElement(remark, f"{TEXT}p").text = remarks.get(reference.get(f"{W}id", ""), "")
        return
    style = value_of(run.find(f"{W}rPr/{W}rStyle"))
    span = SubElement(made, f"{TEXT}span", {f"{TEXT}style-name": style} if style else {})
    last: Element | None = None
    for child in run:
        if child.tag == f"{W}br":
            last = SubElement(span, f"{TEXT}line-break")
        elif child.tag == f"{W}t":
            last = _text(span, last, child.text or "")


def _text(span: Element, last: Element | None, text: str) -> Element | None:
    """Write text; a blank that would be dropped, at either end or beside another, is an element of its own."""
    for k, part in enumerate(re.split(r"^ | (?= )| $", text)):
        if k:
            last = SubElement(span, f"{TEXT}s")
        if last is None:
            span.text = (span.text or "") + part
        else:
            last.tail = (last.tail or "") + part
    return last


def _add_styles(document: Document, *, rtl: bool) -> None:
    mode = {"style:writing-mode": "rl-tb", "fo:text-align": "start"} if rtl else {}
    for name, letters in _LETTERS.items():
        style = Style("text", name=name)
        style.set_properties(dict(letters), area="text")
        document.insert_style(style)
    for name, (letters, frame) in _PARAGRAPHS.items():
        style = Style("paragraph", name=name, parent_style="Standard")
        style.set_properties(dict(letters), area="text")
        style.set_properties({**frame, **mode}, area="paragraph")
        document.insert_style(style)


def _add_header(document: Document, header: bytes | None) -> None:
    if header is None:
        return
    band = "".join(parsed(header, "our file", "word/header1.xml").itertext())
    page = document.get_style("master-page", "Standard")
    paragraph = Element(f"{TEXT}p", {f"{TEXT}style-name": "GoLine"})
    paragraph.text = band
    made = Element("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}header")
    made.append(paragraph)
    if page is not None:
        page.append(OdfElement.from_tag(_written(made)))


def _packed(document: Document) -> bytes:
    """Return the parts that are needed as an archive that depends on nothing else."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved, pretty=False)
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(made, "w") as packed:
        parts = {
            "mimetype": MEDIA.encode(),
            "content.xml": given.read("content.xml"),
            "styles.xml": given.read("styles.xml"),
            "META-INF/manifest.xml": _MANIFEST.encode(),
        }
        for path, data in parts.items():
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    return made.getvalue()
