"""A. Rubinstein (1982), Perfect equilibrium in a bargaining model, Econometrica 50(1): 97-109.

With a common discount d per proposal the first proposer keeps 1 / (1 + d) of the pie, and it is accepted at once. With
a deadline the shares follow by backward induction and tend to that as the deadline moves away; the strategies are
computed here, and the engine only plays them. One turn of alternating proposals holds a proposal of each side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.interface import Accept, Move, Own, Propose, Seen, Table
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.transcript import Ending
from rehearsal_settings import plain

CRUMBS = 1000


def kept_by_proposer(discount: float, n_proposals: int) -> list[int]:
    """Return how many crumbs the proposer keeps in each proposal, by backward induction from the last."""
    keeps = [CRUMBS]
    for _ in range(n_proposals - 1):
        waiting = discount * keeps[0]
        keeps.insert(0, CRUMBS - next(c for c in range(CRUMBS + 1) if c >= waiting))
    return keeps


@dataclass
class Perfect:
    """Proposes and accepts as in the perfect equilibrium; crumbs of party 0 are the number of the option."""

    discount: float
    keeps: list[int]
    name: str = "perfect"

    def begin(self, own: Own, table: Table) -> int:
        return table.me

    def move(self, state: int, seen: Seen, draws: Draws) -> tuple[int, Move]:
        place = 2 * seen.turn + state
        mine = self.keeps[place]
        if seen.standing is not None:
            offered = seen.standing.settlement[0]
            share = offered if state == 0 else CRUMBS - offered
            if share >= self.discount * mine:
                return state, Accept()
        return state, Propose((mine if state == 0 else CRUMBS - mine,))


@pytest.mark.parametrize("discount", [0.5, 0.8, 0.9])
def test_the_first_proposer_keeps_its_share_and_is_accepted_at_once(discount: float) -> None:
    n_turns = 60
    keeps = kept_by_proposer(discount, 2 * n_turns)
    pie = [float(crumbs) for crumbs in range(CRUMBS + 1)]
    setting = plain([[pie], [pie[::-1]]], n_turns=n_turns)  # type: ignore[list-item]
    perfect = Perfect(discount, keeps)
    run = play(replace(setting, negotiators=(perfect, perfect)))
    assert (run.ending, run.turn, len(run.moves)) == (Ending.AGREEMENT, 0, 2)
    assert run.settlement is not None
    assert run.settlement[0] / CRUMBS == pytest.approx(1 / (1 + discount), abs=2 / CRUMBS / (1 - discount))


def test_with_one_proposal_each_the_last_takes_all_that_waiting_is_worth() -> None:
    assert kept_by_proposer(0.5, 2) == [500, 1000]
    assert kept_by_proposer(0.5, 3) == [750, 500, 1000]
