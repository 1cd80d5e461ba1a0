"""What a pen does to one clause with a button: brackets, variants, and words that go back into their names.

Everything returns a new clause; brackets and variants that stay keep their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.diff import flat
from goodoffices.talks.documents.document import Bracket, Clause, Paper, Piece, Variant, brackets_of, normal
from goodoffices.talks.documents.markdown import read_paper

_WORD = re.compile(r"\S+")


def with_clause(paper: Paper, clause: Clause) -> Paper:
    """Return the paper with the clause of the same name replaced."""
    return replace(paper, clauses=tuple(clause if held.id == clause.id else held for held in paper.clauses))


def without_clause(paper: Paper, name: str) -> Paper:
    """Return the paper without one clause."""
    return replace(paper, clauses=tuple(clause for clause in paper.clauses if clause.id != name))


def moved_up(paper: Paper, name: str) -> Paper:
    """Return the paper with one clause before the one that stood above it; the two change numbers."""
    names = [clause.id for clause in paper.clauses]
    place = names.index(name) if name in names else 0
    if place == 0:
        return paper
    held = list(paper.clauses)
    above, clause = held[place - 1], held[place]
    held[place - 1 : place + 1] = [replace(clause, number=above.number), replace(above, number=clause.number)]
    return replace(paper, clauses=tuple(held))


def with_new_clause(paper: Paper, after: str, number: str, heading: str, words: str) -> Paper:
    """Return the paper with a new clause after another one."""
    made: list[Clause] = []
    new = Clause(number=number, heading=normal(heading), pieces=(normal(words),) if words.strip() else ())
    for clause in paper.clauses:
        made += [clause, new] if clause.id == after else [clause]
    return replace(paper, clauses=tuple(made) if new in made else (*made, new))


def next_number(papers: Iterable[Paper]) -> str:
    """Return the first whole number after those of all clauses.

    Examples
    --------
    >>> next_number([Paper(lang="en", title="", clauses=(Clause(number="2"), Clause(number="3.1")))])
    '4'
    """
    firsts = (re.match(r"\d+", clause.number) for paper in papers for clause in paper.clauses)
    return str(max((int(found[0]) for found in firsts if found is not None), default=0) + 1)


# --------------------------------------------------------------------------------------------------- words and names


def words_in(pieces: Sequence[Piece]) -> tuple[tuple[int, int, int, str], ...]:
    """Return the words outside brackets: the place of the piece, where the word begins and ends in it, the word.

    Examples
    --------
    >>> words_in(("on 1 May",))
    ((0, 0, 2, 'on'), (0, 3, 4, '1'), (0, 5, 8, 'May'))
    """
    return tuple(
        (place, found.start(), found.end(), found[0])
        for place, piece in enumerate(pieces)
        if isinstance(piece, str)
        for found in _WORD.finditer(piece)
    )


def bracketed(clause: Clause, first: int, last: int, other: str = "", *, name: str | None = None) -> Clause:
    """Return the clause with the words from ``first`` to ``last`` in brackets, and ``other`` words as variant B.

    ``name`` is that of the same bracket in another language.

    Raises
    ------
    ScenarioError
        If there are no such words, or a bracket stands between them.
    """
    words = words_in(clause.pieces)
    if not 0 <= first <= last < len(words):
        raise ScenarioError(Phrase("the last of these words stands before the first; choose them in order"))
    (place, start, *_), (other_place, _, end, _) = words[first], words[last]
    if place != other_place:
        raise ScenarioError(Phrase("a bracket stands between these words; choose words on one side of it"))
    text = clause.pieces[place]
    assert isinstance(text, str)
    variants: tuple[Variant, ...] = (Variant(pieces=(text[start:end],)),)
    if other.strip():
        variants += (Variant(pieces=(normal(other),)),)
    made: list[Piece] = [text[:start], Bracket(variants=variants, id=name), text[end:]]
    pieces = (*clause.pieces[:place], *(piece for piece in made if piece != ""), *clause.pieces[place + 1 :])
    return replace(clause, pieces=pieces)


def with_variant(clause: Clause, bracket: str, words: str) -> Clause:
    """Return the clause with one more variant, the last, in a bracket."""
    new = Variant(pieces=(normal(words),) if words.strip() else ())
    return replace(clause, pieces=_walked(clause.pieces, bracket, lambda b: (_more(b, new),)))


def without_variant(clause: Clause, bracket: str, variant: str) -> Clause:
    """Return the clause without a variant; a bracket whose last variant goes is gone with it."""

    def left(held: Bracket) -> tuple[Piece, ...]:
        variants = tuple(v for v in held.variants if v.id != variant)
        return (replace(held, variants=variants),) if any(v.pieces for v in variants) else ()

    return replace(clause, pieces=_walked(clause.pieces, bracket, left))


def only_variant(clause: Clause, bracket: str, variant: str) -> Clause:
    """Return the clause with the words of one variant in the place of a bracket."""

    def kept(held: Bracket) -> tuple[Piece, ...]:
        return next((v.pieces for v in held.variants if v.id == variant), (held,))

    return replace(clause, pieces=_walked(clause.pieces, bracket, kept))


def _more(bracket: Bracket, new: Variant) -> Bracket:
    return replace(bracket, variants=(*bracket.variants, new))


def _walked(pieces: Sequence[Piece], bracket: str, change: Callable[[Bracket], tuple[Piece, ...]]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            made.append(piece)
        elif piece.id == bracket:
            made += change(piece)
        else:
            inner = (replace(v, pieces=_walked(v.pieces, bracket, change)) for v in piece.variants)
            made.append(replace(piece, variants=tuple(inner)))
    return joined(made)


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbouring stretches of plain text joined, and empty ones left out."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        elif piece != "":
            made.append(piece)
    return tuple(made)


def rewritten(clause: Clause, body: str, heading: str | None = None) -> Clause:
    """Return the clause with a body that was typed as Markdown without names; what stays keeps its name.

    Raises
    ------
    ScenarioError
        If a bracket is not closed, nests too deep, or stands twice.
    """
    text = "\n".join(line for line in body.split("\n"))
    read = read_paper(f"# -\n\n## 1.\n\n{_no_heads(text)}", "en").clauses[0]
    pieces = _named(read.pieces, list(brackets_of(clause.pieces)))
    return replace(clause, pieces=pieces, heading=clause.heading if heading is None else normal(heading))


def _no_heads(text: str) -> str:
    """Return words in which no line begins like the heading of a clause."""
    return re.sub(r"(?m)^#", r"\\#", text)


def _named(pieces: Sequence[Piece], held: list[Bracket]) -> tuple[Piece, ...]:
    """Return pieces with the names of the brackets that they resemble most; each name is used once."""
    new = list(brackets_of(pieces))
    names = _matched(new, held)

    def walk(given: Sequence[Piece]) -> tuple[Piece, ...]:
        return tuple(piece if isinstance(piece, str) else bracket(piece) for piece in given)

    def bracket(given: Bracket) -> Bracket:
        twin = names.get(id(given))
        ids = _variant_names(given, twin)
        variants = tuple(
            replace(v, id=name, source=v.source if name is None else None, pieces=walk(v.pieces))
            for v, name in zip(given.variants, ids, strict=True)
        )
        return Bracket(variants=variants, id=None if twin is None else twin.id)

    return walk(pieces)


def _matched(new: list[Bracket], held: list[Bracket]) -> dict[int, Bracket]:
    """Return for each new bracket the one held that shares most variants with it, or stands in the same place."""
    free, found = list(held), dict[int, Bracket]()
    for bracket in new:
        best = max(free, key=lambda one: _shared(bracket, one), default=None)
        if best is not None and _shared(bracket, best):
            found[id(bracket)] = best
            free.remove(best)
    left = [bracket for bracket in new if id(bracket) not in found]
    if len(left) == len(free):
        found |= {id(bracket): other for bracket, other in zip(left, free, strict=True)}
    return found


def _shared(one: Bracket, other: Bracket) -> int:
    mine = {flat(v.pieces) for v in one.variants}
    return sum(flat(v.pieces) in mine for v in other.variants)


def _variant_names(bracket: Bracket, twin: Bracket | None) -> list[str | None]:
    """Return the names of the variants: by equal words, and else by place if as many stand there as before."""
    if twin is None:
        return [None] * len(bracket.variants)
    by_words = {flat(v.pieces): v.id for v in twin.variants}
    names = [by_words.get(flat(v.pieces)) for v in bracket.variants]
    if len(bracket.variants) == len(twin.variants):
        used = {name for name in names if name is not None}
        for place, other in enumerate(twin.variants):
            if names[place] is None and other.id not in used:
                names[place] = other.id
    return names
