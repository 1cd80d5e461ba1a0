"""Words proposed for a clause: where they go, what they do to the clause as it stands now, and what they collide with.

A proposal is made on one version and often taken up in a later one. It is carried over by the name of its clause: its
changes are put beside those made since. Where both change the same words, they collide, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from goodoffices.data_class import dataclass
from goodoffices.talks.documents.clause_edits import joined
from goodoffices.talks.documents.diff import flat
from goodoffices.talks.documents.document import Bracket, Clause, Piece, Variant, normal

_UNITS = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.6
"""From this likeness on, words are read as the whole clause in other words. Below it they are a part of one."""
_MOST_UNITS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What proposed words do to a clause.

    ``taken`` is the clause with the words in it, or ``None`` if their place is not certain or they collide with what
    was written since. ``as_variant`` is the clause with the words as a variant beside those that stand. ``span`` are
    the units that they change, by place in the clause as it stands. ``collides`` says that what was written since the
    proposal changed the same words; ``is_carried`` that other words of the clause were changed since.
    """

    taken: Clause | None
    as_variant: Clause
    span: tuple[int, int] | None = None
    collides: bool = False
    is_carried: bool = False


def placement(current: Clause, base: Clause, words: str, source: str) -> Placement:
    """Return what words proposed on ``base`` do to the clause as it stands now.

    Parameters
    ----------
    current
        The clause in the latest version.
    base
        The same clause in the version on which the words were proposed.
    words
        The proposal: the clause in other words, or a part of it that begins and ends with words of the clause.
    source
        The handle of the comment that they come from.
    """
    text = normal(words)
    now, then = _units(current.pieces), _units(base.pieces)
    whole = _whole(then, text) if max(len(now), len(then)) <= _MOST_UNITS else None
    is_carried = _keys(now) != _keys(then)
    if whole is None:
        return Placement(taken=None, as_variant=_beside_all(current, text, source), is_carried=is_carried)
    merged = _merged(then, now, whole)
    if merged is None:
        return Placement(taken=None, as_variant=_collided(current, now, text, source), collides=True, is_carried=True)
    span, new = _changed(now, merged)
    taken = replace(current, pieces=joined(merged))
    as_variant = _beside(current, now, span, new, source)
    return Placement(taken=taken, as_variant=as_variant, span=span, is_carried=is_carried)


def _collided(current: Clause, now: list[Piece], text: str, source: str) -> Clause:
    """Return the clause with words as a variant that change what was changed since: beside as little as can be."""
    anchored = _anchored(now, _with_brackets(text, [unit for unit in now if isinstance(unit, Bracket)]))
    if anchored is None:
        return _beside_all(current, text, source)
    return _beside(current, now, *_changed(now, anchored), source)


def overlapping(one: Placement, other: Placement) -> bool:
    """Say whether two proposals change the same words of a clause."""
    if one.span is None or other.span is None:
        return False
    return one.span[0] < max(other.span[1], other.span[0] + 1) and other.span[0] < max(one.span[1], one.span[0] + 1)


def _units(pieces: Sequence[Piece]) -> list[Piece]:
    """Return words, blanks and signs one by one, and brackets whole."""
    made: list[Piece] = []
    for piece in pieces:
        made += [piece] if isinstance(piece, Bracket) else _UNITS.findall(piece)
    return made


def _keys(units: Sequence[Piece]) -> list[str]:
    return [flat([unit]) for unit in units]


def _whole(then: list[Piece], text: str) -> list[Piece] | None:
    """Return the clause as the proposer would have it; ``None`` if the place of the words is not certain."""
    if not text:
        return None
    given = _with_brackets(text, [unit for unit in then if isinstance(unit, Bracket)])
    keys, said = _keys(then), _keys(given)
    if SequenceMatcher(None, keys, said, autojunk=False).ratio() >= _ALIKE:
        return given
    return _anchored(then, given)


