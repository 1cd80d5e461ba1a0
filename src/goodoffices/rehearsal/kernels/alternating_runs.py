"""Compiled runs of alternating proposals, with channels. The twin of `protocols.alternating_offers`."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.layout import (
    ACCEPTED,
    ACCEPTING,
    AGREEMENT,
    DEADLINE,
    DIFFERENT_COPIES,
    ENDING,
    IS_OWN,
    LAST,
    MESSAGES,
    MISHEARD,
    PROPOSAL,
    RELAYS,
    REPEATS,
    SETTLEMENT,
    SIGNED,
    TURN,
    UNFINISHED,
    Frictions,
    Manners,
    Orders,
    Post,
    Results,
    Rules,
    Seats,
    Wants,
)
from goodoffices.rehearsal.kernels.post import awaited, next_due, send, take_out
from goodoffices.rehearsal.kernels.seats import following, hear, is_good
from goodoffices.rehearsal.kernels.worth_halves import fill_orders, is_as_before, worth_of
from goodoffices.settlement.kernels.jit import Ints, kernel

Source = tuple[tuple[int, int], int, int]
Talk = tuple[Rules, Wants, Manners, Frictions, Orders, Seats, Post]


@kernel
def is_equal(one: Ints, other: Ints) -> bool:
    """Return whether two copies have the same options."""
    is_same = True
    for issue in range(one.shape[0]):
        is_same = is_same and one[issue] == other[issue]
    return is_same


@kernel
def holding(seats: Seats, made: Ints, proposal: int) -> int:
    """Return as bits the parties whose acceptance has reached the maker and is still in force."""
    found = 0
    for party in range(seats.state.shape[0]):
        if (made[1] >> party) & 1 and seats.state[party, ACCEPTING] == proposal:
            found |= 1 << party
    return found


@kernel
def n_relays(rules: Rules, sender: int, recipient: int) -> int:
    """Return how many intermediaries carry a message."""
    found = 0
    for leg in range(rules.ways.shape[2]):
        found += rules.ways[sender, recipient, leg] >= 0
    return found


@kernel
def receive(talk: Talk, what: tuple[int, int, bool, int], whole: Ints) -> bool:
    """Let the maker receive an acceptance; return whether that ends the run.

    ``what``: the proposal, who accepts, whether its copy has the same words, and the turn.
    """
    rules, _, _, _, _, seats, post = talk
    proposal, sender, is_same, turn = what
    made = post.made[proposal]
    maker, bit = made[0], 1 << sender
    if seats.state[sender, ACCEPTING] != proposal or seats.state[maker, PROPOSAL] != proposal:
        return False
    made[1] |= bit
    made[2] = made[2] & ~bit if is_same else made[2] | bit
    accepting = holding(seats, made, proposal)
    if not rules.wins[accepting | (1 << maker)]:
        return False
    all_same = accepting & made[2] == 0
    if not all_same and rules.is_exact:
        for party in range(seats.state.shape[0]):
            if (accepting >> party) & 1:
                seats.state[party, ACCEPTING] = -1
        made[1], made[2] = 0, 0
        seats.state[maker, REPEATS] = 1
        return False
    whole[ENDING] = AGREEMENT if all_same else DIFFERENT_COPIES
    whole[TURN], whole[SIGNED] = turn, accepting | (1 << maker)
    number = 0
    for issue in range(rules.sizes.shape[0]):
        number += post.made_options[proposal, issue] * rules.places[issue]
    whole[SETTLEMENT] = number
    return True


@kernel
def deliver(talk: Talk, source: Source, turn: int, whole: Ints) -> bool:
    """Deliver what arrives by a turn, in order; return whether that ends the run."""
    rules, wants, manners, _, _, seats, post = talk
    while True:
        place = next_due(post, turn)
        if place < 0:
            return False
        row, options = post.waiting[place].copy(), post.waiting_options[place].copy()
        take_out(post, place)
        if row[7] != 0:
            continue
        is_same = is_equal(options, post.made_options[row[5]])
        if row[2] == 2:
            if receive(talk, (row[5], row[3], is_same, row[0]), whole):
                return True
        else:
            whole[MISHEARD] += not is_same
            hear(rules, wants, manners, seats, (source[2], row[4], row[5], row[6]), options)


@kernel
def propose(talk: Talk, source: Source, what: tuple[int, int, int], options: Ints, whole: Ints) -> bool:
    """Make a proposal and send it to all; return False if too many messages wait. ``what``: party, turn, kind."""
    rules, wants, manners, frictions, _, seats, post = talk
    party, turn, kind = what
    proposal = post.counters[0]
    post.counters[0] += 1
    post.made[proposal, 0], post.made[proposal, 1], post.made[proposal, 2] = party, 0, 0
    post.made_options[proposal, :] = options
    state = seats.state[party]
    state[PROPOSAL], state[IS_OWN], state[ACCEPTING] = proposal, 1, proposal
    for other in range(seats.state.shape[0]):
        if other == party:
            continue
        if frictions.is_free[source[2]]:
            whole[MESSAGES] += 1
            whole[RELAYS] += n_relays(rules, party, other)
            hear(rules, wants, manners, seats, (source[2], other, proposal, party), options)
        else:
            post.waiting_options[post.counters[1], :] = options
            if not send(rules, frictions, source, post, (kind, party, other, proposal, turn), whole):
                return False
    return True


@kernel
def accept(talk: Talk, source: Source, party: int, turn: int, whole: Ints) -> int:
    """Accept the copy that stands; return 1 if that ends the run, 0 if not, -1 if too many messages wait."""
    rules, _, _, frictions, _, seats, post = talk
    state = seats.state[party]
    proposal = state[PROPOSAL]
    state[ACCEPTING] = proposal
    whole[ACCEPTED] |= 1 << party
    maker = post.made[proposal, 0]
    if frictions.is_free[source[2]]:
        whole[MESSAGES] += 1
        whole[RELAYS] += n_relays(rules, party, maker)
        is_same = is_equal(seats.options[party], post.made_options[proposal])
        return int(receive(talk, (proposal, party, is_same, turn), whole))
    post.waiting_options[post.counters[1], :] = seats.options[party]
    return 0 if send(rules, frictions, source, post, (2, party, maker, proposal, turn), whole) else -1


@kernel
def move(talk: Talk, source: Source, party: int, turn: int, whole: Ints) -> int:
    """Let a party move; return 1 if that ends the run, 0 if not, -1 if too many messages wait."""
    rules, wants, manners, frictions, orders, seats, post = talk
    state, run = seats.state[party], source[2]
    done = 0
    if state[REPEATS] == 1 and state[PROPOSAL] >= 0 and state[IS_OWN] == 1:
        state[REPEATS] = 0
        options = post.made_options[state[PROPOSAL]].copy()
        if not propose(talk, source, (party, turn, 1), options, whole):
            return -1
    else:
        state[REPEATS] = 0
        floor = wants.reservation[run, party]
        number, worth, place = following(rules, manners, orders, seats, (party, turn), floor)
        may_accept = state[PROPOSAL] >= 0 and state[IS_OWN] == 0
        if may_accept and is_good(rules, wants, manners, orders, seats, (run, party, turn, number, worth)):
            done = accept(talk, source, party, turn, whole)
        elif number >= 0 and not propose(talk, source, (party, turn, 0), orders.known_options[party, place], whole):
            return -1
    if done == 0 and not frictions.is_free[run]:
        done = int(deliver(talk, source, turn, whole))
    return done


@kernel
def take_seat(talk: Talk, source: Source, party: int, clock: int, whole: Ints) -> tuple[int, int]:
    """Let the next seat in order move as soon as it may; return the turn, and 1 ended, 0 not, -1 not finished here."""
    rules, _, _, frictions, _, seats, post = talk
    at = max(clock, seats.state[party, LAST] + 1)
    if not frictions.is_free[source[2]]:
        latest = awaited(post, party)
        if latest > at:
            at = min(latest, at + frictions.waits[source[2]])
        if deliver(talk, source, min(at, rules.n_turns - 1), whole):
            return at, 1
    if at >= rules.n_turns:
        if not deliver(talk, source, rules.n_turns - 1, whole):
            whole[ENDING], whole[TURN], whole[SETTLEMENT] = DEADLINE, rules.n_turns, -1
        return at, 1
    seats.state[party, LAST] = at
    return at, move(talk, source, party, at, whole)


@kernel
def begin(seats: Seats, post: Post) -> None:
    """Clear the table before a run."""
    seats.state[:] = -1
    seats.state[:, REPEATS] = 0
    seats.state[:, IS_OWN] = 0
    seats.given[:] = 0.0
    seats.given[:, 0] = np.nan
    post.counters[:] = 0
    post.hops[:] = 0
    post.hops[:, 0] = -1
    post.hops[:, 2] = -1
    post.hops[:, 4] = -1
    post.asked[:] = 0
    post.told[:] = -1


@kernel
def play_run(talk: Talk, source: Source, whole: Ints) -> None:
    """Play one run."""
    _, _, _, _, _, seats, post = talk
    begin(seats, post)
    clock, ended = 0, 0
    while ended == 0:
        for party in range(seats.state.shape[0]):
            clock, ended = take_seat(talk, source, party, clock, whole)
            if ended != 0:
                break
    if ended < 0:
        whole[ENDING] = UNFINISHED


@kernel
def play_runs(talk: Talk, key: tuple[int, int], first: int, results: Results) -> None:
    """Play all runs that were drawn; ``first`` is the number of the first. Write endings, worths and gains."""
    rules, wants, manners, _, orders, seats, post = talk
    n = seats.state.shape[0]
    can_play = True
    for run in range(results.whole.shape[0]):
        if not is_as_before(wants, run):
            can_play = fill_orders(rules, wants, run, manners.slack, orders)
        whole = results.whole[run]
        if not can_play:
            whole[ENDING] = UNFINISHED
            continue
        play_run(talk, (key, first + run, run), whole)
        options = post.made_options[0]
        if whole[SETTLEMENT] >= 0:
            for issue in range(rules.sizes.shape[0]):
                options[issue] = whole[SETTLEMENT] // rules.places[issue] % rules.sizes[issue]
        for party in range(n):
            reservation = wants.reservation[run, party]
            worth = reservation
            if whole[ENDING] == AGREEMENT and (whole[SIGNED] >> party) & 1:
                worth = worth_of(rules, wants.worth[run], party, options)
            span = orders.span[party, 1] - reservation
            results.real[run, party] = worth
            results.real[run, n + party] = (worth - reservation) / span if span > 0.0 else 0.0
