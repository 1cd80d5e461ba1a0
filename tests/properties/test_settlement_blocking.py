"""Counts, blockers and smallest changes against plain enumeration."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, example, given, settings, strategies as st

from goodoffices.bargain import Bargain
from goodoffices.progress import Watch
from goodoffices.settlement.feasibility.blockers import blockers, core, objections
from goodoffices.settlement.feasibility.coalition_feasibility import Oracle, lowering
from goodoffices.settlement.feasibility.counting import by_halves, by_points
from goodoffices.settlement.feasibility.minimal_changes import lift_by_programme
from goodoffices.settlement.feasibility.unblock import needed, unblock
from goodoffices.settlement.feasibility.zone import _by_unions, _enumerate, zone
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare
from properties.settlement_bargains import bargains, possible, settlements, simple


def subsets(n: int) -> list[frozenset[int]]:
    return [frozenset(group) for size in range(n + 1) for group in itertools.combinations(range(n), size)]


def unbroken(bargain: Bargain) -> list[tuple[int, ...]]:
    return [s for s in settlements(bargain) if not any(limit.forbidden.holds(s) for limit in bargain.constraints)]


@given(bargains())
def test_the_zone_is_the_number_of_possible_settlements(bargain: Bargain) -> None:
    counted = zone(bargain)
    assert counted.count == len(possible(bargain))
    assert counted.is_exact


@given(bargains(links=False))
def test_counting_over_points_gives_the_same_number(bargain: Bargain) -> None:
    assert _by_unions(prepare(bargain), by_points, Watch()) == len(possible(bargain))


@given(bargains(links=False, most_parties=3))
def test_counting_by_halves_gives_the_same_number(bargain: Bargain) -> None:
    assert _by_unions(prepare(bargain), by_halves, Watch()) == len(possible(bargain))


@given(st.integers(0, 10**6), st.integers(1, 3), st.sampled_from([5, 40, 2**40]))
def test_counting_by_halves_holds_for_lists_beyond_its_base_case(seed: int, n: int, size: int) -> None:
    import numpy as np

    worth = np.random.default_rng(seed).integers(-size, size, (8, 3, n))
    bargain = simple(worth.tolist(), [size // 2] * n)
    tables = prepare(bargain)
    whole = worth[0]
    for table in worth[1:]:
        whole = (whole[:, None, :] + table[None, :, :]).reshape(-1, n)
    assert by_halves(tables, frozenset(range(n)), Watch()) == np.count_nonzero((whole >= size // 2).all(axis=1))


def test_more_than_three_parties_are_not_counted_by_halves() -> None:
    assert by_halves(prepare(simple([[[0] * 4]] * 2)), frozenset(range(4)), Watch()) is None


@given(st.integers(0, 10**6), st.integers(1, 2))
def test_counts_of_any_size_carry_from_limb_to_limb(seed: int, n: int) -> None:
    import numpy as np

    rng = np.random.default_rng(seed)
    worth = [rng.integers(0, 3, (int(rng.integers(1, 12)), n)).tolist() for _ in range(40)]
    least = rng.integers(0, 20, n).tolist()
    counts = {(0,) * n: 1}
    for table in worth:
        grown: dict[tuple[int, ...], int] = {}
        for sums, number in counts.items():
            for row in table:
                total = tuple(min(a + b, limit) for a, b, limit in zip(sums, row, least, strict=True))
                grown[total] = grown.get(total, 0) + number
        counts = grown
    assert by_points(prepare(simple(worth, least)), frozenset(range(n)), Watch()) == counts.get(tuple(least), 0)


@given(bargains())
def test_counting_part_by_part_gives_the_same_number(bargain: Bargain) -> None:
    assert _enumerate(prepare(bargain), Watch()) == len(possible(bargain))


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_counting_over_points_is_exact_for_counts_beyond_one_limb(seed: int, times: int) -> None:
    import numpy as np

    worth = np.random.default_rng(seed).integers(0, 4, (3, 2, 2)).tolist()
    small = simple(worth, [3, 3])
    blown = simple([*worth, *[[[0, 0]] * 1000] * (4 * times)], [3, 3])
    assert by_points(prepare(blown), frozenset({0, 1}), Watch()) == zone(small).count * 1000 ** (4 * times)


@given(bargains())
def test_the_smallest_coalitions_are_those_the_rule_accepts_and_no_part_of(bargain: Bargain) -> None:
    n = len(bargain.parties)
    winning = [group for group in subsets(n) if bargain.decided_by.holds(group)]
    minimal = [group for group in winning if not any(other < group for other in winning)]
    assert set(minimal_coalitions(bargain.decided_by, n)) == set(minimal)


@given(bargains())
def test_conflicts_and_agreements_are_the_minimal_and_maximal_sets(bargain: Bargain) -> None:
    n = len(bargain.parties)
    accepting = [bargain.accepting(settlement) for settlement in unbroken(bargain)]
    assume(accepting)
    can = {group for group in subsets(n) if any(group <= who for who in accepting)}
    cannot = set(subsets(n)) - can
    found = blockers(bargain)
    assert set(found.conflicts) == {g for g in cannot if not any(other < g for other in cannot)}
    assert {group for group, _ in found.agreements} == {g for g in can if not any(other > g for other in can)}
    assert all(group <= bargain.accepting(settlement) for group, settlement in found.agreements)
    assert found.is_possible == bool(possible(bargain))
    everyone = frozenset(range(n))
    assert found.veto_players == {p for p in everyone if not bargain.decided_by.holds(everyone - {p})}


@given(bargains(), st.data())
def test_the_oracle_decides_without_a_list_as_with_one(bargain: Bargain, data: st.DataObject) -> None:
    assume(unbroken(bargain))
    parties = frozenset(data.draw(st.sets(st.sampled_from(range(len(bargain.parties))))))
    listed = Oracle.of(bargain, Watch())
    searching = Oracle(tables=prepare(bargain), watch=Watch())
    found = searching.settlement(parties)
    assert (found is None) == (listed.settlement(parties) is None)
    if found is not None:
        assert parties <= bargain.accepting(found)


@given(bargains(most_issues=3))
def test_objections_are_the_coalitions_that_can_all_do_better(bargain: Bargain) -> None:
    for settlement in possible(bargain)[:3]:
        worth = bargain.worth_of(settlement)
        coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
        better = {
            group
            for group in coalitions
            if any(
                group <= bargain.accepting(other) and all(bargain.worth_of(other)[p] > worth[p] for p in group)
                for other in unbroken(bargain)
            )
        }
        assert {group for group, _ in objections(bargain, settlement)} == better


def test_the_core_of_a_majority_over_a_cycle_is_empty() -> None:
    """Condorcet's cycle: every option is beaten by another under majority."""
    from goodoffices.bargain import Rule

    cycle = simple([[[3, 1, 2], [2, 3, 1], [1, 2, 3]]], rule=Rule.weighted_majority((1, 1, 1), 2))
    assert core(cycle) == []
    assert len(core(simple([[[3, 1, 2], [2, 3, 1], [1, 2, 3]]]))) == 3