def _anchored(then: list[Piece], given: list[Piece]) -> list[Piece] | None:
    """Return the clause with a part of it in other words: from where its first word stands to where its last does."""
    keys, said = _keys(then), _keys(given)
    spoken = [key for key in said if not key.isspace()]
    if len(spoken) < 2 or spoken[0] == spoken[-1]:
        return None
    first = [k for k, key in enumerate(keys) if key == spoken[0]]
    last = [k for k, key in enumerate(keys) if key == spoken[-1]]
    if len(first) != 1 or len(last) != 1 or first[0] >= last[0]:
        return None
    return [*then[: first[0]], *given, *then[last[0] + 1 :]]


def _with_brackets(text: str, brackets: Sequence[Bracket]) -> list[Piece]:
    """Return words as units, with the brackets of the clause where they are quoted as a page shows them."""
    for bracket in brackets:
        before, quoted, after = text.partition(flat([bracket]))
        if quoted:
            return [*_with_brackets(before, brackets), bracket, *_with_brackets(after, brackets)]
    return list(_UNITS.findall(text))


def _edits(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[int, int, list[Piece]]]:
    """Return what is replaced: from where to where in ``old``, and by what."""
    codes = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False).get_opcodes()
    return [(a, b, list(new[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _merged(then: list[Piece], now: list[Piece], whole: list[Piece]) -> list[Piece] | None:
    """Return ``now`` with the changes from ``then`` to ``whole``; ``None`` if both change the same words."""
    proposed, since = _edits(then, whole), _edits(then, now)
    shared = [edit for edit in proposed if edit in since]
    proposed, others = [e for e in proposed if e not in shared], [e for e in since if e not in shared]
    if any(_touch(one, other) for one in proposed for other in others):
        return None
    made: list[Piece] = []
    at = 0
    for start, end, new in sorted([*since, *proposed], key=lambda edit: edit[:2]):
        made += [*then[at:start], *new]
        at = end
    return [*made, *then[at:]]


def _touch(one: tuple[int, int, list[Piece]], other: tuple[int, int, list[Piece]]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _changed(now: list[Piece], merged: list[Piece]) -> tuple[tuple[int, int] | None, list[Piece]]:
    """Return the stretch of ``now`` that differs, from the first to the last change, and what stands there instead."""
    edits = _edits(now, merged)
    if not edits:
        return None, []
    start, end = edits[0][0], edits[-1][1]
    new = merged[start : len(merged) - (len(now) - end)]
    while start > 0 and (start == end or not new) and _keys(now[start - 1 : start])[0].isspace():
        start -= 1
        new = [now[start], *new]
    return (start, end), new


def _beside(clause: Clause, now: list[Piece], span: tuple[int, int] | None, new: list[Piece], source: str) -> Clause:
    """Return the clause with a bracket around what would change: as it stands, and as proposed."""
    if span is None:
        return clause
    start, end = span
    old = now[start:end]
    proposed = Variant(pieces=_trimmed(new), source=source)
    alone = [unit for unit in old if not (isinstance(unit, str) and unit.isspace())]
    if len(alone) == 1 and isinstance(alone[0], Bracket) and len(old) == 1:
        held: Piece = replace(alone[0], variants=(*alone[0].variants, proposed))
    else:
        held = Bracket(variants=(Variant(pieces=_trimmed(old)), proposed))
    lead = [" "] if old and flat(old[:1]).isspace() else []
    tail = [" "] if old and len(old) > 1 and flat(old[-1:]).isspace() else []
    return replace(clause, pieces=joined([*now[:start], *lead, held, *tail, *now[end:]]))


def _trimmed(units: Sequence[Piece]) -> tuple[Piece, ...]:
    made = list(joined(units))
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip()
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip()
    return tuple(piece for piece in made if piece != "")


def _beside_all(clause: Clause, text: str, source: str) -> Clause:
    """Return the clause whole as variant A, and the words as another one."""
    proposed = Variant(pieces=(text,) if text else (), source=source)
    if len(clause.pieces) == 1 and isinstance(clause.pieces[0], Bracket):
        held = clause.pieces[0]
        return replace(clause, pieces=(replace(held, variants=(*held.variants, proposed)),))
    return replace(clause, pieces=(Bracket(variants=(Variant(pieces=clause.pieces), proposed)),))
