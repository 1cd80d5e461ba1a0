"""Match clauses, brackets and variants across the language versions of a text.

A pen writes one paper per language. Clauses are matched by name or number, brackets by place in their clause, variants
by name or by place in their bracket. If all authentic languages have the same ones in the same order, the version is
*sealed*. Equal structure does not mean equal meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.document import (
    Bracket,
    Clause,
    Paper,
    Piece,
    Variant,
    brackets_of,
    ordered,
    variants_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The papers with a name for every clause, bracket and variant, and lists of these in order of appearance.

    Variants are in the order that the pen gave them. Names are the pen's handles, or ``+1``, ``+2`` ... for new ones.
    """

    papers: tuple[Paper, ...]
    clauses: tuple[str, ...]
    brackets: tuple[str, ...]
    variants: tuple[str, ...]
    bracket_at: tuple[int, ...]
    variants_in: tuple[tuple[int, ...], ...]
    order: tuple[PaperOrder, ...]
    differs: tuple[str, ...]

    @property
    def sources(self) -> tuple[tuple[int, str], ...]:
        """Places of the variants that were taken from a comment, with the comment's handle."""
        found = {v.id: v.source for v in _all_variants(self.papers) if v.source}
        return tuple((k, found[name]) for k, name in enumerate(self.variants) if name in found)


def lay(papers: Sequence[Paper], authentic: Iterable[str], same_number: dict[str, str] | None = None) -> Layout:
    """Match the clauses, brackets and variants of ``papers``. The others are matched to the first.

    Parameters
    ----------
    papers
        One per language, with the names that the pen wrote.
    authentic
        The languages that must have the same structure for the version to be sealed.
    same_number
        Name by clause number in the parent version, for clauses that the pen did not name.

    Raises
    ------
    ScenarioError
        If a name is used twice in one language.
    """
    fresh = (f"+{n}" for n in count(1))
    first = _named_first(papers[0], same_number or {}, fresh)
    # The variants stand in the order that the pen gave them, in every language.
    laid = [first]
    ranks = {v.id: k for k, v in enumerate(v for c in laid[0].clauses for v in variants_of(c.pieces))}
    for paper in papers[1:]:
        against = _named_against(paper, first, fresh)
        laid.append(ordered(against, lambda v: (ranks.get(v.id, len(ranks)), str(v.pieces))))
    for paper in laid:
        _refuse_twins(paper)
    clauses = _in_order(c.id for paper in laid for c in paper.clauses)
    brackets = _in_order(b.id for b in _all_brackets(laid))
    variants = _in_order(v.id for v in _all_variants(laid))
    places = [{name: k for k, name in enumerate(names)} for names in (clauses, brackets, variants)]
    return Layout(
        papers=tuple(laid),
        clauses=clauses,
        brackets=brackets,
        variants=variants,
        bracket_at=_clause_of_brackets(laid, places[0], places[1]),
        variants_in=_variants_of_brackets(laid, places[1], places[2]),
        order=_orders(laid, places),
        differs=_differing(laid, set(authentic)),
    )


