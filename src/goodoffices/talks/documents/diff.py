"""Compare two copies of a text in one language, clause by clause and word by word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set as AbstractSet
from difflib import SequenceMatcher
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.documents.document import Bracket, Clause, Paper, Piece, words_hash
from goodoffices.talks.documents.markdown import label

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_BRACKETS = re.compile(r"[\[\]|]|\b[A-Z]{1,2}~?:")
_WORD = re.compile(r"\w+")


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
    """One clause in two copies.

    ``state`` says whether its state differs, even if its text is the same; ``moved`` whether a changed clause stands
    elsewhere too.
    """

    change: Change
    before: Clause | None
    after: Clause | None
    words: tuple[Stretch, ...] = ()
    state: bool = False
    moved: bool = False

    @property
    def number(self) -> str:
        """The clause number in the later copy, or in the earlier one if the clause was removed."""
        clause = self.after or self.before
        return "" if clause is None else clause.number


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentComparison:
    """The comparison of two copies in one language. ``identical`` says whether the text of their clauses is the same.

    ``title`` has the words of the title that were kept, removed and added; it is empty if the titles are the same.
    """

    lang: str
    identical: bool
    title: tuple[Stretch, ...] = ()
    clauses: tuple[ClauseChange, ...]

    @property
    def differing(self) -> tuple[ClauseChange, ...]:
        """The clauses that were changed in any way."""
        return tuple(c for c in self.clauses if c.change is not Change.KEPT)


def compare(before: Paper, after: Paper) -> DocumentComparison:
    """Compare two copies in one language.

    Clauses are matched by their names, then by their words, equal or alike, and only then by number: a clause that was
    put in between takes the number of another, but not its words.

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
    title = word_changes(before.title, after.title) if before.title != after.title else ()
    return DocumentComparison(lang=after.lang, identical=same, title=title, clauses=tuple(changes))


def _changed(old: Clause | None, new: Clause | None, *, moved: bool) -> ClauseChange:
    if old is None or new is None:
        return ClauseChange(change=Change.ADDED if old is None else Change.REMOVED, before=old, after=new)
    state = old.state is not new.state
    same_number = old.number == new.number and old.open_number == new.open_number
    if _read(old) == _read(new) or (moved and not same_number and _own_words(old) == _own_words(new)):
        return ClauseChange(change=Change.MOVED if moved else Change.KEPT, before=old, after=new, state=state)
    words = (*word_changes(_head(old), _head(new)), *piece_changes(old.pieces, new.pieces))
    return ClauseChange(
        change=Change.CHANGED, before=old, after=new, words=_run_together(words), state=state, moved=moved
    )


