"""Exchanges of equal gain across issues, one round at a time. Letters as in the equations of `models.exchange`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.forecast.kernels.compiled import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Pair = tuple[float, float]


# Columns of an exchange's state, first for i (which supplies q), then for j (which supplies p).
_Y, _M, _SUM, _LAST, _UP, _DOWN = 0, 2, 4, 6, 8, 10
_DP, _DQ, _GAIN, _RHO = 12, 13, 14, 15
_NEAR = 1e-9  # comparisons of positions and limits


@kernel
def pairings(x: FloatArray, s: FloatArray, c: FloatArray) -> IntArray:
    """Return every potential exchange as (p, q, i, j): i demands p and supplies q, j the reverse. Arrays (n, d)."""
    n, d = x.shape
    left = np.zeros((n, d), dtype=np.bool_)
    for p in range(d):
        o, _ = _outcome(x[:, p], s[:, p], c[:, p])
        left[:, p] = x[:, p] <= o
    found: IntArray = np.empty((n * n * d * d, 4), dtype=np.int64)
    count = 0
    for p in range(d):
        for q in range(p + 1, d):
            count = _pairings_of(found, count, left, s, p, q)
    return found[:count]


@kernel
def _pairings_of(found: IntArray, count: int, left: BoolArray, s: FloatArray, p: int, q: int) -> int:
    """Add the potential exchanges on one pair of issues: first a right on both, then a left on p only."""
    n = s.shape[0]
    for mixed in (False, True):
        for a in range(n):
            for b in range(n):
                apart = left[a, p] == mixed and not left[a, q] and left[b, p] != mixed and left[b, q]
                if not apart or not (_cares(s, a, p, q) and _cares(s, b, p, q)):
                    continue
                found[count, 0], found[count, 1] = p, q
                swapped = s[a, p] * s[b, q] < s[b, p] * s[a, q]
                found[count, 2], found[count, 3] = (b, a) if swapped else (a, b)
                count += 1
    return count


@kernel
def _cares(s: FloatArray, k: int, p: int, q: int) -> bool:
    return bool(s[k, p] > 0.0 and s[k, q] > 0.0)


@kernel
def _outcome(x: FloatArray, s: FloatArray, c: FloatArray) -> tuple[float, float]:
    """Return the mean weighted with c s, and the sum of the weights; absent actors have s = 0."""
    total, weight = 0.0, 0.0
    for k in range(x.shape[0]):
        if s[k] > 0.0 and c[k] > 0.0:
            total += c[k] * s[k] * x[k]
            weight += c[k] * s[k]
    return (total / weight if weight > 0.0 else 0.0), weight


@kernel
def _appended(state: FloatArray, side: int) -> None:
    m = state[_M + side]
    state[_SUM + side] += m
    state[_LAST + side] = m
    state[_UP + side] += 1.0 if m > 0.0 else 0.0
    state[_DOWN + side] += 1.0 if m < 0.0 else 0.0


@kernel
def _dropped(state: FloatArray, side: int) -> None:
    last = state[_LAST + side]
    state[_SUM + side] -= last
    state[_UP + side] -= 1.0 if last > 0.0 else 0.0
    state[_DOWN + side] -= 1.0 if last < 0.0 else 0.0
    state[_LAST + side] = 0.0


@kernel
def _is_valid(state: FloatArray) -> bool:
    for side in range(2):
        m = state[_M + side]
        if not (abs(m) > 1e-10 and abs(m) <= 100.0 + _NEAR):
            return False
        after = state[_Y + side] + m
        if after < -_NEAR or after > 100.0 + _NEAR or state[_SUM + side] > 100.0 + _NEAR:
            return False
        if state[_UP + side] > 0.0 and state[_DOWN + side] > 0.0:
            return False
    return bool(state[_GAIN] >= 1e-10)


@kernel
def _pointed(m: float, y: float, demanded: float) -> float:
    return m if demanded >= y else -m


@kernel
def _first_terms(state: FloatArray, want: Pair, kap: Pair, care: Pair) -> None:
    """Take steps 1 and 2. want: x_ip, x_jq; kap: kap_iq, kap_jp; care: s_ip, s_iq."""
    mj = abs(want[0] - state[_Y + 1])
    dp = mj * kap[1]
    dq = state[_RHO] * dp
    mi = dq / kap[0]
    most = abs(want[1] - state[_Y])
    if mi > most:
        mi = most
        dq = mi * kap[0]
        dp = dq / state[_RHO]
        mj = dp / kap[1]
    state[_M] = _pointed(mi, state[_Y], want[1])
    state[_M + 1] = _pointed(mj, state[_Y + 1], want[0])
    state[_DP], state[_DQ] = dp, dq
    state[_GAIN] = abs(care[1] * dq - care[0] * dp)
    _appended(state, 0)
    _appended(state, 1)


@kernel
def _shortened(
    state: FloatArray, side: int, marks: tuple[float, float, float], want: Pair, kap: Pair, care: Pair
) -> None:
    """Take step 4 for one side. marks: outcome before, after, and before with an override of the mover itself."""
    demanded = want[1] if side == 0 else want[0]
    low, high = min(marks[0], marks[1]), max(marks[0], marks[1])
    if not (low + _NEAR < demanded and demanded < high - _NEAR):
        return
    m = abs(demanded - marks[2]) / kap[side]
    if side == 0:
        dq = m * kap[0]
        dp = dq / state[_RHO]
        mi, mj = m, dp / kap[1]
    else:
        dp = m * kap[1]
        dq = dp * state[_RHO]
        mi, mj = dq / kap[0], m
    _dropped(state, 0)
    _dropped(state, 1)
    state[_M] = _pointed(mi, state[_Y], want[1])
    state[_M + 1] = _pointed(mj, state[_Y + 1], want[0])
    state[_DP], state[_DQ] = dp, dq
    state[_GAIN] = abs(care[1] * dq - care[0] * dp)
    _appended(state, 0)
    _appended(state, 1)


@kernel
def _marks(
    x: FloatArray, w: FloatArray, at: int, over: FloatArray, mover: int, shift: tuple[float, float]
) -> tuple[float, float, float]:
    """Return the outcome on issue ``at`` with overrides and the mover at y, at y + m, and before with its own override.

    shift: y and m. The last row of w holds the sums.
    """
    n = x.shape[0]
    y, m = shift
    total = 0.0
    for k in range(n):
        if k == mover:
            total += w[k, at] * y
        else:
            total += w[k, at] * (x[k, at] if np.isnan(over[k]) else over[k])
    before = total / w[n, at]
    own = before if np.isnan(over[mover]) else before + w[mover, at] * (over[mover] - y) / w[n, at]
    return before, before + w[mover, at] * m / w[n, at], own


@kernel
def _computed(state: FloatArray, who: IntArray, x: FloatArray, s: FloatArray, w: FloatArray, over: FloatArray) -> bool:
    """Take steps 1 to 4 for one exchange; return whether it is valid. over: (2, n), for p and for q."""
    p, q, i, j = who[0], who[1], who[2], who[3]
    n = x.shape[0]
    want = (x[i, p], x[j, q])
    kap = (w[i, q] / w[n, q], w[j, p] / w[n, p])
    care = (s[i, p], s[i, q])
    if not (kap[0] > 0.0 and kap[1] > 0.0):
        return False
    _first_terms(state, want, kap, care)
    if not _is_valid(state):
        return False
    marks = _marks(x, w, q, over[1], i, (state[_Y], state[_M]))
    _shortened(state, 0, marks, want, kap, care)
    if not _is_valid(state):
        return False
    marks = _marks(x, w, p, over[0], j, (state[_Y + 1], state[_M + 1]))
    _shortened(state, 1, marks, want, kap, care)
    return _is_valid(state)


@kernel
def _weights(x: FloatArray, s: FloatArray, c: FloatArray) -> FloatArray:
    """Return c s per actor and issue, 0 where absent, with the sums as a last row, (n + 1, d)."""
    n, d = x.shape
    w = np.zeros((n + 1, d))
    for at in range(d):
        for k in range(n):
            if s[k, at] > 0.0 and c[k, at] > 0.0:
                w[k, at] = s[k, at] * c[k, at]
                w[n, at] += w[k, at]
    return w


@kernel
def prepared(who: IntArray, x: FloatArray, s: FloatArray, c: FloatArray) -> tuple[FloatArray, BoolArray, FloatArray]:
    """Return the initial state of every potential exchange, which are valid, and an array for overrides (M, 2, n)."""
    count, n = who.shape[0], x.shape[0]
    w = _weights(x, s, c)
    state = np.zeros((count, 16))
    valid = np.zeros(count, dtype=np.bool_)
    over = np.full((count, 2, n), np.nan)
    for e in range(count):
        p, q, i, j = who[e, 0], who[e, 1], who[e, 2], who[e, 3]
        state[e, _RHO] = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])
        state[e, _Y], state[e, _Y + 1] = x[i, q], x[j, p]
        valid[e] = _computed(state[e], who[e], x, s, w, over[e])
    return state, valid, over


@kernel
def _note_override(over: FloatArray, at: int, giver: int, value: float, start: float) -> None:
    held = over[at, giver]
    if np.isnan(held):
        over[at, giver] = value
    elif start <= held:
        over[at, giver] = min(held, value)
    else:
        over[at, giver] = max(held, value)


@kernel
def _hit(state: FloatArray, who: IntArray, done: IntArray, given: Pair) -> bool:
    """Apply rule a: a side whose actor has just executed on the issue it supplies continues from there."""
    first = (who[2] == done[2] and who[1] == done[1]) or (who[2] == done[3] and who[1] == done[0])
    second = (who[3] == done[3] and who[0] == done[0]) or (who[3] == done[2] and who[0] == done[1])
    if first:
        state[_Y] = given[0] if who[2] == done[2] else given[1]
    if second:
        state[_Y + 1] = given[1] if who[3] == done[3] else given[0]
    if first and not second:
        _dropped(state, 1)
    if second and not first:
        _dropped(state, 0)
    return bool(first or second)


@kernel
def _touch(state: FloatArray, who: IntArray, over: FloatArray, done: IntArray, given: Pair, x: FloatArray) -> bool:
    """Apply to one exchange what another did to it. given: positions that i and j of ``done`` now hold."""
    touched = _hit(state, who, done, given)
    for side in range(2):
        demander, giver = done[3 - side], done[2 + side]
        issue = done[1 - side]
        at = -1
        if who[2] == demander and who[0] == issue:
            at = 0
        if who[3] == demander and who[1] == issue:
            at = 1
        if at < 0:
            continue
        _note_override(over, at, giver, given[side], x[giver, issue])
        if not touched:
            _dropped(state, 0)
            _dropped(state, 1)
            touched = True
    return touched


@kernel
def _sort(queue: IntArray, key: FloatArray) -> None:
    """Sort the queue by key, descending, in place. Equal ones keep their order (insertion sort)."""
    for at in range(1, queue.shape[0]):
        entry = queue[at]
        place = at
        while place > 0 and key[queue[place - 1]] < key[entry]:
            queue[place] = queue[place - 1]
            place -= 1
        queue[place] = entry


@kernel
def _rounded(gain: float) -> float:
    return float(np.floor(gain * 1e9 + 0.5))


@kernel
def _note_moves(row: FloatArray, state: FloatArray, given: Pair) -> None:
    row[2], row[3] = state[_Y], given[0]
    row[4], row[5] = state[_Y + 1], given[1]


@kernel
def exchange_round(
    x: FloatArray, s: FloatArray, c: FloatArray, who: IntArray, order: IntArray, allowed: BoolArray
) -> tuple[FloatArray, FloatArray, IntArray]:
    """Execute exchanges until none is left. ``order`` (M,) is their initial order, which decides between equal gains.

    Returns voting positions (n, d), one row per executed exchange (index, gain, i_from, i_to, j_from, j_to), and
    how many times a tie was broken, as (1,).
    """
    state, valid, over = prepared(who, x, s, c)
    valid &= allowed
    w = _weights(x, s, c)
    v = x.copy()
    log = np.empty((who.shape[0], 6))
    count, ties = 0, np.zeros(1, dtype=np.int64)
    key = np.empty(who.shape[0])
    for e in range(who.shape[0]):
        key[e] = _rounded(state[e, _GAIN])
    queue = order[(valid & allowed)[order]]
    while queue.shape[0] > 0:
        _sort(queue, key)
        best = queue[0]
        if queue.shape[0] > 1 and key[queue[1]] == key[best]:
            ties[0] += 1
        p, q, i, j = who[best, 0], who[best, 1], who[best, 2], who[best, 3]
        given = (state[best, _Y] + state[best, _M], state[best, _Y + 1] + state[best, _M + 1])
        log[count, 0], log[count, 1] = best, state[best, _GAIN]
        _note_moves(log[count], state[best], given)
        count += 1
        v[i, q], v[j, p] = given[0], given[1]
        left = 0
        for place in range(1, queue.shape[0]):
            e = queue[place]
            if _touch(state[e], who[e], over[e], who[best], given, x):
                if not _computed(state[e], who[e], x, s, w, over[e]):
                    continue
                key[e] = _rounded(state[e, _GAIN])
            queue[left] = e
            left += 1
        queue = queue[:left]
    return v, log[:count], ties
