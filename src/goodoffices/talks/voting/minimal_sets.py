"""Find all minimal sets that pass a test. The search is exact for up to ``MOST`` members.

Members that are alike in everything that counts are searched as one class ("any two of these five"). So twenty equal
seats give one pattern and not 167 960 sets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from goodoffices.talks.voting.explanations import Choice, MinimalSets

MOST = 20
"""The largest number of members for which the search is exact."""

Reaches = Callable[[frozenset[str]], bool]


def minimal_sets(
    members: Iterable[str], sort_of: Callable[[str], Hashable], reaches: Reaches, *, is_exact: bool = True
) -> MinimalSets:
    """Return every minimal set of ``members`` that passes ``reaches``; none if all members together do not pass.

    Parameters
    ----------
    members
        Who may be in a set. The search is fastest if the members that matter most come first.
    sort_of
        Returns the sort of a member. Members of one sort must be interchangeable for ``reaches``.
    reaches
        The test of a set. It must be monotone: if a set passes, so does every set that contains it.
    is_exact
        Whether to find all minimal sets. If not, one is found and the result says so.
    """
    classes: dict[Hashable, list[str]] = {}
    for who in members:
        classes.setdefault(sort_of(who), []).append(who)
    groups = list(classes.values())
    everybody = [len(group) for group in groups]
    if not _reached(groups, everybody, reaches) or _reached(groups, [0] * len(groups), reaches):
        return MinimalSets()
    found = _search(groups, reaches) if is_exact else [_first(groups, reaches)]
    patterns = [_pattern(groups, counts) for counts in found]
    patterns.sort(key=lambda pattern: (sum(choice.n for choice in pattern), [choice.of for choice in pattern]))
    return MinimalSets(patterns=tuple(patterns), is_exact=is_exact)


def _pattern(groups: Sequence[Sequence[str]], counts: Sequence[int]) -> tuple[Choice, ...]:
    taken = (Choice(n=n, of=tuple(sorted(group))) for group, n in zip(groups, counts, strict=True) if n)
    return tuple(sorted(taken, key=lambda choice: choice.of))


def _reached(groups: Sequence[Sequence[str]], counts: Sequence[int], reaches: Reaches) -> bool:
    return reaches(frozenset(who for group, n in zip(groups, counts, strict=True) for who in group[:n]))


def _search(groups: Sequence[Sequence[str]], reaches: Reaches) -> list[list[int]]:
    """Return the counts per class of every minimal set: a depth-first search that skips branches that cannot pass."""
    found: list[list[int]] = []
    sizes = [len(group) for group in groups]

    def descend(counts: list[int]) -> bool:
        at = len(counts)
        rest = [0] * (len(groups) - at)
        if _reached(groups, counts + rest, reaches):
            if _is_minimal(groups, counts + rest, reaches):
                found.append(counts + rest)
            return True
        if at < len(groups) and _reached(groups, counts + sizes[at:], reaches):
            # A set that contains a passing set is not minimal, so do not try one more of this class.
            any(descend([*counts, n]) for n in range(sizes[at] + 1))
        return False

    descend([])
    return found


def _is_minimal(groups: Sequence[Sequence[str]], counts: list[int], reaches: Reaches) -> bool:
    fewer = ([*counts[:at], n - 1, *counts[at + 1 :]] for at, n in enumerate(counts) if n)
    return not any(_reached(groups, less, reaches) for less in fewer)


def _first(groups: Sequence[Sequence[str]], reaches: Reaches) -> list[int]:
    """Return one minimal set: start with all members, and remove in order each that is not needed."""
    counts = [len(group) for group in groups]
    for at in range(len(groups)):
        while counts[at] and _reached(groups, [*counts[:at], counts[at] - 1, *counts[at + 1 :]], reaches):
            counts[at] -= 1
    return counts
