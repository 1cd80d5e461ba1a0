"""Sealed files: they open for the one they are meant for, whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from nacl.public import PrivateKey, SealedBox

from goodoffices.errors import BadSealError
from goodoffices.record import Store, create
from goodoffices.record.sealed_files import (
    MAGIC,
    Direction,
    SealedFor,
    SeatKeys,
    new_seat_keys,
    open_sealed,
    seal,
    to_sign,
)
from goodoffices.talks.base.enums import Kind
from record_world import entropy_of

pytestmark = pytest.mark.slow

CONTENT = "Notices 36 to 41, ответ, پاسخ".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create(tmp_path / "a.record", kind=Kind.EXERCISE, entropy=entropy_of(0))


@pytest.fixture
def seat() -> SeatKeys:
    return new_seat_keys(entropy_of(7))


def out(store: Store, seat: SeatKeys) -> SealedFor:
    return SealedFor(
        record_id=store.record_id,
        kind=store.kind,
        direction=Direction.OUT,
        sender=store.public_key,
        recipient=seat.box_key,
    )


def sealed_out(store: Store, seat: SeatKeys, content: bytes = CONTENT) -> bytes:
    meant = out(store, seat)
    return seal(meant, content, store.sign(to_sign(meant, content)), entropy_of(3))


def test_a_seat_opens_what_the_record_sealed_to_it(store: Store, seat: SeatKeys) -> None:
    data = sealed_out(store, seat)
    assert open_sealed(data, out(store, seat), seat.box_secret) == CONTENT


def test_the_record_opens_what_a_seat_sealed_to_it(store: Store, seat: SeatKeys) -> None:
    back = replace(out(store, seat), direction=Direction.BACK, sender=seat.public_key, recipient=store.box_key)
    data = seal(back, CONTENT, seat.sign(to_sign(back, CONTENT)), entropy_of(3))
    assert open_sealed(data, back, store.box_secret) == CONTENT


def test_outside_there_is_the_magic_line_and_nothing_else(store: Store, seat: SeatKeys) -> None:
    data = sealed_out(store, seat)
    assert data.startswith(b"goodoffices sealed 1\n")
    assert CONTENT not in data
    for known in (store.record_id, store.public_key, seat.box_key, seat.public_key, b"exercise", b"live"):
        assert known not in data


def test_files_of_like_length_have_one_size(store: Store, seat: SeatKeys) -> None:
    sizes = {len(sealed_out(store, seat, b"x" * n)) for n in (0, 1, 100, 4096 - 64 - 1)}
    assert len(sizes) == 1
    assert len(sealed_out(store, seat, b"x" * (4096 - 64))) not in sizes


def test_every_flipped_bit_is_refused(store: Store, seat: SeatKeys) -> None:
    data = sealed_out(store, seat)
    meant = out(store, seat)
    for position in range(len(data) * 8):
        changed = bytearray(data)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises(BadSealError, match="nothing was opened"):
            open_sealed(bytes(changed), meant, seat.box_secret)


@pytest.mark.parametrize("cut", [0, 5, len(MAGIC), len(MAGIC) + 10, len(MAGIC) + 32, len(MAGIC) + 50, -1])
def test_a_cut_file_is_refused(store: Store, seat: SeatKeys, cut: int) -> None:
    with pytest.raises(BadSealError, match="nothing was opened"):
        open_sealed(sealed_out(store, seat)[:cut], out(store, seat), seat.box_secret)


def test_another_seat_cannot_open_it(store: Store, seat: SeatKeys) -> None:
    other = new_seat_keys(entropy_of(8))
    data = sealed_out(store, seat)
    with pytest.raises(BadSealError, match="sealed to somebody else"):
        open_sealed(data, out(store, other), other.box_secret)
    with pytest.raises(BadSealError, match="sealed to somebody else"):
        open_sealed(data, out(store, seat), other.box_secret)


def test_it_opens_only_as_what_it_is(store: Store, seat: SeatKeys) -> None:
    data, meant = sealed_out(store, seat), out(store, seat)
    wrong = {
        "record": replace(meant, record_id=bytes(16)),
        "kind": replace(meant, kind=Kind.LIVE),
        "direction": replace(meant, direction=Direction.BACK),
        "sender": replace(meant, sender=seat.public_key),
    }
    for expected in wrong.values():
        with pytest.raises(BadSealError, match="not signed by the expected sender"):
            open_sealed(data, expected, seat.box_secret)


def test_a_recipient_cannot_pass_it_on_as_sealed_to_another(store: Store, seat: SeatKeys) -> None:
    """The signature is inside, so a recipient could seal it anew; it names the recipient it was made for."""
    other = new_seat_keys(entropy_of(8))
    signature = store.sign(to_sign(out(store, seat), CONTENT))
    passed_on = seal(out(store, other), CONTENT, signature, entropy_of(4))
    with pytest.raises(BadSealError, match="not signed by the expected sender"):
        open_sealed(passed_on, out(store, other), other.box_secret)


def test_the_box_is_libsodiums_own(store: Store, seat: SeatKeys) -> None:
    inside = SealedBox(PrivateKey(seat.box_secret)).decrypt(sealed_out(store, seat)[len(MAGIC) :])
    assert CONTENT in inside


def test_the_same_entropy_seals_the_same_bytes(store: Store, seat: SeatKeys) -> None:
    assert sealed_out(store, seat) == sealed_out(store, seat)


def test_keys_do_not_print_their_secrets(seat: SeatKeys) -> None:
    assert seat.box_secret.hex() not in repr(seat)
    assert seat.signing_seed.hex() not in repr(seat)
