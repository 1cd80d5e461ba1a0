"""Compiled runs in which every message is heard at once, of negotiators that look at the time alone: the quick case.

The same rules as `alternating_runs`, without post. What a proposal is worth to the others is kept while worths stay.
"""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.alternating_runs import Talk, forget, write_worths
from goodoffices.rehearsal.kernels.compilation import inner
from goodoffices.rehearsal.kernels.layout import (
    ACCEPTED,
    AGREEMENT,
    DEADLINE,
    ENDING,
    MESSAGES,
    RELAYS,
    SETTLEMENT,
    SIGNED,
    TURN,
    UNFINISHED,
    Results,
)
from goodoffices.rehearsal.kernels.seats import following
from goodoffices.rehearsal.kernels.worth_halves import worth_of
from goodoffices.settlement.kernels.jit import Floats, Ints, kernel

Limits = tuple[float, float, float, float]


@inner
def value_of(talk: Talk, run: int, party: int, options: Ints) -> float:
    """Return what a proposal is worth to a party that hears it; below everything if it crosses its red line."""
    rules, wants = talk[0], talk[1]
    for issue in range(options.shape[0]):
        if (wants.crossed[run, rules.starts[issue] + options[issue]] >> party) & 1:
            return -np.inf
    return worth_of(rules, wants.worth[run], party, options)


@inner
def is_liked(worth: float, floor: float, limits: Limits, next_worth: float) -> bool:
    """Return whether a proposal is accepted; ``limits``: level, manner, factor and addend."""
    if worth < floor:
        return False
    if limits[1] == 0.0:
        return worth >= limits[0]
    return not np.isnan(next_worth) and limits[2] * worth + limits[3] >= next_worth


@inner
def deduction(talk: Talk, run: int, party: int) -> float:
    """Return by how much a party rates another's proposal lower."""
    wants, orders = talk[1], talk[4]
    if wants.devaluation[run, party] == 0.0:
        return 0.0
    span = max(orders.span[wants.order[run], party, 1] - wants.reservation[run, party], 0.0)
    return float(wants.devaluation[run, party] * span)


@inner
def begin_run(talk: Talk, run: int, kept: tuple[Floats, Floats, Ints]) -> None:
    """Note each party's deduction, and forget worths heard if anything differs from the run before."""
    for party in range(kept[1].shape[0]):
        kept[1][party] = deduction(talk, run, party)
    if talk[1].is_new[run]:
        forget(talk[4])
        for party in range(kept[0].shape[0]):
            for place in range(kept[0].shape[1]):
                kept[0][party, place] = np.nan


@inner
def move(talk: Talk, who: tuple[int, int, int], kept: tuple[Floats, Floats, Ints], state: Ints) -> int:
    """Let a party move; return 1 if it accepts, 2 if it proposes, 0 if it holds.

    ``who``: run, party and turn. ``state``: the maker of the standing proposal, its place among what is known, and the
    parties that accept it.
    """
    rules, wants, manners, _, orders, seats, _ = talk
    run, party, turn = who
    place = turn if manners.proposing[party] == 0 else 0
    if orders.known[party, place] == -2:
        following(rules, wants, manners, orders, seats, who)
    number, maker = orders.known[party, place], state[0]
    if maker >= 0 and maker != party:
        row = maker * orders.known.shape[1] + state[1]
        if np.isnan(kept[0][party, row]):
            kept[0][party, row] = value_of(talk, run, party, orders.known_options[maker, state[1]])
        worth = kept[0][party, row]
        if kept[1][party] != 0.0:
            worth = worth - kept[1][party]
        level, manner = wants.levels[run, party, turn], float(manners.accepting[party])
        limits = (level, manner, manners.factor[party], manners.addend[party])
        next_worth = orders.known_worth[party, place] if number >= 0 else np.nan
        if is_liked(worth, wants.reservation[run, party], limits, next_worth):
            return 1
    if number < 0:
        return 0
    state[0], state[1], state[2] = party, place, 0
    return 2


@inner
def play_run(talk: Talk, run: int, kept: tuple[Floats, Floats, Ints], whole: Ints, state: Ints) -> None:
    """Play one run; ``kept``: worths heard, deductions, and how many intermediaries stand between two parties."""
    rules, orders, n = talk[0], talk[4], kept[1].shape[0]
    state[0] = -1
    for turn in range(rules.n_turns):
        for party in range(n):
            done = move(talk, (run, party, turn), kept, state)
            if done == 2:
                whole[MESSAGES] += n - 1
                for other in range(n):
                    whole[RELAYS] += kept[2][party, other]
            elif done == 1:
                whole[MESSAGES] += 1
                whole[RELAYS] += kept[2][party, state[0]]
                whole[ACCEPTED] |= 1 << party
                state[2] |= 1 << party
                if rules.wins[state[2] | (1 << state[0])]:
                    whole[ENDING], whole[TURN], whole[SIGNED] = AGREEMENT, turn, state[2] | (1 << state[0])
                    whole[SETTLEMENT] = orders.known[state[0], state[1]]
                    return
    whole[ENDING], whole[TURN], whole[SETTLEMENT] = DEADLINE, rules.n_turns, -1


@kernel
def play_direct_runs(talk: Talk, hops: Ints, results: Results) -> None:
    """Play all runs that were drawn, and write endings, worths and gains; ``hops``: (n, n)."""
    n = hops.shape[0]
    kept = (np.full((n, n * talk[0].n_turns), np.nan), np.zeros(n), hops)
    state = np.zeros(3, np.int64)
    for run in range(results.whole.shape[0]):
        begin_run(talk, run, kept)
        if results.whole[run, ENDING] != UNFINISHED:
            play_run(talk, run, kept, results.whole[run], state)
            write_worths(talk, run, results)
