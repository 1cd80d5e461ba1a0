"""``ktab-smp``: KTAB's spatial model of politics, in several dimensions, turn by turn.

Positions and saliences are on 0..1. In each turn, distances d_ij from i's ideal are computed in i's saliences. A
probabilistic Condorcet election over all positions gives each actor a probability p_i, and from it a risk attitude R_i.
Utilities are U(d, R) = (1 - d)(1 + d R). Each actor h estimates the others' risks and challenges the actor from which
it expects to gain most. Third parties take part. Each challenge becomes a bargain, and each actor follows the bargain
in its queue that most coalitions would back. The run ends when movement is below 2 % of the first turn's. Equations:
the papers of `condorcet` and the program's own documentation (github lsyaseen/KTAB, MIT).
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from types import MappingProxyType
from typing import Any

import numpy as np

from goodoffices.errors import ForecastUndefinedError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers
from goodoffices.forecast.models.base import Model, ModelAnswer, Move, at_one_point, check_size, option_value
from goodoffices.forecast.models.condorcet import PCE_RULES, VICTORIES, VOTES
from goodoffices.phrases.phrase import Phrase

_MOST_ACTORS = 150  # more are compared pair by pair for minutes
RANGES = ("mid", "min", "max")
ADJUSTMENTS = ("none", "one-third", "half", "two-thirds", "full")
THIRD_PARTIES = ("none", "semi-commit", "full")
BARGAINS = ("s1p1", "s2p2")
INITIATORS = ("init-only", "init-receiver", "weighted")
_LEAST_MOVE, _REST = 1e-4, 0.02  # a run ends if a turn moves less than this share of the first turn
_NEAR = 1e-3  # representatives closer than this (of 1) count as one position; this is the program's own constant


def ktab_smp(  # noqa: PLR0913 - the program's own settings
    point: str = "mean",
    victory: str = "linear",
    vote: str = "prop",
    pce: str = "conditional",
    risk_range: str = "mid",
    risk_adjust: str = "one-third",
    third_party: str = "semi-commit",
    bargain: str = "s2p2",
    initiator: str = "init-only",
    transitions_seed: int | None = None,
    accommodation: tuple[tuple[str, str, float], ...] = (),
    turns: int = 100,
) -> Model:
    """Build KTAB's model, with the program's own defaults.

    Parameters
    ----------
    point
        ``"mean"``: the capability x salience mean of final positions; ``"pce"``: the expectation of a final election
        over positions rounded to a tenth of 100, each backed by capability.
    transitions_seed
        None for deterministic transitions. With a seed, each actor's bargain is drawn from its election.
    accommodation
        (the actor that adjusts its ideal, the actor whose position it moves to, the share of 1 per turn).
    """
    points = option_value("point", point, ("mean", "pce"))
    codes = np.array(
        [
            option_value("vote", vote, VOTES), option_value("victory", victory, VICTORIES),
            option_value("pce", pce, PCE_RULES), option_value("risk_range", risk_range, RANGES),
            option_value("risk_adjust", risk_adjust, ADJUSTMENTS),
            option_value("third_party", third_party, THIRD_PARTIES),
            1 + option_value("bargain", bargain, BARGAINS), option_value("initiator", initiator, INITIATORS),
        ],
        dtype=np.int64,
    )  # fmt: skip
    given: dict[str, Any] = {
        "point": point, "victory": victory, "vote": vote, "pce": pce, "risk_range": risk_range,
        "risk_adjust": risk_adjust, "third_party": third_party, "bargain": bargain, "initiator": initiator,
        "transitions_seed": transitions_seed, "accommodation": accommodation, "turns": turns,
    }  # fmt: skip
    defaults = _DEFAULTS
    shown = tuple((name, value) for name, value in given.items() if value != defaults[name])

    def run(numbers: Numbers) -> ModelAnswer:
        check_size("ktab-smp", numbers, _MOST_ACTORS)
        return _run(numbers, codes, points, transitions_seed, accommodation, turns)

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        check_size("ktab-smp", numbers, _MOST_ACTORS)
        # What is more than turns of bargaining is left to single runs: silent actors, and all at one position.
        plain = (s > 0).all(axis=1) & (c.sum(axis=1) > 0) & (x != x[:, :1]).any(axis=1)
        found = np.empty(len(x))
        found[plain] = _end_points(x[plain], s[plain], c[plain], codes, _uniforms(transitions_seed, turns, x.shape[1]))
        for draw in np.flatnonzero(~plain):
            try:
                found[draw] = run(numbers.with_vectors(x[draw], s[draw], c[draw])).point[0]
            except ForecastUndefinedError:  # without any weight there is no answer: not a number
                found[draw] = np.nan
        return found

    simple = point == "mean" and not accommodation
    return Model(name="ktab-smp", run=run, many=many if simple else None, options=shown, joint=True, turns=True)


_DEFAULTS: dict[str, Any] = {
    "point": "mean", "victory": "linear", "vote": "prop", "pce": "conditional", "risk_range": "mid",
    "risk_adjust": "one-third", "third_party": "semi-commit", "bargain": "s2p2", "initiator": "init-only",
    "transitions_seed": None, "accommodation": (), "turns": 100,
}  # fmt: skip


def spatial_history(
    x: FloatArray, s: FloatArray, c: FloatArray, codes: np.ndarray, lean: FloatArray, uniforms: FloatArray
) -> tuple[FloatArray, np.ndarray, FloatArray, FloatArray]:
    """Run turns on arrays of the unit scale until movement is below 2 % of the first turn's, or ``uniforms`` end.

    Parameters
    ----------
    lean
        (n, n), how far i's ideal moves towards j's position each turn; zeros for none.
    uniforms
        (turns, n), random numbers that draw each actor's bargain; negative for the most probable one.

    Returns
    -------
    positions (turns + 1, n, d), partners and chances (turns, n), ideals (turns + 1, n, d)
    """
    from goodoffices.forecast.kernels import spatial  # compiled code is loaded when first needed

    path, ideals = [x], [x]
    partners, chances, moved = [], [], []
    for draws in uniforms:
        after, partner, chance = spatial.step(path[-1], ideals[-1], s, c, codes, np.ascontiguousarray(draws))
        moved.append(float(np.sqrt(((after - path[-1]) ** 2).sum(axis=1)).sum()))
        stays = 1.0 - lean.sum(axis=1, keepdims=True)
        ideals.append(lean @ after + stays * ideals[-1] if lean.any() else after)
        path.append(after)
        partners.append(partner)
        chances.append(chance)
        if len(moved) > 1 and moved[-1] / (moved[0] + _LEAST_MOVE) < _REST:
            break
    return np.array(path), np.array(partners), np.array(chances), np.array(ideals)


def win_probabilities(
    path: FloatArray, ideals: FloatArray, s: FloatArray, c: FloatArray, codes: np.ndarray
) -> FloatArray:
    """Return the probability of each actor's position at every turn, (turns + 1, n).

    Positions within 1e-3 of an earlier one share its representative. An actor has the last one within 1e-3.
    """
    return np.array(
        [_win_probability(x, ideal, s, c, codes) for x, ideal in zip(path, ideals, strict=True)], dtype=np.float64
    )


def _win_probability(x: FloatArray, ideal: FloatArray, s: FloatArray, c: FloatArray, codes: np.ndarray) -> FloatArray:
    from goodoffices.forecast.kernels import condorcet, spatial

    d = spatial.distances(x, ideal, s)
    risk = spatial.risks(condorcet.election(1.0 - d, c, codes[0], codes[1], codes[2]), codes[3])
    gap = np.sqrt(((x[:, None] - x[None]) ** 2).sum(axis=2))
    kept: list[int] = []
    for i in range(len(x)):
        if not any(gap[i, other] < _NEAR for other in kept):
            kept.append(i)
    near = np.ascontiguousarray(d[:, kept])  # laid out by columns, the election would be compiled once more
    u = (1.0 - near) * (1.0 + np.minimum(near, 1.0) * risk[:, None])
    chances = condorcet.election(u, c, codes[0], codes[1], codes[2])
    shown = [max(place for place, other in enumerate(kept) if gap[i, other] < _NEAR) for i in range(len(x))]
    return np.asarray(chances[shown], dtype=np.float64)


def _run(
    numbers: Numbers, codes: np.ndarray, points: int, seed: int | None, accommodation: Any, most: int
) -> ModelAnswer:
    whole = at_one_point(numbers)
    if whole is not None:
        return whole
    inside, kept = numbers.of_bargainers()
    warnings = _cautions(numbers, inside)
    if not inside.actors:
        raise ForecastUndefinedError(Phrase("all saliences are 0, so nobody bargains; use the model 'mean'"))
    x = np.ascontiguousarray(inside.position / 100.0)
    s, c = np.ascontiguousarray(inside.salience), np.ascontiguousarray(inside.capability[:, 0])
    n = len(inside.actors)
    uniforms = _uniforms(seed, most, n)
    path, partners, chances, ideals = spatial_history(x, s, c, codes, _lean(inside.actors, accommodation), uniforms)
    whole_path = np.repeat(numbers.position[None], len(path), axis=0)
    whole_path[:, kept] = path * 100.0
    return ModelAnswer(
        point=_point(path[-1], s, c, points, codes),
        positions=whole_path,
        moves=_moves(inside, path * 100.0, partners, chances),
        stopped=f"{most} turns used up" if len(path) > most else "movement fell below 2 % of the first turn's",
        warnings=warnings,
        details=MappingProxyType({"win_probabilities": win_probabilities(path, ideals, s, c, codes)}),
    )


def _uniforms(seed: int | None, turns: int, n: int) -> FloatArray:
    """Return the numbers that draw each actor's bargain, (turns, n): negative for the most probable one."""
    return np.full((turns, n), -1.0) if seed is None else np.random.default_rng(seed).random((turns, n))


