"""Which cells the compiled loops take, and the arrays they are given. All others run on the readable engine."""

from __future__ import annotations

import math

import numpy as np

from goodoffices.rehearsal.batches.behaviours import behaviour, with_patience
from goodoffices.rehearsal.batches.compiled_texts import crossed_at_table, is_text_compiled, run_texts
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.outcomes import COUNTS, ENDINGS, Possible, Rows
from goodoffices.rehearsal.batches.samples import Samples
from goodoffices.rehearsal.batches.subject import space_of
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
    Bools,
    Floats,
    Frictions,
    Manners,
    Orders,
    Post,
    Results,
    Rules,
    Seats,
    Wants,
)  # fmt: skip
from goodoffices.rehearsal.kernels.settlement_orders import MICRO, half_sums_of, sorted_orders, with_falling
from goodoffices.rehearsal.negotiators.acceptance_rules import Aspiration, Constant, Monotonic, Next, Time
from goodoffices.rehearsal.negotiators.basis import Clock
from goodoffices.rehearsal.negotiators.composition import Composed
from goodoffices.rehearsal.negotiators.interface import Negotiator
from goodoffices.rehearsal.negotiators.proposal_rules import AtRandom, HardLine, Micro, TimeDependent, TitForTat
from goodoffices.rehearsal.setting import Closing, ProtocolName
from goodoffices.rehearsal.transcript import Ending
from goodoffices.talks.base.enums import Format

_MOST_PARTIES = 8
_MOST_IN_HALF = 4_096
_MOST_LISTED = 200_000
_WAITING = 512
_MANNER = {"relative": 2, "absolute": 3, "averaged": 4}
_AT_LEAST = 2
Talk = tuple[Rules, Wants, Manners, Frictions, Orders, Seats, Post]

_ENDING = {
    AGREEMENT: ENDINGS.index(Ending.AGREEMENT),
    DIFFERENT_COPIES: ENDINGS.index(Ending.DIFFERENT_COPIES),
    DEADLINE: ENDINGS.index(Ending.DEADLINE),
}


def has_small_halves(experiment: Experiment) -> bool:
    """Return whether worths are sums of options, and both halves have few choices."""
    space, bargain = space_of(experiment.subject), experiment.subject.bargain
    is_plain = not bargain.interactions and not bargain.constraints and not any(cap is not None for cap in bargain.cap)
    sizes = space.sizes
    return is_plain and max(math.prod(sizes[: space.split]), math.prod(sizes[space.split :])) <= _MOST_IN_HALF


def is_compiled(experiment: Experiment, cell: Cell) -> bool:
    """Return whether the compiled loops take a cell: proposals by the parties, additive worths, simple negotiators."""
    if cell.protocol is ProtocolName.SINGLE_TEXT:
        return is_text_compiled(experiment, cell)
    subject = experiment.subject
    n = space_of(subject).n
    is_timeless = all(discount == 1.0 and per_turn == 0.0 for discount, _, per_turn in subject.discounts)
    return (
        is_timeless
        and experiment.assumptions.is_undisturbed
        and has_small_halves(experiment)
        and len(subject.at_table) <= _MOST_PARTIES
        and experiment.assumptions.filter is not Filter.INTERESTED
        and all(_is_simple(experiment.strategy(cell, party), n) for party in range(len(subject.at_table)))
    )


def _is_simple(name: str, n_settlements: int) -> bool:
    negotiator = behaviour(name)
    return (
        isinstance(negotiator, Composed)
        and isinstance(negotiator.proposing, TimeDependent | HardLine | TitForTat | AtRandom | Micro)
        and isinstance(negotiator.accepting, Aspiration | Next | Constant | Time | Monotonic)
        and negotiator.leaves_at is None
        and (n_settlements <= _MOST_LISTED or not isinstance(negotiator.proposing, Micro))
    )


def run_compiled(experiment: Experiment, cell: Cell, samples: Samples) -> tuple[Rows, list[int]]:
    """Return the outcomes of a cell, and the places of the runs that the readable engine has to play after all."""
    if cell.protocol is ProtocolName.SINGLE_TEXT:
        return run_texts(experiment, cell, samples), []
    n = len(experiment.subject.at_table)
    manners = _manners(experiment, cell)
    rules, frictions = _rules(experiment, cell, samples.first), _frictions(experiment, cell, samples)
    wants, orders, is_empty = _wants_and_orders(experiment, cell, samples, rules)
    if (manners.proposing == MICRO).any():
        orders = with_falling(rules, manners, orders)
    talk = (rules, wants, manners, frictions, orders, _seats(rules, manners), _post(experiment, rules, n))
    results = Results(np.zeros((samples.n, 12), np.int64), np.zeros((samples.n, 2 * n)))
    results.whole[:, SETTLEMENT] = -1
    results.whole[is_empty, ENDING] = UNFINISHED
    _play(talk, cell.protocol, experiment.key, samples.first, results)
    rows = _rows(experiment, samples, results, rules)
    _refuse_to_sit(experiment, cell, samples, rows)
    return rows, np.flatnonzero(results.whole[:, ENDING] == UNFINISHED).tolist()


