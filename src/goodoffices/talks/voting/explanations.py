"""Outcomes with their explanation: a verdict, every number behind it, and what would change it.

All numbers are whole numbers or fractions. An explanation is plain data (``to_plain`` writes it as JSON), and
``outcome_sentences`` says it in English. A reader can work out the verdict again from the printed numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

from goodoffices.data_class import dataclass
from goodoffices.talks.voting.rules import How, Range, Says


class DecisionVerdict(StrEnum):
    """The verdict on a question.

    *Cannot tell*: it depends on where in a range a number lies. *Pending*: it is too early to say.
    """

    PASSES = "passes"
    FAILS = "fails"
    CANNOT_TELL = "cannot-tell"
    PENDING = "pending"


class NotCounted(StrEnum):
    """Why an answer does not count."""

    STRANGER = "stranger"
    ABSENT = "absent"
    UNHEARD = "unheard"
    EXCEPTED = "excepted"
    EARLY = "early"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An answer that was given and does not count: whose, what it said, and why."""

    who: str
    says: Says
    why: NotCounted


@dataclass(frozen=True, slots=True, kw_only=True)
class Prong:
    """One test of a rule: who counted for it, how much they have of which base, how much is needed, and if it is met.

    ``whose`` names the base: ``"present"``, ``"answering"``, ``"deciding"``, ``"total"``, ``"designated"`` or
    ``"participating"``; empty where all who are eligible are the base. ``need`` is the smallest number that meets
    the test, or for *at most* the largest. If the base is a range, so is ``need``; ``met`` is then ``None`` if it
    depends on where in the range the base lies.
    """

    name: str
    of: str = ""
    counted: tuple[str, ...] = ()
    have: int
    base: int | Range
    share: Fraction
    how: How
    need: int | Range
    met: bool | None
    whose: str = ""

    @property
    def short_by(self) -> int | Range:
        """How much is missing, or for *at most* how much there is too much; 0 if the test is met."""
        low, high = _ends(self.need)
        gaps = [max(0, self.have - n if self.how is How.AT_MOST else n - self.have) for n in (low, high)]
        return gaps[0] if gaps[0] == gaps[1] else Range(low=min(gaps), high=max(gaps))

    @property
    def over_by(self) -> int | Range:
        """How much there is beyond what is needed; 0 if the test is not met."""
        low, high = _ends(self.need)
        gaps = [max(0, n - self.have if self.how is How.AT_MOST else self.have - n) for n in (low, high)]
        return gaps[0] if gaps[0] == gaps[1] else Range(low=min(gaps), high=max(gaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Any ``n`` members of ``of``. They are all alike in what the rule counts."""

    n: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalSets:
    """All minimal sets that would change a verdict: the set does, and no smaller part of it does.

    A pattern stands for every set that takes the given number from each of its choices. ``is_exact`` is false if there
    were too many seats to search all sets. Then only the first set found is given.
    """

    patterns: tuple[tuple[Choice, ...], ...] = ()
    is_exact: bool = True

    def __len__(self) -> int:
        return sum(prod(comb(len(c.of), c.n) for c in pattern) for pattern in self.patterns)

    def __iter__(self) -> Iterator[frozenset[str]]:
        for pattern in self.patterns:
            for parts in product(*(combinations(choice.of, choice.n) for choice in pattern)):
                yield frozenset(who for part in parts for who in part)

    @property
    def single(self) -> tuple[str, ...]:
        """The seats that could change the verdict alone, sorted."""
        alone = (p[0].of for p in self.patterns if len(p) == 1 and p[0].n == 1)
        return tuple(sorted(who for of in alone for who in of))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a question has its verdict.

    ``unheard`` had not received the text in time. ``late`` answered at or after the closing time, without effect.
    ``set_aside`` are the other answers that do not count. So every answer is counted, late, or set aside.
    ``additions`` are the minimal sets that would make the question pass by accepting; ``leavings`` are those that
    would make it fail by no longer accepting. Each is empty if it does not apply.
    """

    rule: str
    prongs: tuple[Prong, ...]
    eligible: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    additions: MinimalSets = MinimalSets()
    leavings: MinimalSets = MinimalSets()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A verdict with its explanation."""

    verdict: DecisionVerdict
    explanation: Explanation

    @property
    def passes(self) -> bool:
        """Whether the question passes."""
        return self.verdict is DecisionVerdict.PASSES


def measured(  # noqa: PLR0913 - every part of a test
    name: str,
    counted: Iterable[str],
    have: int,
    base: int | Range,
    test: tuple[How, Fraction],
    *,
    of: str = "",
    whose: str = "",
) -> Prong:
    """Return the test that compares ``have`` with a share of ``base``.

    If the base is 0, the share is not reached: where nobody is counted, nobody has agreed.

    Parameters
    ----------
    name
        What is tested, such as ``"weight"``.
    counted
        Who counted for it.
    have, base
        Whole numbers; the base may be a range.
    test
        How to compare, and the share.
    of
        What the share is taken of, such as a bloc's slug.
    whose
        The base in one word, as `Prong` says; empty for all who are eligible.
    """
    how, share = test
    low, high = (_need(how, share, end) for end in _ends(base))
    met = [have <= need if how is How.AT_MOST else have >= need for need in (low, high)]
    return Prong(
        name=name,
        of=of,
        counted=tuple(counted),
        have=have,
        base=base,
        share=share,
        how=how,
        need=low if low == high else Range(low=low, high=high),
        met=met[0] if met[0] == met[1] else None,
        whose=whose,
    )


def surplus(prong: Prong) -> tuple[int, int]:
    """Return the surplus of a prong over what it needs, and of its base over zero, scaled to whole numbers.

    Both are at least 0 if and only if the prong is met at the harder end of its base. The scale is the denominator of
    the share.
    """
    _, high = _ends(prong.base)
    p, q = prong.share.numerator, prong.share.denominator
    over = q * prong.have - p * high
    if prong.how is How.AT_MOST:
        return -over, 0
    return over - (prong.how is How.MORE_THAN), prong.have - 1 if prong.share else 0


def _ends(number: int | Range) -> tuple[int, int]:
    return (number.low, number.high) if isinstance(number, Range) else (number, number)


def _need(how: How, share: Fraction, base: int) -> int:
    """Return the smallest whole number that meets the test, or for *at most* the largest."""
    part = share * base
    if how is How.AT_MOST:
        return part.numerator // part.denominator
    if how is How.MORE_THAN:
        return part.numerator // part.denominator + 1
    return max(1, -(-part.numerator // part.denominator)) if share else 0


def percent(have: int, base: int, share: Fraction | None = None) -> str:
    """Return a share in per cent, with two decimals or as many as tell it from ``share``, from none and from all.

    Halves are rounded away from zero. No floating point is used.

    Examples
    --------
    >>> percent(565121, 752388)
    '75.11'
    >>> percent(499999999, 1000000000, Fraction(1, 2))
    '49.9999999'
    """
    exact = Fraction(have, base)
    others = [part for part in (share, Fraction(0), Fraction(1)) if part is not None and part != exact]
    digits = 2
    while digits < _MOST_DIGITS and any(_rounded(part, digits) == _rounded(exact, digits) for part in others):
        digits += 1
    whole, rest = divmod(_rounded(exact, digits), 10**digits)
    return f"{whole}.{rest:0{digits}d}"


_MOST_DIGITS = 40


def _rounded(part: Fraction, digits: int) -> int:
    return int(100 * part * 10**digits + Fraction(1, 2))
