"""The archive around the words of a paper: our own parts, or those of a template that somebody brought.

Footnotes are numbered from 1 in a paper of our own, and after those of a template in one. Nothing of a template is
followed or run, and what names its author, its dates or its reviewers is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.static_parts import NAMESPACES
from goodoffices.formats.docx.zip_package import open_package, pack
from goodoffices.phrases.phrase import Phrase

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    'w:header="567" w:footer="567" w:gutter="0"/>'
)
"""A4 with margins of 2 cm, in twentieths of a point."""
_STYLES: Mapping[str, tuple[str, str]] = {
    "GoTitle": ('<w:keepNext/><w:spacing w:after="120"/>', '<w:b/><w:bCs/><w:sz w:val="30"/><w:szCs w:val="30"/>'),
    "GoHeading": (
        '<w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:bCs/><w:sz w:val="23"/><w:szCs w:val="23"/>',
    ),
    "GoBody": ('<w:spacing w:after="100"/>', ""),
    "GoNumbered": (
        '<w:tabs><w:tab w:val="left" w:pos="454"/></w:tabs><w:spacing w:after="60"/>'
        '<w:ind w:start="454" w:hanging="454"/>',
        "",
    ),
    "GoBeside": ('<w:spacing w:after="60"/><w:ind w:start="454"/>', '<w:color w:val="56616B"/>'),
    "GoLine": ('<w:spacing w:after="60"/>', '<w:color w:val="56616B"/><w:sz w:val="17"/><w:szCs w:val="17"/>'),
    "GoCell": ('<w:spacing w:before="40" w:after="40"/>', ""),
    "GoNote": ('<w:spacing w:after="20"/>', '<w:sz w:val="15"/><w:szCs w:val="15"/>'),
    "GoBand": ("", '<w:b/><w:bCs/><w:color w:val="5B3E96"/><w:sz w:val="17"/><w:szCs w:val="17"/>'),
}  # fmt: skip
_PLACE = "{{text}}"
_LEFT_OUT = ("docProps/", "customXml/", "word/comments", "word/people", "word/vbaData")
_PARAGRAPH = re.compile(r"<w:p(?=[ >]).*?</w:p>", re.DOTALL)
_LAST_SECTION = re.compile(r"<w:sectPr(?=[ >/])(?:(?!<w:sectPr).)*\Z", re.DOTALL)
_REMARK = re.compile(r"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>")
_MOST_BYTES = 16 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParts:
    """The words of a paper as the format writes them: paragraphs, and paragraphs of each footnote.

    Footnote *n* of the body is called *n*; ``header`` and ``footer`` stand on every page of a paper of our own.
    """

    body: str
    footnotes: tuple[str, ...] = ()
    header: str = ""
    footer: str = ""
    is_rtl: bool = False


def packed(parts: DocumentParts, template: bytes | None = None) -> bytes:
    """Return the archive: order and dates are fixed, so that equal words are equal bytes.

    Raises
    ------
    ScenarioFileError
        If the template is not a ``.docx`` file that can be used.
    """
    return pack(_own(parts) if template is None else _in_template(parts, template))


def _styles() -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{frame}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
        for name, (frame, letters) in _STYLES.items()
    )


def _footnotes(parts: DocumentParts, first: int = 1) -> str:
    return "".join(f'<w:footnote w:id="{n}">{text}</w:footnote>' for n, text in enumerate(parts.footnotes, start=first))


_LINES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def _own(parts: DocumentParts) -> dict[str, str | bytes]:
    names = [("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes")]
    related = [("rId1", "styles"), ("rId2", "footnotes")]
    made: dict[str, str | bytes] = {}
    section = ""
    for name, kind, tag, words in (
        ("header1", "header", "hdr", parts.header),
        ("footer1", "footer", "ftr", parts.footer),
    ):
        if words:
            key = f"rId{len(related) + 1}"
            names.append((name, kind))
            related.append((key, name))
            section += f'<w:{kind}Reference w:type="default" r:id="{key}"/>'
            made[f"word/{name}.xml"] = f"{_XML}<w:{tag} {NAMESPACES}>{words}</w:{tag}>"
    bidi = "<w:bidi/>" if parts.is_rtl else ""
    body = f"<w:body>{parts.body}<w:sectPr>{section}{_PAGE}{bidi}</w:sectPr></w:body>"
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>' for name, kind in names)
    fonts = '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans Arabic"/>'
    fonts += '<w:sz w:val="20"/><w:szCs w:val="20"/>'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{_XML}<w:document {NAMESPACES}>{body}</w:document>",
        "word/styles.xml": f"{_XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr>"
        '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/></w:style>{_styles()}</w:styles>',
        "word/footnotes.xml": f"{_XML}<w:footnotes {NAMESPACES}>{_LINES}{_footnotes(parts)}</w:footnotes>",
        **made,
        "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{_R}/{name.rstrip("1")}" Target="{name}.xml"/>' for key, name in related
        )
        + "</Relationships>",
    }


def _in_template(parts: DocumentParts, template: bytes) -> dict[str, str | bytes]:
    open_package(template, "template")
    with zipfile.ZipFile(io.BytesIO(template)) as held:
        files = {info.filename: _read(held, info) for info in held.infolist() if not info.is_dir()}
    kept = {name: data for name, data in files.items() if not name.startswith(_LEFT_OUT)}
    names = sorted(kept)
    texts = {name: kept[name].decode("utf-8-sig") for name in names if name.endswith((".xml", ".rels"))}
    document = texts.get("word/document.xml")
    if document is None or "<w:body" not in document or "word/styles.xml" not in texts:
        why = Phrase("it has no text or no styles where Word keeps them. Save the template in Word, and bring that.")
        raise ScenarioFileError(why, kind="not-docx", file="template")
    first = _first_footnote(texts.get("word/footnotes.xml", ""))
    body = re.sub(
        r'<w:footnoteReference w:id="(\d+)"/>',
        lambda found: f'<w:footnoteReference w:id="{int(found[1]) + first - 1}"/>',
        parts.body,
    )
    texts["word/document.xml"] = _with_words(_REMARK.sub("", document), body)
    texts["word/styles.xml"] = _with_styles(texts["word/styles.xml"])
    if parts.footnotes:
        _add_footnotes(texts, parts, first)
    for name in texts:
        if name.endswith(".rels"):
            texts[name] = re.sub(
                r"<Relationship\b[^>]*?Target=\"/?(?:\.\./)*(?:docProps|customXml)[^>]*?/>"
                r"|<Relationship\b[^>]*?(?:/comments\w*|/people|/attachedTemplate)\"[^>]*?/>",
                "",
                texts[name],
            )
    types = texts["[Content_Types].xml"]
    gone = re.compile(r'<Override\b[^>]*PartName="/(?:docProps|customXml|word/comments|word/people)[^>]*/>')
    texts["[Content_Types].xml"] = gone.sub("", types)
    order = sorted(texts.keys() | set(names), key=lambda name: (name != "[Content_Types].xml", name))
    return {name: texts[name] if name in texts else kept[name] for name in order}


def _read(held: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with held.open(info) as part:
        return part.read(min(info.file_size, _MOST_BYTES) + 1)


def _with_words(document: str, body: str) -> str:
    """Return the template's text with the paper's in its place: a paragraph ``{{text}}``, or else all that it says."""
    start = document.index(">", document.index("<w:body")) + 1
    end = document.rindex("</w:body>")
    inside = document[start:end]
    for found in _PARAGRAPH.finditer(inside):
        if _PLACE in re.sub(r"<[^>]+>", "", found[0]):
            inside = inside[: found.start()] + body + inside[found.end() :]
            break
    else:
        section = _LAST_SECTION.search(inside)
        inside = body + ("" if section is None else section[0])
    return document[:start] + inside + document[end:]


def _with_styles(styles: str) -> str:
    """Return the template's styles with ours: they follow its own fonts, sizes and headings."""
    end = styles.rindex("</w:styles>")
    normal = re.search(
        r'<w:style\b[^>]*w:default="1"[^>]*w:styleId="([^"]+)"'
        r'|<w:style\b[^>]*w:type="paragraph"[^>]*w:styleId="([^"]+)"[^>]*w:default="1"',
        styles,
    )
    base = next((name for name in (normal.groups() if normal else ()) if name), "Normal")
    made = _styles().replace('w:basedOn w:val="Normal"', f'w:basedOn w:val="{base}"')
    for ours, theirs in (("GoTitle", "title"), ("GoHeading", "heading 2"), ("GoNote", "footnote text")):
        own = _style_called(styles, theirs)
        if own:
            frame, letters = _STYLES[ours]
            made = made.replace(
                f'<w:name w:val="{ours}"/><w:basedOn w:val="{base}"/><w:pPr>{frame}</w:pPr><w:rPr>{letters}</w:rPr>',
                f'<w:name w:val="{ours}"/><w:basedOn w:val="{own}"/>',
            )
    return styles[:end] + made + styles[end:]