def flat(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line of text, with brackets shown: ``on [A: 30 December | B: 1 January]``."""
    return "".join(piece if isinstance(piece, str) else _drawn(piece) for piece in pieces)


def _drawn(bracket: Bracket) -> str:
    variants = (f"{label(k)}: {flat(v.pieces)}".rstrip() for k, v in enumerate(bracket.variants))
    return f"[{' | '.join(variants)}]"


def _own_words(clause: Clause) -> str:
    """Return what a clause says whatever its number is."""
    return f"{clause.heading}\n{flat(clause.pieces)}"


def _read(clause: Clause) -> str:
    return _head(clause) + flat(clause.pieces)


def _head(clause: Clause) -> str:
    number = f"[{clause.number}.]" if clause.open_number else f"{clause.number}."
    return f"{number} {clause.heading}\n"


def changed_words(old: Clause, new: Clause) -> tuple[Stretch, ...]:
    """Return what is kept, removed and added in heading and body of a clause, without its number."""
    heads = (f"{clause.heading}\n" if clause.heading else "" for clause in (old, new))
    return _run_together((*word_changes(*heads), *piece_changes(old.pieces, new.pieces)))


def piece_changes(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Stretch, ...]:
    """Return the stretches that are kept, removed and added, without mixing the marks of brackets with words.

    A bracket with as many variants as before is compared variant by variant; another one goes or comes as a whole.

    Examples
    --------
    >>> from goodoffices.talks.documents.document import Variant
    >>> both = Bracket(variants=(Variant(pieces=("by day",)), Variant(pieces=("by night",))))
    >>> [(s.change.value, s.text) for s in piece_changes(("On ", both), ("On time",))]
    [('kept', 'On '), ('removed', '[A: by day | B: by night]'), ('added', 'time')]
    """
    old, new = list(_units(before)), list(_units(after))
    keys = [[flat([unit]) for unit in units] for units in (old, new)]
    made: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Stretch(change=Change.KEPT, text=flat(old[a:b])))
        else:
            made += _replaced(old[a:b], new[c:d])
    return _run_together(made)


def _units(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield words and signs one by one, and brackets whole."""
    for piece in pieces:
        if isinstance(piece, Bracket):
            yield piece
        else:
            yield from _WORDS.findall(piece)


def _replaced(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Stretch]:
    gone = [k for k, unit in enumerate(old) if isinstance(unit, Bracket)]
    come = [k for k, unit in enumerate(new) if isinstance(unit, Bracket)]
    if len(gone) == len(come) == 1:
        one, other = old[gone[0]], new[come[0]]
        if isinstance(one, Bracket) and isinstance(other, Bracket) and len(one.variants) == len(other.variants):
            yield from _replaced(old[: gone[0]], new[: come[0]])
            yield from _bracket_changes(one, other)
            yield from _replaced(old[gone[0] + 1 :], new[come[0] + 1 :])
            return
    if old:
        yield Stretch(change=Change.REMOVED, text=flat(old))
    if new:
        yield Stretch(change=Change.ADDED, text=flat(new))


def _bracket_changes(old: Bracket, new: Bracket) -> Iterator[Stretch]:
    for k, (one, other) in enumerate(zip(old.variants, new.variants, strict=True)):
        yield Stretch(change=Change.KEPT, text=f"{' | ' if k else '['}{label(k)}: ")
        yield from piece_changes(one.pieces, other.pieces)
    yield Stretch(change=Change.KEPT, text="]")


def _run_together(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches with neighbours of the same kind joined."""
    made: list[Stretch] = []
    for stretch in stretches:
        if made and made[-1].change is stretch.change:
            made[-1] = Stretch(change=stretch.change, text=made[-1].text + stretch.text)
        elif stretch.text:
            made.append(stretch)
    return tuple(made)


def word_changes(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the stretches that are kept, removed and added between ``before`` and ``after``.

    If brackets were added or taken away, each goes or comes as a whole: their marks are never mixed with words.

    Examples
    --------
    >>> [s.text for s in word_changes("On [A: May | B: June].", "On May.")]
    ['On ', '[A: May | B: June]', 'May', '.']
    """
    same = _BRACKETS.findall(before) == _BRACKETS.findall(after)
    old, new = (_WORDS.findall(text) if same else _whole_brackets(text) for text in (before, after))
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
    lambda clause: (plain_number(clause.number), _words(clause)) if _words(clause) else None,
    lambda clause: _words(clause) or None,
    lambda clause: flat(clause.pieces) or None,
)
"""The ways to recognise the same clause in both copies, the most reliable first: its lasting name, then its words."""
_LAST_KEYS: tuple[Callable[[Clause], object], ...] = (
    lambda clause: (plain_number(clause.number), clause.heading) if clause.heading else None,
    lambda clause: plain_number(clause.number),
)
"""What is left to recognise a clause by if its words are not at all alike."""
ALIKE = 0.6
"""The share of words that two clauses must have in common to be taken for the same one."""
_MOST_PAIRS = 250_000
"""How many pairs of clauses are looked at for words in common; in longer texts only equal words count."""


def plain_number(number: str) -> str:
    """Return a number by which it can be compared, with Eastern Arabic and Persian digits as 0 to 9.

    Examples
    --------
    >>> plain_number("٢.١a"), plain_number("۳")
    ('2.1a', '3')
    """
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in number)


