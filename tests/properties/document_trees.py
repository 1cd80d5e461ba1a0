"""Documents drawn at random for the balance test: words in nested containers, every word there once, marks counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from docx_files import zipped

AUTHORS = ("Amal", "Boris")
Node = tuple[str, tuple["Node", ...]]
"""What a container is, and what is in it."""
_NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
_MARKS = ("ins", "del", "moveFrom", "moveTo", "conflictIns", "conflictDel")
_TRACKED = tuple(f"{mark} {author}" for mark in _MARKS for author in AUTHORS)
_LINE = {
    "dir": ('<w:dir w:val="rtl">', "</w:dir>"),
    "bdo": ('<w:bdo w:val="ltr">', "</w:bdo>"),
    "customXml": ('<w:customXml w:element="e">', "</w:customXml>"),
    "smartTag": ('<w:smartTag w:element="e">', "</w:smartTag>"),
    "hyperlink": ('<w:hyperlink r:id="x">', "</w:hyperlink>"),
    "field": ('<w:fldSimple w:instr="REF x">', "</w:fldSimple>"),
    "sdt": ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "unknown": ("<w:somethingNew>", "</w:somethingNew>"),
    "unfilled": ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
}
"""What can stand around words within a line."""
_BLOCK = {
    "customXml": ('<w:customXml w:element="e">', "</w:customXml>"),
    "sdt": ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "table": ("<w:tbl><w:tblPr/><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "hidden row": ("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "contents": (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>",
        "</w:sdtContent></w:sdt>",
    ),
    **{
        f"row {mark} {author}": (
            f'<w:tbl><w:tr><w:trPr><w:{mark} w:id="1" w:author="{author}"/></w:trPr><w:tc>',
            "</w:tc></w:tr></w:tbl>",
        )
        for mark in ("ins", "del")
        for author in AUTHORS
    },
    **{
        f"cell {mark} {author}": (
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:{mark} w:id="1" w:author="{author}"/></w:tcPr>',
            "</w:tc></w:tr></w:tbl>",
        )
        for mark in ("cellIns", "cellDel")
        for author in AUTHORS
    },
}
"""What can stand around paragraphs."""
_ENDS = ("", "", "", *(f"{mark} {author}" for mark in ("ins", "del", "moveFrom", "moveTo") for author in AUTHORS))


def _of(names: list[str], inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.tuples(st.sampled_from(names), st.lists(inner, max_size=3).map(tuple))


_word: st.SearchStrategy[Node] = st.sampled_from(
    [
        ("word", ()),
        ("word", ()),
        ("hidden", ()),
        ("struck", ()),
        ("gone", ()),
        ("math", ()),
        ("ruby", ()),
        ("note", ()),
        ("letters", ()),
        ("asked", ()),
        ("chosen", ()),
        ("stray", ()),
        ("code", ()),
        ("described", ()),
    ]
)
_lines: st.SearchStrategy[Node] = st.recursive(
    _word, lambda inner: _of([*_LINE, *_TRACKED, "formatted", "box", "older box", "fraction"], inner), max_leaves=8
)
_paragraph: st.SearchStrategy[Node] = st.tuples(
    st.sampled_from([f"p|{start}|{end}" for start in ("", "1. ", "2. ", "Article 3", "(a) ") for end in _ENDS]),
    st.lists(_lines, max_size=4).map(tuple),
)
blocks: st.SearchStrategy[list[Node]] = st.lists(
    st.recursive(_paragraph, lambda inner: _of(list(_BLOCK), inner), max_leaves=4), min_size=1, max_size=6
)
"""The paragraphs of a document, some of them in containers."""


@dataclass(slots=True)
class Drawn:
    """A document as it was drawn: all its words, the tracked changes around each, and how many marks it has."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    n_marks: int = 0
    notes: list[str] = field(default_factory=list)

    def word(self, around: tuple[str, ...]) -> str:
        name = f"w{len(self.words)}q"
        self.words[name] = around
        return name


def _run(text: str, around: tuple[str, ...], frame: str = "") -> str:
    tag = "delText" if any(mark.startswith("del") for mark in around) else "t"
    return f'<w:r><w:rPr>{frame}</w:rPr><w:{tag} xml:space="preserve">{text} </w:{tag}></w:r>'


def _line(drawn: Drawn, node: Node, around: tuple[str, ...]) -> str:
    name, inside = node
    if name in _LINE:
        before, after = _LINE[name]
        return before + "".join(_line(drawn, child, around) for child in inside) + after
    if name in _TRACKED:
        tag, author = name.split()
        drawn.n_marks += 1
        within = "".join(_line(drawn, child, (*around, name)) for child in inside)
        space = "w14" if tag.startswith("conflict") else "w"
        return f'<{space}:{tag} w:id="1" w:author="{author}">{within}</{space}:{tag}>'
    return _SPECIAL[name](drawn, inside, around)


