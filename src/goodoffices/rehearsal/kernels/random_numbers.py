"""The addressed random numbers of `draws`, compiled."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.compilation import inner

_WORD = np.uint64(0xFFFFFFFF)
_LEFT, _RIGHT = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_FIRST, _SECOND = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_HALF, _FIVE, _SIX = np.uint64(32), np.uint64(5), np.uint64(6)


@inner
def uniform(key: tuple[int, int], run: int, stream: int, turn: int, place: int) -> float:
    """Return the number from 0 to below 1 at an address, as `draws.uniform` does."""
    a, b, c, d = np.uint64(run), np.uint64(stream), np.uint64(turn), np.uint64(place)
    first, second = np.uint64(key[0]), np.uint64(key[1])
    for _ in range(10):
        left, right = _LEFT * a, _RIGHT * c
        a, b, c, d = (right >> _HALF) ^ b ^ first, right & _WORD, (left >> _HALF) ^ d ^ second, left & _WORD
        first, second = (first + _FIRST) & _WORD, (second + _SECOND) & _WORD
    return float((float(a >> _FIVE) * 67108864.0 + float(b >> _SIX)) / 9007199254740992.0)
