"""Read the paragraphs of a ``.docx`` file in order, out of whatever their words are wrapped in.

Every element is looked into, whether its name is known or not, except for properties and for what has words of its own
beside the text (text boxes, pictures). Nothing is decided here, and nothing needs to be complete: ``balance`` counts
what every part has, and names what was not read here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.fields import lines_of_contents, words_in_code
from goodoffices.formats.docx.markup.formulas import M, line_of
from goodoffices.formats.docx.markup.list_numbering import Numbering
from goodoffices.formats.docx.markup.symbols import form_field_words, shown
from goodoffices.formats.docx.markup.tokens import (
    Mark,
    Paragraph,
    Style,
    Token,
    W,
    is_heading,
    is_on,
    styles_of,
    value_of,
)
from goodoffices.phrases.phrase import Phrase

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DEEPEST = 48
_LEFT_OUT = {
    f"{W}drawing": Phrase("pictures"),
    f"{W}pict": Phrase("pictures"),
    f"{W}object": Phrase("embedded objects"),
    f"{W}footnoteReference": Phrase("footnotes"),
    f"{W}endnoteReference": Phrase("footnotes"),
}
_WORDS = {
    f"{W}t": "",
    f"{W}delText": "",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "\u2011",
}
"""The elements of a run that mean text, and which text; empty for the element's own text."""
_DRAWN: Mapping[str, Callable[[Element], str]] = {f"{W}sym": shown, f"{W}fldChar": form_field_words}
"""The elements of a run that hold no text, and what they show."""
_INSERTING = (f"{W}ins", f"{W}moveTo", f"{W}cellIns", f"{W14}conflictIns")
_DELETING = (f"{W}del", f"{W}moveFrom", f"{W}cellDel", f"{W14}conflictDel")
_APART = (f"{W}txbxContent", f"{W}rt", f"{W}p", f"{W}tbl", f"{W}instrText", f"{W}delInstrText")
"""What has words that do not belong into the line where it stands."""
_MARKS = {f"{W}bookmarkStart": "named", f"{W}commentRangeStart": "from", f"{W}commentRangeEnd": "to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The paragraphs of a file; ``notes`` say what was drawn and not written, and what was rewritten in one line."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """The state of reading one file."""

    styles: Mapping[str, Style]
    numbering: Numbering
    name: str
    code: frozenset[int]
    contents: frozenset[int]
    left_out: Counter[str] = field(default_factory=Counter)
    n_tables: int = 0
    notes: list[str] = field(default_factory=list)
    places: int = 0


def paragraphs_of(document: Element, styles: Element | None, numbering: Numbering, name: str) -> Body:
    """Return the paragraphs of the main part in order.

    Raises
    ------
    ScenarioFileError
        If elements nest too deep.
    """
    walk = _Walk(
        styles=styles_of(styles), numbering=numbering, name=name, code=words_in_code(document),
        contents=lines_of_contents(document),
    )  # fmt: skip
    body = document.find(f"{W}body")
    found = tuple(_paragraphs(walk, body, Token(), 0)) if body is not None else ()
    cells = Phrase("Tables: {n}. Their cells are read one after the other.", n=str(walk.n_tables))
    tables = [cells] if walk.n_tables else []
    left_out = sorted(walk.left_out.items())
    counted = [Phrase("Left out: {what} ({n}).", what=what, n=str(count)) for what, count in left_out]
    return Body(paragraphs=found, notes=(*tables, *walk.notes, *counted))


def _deeper(walk: _Walk, depth: int) -> int:
    if depth > _DEEPEST:
        raise ScenarioFileError(
            Phrase("its parts nest more than {deepest} deep. Save only the text as .docx.", deepest=str(_DEEPEST)),
            kind="too-deep",
            file=walk.name,
        )
    return depth + 1


def _is_frame(tag: str) -> bool:
    """Say whether an element holds properties, which are not words."""
    return tag.endswith(("Pr", "PrChange")) and tag != f"{W}smartTagPr"


def _changed(around: Token, mark: Element) -> Token:
    author = mark.get(f"{W}author", "")
    if mark.tag in _INSERTING:
        return replace(around, inserted=(*around.inserted, author))
    return replace(around, deleted=(*around.deleted, author)) if mark.tag in _DELETING else around


def _row(element: Element, around: Token) -> Token:
    """Return what surrounds the words of a row or a cell, which can be inserted, deleted or hidden as a whole."""
    for frame in (f"{W}trPr", f"{W}tcPr"):
        found = element.find(frame)
        for mark in [] if found is None else found:
            around = _changed(around, mark)
            if mark.tag == f"{W}hidden" and is_on(mark):
                around = replace(around, hidden=True)
    return around


def _paragraphs(walk: _Walk, parent: Element, around: Token, depth: int) -> Iterator[Paragraph]:
    inner = _deeper(walk, depth)
    pending: tuple[Token, ...] = ()
    for child in parent:
        if child.tag == f"{W}p":
            made = _paragraph(walk, child, around, inner)
            yield replace(made, tokens=(*pending, *made.tokens))
            pending = ()
        elif child.tag in _MARKS:
            pending = (*pending, *_marked(child))
        elif child.tag == f"{MC}AlternateContent":
            yield from _paragraphs(walk, chosen(child), around, inner)
        elif not _is_frame(child.tag):
            walk.n_tables += child.tag == f"{W}tbl"
            yield from _paragraphs(walk, child, _row(child, _changed(around, child)), inner)
    if pending:
        yield replace(_paragraph(walk, Element(f"{W}p"), around, inner), tokens=pending)


def _paragraph(walk: _Walk, element: Element, around: Token, depth: int) -> Paragraph:
    walk.places += 1
    frame = element.find(f"{W}pPr")
    style, listed, outline, end = walk.styles.get("", Style()), None, None, around
    if frame is not None:
        given = value_of(frame.find(f"{W}pStyle"))
        style = walk.styles.get(given, Style(name=given))
        outline = frame.find(f"{W}outlineLvl")
        listed = walk.numbering.place(frame.find(f"{W}numPr"), given)
        marks = frame.find(f"{W}rPr")
        for mark in [] if marks is None else marks:
            end = _changed(end, mark)
    first = replace(around, hidden=around.hidden or bool(style.hidden), strike=_strike(style))
    return Paragraph(
        place=walk.places,
        style="toc 1" if id(element) in walk.contents else style.name,
        heading=is_heading(outline, style.heading),
        listed=listed,
        tokens=tuple(token for token in _tokens(walk, element, first, depth) if token.source not in walk.code),
        end_inserted=end.inserted,
        end_deleted=end.deleted,
    )


def _strike(style: Style) -> str:
    return "double" if style.double else "single" if style.strike else ""


def chosen(alternatives: Element) -> Element:
    """Return the first of the alternatives that has words; the others say the same to older programs."""
    for choice in alternatives:
        if any(e.tag.rpartition("}")[2] in ("t", "delText", "sym") for e in choice.iter()):
            return choice
    return alternatives[0] if len(alternatives) else alternatives


def _tokens(walk: _Walk, parent: Element, around: Token, depth: int) -> Iterator[Token]:
    inner = _deeper(walk, depth)
    for child in parent:
        tag = child.tag
        if tag == f"{W}r":
            yield from _run(walk, child, around, inner)
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            yield from _formula(walk, child, around)
        elif tag in _MARKS:
            yield from _marked(child)
        elif tag == f"{MC}AlternateContent":
            yield from _tokens(walk, chosen(child), around, inner)
        elif tag not in _APART and not _is_frame(tag):
            yield from _tokens(walk, child, _changed(around, child), inner)


def _marked(child: Element) -> Iterator[Token]:
    kind = _MARKS[child.tag]
    yield Token(mark=Mark(kind=kind, name=child.get(f"{W}name" if kind == "named" else f"{W}id", "")))


def _formula(walk: _Walk, element: Element, around: Token) -> Iterator[Token]:
    """Yield a formula as one line: each of its words by itself, so that the balance finds it."""
    pieces = list(line_of(element))
    if any(piece.source == 0 for piece in pieces):
        line = "".join(piece.text for piece in pieces)
        walk.notes.append(Phrase("A formula is written in one line, as {line}. Check it.", line=line))
    for piece in pieces:
        made = around
        for mark in piece.inside:
            made = _changed(made, mark)
        yield replace(made, text=piece.text, source=piece.source)


def _run(walk: _Walk, run: Element, around: Token, depth: int) -> Iterator[Token]:
    made = around
    letters = run.find(f"{W}rPr")
    if letters is not None:
        made = _lettered(walk, letters, around)
    yield from _run_words(walk, run, made, depth)


def _lettered(walk: _Walk, letters: Element, around: Token) -> Token:
    given = value_of(letters.find(f"{W}rStyle"))
    style = walk.styles.get(given, Style(name=given)) if given else Style()
    hidden, strike, double = (
        around_on if element is None else is_on(element)
        for element, around_on in (
            (letters.find(f"{W}vanish"), around.hidden if style.hidden is None else style.hidden),
            (letters.find(f"{W}strike"), around.strike == "single" if style.strike is None else style.strike),
            (letters.find(f"{W}dstrike"), around.strike == "double" if style.double is None else style.double),
        )
    )
    made = replace(around, style=style.name, hidden=hidden, strike="double" if double else "single" if strike else "")
    for mark in letters:
        made = _changed(made, mark)
    return made


def _run_words(walk: _Walk, run: Element, made: Token, depth: int) -> Iterator[Token]:
    inner = _deeper(walk, depth)
    for child in run:
        if child.tag in _WORDS:
            yield replace(made, text=_WORDS[child.tag] or child.text or "", source=id(child))
        elif child.tag in _DRAWN:
            yield replace(made, text=_DRAWN[child.tag](child), source=id(child))
        elif child.tag == f"{W}commentReference":
            yield Token(mark=Mark(kind="at", name=child.get(f"{W}id", "")))
        elif child.tag in _LEFT_OUT:
            walk.left_out.update([_LEFT_OUT[child.tag]])
        else:
            yield from _wrapped_words(walk, child, made, inner)


def _wrapped_words(walk: _Walk, child: Element, made: Token, depth: int) -> Iterator[Token]:
    """Yield what stands in a run inside something else."""
    if child.tag == f"{MC}AlternateContent":
        yield from _run_words(walk, chosen(child), made, depth)
    elif child.tag in (f"{W}ruby", f"{W}rubyBase"):
        yield from _run_words(walk, child, made, depth)
    elif child.tag in (f"{W}r", f"{M}oMath", *_INSERTING, *_DELETING):
        around = Element("around")
        around.append(child)
        yield from _tokens(walk, around, made, depth)