def _box(drawn: Drawn, inside: tuple[Node, ...], around: tuple[str, ...]) -> str:
    within = f"<w:p>{''.join(_line(drawn, child, around) for child in inside)}</w:p>"
    shape = f"<a:graphic><wps:txbx><w:txbxContent>{within}</w:txbxContent></wps:txbx></a:graphic>"
    older = f"<v:textbox><w:txbxContent>{within}</w:txbxContent></v:textbox>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _older_box(drawn: Drawn, inside: tuple[Node, ...], around: tuple[str, ...]) -> str:
    within = "".join(_line(drawn, child, around) for child in inside)
    return f"<w:r><w:pict><v:textbox><w:txbxContent><w:p>{within}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"


def _formatted(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    drawn.n_marks += 1
    change = '<w:strike/><w:rPrChange w:id="1" w:author="Amal"><w:rPr/></w:rPrChange>'
    return _run(drawn.word((*around, "format Amal")), around, change)


def _fraction(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    one, two = (f"<m:r><m:t>{drawn.word(around)}</m:t></m:r>" for _ in range(2))
    return f"<m:oMath><m:f><m:num>{one}</m:num><m:den>{two}</m:den></m:f></m:oMath>"


def _note(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    number = len(drawn.notes) + 1
    drawn.notes.append(f'<w:footnote w:id="{number}"><w:p>{_run(drawn.word(()), ())}</w:p></w:footnote>')
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def _letters(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    return f'<w:r><w:pict><v:shape><v:textpath string="{drawn.word(around)}"/></v:shape></w:pict></w:r>'


def _field(asks: str, form: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    return f'{begin}<w:r><w:instrText>{asks}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _asked(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    return _field(f"EQ {drawn.word(around)}")


def _described(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    return f'<w:r><w:drawing><wp:docPr id="1" name="Picture 1" descr="{drawn.word(around)}"/></w:drawing></w:r>'


def _code(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    inner, shown = (_run(drawn.word(around), around) for _ in range(2))
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{marks[0]}{marks[1]}{inner}{marks[2]}{marks[1]}{shown}{marks[2]}"


def _chosen(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    choices = f'<w:ddList><w:listEntry w:val="{drawn.word(around)}"/></w:ddList>'
    return _field("FORMDROPDOWN", f"<w:ffData>{choices}</w:ffData>")


def _stray(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    return f"<w:r><w:tab/></w:r> {drawn.word(around)} "


def _ruby(drawn: Drawn, _: tuple[Node, ...], around: tuple[str, ...]) -> str:
    base, above = (_run(drawn.word(around), around) for _ in range(2))
    return f"<w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"


_SPECIAL = {
    "letters": _letters,
    "asked": _asked,
    "chosen": _chosen,
    "code": _code,
    "described": _described,
    "stray": _stray,
    "word": lambda drawn, _, around: _run(drawn.word(around), around),
    "hidden": lambda drawn, _, around: _run(drawn.word(around), around, "<w:vanish/>"),
    "struck": lambda drawn, _, around: _run(drawn.word(around), around, "<w:strike/>"),
    "gone": lambda drawn, _, around: _run(drawn.word(around), around, "<w:dstrike/>"),
    "math": lambda drawn, _, around: f"<m:oMath><m:r><m:t>{drawn.word(around)}</m:t></m:r></m:oMath>",
    "ruby": _ruby,
    "note": _note,
    "box": _box,
    "older box": _older_box,
    "formatted": _formatted,
    "fraction": _fraction,
}


def _block(drawn: Drawn, node: Node, around: tuple[str, ...]) -> str:
    name, inside = node
    if not name.startswith("p|"):
        tracked = len(name.split()) == 3 and name.startswith(("row", "cell"))
        drawn.n_marks += tracked
        within = (*around, name.partition(" ")[2]) if tracked else around
        before, after = _BLOCK[name]
        return before + ("".join(_block(drawn, child, within) for child in inside) or "<w:p/>") + after
    _, start, end = name.split("|")
    frame = ""
    if end:
        tag, author = end.split()
        drawn.n_marks += 1
        frame = f'<w:pPr><w:rPr><w:{tag} w:id="1" w:author="{author}"/></w:rPr></w:pPr>'
    number = _run(start, ()) if start else ""
    return f"<w:p>{frame}{number}{''.join(_line(drawn, child, around) for child in inside)}</w:p>"


def document(nodes: list[Node]) -> tuple[bytes, Drawn]:
    """Return the file of these paragraphs, and what was put into it."""
    drawn = Drawn()
    body = "".join(_block(drawn, node, ()) for node in nodes)
    header = f"<w:hdr {_NAMES}><w:p>{_run(drawn.word(()), ())}</w:p></w:hdr>"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {_NAMES}>{''.join(drawn.notes)}</w:footnotes>",
            "word/header1.xml": header,
        }
    ), drawn
