"""What is new and what is gone in a clause, brackets kept whole: the strokes of the Northern Ireland legend of 1996."""

from __future__ import annotations

import re

from goodoffices.talks.documents.diff import Change, flat, word_changes
from goodoffices.talks.documents.document import Bracket, Clause, Piece, Variant, brackets_of

_STAND_IN = 0xE000
_STAND_INS = re.compile("([\ue000-\uf8ff])")


def strokes(before: Clause, after: Clause) -> tuple[tuple[Change, Piece], ...]:
    """Return a clause piece by piece, each *kept*, *added* or *removed* since ``before``.

    A bracket counts as one sign and is never divided. Words that are gone and stand in a bracket as a proposal are not
    gone. A clause whose own words use the signs that stand in for brackets is returned as it is.
    """
    brackets = [piece for piece in after.pieces if isinstance(piece, Bracket)]
    if flat(before.pieces) == flat(after.pieces):
        return tuple((Change.KEPT, piece) for piece in after.pieces)
    if _STAND_INS.search("".join(piece for piece in after.pieces if isinstance(piece, str))):
        return tuple((Change.KEPT, piece) for piece in after.pieces)
    stand_ins = iter(range(_STAND_IN, _STAND_IN + len(brackets)))
    new = "".join(piece if isinstance(piece, str) else chr(next(stand_ins)) for piece in after.pieces)
    old = "".join(piece for piece in before.pieces if isinstance(piece, str))
    proposed = {flat(v.pieces).strip() for b in brackets_of(after.pieces) for v in b.variants}
    made: list[tuple[Change, Piece]] = []
    for stretch in word_changes(old, new):
        if stretch.change is Change.REMOVED:
            if stretch.text.strip() and stretch.text.strip() not in proposed:
                made.append((Change.REMOVED, stretch.text))
            continue
        for part in filter(None, _STAND_INS.split(stretch.text)):
            place = ord(part) - _STAND_IN if len(part) == 1 else -1
            is_bracket = 0 <= place < len(brackets)
            # Where a bracket came or went the blanks beside it did so too; a blank alone is no stroke.
            stroke = Change.KEPT if part.isspace() else stretch.change
            made.append((Change.KEPT, brackets[place]) if is_bracket else (stroke, part))
    return tuple(made)


def proposed_deletion(bracket: Bracket) -> Variant | None:
    """Return the words that a bracket proposes to delete: its other variant has none, and there is no more to tell."""
    words = [variant for variant in bracket.variants if variant.pieces]
    if len(words) != 1 or len(bracket.variants) != 2 or words[0].compromise or any(brackets_of(words[0].pieces)):
        return None
    return words[0]
