"""Compiled runs in which all propose and all vote, with channels. The twin of `protocols.simultaneous_offers`.

Everybody at the table has to accept, as in every batch. So no standing proposal of `majority` is adopted at the end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from goodoffices.rehearsal.kernels.alternating_runs import ANSWER, Source, Talk, begin, forget, is_equal, write_worths
from goodoffices.rehearsal.kernels.compilation import copy_row, inner
from goodoffices.rehearsal.kernels.layout import (
    ACCEPTED,
    AGREEMENT,
    DEADLINE,
    DIFFERENT_COPIES,
    ENDING,
    MISHEARD,
    REPEATS,
    SETTLEMENT,
    SIGNED,
    SOURCE,
    TURN,
    UNFINISHED,
    Floats,
    Ints,
    Post,
    Results,
)
from goodoffices.rehearsal.kernels.post import next_due, send, take_out
from goodoffices.rehearsal.kernels.seats import following, hear, is_good, note_answer
from goodoffices.settlement.kernels.jit import kernel


class Ballots(NamedTuple):
    """What each party may vote on in a turn, and what it proposed itself last.

    ``heard``: (n, n), proposals heard in order; ``sources``: (n, n); ``copies``: (n, n, m), as heard. ``counts``:
    (n + 2,), how many each has heard, then the first proposal of the turn and the one after the last. ``last``: (n, 2),
    number and place of each party's last proposal; ``worths``: (n,), its worth. ``best``: (2,), the proposal with most
    acceptances so far, and their number. ``votes``: (n * n, 3), party, proposal and row of its copy.
    """

    heard: Ints
    sources: Ints
    copies: Ints
    counts: Ints
    last: Ints
    worths: Floats
    best: Ints
    votes: Ints


@inner
def last_arrival(post: Post, turn: int) -> int:
    """Return when the last message on its way arrives, or the turn if none is."""
    latest = turn
    for place in range(post.counters[1]):
        latest = max(latest, post.waiting[place, 0])
    return latest


@inner
def propose_all(talk: Talk, source: Source, turn: int, ballots: Ballots, whole: Ints) -> bool:
    """Let all propose, unseen by the others; return False if too many messages wait."""
    rules, wants, manners, _, orders, seats, post = talk
    n = seats.state.shape[0]
    first = post.counters[0]
    for party in range(n):
        proposal = post.counters[0]
        if seats.state[party, REPEATS] >= 0:
            copy_row(post.made_options[proposal], post.made_options[seats.state[party, REPEATS]])
        else:
            number, worth, place = following(rules, wants, manners, orders, seats, (source[2], party, turn))
            note_answer(manners, seats, party)
            ballots.last[party, 0], ballots.last[party, 1], ballots.worths[party] = number, place, worth
            if number < 0:
                continue
            copy_row(post.made_options[proposal], orders.known_options[party, place])
        post.made[proposal, 0], post.made[proposal, 1], post.made[proposal, 2] = party, 0, 0
        post.counters[0] += 1
    ballots.counts[n], ballots.counts[n + 1] = first, post.counters[0]
    return send_all(talk, source, turn, ballots, whole)


@inner
def send_all(talk: Talk, source: Source, turn: int, ballots: Ballots, whole: Ints) -> bool:
    """Send the proposals of a turn to all others; return False if too many messages wait."""
    rules, _, _, frictions, _, seats, post = talk
    n = seats.state.shape[0]
    for proposal in range(ballots.counts[n], ballots.counts[n + 1]):
        maker = post.made[proposal, 0]
        kind = 1 if seats.state[maker, REPEATS] >= 0 else 0
        for other in range(n):
            if other != maker:
                copy_row(post.waiting_options[post.counters[1]], post.made_options[proposal])
                if not send(rules, frictions, source, post, (kind, maker, other, proposal, turn), whole):
                    return False
    for party in range(n):
        seats.state[party, REPEATS] = -1
    return True


@inner
def deliver_due(talk: Talk, source: Source, turn: int, is_voting: bool, ballots: Ballots, whole: Ints) -> None:
    """Deliver what arrives by a turn: proposals are heard, and stand on the ballot before a vote; votes are counted."""
    rules, wants, manners, _, _, seats, post = talk
    n = seats.state.shape[0]
    while True:
        place = next_due(post, turn)
        if place < 0:
            return
        place = take_out(post, place)
        row, options = post.waiting[place], post.waiting_options[place]
        if row[7] != 0:
            continue
        proposal, recipient = row[5], row[4]
        is_current = ballots.counts[n] <= proposal < ballots.counts[n + 1]
        if row[2] == 2:
            if is_current and not is_voting:
                made, bit = post.made[proposal], 1 << row[3]
                made[1] |= bit
                if not is_equal(options, post.made_options[proposal]):
                    made[2] |= bit
            continue
        whole[MISHEARD] += not is_equal(options, post.made_options[proposal])
        hear(rules, wants, manners, seats, (source[2], recipient, proposal, row[6]), options)
        if is_current and is_voting:
            at = ballots.counts[recipient]
            ballots.heard[recipient, at], ballots.sources[recipient, at] = proposal, row[6]
            copy_row(ballots.copies[recipient, at], options)
            ballots.counts[recipient] += 1


@inner
def vote_all(talk: Talk, source: Source, turn: int, ballots: Ballots, whole: Ints) -> bool:
    """Let all vote at once, each on what it has heard of this turn; return False if too many messages wait."""
    rules, wants, manners, frictions, orders, seats, post = talk
    n_votes = 0
    for party in range(seats.state.shape[0]):
        for at in range(ballots.counts[party]):
            seats.state[party, SOURCE] = ballots.sources[party, at]
            copy_row(seats.options[party], ballots.copies[party, at])
            what = (source[2], party, turn, ballots.last[party, 0], ballots.worths[party])
            if is_good(rules, wants, manners, orders, seats, what):
                whole[ACCEPTED] |= 1 << party
                ballots.votes[n_votes, 0], ballots.votes[n_votes, 1] = party, ballots.heard[party, at]
                ballots.votes[n_votes, 2] = at
                n_votes += 1
    for number in range(n_votes):
        party, proposal = ballots.votes[number, 0], ballots.votes[number, 1]
        copy_row(post.waiting_options[post.counters[1]], ballots.copies[party, ballots.votes[number, 2]])
        if not send(rules, frictions, source, post, (ANSWER, party, post.made[proposal, 0], proposal, turn), whole):
            return False
    return True


@inner
def count_votes(talk: Talk, turn: int, is_majority: bool, ballots: Ballots, whole: Ints) -> bool:
    """Count the votes that have arrived; return whether a proposal is adopted."""
    rules, _, _, _, _, seats, post = talk
    n, adopted = seats.state.shape[0], -1
    for proposal in range(ballots.counts[n], ballots.counts[n + 1]):
        made = post.made[proposal]
        if made[2] != 0 and rules.is_exact:
            seats.state[made[0], REPEATS] = proposal
            made[1], made[2] = 0, 0
        supporters = made[1] | (1 << made[0])
        if is_majority:
            keep_best(ballots, proposal, supporters)
        elif adopted < 0 and rules.wins[supporters]:
            adopted = proposal
    if is_majority and ballots.best[0] >= 0 and ballots.best[1] == n:
        adopted = ballots.best[0]
    if adopted >= 0:
        adopt(talk, adopted, turn, whole)
    return adopted >= 0


@inner
def keep_best(ballots: Ballots, proposal: int, supporters: int) -> None:
    """Keep a proposal if strictly more accept it than the best so far."""
    support = 0
    for party in range(ballots.last.shape[0]):
        support += (supporters >> party) & 1
    if ballots.best[0] < 0 or support > ballots.best[1]:
        ballots.best[0], ballots.best[1] = proposal, support


@inner
def adopt(talk: Talk, adopted: int, turn: int, whole: Ints) -> None:
    """Write down the proposal that all accept."""
    rules, post = talk[0], talk[6]
    made = post.made[adopted]
    whole[ENDING] = AGREEMENT if made[2] == 0 else DIFFERENT_COPIES
    whole[TURN], whole[SIGNED] = turn, made[1] | (1 << made[0])
    number = 0
    for issue in range(rules.sizes.shape[0]):
        number += post.made_options[adopted, issue] * rules.places[issue]
    whole[SETTLEMENT] = number


@inner
def play_turn(
    talk: Talk, source: Source, clock: int, is_majority: bool, ballots: Ballots, whole: Ints
) -> tuple[int, int]:
    """Let all propose and vote; return when the next turn begins, and 1 ended, 0 not, -1 not finished here."""
    rules, frictions, post = talk[0], talk[3], talk[6]
    waits = frictions.waits[source[2]]
    for party in range(ballots.last.shape[0]):
        ballots.counts[party] = 0
    if not propose_all(talk, source, clock, ballots, whole):
        return clock, -1
    voting = min(last_arrival(post, clock), clock + waits)
    if voting >= rules.n_turns:
        return rules.n_turns, 0
    deliver_due(talk, source, voting, True, ballots, whole)
    if not vote_all(talk, source, voting, ballots, whole):
        return clock, -1
    counting = min(last_arrival(post, voting), voting + waits, rules.n_turns - 1)
    deliver_due(talk, source, counting, False, ballots, whole)
    ended = count_votes(talk, counting, is_majority, ballots, whole)
    return max(clock + 1, counting), int(ended)


@kernel
def play_simultaneous_runs(talk: Talk, key: tuple[int, int], first: int, is_majority: bool, results: Results) -> None:
    """Play all runs that were drawn, and write endings, worths and gains. Runs marked unfinished are left alone."""
    n, m = talk[5].options.shape
    ballots = Ballots(
        np.zeros((n, n), np.int64), np.zeros((n, n), np.int64), np.zeros((n, n, m), np.int64),
        np.zeros(n + 2, np.int64), np.zeros((n, 2), np.int64), np.zeros(n), np.zeros(2, np.int64),
        np.zeros((n * n, 3), np.int64),
    )  # fmt: skip
    for run in range(results.whole.shape[0]):
        if talk[1].is_new[run]:
            forget(talk[4])
        whole = results.whole[run]
        if whole[ENDING] == UNFINISHED:
            continue
        begin(talk[5], talk[6])
        ballots.last[:, 0], ballots.best[0], ballots.best[1] = -1, -1, 0
        for party in range(n):
            talk[5].state[party, REPEATS] = -1
        clock, ended = 0, 0
        while ended == 0 and clock < talk[0].n_turns:
            clock, ended = play_turn(talk, (key, first + run, run), clock, is_majority, ballots, whole)
        if ended < 0:
            whole[ENDING] = UNFINISHED
            continue
        if ended == 0:
            whole[ENDING], whole[TURN], whole[SETTLEMENT] = DEADLINE, talk[0].n_turns, -1
        write_worths(talk, run, results)
