"""A negotiating text in one language: clauses, brackets and variants, and the hashes by which copies are compared.

All text is stored in one normal form, so that two copies differ only if a reader can see the difference. Brackets have
no legal meaning; they say *not agreed*. A bracket with one variant means: this variant, or nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import count
from typing import Any, Final

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass

DEEPEST = 3
"""The deepest nesting of brackets that is allowed."""

_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_BLANK = [c for c in range(0x3001) if c != 10 and unicodedata.category(chr(c)) in ("Zs", "Zl", "Zp", "Cc")]
_SHOWN: Mapping[int, str | None] = {**dict.fromkeys(_BLANK, " "), **dict.fromkeys(map(ord, _UNSEEN))}
_BLANKS = re.compile(r" {2,}")


class ClauseState(StrEnum):
    """The state of a clause. *Bracketed* is not stored, because it follows from the brackets."""

    PROPOSED = "proposed"
    AD_REFERENDUM = "agreed-ad-referendum"
    AGREED = "agreed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording in a bracket. Without pieces it leaves the text out. ``source`` is the comment it came from."""

    pieces: tuple[Piece, ...] = ()
    id: str | None = None
    compromise: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Wording that is not agreed, in one or more variants."""

    variants: tuple[Variant, ...]
    id: str | None = None


Piece = str | Bracket
"""A part of a clause: plain text, or a bracket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause with its number, heading and body.

    ``open_number`` says that its number stands in brackets: the clause as a whole is not agreed.
    """

    number: str
    heading: str = ""
    pieces: tuple[Piece, ...] = ()
    id: str | None = None
    open_number: bool = False
    state: ClauseState = ClauseState.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The text of a version in one language."""

    lang: str
    title: str
    clauses: tuple[Clause, ...] = ()


def normal(text: str) -> str:
    """Return text in the normal form that is stored: NFC, LF line ends, and runs of blanks as one blank.

    Invisible characters (direction marks, zero-width spaces, soft hyphens) are removed. Joiners stay, because they
    change the shape of Persian and Arabic words.

    Examples
    --------
    >>> normal("two\\u00a0 words\\u200f \\r\\n next ")
    'two words\\nnext'
    """
    seen = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)
    if not unicodedata.is_normalized("NFC", seen):
        seen = unicodedata.normalize("NFC", seen)
    return "\n".join(line.strip(" ") for line in _BLANKS.sub(" ", seen).split("\n")).strip("\n")


def brackets_of(pieces: Iterable[Piece]) -> Iterator[Bracket]:
    """Yield the brackets among ``pieces``, outer before inner, in order of appearance."""
    for piece in pieces:
        if isinstance(piece, Bracket):
            yield piece
            for variant in piece.variants:
                yield from brackets_of(variant.pieces)


def variants_of(pieces: Iterable[Piece]) -> Iterator[Variant]:
    """Yield the variants of every bracket among ``pieces``, in the order of ``brackets_of``."""
    for bracket in brackets_of(pieces):
        yield from bracket.variants


def open_numbers(paper: Paper) -> tuple[str, ...]:
    """Return the numbers of the clauses that are not clean: with a bracket in the text or on the number."""
    return tuple(c.number for c in paper.clauses if c.open_number or any(brackets_of(c.pieces)))


def is_clean(paper: Paper) -> bool:
    """Return whether the paper has no brackets."""
    return not open_numbers(paper)


def _body(pieces: Iterable[Piece]) -> list[Any]:
    return [p if isinstance(p, str) else {"bracket": sorted(map(_variant, p.variants), key=_digest)} for p in pieces]


