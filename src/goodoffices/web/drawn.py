"""Texts as pages draw them: clauses with their numbers at the start side, brackets with variants, changes of words.

Brackets are drawn by the page, never typed: their signs stand in the flow of the words, so that they mirror with the
direction of writing. Every language has an element of its own with its language and direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from goodoffices.talks.comparing import Change, ClauseChange, Comparison, Stretch
from goodoffices.talks.notation import label
from goodoffices.talks.papers import Bracket, Clause, Paper, Piece
from goodoffices.web.speech import Speech

__all__ = [
    "Drawing",
    "around",
    "direction",
    "draw_beside",
    "draw_changes",
    "draw_clause",
    "draw_one_side",
    "draw_paper",
    "draw_stretches",
]

_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_OPEN = Markup('<span class="bracket"><span class="sign">[</span>')
_CLOSE = Markup('<span class="sign">]</span></span>')
_BAR = Markup('<span class="sign bar">|</span>')
_LETTER = Markup('<b class="letter">{}</b> ').format
_VARIANT = Markup('<span class="variant{}">{}<bdi>{}</bdi></span>').format
_CLAUSE = Markup(
    '<div class="clause{open}" id="{id}"><p class="no">{number}</p><div class="body"><h3>{heading}{state}</h3>'
    "<p>{words}</p>{beside}</div></div>"
).format
_NUMBER = Markup('<bdi dir="ltr">{}.</bdi>').format
_OPEN_NUMBER = Markup(
    '<span class="bracket"><span class="sign">[</span><bdi dir="ltr">{}.</bdi><span class="sign">]</span></span>'
)
_PAPER = Markup('<div class="text" lang="{lang}" dir="{dir}">{inner}</div>').format


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How a text is drawn: what stands beside each clause, and where its number leads (by the clause's handle)."""

    speech: Speech
    beside: Mapping[str, Markup] = field(default_factory=dict)
    address: Callable[[str], str] | None = None
    states: bool = True


def direction(language: str) -> str:
    """Return the direction of writing of a language's usual script."""
    return "rtl" if language in _RTL else "ltr"


def draw_paper(paper: Paper, how: Drawing) -> Markup:
    """Return one language of a version, clause under clause."""
    return around(paper.lang, Markup("").join(draw_clause(clause, how) for clause in paper.clauses))


def around(language: str, inner: Markup) -> Markup:
    """Return an element that carries the language of what is in it, and its direction."""
    return _PAPER(lang=language, dir=direction(language), inner=inner)


def draw_clause(clause: Clause, how: Drawing) -> Markup:
    """Return a clause: number, heading, how far it has come, its words, and what stands beside it."""
    handle = clause.id or ""
    is_open = clause.open_number or any(not isinstance(piece, str) for piece in clause.pieces)
    number = _numbered(clause, how)
    return _CLAUSE(
        open=" open" if is_open else "",
        id=handle or f"c-{clause.number}",
        number=number,
        heading=escape(clause.heading),
        state=_state(clause, how, is_open=is_open) if how.states else "",
        words=draw_pieces(clause.pieces, how.speech),
        beside=how.beside.get(handle, ""),
    )


def _numbered(clause: Clause, how: Drawing) -> Markup:
    number = _OPEN_NUMBER.format(clause.number) if clause.open_number else _NUMBER(clause.number)
    if how.address is None or not clause.id:
        return number
    return Markup('<a href="{}">{}</a>').format(how.address(clause.id), number)


def _state(clause: Clause, how: Drawing, *, is_open: bool) -> Markup:
    word = "bracketed" if is_open else clause.state.value
    if word == "proposed":
        return Markup("")
    said = Markup(' <span class="stage {}" lang="{}" dir="{}">{}</span>')
    return said.format(word, how.speech.language, how.speech.tongue.direction, how.speech.word("clause", word))


def draw_pieces(pieces: Iterable[Piece], t: Speech) -> Markup:
    """Return plain words and brackets."""
    return Markup("").join(escape(p) if isinstance(p, str) else _bracket(p, t) for p in pieces)


def _bracket(bracket: Bracket, t: Speech) -> Markup:
    alone = len(bracket.variants) == 1
    drawn = (
        _VARIANT(
            " compromise" if variant.compromise else "",
            "" if alone else _LETTER(label(place)),
            draw_pieces(variant.pieces, t)
            if variant.pieces
            else Markup('<em class="nothing">{}</em>').format(t("no words")),
        )
        for place, variant in enumerate(bracket.variants)
    )
    return _OPEN + _BAR.join(drawn) + _CLOSE


