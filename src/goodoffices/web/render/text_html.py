"""Texts as pages draw them: clauses with their numbers at the start side, brackets with variants, changes of words.

Brackets are drawn by the page, never typed: they stand in the flow of the words, so that they mirror with the
direction of writing. Every language has an element of its own with its language and direction.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from markupsafe import Markup, escape

from goodoffices.data_class import dataclass
from goodoffices.languages import direction
from goodoffices.talks.documents.diff import Change, ClauseChange, DocumentComparison, Stretch
from goodoffices.talks.documents.document import Bracket, Clause, Paper, Piece
from goodoffices.talks.documents.markdown import label
from goodoffices.talks.documents.redline import proposed_deletion, strokes
from goodoffices.web.http.markup import fill
from goodoffices.web.render.localize import Localizer

_OPEN = '<span class="bracket"><span class="sign">[</span>'
_CLOSE = '<span class="sign">]</span></span>'
_BAR = '<span class="sign bar">|</span>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How a text is drawn: what stands beside each clause, and where its number leads (by the clause's handle)."""

    localizer: Localizer
    beside: Mapping[str, Markup] = field(default_factory=dict)
    address: Callable[[str], str] | None = None
    states: bool = True


def draw_paper(paper: Paper, how: Drawing) -> Markup:
    """Return one language of a version, clause under clause."""
    return _safe(_around(paper.lang, "".join(_clause(clause, how, paper.lang) for clause in paper.clauses)))


def around(language: str, inner: Markup) -> Markup:
    """Return an element that carries the language of what is in it, and its direction."""
    return _safe(_around(language, inner))


def draw_clause(clause: Clause, how: Drawing, language: str) -> Markup:
    """Return a clause: number, heading, how far it has come, its words, and what stands beside it."""
    return _safe(_clause(clause, how, language))


def draw_pieces(pieces: Iterable[Piece], t: Localizer, language: str) -> Markup:
    """Return plain words and brackets."""
    return _safe(_pieces(pieces, t, direction(language)))


# A long text has thousands of pieces. They are put together as plain text, each escaped where it comes in, and marked
# as safe once at the end: marking every piece by itself takes four times as long.


def _safe(made: str) -> Markup:
    return Markup(made)  # noqa: S704 - all that comes in is escaped, here or by Speech


def _around(language: str, inner: str) -> str:
    return f'<div class="text" lang="{html.escape(language)}" dir="{direction(language)}">{inner}</div>'


def _clause(clause: Clause, how: Drawing, language: str) -> str:
    handle = clause.id or ""
    is_open = clause.open_number or any(not isinstance(piece, str) for piece in clause.pieces)
    state = _state(clause, how, is_open=is_open) if how.states else ""
    place = html.escape(handle or f"c-{clause.number}")
    words = _pieces(clause.pieces, how.localizer, direction(language))
    return (
        f'<div class="clause{" open" if is_open else ""}" id="{place}"><p class="no">{_numbered(clause, how)}</p>'
        f'<div class="body"><h3>{html.escape(clause.heading)}{state}</h3><p>{words}</p>'
        f"{how.beside.get(handle, '')}</div></div>"
    )


def _number(number: str) -> str:
    return f'<bdi dir="ltr">{html.escape(number)}.</bdi>'


def _numbered(clause: Clause, how: Drawing) -> str:
    number = f"{_OPEN}{_number(clause.number)}{_CLOSE}" if clause.open_number else _number(clause.number)
    if how.address is None or not clause.id:
        return number
    return f'<a href="{html.escape(how.address(clause.id))}">{number}</a>'


def _state(clause: Clause, how: Drawing, *, is_open: bool) -> str:
    word = "bracketed" if is_open else clause.state.value
    t = how.localizer
    if word == "proposed":
        return ""
    return (
        f' <span class="stage {word}" lang="{t.language}" dir="{t.catalogue.direction}">{t.word("clause", word)}</span>'
    )


