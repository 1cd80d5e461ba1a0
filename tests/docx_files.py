"""Small ``.docx`` files as a delegation's word processor would write them, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, frame: str = "") -> str:
    return f'<w:r><w:rPr>{frame}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def inserted(text: str, author: str) -> str:
    return f'<w:ins w:id="9" w:author="{author}" w:date="2017-01-24T10:00:00Z">{run(text)}</w:ins>'


def deleted(text: str, author: str) -> str:
    inner = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="8" w:author="{author}" w:date="2017-01-24T10:00:00Z">{inner}</w:del>'


def paragraph(*runs: str, style: str = "", frame: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{frame}</w:pPr>{''.join(runs)}</w:p>"


def docx(*paragraphs: str, **parts: str) -> bytes:
    """Return a file of these paragraphs; ``parts`` are further parts of ``word/`` by name without ending."""
    body = f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    more = {f"word/{name}.xml": text.replace(">", f" {_W}>", 1) for name, text in parts.items()}
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body, **more})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()
