"""Compiled negotiators: what a seat hears, would propose next, and finds good enough. The twin of `negotiators`."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.compilation import copy_row, inner
from goodoffices.rehearsal.kernels.layout import (
    ACCEPTING,
    DEMAND,
    HEARD,
    IS_OWN,
    PENDING,
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
from goodoffices.settlement.kernels.jit import Ints


@inner
def hear(
    rules: Rules, wants: Wants, manners: Manners, seats: Seats, what: tuple[int, int, int, int], options: Ints
) -> None:
    """Let a party hear a proposal: any acceptance of an earlier one is void. ``what``: run, party, proposal, source."""
    run, party, proposal, source = what
    state = seats.state[party]
    state[PROPOSAL], state[IS_OWN], state[SOURCE], state[ACCEPTING] = proposal, 0, source, -1
    copy_row(seats.options[party], options)
    if manners.proposing[party] < 2:
        return
    given = seats.given[party]
    for place in range(PENDING + 1, given.shape[0] - 1):
        given[place] = given[place + 1]
    given[given.shape[0] - 1] = worth_of(rules, wants.worth[run], party, options)
    given[HEARD] += 1.0
    given[TO_ANSWER] = 1.0


@inner
def demanded(manners: Manners, orders: Orders, seats: Seats, who: tuple[int, int], floor: float) -> float:
    """Return what a tit-for-tat party asks for next; ``who``: row of orders, party."""
    party = who[1]
    given, high = seats.given[party], orders.span[who[0], party, 1]
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
    return float(max(min(max(demand, orders.span[who[0], party, 2]), high), floor))


@inner
def following(
    rules: Rules, wants: Wants, manners: Manners, orders: Orders, seats: Seats, who: tuple[int, int, int]
) -> tuple[int, float, int]:
    """Return the number and worth of what a party would propose, and where its options stand; -1 if nothing.

    ``who``: run, party and turn. Proposals by time are kept by turn.
    """
    run, party, turn = who
    kind, row, floor = manners.proposing[party], wants.order[run], wants.reservation[run, party]
    place = turn if kind == 0 else 0
    if kind >= 2:
        level = demanded(manners, orders, seats, (row, party), floor)
    elif orders.known[party, place] != -2:
        return orders.known[party, place], orders.known_worth[party, place], place
    else:
        level = orders.span[row, party, 1] if kind == 1 else max(wants.levels[run, party, turn], floor)
    number, worth = at_least(orders, (row, party), level, rules.n_second)
    if kind >= 2:
        seats.given[party, PENDING] = level if number < 0 else worth
    elif worth < floor:
        number = -1
    orders.known[party, place], orders.known_worth[party, place] = number, worth
    write_options(rules, number, orders.known_options[party, place])
    return number, worth, place


@inner
def note_answer(manners: Manners, seats: Seats, party: int) -> None:
    """Note that a tit-for-tat party has answered what it heard; one that accepts has not, until it proposes."""
    if manners.proposing[party] >= 2:
        seats.given[party, DEMAND], seats.given[party, TO_ANSWER] = seats.given[party, PENDING], 0.0


@inner
def write_options(rules: Rules, number: int, options: Ints) -> None:
    """Write the options of the settlement with a number."""
    if number < 0:
        return
    for issue in range(options.shape[0]):
        options[issue] = number // rules.places[issue] % rules.sizes[issue]


@inner
def is_good(
    rules: Rules, wants: Wants, manners: Manners, orders: Orders, seats: Seats, what: tuple[int, int, int, int, float]
) -> bool:
    """Return whether a party accepts the copy it has heard; ``what``: run, party, turn, number and worth to follow."""
    run, party, turn, number, following_worth = what
    options = seats.options[party]
    worth = worth_of(rules, wants.worth[run], party, options)
    devaluation = wants.devaluation[run, party]
    if seats.state[party, SOURCE] >= 0 and devaluation != 0.0:
        worth = worth - devaluation * max(orders.span[wants.order[run], party, 1] - wants.reservation[run, party], 0.0)
    if worth < wants.reservation[run, party]:
        return False
    if manners.accepting[party] == 0:
        if worth < wants.levels[run, party, turn]:
            return False
    elif number < 0 or manners.factor[party] * worth + manners.addend[party] < following_worth:
        return False
    for issue in range(options.shape[0]):
        if (wants.crossed[run, rules.starts[issue] + options[issue]] >> party) & 1:
            return False
    return True
