"""KTAB's spatial model of politics, one turn at a time. Letters as in the equations of `models.spatial`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.forecast.kernels.compiled import kernel
from goodoffices.forecast.kernels.condorcet import election, one_vote

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@kernel
def distances(x: FloatArray, ideal: FloatArray, s: FloatArray) -> FloatArray:
    """Return d_ij, the distance of position j from i's ideal in i's own saliences, (n, n)."""
    n, width = x.shape
    d = np.zeros((n, n))
    for i in range(n):
        total = 0.0
        for at in range(width):
            total += s[i, at] * s[i, at]
        for j in range(n):
            square = 0.0
            for at in range(width):
                gap = ideal[i, at] - x[j, at]
                square += s[i, at] * s[i, at] * gap * gap
            d[i, j] = np.sqrt(square / total)
    return d


@kernel
def curved(d: float, risk: float) -> float:
    """Return U(d, R) = (1 - d)(1 + d R), beyond d = 1 (1 - d)(1 + R)."""
    return (1.0 - d) * (1.0 + min(d, 1.0) * risk)


@kernel
def risks(p: FloatArray, risk_range: int) -> FloatArray:
    """Return R_i from the probabilities of the positions held: range 0 mid, 1 min, 2 max. All are 0 if p are equal."""
    low, high = p.min(), p.max()
    if high - low < 1e-12:
        return np.zeros(p.shape[0])
    found: FloatArray = (2.0 * p - high - low) / (high - low)
    if risk_range == 0:
        found = (3.0 * p - (high + 2.0 * low)) / (2.0 * (high - low))
    if risk_range == 1:
        found = (p - low) / (high - low)
    return found


@kernel
def shared_risk(own: float, theirs: float, adjust: int) -> float:
    """Return the estimate of another's risk: 0 none, 1 one-third, 2 half, 3 two-thirds, 4 full."""
    if adjust == 0:
        return own
    if adjust == 1:
        return (2.0 * own + theirs) / 3.0
    if adjust == 2:
        return (own + theirs) / 2.0
    if adjust == 3:
        return (own + 2.0 * theirs) / 3.0
    return theirs


@kernel
def estimate(h: int, d: FloatArray, risk: FloatArray, adjust: int) -> FloatArray:
    """Return u^h, what h believes each position is worth to each actor, (n, n)."""
    n = d.shape[0]
    u = np.empty((n, n))
    for a in range(n):
        r = shared_risk(risk[h], risk[a], adjust)
        for b in range(n):
            u[a, b] = curved(d[a, b], r)
    return u


@kernel
def _victory(i: int, j: int, u: FloatArray, o: FloatArray, third: int, vote: int) -> float:
    """Return f, the probability that i prevails over j, as estimated by the actor whose utilities are u."""
    first = 1e-10
    second = 1e-10
    for k, sign in ((i, 1.0), (j, 1.0)):
        ballot = one_vote(o[k], sign * (u[k, i] - u[k, j]), vote)
        if ballot > 0.0:
            first += ballot
        else:
            second -= ballot
    with_i, with_j = first, second
    for k in range(o.shape[0]):
        if k in (i, j):
            continue
        ki, kj, kk = u[k, i], u[k, j], u[k, k]
        lean = one_vote(o[k], ki - kj, vote)
        pi = (first + max(0.0, lean)) / (first + second + abs(lean))
        win_i = 3.0 * ki if third == 2 else 2.0 * ki + kk
        lose_i = 2.0 * kj + kk if third == 0 else 3.0 * kj
        lose_j = 2.0 * ki + kk if third == 0 else 3.0 * ki
        win_j = 3.0 * kj if third == 2 else 2.0 * kj + kk
        ballot = one_vote(o[k], (pi * win_i + (1.0 - pi) * lose_i) - (pi * lose_j + (1.0 - pi) * win_j), vote)
        if ballot > 0.0:
            with_i += ballot
        else:
            with_j -= ballot
    return with_i / (with_i + with_j)


@kernel
def _gain(i: int, j: int, u: FloatArray, f: float, sg: float) -> float:
    now = u[i, i] + u[i, j]
    return float((1.0 - sg) * 2.0 * u[i, i] + sg * (f * 2.0 * u[i, i] + (1.0 - f) * 2.0 * u[i, j]) - now)


