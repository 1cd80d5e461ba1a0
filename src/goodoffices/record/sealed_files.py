"""Sealed files: papers for a seat that will not connect, and its commands back.

Outside, a file shows a magic line with the format's number and nothing else. Inside is a sealed box of libsodium
(X25519, XSalsa20-Poly1305) to the recipient, padded, and in it the content signed by the sender over the recipient, the
record, the kind and the direction: it can be neither read, changed, readdressed nor sent back.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import Final

from nacl.bindings import (
    crypto_box,
    crypto_box_open,
    crypto_box_PUBLICKEYBYTES,
    crypto_box_seed_keypair,
    crypto_scalarmult_base,
)
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import BadSealError
from goodoffices.record.encryption import has_signed
from goodoffices.record.padding import pad_file, unpad
from goodoffices.record.values import Entropy
from goodoffices.talks.base.enums import Kind

MAGIC: Final = b"goodoffices sealed 1\n"
_SIGNATURE_BYTES: Final = 64
_NONCE_BYTES: Final = 24
_SEED_BYTES: Final = 32


class Direction(StrEnum):
    """Out: from the record to a seat. Back: from a seat to the record."""

    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFor:
    """What a sealed file is bound to; both ends must name the same, or it does not open.

    Parameters
    ----------
    sender
        The Ed25519 public key of the record (out) or of the seat (back).
    recipient
        The X25519 public key of the seat (out) or of the record (back).
    """

    record_id: bytes
    kind: Kind
    direction: Direction
    sender: bytes
    recipient: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatKeys:
    """The keys a seat makes on its own machine; it hands over the public halves on paper."""

    signing_seed: bytes
    box_secret: bytes

    @property
    def public_key(self) -> bytes:
        """The Ed25519 key that checks the seat's signatures."""
        return bytes(SigningKey(self.signing_seed).verify_key)

    @property
    def box_key(self) -> bytes:
        """The X25519 key to which files for the seat are sealed."""
        return crypto_scalarmult_base(self.box_secret)

    def sign(self, message: bytes) -> bytes:
        """Return the seat's signature of ``message``."""
        return SigningKey(self.signing_seed).sign(message).signature

    def __repr__(self) -> str:
        return f"SeatKeys({self.public_key.hex()[:12]}…)"


def new_seat_keys(entropy: Entropy) -> SeatKeys:
    """Make the keys of a seat."""
    return SeatKeys(signing_seed=entropy(_SEED_BYTES), box_secret=crypto_box_seed_keypair(entropy(_SEED_BYTES))[1])


def to_sign(meant: SealedFor, content: bytes) -> bytes:
    """Return what the sender signs: what the file is bound to, then the content."""
    bound = canonical(
        {
            "direction": meant.direction.value,
            "kind": meant.kind.value,
            "recipient": meant.recipient.hex(),
            "record": meant.record_id.hex(),
            "sender": meant.sender.hex(),
        }
    )
    return b"goodoffices/sealed/1" + len(bound).to_bytes(8) + bound + content


def seal(meant: SealedFor, content: bytes, signature: bytes, entropy: Entropy) -> bytes:
    """Return the bytes of a sealed file.

    Parameters
    ----------
    signature
        The sender's, over :func:`to_sign`; pass ``store.sign(to_sign(...))`` or ``seat_keys.sign(to_sign(...))``.
    entropy
        Gives the one-time key of the box.

    Raises
    ------
    BadSealError
        If the recipient's key is none.
    """
    # libsodium's crypto_box_seal, spelt out so that its one-time key comes from the entropy we are given.
    public, secret = crypto_box_seed_keypair(entropy(_SEED_BYTES))
    try:
        box = crypto_box(pad_file(signature + content), _box_nonce(public, meant.recipient), meant.recipient, secret)
    except (CryptoError, ValueError, TypeError) as error:
        raise BadSealError(
            "the key to seal to is not one: it is 32 bytes that `goodoffices sealed key` made; nothing was sealed"
        ) from error
    return MAGIC + public + box


def open_sealed(data: bytes, meant: SealedFor, box_secret: bytes) -> bytes:
    """Return the content of a sealed file.

    Raises
    ------
    BadSealError
        If a bit was changed, or it is for another recipient, or of another sender, record, kind or direction.
    """
    if not data.startswith(MAGIC):
        raise BadSealError("this is not a sealed file of Good Offices that this version can read; nothing was opened")
    public, box = data[len(MAGIC) :][:crypto_box_PUBLICKEYBYTES], data[len(MAGIC) + crypto_box_PUBLICKEYBYTES :]
    try:
        inside = unpad(crypto_box_open(box, _box_nonce(public, meant.recipient), public, box_secret))
    except (CryptoError, ValueError, TypeError) as error:
        raise BadSealError("this sealed file was changed, or is sealed to somebody else; nothing was opened") from error
    signature, content = inside[:_SIGNATURE_BYTES], inside[_SIGNATURE_BYTES:]
    if not has_signed(meant.sender, to_sign(meant, content), signature):
        raise BadSealError(
            f"this sealed file was not signed by the expected sender for this {meant.kind} record: nothing was opened"
        )
    return content


def _box_nonce(one_time: bytes, recipient: bytes) -> bytes:
    return blake2b(one_time + recipient, digest_size=_NONCE_BYTES).digest()
