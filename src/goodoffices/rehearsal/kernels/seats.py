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
from goodoffices.rehearsal.kernels.random_numbers import uniform
from goodoffices.rehearsal.kernels.worth_halves import at_least, worth_of
from goodoffices.settlement.kernels.jit import Ints

_SEATS = 16


@inner
def hear(
    rules: Rules, wants: Wants, manners: Manners, seats: Seats, what: tuple[int, int, int, int], options: Ints
) -> None:
    """Let a party hear a proposal: any acceptance of an earlier one is void. ``what``: run, party, proposal, source."""
    run, party, proposal, source = what
    state = seats.state[party]
    state[PROPOSAL], state[IS_OWN], state[SOURCE], state[ACCEPTING] = proposal, 0, source, -1
    copy_row(seats.options[party], options)
    kind = manners.proposing[party]
    if kind < 2 or kind > 5:
        return
    if kind == 5:
        note_told(rules, seats, party, source, options)
        return
    given = seats.given[party]
    for place in range(PENDING + 1, given.shape[0] - 1):
        given[place] = given[place + 1]
    given[given.shape[0] - 1] = worth_of(rules, wants.worth[run], party, options)
    given[HEARD] += 1.0
    given[TO_ANSWER] = 1.0


@inner
def note_told(rules: Rules, seats: Seats, party: int, source: int, options: Ints) -> None:
    """Note a settlement that a source had not proposed before to a party that counts them."""
    number, of = 0, source if source >= 0 else seats.told.shape[1] - 1
    for issue in range(options.shape[0]):
        number += options[issue] * rules.places[issue]
    for place in range(seats.n_told[party, of]):
        if seats.told[party, of, place] == number:
            return
    seats.told[party, of, seats.n_told[party, of]] = number
    seats.n_told[party, of] += 1


@inner
def heard_by_least(seats: Seats, party: int) -> int:
    """Return how many different settlements the least generous source has proposed; 0 if some have not yet."""
    least, n_sources = -1, 0
    n = seats.told.shape[1] - 1
    for source in range(n + 1):
        count = seats.n_told[party, source]
        if count > 0:
            n_sources += 1
            least = count if least < 0 else min(least, count)
    return int(least) if n_sources >= n - 1 or seats.n_told[party, n] > 0 else 0


@inner
def conceded(
    rules: Rules, orders: Orders, seats: Seats, who: tuple[int, int, int, int], floor: float
) -> tuple[int, float]:
    """Return the next settlement that a micro party concedes, or an earlier one; ``who``: row, run, party and turn."""
    row, run, party, turn = who
    made = seats.conceded[party, 0]
    seats.conceded[party, 1] = made
    falling, worths = orders.falling[row, party], orders.falling_worth[row, party]
    if made <= heard_by_least(seats, party) and falling[made] >= 0 and worths[made] >= floor:
        seats.conceded[party, 1] = made + 1
        return falling[made], worths[made]
    if made == 0:
        return -1, 0.0
    drawn = uniform(rules.key, rules.first_run + run, _SEATS + party, turn, 0)
    place = min(int(drawn * made), made - 1)
    return falling[place], worths[place]


@inner
def any_settlement(
    rules: Rules, wants: Wants, orders: Orders, who: tuple[int, int, int, int], is_rational: bool, options: Ints
) -> tuple[int, float]:
    """Return a settlement by draw, of a hundred tries the first that may be proposed, or else the best."""
    row, run, party, turn = who
    m, floor = rules.sizes.shape[0], wants.reservation[run, party]
    for attempt in range(100):
        number, lines = 0, 0
        for issue in range(m):
            drawn = uniform(rules.key, rules.first_run + run, _SEATS + party, turn, attempt * m + issue)
            options[issue] = min(int(drawn * rules.sizes[issue]), rules.sizes[issue] - 1)
            number += options[issue] * rules.places[issue]
            lines |= wants.crossed[run, rules.starts[issue] + options[issue]]
        worth = worth_of(rules, wants.worth[run], party, options)
        if not (lines >> party) & 1 and (worth >= floor or not is_rational):
            return number, worth
    number, worth = at_least(orders, (row, party), orders.span[row, party, 1], rules.n_second)
    return (number, worth) if worth >= floor else (-1, 0.0)


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
    if kind >= 5:
        if kind == 5:
            number, worth = conceded(rules, orders, seats, (row, run, party, turn), floor)
        else:
            options = orders.known_options[party, 0]
            number, worth = any_settlement(rules, wants, orders, (row, run, party, turn), kind == 7, options)
        write_options(rules, number, orders.known_options[party, 0])
        return number, worth, 0
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
    """Note that a party has answered what it heard; one that accepts has not, until it proposes."""
    kind = manners.proposing[party]
    if kind == 5:
        seats.conceded[party, 0] = seats.conceded[party, 1]
    elif 2 <= kind <= 4:
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
    if not is_enough(
        manners, wants.levels[run, party, turn], turn / rules.n_turns, (party, number), (worth, following_worth)
    ):
        return False
    for issue in range(options.shape[0]):
        if (wants.crossed[run, rules.starts[issue] + options[issue]] >> party) & 1:
            return False
    return True


@inner
def is_enough(manners: Manners, level: float, share: float, who: tuple[int, int], worths: tuple[float, float]) -> bool:
    """Return whether a party accepts by its rule; ``who``: party, and the number that it would propose, -1 for none.

    ``level``: what it aspires to; ``share``: of the time; ``worths``: of what it has heard, and would propose.
    """
    party, worth = who[0], worths[0]
    manner, factor = manners.accepting[party], manners.factor[party]
    if manner == 0:
        return bool(worth >= level)
    if manner == 1:
        return bool(who[1] >= 0 and factor * worth + manners.addend[party] >= worths[1])
    return bool(worth >= factor) if manner == 2 else bool(share >= factor)
