"""Read the text of a ``.docx`` file in order, with its marks: struck, inserted or deleted, and by whom.

Nothing is decided here; ``documents_docx_in`` makes clauses of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.list_numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 48
_LEFT_OUT = {
    f"{W}footnoteReference": "footnotes",
    f"{W}endnoteReference": "footnotes",
    f"{W}drawing": "pictures",
    f"{W}pict": "pictures",
    f"{W}object": "embedded objects",
    f"{W}tbl": "tables (their cells are read one after the other)",
}
_WORDS = {
    f"{W}t": "",
    f"{W}delText": "",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": " ",
    f"{W}noBreakHyphen": "\u2011",
}
"""The elements of a run that mean text, and which text; empty for the element's own text."""
_INSERTING = (f"{W}ins", f"{W}moveTo")
_DELETING = (f"{W}del", f"{W}moveFrom")
_INSIDE = (f"{W}hyperlink", f"{W}sdt", f"{W}sdtContent", f"{W}smartTag", f"{W}fldSimple", f"{W}tbl", f"{W}tr", f"{W}tc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark between texts: a bookmark (``kind`` *named*), or the beginning or end of a remark (*from*, *to*)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of text, or a mark (``mark``). ``inserted`` and ``deleted`` name the author, or are ``None``."""

    text: str = ""
    style: str = ""
    strike: str = ""
    inserted: str | None = None
    deleted: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: its style, the number that the word processor draws before it, and whether its end was changed."""

    style: str
    heading: bool
    number: str = ""
    level: int = 0
    tokens: tuple[Token, ...] = ()
    end_inserted: str | None = None
    end_deleted: str | None = None


@dataclass(slots=True)
class _Walk:
    """The state of reading one file."""

    styles: Mapping[str, tuple[str, bool]]
    numbering: Numbering
    name: str
    left_out: Counter[str] = field(default_factory=Counter)


def style_names(tree: Element | None) -> dict[str, tuple[str, bool]]:
    """Return each style's name, and whether it is one of headings, by the id that paragraphs use."""
    made: dict[str, tuple[str, bool]] = {}
    for style in [] if tree is None else tree.iter(f"{W}style"):
        name = _value(style.find(f"{W}name"))
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        heading = name.lower().startswith("heading") or (outline is not None and name != "GoTitle")
        made[style.get(f"{W}styleId", "")] = (name, heading)
    return made


def paragraphs_of(
    document: Element, styles: Mapping[str, tuple[str, bool]], numbering: Numbering, name: str
) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """Return the paragraphs in order, and the names and numbers of what was left out."""
    walk = _Walk(styles=styles, numbering=numbering, name=name)
    body = document.find(f"{W}body")
    found = tuple(_paragraphs(walk, body, 0)) if body is not None else ()
    return found, tuple(f"{count} {what}" for what, count in sorted(walk.left_out.items()))


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _deeper(walk: _Walk, depth: int) -> int:
    if depth > _DEEPEST:
        raise ScenarioFileError(
            f"its parts nest more than {_DEEPEST} deep. Save only the text as .docx.", kind="too-deep", file=walk.name
        )
    return depth + 1


def _paragraphs(walk: _Walk, parent: Element, depth: int) -> Iterator[Paragraph]:
    inner = _deeper(walk, depth)
    pending: tuple[Token, ...] = ()
    for child in parent:
        if child.tag == f"{W}p":
            made = _paragraph(walk, child, inner)
            yield replace(made, tokens=(*pending, *made.tokens))
            pending = ()
        elif child.tag in (*_INSIDE, *_INSERTING, *_DELETING):
            walk.left_out.update([_LEFT_OUT[child.tag]] if child.tag in _LEFT_OUT else [])
            yield from _paragraphs(walk, child, inner)
        elif child.tag == f"{W}bookmarkStart":
            pending = (*pending, Token(mark=Mark(kind="named", name=child.get(f"{W}name", ""))))


def _paragraph(walk: _Walk, element: Element, depth: int) -> Paragraph:
    frame = element.find(f"{W}pPr")
    style, heading, number, level, inserted, deleted = "", False, "", 0, None, None
    if frame is not None:
        given = _value(frame.find(f"{W}pStyle"))
        style, heading = walk.styles.get(given, (given, False))
        heading = heading or frame.find(f"{W}outlineLvl") is not None
        number, level = walk.numbering.next(frame.find(f"{W}numPr"), given)
        inserted = _author(frame.find(f"{W}rPr/{W}ins"))
        deleted = _author(frame.find(f"{W}rPr/{W}del"))
    tokens = tuple(_tokens(walk, element, Token(), depth))
    return Paragraph(
        style=style, heading=heading, number=number, level=level, tokens=tokens,
        end_inserted=inserted, end_deleted=deleted,
    )  # fmt: skip


def _author(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}author", "")


def _tokens(walk: _Walk, parent: Element, around: Token, depth: int) -> Iterator[Token]:
    inner = _deeper(walk, depth)
    for child in parent:
        if child.tag == f"{W}r":
            yield from _run(walk, child, around)
        elif child.tag in _INSERTING:
            yield from _tokens(walk, child, replace(around, inserted=_author(child)), inner)
        elif child.tag in _DELETING:
            yield from _tokens(walk, child, replace(around, deleted=_author(child)), inner)
        elif child.tag in _INSIDE:
            yield from _tokens(walk, child, around, inner)
        else:
            yield from _marked(child)


def _marked(child: Element) -> Iterator[Token]:
    kinds = {f"{W}bookmarkStart": "named", f"{W}commentRangeStart": "from", f"{W}commentRangeEnd": "to"}
    kind = kinds.get(child.tag)
    if kind is not None:
        name = child.get(f"{W}name" if kind == "named" else f"{W}id", "")
        yield Token(mark=Mark(kind=kind, name=name))


def _run(walk: _Walk, run: Element, around: Token) -> Iterator[Token]:
    letters = run.find(f"{W}rPr")
    made = around
    if letters is not None:
        given = _value(letters.find(f"{W}rStyle"))
        strike = "double" if _is_on(letters.find(f"{W}dstrike")) else ""
        strike = strike or ("single" if _is_on(letters.find(f"{W}strike")) else "")
        made = replace(around, style=walk.styles.get(given, (given, False))[0], strike=strike)
    text: list[str] = []
    for child in run:
        if child.tag in _WORDS:
            text.append(_WORDS[child.tag] or child.text or "")
        elif child.tag == f"{W}commentReference":
            yield Token(mark=Mark(kind="at", name=child.get(f"{W}id", "")))
        elif child.tag in _LEFT_OUT:
            walk.left_out.update([_LEFT_OUT[child.tag]])
    if text:
        yield replace(made, text="".join(text))


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in ("false", "0", "off", "none")
