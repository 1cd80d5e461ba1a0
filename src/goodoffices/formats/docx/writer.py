"""A text as a ``.docx`` file: clean, marked, or in the strokes of the legend of 1996. Same paper, same bytes.

What lasts is named by bookmarks (``go_cl4_agreed``, ``go_br1``, ``go_va2``), which word processors keep when the file
is opened and saved. Signs that mark stand in a character style of their own; a bracket that belongs to the words stands
in another, so that reading the file back cannot take the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from xml.sax.saxutils import escape, unescape

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.formats.docx.clause_detection import TEXT_MARK
from goodoffices.formats.docx.clause_labels import CLOSE, OPEN, may_begin_clause
from goodoffices.formats.docx.static_parts import NAMESPACES, STROKES, around
from goodoffices.formats.docx.zip_package import pack
from goodoffices.languages import direction
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.diff import Change, compare, flat
from goodoffices.talks.documents.document import (
    Bracket,
    Clause,
    ClauseState,
    Paper,
    Piece,
    Variant,
    brackets_of,
    normal,
    open_numbers,
)
from goodoffices.talks.documents.markdown import label
from goodoffices.talks.documents.redline import strokes

_TAGS = re.compile("<[^>]*>")
_LITERAL = re.compile(r"([\[\]|]+)")
_LEFTWARD = "A-Za-z\u00c0-\u058f"
_TURNS = re.compile(f"([{_LEFTWARD}][{_LEFTWARD}0-9'’–-]*(?: [{_LEFTWARD}][{_LEFTWARD}0-9'’–-]*)*)")
_CODES = re.compile(r"(\d{4}(?: \d{4})+)")
_LEFT_TO_RIGHT, _ENDED = "\u202a", "\u202c"
"""Around a check code in a text from right to left: else its groups of digits are drawn in the opposite order.

Word processors know these older characters, and not all know the newer isolates. Reading drops them.
"""
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    'w:header="567" w:footer="567" w:gutter="0"/>'
)
"""A4 with margins of 2 cm, in twentieths of a point."""


class Look(StrEnum):
    """How a text is drawn."""

    CLEAN = "clean"
    MARKED = "marked"
    LEGEND = "legend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark in the margin of a clause. It has no author: the seat that saves the file knows whose it is."""

    clause: str
    words: str


def write_docx(
    paper: Paper,
    *,
    look: Look = Look.MARKED,
    base: Paper | None = None,
    notes: Sequence[Note] = (),
    lines: Sequence[str] = (),
    band: str = "",
) -> bytes:
    """Return the paper as a ``.docx`` file.

    Parameters
    ----------
    paper
        The words in one language, variants in the order of their labels.
    look
        ``clean`` refuses brackets; ``legend`` draws the strokes of 1996 against ``base``.
    base
        The version against which *new* and *gone* are drawn; none: nothing is new.
    notes
        Remarks in the margin, by the clauses' lasting names.
    lines
        Lines under the title that are not part of the text: the check code, whom the text is about.
    band
        What stands at the head of every page, such as that it is an exercise.

    Raises
    ------
    ScenarioError
        If ``look`` is clean and a bracket is left.
    """
    if look is Look.CLEAN:
        refuse_brackets(paper)
    body = _Body(rtl=direction(paper.lang) == "rtl", legend=look is Look.LEGEND)
    body.paragraph("GoTitle", body.mark(f"go_lang_{paper.lang.replace('-', '_')}") + body.words(paper.title))
    for line in (band, *lines) if band else lines:
        body.paragraph("GoLine", body.words(normal(line)))
    for before, after in _pairs(base, paper, legend=look is Look.LEGEND):
        if after is None:
            body.paragraph("GoGoneClause", body.words(_gone(before)))
        else:
            _clause(body, after, before, new=base is not None and before is None, notes=notes)
    if look is Look.LEGEND:
        for style, meaning in (("GoMark", "[text still under discussion]"), *STROKES.values()):
            body.paragraph("GoLine", body.words(meaning, style))
    frame = "<w:bidi/>" if body.rtl else ""
    headed = '<w:headerReference w:type="default" r:id="rId3"/>' if band else ""
    page = f"<w:sectPr>{headed}{_PAGE}{frame}</w:sectPr>"
    header = f'<w:p><w:pPr><w:pStyle w:val="GoLine"/>{frame}</w:pPr>{body.words(band)}</w:p>' if band else ""
    document = f"<w:document {NAMESPACES}><w:body>{''.join(body.made)}{page}</w:body></w:document>"
    return pack(around(document, "".join(body.remarks), header))


