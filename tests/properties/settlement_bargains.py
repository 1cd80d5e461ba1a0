"""Small random bargains with many ties, and what is true of them by plain enumeration."""

from __future__ import annotations

import itertools
from fractions import Fraction

from hypothesis import strategies as st

from goodoffices.bargain import Bargain, BargainIssue, Box, Constraint, Interaction, Rule

Settlement = tuple[int, ...]
Worth = tuple[Fraction, ...]


def simple(worth: list[list[list[int]]], reservation: list[int] | None = None, **more: object) -> Bargain:
    """Return a bargain of worth[issue][option][party]."""
    n = len(worth[0][0])
    return Bargain(
        issues=tuple(
            BargainIssue(name=f"i{at}", options=tuple(f"o{option}" for option in range(len(table))))
            for at, table in enumerate(worth)
        ),
        parties=tuple(f"P{party}" for party in range(n)),
        worth=tuple(tuple(tuple(row) for row in table) for table in worth),
        reservation_value=tuple(reservation or [0] * n),
        **more,  # type: ignore[arg-type]
    )


@st.composite
def rules(draw: st.DrawFn, n: int) -> Rule:
    """Draw unanimity, signatories with a quota, a weighted majority or blocs."""
    kind = draw(st.integers(0, 3))
    parties = list(range(n))
    if kind == 1:
        required = tuple(draw(st.lists(st.sampled_from(parties), unique=True)))
        return Rule.signatories(n, required, draw(st.integers(0, n - len(required))))
    if kind == 2:
        weights = tuple(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
        return Rule.weighted_majority(weights, draw(st.integers(0, sum(weights))))
    if kind == 3:
        cut = draw(st.integers(0, n))
        blocs = tuple(bloc for bloc in (tuple(parties[:cut]), tuple(parties[cut:])) if bloc)
        return Rule.sufficient_consensus(n, blocs, Fraction(1, 2))
    return Rule.unanimity(n)


@st.composite
def boxes(draw: st.DrawFn, sizes: list[int]) -> Box:
    """Draw a box over some of the issues."""
    scope = sorted(draw(st.sets(st.sampled_from(range(len(sizes))), min_size=0, max_size=3)))
    sides = [(issue, tuple(sorted(draw(st.sets(st.sampled_from(range(sizes[issue])), min_size=1))))) for issue in scope]
    return Box(where=tuple(sides))


@st.composite
def bargains(
    draw: st.DrawFn, *, links: bool = True, plain: bool = False, most_parties: int = 4, most_issues: int = 4
) -> Bargain:
    """Draw a small bargain; ``plain``: unanimity, no red lines, caps or strictness."""
    n = draw(st.integers(1, most_parties))
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=most_issues))
    numbers = st.integers(-2, 3)
    worth = [[[draw(numbers) for _ in range(n)] for _ in range(size)] for size in sizes]
    more: dict[str, object] = {}
    if not plain:
        pairs = [(issue, option) for issue, size in enumerate(sizes) for option in range(size)]
        more["rule"] = draw(rules(n))
        more["strict"] = tuple(draw(st.booleans()) for _ in range(n))
        more["red_lines"] = tuple(frozenset(draw(st.lists(st.sampled_from(pairs), max_size=1))) for _ in range(n))
        more["cap"] = tuple(draw(st.sampled_from([None, None, None, 2])) for _ in range(n))
    if links:
        more["interactions"] = tuple(
            Interaction(box=draw(boxes(sizes)), worth=tuple(draw(numbers) for _ in range(n)))
            for _ in range(draw(st.integers(0, 2)))
        )
        more["constraints"] = tuple(
            Constraint(forbidden=draw(boxes(sizes).filter(lambda box: bool(box.where))), name=f"c{at}")
            for at in range(draw(st.integers(0, 2)))
        )
    return simple(worth, [draw(st.integers(-1, 4)) for _ in range(n)], **more)


def settlements(bargain: Bargain) -> list[Settlement]:
    """Return every settlement."""
    return list(itertools.product(*(range(len(issue.options)) for issue in bargain.issues)))


def possible(bargain: Bargain) -> list[Settlement]:
    """Return every possible settlement."""
    return [settlement for settlement in settlements(bargain) if bargain.is_possible(settlement)]


def dominates(first: Worth, second: Worth) -> bool:
    """Return whether ``first`` is nowhere below ``second`` and not equal."""
    return first != second and all(a >= b for a, b in zip(first, second, strict=True))


def undominated(vectors: set[Worth]) -> set[Worth]:
    """Return the vectors that no other dominates."""
    return {one for one in vectors if not any(dominates(other, one) for other in vectors)}
