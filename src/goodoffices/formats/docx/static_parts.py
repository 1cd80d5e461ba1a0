"""The fixed parts of a ``.docx`` file that we write: styles, types, relations. No author, no date, no program.

The strokes of the legend can be told apart in black and white: bold and underlined, double struck, italic with dots
beneath, struck.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STROKES: Mapping[str, tuple[str, str]] = {
    "new": ("GoNew", "new, agreed text"),
    "gone": ("GoGone", "agreed deletion"),
    "compromise": ("GoCompromise", "compromise language"),
    "proposed": ("GoProposedDeletion", "proposed deletion"),
}
"""The kinds of text, the character style of each, and its name in the key under the text."""

_CHARACTER = {
    "GoMark": '<w:b/><w:bCs/><w:color w:val="1F4E79"/>',
    "GoLiteral": "",
    "GoNew": '<w:b/><w:bCs/><w:color w:val="1B6E3C"/><w:u w:val="single"/>',
    "GoGone": '<w:dstrike/><w:color w:val="9C2B21"/>',
    "GoCompromise": '<w:i/><w:iCs/><w:color w:val="5B3E96"/><w:u w:val="dotted"/>',
    "GoProposedDeletion": '<w:strike/><w:color w:val="9C2B21"/>',
}
_FONTS = '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans Arabic"/>'
_PARAGRAPH = {
    "GoTitle": ('<w:keepNext/><w:spacing w:after="160"/>', '<w:b/><w:bCs/><w:sz w:val="34"/><w:szCs w:val="34"/>'),
    "GoLine": ('<w:spacing w:after="60"/>', '<w:color w:val="56616B"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
    "GoClause": (
        '<w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="24"/>',
    ),
    "GoBody": ('<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>', '<w:sz w:val="22"/><w:szCs w:val="22"/>'),
    "GoGoneClause": ('<w:spacing w:after="120"/>', '<w:dstrike/><w:color w:val="9C2B21"/>'),
}


def _styles() -> str:
    made = [
        f"{_XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}</w:rPr>"
        "</w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    ]
    made += [
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{frame}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
        for name, (frame, letters) in _PARAGRAPH.items()
    ]
    made += [
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f"<w:rPr>{letters}</w:rPr></w:style>"
        for name, letters in _CHARACTER.items()
    ]
    return "".join(made) + "</w:styles>"


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def _types(names: Iterable[tuple[str, str]]) -> str:
    parts = (f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>' for name, kind in names)
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(parts)}</Types>'
    )


def around(document: str, comments: str, header: str = "") -> dict[str, str]:
    """Return every part of the file but the text and the comments; a header only if it has words."""
    headers = {"word/header1.xml": f"{_XML}<w:hdr {NAMESPACES}>{header}</w:hdr>"} if header else {}
    parts = [("document", "document.main"), ("styles", "styles"), ("comments", "comments")]
    relations = [("rId1", "styles", "styles.xml"), ("rId2", "comments", "comments.xml")]
    if header:
        parts.append(("header1", "header"))
        relations.append(("rId3", "header", "header1.xml"))
    related = (f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{target}"/>' for name, kind, target in relations)
    return {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": f'{_XML}{_RELATIONS}<Relationship Id="rId1" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": _XML + document,
        "word/styles.xml": _styles(),
        "word/comments.xml": f"{_XML}<w:comments {NAMESPACES}>{comments}</w:comments>",
        "word/_rels/document.xml.rels": f"{_XML}{_RELATIONS}{''.join(related)}</Relationships>",
        **headers,
    }
