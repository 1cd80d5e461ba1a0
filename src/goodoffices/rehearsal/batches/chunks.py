"""Run a range of runs of all cells: draw what differs, run each cell, and say whether a settlement was possible."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from goodoffices.garbage_collection import paused_collector
from goodoffices.rehearsal.batches.assumptions import AssumedRatifier
from goodoffices.rehearsal.batches.behaviours import behaviour, with_patience
from goodoffices.rehearsal.batches.compiled import find_possible, has_small_halves, is_compiled, run_compiled
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.outcomes import Possible, Rows, has_ending, write_row
from goodoffices.rehearsal.batches.samples import BLOCK, Samples, column_of, draw_block, drawn_variables
from goodoffices.rehearsal.batches.subject import space_of
from goodoffices.rehearsal.draws import Stream, uniform
from goodoffices.rehearsal.graph import Channel, Filter
from goodoffices.rehearsal.kernels.layout import Bools, Floats, Ints
from goodoffices.rehearsal.mediators import mediator_named
from goodoffices.rehearsal.preferences import Preferences, Tables, half_sums
from goodoffices.rehearsal.presence import FULL, Presence, Ratifier, Spoiler
from goodoffices.rehearsal.run import play_with
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.rehearsal.transcript import Ending

FEW_TURNS = 50_000
"""Up to so many turns of a cell the readable engine plays it: to compile would take longer.

