"""Compiled negotiators: what a seat hears, would propose next, and finds good enough. The twin of `negotiators`."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.layout import (
    ACCEPTING,
    DEMAND,
    HEARD,
    IS_OWN,
    PROPOSAL,
    SOURCE,
    TO_ANSWER,
    Manners,
    Orders,
    Rules,
    Seats,
    Wants,
)
from goodoffices.rehearsal.kernels.worth_halves import at_least, worth_of
from goodoffices.settlement.kernels.jit import Ints, kernel


@kernel
def hear(
    rules: Rules, wants: Wants, manners: Manners, seats: Seats, what: tuple[int, int, int, int], options: Ints
) -> None:
    """Let a party hear a proposal: any acceptance of an earlier one is void. ``what``: run, party, proposal, source."""
    run, party, proposal, source = what
    state = seats.state[party]
    state[PROPOSAL], state[IS_OWN], state[SOURCE], state[ACCEPTING] = proposal, 0, source, -1
    seats.options[party, :] = options
    if manners.proposing[party] < 2:
        return
    given = seats.given[party]
    for place in range(HEARD + 1, given.shape[0] - 1):
        given[place] = given[place + 1]
    given[given.shape[0] - 1] = worth_of(rules, wants.worth[run], party, options)
    given[HEARD] += 1.0
    given[TO_ANSWER] = 1.0


@kernel
def demanded(manners: Manners, orders: Orders, seats: Seats, party: int, floor: float) -> float:
    """Return what a tit-for-tat party asks for next, and note that it has answered."""
    given, high = seats.given[party], orders.span[party, 1]
    is_new, demand = np.isnan(given[DEMAND]), given[DEMAND]
    if is_new:
        demand = high
    elif given[TO_ANSWER] > 0.0 and given[HEARD] > 1.0:
        last = given.shape[0] - 1
        back = min(manners.window[party], int(given[HEARD]) - 1) if manners.proposing[party] == 4 else 1
        latest, earlier = given[last], given[last - back]
        if manners.proposing[party] == 3:
            demand = demand - (latest - earlier)
        elif latest > 0.0:
            demand = demand * earlier / latest
    given[TO_ANSWER] = 0.0
    return float(max(min(max(demand, orders.span[party, 2]), high), floor))


@kernel
def following(
    rules: Rules, manners: Manners, orders: Orders, seats: Seats, who: tuple[int, int], floor: float
) -> tuple[int, float, int]:
    """Return the number and worth of what a party would propose, and where its options stand; -1 if nothing.

    ``who``: party and turn. Proposals by time are kept by turn.
    """
    party, turn = who
    kind = manners.proposing[party]
    if kind >= 2:
        demand = demanded(manners, orders, seats, party, floor)
        number, worth = at_least(orders, party, demand, rules.n_second)
        seats.given[party, DEMAND] = demand if number < 0 else worth
        write_options(rules, number, orders.known_options[party, 0])
        return number, worth, 0
    place = 0 if kind == 1 else turn
    if orders.known[party, place] == -2:
        level = orders.span[party, 1] if kind == 1 else max(orders.levels[party, turn], floor)
        number, worth = at_least(orders, party, level, rules.n_second)
        if kind == 1 and worth < floor:
            number = -1
        orders.known[party, place], orders.known_worth[party, place] = number, worth
        write_options(rules, number, orders.known_options[party, place])
    return orders.known[party, place], orders.known_worth[party, place], place


@kernel
def write_options(rules: Rules, number: int, options: Ints) -> None:
    """Write the options of the settlement with a number."""
    if number < 0:
        return
    for issue in range(options.shape[0]):
        options[issue] = number // rules.places[issue] % rules.sizes[issue]


@kernel
def is_good(
    rules: Rules, wants: Wants, manners: Manners, orders: Orders, seats: Seats, what: tuple[int, int, int, int, float]
) -> bool:
    """Return whether a party accepts the copy it has heard; ``what``: run, party, turn, number and worth to follow."""
    run, party, turn, number, following_worth = what
    options = seats.options[party]
    worth = worth_of(rules, wants.worth[run], party, options)
    devaluation = wants.devaluation[run, party]
    if seats.state[party, SOURCE] >= 0 and devaluation != 0.0:
        worth = worth - devaluation * orders.span[party, 3]
    if worth < wants.reservation[run, party]:
        return False
    if manners.accepting[party] == 0:
        if worth < orders.levels[party, turn]:
            return False
    elif number < 0 or manners.factor[party] * worth + manners.addend[party] < following_worth:
        return False
    for issue in range(options.shape[0]):
        if (wants.crossed[run, rules.starts[issue] + options[issue]] >> party) & 1:
            return False
    return True
