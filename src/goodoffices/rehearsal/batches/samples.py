"""What is drawn for each run before it begins: worths, and every number that is assumed as a range.

Runs are drawn in blocks of a thousand with a generator of their own, so that run 4,711 is the same however the runs are
divided, and the same in every cell.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.rehearsal.batches.assumptions import QUANTITIES, Assumed, Assumptions
from goodoffices.rehearsal.batches.subject import Subject
from goodoffices.settlement.uncertainty.beliefs import Range, UncertainBargain, draw_worlds

Floats = NDArray[np.float64]

BLOCK = 1_000
ASSESSED = "the assessments"
_PER_PARTY = ("patience", "devaluation", "will-sit")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """The draws of some runs.

    ``worth``: (runs, options of all issues, parties of the bargain); ``reservation``: (runs, parties); ``crossed``:
    (runs, options), parties as bits. ``numbers``: (runs, names), the assumed numbers, one column per name.
    """

    first: int
    worth: Floats
    reservation: Floats
    crossed: NDArray[np.int64]
    names: tuple[str, ...]
    numbers: Floats

    @property
    def n(self) -> int:
        """The number of runs."""
        return len(self.reservation)

    def part(self, first: int, last: int) -> Samples:
        """Return the draws of runs ``first`` to ``last`` - 1, counted from the first run here."""
        return Samples(
            first=self.first + first, worth=self.worth[first:last], reservation=self.reservation[first:last],
            crossed=self.crossed[first:last], names=self.names, numbers=self.numbers[first:last],
        )  # fmt: skip


def number_names(subject: Subject, assumptions: Assumptions) -> tuple[str, ...]:
    """Return the columns of the assumed numbers: one of each quantity, and of some one for each party at the table."""
    names = []
    for quantity in QUANTITIES:
        if quantity in _PER_PARTY:
            names += [f"{quantity} of {party}" for party in subject.parties]
        else:
            names.append(quantity)
    return tuple(names)


def draw_block(subject: Subject, assumptions: Assumptions, seed: int, block: int) -> Samples:
    """Return the draws of one block of runs."""
    worlds = _worlds(subject, np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block, 0))))
    numbers = _numbers(subject, assumptions, seed, block)
    return Samples(
        first=block * BLOCK, worth=worlds[0], reservation=worlds[1], crossed=worlds[2],
        names=number_names(subject, assumptions), numbers=numbers,
    )  # fmt: skip


def _worlds(subject: Subject, rng: np.random.Generator) -> tuple[Floats, Floats, NDArray[np.int64]]:
    beliefs = subject.beliefs
    if beliefs is None:
        beliefs = UncertainBargain(bargain=_without_links(subject))
    drawn = draw_worlds(beliefs, BLOCK, rng)
    if not (
        beliefs.estimates or beliefs.weights or beliefs.reservations
    ):  # a file: its numbers, not rounded to singles
        flat = np.array([[float(w) for w in row] for table in subject.bargain.worth for row in table])
        least = np.array([float(value) for value in subject.bargain.reservation_value])
        worth, reservation = np.repeat(flat[None], BLOCK, axis=0), np.repeat(least[None], BLOCK, axis=0)
        return worth, reservation, np.ascontiguousarray(drawn.crossed.T)
    worth = np.ascontiguousarray(drawn.worth.transpose(2, 0, 1), np.float64)
    return worth, np.ascontiguousarray(drawn.reservation_value.T, np.float64), np.ascontiguousarray(drawn.crossed.T)


def _without_links(subject: Subject) -> Bargain:
    return replace(subject.bargain, interactions=())


def _numbers(subject: Subject, assumptions: Assumptions, seed: int, block: int) -> Floats:
    """Return one column per name. A number assumed for all parties alike is the same for each of them."""
    drawn: dict[str, Floats] = {}
    columns = []
    order = sorted(QUANTITIES)
    for name in number_names(subject, assumptions):
        quantity, _, party = name.partition(" of ")
        stated = _stated(subject, assumptions, quantity, party)
        if stated.name not in drawn:
            place = 0 if not stated.party else 1 + subject.parties.index(party)
            key = (block, 1 + order.index(quantity), place)
            rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
            drawn[stated.name] = stated.draw(rng, BLOCK)
        columns.append(drawn[stated.name])
    return np.stack(columns, axis=1)


def _stated(subject: Subject, assumptions: Assumptions, quantity: str, party: str) -> Assumed:
    """Return what is assumed of a quantity; a party may be named by its slug."""
    if party:
        at = subject.bargain.parties.index(party)
        for one in assumptions.numbers:
            if one.quantity == quantity and one.party and subject.number(one.party) == at:
                return one
    return assumptions.stated(quantity)


def drawn_variables(subject: Subject, assumptions: Assumptions) -> dict[str, tuple[str, float, float, str]]:
    """Return each thing that differs from run to run: its column or place, the range assumed, and its origin.

    The keys are names for people. Columns are ``number:NAME``, ``reservation:PARTY`` or ``worth:ROW:PARTY``.
    """
    found: dict[str, tuple[str, float, float, str]] = {}
    for name in number_names(subject, assumptions):
        quantity, _, party = name.partition(" of ")
        stated = _stated(subject, assumptions, quantity, party)
        if stated.is_range and stated.name not in found:
            found[stated.name] = (f"number:{name}", stated.low, stated.high, stated.origin)
    return found if subject.beliefs is None else {**found, **_believed(subject, subject.beliefs)}


def _believed(subject: Subject, beliefs: UncertainBargain) -> dict[str, tuple[str, float, float, str]]:
    """Return the ranges among the assessments of those at the table."""
    found: dict[str, tuple[str, float, float, str]] = {}
    parties, issues = subject.bargain.parties, subject.bargain.issues
    for belief in beliefs.reservations:
        if belief.party in subject.at_table and isinstance(belief.worth, Range):
            name = f"what no agreement is worth to {parties[belief.party]}"
            found[name] = (f"reservation:{belief.party}", belief.worth.low, belief.worth.high, ASSESSED)
    offsets = np.concatenate(([0], np.cumsum([len(issue.options) for issue in issues])))
    for estimate in beliefs.estimates:
        if estimate.party not in subject.at_table or not isinstance(estimate.worth, tuple):
            continue
        for option, worth in enumerate(estimate.worth):
            if isinstance(worth, Range) and worth.low < worth.high:
                issue = issues[estimate.issue]
                name = f"what '{issue.options[option]}' is worth to {parties[estimate.party]}"
                place = f"worth:{int(offsets[estimate.issue]) + option}:{estimate.party}"
                found[name] = (place, worth.low, worth.high, ASSESSED)
    return found


def column_of(samples: Samples, place: str) -> Floats:
    """Return the draws at a place that `drawn_variables` names, one per run."""
    kind, _, rest = place.partition(":")
    if kind == "number":
        return samples.numbers[:, samples.names.index(rest)]
    if kind == "reservation":
        return samples.reservation[:, int(rest)]
    row, _, party = rest.partition(":")
    return samples.worth[:, int(row), int(party)]
