"""Compare two copies of a text in one language, clause by clause and word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from goodoffices.talks.documents.document import Bracket, Clause, Paper, Piece, words_hash
from goodoffices.talks.documents.markdown import label

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What happened to a clause, or to a stretch of text."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of text that was kept, added or removed."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """One clause in two copies. ``state`` says whether its state differs, even if its text is the same."""

    change: Change
    before: Clause | None
    after: Clause | None
    words: tuple[Stretch, ...] = ()
    state: bool = False

    @property
    def number(self) -> str:
        """The clause number in the later copy, or in the earlier one if the clause was removed."""
        clause = self.after or self.before
        return "" if clause is None else clause.number


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentComparison:
    """The comparison of two copies in one language. ``identical`` says whether their text is the same."""

    lang: str
    identical: bool
    title_differs: bool
    clauses: tuple[ClauseChange, ...]

    @property
    def differing(self) -> tuple[ClauseChange, ...]:
        """The clauses that were changed in any way."""
        return tuple(c for c in self.clauses if c.change is not Change.KEPT)


def compare(before: Paper, after: Paper) -> DocumentComparison:
    """Compare two copies in one language.

    Clauses are matched by their names, then by number and heading, then by their text.

    Examples
    --------
    >>> from goodoffices.talks.documents.markdown import read_paper
    >>> old = read_paper("# T\\n\\n## 1. Start\\n\\nOn 30 December.", "en")
    >>> new = read_paper("# T\\n\\n## 1. Start\\n\\nOn 31 December.", "en")
    >>> [stretch.text for stretch in compare(old, new).clauses[0].words if stretch.change is Change.REMOVED]
    ['30']
    """
    old, new = before.clauses, after.clauses
    pairs = _matched(old, new)
    in_order = _longest_rising([i for i, j in pairs if i is not None and j is not None])
    changes = [
        _changed(None if i is None else old[i], None if j is None else new[j], moved=i not in in_order)
        for i, j in pairs
    ]
    same = words_hash(before) == words_hash(after)
    return DocumentComparison(
        lang=after.lang, identical=same, title_differs=before.title != after.title, clauses=tuple(changes)
    )


def _changed(old: Clause | None, new: Clause | None, *, moved: bool) -> ClauseChange:
    if old is None or new is None:
        return ClauseChange(change=Change.ADDED if old is None else Change.REMOVED, before=old, after=new)
    state = old.state is not new.state
    if _read(old) == _read(new):
        return ClauseChange(change=Change.MOVED if moved else Change.KEPT, before=old, after=new, state=state)
    return ClauseChange(
        change=Change.CHANGED, before=old, after=new, words=word_changes(_read(old), _read(new)), state=state
    )


def flat(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line of text, with brackets shown: ``on [A: 30 December | B: 1 January]``."""
    return "".join(piece if isinstance(piece, str) else _drawn(piece) for piece in pieces)


def _drawn(bracket: Bracket) -> str:
    variants = (f"{label(k)}: {flat(v.pieces)}".rstrip() for k, v in enumerate(bracket.variants))
    return f"[{' | '.join(variants)}]"


def _read(clause: Clause) -> str:
    number = f"[{clause.number}.]" if clause.open_number else f"{clause.number}."
    return f"{number} {clause.heading}\n{flat(clause.pieces)}"


def word_changes(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the stretches that are kept, removed and added between ``before`` and ``after``."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    made: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Stretch(change=Change.KEPT, text="".join(old[a:b])))
            continue
        if a < b:
            made.append(Stretch(change=Change.REMOVED, text="".join(old[a:b])))
        if c < d:
            made.append(Stretch(change=Change.ADDED, text="".join(new[c:d])))
    return tuple(made)


_KEYS: tuple[Callable[[Clause], object], ...] = (
    lambda clause: clause.id,
    lambda clause: (clause.number, clause.heading),
    lambda clause: clause.number,
    lambda clause: flat(clause.pieces) or None,
)
"""The ways to recognise the same clause in both copies, the most reliable first."""


def _matched(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int | None, int | None]]:
    """Return pairs of places of matching clauses, in the order of ``after``. Removed clauses stay where they were."""
    partner: dict[int, int] = {}
    left = dict.fromkeys(range(len(before)))
    for key in _KEYS:
        waiting = {key(before[i]): i for i in reversed(left)}
        for j, clause in enumerate(after):
            i = waiting.get(key(clause)) if j not in partner and key(clause) is not None else None
            if i in left:
                partner[j] = i
                del left[i]
    pairs: list[tuple[int | None, int | None]] = [(partner.get(j), j) for j in range(len(after))]
    for i in left:
        at = max((k + 1 for k, (old, _) in enumerate(pairs) if old is not None and old < i), default=0)
        pairs.insert(at, (i, None))
    return pairs


def _longest_rising(places: Sequence[int]) -> frozenset[int]:
    """Return a longest increasing subsequence of ``places``: the clauses that kept their order. The others moved."""
    ends: list[int] = []
    runs: list[tuple[int, ...]] = []
    for place in places:
        k = bisect_left(ends, place)
        run = (*(runs[k - 1] if k else ()), place)
        ends[k : k + 1], runs[k : k + 1] = [place], [run]
    return frozenset(runs[-1] if runs else ())