def _pieces(pieces: Iterable[Piece], t: Localizer, way: str) -> str:
    return "".join(html.escape(piece) if isinstance(piece, str) else _bracket(piece, t, way) for piece in pieces)


def _bracket(bracket: Bracket, t: Localizer, way: str) -> str:
    # A variant is an island with the direction of its text: else its Latin letter would turn the line around it.
    alone = len(bracket.variants) == 1
    drawn = (
        f'<bdi class="variant{" compromise" if variant.compromise else ""}" dir="{way}">'
        f"{'' if alone else _letter(place)}"
        f"{_pieces(variant.pieces, t, way) if variant.pieces else _nothing(t)}</bdi>"
        for place, variant in enumerate(bracket.variants)
    )
    return f"{_OPEN}{_BAR.join(drawn)}{_CLOSE}"


def _letter(place: int) -> str:
    return f'<bdi class="letter" dir="ltr">{label(place)}</bdi> '


def _nothing(t: Localizer) -> str:
    return f'<em class="nothing">{t("no words")}</em>'


def draw_beside(papers: Sequence[Paper], how: Drawing) -> Markup:
    """Return two to four languages in columns, clause beside clause; a clause that one lacks leaves its place empty."""
    order = dict.fromkeys(_key(clause) for paper in papers for clause in paper.clauses)
    held = [{_key(clause): clause for clause in paper.clauses} for paper in papers]
    rows = []
    for key in order:
        cells = (
            _around(paper.lang, _clause(of[key], how, paper.lang) if key in of else _missing(how.localizer))
            for paper, of in zip(papers, held, strict=True)
        )
        rows.append(f'<div class="abreast">{"".join(cells)}</div>')
    return _safe(f'<div class="columns of-{len(papers)}">{"".join(rows)}</div>')


def _key(clause: Clause) -> str:
    return clause.id or clause.number


def _missing(t: Localizer) -> str:
    sentence = t("This language has no such clause.")
    return f'<p class="empty" lang="{t.language}" dir="{t.catalogue.direction}">{sentence}</p>'


def draw_legend(comparison: DocumentComparison, how: Drawing) -> Markup:
    """Return a text marked as in the 1996 legend against another version; each mark can be told without colour."""
    t, lang = how.localizer, comparison.lang
    rows = "".join(_struck(change, how, lang) for change in comparison.clauses)
    return _safe(f'<div class="strokes">{_around(lang, rows)}</div>') if rows else escape(t("no words"))


def _struck(change: ClauseChange, how: Drawing, lang: str) -> str:
    clause = change.after
    if clause is None:
        gone = change.before
        return (
            ""
            if gone is None
            else _row(gone, how, f"<del>{_pieces(gone.pieces, how.localizer, direction(lang))}</del>")
        )
    if change.before is None:
        words = "".join(_stroke(Change.ADDED, piece, how.localizer, lang) for piece in clause.pieces)
    else:
        words = "".join(_stroke(kind, piece, how.localizer, lang) for kind, piece in strokes(change.before, clause))
    return _row(clause, how, words)


def _row(clause: Clause, how: Drawing, words: str) -> str:
    return (
        f'<div class="clause" id="{html.escape(clause.id or "")}"><p class="no">{_numbered(clause, how)}</p>'
        f'<div class="body"><h3>{html.escape(clause.heading)}</h3><p>{words}</p></div></div>'
    )


def _stroke(change: Change, piece: Piece, t: Localizer, lang: str) -> str:
    if isinstance(piece, str):
        tag = {Change.ADDED: "ins", Change.REMOVED: "del"}.get(change)
        return html.escape(piece) if tag is None else f"<{tag}>{html.escape(piece)}</{tag}>"
    way, words = direction(lang), proposed_deletion(piece)
    if words is None:
        return _bracket(piece, t, way)
    return f'{_OPEN}<del class="proposed">{_pieces(words.pieces, t, way)}</del>{_CLOSE}'