def draw_beside(papers: Sequence[Paper], how: Drawing) -> Markup:
    """Return two to four languages in columns, clause beside clause; a clause that one lacks leaves its place empty."""
    order = dict.fromkeys(_key(clause) for paper in papers for clause in paper.clauses)
    held = [{_key(clause): clause for clause in paper.clauses} for paper in papers]
    rows = []
    for key in order:
        cells = (
            around(paper.lang, draw_clause(of[key], how) if key in of else _missing(how.speech))
            for paper, of in zip(papers, held, strict=True)
        )
        rows.append(Markup('<div class="abreast">{}</div>').format(Markup("").join(cells)))
    return Markup('<div class="columns of-{}">{}</div>').format(len(papers), Markup("").join(rows))


def _key(clause: Clause) -> str:
    return clause.id or clause.number


def _missing(t: Speech) -> Markup:
    return Markup('<p class="empty" lang="{}" dir="{}">{}</p>').format(
        t.language, t.tongue.direction, t("This language has no such clause.")
    )


def draw_changes(comparison: Comparison, how: Drawing, *, kept: bool = False) -> Markup:
    """Return what became of each clause between two copies; those kept as they are only if ``kept``."""
    changes = comparison.clauses if kept else comparison.differing
    return around(comparison.lang, Markup("").join(_change(change, how) for change in changes))


def _change(change: ClauseChange, how: Drawing) -> Markup:
    t, clause = how.speech, change.after or change.before
    words = draw_stretches(change.words) if change.words else _whole(change, t)
    flag = Markup('<span class="stage {}" lang="{}" dir="{}">{}</span>').format(
        change.change.value, t.language, t.tongue.direction, t.word("change-of-clause", change.change.value)
    )
    number = _NUMBER(change.number) if clause is None else _numbered(clause, how)
    return Markup('<div class="clause change"><p class="no">{}</p><div class="body">{}<p>{}</p></div></div>').format(
        number, flag, words
    )


def _whole(change: ClauseChange, t: Speech) -> Markup:
    clause = change.after or change.before
    if clause is None:
        return Markup("")
    words = draw_pieces(clause.pieces, t)
    heading = Markup("<strong>{}</strong> ").format(clause.heading) if clause.heading else Markup("")
    tag = {Change.ADDED: Markup("<ins>{}</ins>"), Change.REMOVED: Markup("<del>{}</del>")}.get(change.change)
    return heading + (words if tag is None else tag.format(words))


def draw_stretches(stretches: Iterable[Stretch]) -> Markup:
    """Return words with what was put in and what was taken out; each also has a sign, not a colour alone.

    The first line, number and heading, stands by itself if it was kept.
    """
    heading, rest = _headed(_joined(stretches))
    tags = {Change.ADDED: Markup("<ins>{}</ins>"), Change.REMOVED: Markup("<del>{}</del>")}
    words = Markup("").join(tags.get(s.change, Markup("{}")).format(s.text) for s in rest)
    return Markup("<strong>{}</strong>\n{}").format(heading, words) if heading else words


def draw_one_side(stretches: Iterable[Stretch], *, before: bool) -> Markup:
    """Return the words of one of two copies, marking those that the other does not have."""
    gone, own = (Change.ADDED, Change.REMOVED) if before else (Change.REMOVED, Change.ADDED)
    heading, rest = _headed(_joined(s for s in _joined(stretches) if s.change is not gone))
    marked = Markup("<mark>{}</mark>")
    words = Markup("").join(marked.format(s.text) if s.change is own else escape(s.text) for s in rest)
    return Markup('<div class="clause"><div class="body"><h3>{}</h3><p>{}</p></div></div>').format(heading, words)


def _headed(stretches: list[Stretch]) -> tuple[str, list[Stretch]]:
    """Return the heading without its number, if it was kept, and the stretches after it."""
    if not stretches or stretches[0].change is not Change.KEPT or "\n" not in stretches[0].text:
        return "", stretches
    line, _, rest = stretches[0].text.partition("\n")
    return line.partition(" ")[2], [replace(stretches[0], text=rest), *stretches[1:]]


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in which a blank between two changes belongs to them: *31 December* is one change, not two."""
    made: list[Stretch] = []
    for one in stretches:
        before_last = made[-2] if len(made) > 1 else None
        blank = bool(made) and made[-1].change is Change.KEPT and made[-1].text == " "
        if blank and before_last is not None and before_last.change is one.change is not Change.KEPT:
            made[-2:] = [replace(one, text=f"{before_last.text} {one.text}")]
        elif made and made[-1].change is one.change:
            made[-1] = replace(one, text=made[-1].text + one.text)
        else:
            made.append(one)
    return made
