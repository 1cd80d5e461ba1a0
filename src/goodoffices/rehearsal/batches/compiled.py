"""Which cells the compiled loops take, and the arrays they are given. All others run on the readable engine."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.outcomes import COUNTS, ENDINGS, Possible, Rows, row_type
from goodoffices.rehearsal.batches.patience import with_patience
from goodoffices.rehearsal.batches.samples import Samples
from goodoffices.rehearsal.batches.spaces import space_of
from goodoffices.rehearsal.draws import Stream, uniform
from goodoffices.rehearsal.graph import Channel, Filter, Form, is_mediated, routes_of
from goodoffices.rehearsal.kernels.layout import (
    ACCEPTED,
    AGREEMENT,
    DEADLINE,
    DIFFERENT_COPIES,
    ENDING,
    MESSAGES,
    SETTLEMENT,
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
)  # fmt: skip
from goodoffices.rehearsal.negotiators.acceptance_rules import Aspiration, Next
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.negotiators.composition import Composed
from goodoffices.rehearsal.negotiators.proposal_rules import HardLine, TimeDependent, TitForTat
from goodoffices.rehearsal.setting import Closing, ProtocolName
from goodoffices.rehearsal.transcript import Ending
from goodoffices.talks.base.enums import Format

_MOST_PARTIES = 8
_MOST_IN_HALF = 100_000
_WAITING = 512
_MANNER = {"relative": 2, "absolute": 3, "averaged": 4}
_ENDING = {
    AGREEMENT: ENDINGS.index(Ending.AGREEMENT),
    DIFFERENT_COPIES: ENDINGS.index(Ending.DIFFERENT_COPIES),
    DEADLINE: ENDINGS.index(Ending.DEADLINE),
}


def is_compiled(experiment: Experiment, cell: Cell) -> bool:
    """Return whether the compiled loops take a cell: alternating proposals, additive worths, simple negotiators."""
    subject, space = experiment.subject, space_of(experiment.subject.bargain)
    bargain = subject.bargain
    is_plain = not bargain.interactions and not bargain.constraints and not any(bargain.cap)
    is_timeless = all(discount == 1.0 and per_turn == 0.0 for discount, _, per_turn in subject.discounts)
    half = max(int(np.prod(part, dtype=object)) for part in (space.sizes[: space.split], space.sizes[space.split :]))
    return (
        cell.protocol is ProtocolName.ALTERNATING
        and is_plain
        and is_timeless
        and half <= _MOST_IN_HALF
        and len(subject.at_table) <= _MOST_PARTIES
        and experiment.assumptions.filter is not Filter.INTERESTED
        and all(_is_simple(experiment.strategy(cell, party)) for party in range(len(subject.at_table)))
    )


def _is_simple(name: str) -> bool:
    negotiator = negotiator_named(name)
    return (
        isinstance(negotiator, Composed)
        and isinstance(negotiator.proposing, TimeDependent | HardLine | TitForTat)
        and isinstance(negotiator.accepting, Aspiration | Next)
        and negotiator.leaves_at is None
    )


def run_compiled(experiment: Experiment, cell: Cell, samples: Samples) -> tuple[Rows, list[int]]:
    """Return the outcomes of a cell, and the places of the runs that the readable engine has to play after all."""
    from goodoffices.rehearsal.kernels.alternating_runs import play_runs

    n = len(experiment.subject.at_table)
    manners = _manners(experiment, cell)
    rules, frictions = _rules(experiment, cell), _frictions(experiment, cell, samples)
    wants = _wants(experiment, cell, samples)
    talk = (rules, wants, manners, frictions, _orders(rules, n), _seats(rules, manners), _post(experiment, rules, n))
    results = Results(np.zeros((samples.n, 12), np.int64), np.zeros((samples.n, 2 * n)))
    results.whole[:, SETTLEMENT] = -1
    play_runs(talk, experiment.key, samples.first, results)
    rows = _rows(samples, results, n)
    _refuse_to_sit(experiment, cell, samples, rows)
    return rows, np.flatnonzero(results.whole[:, ENDING] == UNFINISHED).tolist()


def _rows(samples: Samples, results: Results, n: int) -> Rows:
    rows = np.zeros(samples.n, row_type(n))
    rows["run"] = samples.first + np.arange(samples.n)
    rows["possible"], rows["ratified"], rows["by"] = Possible.CANNOT_TELL, 1, -1
    for code, place in _ENDING.items():
        rows["ending"][results.whole[:, ENDING] == code] = place
    rows["turn"], rows["settlement"] = results.whole[:, TURN], results.whole[:, SETTLEMENT]
    rows["accepted"] = results.whole[:, ACCEPTED]
    for at, name in enumerate(COUNTS):
        rows[name] = results.whole[:, MESSAGES + at]
    rows["worth"], rows["gain"] = results.real[:, :n], results.real[:, n:]
    return rows


def _refuse_to_sit(experiment: Experiment, cell: Cell, samples: Samples, rows: Rows) -> None:
    """Write down the runs that do not convene, as the readable engine draws them."""
    parties = experiment.subject.parties
    if is_mediated(cell.format):
        return
    chances = [samples.numbers[:, samples.names.index(f"will-sit of {party}")] for party in parties]
    for at in np.flatnonzero(np.min(chances, axis=0) < 1.0).tolist():
        for one in range(len(parties)):
            refused = [
                other
                for other in range(len(parties))
                if other != one
                and chances[one][at] < 1.0
                and uniform(experiment.key, samples.first + at, Stream.SHOCKS, 0, 4096 + one * 64 + other)
                >= chances[one][at]
            ]
            if refused:
                _write_refusal(rows, at, one, samples.reservation[at, list(experiment.subject.at_table)])
                break


def _write_refusal(rows: Rows, at: int, party: int, reservation: np.ndarray) -> None:
    row = rows[at]
    for name in ("turn", "accepted", *COUNTS):
        row[name] = 0
    row["ending"], row["settlement"] = ENDINGS.index(Ending.DID_NOT_CONVENE), -1
    row["by"], row["worth"], row["gain"] = party, reservation, 0.0


def _rules(experiment: Experiment, cell: Cell) -> Rules:
    space, assumed = space_of(experiment.subject.bargain), experiment.assumptions
    sizes = np.array(space.sizes, np.int64)
    n = len(experiment.subject.at_table)
    ways = np.full((n, n, 4), -1, np.int64)
    for sender, row in enumerate(routes_of(cell.format, experiment.subject.parties, experiment.carriers(Channel()))):
        for recipient, way in enumerate(row):
            ways[sender, recipient, : len(way or ())] = way or ()
    wins = np.zeros(1 << n, np.bool_)
    wins[-1] = True
    return Rules(
        sizes=sizes, starts=np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64),
        places=np.array(space.places, np.int64), split=space.split, n_second=space.n_second, n_turns=assumed.n_turns,
        ways=ways, is_shuttle=cell.format is Format.SHUTTLE, wins=wins, is_exact=assumed.closing is Closing.EXACT,
        form=list(Form).index(assumed.form), is_nearby=assumed.is_nearby, softens=assumed.filter is Filter.SOFTENING,
    )  # fmt: skip


def _wants(experiment: Experiment, cell: Cell, samples: Samples) -> Wants:
    at_table = list(experiment.subject.at_table)
    crossed = np.zeros_like(samples.crossed)
    for place, party in enumerate(at_table):
        crossed |= (samples.crossed >> party & 1) << place
    devaluation = [samples.numbers[:, samples.names.index(f"devaluation of {p}")] for p in experiment.subject.parties]
    return Wants(
        worth=np.ascontiguousarray(samples.worth[:, :, at_table]),
        reservation=np.ascontiguousarray(samples.reservation[:, at_table]),
        crossed=np.ascontiguousarray(crossed),
        shares=_shares(experiment, cell, samples),
        devaluation=np.ascontiguousarray(np.stack(devaluation, axis=1)),
    )


def _shares(experiment: Experiment, cell: Cell, samples: Samples) -> np.ndarray:
    """Return (runs, parties, turns) the share of its range that each party holds on to."""
    n_turns, parties = experiment.assumptions.n_turns, experiment.subject.parties
    shares = np.empty((samples.n, len(parties), n_turns))
    for place, party in enumerate(parties):
        negotiator = negotiator_named(experiment.strategy(cell, place))
        betas = samples.numbers[:, samples.names.index(f"patience of {party}")].tolist()
        for at, beta in enumerate(betas):
            patient = with_patience(negotiator, beta)
            assert isinstance(patient, Composed)
            shares[at, place] = patient.proposing.clock.shares(n_turns)
    return shares


def _manners(experiment: Experiment, cell: Cell) -> Manners:
    rows = []
    for place in range(len(experiment.subject.at_table)):
        negotiator = negotiator_named(experiment.strategy(cell, place))
        assert isinstance(negotiator, Composed)
        rule, accepting = negotiator.proposing, negotiator.accepting
        kind = 0 if isinstance(rule, TimeDependent) else 1
        window = 1
        if isinstance(rule, TitForTat):
            kind, window = _MANNER[rule.manner], rule.window
        factor, addend = (accepting.factor, accepting.addend) if isinstance(accepting, Next) else (1.0, 0.0)
        rows.append((kind, window, int(isinstance(accepting, Next)), factor, addend, rule.clock.slack))
    columns = list(zip(*rows, strict=True))
    whole, real = [np.array(column, np.int64) for column in columns[:3]], [np.array(c, np.float64) for c in columns[3:]]
    return Manners(whole[0], whole[1], whole[2], real[0], real[1], real[2])


def _frictions(experiment: Experiment, cell: Cell, samples: Samples) -> Frictions:
    def column(name: str) -> np.ndarray:
        return samples.numbers[:, samples.names.index(name)]

    delay, travel = column("delay").astype(np.int64), column("travel").astype(np.int64)
    capacity = column("relays-per-turn").astype(np.int64)
    loss, distortion, read_back = (np.ascontiguousarray(column(n)) for n in ("loss", "distortion", "read-back"))
    assumed = experiment.assumptions
    is_plain = assumed.form is Form.VERBATIM and assumed.filter is Filter.NONE and not assumed.is_nearby
    is_free = (delay == 0) & (travel == 0) & (capacity == 0) & (loss == 0.0) & (distortion == 0.0) & (read_back == 0.0)
    ways = routes_of(cell.format, experiment.subject.parties, experiment.carriers(Channel()))
    longest = max(len(way or ()) for row in ways for way in row)
    return Frictions(
        delay=delay, capacity=capacity, loss=loss, distortion=distortion, read_back=read_back, travel=travel,
        waits=2 * longest * np.maximum(delay, 2 * travel) + 4,
        is_free=is_free & is_plain if is_mediated(cell.format) else np.ones(samples.n, np.bool_),
    )  # fmt: skip


def _orders(rules: Rules, n: int) -> Orders:
    m, split, n_turns = len(rules.sizes), rules.split, rules.n_turns
    first, second = int(np.prod(rules.sizes[:split])), int(np.prod(rules.sizes[split:]))
    return Orders(
        first=np.zeros((n, first)), first_numbers=np.zeros((n, first), np.int64),
        second=np.zeros((n, second)), second_numbers=np.zeros((n, second), np.int64),
        allowed=np.zeros((n, 2), np.int64), span=np.zeros((n, 4)), levels=np.zeros((n, n_turns)),
        known=np.full((n, n_turns), -2, np.int64), known_worth=np.zeros((n, n_turns)),
        known_options=np.zeros((n, n_turns, m), np.int64),
    )  # fmt: skip


def _seats(rules: Rules, manners: Manners) -> Seats:
    n, m = len(manners.proposing), len(rules.sizes)
    return Seats(np.zeros((n, 6), np.int64), np.zeros((n, m), np.int64), np.zeros((n, 4 + int(manners.window.max()))))


def _post(experiment: Experiment, rules: Rules, n: int) -> Post:
    m, o, hops = len(rules.sizes), int(rules.sizes.sum()), max(len(experiment.subject.carriers), 1)
    most = n * rules.n_turns + 1
    return Post(
        made=np.zeros((most, 3), np.int64), made_options=np.zeros((most, m), np.int64),
        waiting=np.zeros((_WAITING, 8), np.int64), waiting_options=np.zeros((_WAITING, m), np.int64),
        hops=np.zeros((hops, 6), np.int64), asked=np.zeros((hops, n, o), np.int64),
        told=np.zeros((hops, n, m), np.int64), counters=np.zeros(4, np.int64),
    )  # fmt: skip
