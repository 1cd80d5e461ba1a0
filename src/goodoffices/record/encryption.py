"""The record key at work: sealing heads and bodies, wrapping body keys, request tags, signatures.

One library for all that seals and signs, PyNaCl (libsodium): XChaCha20-Poly1305 with random nonces, and Ed25519.
Hashes are the standard library's; its keyed BLAKE2b is libsodium's, byte for byte. Every use has a key of its own,
derived from the record key under the use's name. Associated data bind each sealed thing to its record, act and field,
so that no two of them can be swapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from hashlib import blake2b

# Below PyNaCl's public functions: these take twice as long to check types and copy as libsodium takes to decrypt.
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # it has no types
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import BadSignatureError
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey

from goodoffices.data_class import dataclass
from goodoffices.errors import BadSealError
from goodoffices.record.chain import body_digest
from goodoffices.record.padding import pad_body, pad_head, unpad
from goodoffices.record.values import Anchor, Entropy, Request

KEY_BYTES = 32
_NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_OVERHEAD = _NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES
_decrypt = lib.crypto_aead_xchacha20poly1305_ietf_decrypt
_NULL = ffi.NULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The record key's children, one per use. Never printed: the representation leaves them out."""

    record_id: bytes
    record_key: bytes = field(repr=False)
    head_key: bytes = field(repr=False)
    wrap_key: bytes = field(repr=False)
    tag_key: bytes = field(repr=False)
    request_key: bytes = field(repr=False)
    signing: SigningKey = field(repr=False)
    box: PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBody:
    """One body as it is stored: its text under its own key, and that key under the record key.

    ``key`` is that key itself while the body is being made, and is never stored.
    """

    digest: bytes
    key_id: bytes
    sealed: bytes
    wrapped: bytes
    key: bytes = field(default=b"", repr=False)


def derive_keys(record_key: bytes, record_id: bytes) -> Keys:
    """Return the keys of every use of ``record_key`` (32 bytes) in the record ``record_id`` (16 bytes)."""

    def child(use: bytes) -> bytes:
        return keyed_hash(record_key, b"goodoffices/" + use + b"/1" + record_id)

    return Keys(
        record_id=record_id,
        record_key=record_key,
        head_key=child(b"head"),
        wrap_key=child(b"wrap"),
        tag_key=child(b"tag"),
        request_key=child(b"request"),
        signing=SigningKey(child(b"sign")),
        box=PrivateKey(child(b"box")),
    )


def keyed_hash(key: bytes, data: bytes) -> bytes:
    """Return the keyed BLAKE2b hash of ``data``, 32 bytes; ``key`` has at most 64."""
    return blake2b(data, digest_size=KEY_BYTES, key=key).digest()


def seal_with(key: bytes, plain: bytes, bound_to: bytes, entropy: Entropy) -> bytes:
    """Return nonce and ciphertext of ``plain`` under ``key``, openable only together with ``bound_to``."""
    nonce = entropy(_NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)


