"""Unsealing goes below the public functions of the cryptographic library; it must do what they do."""

from __future__ import annotations

import random

import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt

from goodoffices.errors import BadSealError
from goodoffices.record.encryption import unseal_with


@pytest.mark.parametrize("size", [0, 1, 63, 64, 300, 70_000])
def test_unsealing_gives_what_the_public_function_gives(size: int) -> None:
    draw = random.Random(size)
    plain, bound_to, nonce, key = (draw.randbytes(n) for n in (size, 30, 24, 32))
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)
    assert unseal_with(key, nonce + sealed, bound_to) == plain
    assert crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound_to, nonce, key) == plain


def test_whatever_is_changed_is_refused() -> None:
    draw = random.Random(1)
    plain, bound_to, nonce, key = (draw.randbytes(n) for n in (40, 30, 24, 32))
    sealed = nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    shorter = [sealed[:n] for n in range(len(sealed))]
    for one in (*changed, *shorter, sealed + b"\0"):
        with pytest.raises(BadSealError):
            unseal_with(key, one, bound_to)
    for other_key, other_bound in ((key[:31], bound_to), (key + b"\0", bound_to), (bytes(32), bound_to), (key, b"")):
        with pytest.raises(BadSealError):
            unseal_with(other_key, sealed, other_bound)
