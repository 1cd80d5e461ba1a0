"""Square brackets that are words of a text, and not wording that is open: to a reader the two look alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goodoffices.talks.documents.document import Paper, Piece

_LITERAL = re.compile(r"\[[^\[\]\n]*\]?|\]")
_LONGEST = 60


def literal_brackets(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return each place where a square bracket is a word of a paper: the clause's number, and the words in it.

    The number is empty for the title.

    Examples
    --------
    >>> from goodoffices.talks.documents.markdown import read_paper
    >>> literal_brackets(read_paper("# T\\n\\n## 1.\\n\\nOn [[two | three]] days [as signed].", "en"))
    (('1', '[as signed]'),)
    """
    made = [("", words) for words in _in(paper.title)]
    for clause in paper.clauses:
        texts = (clause.heading, *_texts(clause.pieces))
        made += [(clause.number, words) for text in texts for words in _in(text)]
    return tuple(dict.fromkeys(made))


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            for variant in piece.variants:
                yield from _texts(variant.pieces)


def _in(text: str) -> Iterator[str]:
    for found in _LITERAL.finditer(text):
        words = found[0]
        yield words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
