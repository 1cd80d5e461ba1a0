"""Counts, blockers and smallest changes against plain enumeration."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import assume, example, given, settings, strategies as st

from goodoffices.bargain import Bargain
from goodoffices.progress import Watch
from goodoffices.settlement.feasibility.blockers import blockers, core, objections
from goodoffices.settlement.feasibility.coalition_feasibility import Oracle, lowering
from goodoffices.settlement.feasibility.counting import by_halves, by_points
from goodoffices.settlement.feasibility.minimal_changes import lift_by_programme
from goodoffices.settlement.feasibility.unblock import Change, needed, unblock
from goodoffices.settlement.feasibility.zone import _by_unions, _enumerate, zone
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare
from properties.settlement_bargains import bargains, possible, settlements, simple

Settlement = tuple[int, ...]
Asks = tuple[tuple[Fraction, bool], ...]


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


def asked(bargain: Bargain, settlement: Settlement, group: frozenset[int]) -> tuple[frozenset[Change], Asks]:
    """What ``group`` gives up for a settlement: red lines and constraints, and how far each lowers what it needs."""
    changes = needed(bargain, settlement, group)
    lowered = {change.party for change in changes if change.kind == "reservation"}
    by = lowering(bargain, settlement)
    return (
        frozenset(change for change in changes if change.kind != "reservation"),
        tuple((by[p] if p in group else Fraction(0), p in lowered) for p in range(len(bargain.parties))),
    )


def asks_less(one: tuple[frozenset[Change], Asks], other: tuple[frozenset[Change], Asks]) -> bool:
    """Whether ``one`` asks no more of anybody, and less of somebody, than ``other``."""
    return one != other and one[0] <= other[0] and all(a <= b for a, b in zip(one[1], other[1], strict=True))


def smallest(bargain: Bargain) -> set[tuple[frozenset[Change], Asks]]:
    """The smallest openings by their definition."""
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    every = {asked(bargain, s, group) for s in settlements(bargain) for group in coalitions}
    return {one for one in every if not any(asks_less(other, one) for other in every)}


@given(bargains())
def test_openings_are_those_of_which_no_other_asks_less(bargain: Bargain) -> None:
    found = unblock(bargain, limit=1000)
    assert {(opening.lifted, opening.asks) for opening in found.openings} == smallest(bargain)
    assert found.is_complete
    assert found.is_needed != bool(possible(bargain))
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    for opening in found.openings:
        assert (opening.lifted, opening.asks) in {asked(bargain, opening.settlement, group) for group in coalitions}


@given(bargains(), st.lists(st.integers(1, 7), min_size=4, max_size=4))
def test_openings_do_not_depend_on_the_points_that_a_party_uses(bargain: Bargain, factors: list[int]) -> None:
    scaled = replace(
        bargain,
        worth=tuple(tuple(_scaled(row, factors) for row in table) for table in bargain.worth),
        reservation_value=_scaled(bargain.reservation_value, factors),
        cap=tuple(cap and cap * factor for cap, factor in zip(bargain.cap, factors, strict=False)),
        interactions=tuple(replace(link, worth=_scaled(link.worth, factors)) for link in bargain.interactions),
    )
    before, after = unblock(bargain, limit=1000), unblock(scaled, limit=1000)
    assert [opening.changes for opening in before.openings] == [opening.changes for opening in after.openings]
    assert [_scaled(opening.lowering, factors) for opening in before.openings] == [o.lowering for o in after.openings]


def _scaled(row: tuple[Any, ...], factors: list[int]) -> tuple[Any, ...]:
    return tuple(value * factor for value, factor in zip(row, factors, strict=False))


@settings(max_examples=25)
@given(bargains(most_parties=3, most_issues=3))
@example(simple([[[0]]], [4]))
@example(replace(simple([[[3, 0], [0, 3]]], [2, 2]), cap=(1, None)))
def test_integer_programming_finds_openings_of_which_no_other_asks_less(bargain: Bargain) -> None:
    every = smallest(bargain)
    lifted = lift_by_programme(prepare(bargain), 1000, Watch())
    assert lifted.is_decided
    assert lifted.is_free == bool(possible(bargain))
    found = {asked(bargain, settlement, group) for settlement, group in lifted.found}
    least = {one for one in found if not any(asks_less(other, one) for other in found)}
    sets = {_changed(one) for one in every}
    minimal = {one for one in sets if not any(other < one for other in sets)}
    assert minimal <= {_changed(one) for one in found}
    if not any(bargain.strict):
        assert least <= every


def _changed(one: tuple[frozenset[Change], Asks]) -> frozenset[Any]:
    return one[0] | {party for party, (_, is_lowered) in enumerate(one[1]) if is_lowered}
