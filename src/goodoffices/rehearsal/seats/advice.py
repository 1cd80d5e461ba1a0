"""What the settlement room advises a mediator, on what was told to it and on nothing else."""

from __future__ import annotations

from fractions import Fraction

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.settlement import solve

NOT_HEARD = Fraction(1)
"""What an option counts for a side that has said nothing of it."""
_COUNTS = {Stand.ASK: 3, Stand.OFFER: 2, Stand.ACCEPT: 2, Stand.SUGGEST: 1, Stand.DIFFICULT: 0, Stand.REJECT: -1}


def told_bargain(positions: Positions, issues: tuple[str, ...]) -> Bargain | None:
    """Return the bargain as it was told to the mediator, or ``None`` before both sides have said something.

    An option counts 3 for a side that asks for it, 2 if it can accept it, 1 if nothing was said, 0 if it is difficult.
    What a side refuses is a red line of that side.
    """
    outlook = positions.outlook
    parties = outlook.parties
    said: dict[tuple[str, str, str], Stand] = {}
    for heard in positions.heard:
        if heard.by in parties and heard.issue in issues and heard.stand in _COUNTS:
            said[heard.by or "", heard.issue, heard.option] = heard.stand
    if {party for party, _, _ in said} != set(parties) or not issues:
        return None
    worth, red = [], [set[tuple[int, int]]() for _ in parties]
    for i, issue in enumerate(issues):
        rows = []
        for o, option in enumerate(outlook.lexicon.options_of(issue)):
            row = []
            for p, party in enumerate(parties):
                stand = said.get((party, issue, option))
                row.append(NOT_HEARD if stand is None else Fraction(max(0, _COUNTS[stand])))
                if stand is Stand.REJECT:
                    red[p].add((i, o))
            rows.append(tuple(row))
        worth.append(tuple(rows))
    return Bargain(
        issues=tuple(BargainIssue(name=i, options=outlook.lexicon.options_of(i)) for i in issues),
        parties=parties,
        worth=tuple(worth),
        red_lines=tuple(frozenset(lines) for lines in red),
        assumptions=("Only what was told to the mediator counts.",),
    )


def advised(positions: Positions, issues: tuple[str, ...]) -> dict[str, str]:
    """Return the settlement with the largest smallest gain as far as was told; empty before both sides have spoken."""
    known = tuple(issue for issue in issues if positions.outlook.lexicon.options_of(issue))
    bargain = told_bargain(positions, known)
    if bargain is None:
        return {}
    picks = solve(bargain, "leximin").picks
    if not picks:
        return {}
    return {issue.name: issue.options[o] for issue, o in zip(bargain.issues, picks[0].settlement, strict=True)}
