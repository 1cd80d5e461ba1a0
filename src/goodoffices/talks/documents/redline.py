"""Mark new and removed text in a clause. Brackets stay whole, as in the Northern Ireland legend of 1996."""

from __future__ import annotations

import re

from goodoffices.talks.documents.diff import Change, flat, word_changes
from goodoffices.talks.documents.document import Bracket, Clause, Piece, Variant, brackets_of

_STAND_IN = 0xE000
_STAND_INS = re.compile("([\ue000-\uf8ff])")


def strokes(before: Clause, after: Clause) -> tuple[tuple[Change, Piece], ...]:
    """Return the pieces of a clause, each *kept*, *added* or *removed* since ``before``.

    A bracket is compared as one character and never divided. Text that has moved into a bracket as a proposal does not
    count as removed. If the text itself uses the placeholder characters for brackets, the clause is returned unmarked.
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
            # The blanks beside a bracket come and go with it. A change of blanks alone is not marked.
            stroke = Change.KEPT if part.isspace() else stretch.change
            made.append((Change.KEPT, brackets[place]) if is_bracket else (stroke, part))
    return tuple(made)


def proposed_deletion(bracket: Bracket) -> Variant | None:
    """Return the variant that a bracket proposes to delete, or ``None``. Its only other variant is empty."""
    words = [variant for variant in bracket.variants if variant.pieces]
    if len(words) != 1 or len(bracket.variants) != 2 or words[0].compromise or any(brackets_of(words[0].pieces)):
        return None
    return words[0]