def _style_called(styles: str, name: str) -> str:
    """Return the id of the paragraph style of a name, whatever language it was made in; empty if there is none."""
    for found in re.finditer(r'<w:style\b([^>]*)>\s*<w:name w:val="([^"]+)"/>', styles):
        key = re.search(r'w:styleId="([^"]+)"', found[1])
        if key and found[2].casefold() == name and "paragraph" in found[1]:
            return key[1]
    return ""


def _first_footnote(footnotes: str) -> int:
    return max([int(n) for n in re.findall(r'<w:footnote\b[^>]*w:id="(\d+)"', footnotes)] or [0]) + 1


def _add_footnotes(texts: dict[str, str], parts: DocumentParts, first: int) -> None:
    made = _footnotes(parts, first)
    if "word/footnotes.xml" in texts:
        held = texts["word/footnotes.xml"]
        end = held.rindex("</w:footnotes>")
        texts["word/footnotes.xml"] = held[:end] + made + held[end:]
        return
    texts["word/footnotes.xml"] = f"{_XML}<w:footnotes {NAMESPACES}>{_LINES}{made}</w:footnotes>"
    types = texts["[Content_Types].xml"]
    entry = f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}footnotes+xml"/>'
    texts["[Content_Types].xml"] = types.replace("</Types>", f"{entry}</Types>")
    related = texts.get(
        "word/_rels/document.xml.rels", f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
    )
    link = f'<Relationship Id="rIdGoNotes" Type="{_R}/footnotes" Target="footnotes.xml"/>'
    texts["word/_rels/document.xml.rels"] = related.replace("</Relationships>", f"{link}</Relationships>")
