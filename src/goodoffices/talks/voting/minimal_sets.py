"""The smallest sets that reach something: all of them, exactly, where not too many could take part.

Members who are alike in every respect that counts are searched as one class ("any two of these five"), so that
twenty equal seats give one pattern and not 167 960 sets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from goodoffices.talks.voting.explanations import Choice, MinimalSets

MOST = 20
"""Up to this many members are searched exactly."""

Reaches = Callable[[frozenset[str]], bool]


def minimal_sets(
    members: Iterable[str], sort_of: Callable[[str], Hashable], reaches: Reaches, *, is_exact: bool = True
) -> MinimalSets:
    """Return every smallest set of ``members`` that reaches; none if all together do not.

    Parameters
    ----------
    members
        Who may be in a set; the search is fastest with those who matter most first.
    sort_of
        Members of one sort must be interchangeable for ``reaches``.
    reaches
        Whether a set does. It must be monotone: a set that holds one that reaches, reaches.
    is_exact
        Whether to search all; if not, one smallest set is found and the result labelled.
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
    """Return the counts per class of every minimal set, by depth first; a branch ends where nothing can come of it."""
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
            # What holds a set that reaches is not minimal: one more of this class need not be tried.
            any(descend([*counts, n]) for n in range(sizes[at] + 1))
        return False

    descend([])
    return found


def _is_minimal(groups: Sequence[Sequence[str]], counts: list[int], reaches: Reaches) -> bool:
    fewer = ([*counts[:at], n - 1, *counts[at + 1 :]] for at, n in enumerate(counts) if n)
    return not any(_reached(groups, less, reaches) for less in fewer)


def _first(groups: Sequence[Sequence[str]], reaches: Reaches) -> list[int]:
    """Return one minimal set: everybody, less whoever can be spared, in order."""
    counts = [len(group) for group in groups]
    for at in range(len(groups)):
        while counts[at] and _reached(groups, [*counts[:at], counts[at] - 1, *counts[at + 1 :]], reaches):
            counts[at] -= 1
    return counts
