"""Outcomes that explain themselves: a verdict, every number it rests on, and what would change it.

All numbers are whole numbers and fractions. An explanation is plain data (``to_plain`` writes it as JSON) and can be
said in English sentences; from its printed numbers alone everybody can reach the verdict again.
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
    """What a question came to. *Cannot tell* where the answer differs within a range; *pending* before its time."""

    PASSES = "passes"
    FAILS = "fails"
    CANNOT_TELL = "cannot-tell"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prong:
    """One test of a rule: who counted for it, what they hold, of which base, what is needed, and whether it is met.

    ``need`` is the least that meets the test (for *at most*: the most). Base and need are ranges if the base is one;
    ``met`` is then ``None`` where the answer differs within the range.
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
        """How much is missing (for *at most*: too much); 0 if nothing is."""
        low, high = _ends(self.need)
        gaps = [max(0, self.have - n if self.how is How.AT_MOST else n - self.have) for n in (low, high)]
        return gaps[0] if gaps[0] == gaps[1] else Range(low=min(gaps), high=max(gaps))

    @property
    def over_by(self) -> int | Range:
        """By how much more than needed the test is met; 0 if it is not met."""
        low, high = _ends(self.need)
        gaps = [max(0, n - self.have if self.how is How.AT_MOST else self.have - n) for n in (low, high)]
        return gaps[0] if gaps[0] == gaps[1] else Range(low=min(gaps), high=max(gaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Any ``n`` of ``of``, who are alike in every respect that the rule counts."""

    n: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalSets:
    """All smallest sets that would change a verdict: each does, and no proper subset of it does.

    Each pattern stands for every set that takes so many of each of its choices. ``is_exact`` is false if there were
    too many seats to search them all, and what is given is only the first found.
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
        """Those who alone would change the verdict, sorted."""
        alone = (p[0].of for p in self.patterns if len(p) == 1 and p[0].n == 1)
        return tuple(sorted(who for of in alone for who in of))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a question came to its verdict.

    ``unheard`` had not received the text in time; ``late`` answered at or after the instant, without effect.
    ``additions`` are the smallest sets whose acceptance would make it pass, ``leavings`` those without whose acceptance
    it would fail; each is empty where it does not apply.
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
        """Whether the question is carried."""
        return self.verdict is DecisionVerdict.PASSES


def measured(
    name: str, counted: Iterable[str], have: int, base: int | Range, test: tuple[How, Fraction], *, of: str = ""
) -> Prong:
    """Return the prong that holds ``have`` against a share of ``base``.

    A share of nothing is never reached: where nobody is counted, nobody has agreed.

    Parameters
    ----------
    name
        What is tested, such as ``"weight"``.
    counted
        Who counted for it.
    have, base
        Whole numbers; the base may be a range.
    test
        How, and which share.
    of
        Of what, such as a bloc's slug.
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
    """Return by how much a prong is met, scaled to whole numbers, and by how much it is met by anybody at all.

    Both are 0 or more exactly if the prong is met at the harder end of its base. The scale is the share's denominator.
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
    """Return the least whole number that meets the test (the most, for *at most*)."""
    part = share * base
    if how is How.AT_MOST:
        return part.numerator // part.denominator
    if how is How.MORE_THAN:
        return part.numerator // part.denominator + 1
    return max(1, -(-part.numerator // part.denominator)) if share else 0


def percent(have: int, base: int) -> str:
    """Return a share in per cent to two places, halves away from zero, without any floating point.

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
    """Say an outcome in English: the verdict, each prong with its numbers, and what would change it.

    Parameters
    ----------
    outcome
        From ``outcomes.outcome``.
    name
        Gives the name to print for a seat, actor or bloc.
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
    """Say minimal sets: single ones in one breath, each larger pattern in a sentence of its own."""
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
