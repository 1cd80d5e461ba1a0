"""Bueno de Mesquita's challenge model, one round at a time. Letters as in the equations of `models.challenge`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.forecast.kernels.compiled import kernel, parallel_kernel, turns

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@kernel
def median_of(x: FloatArray, w: FloatArray, span: float) -> float:
    """Return the position that no other beats in votes by distance. It scans upward and replaces on a strict win."""
    options = np.unique(x)
    best = options[0]
    for at in range(1, options.shape[0]):
        against, held = 0.0, 0.0
        for k in range(x.shape[0]):
            against += w[k] * abs(x[k] - best) / span
            held += w[k] * abs(x[k] - options[at]) / span
        if against > held:
            best = options[at]
    return float(best)


@kernel
def _power(base: float, r: float) -> float:
    return base if r == 1.0 else float(base**r)


@kernel
def _tallies(z: FloatArray) -> tuple[FloatArray, float]:
    """Return the votes for i's position over j's, (n, n), and the sum of all votes on all ordered pairs."""
    n = z.shape[0]
    gained: FloatArray = np.zeros((n, n))
    total = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            one, other = 0.0, 0.0
            for k in range(n):
                v = z[j, k] - z[i, k]
                if v > 0.0:
                    one += v
                else:
                    other -= v
            gained[i, j], gained[j, i] = one, other
            total += 2.0 * (one + other)
    return gained, total


@kernel
def _chances(x: FloatArray, w: FloatArray, r: FloatArray, span: float, printed: bool) -> FloatArray:
    """Return P(i, j), (n, n). With ``printed`` it divides by the votes on that pair, else by the votes on all pairs."""
    n = x.shape[0]
    z = np.empty((n, n))  # z[a, k]: what position a loses k, by k's own exponent
    for k in range(n):
        for a in range(n):
            z[a, k] = w[k] * _power(abs(x[k] - x[a]) / span, r[k])
    gained, total = _tallies(z)
    p: FloatArray = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            pair = gained[i, j] + gained[j, i] if printed else total
            if printed:
                p[i, j] = gained[i, j] / pair if pair > 0.0 else 0.5
            elif x[i] != x[j] and pair > 0.0:
                p[i, j] = gained[i, j] / pair
    return p


@kernel
def _base(xi: float, xj: float, r: float, stay: float, frame: FloatArray) -> float:
    """Return i's utility if nobody challenges: U_sq, mixed with U_b or U_w as printed.

    frame: range, Q, median, 1 as printed or 0.
    """
    if frame[3] == 0.0 or frame[1] == 1.0:
        return stay
    away = abs(xi - float(frame[2]))
    shift = (away + abs(xi - xj)) / (4.0 * float(frame[0]))
    place = max(0.0, 0.5 - shift) if away < abs(xi - xj) else 0.5 + shift
    return float(frame[1]) * stay + (1.0 - float(frame[1])) * (2.0 - 4.0 * _power(place, r))


@kernel
def expectations(
    x: FloatArray, s: FloatArray, p: FloatArray, r: FloatArray, frame: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return a_ij = E^i(i -> j), and b_ij: E^i(j -> i) in the numbers as published, E^j(j -> i) as printed; (n, n)."""
    n = x.shape[0]
    mine: FloatArray = np.zeros((n, n))
    theirs: FloatArray = np.zeros((n, n))
    for i in range(n):
        stay = 2.0 - 4.0 * _power(0.5, r[i])
        for j in range(n):
            if i == j:
                continue
            d = abs(x[i] - x[j]) / frame[0]
            win = 2.0 - 4.0 * _power(max(0.0, 0.5 - d / 2.0), r[i])
            lose = 2.0 - 4.0 * _power(0.5 + d / 2.0, r[i])
            fought = p[i, j] * win + (1.0 - p[i, j]) * lose
            mine[i, j] = s[j] * fought + (1.0 - s[j]) * win - _base(x[i], x[j], r[i], stay, frame)
            fought = p[j, i] * win + (1.0 - p[j, i]) * lose
            theirs[i, j] = s[i] * fought + (1.0 - s[i]) * win - stay
    if frame[3] == 1.0:
        for i in range(n):
            for j in range(n):
                theirs[i, j] = mine[j, i]
    return mine, theirs


