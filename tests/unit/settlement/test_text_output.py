"""What the commands print, what pictures are drawn, and what odd bargains are told."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.settlement import (
    Rule,
    blockers,
    frontier,
    mixture,
    nearest,
    prices,
    robust,
    shares,
    solve,
    standing,
    trades as find_trades,
    unblock,
)
from goodoffices.settlement.plots import plot_acceptance, save
from goodoffices.settlement.text_output import settle, verify_text
from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, Ranking, Reservation, UncertainBargain, Weights
from properties.settlement_bargains import simple

WELLS = Bargain(
    issues=(
        BargainIssue(name="well", options=("ours", "shared", "theirs")),
        BargainIssue(name="road", options=("open", "closed")),
    ),
    parties=("North", "South"),
    worth=(((40, 0), (30, 25), (0, 40)), ((20, 15), (0, 10))),
    reservation_value=(20, 20),
    assumptions=("reservation value of South assumed",),
)


def test_the_mapping_has_exactly_the_documented_parts() -> None:
    result = settle(WELLS, with_frontier=True, with_count=True)
    assert list(result) == ["bargain", "frontier", "solutions", "zone", "seconds", "warnings"]
    assert set(result["bargain"]) == {"parties", "issues", "settlements"}
    assert set(result["frontier"]["points"][0]) == {"worth", "settlement", "ties"}
    nash = result["solutions"]["nash"]
    assert set(nash) == {"status", "value", "settlements", "gains", "bound", "definition"}
    assert nash["settlements"] == [{"well": "shared", "road": "open"}]
    assert result["warnings"] == ["reservation value of South assumed"]
    assert json.loads(json.dumps(result)) == result


def test_a_printed_solution_is_one_table_and_says_what_was_assumed() -> None:
    text = str(solve(WELLS, "nash"))
    assert "shared / open" in text
    assert text.count("no deal") == 1
    assert "assumed" in text


def test_a_printed_result_is_verified_and_a_changed_one_is_not() -> None:
    result = settle(WELLS, with_frontier=True)
    assert verify_text(result, WELLS)[1] == 0
    result["solutions"]["nash"]["value"] += 1
    text, code = verify_text(result, WELLS)
    assert code == 1
    assert "nash" in text


def test_an_unknown_solution_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownWordError, match="kalai-smorodinsky"):
        settle(WELLS, solution="kalai")


def test_what_would_open_a_settlement_is_said_in_words() -> None:
    from dataclasses import replace

    stuck = replace(WELLS, reservation_value=(55, 45), red_lines=(frozenset({(0, 2)}), frozenset()))
    text = str(unblock(stuck))
    assert "accepts less than its reservation value" in text
    assert "Cannot agree together: North, South" in str(blockers(stuck))
    assert "nothing needs to change" in str(unblock(WELLS))


def test_progress_is_told_and_may_interrupt() -> None:
    heard: list[float] = []
    frontier(WELLS, progress=lambda what, share: heard.append(share))
    assert heard[-1] == 1.0

    def stop(what: str, share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frontier(WELLS, progress=stop)


def test_a_picture_is_written(tmp_path: Path) -> None:
    save(plot_acceptance(robust(uncertain(), worlds=200, seed=1)), tmp_path / "acceptance.svg")
    assert (tmp_path / "acceptance.svg").stat().st_size > 1_000


def uncertain() -> UncertainBargain:
    """Return what two analysts believe of the wells."""
    return UncertainBargain(
        bargain=WELLS,
        estimates=(
            Estimate(party=0, issue=0, worth=(40.0, Range(low=0, high=40), 0.0), analyst="a"),
            Estimate(party=0, issue=0, worth=(40.0, 0.0, 0.0), analyst="b"),
        ),
        reservations=(Reservation(party=1, worth=Range(low=10, high=60), analyst="a"),),
        analysts=(("a", 3.0), ("b", 1.0)),
        red_lines=((1, 1, 1, 0.5),),
        compartments=frozenset({"un-team"}),
    )


def test_robustness_repeats_with_the_seed_and_keeps_the_compartments() -> None:
    first, second = (robust(uncertain(), worlds=500, seed=7) for _ in range(2))
    assert (first.choices == second.choices).all()
    assert (first.probability == second.probability).all()
    assert first.compartments == {"un-team"}
    assert first.refuser(0) in WELLS.parties
    assert first.best("probability")[0] == first.settlement(0)
    assert set(first.robust_at(0.0)) == {first.settlement(at) for at in range(6)}
    assert "most likely to refuse" in str(first)


@pytest.mark.slow
def test_few_candidates_are_counted_over_worlds_as_the_kernel_counts_many() -> None:
    from goodoffices.settlement.kernels.acceptance import count_worlds
    from goodoffices.settlement.uncertainty.robustness import _count_few

    rng = np.random.default_rng(5)
    left, right = (rng.integers(-3, 4, (4, 3, 50)).astype(np.float32) for _ in range(2))
    crossed = tuple((rng.integers(0, 8, (4, 50)) & rng.integers(0, 8, (4, 50))).astype(np.int32) for _ in range(2))
    pairs = np.array([(first, second) for first in range(4) for second in range(4)], np.int64)
    wins = np.array([bits.bit_count() >= 2 for bits in range(8)])
    counts = [(np.zeros(16, np.int64), np.zeros((16, 3), np.int64), np.zeros(16)) for _ in range(2)]
    for count, totals in zip((count_worlds, _count_few), counts, strict=True):
        count(left, right, pairs, (crossed[0], crossed[1]), wins, totals)
    for kernel, plain in zip(*counts, strict=True):
        assert kernel.tolist() == plain.tolist()
    assert 0 < counts[0][0].sum() < 16 * 50


def test_the_best_question_is_the_one_that_decides() -> None:
    coins = UncertainBargain(bargain=simple([[[1], [1]]]), red_lines=((0, 0, 0, 0.5), (0, 0, 1, 0.5)))
    found = robust(coins, worlds=10_000, seed=7)
    best = found.questions[0]
    assert "would ever accept" in best.words
    # One of two even chances is taken now (a half); knowing one, the other is a second chance (three quarters).
    assert best.value == pytest.approx(0.25, abs=0.02)
    assert best.decides == pytest.approx(0.5, abs=0.02)


def test_a_certain_assessment_leaves_nothing_to_ask() -> None:
    found = robust(UncertainBargain(bargain=WELLS), worlds=100, seed=1)
    assert found.questions == ()
    assert set(found.probability.tolist()) == {0.0, 1.0}


def test_a_ranking_that_names_an_option_twice_is_refused() -> None:
    with pytest.raises(ScenarioError, match="twice"):
        Ranking(groups=((0,), (1, 0)))


def test_weights_known_as_ranges_add_up_to_one() -> None:
    import numpy as np

    drawn = Weights(party=0, known=(Range(low=1, high=2), 3.0)).draw(np.random.default_rng(0), 50, 2)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(50))


def test_trades_serve_both_parties_better_than_splitting() -> None:
    bargain = simple([[[10, 0], [0, 2]], [[0, 10], [2, 0]]])
    [trade] = find_trades(bargain)
    assert trade.options == (0, 0)
    assert trade.over_splitting == (Fraction(4), Fraction(4))
    assert "over splitting both issues" in trade.words(bargain)


def test_the_shares_of_a_settlement_add_up_to_its_worth_above_the_worst() -> None:
    found = shares(WELLS, (1, 0))
    assert [list(map(int, parts)) for parts in found.by_issue] == [[30, 25], [20, 5]]
    assert list(map(int, found.gains)) == [30, 20]
    assert "gain over no agreement" in str(found)


def test_standing_tells_who_refuses_and_why() -> None:
    found = standing(WELLS, (0, 1))
    assert found.accepting == frozenset({0})
    assert "South refuses" in str(found)


@pytest.mark.parametrize(("by", "settlement", "distance"), [("issues", (1, 1), 1), ("worth", (1, 0), 0)])
def test_the_nearest_possible_settlement_changes_least(
    by: Literal["issues", "worth"], settlement: tuple[int, int], distance: int
) -> None:
    found = nearest(WELLS, (0, 1), by=by)
    assert found is not None
    assert found.settlements == (settlement,)
    assert found.distance == distance
    assert WELLS.is_possible(settlement)


def test_the_nearest_of_a_large_bargain_is_found_without_looking_at_all() -> None:
    bargain = simple([[[2, 0], [0, 2], [1, 0]]] * 14, [13, 13])
    found = nearest(bargain, (0,) * 14)
    assert found is not None
    assert found.distance == 7
    assert bargain.is_possible(found.settlements[0])


def test_a_commitment_that_leaves_nothing_has_no_price() -> None:
    found = {(price.issue, price.option): price for price in prices(WELLS)}
    assert found[0, 0].value is None
    assert found[0, 1].cost == 0.0
    assert found[1, 1].cost is not None
    assert found[1, 1].cost > 0


def test_a_lottery_can_give_the_less_served_more() -> None:
    bargain = simple([[[6, 0], [0, 6]]])
    assert solve(bargain, "egalitarian").value == 0
    found = mixture(bargain)
    assert found is not None
    assert found.value == pytest.approx(3.0)
    assert "50.0%" in str(found)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parties": ()}, "has no party"),
        ({"worth": (((float("nan"), 0),) * 3, ((0, 0),) * 2)}, "finite"),
        ({"reservation_value": (1,)}, "one per party"),
        ({"rule": Rule.signatories(2, (0,), 2)}, "fails even if every party accepts"),
        ({"parties": ("North", "North")}, "lists the party 'North' twice; list it once"),
    ],
)
def test_a_wrong_bargain_cannot_be_made(change: dict[str, object], words: str) -> None:
    from dataclasses import replace

    with pytest.raises(ScenarioError, match=words):
        replace(WELLS, **change)  # type: ignore[arg-type]


def test_an_issue_without_options_and_a_bargain_without_issues_are_named() -> None:
    with pytest.raises(ScenarioError, match="no option"):
        BargainIssue(name="empty", options=())
    with pytest.raises(ScenarioError, match="no issue"):
        solve(Bargain(issues=(), parties=("A",), worth=()), "nash")


def test_odd_bargains_get_an_answer() -> None:
    one = simple([[[0]], [[0]]])
    assert solve(one, "nash").value == 0
    flat = simple([[[1, 1], [1, 1]]] * 3)
    assert frontier(flat).pick(0).ties == 8
    above = simple([[[1, 1], [0, 0]]], [5, 0])
    assert solve(above, "egalitarian").status == "infeasible"
    many = simple([[[1] * 26, [0] * 26]] * 3)
    assert solve(many, "egalitarian").value == 3
    huge = simple([[[option, 9 - option] for option in range(10)]] * 100)
    assert len(frontier(huge)) == 901
    assert huge.settlements == 10**100
