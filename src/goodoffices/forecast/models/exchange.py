"""``exchange:equal-gain``: actors trade shifts across issues so that both gain the same.

Per pair of issues p, q, two actors on opposite sides of the expected outcome of both may exchange: i demands p and
supplies q, j the reverse. i moves on q towards j's position, j on p towards i's, by as much as gives both the same
gain; exchanges are executed from the largest gain down, each changing what the others can still do.

References
----------
.. [1] F. N. Stokman & R. Van Oosten (1994). The exchange of voting positions; in Bueno de Mesquita & Stokman (eds),
   European Community Decision Making, Yale, 105-127.
.. [2] F. N. Stokman & R. Thomson (2015), forecasts of the Paris climate talks, for the "equal gain" rules.

The rules give the same results as a public program for the model; its code was not used. In that program the sum of
signed moves is not limited downwards. We keep this artefact.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.argument_checks import whole_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers
from goodoffices.forecast.models.base import Model, ModelAnswer, Move, at_one_point, check_size
from goodoffices.phrases.phrase import Phrase

_MOST_ACTORS = 150  # more are compared pair by pair for minutes


def exchange_equal_gain(turns: int = 1, tie_orders: int = 0, seed: int | None = None) -> Model:
    """Build the exchange model.

    Parameters
    ----------
    turns
        The number of rounds of exchange; published work uses one.
    tie_orders, seed
        Results depend on the order of equal gains. With ``tie_orders`` > 0 the run is repeated with that many random
        orders, and ``details["envelope"]`` of the answer gives the lowest and highest outcome per issue.
    """
    whole_in(turns, "turns, the number of rounds,", 1)
    whole_in(tie_orders, "tie_orders", 0)
    if seed is not None:
        whole_in(seed, "seed", 0)
    if tie_orders > 0 and seed is None:
        raise ForecastInputError("random tie orders need a seed, so that the result can be repeated; give seed=…")

    def run(numbers: Numbers) -> ModelAnswer:
        check_size("exchange:equal-gain", numbers, _MOST_ACTORS)
        answer = _run(numbers, turns)
        if tie_orders > 0 and numbers.position.shape[1] > 1:
            details = {**answer.details, "envelope": _envelope(numbers, turns, tie_orders, seed)}
            return replace(answer, details=MappingProxyType(details))
        return answer

    options: tuple[tuple[str, Any], ...] = (("turns", turns),)
    if tie_orders:
        options += (("tie_orders", tie_orders), ("seed", seed))
    return Model(name="exchange:equal-gain", run=run, options=options, joint=True, trades=True, turns=True)


def outcomes(x: FloatArray, s: FloatArray, c: FloatArray) -> FloatArray:
    """Return the compromise per issue, (d,). Absent actors (NaN) have no weight."""
    w = np.nan_to_num(s * c)
    return np.asarray((w * np.nan_to_num(x)).sum(axis=0) / w.sum(axis=0), dtype=np.float64)


def initial_exchanges(numbers: Numbers) -> list[dict[str, Any]]:
    """Return the valid exchanges before any is executed, largest gain first: columns of the exchange CSV."""
    from goodoffices.forecast.kernels import exchange

    x, s, c = _arrays(numbers)
    who = exchange.pairings(x, s, c)
    state, valid, _ = exchange.prepared(who, x, s, c)
    order = [at for at in np.argsort(-np.floor(state[:, 14] * 1e9 + 0.5), kind="stable") if valid[at]]
    return [
        _row(numbers, 0, who[at], (state[at, 14], state[at, 0], state[at, 0] + state[at, 2], state[at, 1],
                                   state[at, 1] + state[at, 3]))
        for at in order
    ]  # fmt: skip


def _arrays(numbers: Numbers) -> tuple[FloatArray, FloatArray, FloatArray]:
    return (
        np.ascontiguousarray(np.nan_to_num(numbers.position)),
        np.ascontiguousarray(np.nan_to_num(numbers.salience)),
        np.ascontiguousarray(np.where(np.isnan(numbers.position), 0.0, numbers.capability)),
    )


def _run(numbers: Numbers, turns: int) -> ModelAnswer:
    x, s, c = _arrays(numbers)
    empty = ~((s * c).sum(axis=0) > 0)
    if empty.any():
        name = numbers.issues[int(np.flatnonzero(empty)[0])]
        raise ForecastUndefinedError(
            Phrase("nobody carries weight on issue {issue}; use the model 'mean'", issue=repr(name))
        )
    if len(numbers.issues) == 1:
        return ModelAnswer(
            point=outcomes(x, s, c), warnings=(Phrase("one issue: nothing to trade"),), stopped="nothing to trade"
        )
    whole = at_one_point(numbers)
    if whole is not None:
        return whole
    return _traded(numbers, x, turns, None)


def _traded(numbers: Numbers, x: FloatArray, turns: int, rng: np.random.Generator | None) -> ModelAnswer:
    from goodoffices.forecast.kernels import exchange

    _, s, c = _arrays(numbers)
    rows: list[dict[str, Any]] = []
    path, ties, v, stopped = [x], 0, x, f"{turns} rounds used up"
    for turn in range(1, turns + 1):
        who = exchange.pairings(x, s, c)
        order = np.arange(len(who)) if rng is None else rng.permutation(len(who))
        v, log, tied = exchange.exchange_round(x, s, c, who, order, np.ones(len(who), dtype=np.bool_))
        ties += int(tied[0])
        rows += _logged(numbers, turn, who, log, x)
        path.append(v)
        if not len(log):
            stopped = "no exchange is left that both gain from"
            break
        pull = 0.4 * (1.0 - s) + 0.1
        x = np.where(v != x, x * (1.0 - pull) + v * pull, x)
    absent = np.isnan(numbers.position)
    warnings = (
        (Phrase("{n} choices between equal gains, taken in input order", n=str(ties)),) if ties and rng is None else ()
    )
    return ModelAnswer(
        point=outcomes(v, s, c),
        positions=np.where(absent[None], np.nan, np.array(path)),
        moves=tuple(move for row in rows for move in _moves(row)),
        stopped=stopped,
        warnings=warnings,
        details=MappingProxyType({"exchanges": tuple(rows), "ties": ties}),
    )


def _envelope(numbers: Numbers, turns: int, tie_orders: int, seed: int | None) -> dict[str, tuple[float, float]]:
    x, _, _ = _arrays(numbers)
    children = np.random.SeedSequence(seed).spawn(tie_orders)
    found = np.array([_traded(numbers, x, turns, np.random.default_rng(child)).point for child in children])
    return {
        name: (float(low), float(high))
        for name, low, high in zip(numbers.issues, found.min(axis=0), found.max(axis=0), strict=True)
    }


def _row(numbers: Numbers, turn: int, who: np.ndarray, values: tuple[float, ...]) -> dict[str, Any]:
    p, q, i, j = (int(place) for place in who)
    gain, i_from, i_to, j_from, j_to = (float(value) for value in values)
    return {
        "turn": turn, "gain": gain,
        "i": numbers.actors[i], "i_supplies": numbers.issues[q], "i_from": i_from, "i_to": i_to,
        "j": numbers.actors[j], "j_supplies": numbers.issues[p], "j_from": j_from, "j_to": j_to,
    }  # fmt: skip


def _logged(numbers: Numbers, turn: int, who: np.ndarray, log: FloatArray, x: FloatArray) -> list[dict[str, Any]]:
    """Return the executed exchanges with their effect on the others: s_p (|O_p - x| - |O'_p - x|) + the same for q."""
    _, s, c = _arrays(numbers)
    w = s * c / (s * c).sum(axis=0)
    rows, now = [], x.copy()
    for entry in log:
        p, q, i, j = (int(place) for place in who[int(entry[0])])
        row = _row(numbers, turn, who[int(entry[0])], tuple(entry[1:]))
        pair = [p, q]
        before = (w[:, pair] * now[:, pair]).sum(axis=0)
        now[i, q], now[j, p] = entry[3], entry[5]
        after = (w[:, pair] * now[:, pair]).sum(axis=0)
        near = (s[:, pair] * (np.abs(before - x[:, pair]) - np.abs(after - x[:, pair]))).sum(axis=1).tolist()
        row["externalities"] = {name: near[k] for k, name in enumerate(numbers.actors) if k not in (i, j)}
        rows.append(row)
    return rows


def _moves(row: dict[str, Any]) -> tuple[Move, ...]:
    def side(one: str, other: str) -> Move:
        return Move(
            turn=row["turn"], actor=row[one], issue=row[f"{one}_supplies"], start=row[f"{one}_from"],
            end=row[f"{one}_to"], toward=row[other], kind="trade", strength=row["gain"],
            reason=f"in return {row[other]} moves on {row[f'{other}_supplies']}; each gains {row['gain']:.4g}",
        )  # fmt: skip

    return side("i", "j"), side("j", "i")
