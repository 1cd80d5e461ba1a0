"""What the compiled loops are given and what they write into: named arrays.

R runs, n parties, m issues, o options of all issues, T turns.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Rules(NamedTuple):
    """What is the same in all runs of a cell.

    ``sizes``, ``starts``, ``places``: (m,), options of each issue, the first of them among all options, and by how much
    the number of a settlement grows with each. ``split``, ``n_second``: issues in the first half, and choices in the
    second. ``ways``: (n, n, 4), who carries a message, -1 after the last. ``wins``: by parties as bits, whether their
    consent is enough. ``form``: 0 verbatim, 1 paraphrase, 2 own idea. ``key``, ``first_run``: by which random numbers
    are addressed.
    """

    sizes: Ints
    starts: Ints
    places: Ints
    split: int
    n_second: int
    n_turns: int
    ways: Ints
    is_shuttle: bool
    wins: Bools
    is_exact: bool
    form: int
    is_nearby: bool
    softens: bool
    key: tuple[int, int]
    first_run: int


class Wants(NamedTuple):
    """What the parties want, per run: worth (R, o, n), reservation and devaluation (R, n), red lines (R, o) as bits.

    ``levels``: (R, n, T), what each aspires to. ``order``: (R,), the row of the orders of the run. ``is_new``: (R,),
    whether anything of this differs from the run before.
    """

    worth: Floats
    reservation: Floats
    crossed: Ints
    devaluation: Floats
    levels: Floats
    order: Ints
    is_new: Bools


class Manners(NamedTuple):
    """How the parties behave: (n,) each.

    ``proposing``: 0 by time, 1 hard line, 2 tit for tat relative, 3 absolute, 4 averaged over ``window``, 5 micro, 6
    any settlement, 7 any not below no agreement. ``accepting``: 0 aspiration, 1 next with ``factor`` and ``addend``, 2
    at least ``factor``, 3 anything from the share ``factor`` of the time on.
    """

    proposing: Ints
    window: Ints
    accepting: Ints
    factor: Floats
    addend: Floats


class Frictions(NamedTuple):
    """What channels do, per run: (R,) each. ``capacity`` 0 is any number; ``waits`` is how long a seat waits."""

    delay: Ints
    capacity: Ints
    loss: Floats
    distortion: Floats
    read_back: Floats
    travel: Ints
    waits: Ints
    is_free: Bools


class Orders(NamedTuple):
    """The parties' settlements in order, one row for each different set of worths.

    ``first``, ``second``: (rows, n, choices), sums of a half, rising; their numbers; how many are allowed (rows, n, 2).
    ``span``: (rows, n, 3), least and best worth of a settlement, and the least that the party comes down to.
    ``falling``: (rows, n, k), numbers of the best settlements for those who concede one after another, -1 after the
    last; with worths. ``known``: (n, T), numbers of proposals by turn, -2 if not yet found; with worth and options.
    """

    first: Floats
    first_numbers: Ints
    second: Floats
    second_numbers: Ints
    allowed: Ints
    span: Floats
    falling: Ints
    falling_worth: Floats
    known: Ints
    known_worth: Floats
    known_options: Ints


class Seats(NamedTuple):
    """What each seat knows and has done.

    ``state``: (n, 6), the proposal standing, whether it is its own, its source, the proposal it accepts, whether it has
    to repeat, and its last turn. ``options``: (n, m), the copy standing. ``given``: (n, window + 5), for tit for tat:
    the demand, whether proposals are to be answered, how many were heard, the demand if it now proposes, and what the
    last proposals heard were worth. ``conceded``: (n, 2), for micro: settlements proposed so far, and if it now
    proposes. ``told``: (n, n + 1, k), numbers of the different settlements heard from each source, the hidden one last;
    ``n_told``: (n, n + 1).
    """

    state: Ints
    options: Ints
    given: Floats
    conceded: Ints
    told: Ints
    n_told: Ints


class Post(NamedTuple):
    """Proposals and messages.

    ``made``: (proposals, 3), maker, parties whose acceptance has reached it, and those with another copy; with options.
    ``waiting``: (messages, 8), arrival, order, kind, sender, recipient, proposal, source, fate (0 heard, 1 lost or
    withheld); with options. ``hops``: (intermediaries, 6), slot turn, slots used, place, free at, load's sender, turn.
    ``asked``: (intermediaries, n, o); ``told``: (intermediaries, n, m), -1 before anything was told. ``counters``:
    (4,), proposals, messages waiting, distortions caught on the last leg, and the next message's order.
    """

    made: Ints
    made_options: Ints
    waiting: Ints
    waiting_options: Ints
    hops: Ints
    asked: Ints
    told: Ints
    counters: Ints


class Results(NamedTuple):
    """What is written for each run. ``whole``: (R, 12), ``real``: (R, 2n), worths and then gains.

    The columns of ``whole``: ending (0 agreement, 1 different copies, 2 deadline, -1 not finished here), turn, number
    of the settlement, parties that accepted something, then messages, relays, waited, lost, withheld, misheard, caught,
    and the parties that signed.
    """

    whole: Ints
    real: Floats


PROPOSAL, IS_OWN, SOURCE, ACCEPTING, REPEATS, LAST = range(6)
DEMAND, TO_ANSWER, HEARD, PENDING = range(4)
ENDING, TURN, SETTLEMENT, ACCEPTED, MESSAGES, RELAYS, WAITED, LOST, WITHHELD, MISHEARD, CAUGHT, SIGNED = range(12)
AGREEMENT, DIFFERENT_COPIES, DEADLINE, UNFINISHED = 0, 1, 2, -1
