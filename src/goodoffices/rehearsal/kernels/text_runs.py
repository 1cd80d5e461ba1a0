"""Compiled runs of a single text that a mediator changes at random. The twin of `protocols.single_text`.

Whether an annealer accepts a loss needs a logarithm. It is made by NumPy for both engines, and handed in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from goodoffices.rehearsal.kernels.compilation import copy_row, inner
from goodoffices.rehearsal.kernels.random_numbers import uniform
from goodoffices.settlement.kernels.jit import Floats, Ints, kernel

_MEDIATOR, _SEATS = 2, 16
_ANNEALING_PLACE = 1_000_000


class TextTalk(NamedTuple):
    """What the runs of a single text are given; R runs, n parties, m issues, o options of all issues, T turns.

    ``sizes``, ``starts``: (m,), options of each issue, and the first of them among all options; ``open``: issues with
    several options; ``split``: issues in the first half. ``worth``: (R, o, n); ``reservation``: (R, n); ``crossed``:
    (R, o), parties as bits. ``theta``: (R, n), the heat of each party, 0 for one that accepts no loss. ``heats``: (T,),
    how much of it is left in each turn. ``logs``: (R, n, T), minus the logarithms of the parties' draws; one turn if
    nobody needs them.
    """

    sizes: Ints
    starts: Ints
    open: Ints
    split: int
    worth: Floats
    reservation: Floats
    crossed: Ints
    theta: Floats
    heats: Floats
    logs: Floats


@inner
def choice(key: tuple[int, int], run: int, turn: int, place: int, n: int) -> int:
    """Return one of 0 to n - 1 by a draw of the mediator."""
    return min(int(uniform(key, run, _MEDIATOR, turn, place) * n), n - 1)


@inner
def worth_of_text(talk: TextTalk, run: int, party: int, text: Ints) -> float:
    """Return what a text is worth to a party."""
    first, second = 0.0, 0.0
    for issue in range(talk.split):
        first += talk.worth[run, talk.starts[issue] + text[issue], party]
    for issue in range(talk.split, text.shape[0]):
        second += talk.worth[run, talk.starts[issue] + text[issue], party]
    return first + second


@inner
def crosses(talk: TextTalk, run: int, party: int, text: Ints) -> bool:
    """Return whether a text crosses a red line of a party."""
    lines = 0
    for issue in range(text.shape[0]):
        lines |= talk.crossed[run, talk.starts[issue] + text[issue]]
    return bool((lines >> party) & 1)


@inner
def write_change(talk: TextTalk, key: tuple[int, int], run: int, turn: int, text: Ints, new: Ints) -> None:
    """Write the mediator's next text: the last one with another option on one issue, or a first text."""
    if text[0] < 0:
        for issue in range(new.shape[0]):
            new[issue] = choice(key, run, turn, issue, talk.sizes[issue])
        return
    copy_row(new, text)
    if talk.open.shape[0] == 0:
        return
    issue = talk.open[choice(key, run, turn, 0, talk.open.shape[0])]
    option = choice(key, run, turn, 1, talk.sizes[issue] - 1)
    new[issue] = option + 1 if option >= text[issue] else option


@inner
def accepts_text(talk: TextTalk, who: tuple[int, int, int], before: float, worth: float) -> bool:
    """Return whether a party accepts a new text in place of one worth ``before``; ``who``: run, party and turn."""
    run, party, turn = who
    if worth >= before:
        return True
    theta = talk.theta[run, party]
    heat = theta * talk.heats[turn]
    return bool(theta > 0.0 and heat > 0.0 and before - worth < heat * talk.logs[run, party, turn])


@inner
def ask_all(talk: TextTalk, run: int, turn: int, texts: tuple[Ints, Ints], worths: tuple[Floats, Floats]) -> int:
    """Ask all for the new text in place of the one that stands; return as bits who accepts it."""
    text, new = texts
    accepting = 0
    for party in range(worths[0].shape[0]):
        worths[1][party] = worth_of_text(talk, run, party, new)
        if crosses(talk, run, party, new):
            continue
        if text[0] < 0 or accepts_text(talk, (run, party, turn), worths[0][party], worths[1][party]):
            accepting |= 1 << party
    return accepting


@inner
def play_text_run(
    talk: TextTalk,
    key: tuple[int, int],
    numbers: tuple[int, int],
    texts: tuple[Ints, Ints],
    worths: tuple[Floats, Floats],
) -> tuple[bool, int]:
    """Play one run: return whether its text is agreed, and as bits who accepted anything.

    ``numbers``: of the run, and its row; ``texts``: the text that stands, and the new one; ``worths``: what they are
    worth to each.
    """
    number, run = numbers
    text, new = texts
    n, accepted = worths[0].shape[0], 0
    everybody = (1 << n) - 1
    text[0] = -1
    for turn in range(talk.heats.shape[0]):
        write_change(talk, key, number, turn, text, new)
        accepting = ask_all(talk, run, turn, texts, worths)
        accepted |= accepting
        if accepting == everybody:
            copy_row(text, new)
            for party in range(n):
                worths[0][party] = worths[1][party]
    if text[0] < 0:
        return False, accepted
    ratifying = 0
    for party in range(n):
        if worths[0][party] >= talk.reservation[run, party]:
            ratifying |= 1 << party
    return ratifying == everybody, accepted | ratifying


@kernel
def play_text_runs(
    talk: TextTalk, key: tuple[int, int], first: int, settled: Ints, worth: Floats, accepted: Ints
) -> None:
    """Play all runs: write the texts agreed (R, m), -1 where there is none, their worths (R, n), and who accepted."""
    n, m = worth.shape[1], settled.shape[1]
    texts = (np.zeros(m, np.int64), np.zeros(m, np.int64))
    worths = (np.zeros(n), np.zeros(n))
    for run in range(settled.shape[0]):
        is_agreed, accepted[run] = play_text_run(talk, key, (first + run, run), texts, worths)
        if is_agreed:
            settled[run] = texts[0]
            worth[run] = worths[0]


@kernel
def annealing_draws(key: tuple[int, int], first: int, seats: Ints, draws: Floats) -> None:
    """Write the draws (R, n, T) by which the parties named accept losses; the others keep what stands there."""
    for run in range(draws.shape[0]):
        for party in seats:
            for turn in range(draws.shape[2]):
                draws[run, party, turn] = uniform(key, first + run, _SEATS + party, turn, _ANNEALING_PLACE)