KEPT: dict[bytes, FloatArray] = {}
"""Ends of runs, each block of draws by its digest, the block that was asked for last at the end."""
MOST_KEPT = 1024  # blocks, each of at most 16 kB
_KEEPING = threading.Lock()


def _end_points(x: FloatArray, s: FloatArray, c: FloatArray, codes: np.ndarray, uniforms: FloatArray) -> FloatArray:
    """Return the end of each run on 0..100, (D,).

    The same draws are asked for again: by `combination`, of which this model is a part, and by a second look at the
    same forecast. They take longer than those of all other models together, so their ends are kept.
    """
    from goodoffices.forecast.kernels import spatial  # compiled code is loaded when first needed

    unit, care, weight = (np.ascontiguousarray(one) for one in (x / 100.0, s, c))
    digest = hashlib.sha256()
    for one in (unit, care, weight, codes, uniforms):
        digest.update(repr(one.shape).encode() + one.tobytes())
    with _KEEPING:
        found = KEPT.pop(digest.digest(), None)
    if found is None:
        rest = np.array([_REST, _LEAST_MOVE])
        found = np.asarray(spatial.end_points(unit, care, weight, codes, uniforms, rest) * 100.0, dtype=np.float64)
    with _KEEPING:
        KEPT[digest.digest()] = found
        if len(KEPT) > MOST_KEPT:
            del KEPT[next(iter(KEPT))]
    return found.copy()


