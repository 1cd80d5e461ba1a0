"""Words that a file keeps elsewhere than in its texts: in attributes, in fields of forms, between its elements."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from goodoffices.formats.docx.markup.symbols import form_field_words
from goodoffices.formats.docx.markup.tokens import W

_VML = "{urn:schemas-microsoft-com:vml}"
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}",
)
_OF_CHARTS = frozenset(f"{chart}{name}" for chart in _CHARTS for name in ("v", "pt"))
DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""The element that describes a picture for those who do not see it."""
_TODAY = frozenset(f"{W}{what}{how}" for what in ("day", "month", "year") for how in ("Long", "Short"))


def drawn_words(element: Element) -> tuple[str, str] | None:
    """Return the words that an element shows without holding them as text, and what it is, empty if it is in the line.

    ``None`` if it shows none: letters drawn as a picture (such as *DRAFT* across a page), the names and numbers of a
    chart, the description of a picture, the choice in an old form, a date that is always today's.
    """
    if element.tag == f"{_VML}textpath":
        words, what = element.get("string", ""), "drawn letters"
    elif element.tag in _OF_CHARTS:
        words, what = element.text or "", "a chart"
    elif element.tag == DESCRIPTION:
        words, what = " ".join(filter(None, map(element.get, ("title", "descr")))), "the description of a picture"
    elif element.tag == f"{W}fldChar":
        words, what = form_field_words(element), ""
    else:
        words, what = ("today" if element.tag in _TODAY else ""), "a date that is drawn anew each day"
    if not words.strip():
        return None
    return (f" {words} " if what else words), what


def stray_words(element: Element) -> Iterator[str]:
    """Yield the characters after an element of a text, and inside its words but after another element."""
    if element.tag.startswith(W) and (element.tail or "").strip():
        yield f" {element.tail}"
    if element.tag in (f"{W}t", f"{W}delText") and len(element):
        yield " " + "".join(element.itertext())[len(element.text or "") :]