def refuse_brackets(paper: Paper) -> None:
    """Refuse a paper that is not clean, naming the clauses."""
    left = open_numbers(paper)
    if left:
        raise ScenarioError(
            Phrase(
                "clauses {names} have brackets; only a text without brackets has a clean copy: "
                "settle them, or take the marked copy",
                names=", ".join(left),
            )
        )


def _pairs(base: Paper | None, paper: Paper, *, legend: bool) -> list[tuple[Clause | None, Clause | None]]:
    if base is None or not legend:
        return [(None, clause) for clause in paper.clauses]
    return [(change.before, change.after) for change in compare(base, paper).clauses]


def _gone(clause: Clause | None) -> str:
    return "" if clause is None else f"{clause.number}. {clause.heading} {flat(clause.pieces)}".strip()


@dataclass(slots=True)
class _Body:
    """The paragraphs made so far, and what is counted on the way."""

    rtl: bool
    legend: bool
    made: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    marks: int = 0

    def paragraph(self, style: str, runs: str) -> None:
        frame = f'<w:pStyle w:val="{style}"/>' + ("<w:bidi/>" if self.rtl else "")
        self.made.append(f"<w:p><w:pPr>{frame}</w:pPr>{runs}</w:p>")

    def mark(self, name: str) -> str:
        self.marks += 1
        return f'<w:bookmarkStart w:id="{self.marks}" w:name="{name}"/><w:bookmarkEnd w:id="{self.marks}"/>'

    def sign(self, text: str) -> str:
        return _run(text, "GoMark", rtl=self.rtl and not any(sign.isalpha() for sign in text))

    def words(self, text: str, style: str = "") -> str:
        made: list[str] = []
        literal = style if style in (STROKES["gone"][0], "GoMark") else "GoLiteral"
        for k, part in enumerate(_LITERAL.split(text)):
            made += self._turned(part, literal if k % 2 else style)
        return "".join(made)

    def _turned(self, text: str, style: str) -> list[str]:
        """Return runs of one direction each; in a text from left to right there is one."""
        if not self.rtl:
            return [_run(text, style, rtl=False)] if text else []
        made: list[str] = []
        for k, part in enumerate(_CODES.split(text)):
            if k % 2:
                made.append(_run(f"{_LEFT_TO_RIGHT}{part}{_ENDED}", style, rtl=False))
            else:
                turns = enumerate(_TURNS.split(part))
                made += [_run(turn, style, rtl=at % 2 == 0) for at, turn in turns if turn]
        return made


def _run(text: str, style: str, *, rtl: bool) -> str:
    frame = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:rtl/>" if rtl else "")
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{frame}</w:rPr>' if frame else ''}{'<w:br/>'.join(lines)}</w:r>"


def _clause(body: _Body, clause: Clause, before: Clause | None, *, new: bool, notes: Sequence[Note]) -> None:
    opens, closes = (body.sign("["), body.sign("]")) if clause.open_number else ("", "")
    named = body.mark(_clause_mark(clause)) if clause.id else ""
    stroke = STROKES["new"][0] if new else ""
    head = f" {clause.heading}" if clause.heading else ""
    runs = f"{named}{opens}{body.words(f'{clause.number}.')}{closes}{body.words(head, stroke)}"
    body.paragraph("GoClause", runs + "".join(_note(body, n) for n in notes if n.clause == clause.id))
    if body.legend and before is not None:
        drawn = _against(body, before, clause)
    else:
        drawn = _pieces(body, clause.pieces, stroke)
    for paragraph in drawn.split(_BREAK) if drawn else []:
        shown = unescape(_TAGS.sub("", paragraph)).replace("[", OPEN).replace("]", CLOSE)
        # A paragraph such as "2. or later" is text of this clause, and no clause when the file comes back.
        mark = body.mark(f"{TEXT_MARK}{body.marks + 1}") if may_begin_clause(shown) else ""
        body.paragraph("GoBody", mark + paragraph)