def draw_changes(comparison: DocumentComparison, how: Drawing, *, kept: bool = False) -> Markup:
    """Return what became of the title and the clauses between two copies; those kept as they are only if ``kept``."""
    changes = comparison.clauses if kept else comparison.differing
    title = fill('<p class="title">{}</p>', draw_stretches(comparison.title)) if comparison.title else Markup("")
    drawn = (_change(change, how, comparison.lang) for change in changes)
    return around(comparison.lang, Markup("").join((title, *drawn)))


def _change(change: ClauseChange, how: Drawing, language: str) -> Markup:
    t, clause = how.localizer, change.after or change.before
    words = draw_stretches(change.words) if change.words else _whole(change, t, language)
    kinds = ["moved"] * change.moved + [change.change.value]
    flags = (
        fill(
            '<span class="stage {}" lang="{}" dir="{}">{}</span>',
            kind,
            t.language,
            t.catalogue.direction,
            t.word("change-of-clause", kind),
        )
        for kind in kinds
    )
    number = _safe(_number(change.number) if clause is None else _numbered(clause, how))
    return fill(
        '<div class="clause change"><p class="no">{}</p><div class="body">{}<p>{}</p></div></div>',
        number,
        Markup(" ").join(flags),
        words,
    )


def _whole(change: ClauseChange, t: Localizer, language: str) -> Markup:
    clause = change.after or change.before
    if clause is None:
        return Markup("")
    words = draw_pieces(clause.pieces, t, language)
    heading = fill("<strong>{}</strong> ", clause.heading) if clause.heading else Markup("")
    tag = {Change.ADDED: Markup("<ins>{}</ins>"), Change.REMOVED: Markup("<del>{}</del>")}.get(change.change)
    return heading + (words if tag is None else tag.format(words))


def draw_stretches(stretches: Iterable[Stretch]) -> Markup:
    """Return words with what was put in and what was taken out; each also has a mark, not only a colour.

    The first line, number and heading, stands by itself if it was kept.
    """
    heading, rest = _headed(_joined(stretches))
    tags = {Change.ADDED: Markup("<ins>{}</ins>"), Change.REMOVED: Markup("<del>{}</del>")}
    words = Markup("").join(tags.get(s.change, Markup("{}")).format(_seen(s)) for s in rest)
    return fill("<strong>{}</strong>\n{}", heading, words) if heading else words


def _seen(stretch: Stretch) -> str:
    """Return the words of a stretch; an end of a paragraph that came or went is shown as ¶, or nobody would see it."""
    return stretch.text if stretch.change is Change.KEPT else stretch.text.replace("\n\n", " ¶\n\n")


def draw_one_side(stretches: Iterable[Stretch], *, before: bool) -> Markup:
    """Return the words of one of two copies, marking those that the other does not have."""
    gone, own = (Change.ADDED, Change.REMOVED) if before else (Change.REMOVED, Change.ADDED)
    heading, rest = _headed(_joined(s for s in _joined(stretches) if s.change is not gone))
    marked = Markup("<mark>{}</mark>")
    words = Markup("").join(marked.format(s.text) if s.change is own else escape(s.text) for s in rest)
    return fill('<div class="clause"><div class="body"><h3>{}</h3><p>{}</p></div></div>', heading, words)


def draw_plain(stretches: Iterable[Stretch], *, before: bool) -> Markup:
    """Return plain words as they stand or as they would, marking those that the other side does not have."""
    gone, own = (Change.ADDED, Change.REMOVED) if before else (Change.REMOVED, Change.ADDED)
    tag = Markup("<del>{}</del>") if before else Markup("<ins>{}</ins>")
    kept = _joined(s for s in _joined(stretches) if s.change is not gone)
    return Markup("").join(tag.format(s.text) if s.change is own else escape(s.text) for s in kept)


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