def named(paper: Paper, clauses: Sequence[str], brackets: Sequence[str], variants: Sequence[str]) -> Paper:
    """Return the paper with names for its clauses, brackets and variants, given in order of appearance."""
    for_brackets, for_variants = iter(brackets), iter(variants)

    def walk(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        if len(pieces) < 2 and all(isinstance(piece, str) for piece in pieces):
            return pieces
        return tuple(piece if isinstance(piece, str) else bracket(piece) for piece in pieces)

    def bracket(given: Bracket) -> Bracket:
        name = next(for_brackets)
        names = [next(for_variants) for _ in given.variants]
        # The variants of a bracket get names before the variants nested in them, in the order of ``variants_of``.
        made = (replace(v, id=own, pieces=walk(v.pieces)) for v, own in zip(given.variants, names, strict=True))
        return Bracket(id=name, variants=tuple(made))

    held = zip(paper.clauses, clauses, strict=True)
    # Written out because ``replace`` takes several times as long, and a text has hundreds of clauses per language.
    made = (
        Clause(
            number=c.number,
            heading=c.heading,
            pieces=walk(c.pieces),
            id=name,
            state=c.state,
            open_number=c.open_number,
        )
        for c, name in held
    )
    return replace(paper, clauses=tuple(made))


def structure(clause: Clause) -> tuple[object, ...]:
    """Return what must be equal in all languages: the name, whether the number is open, the brackets and variants."""
    return (
        clause.id,
        clause.open_number,
        tuple((b.id, tuple(v.id for v in b.variants)) for b in brackets_of(clause.pieces)),
    )


def _named_first(paper: Paper, same_number: dict[str, str], fresh: Iterator[str]) -> Paper:
    taken = {c.id for c in paper.clauses if c.id}

    def clause_name(clause: Clause) -> str:
        inherited = same_number.get(clause.number)
        if clause.id:
            return clause.id
        return inherited if inherited and inherited not in taken else next(fresh)

    brackets = [b.id or next(fresh) for b in _all_brackets([paper])]
    variants = [v.id or next(fresh) for v in _all_variants([paper])]
    return named(paper, [clause_name(c) for c in paper.clauses], brackets, variants)


def _named_against(paper: Paper, first: Paper, fresh: Iterator[str]) -> Paper:
    """Return ``paper`` with the names that ``first`` has for the same clauses, brackets and variants."""
    by_number = {c.number: c for c in first.clauses}
    by_name = {c.id: c for c in first.clauses}
    clauses, brackets, variants = [], [], []
    for clause in paper.clauses:
        twin = by_name.get(clause.id) if clause.id else by_number.get(clause.number)
        clauses.append(clause.id or (twin.id if twin is not None else None) or next(fresh))
        beside = list(brackets_of(twin.pieces)) if twin is not None else []
        own = list(brackets_of(clause.pieces))
        fits = len(beside) == len(own)
        by_id = {b.id: b for b in beside}
        for k, bracket in enumerate(own):
            other = by_id.get(bracket.id) if bracket.id else beside[k] if fits else None
            brackets.append(bracket.id or (other.id if other is not None else None) or next(fresh))
            # A language may lag behind: its variants take the names of the first ones, and more of them follow later.
            used = {v.id for v in bracket.variants}
            spare = iter(() if other is None else [v.id for v in other.variants if v.id not in used])
            variants += [variant.id or next(spare, None) or next(fresh) for variant in bracket.variants]
    return named(paper, clauses, brackets, variants)


def _all_brackets(papers: Iterable[Paper]) -> Iterator[Bracket]:
    for paper in papers:
        for clause in paper.clauses:
            yield from brackets_of(clause.pieces)


def _all_variants(papers: Iterable[Paper]) -> Iterator[Variant]:
    for paper in papers:
        for clause in paper.clauses:
            yield from variants_of(clause.pieces)


def _refuse_twins(paper: Paper) -> None:
    for what, names in (
        (Phrase("clause"), [c.id for c in paper.clauses]),
        (Phrase("bracket"), [b.id for b in _all_brackets([paper])]),
        (Phrase("variant"), [v.id for v in _all_variants([paper])]),
    ):
        if len(set(names)) < len(names):
            twin = next(name for k, name in enumerate(names) if name in names[:k])
            raise ScenarioError(
                Phrase(
                    "the {lang} text has the {what} {twin} twice; give each its own name, or none",
                    lang=paper.lang,
                    what=what,
                    twin=str(twin),
                )
            )


def _in_order(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _clause_of_brackets(papers: Sequence[Paper], clauses: dict[str, int], brackets: dict[str, int]) -> tuple[int, ...]:
    at = {b.id: c.id for paper in reversed(papers) for c in paper.clauses for b in brackets_of(c.pieces)}
    return tuple(clauses[at[name] or ""] for name in brackets)


def _variants_of_brackets(
    papers: Sequence[Paper], brackets: dict[str, int], variants: dict[str, int]
) -> tuple[tuple[int, ...], ...]:
    held: dict[str, dict[int, None]] = {name: {} for name in brackets}
    for bracket in _all_brackets(papers):
        held[bracket.id or ""].update(dict.fromkeys(variants[v.id or ""] for v in bracket.variants))
    return tuple(tuple(places) for places in held.values())


def _orders(papers: Sequence[Paper], places: Sequence[dict[str, int]]) -> tuple[PaperOrder, ...]:
    """Return the order of each language. A language that has everything in the order of the lists is left out."""
    orders = []
    for paper in papers:
        seen = (
            tuple(places[0][c.id or ""] for c in paper.clauses),
            tuple(places[1][b.id or ""] for b in _all_brackets([paper])),
            tuple(places[2][v.id or ""] for v in _all_variants([paper])),
        )
        if any(list(one) != list(range(len(all_of))) for one, all_of in zip(seen, places, strict=True)):
            orders.append(PaperOrder(lang=paper.lang, clauses=seen[0], brackets=seen[1], variants=seen[2]))
    return tuple(orders)


def _differing(papers: Sequence[Paper], authentic: set[str]) -> tuple[str, ...]:
    """Return the numbers of the clauses that have a different structure in the authentic languages."""
    counted = [paper for paper in papers if paper.lang in authentic]
    if len(counted) < len(authentic):
        return ("*",)
    numbers: dict[str, None] = {}
    for paper in counted[1:]:
        if [c.id for c in paper.clauses] == [c.id for c in counted[0].clauses]:
            pairs = zip(counted[0].clauses, paper.clauses, strict=True)
            numbers |= {a.number: None for a, b in pairs if structure(a) != structure(b)}
        else:
            numbers |= {c.number: None for c in _unshared(counted[0], paper)}
    return tuple(numbers)


def _unshared(first: Paper, other: Paper) -> list[Clause]:
    places = {c.id: k for k, c in enumerate(first.clauses)}
    mine = {c.id for c in other.clauses}
    return [c for k, c in enumerate(other.clauses) if places.get(c.id) != k] + [
        c for c in first.clauses if c.id not in mine
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOrder:
    """The clauses, brackets and variants that the paper of one language shows, by place in the version's lists."""

    lang: str
    clauses: tuple[int, ...] = ()
    brackets: tuple[int, ...] = ()
    variants: tuple[int, ...] = ()
