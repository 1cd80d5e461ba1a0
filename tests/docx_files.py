"""Small ``.docx`` files as a delegation's word processor would write them, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

_W = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)


def run(text: str, frame: str = "") -> str:
    return f'<w:r><w:rPr>{frame}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def inserted(text: str, author: str) -> str:
    return f'<w:ins w:id="9" w:author="{author}" w:date="2017-01-24T10:00:00Z">{run(text)}</w:ins>'


def deleted(text: str, author: str) -> str:
    inner = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="8" w:author="{author}" w:date="2017-01-24T10:00:00Z">{inner}</w:del>'


def moved(text: str, author: str, *, away: bool) -> str:
    inner = run(text)
    tag = "moveFrom" if away else "moveTo"
    return f'<w:{tag} w:id="7" w:author="{author}" w:date="2017-01-24T10:00:00Z">{inner}</w:{tag}>'


def ended(mark: str, author: str) -> str:
    """Return the frame of a paragraph whose end is tracked as ``ins``, ``del``, ``moveFrom`` or ``moveTo``."""
    return f'<w:rPr><w:{mark} w:id="6" w:author="{author}"/></w:rPr>'


def numbering(*lists: tuple[str, ...]) -> str:
    """Return the part that declares lists 1, 2 ...; each is named by what its levels draw, such as ``Article %1``."""
    made = [
        f'<w:abstractNum w:abstractNumId="{n}">'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/>'
            f'<w:lvlText w:val="{drawn}"/></w:lvl>'
            for at, level in enumerate(levels)
            for figures, drawn in [level.split(":", 1) if ":" in level else ("decimal", level)]
        )
        + "</w:abstractNum>"
        for n, levels in enumerate(lists, start=1)
    ]
    used = [f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(lists) + 1)]
    return f"<w:numbering>{''.join(made + used)}</w:numbering>"


def listed(number: int, level: int = 0) -> str:
    """Return the frame of a paragraph in a list that ``numbering`` declares."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def paragraph(*runs: str, style: str = "", frame: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{frame}</w:pPr>{''.join(runs)}</w:p>"


def docx(*paragraphs: str, **parts: str) -> bytes:
    """Return a file of these paragraphs; ``parts`` are further parts of ``word/`` by name without ending."""
    body = f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    more = {f"word/{name}.xml": text.replace(">", f" {_W}>", 1) for name, text in parts.items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{_KIND.get(name, name)}+xml"/>'
        for name in ("document", *parts)
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
            "_rels/.rels": related(("officeDocument", "word/document.xml", "")),
            "word/document.xml": body,
            "word/_rels/document.xml.rels": related(*((name.rstrip("1"), f"{name}.xml", "") for name in parts)),
            **more,
        }
    )


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KIND = {"document": "document.main", "header1": "header"}


def related(*rows: tuple[str, str, str]) -> str:
    """Return a part of relations: kind, target, and further attributes of each."""
    made = "".join(
        f'<Relationship Id="r{k}" Type="{_RELATIONS}/{kind}" Target="{target}"{more}/>'
        for k, (kind, target, more) in enumerate(rows)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()