@kernel
def challenges(
    d: FloatArray, risk: FloatArray, o: FloatArray, sg: FloatArray, options: IntArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return whom each actor challenges (-1: nobody), its own and the target's estimate of its chance, and the gains.

    options: vote, victory, pce, range, adjust, third, bargain, initiator. Chances (n, 2), gains (n, n).
    """
    n = d.shape[0]
    target = np.full(n, -1, dtype=np.int64)
    chance = np.zeros((n, 2))
    gain = np.zeros((n, n))
    for i in range(n):
        u = estimate(i, d, risk, options[4])
        best = 1e-5
        for j in range(n):
            if j == i:
                continue
            f = _victory(i, j, u, o, options[5], options[0])
            gain[i, j] = _gain(i, j, u, f, sg[j])
            if gain[i, j] > best:
                best = gain[i, j]
                target[i] = j
                chance[i, 0] = f
        if target[i] >= 0:
            theirs = estimate(target[i], d, risk, options[4])
            chance[i, 1] = _victory(i, target[i], theirs, o, options[5], options[0])
    return target, chance, gain


@kernel
def _middle(xi: float, xj: float, a: float, b: float) -> tuple[float, float]:
    """Return both parts of a bargain on one dimension, to four decimals of the unit scale, halves upward."""
    e = 1e-6
    one = ((a + e) * xi + b * xj) / (a + b + e)
    other = (a * xi + (b + e) * xj) / (a + b + e)
    return np.floor(0.5 + 1e4 * one) / 1e4, np.floor(0.5 + 1e4 * other) / 1e4


@kernel
def _bargain(parts: FloatArray, x: FloatArray, s: FloatArray, pair: tuple[int, int], f: float, power: int) -> None:
    """Write i's and j's part of a bargain into ``parts``, (2, width)."""
    i, j = pair
    for at in range(x.shape[1]):
        a, b = s[i, at] * f, s[j, at] * (1.0 - f)
        if power == 2:
            a, b = a * a, b * b
        parts[0, at], parts[1, at] = _middle(x[i, at], x[j, at], a, b)


@kernel
def _blend(parts: FloatArray, other: FloatArray, mine: float, theirs: float) -> None:
    """Replace ``parts`` by the mean of both estimates of a bargain, weighted with the actors' strength."""
    for side in range(parts.shape[0]):
        for at in range(parts.shape[1]):
            parts[side, at] = (mine * parts[side, at] + theirs * other[side, at]) / (mine + theirs)


@kernel
def _bargains(
    x: FloatArray, s: FloatArray, o: FloatArray, target: IntArray, chance: FloatArray, options: IntArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return all bargains on the table: initiator and receiver (q, 2), parts (q, 2, width), the chance behind each."""
    n, width = x.shape
    count = 0
    pairs: IntArray = np.empty((2 * n, 2), dtype=np.int64)
    parts: FloatArray = np.empty((2 * n, 2, width))
    chances: FloatArray = np.empty(2 * n)
    for i in range(n):
        j = target[i]
        if j < 0:
            continue
        for view in range(2):
            if view == 1 and options[7] == 0:
                break
            pairs[count, 0], pairs[count, 1], chances[count] = i, j, chance[i, view]
            _bargain(parts[count], x, s, (i, j), chance[i, view], options[6])
            count += 1
        if options[7] == 2:
            count -= 1
            _blend(parts[count - 1], parts[count], o[i], o[j])
    return pairs[:count], parts[:count], chances[:count]


@kernel
def _worths(
    x: FloatArray, ideal: FloatArray, s: FloatArray, risk: FloatArray, pairs: IntArray, parts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the worth to each actor of no change (n,) and of each bargain (n, q): a mean over resulting positions."""
    n = x.shape[0]
    d = distances(x, ideal, s)
    q = pairs.shape[0]
    still: FloatArray = np.zeros(n)
    worth: FloatArray = np.zeros((n, q))
    for a in range(n):
        now: FloatArray = np.empty(n)
        for b in range(n):
            now[b] = curved(d[a, b], risk[a])
            still[a] += now[b]
        for g in range(q):
            one = curved(_apart(ideal[a], parts[g, 0], s[a]), risk[a])
            other = curved(_apart(ideal[a], parts[g, 1], s[a]), risk[a])
            worth[a, g] = _mean_with(now, pairs[g], one, other)
        still[a] /= n
    return still, worth


@kernel
def _apart(ideal: FloatArray, place: FloatArray, care: FloatArray) -> float:
    square, total = 0.0, 0.0
    for at in range(ideal.shape[0]):
        gap = ideal[at] - place[at]
        square += care[at] * care[at] * gap * gap
        total += care[at] * care[at]
    return float(np.sqrt(square / total))


@kernel
def _mean_with(now: FloatArray, pair: IntArray, one: float, other: float) -> float:
    """Return the mean of ``now`` with the values of the pair replaced, added up in the order of the actors."""
    total = 0.0
    for b in range(now.shape[0]):
        if b == pair[0]:
            total += one
        elif b == pair[1]:
            total += other
        else:
            total += now[b]
    return float(total / now.shape[0])


@kernel
def _taken(p: FloatArray, uniform: float) -> int:
    """Return the most probable entry, the first on ties. With ``uniform`` in [0, 1) an entry is drawn instead."""
    if uniform < 0.0:
        return int(np.argmax(p))
    total = 0.0
    for at in range(p.shape[0]):
        total += p[at]
        if uniform < total:
            return at
    return int(p.shape[0]) - 1


@kernel
def _queue(k: int, pairs: IntArray) -> IntArray:
    """Return the places of the bargains that involve k, in their order."""
    found: IntArray = np.empty(pairs.shape[0], dtype=np.int64)
    count = 0
    for g in range(pairs.shape[0]):
        if k in (pairs[g, 0], pairs[g, 1]):
            found[count] = g
            count += 1
    return found[:count]


@kernel
def _pick(
    still: FloatArray, worth: FloatArray, queue: IntArray, c: FloatArray, options: IntArray, uniform: float
) -> int:
    """Return the bargain that an actor follows; -1 for no change."""
    n = still.shape[0]
    u: FloatArray = np.empty((n, queue.shape[0] + 1))
    for a in range(n):
        u[a, 0] = still[a]
        for place in range(queue.shape[0]):
            u[a, place + 1] = worth[a, queue[place]]
    taken = _taken(election(u, c, options[0], options[1], options[2]), uniform)
    return int(queue[taken - 1]) if taken > 0 else -1


@kernel
def step(
    x: FloatArray, ideal: FloatArray, s: FloatArray, c: FloatArray, options: IntArray, uniforms: FloatArray
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Return positions after one turn, the bargain partner each actor followed (-1: none) and the chance behind it."""
    n, width = x.shape
    sg: FloatArray = np.zeros(n)
    o: FloatArray = np.zeros(n)
    for i in range(n):
        for at in range(width):
            sg[i] += s[i, at]
        o[i] = sg[i] * c[i]
    d = distances(x, ideal, s)
    risk = risks(election(1.0 - d, c, options[0], options[1], options[2]), options[3])
    target, chance, _ = challenges(d, risk, o, sg, options)
    pairs, parts, chances = _bargains(x, s, o, target, chance, options)
    still, worth = _worths(x, ideal, s, risk, pairs, parts)
    after = x.copy()
    partner: IntArray = np.full(n, -1, dtype=np.int64)
    strength: FloatArray = np.zeros(n)
    for k in range(n):
        g = _pick(still, worth, _queue(k, pairs), c, options, uniforms[k])
        if g >= 0:
            side = 0 if pairs[g, 0] == k else 1
            for at in range(width):
                after[k, at] = parts[g, side, at]
            partner[k] = pairs[g, 1 - side]
            strength[k] = chances[g] if side == 0 else 1.0 - chances[g]
    return after, partner, strength


@kernel
def end_points(
    x: FloatArray, s: FloatArray, c: FloatArray, options: IntArray, uniforms: FloatArray, rest: FloatArray
) -> FloatArray:
    """Return the mean of the final positions, weighted with s c, of many runs on one dimension, (D,).

    x, s, c are (D, n) on the unit scale; every salience is above 0. A run ends as in `models.spatial`: ``rest`` holds
    the share of the first turn's movement below which it does, and what is added to that movement.
    """
    found: FloatArray = np.empty(x.shape[0])
    n = x.shape[1]
    for draw in range(x.shape[0]):
        place: FloatArray = x[draw].copy().reshape(n, 1)
        care: FloatArray = s[draw].copy().reshape(n, 1)
        first = 0.0
        for turn in range(uniforms.shape[0]):
            after = step(place, place, care, c[draw], options, uniforms[turn])[0]
            moved = 0.0
            for i in range(n):
                moved += abs(after[i, 0] - place[i, 0])
            place = after
            if turn == 0:
                first = moved
            elif moved / (first + rest[1]) < rest[0]:
                break
        total, weight = 0.0, 0.0
        for i in range(n):
            total += care[i, 0] * c[draw, i] * place[i, 0]
            weight += care[i, 0] * c[draw, i]
        found[draw] = total / weight
    return found
