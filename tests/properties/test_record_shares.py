"""Sharing of a secret: any k shares open, fewer say nothing, and a mistyped share is caught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from goodoffices.errors import ScenarioError, WrongKeyError
from goodoffices.record.secret_sharing import SecretShare, combine, read_share, split, write_share
from record_world import entropy_of


@st.composite
def dealings(draw: st.DrawFn) -> tuple[bytes, int, tuple[SecretShare, ...]]:
    among = draw(st.integers(2, 6))
    needed = draw(st.integers(2, among))
    secret = draw(st.binary(min_size=1, max_size=33))
    return secret, needed, split(secret, needed=needed, among=among, entropy=entropy_of(draw(st.integers(0, 9))))


@given(dealings())
def test_any_k_shares_give_the_secret_back(dealing: tuple[bytes, int, tuple[SecretShare, ...]]) -> None:
    secret, needed, shares = dealing
    for chosen in combinations(shares, needed):
        assert combine(chosen) == secret
        assert combine(chosen[::-1]) == secret
    assert combine(shares) == secret


@given(dealings())
def test_fewer_than_k_are_refused(dealing: tuple[bytes, int, tuple[SecretShare, ...]]) -> None:
    _, needed, shares = dealing
    few = shares[: needed - 1]
    with pytest.raises(WrongKeyError, match=f"opens with {needed}"):
        combine((*few, *few))


def dealt_from(draws: Iterable[bytes], secret: int, *, needed: int, among: int) -> list[int]:
    """The one byte of each share when the dealer's randomness is ``draws``: the name of the set, then coefficients."""
    left = iter(draws)
    shares = split(bytes([secret]), needed=needed, among=among, entropy=lambda n: next(left))
    return [share.y[0] for share in shares]


def test_one_share_of_two_is_equally_likely_for_every_secret() -> None:
    """Perfect secrecy, counted: over all lines through a secret, each value of share 1 comes exactly once."""
    for secret in (0, 1, 255):
        lines = ([bytes(4), bytes([slope])] for slope in range(256))
        assert Counter(dealt_from(line, secret, needed=2, among=2)[0] for line in lines) == Counter(range(256))


def test_shares_of_three_of_five_agree_with_a_calculation_by_hand() -> None:
    """Secret 42, coefficients 1 and 2: f(x) = 42 + x + 2x^2 over the field of AES."""
    squares = {1: 1, 2: 4, 3: 5, 4: 16, 5: 17}
    by_hand = [42 ^ x ^ (2 * square) for x, square in squares.items()]
    assert dealt_from([bytes(4), bytes([1]), bytes([2])], 42, needed=3, among=5) == by_hand


@given(dealings(), st.data())
def test_a_share_survives_paper_and_a_mistyped_letter_is_caught(
    dealing: tuple[bytes, int, tuple[SecretShare, ...]], data: st.DataObject
) -> None:
    share = data.draw(st.sampled_from(dealing[2]))
    line = write_share(share)
    assert read_share(line) == share
    assert read_share(line.lower().replace("-", " ")) == share
    position = data.draw(st.integers(len("GOSHARE1-"), len(line) - 1).filter(lambda i: line[i] != "-"))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda c: c != line[position]))
    mistyped = line[:position] + letter + line[position + 1 :]
    try:
        # The last letter can carry bits that no byte needs; all others must be caught.
        assert read_share(mistyped) == share
        assert position == len(line) - 1
    except WrongKeyError as error:
        assert "mistyped" in str(error)


@pytest.mark.parametrize("line", ["", "GOSHARE1", "GOSHARE1-", "GOSHARE1-1189", "a letter", "GOSHARE1-AAAAAA"])
def test_what_is_no_share_is_refused(line: str) -> None:
    with pytest.raises(WrongKeyError, match=r"this is not a share|mistyped"):
        read_share(line)


@pytest.mark.parametrize(("needed", "among"), [(1, 3), (4, 3), (2, 256), (0, 0)])
def test_dealings_that_make_no_sense_are_refused(needed: int, among: int) -> None:
    with pytest.raises(ScenarioError, match="is not possible"):
        split(b"secret", needed=needed, among=among, entropy=entropy_of(0))


def test_shares_of_two_dealings_do_not_mix() -> None:
    one, other = (split(b"secret", needed=2, among=2, entropy=entropy_of(seed)) for seed in (1, 2))
    with pytest.raises(WrongKeyError, match="do not belong together"):
        combine((one[0], other[1]))


def test_a_share_does_not_print_itself() -> None:
    [share, _] = split(b"secret", needed=2, among=2, entropy=entropy_of(0))
    assert repr(share) == "Share(number 1, any 2 of them open)"
