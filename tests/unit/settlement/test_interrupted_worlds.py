"""Robustness over many worlds that is stopped: an answer from what is done, which says on how much it rests."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, Ranking, UncertainBargain, Weights, draw_worlds
from goodoffices.settlement.uncertainty.robustness import robust

WORLDS = 120_000
LOTS = UncertainBargain(
    bargain=Bargain(
        issues=tuple(BargainIssue(name=name, options=("ours", "shared", "theirs")) for name in ("well", "road")),
        parties=("North", "South"),
        worth=(((1, 0), (0.6, 0.6), (0, 1)),) * 2,
        reservation_value=(0.4, 0.4),
    ),
    estimates=(
        Estimate(party=0, issue=0, worth=Ranking(groups=((0,), (1,), (2,)))),
        Estimate(party=1, issue=1, worth=(Range(low=0, high=0.5), Range(low=0.2, high=0.9), Range(low=0.5, high=1))),
    ),
    weights=(Weights(party=0),),
    red_lines=((1, 0, 0, 0.3),),
)


class StopAt:
    """A progress that asks to stop when so much of one part of the work is done."""

    def __init__(self, what: str, share: float) -> None:
        self._what, self._share, self.is_stopped = what, share, False

    def __call__(self, what: str, share: float) -> None:
        self.is_stopped = self.is_stopped or (what == self._what and share >= self._share)


@pytest.mark.parametrize(
    ("what", "share", "said"),
    [
        ("drawing worlds", 0.5, "interrupted: rests on 20,480 of 120,000 worlds"),
        ("worlds", 0.6, "interrupted: rests on 72,192 of 120,000 worlds"),
        ("candidates", 0.5, "interrupted: what to find out next rests on 20,480 of 120,000 worlds"),
    ],
)
def test_a_stopped_answer_says_on_how_many_worlds_it_rests(what: str, share: float, said: str) -> None:
    found = robust(LOTS, worlds=WORLDS, seed=3, progress=StopAt(what, share))
    assert said in found.note.warnings
    assert len(found.choices) == len(found.probability) == len(found.regret) == 9
    assert ((found.regret >= 0) & (found.regret <= 1)).all()
    assert str(found)
    whole = robust(LOTS, worlds=WORLDS, seed=3)
    assert not any("interrupted" in warning for warning in whole.note.warnings)
    assert [str(one.words)[:30] for one in found.questions[:1]] == [str(one.words)[:30] for one in whole.questions[:1]]
    assert found.low[0] - 0.01 <= whole.probability.max() <= found.high[0] + 0.01


def test_worlds_drawn_in_pieces_all_agree_with_the_statements() -> None:
    drawn = draw_worlds(LOTS, WORLDS, np.random.default_rng(3))
    first = draw_worlds(LOTS, 50_000, np.random.default_rng(3))
    assert drawn.n == WORLDS
    assert (drawn.worth[:, :, :50_000] == first.worth).all()
    assert (drawn.worth[0, 0] >= drawn.worth[1, 0]).all()
    assert drawn.worth[3:, 1].min() >= 0
    assert drawn.worth[3:, 1].max() <= 1
    assert abs(float((drawn.crossed[0] > 0).mean()) - 0.3) < 0.01
    assert len(np.unique(drawn.worth[3, 1])) > WORLDS / 2