def _words(clause: Clause) -> str:
    return _own_words(clause).strip()


def _matched(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int | None, int | None]]:
    """Return pairs of places of matching clauses, in the order of ``after``. Removed clauses stay where they were."""
    partner: dict[int, int] = {}
    left = dict.fromkeys(range(len(before)))
    for key in _KEYS:
        _match_equal(before, after, key, partner, left)
    # Where the copies share names, two clauses with different names are two clauses, whatever their numbers.
    shared = {c.id for c in before if c.id} & {c.id for c in after if c.id}
    named = {clause.id for clause in (*before, *after) if clause.id and shared}
    _match_alike(before, after, named, partner, left)
    for key in _LAST_KEYS:
        _match_equal(before, after, key, partner, left, named)
    pairs: list[tuple[int | None, int | None]] = [(partner.get(j), j) for j in range(len(after))]
    for i in left:
        at = max((k + 1 for k, (old, _) in enumerate(pairs) if old is not None and old < i), default=0)
        pairs.insert(at, (i, None))
    return pairs


def _match_equal(
    before: Sequence[Clause],
    after: Sequence[Clause],
    key: Callable[[Clause], object],
    partner: dict[int, int],
    left: dict[int, None],
    named: AbstractSet[str | None] = frozenset(),
) -> None:
    """Pair the clauses that are left and have the same key, each with the first that has it; not two of ``named``."""
    waiting: dict[object, list[int]] = {}
    for i in reversed(left):
        waiting.setdefault(key(before[i]), []).append(i)
    for j, clause in enumerate(after):
        if j in partner or key(clause) is None:
            continue
        places = waiting.get(key(clause))
        if places and not (clause.id in named and before[places[-1]].id in named):
            partner[j] = places.pop()
            del left[partner[j]]


def _whole_brackets(text: str) -> list[str]:
    """Return words and signs one by one, and each bracket with everything in it as one."""
    made: list[str] = []
    opened: list[int] = []
    for unit in _WORDS.findall(text):
        made.append(unit)
        if unit == "[":
            opened.append(len(made) - 1)
        elif unit == "]" and opened:
            start = opened.pop()
            made[start:] = ["".join(made[start:])]
    return made


def words_in(text: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(_WORD.findall(text))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1 (the coefficient of Dice).

    Examples
    --------
    >>> likeness(words_in("Area A"), words_in("Area A and B"))
    0.6666666666666666
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _match_alike(
    before: Sequence[Clause],
    after: Sequence[Clause],
    named: AbstractSet[str | None],
    partner: dict[int, int],
    left: dict[int, None],
) -> None:
    """Pair the clauses that are left and have most words in common, the most alike first, then the nearest."""
    free = [j for j in range(len(after)) if j not in partner]
    if not left or not free or len(left) * len(free) > _MOST_PAIRS:
        return
    old = {i: words_in(_words(before[i])) for i in left}
    new = {j: words_in(_words(after[j])) for j in free}
    found = []
    for i in left:
        for j in free:
            share = likeness(old[i], new[j])
            if share >= ALIKE and not (before[i].id in named and after[j].id in named):
                other = plain_number(before[i].number) != plain_number(after[j].number)
                found.append((-share, other, abs(i - j), i, j))
    for *_, i, j in sorted(found):
        if i in left and j not in partner:
            partner[j] = i
            del left[i]


def _longest_rising(places: Sequence[int]) -> frozenset[int]:
    """Return a longest increasing subsequence of ``places``: the clauses that kept their order. The others moved."""
    ends: list[int] = []
    runs: list[tuple[int, ...]] = []
    for place in places:
        k = bisect_left(ends, place)
        run = (*(runs[k - 1] if k else ()), place)
        ends[k : k + 1], runs[k : k + 1] = [place], [run]
    return frozenset(runs[-1] if runs else ())
