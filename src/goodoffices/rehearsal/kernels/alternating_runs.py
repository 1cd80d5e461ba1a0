"""Compiled runs of alternating proposals, with channels. The twin of `protocols.alternating_offers`."""

from __future__ import annotations

from typing import cast

import numpy as np

from goodoffices.rehearsal.kernels.compilation import copy_row, fill, inner
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
from goodoffices.rehearsal.kernels.seats import following, hear, is_good, note_answer, write_options
from goodoffices.rehearsal.kernels.worth_halves import worth_of
from goodoffices.settlement.kernels.jit import Ints, kernel

ANEW, ANSWER = cast(int, np.int64(0)), cast(int, np.int64(2))
"""Kinds of messages, as numbers that are not literals: a loop is compiled anew for each literal."""

Source = tuple[tuple[int, int], int, int]
Talk = tuple[Rules, Wants, Manners, Frictions, Orders, Seats, Post]


@inner
def is_equal(one: Ints, other: Ints) -> bool:
    """Return whether two copies have the same options."""
    is_same = True
    for issue in range(one.shape[0]):
        is_same = is_same and one[issue] == other[issue]
    return is_same


@inner
def holding(seats: Seats, made: Ints, proposal: int) -> int:
    """Return as bits the parties whose acceptance has reached the maker and is still in force."""
    found = 0
    for party in range(seats.state.shape[0]):
        if (made[1] >> party) & 1 and seats.state[party, ACCEPTING] == proposal:
            found |= 1 << party
    return found


@inner
def n_relays(rules: Rules, sender: int, recipient: int) -> int:
    """Return how many intermediaries carry a message."""
    found = 0
    for leg in range(rules.ways.shape[2]):
        found += rules.ways[sender, recipient, leg] >= 0
    return found


@inner
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


@inner
def deliver(talk: Talk, source: Source, turn: int, whole: Ints) -> bool:
    """Deliver what arrives by a turn, in order; return whether that ends the run."""
    rules, wants, manners, _, _, seats, post = talk
    while True:
        place = next_due(post, turn)
        if place < 0:
            return False
        place = take_out(post, place)
        row, options = post.waiting[place], post.waiting_options[place]
        if row[7] != 0:
            continue
        is_same = is_equal(options, post.made_options[row[5]])
        if row[2] == 2:
            if receive(talk, (row[5], row[3], is_same, row[0]), whole):
                return True
        else:
            whole[MISHEARD] += not is_same
            hear(rules, wants, manners, seats, (source[2], row[4], row[5], row[6]), options)


@inner
def propose(talk: Talk, source: Source, what: tuple[int, int, int], options: Ints, whole: Ints) -> bool:
    """Make a proposal and send it to all; return False if too many messages wait. ``what``: party, turn, kind."""
    rules, wants, manners, frictions, _, seats, post = talk
    party, turn, kind = what
    proposal = post.counters[0]
    post.counters[0] += 1
    post.made[proposal, 0], post.made[proposal, 1], post.made[proposal, 2] = party, 0, 0
    copy_row(post.made_options[proposal], options)
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
            copy_row(post.waiting_options[post.counters[1]], options)
            if not send(rules, frictions, source, post, (kind, party, other, proposal, turn), whole):
                return False
    return True


@inner
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
    copy_row(post.waiting_options[post.counters[1]], seats.options[party])
    return 0 if send(rules, frictions, source, post, (ANSWER, party, maker, proposal, turn), whole) else -1


@inner
def move(talk: Talk, source: Source, party: int, turn: int, whole: Ints) -> int:
    """Let a party move; return 1 if that ends the run, 0 if not, -1 if too many messages wait."""
    rules, wants, manners, frictions, orders, seats, post = talk
    state, run = seats.state[party], source[2]
    done, kind = 0, state[REPEATS]
    state[REPEATS] = 0
    if kind == 1 and state[PROPOSAL] >= 0 and state[IS_OWN] == 1:
        if not propose(talk, source, (party, turn, kind), post.made_options[state[PROPOSAL]], whole):
            return -1
    else:
        number, worth, place = following(rules, wants, manners, orders, seats, (run, party, turn))
        may_accept = state[PROPOSAL] >= 0 and state[IS_OWN] == 0
        if may_accept and is_good(rules, wants, manners, orders, seats, (run, party, turn, number, worth)):
            done = accept(talk, source, party, turn, whole)
        else:
            note_answer(manners, seats, party)
            options = orders.known_options[party, place]
            if number >= 0 and not propose(talk, source, (party, turn, ANEW), options, whole):
                return -1
    if done == 0 and not frictions.is_free[run]:
        done = int(deliver(talk, source, turn, whole))
    return done


@inner
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


@inner
def begin(seats: Seats, post: Post) -> None:
    """Clear the table before a run."""
    for party in range(seats.state.shape[0]):
        fill(seats.state[party], -1)
        seats.state[party, IS_OWN], seats.state[party, REPEATS] = 0, 0
        for column in range(seats.given.shape[1]):
            seats.given[party, column] = np.nan if column == 0 else 0.0
        fill(seats.conceded[party], 0)
        fill(seats.n_told[party], 0)
    fill(post.counters, 0)
    for hop in range(post.hops.shape[0]):
        fill(post.hops[hop], 0)
        post.hops[hop, 0], post.hops[hop, 2], post.hops[hop, 4] = -1, -1, -1
        for party in range(post.told.shape[1]):
            post.told[hop, party, 0] = -1
            fill(post.asked[hop, party], 0)


@inner
def play_run(talk: Talk, source: Source, whole: Ints) -> None:
    """Play one run."""
    _, _, _, _, _, seats, post = talk
    begin(seats, post)
    clock, ended = ANEW, 0
    while ended == 0:
        for party in range(seats.state.shape[0]):
            clock, ended = take_seat(talk, source, party, clock, whole)
            if ended != 0:
                break
    if ended < 0:
        whole[ENDING] = UNFINISHED


@inner
def write_worths(talk: Talk, run: int, results: Results) -> None:
    """Write what the end of a run is worth to each party, and its gain as a share of its range."""
    rules, wants, _, _, orders, seats, post = talk
    whole, n = results.whole[run], seats.state.shape[0]
    options = post.made_options[0]
    write_options(rules, whole[SETTLEMENT], options)
    for party in range(n):
        reservation = wants.reservation[run, party]
        worth = reservation
        if whole[ENDING] == AGREEMENT and (whole[SIGNED] >> party) & 1:
            worth = worth_of(rules, wants.worth[run], party, options)
        span = orders.span[wants.order[run], party, 1] - reservation
        results.real[run, party] = worth
        results.real[run, n + party] = (worth - reservation) / span if span > 0.0 else 0.0


@inner
def forget(orders: Orders) -> None:
    """Forget the proposals that were found for the run before."""
    for party in range(orders.known.shape[0]):
        for turn in range(orders.known.shape[1]):
            orders.known[party, turn] = -2


@kernel
def play_runs(talk: Talk, key: tuple[int, int], first: int, results: Results) -> None:
    """Play all runs that were drawn; ``first`` is the number of the first. Write endings, worths and gains.

    Runs marked unfinished before are left alone.
    """
    for run in range(results.whole.shape[0]):
        if talk[1].is_new[run]:
            forget(talk[4])
        if results.whole[run, ENDING] != UNFINISHED:
            play_run(talk, (key, first + run, run), results.whole[run])
            write_worths(talk, run, results)