@kernel
def risk_exponents(x: FloatArray, s: FloatArray, w: FloatArray, frame: FloatArray) -> FloatArray:
    """Return r_i in [1/2, 2] from each actor's security when all are risk-neutral."""
    n = x.shape[0]
    ones = np.ones(n)
    p = _chances(x, w, ones, frame[0], frame[3] == 1.0)
    _, theirs = expectations(x, s, p, ones, frame)
    security = np.zeros(n)
    for i in range(n):
        for j in range(n):
            if i != j:
                security[i] += theirs[i, j]
    low, high = security.min(), security.max()
    r = np.ones(n)
    if high > low:
        for i in range(n):
            risk = (2.0 * security[i] - high - low) / (high - low)
            r[i] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0)
    return r


@kernel
def offers(x: FloatArray, mine: FloatArray, theirs: FloatArray, printed: bool) -> tuple[FloatArray, IntArray, IntArray]:
    """Return where each actor goes, because of whom (-1: nobody), and how, as the place in `_KINDS` of the model."""
    n = x.shape[0]
    after = x.copy()
    who = np.full(n, -1, dtype=np.int64)
    how = np.zeros(n, dtype=np.int64)
    for i in range(n):
        best, least = 4, np.inf
        for j in range(n):
            if x[j] == x[i]:
                continue
            a, b = mine[i, j], theirs[i, j]
            goal = x[j]
            rank = abs(x[j] - x[i])
            if b > a and a > 0.0:
                kind = 1
            elif b > 0.0 and a < 0.0 and b > abs(a):
                kind = 2
                goal = x[i] + (x[j] - x[i]) * abs(a / b)
                rank = abs(goal - x[i]) if printed else (abs(a) * x[i] + abs(b) * x[j]) / (abs(a) + abs(b))
            elif b > 0.0 and a < 0.0:
                kind = 3
            else:
                continue
            if kind < best or (kind == best and rank < least):
                best, least = kind, rank
                after[i], who[i], how[i] = goal, j, kind
    return after, who, how


@kernel
def run_round(
    x: FloatArray, s: FloatArray, w: FloatArray, frame: FloatArray, vote_exponent: bool
) -> tuple[FloatArray, IntArray, IntArray, FloatArray, FloatArray, FloatArray]:
    """Return positions after one round, who and how, the exponents r and both tables of expectations."""
    r = risk_exponents(x, s, w, frame)
    votes = r if vote_exponent else np.ones(x.shape[0])
    p = _chances(x, w, votes, frame[0], frame[3] == 1.0)
    mine, theirs = expectations(x, s, p, r, frame)
    after, who, how = offers(x, mine, theirs, frame[3] == 1.0)
    return after, who, how, r, mine, theirs


@parallel_kernel
def points(
    x: FloatArray, s: FloatArray, c: FloatArray, n_turns: int, frame: FloatArray, vote_exponent: bool
) -> FloatArray:
    """Return the weighted mean and the median after ``n_turns`` per draw, (D, 2). x, s, c: (D, n)."""
    out = np.empty((x.shape[0], 2))
    for draw in turns(x.shape[0]):
        kept = s[draw] > 0.0
        place, care = x[draw][kept], s[draw][kept]
        w = c[draw][kept] * care
        now = place.copy()
        local = frame.copy()
        local[0] = place.max() - place.min()
        if local[0] > 0.0:
            for _ in range(n_turns):
                local[2] = median_of(now, w, local[0])
                now = run_round(now, care, w, local, vote_exponent)[0]
        out[draw, 0] = (w * now).sum() / w.sum()
        out[draw, 1] = median_of(now, w, local[0] if local[0] > 0.0 else 1.0)
    return out
