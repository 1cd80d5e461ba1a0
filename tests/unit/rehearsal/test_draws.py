"""Random numbers with addresses: the published known answers of Philox, and what follows for runs."""

from __future__ import annotations

import pytest

from goodoffices.rehearsal.draws import Draws, Stream, first_uniforms, key_of, philox, uniform

ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_known_answers_of_its_authors(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, ...]
) -> None:
    assert philox(counter, key) == words


def test_a_number_depends_on_its_address_and_on_nothing_else() -> None:
    key = key_of(1)
    first = uniform(key, 3, Stream.CHANNELS, 7, 0)
    assert [uniform(key, run, Stream.CHANNELS, 7, 0) for run in range(5)][3] == first
    assert len({uniform(key, run, stream, turn, 0) for run in (0, 1) for stream in (0, 1) for turn in (0, 1)}) == 8
    assert Draws(key, 3, Stream.CHANNELS).at(7).uniform() == first


def test_numbers_are_spread_evenly() -> None:
    drawn = [uniform(key_of(2), run, 0, 0, 0) for run in range(4000)]
    assert min(drawn) >= 0.0
    assert max(drawn) < 1.0
    assert abs(sum(drawn) / len(drawn) - 0.5) < 0.02
    counts = [sum(1 for one in drawn if int(one * 8) == eighth) for eighth in range(8)]
    assert max(abs(count - 500) for count in counts) < 90


@pytest.mark.parametrize("turn", [0, 1, 63, 255, 256, 1000, 70_000])
@pytest.mark.parametrize("n", [1, 4])
def test_numbers_drawn_together_are_those_drawn_one_by_one(turn: int, n: int) -> None:
    for seed, run, seat in ((1, 0, 0), (2, ONES, 3)):
        draws = Draws(key_of(seed), run, Stream.SEATS + seat, turn)
        assert first_uniforms(draws, n) == tuple(draws.uniform(place) for place in range(n))
