"""Digests of new texts as a record of format 2 keeps them: keyed with each text's own key, so that they die with it.

``decide`` is pure and names a text by its plain digest and its length. In a record, anybody who holds the record key
or a copy of a slice could try guesses on these after the text was destroyed. So both are replaced before the acts are
stored and folded. Nothing else of an act is changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from goodoffices.canonical_json import holds_only_texts
from goodoffices.record.backends.database import FIRST_FORMAT
from goodoffices.record.encryption import KEY_BYTES, text_digest
from goodoffices.record.padding import pad_body
from goodoffices.talks.base.acts import Act

NewKey = Callable[[str], bytes]
"""Gives the key, 32 bytes, of a text that is stored. It does not look at the text, except in tests of two worlds."""


def random_key(_: str) -> bytes:
    """Return a key that nobody can guess, for any text."""
    return os.urandom(KEY_BYTES)


def as_stored(
    acts: Sequence[Act], *, version: int, real_at: datetime | None, new_key: NewKey
) -> tuple[Sequence[Act], Sequence[tuple[bytes, ...]]]:
    """Return acts as a record of this format stores them, and the keys of each act's texts where the format fixes them.

    ``real_at`` is the time by the clock on the wall, if acts of this record keep it.
    """
    if version == FIRST_FORMAT:
        return acts, [()] * len(acts)
    if real_at is not None:
        acts = [replace(act, real_at=real_at) for act in acts]
    return with_keyed_digests(acts, new_key)


def with_keyed_digests(
    acts: Sequence[Act], new_key: NewKey = random_key
) -> tuple[tuple[Act, ...], tuple[tuple[bytes, ...], ...]]:
    """Return the acts of a group with keyed digests and classes of lengths, and the keys of each act's new texts."""
    named: dict[str, tuple[str, int]] = {}
    keys = []
    for act in acts:
        own = tuple(new_key(text or "") for text in act.bodies)
        for body, text, key in zip(act.body_ids(), act.bodies, own, strict=True):
            written = (text or "").encode()
            named[body] = text_digest(key, written).hex(), len(pad_body(written))
        keys.append(own)
    if not named:
        return tuple(acts), tuple(keys)
    return tuple(replace(act, data=_named_anew(act.data, named)) for act in acts), tuple(keys)


def _named_anew(value: Any, named: Mapping[str, tuple[str, int]]) -> Any:
    if isinstance(value, Mapping):
        found = named.get(value["id"]) if "digest" in value and isinstance(value.get("id"), str) else None
        if found is not None:
            return {**value, "digest": found[0], "size": found[1]}
        return {key: _named_anew(item, named) for key, item in value.items()}
    if isinstance(value, list | tuple):
        if holds_only_texts(value):
            return [one if isinstance(one, str) else list(one) for one in value]
        return [_named_anew(item, named) for item in value]
    return value