def _clause_mark(clause: Clause) -> str:
    state = "" if clause.state is ClauseState.PROPOSED else "_" + clause.state.value.replace("-", "_")
    return f"go_{clause.id}{state}"


def _note(body: _Body, note: Note) -> str:
    n = len(body.remarks)
    body.remarks.append(
        f'<w:comment w:id="{n}" w:author="" w:initials="">'
        f"<w:p>{_run(normal(note.words), '', rtl=False)}</w:p></w:comment>"
    )
    return f'<w:r><w:commentReference w:id="{n}"/></w:r>'


_BREAK = "\f"
"""Marks the end of a paragraph inside a body; no text contains it."""


def _plain(body: _Body, text: str, style: str = "") -> str:
    return _BREAK.join(body.words(part, style) for part in text.split("\n\n"))


def _pieces(body: _Body, pieces: Iterable[Piece], style: str = "") -> str:
    return "".join(_plain(body, p, style) if isinstance(p, str) else _bracket(body, p) for p in pieces)


def _named(body: _Body, name: str | None, kind: str) -> str:
    return body.mark(f"go_{name}") if name and re.fullmatch(kind + r"\d+", name) else ""


def _bracket(body: _Body, bracket: Bracket) -> str:
    opened = _named(body, bracket.id, "br") + body.sign("[")
    words = [v for v in bracket.variants if v.pieces]
    empty = next((v for v in bracket.variants if not v.pieces), None)
    if body.legend and len(words) == 1 and _one_stroke_tells(words[0], empty):
        return opened + _sole(body, words[0], empty) + body.sign("]")
    shown = (_variant(body, v, place) for place, v in enumerate(bracket.variants))
    return opened + body.sign(" | ").join(shown) + body.sign("]")


def _one_stroke_tells(variant: Variant, empty: Variant | None) -> bool:
    """Say whether one stroke is enough: there is nothing to show, or there is text to strike and no bracket in it."""
    if empty is None and not variant.compromise:
        return True
    if empty is not None and variant.compromise:
        return False
    words = "".join(piece for piece in variant.pieces if isinstance(piece, str))
    return not any(brackets_of(variant.pieces)) and bool(_LITERAL.sub("", words).strip())


def _sole(body: _Body, variant: Variant, empty: Variant | None) -> str:
    """Draw a bracket as the legend does: only the text, struck if the other variant is empty."""
    kind = "proposed" if empty is not None else "compromise" if variant.compromise else ""
    drawn = _named(body, variant.id, "va") + _pieces(body, variant.pieces, STROKES[kind][0] if kind else "")
    return drawn + (_named(body, empty.id, "va") if empty is not None else "")


def _variant(body: _Body, variant: Variant, place: int) -> str:
    style = STROKES["compromise"][0] if body.legend and variant.compromise else ""
    mark = _named(body, variant.id, "va") + body.sign(label(place) + ("~" if variant.compromise else "") + ":")
    return mark + (body.words(" ") + _pieces(body, variant.pieces, style) if variant.pieces else "")


def _against(body: _Body, before: Clause, after: Clause) -> str:
    """Draw a clause with what is new and what was removed since ``before``; a bracket counts as one character."""
    styles = {Change.ADDED: STROKES["new"][0], Change.REMOVED: STROKES["gone"][0]}
    return "".join(
        _bracket(body, piece) if isinstance(piece, Bracket) else _plain(body, piece, styles.get(change, ""))
        for change, piece in strokes(before, after)
    )