def _cautions(numbers: Numbers, inside: Numbers) -> tuple[str, ...]:
    if np.isnan(inside.position).any():
        raise ForecastUndefinedError(
            Phrase("ktab-smp needs every actor on every issue; forecast the issues one by one, or use 'compromise'")
        )
    if not inside.capability.sum() > 0:
        raise ForecastUndefinedError(Phrase("all capabilities are 0, so nobody carries weight; use the model 'mean'"))
    if (inside.capability != inside.capability[:, :1]).any():
        raise ForecastUndefinedError(
            Phrase("ktab-smp takes one capability per actor; here it differs between issues: forecast them one by one")
        )
    cautions: list[str] = []
    silent = [name for name in numbers.actors if name not in inside.actors]
    if silent:
        cautions.append(f"silent, with no salience: {', '.join(silent)}")
    if (inside.salience.sum(axis=1) > 1 + 1e-9).any():
        cautions.append(Phrase("some actors' saliences sum to more than 1 over the issues; the model means shares"))
    return tuple(cautions)


def _lean(actors: tuple[str, ...], accommodation: Any) -> FloatArray:
    lean = np.zeros((len(actors), len(actors)))
    for who, whose, how_much in accommodation:
        lean[actors.index(who), actors.index(whose)] = how_much
    return lean


def _point(x: FloatArray, s: FloatArray, c: FloatArray, points: int, codes: np.ndarray) -> FloatArray:
    if points == 0:
        w = s * c[:, None]
        return np.asarray((w * x).sum(axis=0) / w.sum(axis=0) * 100.0, dtype=np.float64)
    from goodoffices.forecast.kernels import condorcet, spatial

    _, first = np.unique(np.round(x * 100.0, 1), axis=0, return_index=True)
    options = x[first]  # the first actor's own position represents all that round to the same tenth
    d = np.array([[_distance(mine, option, care) for option in options] for mine, care in zip(x, s, strict=True)])
    risk = spatial.risks(
        condorcet.election(1.0 - spatial.distances(x, x, s), c, codes[0], codes[1], codes[2]), codes[3]
    )
    u = np.array([[spatial.curved(away, risk[a]) for away in row] for a, row in enumerate(d)])
    return np.asarray(condorcet.election(u, c, codes[0], codes[1], codes[2]) @ options * 100.0, dtype=np.float64)


def _distance(mine: FloatArray, other: FloatArray, care: FloatArray) -> float:
    return float(np.sqrt((care**2 * (mine - other) ** 2).sum() / (care**2).sum()))


def _moves(numbers: Numbers, path: FloatArray, partners: np.ndarray, chances: FloatArray) -> tuple[Move, ...]:
    found = []
    for turn, (before, after) in enumerate(itertools.pairwise(path)):
        for i, at in np.argwhere(before != after):
            partner = int(partners[turn, i])
            chance = float(chances[turn, i])
            found.append(
                Move(
                    turn=turn + 1, actor=numbers.actors[i], issue=numbers.issues[at], start=float(before[i, at]),
                    end=float(after[i, at]), toward=numbers.actors[partner], kind="bargain", strength=chance,
                    reason=f"its estimated chance of prevailing was {chance:.2f}",
                )
            )  # fmt: skip
    return tuple(found)
