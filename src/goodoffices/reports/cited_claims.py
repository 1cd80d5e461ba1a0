"""Claims that a text names in brackets by their slugs, shown as their marks: ``(s12-geneva)`` becomes ``[S12 W]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodoffices.data_class import dataclass
from goodoffices.reports.provenance import chain_text, claim_mark
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

_BRACKETS = re.compile(r" ?\(([^()]*)\)")
_PARTS = re.compile(r"\s*[,،]\s*")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+|[a-z][0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text, or a mark with the chain of its claim in words."""

    text: str
    chain: str = ""

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark."""
        return bool(self.chain)


def with_marks(view: View, text: str) -> tuple[Piece, ...]:
    """Return a text in pieces, with marks in place of the slugs of claims in brackets.

    A claim that this seat does not know yet has no mark here, and its slug is left out. Other words in brackets stay.
    """
    known = {held.claim.slug: held for held in view.known.claims.values()}
    pieces: list[Piece] = []
    at = 0
    for found in _BRACKETS.finditer(text):
        parts, semicolon, rest = found[1].partition(";" if ";" in found[1] else "؛")
        slugs = _PARTS.split(parts.strip())
        if not all(slug in known or _SLUG.fullmatch(slug) for slug in slugs):
            continue
        pieces.append(Piece(text=text[at : found.start()]))
        marks = list(_marks(view, [known[slug] for slug in slugs if slug in known]))
        pieces += marks
        if semicolon and rest.strip():
            pieces.append(Piece(text=f" ({rest.strip()})"))
        at = found.end()
    pieces.append(Piece(text=text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _marks(view: View, claims: list[KnownClaim]) -> Iterator[Piece]:
    for held in claims:
        yield Piece(text=" ")
        yield Piece(text=claim_mark(held), chain=chain_text(view, held))
