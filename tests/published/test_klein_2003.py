"""M. Klein, P. Faratin, H. Sayama & Y. Bar-Yam (2003), Negotiating complex contracts, GDN 12(2): 111-125.

Reproduced is the direction, on smaller contracts than theirs and draws of our own: where issues are linked, two
annealers end above two hill-climbers, and an annealer that faces a hill-climber does badly while the climber does
well. Their figures are not claimed.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from goodoffices.bargain import Box
from goodoffices.rehearsal.mediators import mediator_named
from goodoffices.rehearsal.negotiators.composition import Voter
from goodoffices.rehearsal.preferences import Preferences, Space
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting

pytestmark = pytest.mark.slow

N_ISSUES, N_CHANGES, N_DRAWS = 12, 400, 5
HEAT = 1.0
"""How large a loss an annealer accepts at first with a probability of 1/e, where influences are between -1 and 1."""


def contract(rng: np.random.Generator) -> Preferences:
    """Return worths of binary issues, each with an influence of its own and one with every other issue."""
    links = tuple(
        (Box(where=((one, (1,)), (other, (1,)))), float(rng.uniform(-1, 1)))
        for one, other in itertools.combinations(range(N_ISSUES), 2)
    )
    space = Space(sizes=(2,) * N_ISSUES)
    worth = tuple((0.0, float(rng.uniform(-1, 1))) for _ in range(N_ISSUES))
    return Preferences(space=space, worth=worth, links=links, reservation_value=-float(N_ISSUES**2))


def final_shares(heats: tuple[float, float]) -> tuple[float, float, float]:
    """Return the mean joint worth over the best joint worth, and each party's over its own best."""
    rows = []
    for draw in range(N_DRAWS):
        rng = np.random.default_rng(draw)
        wants = (contract(rng), contract(rng))
        voters = tuple(
            Voter(name="voter", theta=heat / (own.best - own.reservation_value))
            for heat, own in zip(heats, wants, strict=True)
        )
        setting = Setting(
            parties=("A", "B"), preferences=wants, negotiators=voters, protocol=ProtocolName.SINGLE_TEXT,
            mediator=mediator_named("mutate"), n_turns=N_CHANGES, ratifies=False,
        )  # fmt: skip
        settlement = play(setting, seed=draw, transcript=False).settlement
        assert settlement is not None
        reached = [own.worth_of(settlement) for own in wants]
        best = float((wants[0].all_worths + wants[1].all_worths).max())
        rows.append((sum(reached) / best, *(worth / own.best for worth, own in zip(reached, wants, strict=True))))
    joint, first, second = np.mean(rows, axis=0).tolist()
    return joint, first, second


def test_annealers_end_above_climbers_and_are_exploited_by_them() -> None:
    annealers, climbers, mixed = (final_shares(heats) for heats in ((HEAT, HEAT), (0.0, 0.0), (HEAT, 0.0)))
    assert annealers[0] > climbers[0] + 0.1
    assert mixed[2] > 0.8
    assert mixed[1] < annealers[1] - 0.1