def unseal_with(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Return what :func:`seal_with` sealed.

    Raises
    ------
    BadSealError
        If the bytes, the key or what they are bound to is not the same.
    """
    size = len(sealed) - _OVERHEAD
    if size >= 0 and len(key) == KEY_BYTES:
        plain = bytearray(size)
        start = ffi.from_buffer(sealed)
        if not _decrypt(
            ffi.from_buffer(plain),
            _NULL,
            _NULL,
            start + _NONCE_BYTES,
            len(sealed) - _NONCE_BYTES,
            bound_to,
            len(bound_to),
            start,
            key,
        ):
            return bytes(plain)
    raise BadSealError("the seal does not match: the bytes or the key are not those with which it was made")


def _bound(keys: Keys, seq: int, what: bytes) -> bytes:
    return keys.record_id + seq.to_bytes(8) + what


def seal_head(keys: Keys, seq: int, head: bytes, entropy: Entropy) -> bytes:
    """Return the head of act ``seq``, padded and sealed."""
    return seal_with(keys.head_key, pad_head(head), _bound(keys, seq, b"head"), entropy)


def open_head(keys: Keys, seq: int, sealed: bytes) -> bytes:
    """Return the head of act ``seq``; raise :class:`BadSealError` if it is not what was sealed."""
    return unpad(unseal_with(keys.head_key, sealed, _bound(keys, seq, b"head")))


def seal_body(
    keys: Keys, seq: int, index: int, words: bytes, entropy: Entropy, body_key: bytes | None = None
) -> SealedBody:
    """Return body ``index`` of act ``seq`` under ``body_key`` or a new key.

    The name of the key is the hash of the wrapped key.
    """
    body_key = entropy(KEY_BYTES) if body_key is None else body_key
    sealed = seal_with(body_key, pad_body(words), _bound(keys, seq, b"body/%d" % index), entropy)
    wrapped = seal_with(keys.wrap_key, body_key, _bound(keys, seq, b"key/%d" % index), entropy)
    name = key_name(wrapped)
    return SealedBody(digest=body_digest(name, sealed), key_id=name, sealed=sealed, wrapped=wrapped, key=body_key)


def open_body(keys: Keys, seq: int, index: int, sealed: bytes, wrapped: bytes) -> bytes:
    """Return the text of body ``index`` of act ``seq``; raise :class:`BadSealError` if it or its key was changed."""
    body_key = open_key(keys, seq, index, wrapped)
    return unpad(unseal_with(body_key, sealed, _bound(keys, seq, b"body/%d" % index)))


def open_key(keys: Keys, seq: int, index: int, wrapped: bytes) -> bytes:
    """Return the key of body ``index`` of act ``seq``; raise :class:`BadSealError` if it was changed."""
    return unseal_with(keys.wrap_key, wrapped, _bound(keys, seq, b"key/%d" % index))


def text_digest(body_key: bytes, text: bytes) -> bytes:
    """Return the digest of a text that an act's head names: keyed with the text's own key, it dies with that key."""
    return keyed_hash(keyed_hash(body_key, b"goodoffices/text/2"), text)


def key_name(wrapped: bytes) -> bytes:
    """Return the name of a wrapped key: its hash, so that an edited key row does not fit its own name."""
    return body_digest(b"goodoffices/key/1", wrapped)


def request_tag(keys: Keys, request: Request) -> bytes:
    """Return the name under which a request is remembered. Keyed: equal request keys of two seats never meet."""
    seat = request.seat.encode()
    return keyed_hash(keys.tag_key, len(seat).to_bytes(8) + seat + request.key.encode())


def request_digest(keys: Keys, request: Request, body_keys: Sequence[bytes] = ()) -> bytes:
    """Return the keyed hash of what was asked. With a key, so that nobody with the file can try "yes" and "no".

    ``body_keys``, from format 2 on, are the keys of the texts that came with the request: when one of them is
    destroyed, nobody can try its words on this hash.
    """
    key = keyed_hash(keys.request_key, b"".join(body_keys)) if body_keys else keys.request_key
    return keyed_hash(key, request_tag(keys, request) + request.content)


def anchor_message(genesis: bytes, seq: int, head: bytes) -> bytes:
    """Return the bytes that a record signs to vouch for its head."""
    return b"goodoffices/anchor/1" + genesis + seq.to_bytes(8) + head


def row_message(genesis: bytes, anchors: bytes, unlock: bytes) -> bytes:
    """Return the bytes that a record signs to vouch for the changeable part of its own row."""
    return b"goodoffices/row/1" + genesis + anchors + unlock


def has_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` is that of the holder of ``public_key`` over ``message``."""
    try:
        VerifyKey(public_key).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def is_anchor_of(public_key: bytes, genesis: bytes, anchor: Anchor) -> bool:
    """Tell whether the record with this key and genesis signed ``anchor``."""
    return has_signed(public_key, anchor_message(genesis, anchor.seq, anchor.head), anchor.signature)