@given(bargains())
def test_openings_are_all_minimal_sets_of_changes_and_each_opens_its_settlement(bargain: Bargain) -> None:
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    sets = {needed(bargain, s, group) for s in settlements(bargain) for group in coalitions}
    minimal = {changes for changes in sets if not any(other < changes for other in sets)}
    found = unblock(bargain, limit=1000)
    assert {opening.changes for opening in found.openings} == minimal
    assert found.is_complete
    assert (frozenset() in minimal) == bool(possible(bargain))
    for opening in found.openings:
        assert opening.changes in {needed(bargain, opening.settlement, group) for group in coalitions}


@given(bargains())
def test_the_least_lowering_is_the_smallest_total(bargain: Bargain) -> None:
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    totals = [
        sum(max(Fraction(bargain.reservation_value[p]) - bargain.worth_of(s)[p], Fraction(0)) for p in group)
        for s in settlements(bargain)
        for group in coalitions
        if all(change.kind == "reservation" for change in needed(bargain, s, group))
    ]
    found = unblock(bargain).least_lowering
    assert (found is None) == (not totals)
    if found is not None:
        assert sum(found.lowering) == min(totals)


@settings(max_examples=25)
@given(bargains(most_parties=3, most_issues=3))
@example(simple([[[0]]], [4]))
@example(replace(simple([[[3, 0], [0, 3]]], [2, 2]), cap=(1, None)))
def test_integer_programming_finds_the_same_smallest_changes(bargain: Bargain) -> None:
    listed = {opening.changes for opening in unblock(bargain, limit=1000).openings}
    found, best, complete = lift_by_programme(prepare(bargain), 1000, Watch())
    sets = {needed(bargain, settlement, group) for settlement, group in found}
    assert {changes for changes in sets if not any(other < changes for other in sets)} == listed
    assert complete
    lowest = unblock(bargain).least_lowering
    assert (best is None) == (lowest is None)
    if best is not None and lowest is not None and not any(bargain.strict):
        by = lowering(bargain, best[0])
        assert sum(by[party] for party in best[1]) == sum(lowest.lowering)
