"""What the rules of audiences stand on: acts of the past, and what a face shows."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.talks.base.acts import Act
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import notice_fields

Past = Sequence[Act]


class PolicyError(AssertionError):
    """An act was told to a seat that must not be told of it."""


def made(past: Past, kind: str, field: str, thing: str) -> Act:
    return next(act for act in past if act.kind == kind and act.data.get(field) == thing)


def shows_only(act: Act, faces: Sequence[str], fields: set[str]) -> None:
    """Raise if one of these faces of an act shows more than these fields."""
    for face in faces:
        more = notice_fields(act, face, CONTENTS[act.kind]).keys() - fields
        if more:
            raise PolicyError(f"{face} shows {sorted(more)} of {act}")