def _play(talk: Talk, protocol: ProtocolName, key: tuple[int, int], first: int, results: Results) -> None:
    """Play the runs: by the quick loops if every message is heard at once and all look at the time alone."""
    if protocol is not ProtocolName.ALTERNATING:
        from goodoffices.rehearsal.kernels.simultaneous_runs import play_simultaneous_runs

        play_simultaneous_runs(talk, key, first, protocol is ProtocolName.MAJORITY, results)
        return
    from goodoffices.rehearsal.kernels.alternating_runs import play_runs
    from goodoffices.rehearsal.kernels.direct_runs import play_direct_runs

    rules, _, manners, frictions, *_ = talk
    is_quick = (manners.proposing < _MANNER["relative"]).all() and (manners.accepting < _AT_LEAST).all()
    if frictions.is_free.all() and is_quick:
        play_direct_runs(talk, np.asarray((rules.ways >= 0).sum(axis=2), np.int64), results)
    else:
        play_runs(talk, key, first, results)


def _rows(experiment: Experiment, samples: Samples, results: Results, rules: Rules) -> Rows:
    rows, n = np.zeros(samples.n, experiment.row_type), len(experiment.subject.at_table)
    rows["run"] = samples.first + np.arange(samples.n)
    rows["possible"], rows["ratified"], rows["by"] = Possible.CANNOT_TELL, 1, -1
    for code, place in _ENDING.items():
        rows["ending"][results.whole[:, ENDING] == code] = place
    rows["turn"] = results.whole[:, TURN]
    numbers = results.whole[:, SETTLEMENT][:, None]
    rows["settlement"] = np.where(numbers < 0, -1, numbers // rules.places % rules.sizes)
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


def _write_refusal(rows: Rows, at: int, party: int, reservation: Floats) -> None:
    row = rows[at]
    for name in ("turn", "accepted", *COUNTS):
        row[name] = 0
    row["ending"], row["settlement"] = ENDINGS.index(Ending.DID_NOT_CONVENE), -1
    row["by"], row["worth"], row["gain"] = party, reservation, 0.0


def _rules(experiment: Experiment, cell: Cell, first: int) -> Rules:
    space, assumed = space_of(experiment.subject), experiment.assumptions
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
        key=experiment.key, first_run=first,
    )  # fmt: skip


def _wants_and_orders(
    experiment: Experiment, cell: Cell, samples: Samples, rules: Rules
) -> tuple[Wants, Orders, Bools]:
    """Return what the parties want and their settlements in order, and which runs leave a party no settlement."""
    at_table = list(experiment.subject.at_table)
    worth = np.ascontiguousarray(samples.worth[:, :, at_table])
    reservation = np.ascontiguousarray(samples.reservation[:, at_table])
    crossed = crossed_at_table(experiment, samples)
    shares, slack = _shares(experiment, cell, samples)
    is_other = _differs(worth, crossed)
    orders = sorted_orders(rules, worth[is_other], reservation[is_other], crossed[is_other])
    row = np.cumsum(is_other) - 1
    low = np.maximum(reservation, orders.span[row, :, 0])[:, :, None]
    levels = low + (orders.span[row, :, 1][:, :, None] - low) * shares
    levels = np.where(slack[None, :, None] == 0.0, levels, np.maximum(low, levels - slack[None, :, None]))
    devaluation = [samples.numbers[:, samples.names.index(f"devaluation of {p}")] for p in experiment.subject.parties]
    wants = Wants(
        worth=worth, reservation=reservation, crossed=crossed,
        devaluation=np.ascontiguousarray(np.stack(devaluation, axis=1)), levels=np.ascontiguousarray(levels),
        order=row.astype(np.int64), is_new=is_other | _differs(reservation, levels),
    )  # fmt: skip
    return wants, orders, (orders.allowed[row] == 0).any(axis=(1, 2))


def _differs(*columns: np.ndarray) -> Bools:
    """Return for each run whether anything differs from the run before."""
    found = np.ones(len(columns[0]), np.bool_)
    for column in columns:
        rows = column.reshape(len(column), -1)
        if column is columns[0]:
            found[1:] = False
        found[1:] |= (rows[1:] != rows[:-1]).any(axis=1)
    return found