To put the settlements of a run in order counts as half as many turns as its two halves have choices.
"""

FEW_TRIED = 1_000_000
"""Up to so many settlements of all runs together plain array operations try them; no loops need to be compiled."""

MOST_TRIED = 20_000_000
"""Whether a settlement is possible is found by trying all, up to this many; beyond it, only an agreement proves it."""


@lru_cache(maxsize=2)
def _block(experiment: Experiment, block: int) -> Samples:
    return draw_block(experiment.subject, experiment.assumptions, experiment.seed, block)


def samples_of(experiment: Experiment, first: int, last: int) -> list[Samples]:
    """Return the draws of runs ``first`` to ``last`` - 1, one part for each block."""
    parts = []
    for block in range(first // BLOCK, (last - 1) // BLOCK + 1):
        start = block * BLOCK
        parts.append(_block(experiment, block).part(max(first - start, 0), min(last - start, BLOCK)))
    return parts


def drawn_columns(experiment: Experiment, n_runs: int) -> dict[str, NDArray[np.float64]]:
    """Return for each thing that differs from run to run what was drawn for the first runs, one block after another."""
    variables = drawn_variables(experiment.subject, experiment.assumptions)
    columns = {name: np.empty(n_runs) for name in variables}
    for first in range(0, n_runs if variables else 0, BLOCK):
        last = min(first + BLOCK, n_runs)
        [samples] = samples_of(experiment, first, last)
        for name, (place, *_) in variables.items():
            columns[name][first:last] = column_of(samples, place)
    return columns


def run_chunk(experiment: Experiment, first: int, last: int) -> Rows:
    """Return the outcomes of runs ``first`` to ``last`` - 1 of all cells, by cell and run."""
    found: list[list[Rows]] = [[] for _ in experiment.cells]
    for samples in samples_of(experiment, first, last):
        rows = [run_cell(experiment, cell, samples) for cell in experiment.cells]
        _mark_possible(experiment, samples, rows)
        for place, (part, done) in enumerate(zip(found, rows, strict=True)):
            done["cell"] = place
            part.append(done)
    return np.concatenate([done for part in found for done in part])


class Engine(StrEnum):
    """Which engine plays a cell; the rows are the same."""

    READABLE = "readable"
    COMPILED = "compiled"


def engine_of(experiment: Experiment, cell: Cell) -> Engine:
    """Return the engine for a cell: compiled where that is possible, and there are enough turns to be worth it."""
    space = space_of(experiment.subject)
    sorts = cell.protocol is not ProtocolName.SINGLE_TEXT
    in_order = (space.n // space.n_second + space.n_second) // 2 if sorts else 0
    few = experiment.runs * (experiment.assumptions.n_turns + in_order) < FEW_TURNS
    return Engine.READABLE if few or not is_compiled(experiment, cell) else Engine.COMPILED


def run_cell(experiment: Experiment, cell: Cell, samples: Samples, *, engine: Engine | None = None) -> Rows:
    """Return the outcomes of the runs that were drawn, of one cell, by the engine that suits it if none is named."""
    if (engine or engine_of(experiment, cell)) is Engine.READABLE:
        rows, left = np.zeros(samples.n, experiment.row_type), list(range(samples.n))
    else:
        rows, left = run_compiled(experiment, cell, samples)
        _refuse_what_is_not_ratified(experiment, samples, rows)
    with paused_collector():
        for at in left:
            setting = setting_of(experiment, cell, samples, at)
            run = play_with(setting, experiment.key, samples.first + at, transcript=True)
            write_row(rows, at, samples.first + at, run)
    return rows


def setting_of(experiment: Experiment, cell: Cell, samples: Samples, at: int) -> Setting:
    """Return one run of a cell as the readable engine plays it."""
    subject, assumed = experiment.subject, experiment.assumptions
    numbers = dict(zip(samples.names, samples.numbers[at].tolist(), strict=True))
    n = len(subject.at_table)
    channel = channel_of(experiment, numbers)
    return Setting(
        parties=subject.parties,
        preferences=preferences_in(experiment, samples, at),
        negotiators=tuple(
            with_patience(behaviour(experiment.strategy(cell, party)), numbers[f"patience of {subject.parties[party]}"])
            for party in range(n)
        ),
        format=cell.format,
        intermediaries=experiment.carriers(channel, _interests(experiment, samples, at)),
        protocol=cell.protocol,
        n_turns=assumed.n_turns,
        closing=assumed.closing,
        devaluation=_matrix(subject.parties, numbers, "devaluation", 0.0),
        will_sit=_matrix(subject.parties, numbers, "will-sit", 1.0),
        mediator=mediator_named(cell.mediator) if cell.mediator else None,
        presence=FULL if assumed.is_simple else _presence(experiment, samples, at),
    )


def _presence(experiment: Experiment, samples: Samples, at: int) -> Presence:
    """Return who may leave, disturb and ratify, with the numbers of one run."""
    subject, assumed = experiment.subject, experiment.assumptions
    places = {number: place for place, number in enumerate(subject.at_table)}
    spoilers = tuple(
        Spoiler(
            name=one.name, turn=one.turn, probability=one.probability, acceptances=one.acceptances,
            reservation=tuple(
                (places[subject.number(party)], change)
                for party, change in one.reservation
                if subject.number(party) in places
            ),
            lost_turns=one.lost_turns, silenced_turns=one.silenced_turns, devaluation=one.devaluation,
        )
        for one in assumed.spoilers
    )  # fmt: skip
    return Presence(
        walkout=assumed.walkout,
        spoilers=spoilers,
        ratifiers=tuple(_ratifier(experiment, samples, at, one) for one in assumed.ratifiers),
    )


def _ratifier(experiment: Experiment, samples: Samples, at: int, one: AssumedRatifier) -> Ratifier:
    if one.probability is not None:
        return Ratifier(name=one.name, probability=one.probability)
    party = experiment.subject.number(one.name)
    return Ratifier(
        name=one.name,
        worth=_tables(experiment, samples, at, party),
        reservation_value=float(samples.reservation[at, party]),
    )


def _interests(experiment: Experiment, samples: Samples, at: int) -> dict[int, Tables]:
    """Return what those want who carry messages and were assessed themselves, where that matters."""
    if experiment.assumptions.filter is not Filter.INTERESTED:
        return {}
    known = [one.party for one in experiment.subject.carriers if one.party is not None]
    return {party: _tables(experiment, samples, at, party) for party in known}


def _tables(experiment: Experiment, samples: Samples, at: int, party: int) -> Tables:
    """Return what a party wants in one run, per issue and option."""
    flat, row, tables = samples.worth[at, :, party].tolist(), 0, []
    for size in space_of(experiment.subject).sizes:
        tables.append(tuple(flat[row : row + size]))
        row += size
    return tuple(tables)


def channel_of(experiment: Experiment, numbers: dict[str, float]) -> Channel:
    """Return the channel of every intermediary in one run."""
    assumed = experiment.assumptions
    return Channel(
        delay=int(numbers["delay"]),
        relays_per_turn=int(numbers["relays-per-turn"]) or None,
        loss=numbers["loss"],
        form=assumed.form,
        distortion=numbers["distortion"],
        is_nearby=assumed.is_nearby,
        read_back=numbers["read-back"],
        filter=assumed.filter,
        threshold=numbers["threshold"],
        travel=int(numbers["travel"]),
    )


def _matrix(
    parties: tuple[str, ...], numbers: dict[str, float], quantity: str, same: float
) -> tuple[tuple[float, ...], ...]:
    given = [numbers[f"{quantity} of {party}"] for party in parties]
    return tuple(tuple(same if i == j else given[i] for j in range(len(parties))) for i in range(len(parties)))


def preferences_in(experiment: Experiment, samples: Samples, at: int) -> tuple[Preferences, ...]:
    """Return what the parties at the table want in one run."""
    subject = experiment.subject
    bargain, space = subject.bargain, space_of(subject)
    found = []
    for party in subject.at_table:
        lines, row = set(), 0
        for issue, size in enumerate(space.sizes):
            lines |= {(issue, o) for o in range(size) if int(samples.crossed[at, row + o]) >> party & 1}
            row += size
        discount, is_per_turn, per_turn = subject.discounts[party] if subject.discounts else (1.0, False, 0.0)
        cap = bargain.cap[party]
        found.append(
            Preferences(
                space=space, worth=_tables(experiment, samples, at, party),
                reservation_value=float(samples.reservation[at, party]),
                red_lines=frozenset(lines), discount=discount, is_per_turn=is_per_turn, worth_per_turn=per_turn,
                links=tuple((one.box, float(one.worth[party])) for one in bargain.interactions if one.worth[party]),
                cap=None if cap is None else float(cap),
            )
        )  # fmt: skip
    return tuple(found)


def _mark_possible(experiment: Experiment, samples: Samples, rows: list[Rows]) -> None:
    """Say for each run whether a settlement was possible, the same for all cells.

    An agreement that holds and leaves nobody below its worth of no agreement is proof; else all settlements are tried.
    """
    found = np.full(samples.n, int(Possible.CANNOT_TELL), np.int8)
    subject = experiment.subject
    least = samples.reservation[:, list(subject.at_table)]
    is_timeless = all(discount == 1.0 and per_turn == 0.0 for discount, _, per_turn in subject.discounts)
    for done in rows:
        held = has_ending(done, Ending.AGREEMENT) & (done["ratified"] == 1)
        # A party with no range gains 0 whatever it signs: its worth is looked at, or a gain above 0 where time counts.
        enough = done["worth"] >= least if is_timeless else done["gain"] > 0.0
        good = held & (done["settlement"][:, 0] >= 0) & enough.all(axis=1)
        found[good] = Possible.YES
    space = space_of(experiment.subject)
    n_asked = int((found == Possible.CANNOT_TELL).sum())
    if n_asked * space.n > FEW_TRIED and space.n <= MOST_TRIED and has_small_halves(experiment):
        asked = found == Possible.CANNOT_TELL
        found[asked] = find_possible(experiment, samples, asked)
    elif space.n <= MOST_TRIED:
        for at in np.flatnonzero(found == Possible.CANNOT_TELL):
            found[at] = is_possible(preferences_in(experiment, samples, int(at)))
    for done in rows:
        done["possible"] = found


def is_possible(preferences: tuple[Preferences, ...]) -> bool:
    """Return whether some settlement is worth enough to all and crosses no red line, by trying all."""
    allowed: NDArray[np.bool_] | None = None
    for own in preferences:
        if own.is_additive:
            first, second = (half_sums(own.worth[: own.space.split]), half_sums(own.worth[own.space.split :]))
            enough = first[:, None] + second[None, :] >= own.reservation_value
            if own.red_lines:
                marks = own.allowed_halves()
                enough &= marks[0][:, None] & marks[1][None, :]
            enough = enough.ravel()
        else:
            enough = (own.all_worths >= own.reservation_value) & own.allowed
        allowed = enough if allowed is None else allowed & enough
        if not allowed.any():
            return False
    return True


def _refuse_what_is_not_ratified(experiment: Experiment, samples: Samples, rows: Rows) -> None:
    """Write down the agreements that somebody does not ratify: nothing is gained by them."""
    ratifiers = experiment.assumptions.ratifiers
    agreed = np.flatnonzero(has_ending(rows, Ending.AGREEMENT))
    if not ratifiers or not len(agreed):
        return
    approved = np.ones(len(agreed), np.bool_)
    for number, one in enumerate(ratifiers):
        approved &= _approvals(experiment, samples, rows, agreed, (number, one))
    refused = agreed[~approved]
    rows["ratified"][refused] = 0
    rows["worth"][refused] = samples.reservation[refused][:, list(experiment.subject.at_table)]
    rows["gain"][refused] = 0.0


def _approvals(
    experiment: Experiment, samples: Samples, rows: Rows, agreed: Ints, which: tuple[int, AssumedRatifier]
) -> Bools:
    """Return for each agreement whether one ratifier approves: by chance, or by its own worths."""
    number, one = which
    if one.probability is not None:
        runs = (samples.first + agreed).tolist()
        drawn = [uniform(experiment.key, run, Stream.RATIFICATION, 0, number) for run in runs]
        return np.array(drawn) < one.probability
    party = experiment.subject.number(one.name)
    worth = _worths_of_agreed(experiment, samples.worth[agreed, :, party], rows["settlement"][agreed])
    return np.asarray(worth >= samples.reservation[agreed, party])


def _worths_of_agreed(experiment: Experiment, worth: Floats, settlements: Ints) -> Floats:
    """Return what settlements are worth to one party, added up as the engines do; ``worth``: (runs, options)."""
    space = space_of(experiment.subject)
    starts = np.concatenate(([0], np.cumsum(space.sizes)[:-1]))
    halves = [np.zeros(len(worth)), np.zeros(len(worth))]
    for issue, start in enumerate(starts.tolist()):
        places = start + settlements[:, issue].astype(np.int64)
        halves[issue >= space.split] += worth[np.arange(len(worth)), places]
    return halves[0] + halves[1]
