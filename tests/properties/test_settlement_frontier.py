"""The frontier against plain enumeration, by every engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from goodoffices.bargain import Bargain
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.additive import additive_candidates
from goodoffices.settlement.frontiers.frontier import frontier
from goodoffices.settlement.frontiers.integer_program import integer_programme_candidates
from goodoffices.settlement.kernels.pareto import undominated_sorted
from goodoffices.settlement.problem.enumeration import enumerated_candidates, undominated_rows
from goodoffices.settlement.problem.exact_dominance import Candidates
from goodoffices.settlement.problem.integer_form import allowed_options, prepare
from goodoffices.settlement.results import Status
from properties.settlement_bargains import bargains, dominates, possible, settlements, simple, undominated


@given(arrays(np.int64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(-2, 2)))
def test_the_filter_keeps_one_of_every_undominated_row_for_any_number_of_parties(rows: np.ndarray) -> None:
    order = np.lexsort(rows.T[::-1])[::-1]
    kept = rows[order[undominated_sorted(rows, order)]]
    vectors = {tuple(int(x) for x in row) for row in rows}
    by_definition = {v for v in vectors if not any(w != v and all(a >= b for a, b in zip(w, v)) for w in vectors)}  # noqa: B905
    assert sorted(tuple(int(x) for x in row) for row in kept) == sorted(by_definition)


@given(st.integers(0, 10**6), st.integers(4, 6))
def test_the_filter_holds_for_sets_too_large_for_its_base_case(seed: int, n: int) -> None:
    rows = np.random.default_rng(seed).integers(0, 5, (300, n))
    order = np.lexsort(rows.T[::-1])[::-1]
    kept = {tuple(row) for row in rows[order[undominated_sorted(rows, order)]].tolist()}
    at_least = (rows[None, :, :] >= rows[:, None, :]).all(axis=2)
    above = np.any(np.greater(rows[None, :, :], rows[:, None, :]), axis=2)
    assert kept == {tuple(row) for row in rows[~(at_least & above).any(axis=1)].tolist()}


@given(bargains())
def test_the_frontier_is_what_the_definition_says(bargain: Bargain) -> None:
    found = frontier(bargain)
    picks = [found.pick(at) for at in range(len(found))]
    truth = undominated({bargain.worth_of(settlement) for settlement in possible(bargain)})
    assert {pick.worth for pick in picks} == truth
    assert len(picks) == len(truth)
    assert all(bargain.is_possible(pick.settlement) for pick in picks)
    assert (found.status is Status.INFEASIBLE) == (not truth)


@given(bargains())
def test_ties_count_the_settlements_of_equal_worth(bargain: Bargain) -> None:
    found = frontier(bargain)
    counted = Counter(bargain.worth_of(settlement) for settlement in possible(bargain))
    for at in range(len(found)):
        pick = found.pick(at)
        assert pick.ties == counted[pick.worth] if found.ties_exact else pick.ties <= counted[pick.worth]


@given(bargains(plain=True, links=False))
def test_among_all_settlements_reservation_values_do_not_matter(bargain: Bargain) -> None:
    found = frontier(bargain, among="all")
    truth = undominated({bargain.worth_of(settlement) for settlement in settlements(bargain)})
    assert {found.pick(at).worth for at in range(len(found))} == truth


def listed(found: Candidates | None, bargain: Bargain) -> dict[tuple[Fraction, ...], float]:
    assert found is not None
    pairs = zip(found.choices.tolist(), found.ties.tolist(), strict=True)
    return {bargain.worth_of(tuple(choice)): ties for choice, ties in pairs}


@given(bargains(links=False, most_parties=5), st.data())
def test_merging_issue_by_issue_gives_the_frontier_of_an_enumeration(bargain: Bargain, data: st.DataObject) -> None:
    parties = st.sets(st.sampled_from(range(len(bargain.parties))))
    coalition = data.draw(st.none() | parties.map(frozenset))
    tables = prepare(bargain)
    merged = additive_candidates(tables, coalition, most=10_000, watch=Watch())
    enumerated = enumerated_candidates(tables, coalition)
    assert listed(merged, bargain).keys() == listed(enumerated, bargain).keys()
    if merged is not None and merged.ties_exact:
        assert listed(merged, bargain) == listed(enumerated, bargain)


@given(st.integers(0, 10**6), st.integers(2, 6))
def test_merging_gives_the_frontier_of_an_enumeration_for_thousands_of_settlements(seed: int, n: int) -> None:
    bargain = simple(np.random.default_rng(seed).integers(0, 9, (7, 3, n)).tolist(), [20] * n)
    tables, everyone = prepare(bargain), frozenset(range(n))
    merged = additive_candidates(tables, everyone, most=10_000, watch=Watch())
    assert listed(merged, bargain) == listed(enumerated_candidates(tables, everyone), bargain)


def test_an_enumeration_of_too_large_a_frontier_is_left_to_the_kernels() -> None:
    line = np.array([[number, 999 - number] for number in range(1000)], np.int64)
    assert undominated_rows(line, most=10_000) is None
    found = undominated_rows(line, most=10_000_000)
    assert found is not None
    assert found[0].size == 1000


@given(bargains(most_parties=2))
def test_integer_programming_finds_the_same_frontier(bargain: Bargain) -> None:
    tables = prepare(bargain)
    everyone = frozenset(range(len(bargain.parties)))
    allowed = allowed_options(tables, everyone)
    assume(all(allowed) and all(cap is None for cap in bargain.cap))
    found = integer_programme_candidates(tables, everyone, allowed, most=1000, watch=Watch())
    assert found is not None
    forbidden = [limit.forbidden for limit in bargain.constraints]
    accepted = [
        s for s in settlements(bargain) if bargain.accepting(s) == everyone and not any(b.holds(s) for b in forbidden)
    ]
    truth = undominated({bargain.worth_of(settlement) for settlement in accepted})
    assert {bargain.worth_of(tuple(row)) for row in found.choices.tolist()} == truth


@given(bargains(), st.integers(2, 9))
def test_fractions_of_any_size_compare_exactly(bargain: Bargain, prime: int) -> None:
    denominator = 10**40 + prime
    tiny = replace(
        bargain,
        worth=tuple(
            tuple(tuple(Fraction(worth) / denominator for worth in row) for row in table) for table in bargain.worth
        ),
        interactions=tuple(
            replace(link, worth=tuple(Fraction(worth) / denominator for worth in link.worth))
            for link in bargain.interactions
        ),
        reservation_value=tuple(Fraction(value) / denominator for value in bargain.reservation_value),
        cap=tuple(None if cap is None else Fraction(cap) / denominator for cap in bargain.cap),
    )
    whole, small = frontier(bargain), frontier(tiny)
    assert {tuple(w * denominator for w in small.pick(at).worth) for at in range(len(small))} == {
        whole.pick(at).worth for at in range(len(whole))
    }


@given(bargains(plain=True), st.randoms(use_true_random=False))
def test_the_order_of_issues_and_options_changes_nothing(bargain: Bargain, random: object) -> None:
    order = list(range(len(bargain.issues)))[::-1]
    assume(not bargain.interactions and not bargain.constraints)
    turned = replace(
        bargain,
        issues=tuple(replace(bargain.issues[at], options=bargain.issues[at].options[::-1]) for at in order),
        worth=tuple(bargain.worth[at][::-1] for at in order),
    )
    first, second = frontier(bargain), frontier(turned)
    assert {first.pick(at).worth for at in range(len(first))} == {second.pick(at).worth for at in range(len(second))}


@given(bargains())
def test_adding_a_constraint_never_adds_a_settlement(bargain: Bargain) -> None:
    without = replace(bargain, constraints=())
    before = {frontier(without).pick(at).worth for at in range(len(frontier(without)))}
    now = frontier(bargain)
    for at in range(len(now)):
        worth = now.pick(at).worth
        assert worth in before or any(dominates(other, worth) for other in before)
