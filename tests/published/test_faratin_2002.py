"""P. Faratin (2002), Multi-agent contract negotiation. In: Socially Intelligent Agents, Kluwer, chapter 30, page 249.

Its table of final payoffs between climbers and annealers (figure 30.2), in its own units: both climb 400 and 400, both
anneal 550 and 550, a climber beside an annealer 700 and 180. That order is reproduced, on the smaller contracts of
`published.test_klein_2003`: whoever climbs beside an annealer gets most, an annealer beside a climber least. So it is
better to climb whatever the other does, and both would be better off if both annealed. The ratios are not claimed.
"""

from __future__ import annotations

import itertools

import pytest

from published.test_klein_2003 import HEAT, final_shares

pytestmark = pytest.mark.slow

CLIMBS_ALONE, BOTH_ANNEAL, BOTH_CLIMB, ANNEALS_ALONE = 700, 550, 400, 180


def test_climbing_and_annealing_are_a_prisoners_dilemma() -> None:
    annealers, climbers, mixed = (final_shares(heats) for heats in ((HEAT, HEAT), (0.0, 0.0), (HEAT, 0.0)))
    ours = {
        BOTH_ANNEAL: sum(annealers[1:]) / 2,
        BOTH_CLIMB: sum(climbers[1:]) / 2,
        CLIMBS_ALONE: mixed[2],
        ANNEALS_ALONE: mixed[1],
    }
    in_order = sorted(ours, key=ours.__getitem__)
    assert in_order == sorted(ours)
    assert all(ours[high] - ours[low] > 0.05 for low, high in itertools.pairwise(in_order))