def find_possible(experiment: Experiment, samples: Samples, asked: Bools) -> Bools:
    """Return for each run asked for whether some settlement is worth enough to all and crosses no red line."""
    from goodoffices.rehearsal.kernels.possibility import possible_runs

    rules, at_table = _rules(experiment, Cell(format=Format.DIRECT), samples.first), list(experiment.subject.at_table)
    worth, crossed = samples.worth[asked][:, :, at_table], crossed_at_table(experiment, samples)[asked]
    split, m = rules.split, len(rules.sizes)
    first, first_shut = half_sums_of(rules, worth, crossed, range(split))
    second, second_shut = half_sums_of(rules, worth, crossed, range(split, m))
    first_lines = np.asarray(first_shut.any(axis=1), np.int64)
    second_lines = np.asarray(second_shut.any(axis=1), np.int64)
    if len(at_table) == 2:
        open_sums = np.where(second_lines[:, None, :] != 0, -np.inf, second)
        falling = np.argsort(-open_sums[:, 0], axis=1, kind="stable")[:, None, :]
        second = np.take_along_axis(open_sums, falling, axis=2)
        second[:, 1] = np.maximum.accumulate(second[:, 1], axis=1)
    reservation = np.ascontiguousarray(samples.reservation[asked][:, at_table])
    return possible_runs(first, second, first_lines, second_lines, reservation)


def _shares(experiment: Experiment, cell: Cell, samples: Samples) -> tuple[Floats, Floats]:
    """Return (runs, parties, turns) the share of its range that each party holds on to, and each party's slack."""
    n_turns, parties = experiment.assumptions.n_turns, experiment.subject.parties
    shares, slack = np.empty((samples.n, len(parties), n_turns)), np.zeros(len(parties))
    for place, party in enumerate(parties):
        negotiator = behaviour(experiment.strategy(cell, place))
        betas = samples.numbers[:, samples.names.index(f"patience of {party}")].tolist()
        patient = {beta: _clock(with_patience(negotiator, beta)) for beta in set(betas)}
        slack[place] = next(iter(patient.values())).slack
        rows = {beta: clock.shares(n_turns) for beta, clock in patient.items()}
        shares[:, place] = next(iter(rows.values())) if len(rows) == 1 else [rows[beta] for beta in betas]
    return shares, slack


def _clock(negotiator: Negotiator) -> Clock:
    assert isinstance(negotiator, Composed)
    return negotiator.proposing.clock


def _manners(experiment: Experiment, cell: Cell) -> Manners:
    rows = []
    for place in range(len(experiment.subject.at_table)):
        negotiator = behaviour(experiment.strategy(cell, place))
        assert isinstance(negotiator, Composed)
        rule, accepting = negotiator.proposing, negotiator.accepting
        rows.append((*_proposing(rule), *_accepting(accepting)))
    columns = list(zip(*rows, strict=True))
    whole, real = [np.array(column, np.int64) for column in columns[:3]], [np.array(c, np.float64) for c in columns[3:]]
    return Manners(whole[0], whole[1], whole[2], real[0], real[1])


def _proposing(rule: object) -> tuple[int, int]:
    """Return the number of a rule of proposing, and its window."""
    if isinstance(rule, TitForTat):
        return _MANNER[rule.manner], rule.window
    if isinstance(rule, AtRandom):
        return (7 if rule.is_rational else 6), 1
    return (MICRO if isinstance(rule, Micro) else int(isinstance(rule, HardLine))), 1


def _accepting(rule: object) -> tuple[int, float, float]:
    """Return the number of a rule of accepting, and its numbers. What micro accepts is `next` without either."""
    if isinstance(rule, Next):
        return 1, rule.factor, rule.addend
    if isinstance(rule, Constant):
        return _AT_LEAST, rule.least, 0.0
    if isinstance(rule, Time):
        return 3, rule.share, 0.0
    return int(isinstance(rule, Monotonic)), 1.0, 0.0


def _frictions(experiment: Experiment, cell: Cell, samples: Samples) -> Frictions:
    def column(name: str) -> Floats:
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


def _seats(rules: Rules, manners: Manners) -> Seats:
    n, m = len(manners.proposing), len(rules.sizes)
    most = n * rules.n_turns + 1 if (manners.proposing == MICRO).any() else 1
    return Seats(
        np.zeros((n, 6), np.int64), np.zeros((n, m), np.int64), np.zeros((n, 5 + int(manners.window.max()))),
        np.zeros((n, 2), np.int64), np.zeros((n, n + 1, most), np.int64), np.zeros((n, n + 1), np.int64),
    )  # fmt: skip


def _post(experiment: Experiment, rules: Rules, n: int) -> Post:
    m, o, hops = len(rules.sizes), int(rules.sizes.sum()), max(len(experiment.subject.carriers), 1)
    most = n * rules.n_turns + 1
    return Post(
        made=np.zeros((most, 3), np.int64), made_options=np.zeros((most, m), np.int64),
        waiting=np.zeros((_WAITING, 8), np.int64), waiting_options=np.zeros((_WAITING, m), np.int64),
        hops=np.zeros((hops, 6), np.int64), asked=np.zeros((hops, n, o), np.int64),
        told=np.zeros((hops, n, m), np.int64), counters=np.zeros(4, np.int64),
    )  # fmt: skip
