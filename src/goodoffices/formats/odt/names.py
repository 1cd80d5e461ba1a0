"""The namespaces of OpenDocument, and of the elements of a ``.docx`` file that stand for them here."""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE, FO, FORM = (
    f"{{{_ODF}{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style", "xsl-fo-compatible", "form")
)
XLINK = "{http://www.w3.org/1999/xlink}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