def _variant(variant: Variant) -> list[Any]:
    return _body(variant.pieces)


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def ordered(paper: Paper, rank: Callable[[Variant], Any] | None = None) -> Paper:
    """Return the paper with the variants of each bracket in an order that ``rank`` gives, or that of their hashes.

    Two papers that name the same variants in another order are then the same.
    """
    key = rank or (lambda variant: _digest(_variant(variant)))

    def sort(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(p if isinstance(p, str) else replace(p, variants=arranged(p)) for p in pieces)

    def arranged(bracket: Bracket) -> tuple[Variant, ...]:
        inner = (replace(v, pieces=sort(v.pieces)) for v in bracket.variants)
        return tuple(sorted(inner, key=key))

    return replace(paper, clauses=tuple(replace(c, pieces=sort(c.pieces)) for c in paper.clauses))


def aligned(paper: Paper, other: Paper) -> Paper:
    """Return the paper with each variant at the place, and so the letter, that the same words have in ``other``.

    Brackets are those with as many variants and the most in common. Words that only this paper has keep their order.
    """
    others = [[_digest(_variant(v)) for v in b.variants] for c in other.clauses for b in brackets_of(c.pieces)]
    at = count()

    def walk(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(piece if isinstance(piece, str) else arranged(piece) for piece in pieces)

    def arranged(bracket: Bracket) -> Bracket:
        place = next(at)
        variants = tuple(replace(v, pieces=walk(v.pieces)) for v in bracket.variants)
        own = [_digest(_variant(v)) for v in variants]
        alike = [(n, one) for n, one in enumerate(others) if len(one) == len(own)]
        _, there = max(
            alike,
            key=lambda placed: (len(set(placed[1]) & set(own)), placed[1] == own, -abs(placed[0] - place)),
            default=(0, list[str]()),
        )
        return replace(bracket, variants=_placed(variants, own, there))

    return replace(paper, clauses=tuple(replace(c, pieces=walk(c.pieces)) for c in paper.clauses))


def _placed(variants: tuple[Variant, ...], own: list[str], there: list[str]) -> tuple[Variant, ...]:
    """Return the variants, each at the first free place of its digest; the others fill what is left, in order."""
    made: list[Variant | None] = [None] * len(variants)
    rest = []
    for variant, digest in zip(variants, own, strict=True):
        free = next((n for n, one in enumerate(there) if one == digest and made[n] is None), None)
        if free is None:
            rest.append(variant)
        else:
            made[free] = variant
    left = iter(rest)
    return tuple(next(left) if one is None else one for one in made)


def taken(paper: Paper, choose: Callable[[Bracket], Variant | None]) -> Paper:
    """Return the paper with each bracket replaced by the variant that ``choose`` returns; ``None`` keeps it."""

    def walk(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        made: list[Piece] = []
        for piece in pieces:
            chosen = None if isinstance(piece, str) else choose(piece)
            made += [piece] if chosen is None else walk(chosen.pieces)
        return _joined(made)

    return replace(paper, clauses=tuple(replace(c, pieces=walk(c.pieces)) for c in paper.clauses))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbouring stretches of plain text joined."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        else:
            made.append(piece)
    return tuple(made)


def words_hash(paper: Paper) -> str:
    """Return the hash of the text in one language: the numbers, headings and bodies, in order.

    It does not cover ids, authors, times and states. The title is covered by the hash of the version.
    """
    rows = [[{"bracket": [c.number]} if c.open_number else c.number, c.heading, _body(c.pieces)] for c in paper.clauses]
    return hashlib.sha256(b"goodoffices/words/1\n" + canonical(rows)).hexdigest()


def version_hash(
    papers: Iterable[Paper],
    *,
    authentic: Iterable[str],
    prevails: str = "",
    annexes: Iterable[tuple[str, str]] = (),
) -> str:
    """Return the hash of a version: its titles, its text in every language, the authentic languages and the annexes.

    Parameters
    ----------
    papers
        One per language.
    authentic
        The languages that count; the others are for information.
    prevails
        The language that prevails, ``"none"`` if all are equal, or empty if the text does not say.
    annexes
        Label and hash of each annex, in order.
    """
    counts, papers = set(authentic), tuple(papers)
    value = {
        "title": {paper.lang: paper.title for paper in papers},
        "languages": {paper.lang: [words_hash(paper), paper.lang in counts] for paper in papers},
        "prevails": prevails,
        "annexes": [list(annex) for annex in annexes],
    }
    return hashlib.sha256(b"goodoffices/version/1\n" + canonical(value)).hexdigest()


def check_code(version: str) -> str:
    """Return the check code of a version's hash: 24 decimal digits in groups of four, easy to read out on a telephone.

    Examples
    --------
    >>> check_code("ff" * 32)
    '1157 9208 9237 3161 9542 3570'
    """
    digits = str(int(version, 16)).zfill(24)[:24]
    return " ".join(digits[k : k + 4] for k in range(0, 24, 4))


_SQUARE: Final = "GOV1/"


def square_text(version: str) -> str:
    """Return the text of the QR code on a printed version: the full hash, after a prefix that marks it as ours."""
    return f"{_SQUARE}{version}"


def is_named_by(version: str, given: str) -> bool:
    """Return whether ``given`` names the version with this hash, by check code, QR code or hash.

    Examples
    --------
    >>> is_named_by("ff" * 32, "1157 9208 9237 3161 9542 3570"), is_named_by("ff" * 32, "GOV1/" + "ff" * 32)
    (True, True)
    """
    bare = "".join(given.split())
    if len(bare) >= len(version):
        return bare.removeprefix(_SQUARE).lower() == version
    digits = "".join(str(unicodedata.digit(character)) for character in bare if character.isdigit())
    return digits == check_code(version).replace(" ", "")
