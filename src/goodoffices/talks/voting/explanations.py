"""Outcomes with their explanation: a verdict, every number behind it, and what would change it.

All numbers are whole numbers or fractions. An explanation is plain data (``to_plain`` writes it as JSON), and
``sentences`` says it in English. A reader can work out the verdict again from the printed numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

from goodoffices.talks.voting.rules import How, Range

Names = Callable[[str], str]


class DecisionVerdict(StrEnum):
    """The verdict on a question.

    *Cannot tell*: it depends on where in a range a number lies. *Pending*: it is too early to say.
    """

    PASSES = "passes"
    FAILS = "fails"
    CANNOT_TELL = "cannot-tell"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prong:
    """One test of a rule: who counted for it, how much they have of which base, how much is needed, and if it is met.

    ``need`` is the smallest number that meets the test, or for *at most* the largest. If the base is a range, so is
    ``need``; ``met`` is then ``None`` if it depends on where in the range the base lies.
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
    ``additions`` are the minimal sets that would make the question pass by accepting; ``leavings`` are those that
    would make it fail by no longer accepting. Each is empty if it does not apply.
    """

    rule: str
    prongs: tuple[Prong, ...]
    eligible: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
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


def measured(
    name: str, counted: Iterable[str], have: int, base: int | Range, test: tuple[How, Fraction], *, of: str = ""
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


def percent(have: int, base: int) -> str:
    """Return a share in per cent with two decimals. Halves are rounded away from zero. No floating point is used.

    Examples
    --------
    >>> percent(565121, 752388)
    '75.11'
    """
    hundredths = (20_000 * have + base) // (2 * base)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


_WHAT = {
    "seats": "seats accepting",
    "participants": "participants accepting",
    "weight": "weight accepting",
    "bloc": "weight accepting within {of}",
    "bloc-seats": "seats accepting within {of}",
    "blocs": "blocs accepting",
    "objections": "objections",
    "must-agree": "acceptance of {of}",
    "quorum": "seats for the quorum",
    "received": "seats that had received the text in time",
    "declared": "declaration by the chair",
    "contested": "seats contesting",
    "yes": "yes in {of}",
    "yes-of-electorate": "yes in {of}, of the electorate",
    "yes-of-valid": "yes in {of}, of the valid papers",
}
_SAID = {
    DecisionVerdict.PASSES: "It passes.",
    DecisionVerdict.FAILS: "It fails.",
    DecisionVerdict.CANNOT_TELL: "It cannot be told: the answer differs within the range given.",
    DecisionVerdict.PENDING: "It is not decided yet.",
}


def sentences(outcome: Outcome, name: Names = str) -> tuple[str, ...]:
    """Return an outcome as English sentences: the verdict, each test with its numbers, and what would change it.

    Parameters
    ----------
    outcome
        From ``outcomes.outcome``.
    name
        Returns the name to print for a seat, actor or bloc.
    """
    why = outcome.explanation
    lines = [_SAID[outcome.verdict], *(_prong(prong, name) for prong in why.prongs)]
    if why.unheard:
        lines.append(f"Had not received the text in time: {_list(why.unheard, name)}.")
    if why.late:
        lines.append(f"Answered too late, without effect: {_list(why.late, name)}.")
    lines += _sets("It would pass with {}", why.additions, name)
    lines += _sets("It would fail if {} left it", why.leavings, name)
    return tuple(lines)


def _number(number: int | Range) -> str:
    return f"{number.low} to {number.high}" if isinstance(number, Range) else str(number)


def _prong(prong: Prong, name: Names) -> str:
    what = _WHAT[prong.name].format(of=name(prong.of))
    base = f" of {_number(prong.base)}"
    if isinstance(prong.base, int) and prong.base and prong.how is not How.AT_MOST:
        base += f" ({percent(prong.have, prong.base)} %)"
    need = f"at most {_number(prong.need)}" if prong.how is How.AT_MOST else f"needed {_number(prong.need)}"
    if prong.met is None:
        return f"{what[0].upper()}{what[1:]}: {prong.have}{base}, {need}: cannot tell."
    gap = f"short by {_number(prong.short_by)}"
    if prong.how is How.AT_MOST:
        gap = "met" if prong.met else f"too many by {_number(prong.short_by)}"
    elif prong.met:
        gap = f"met, {_number(prong.over_by)} to spare"
    return f"{what[0].upper()}{what[1:]}: {prong.have}{base}, {need}: {gap}."


def _list(names: Iterable[str], name: Names) -> str:
    return ", ".join(name(who) for who in names)


def _sets(sentence: str, sets: MinimalSets, name: Names) -> list[str]:
    """Return minimal sets as sentences: one for all single members, then one for each larger pattern."""
    label = "" if sets.is_exact else " (the first found; there were too many seats to search them all)"
    parts = [_list(sets.single, name)] if len(sets.single) == 1 else []
    if len(sets.single) > 1:
        parts = [f"any one of {_list(sets.single, name)}"]
    for pattern in sets.patterns:
        if len(pattern) > 1 or pattern[0].n > 1:
            parts.append(" and ".join(_choice(choice, name) for choice in pattern))
    return [f"{sentence.format(part)}{label}." for part in parts]


def _choice(choice: Choice, name: Names) -> str:
    if choice.n == len(choice.of):
        return " and ".join(name(who) for who in choice.of)
    return f"any {choice.n} of {_list(choice.of, name)}"
