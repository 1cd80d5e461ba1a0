"""Random numbers with addresses: each is computed from where it is used, and none depends on which were used before.

A generator that is handed on and consumed would tie a result to the order of calls. Here the number for (seed, run,
stream, turn, place) is always the same, in every cell and process: common random numbers by construction.

References
----------
J. K. Salmon, M. A. Moraes, R. O. Dror & D. E. Shaw (2011). Parallel random numbers: as easy as 1, 2, 3. SC '11.
https://doi.org/10.1145/2063384.2063405 (Philox4x32 with ten rounds; its known answers are in the tests).
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

Key = tuple[int, int]

_BUMP = (0x9E3779B9, 0xBB67AE85)
_FACTORS = (0xD2511F53, 0xCD9E8D57)
_WORD = 0xFFFFFFFF


class Stream(IntEnum):
    """What a random number is for. The seats have streams of their own, from ``SEATS`` on."""

    SHOCKS = 0
    CHANNELS = 1
    MEDIATOR = 2
    RATIFICATION = 3
    SEATS = 16


def key_of(seed: int) -> Key:
    """Return the key of a seed: seeds that are close have keys that have nothing in common."""
    first, second = np.random.SeedSequence(seed).generate_state(2, np.uint32)
    return int(first), int(second)


@lru_cache(maxsize=64)
def _round_keys(key: Key) -> tuple[Key, ...]:
    """Return the keys of the ten rounds, which are the same for every number of a seed."""
    return tuple(((key[0] + n * _BUMP[0]) & _WORD, (key[1] + n * _BUMP[1]) & _WORD) for n in range(10))


def philox(counter: tuple[int, int, int, int], key: Key) -> tuple[int, int, int, int]:
    """Return the four words of Philox4x32-10 for a counter and a key, all of 32 bits."""
    a, b, c, d = counter
    for first, second in _round_keys(key):
        left, right = _FACTORS[0] * a, _FACTORS[1] * c
        a, b, c, d = (right >> 32) ^ b ^ first, right & 0xFFFFFFFF, (left >> 32) ^ d ^ second, left & 0xFFFFFFFF
    return a, b, c, d


def uniform(key: Key, run: int, stream: int, turn: int, place: int) -> float:
    """Return the number from 0 to below 1 at an address."""
    high, low, _, _ = philox((run, stream, turn, place), key)
    return ((high >> 5) * 67108864.0 + (low >> 6)) / 9007199254740992.0


_BLOCK = 256


def first_uniforms(draws: Draws, n: int) -> tuple[float, ...]:
    """Return the numbers at the first ``n`` places: the same as one by one, and many times quicker."""
    block, turn = divmod(draws.turn, _BLOCK)
    return _uniforms(draws.key, draws.run, draws.stream, block, n)[turn]


@lru_cache(maxsize=64)
def _uniforms(key: Key, run: int, stream: int, block: int, n: int) -> tuple[tuple[float, ...], ...]:
    """Return the first numbers of all turns in a block of turns, in one go."""
    turns = np.arange(block * _BLOCK, (block + 1) * _BLOCK, dtype=np.uint64)
    c, d = np.repeat(turns, n), np.tile(np.arange(n, dtype=np.uint64), _BLOCK)
    a, b = np.full_like(c, run), np.full_like(c, stream)
    (left_factor, right_factor), word, half = np.array(_FACTORS, np.uint64), np.uint64(_WORD), np.uint64(32)
    for first, second in np.array(_round_keys(key), np.uint64):
        left, right = left_factor * a, right_factor * c
        a, b, c, d = (right >> half) ^ b ^ first, right & word, (left >> half) ^ d ^ second, left & word
    numbers = ((a >> np.uint64(5)) * 67108864.0 + (b >> np.uint64(6))) / 9007199254740992.0
    return tuple(map(tuple, numbers.reshape(_BLOCK, n).tolist()))


class Draws(NamedTuple):
    """The random numbers of one stream in one run, as handed to a seat for one move."""

    key: Key
    run: int
    stream: int
    turn: int = 0

    def uniform(self, place: int = 0) -> float:
        """Return the number at ``place``, from 0 to below 1."""
        return uniform(self.key, self.run, self.stream, self.turn, place)

    def choice(self, n: int, place: int = 0) -> int:
        """Return one of 0 to n - 1, each with the same probability up to 2**-53."""
        return min(int(self.uniform(place) * n), n - 1)

    def at(self, turn: int) -> Draws:
        """Return the draws of the same stream for another turn."""
        return Draws(self.key, self.run, self.stream, turn)
