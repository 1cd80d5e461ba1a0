"""How leaks are planted: by changing notices on their way, decisions, or who is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from goodoffices.talks import core, registry as kinds, seat_queues
from goodoffices.talks.base.acts import Act, Content
from goodoffices.talks.state import command_context as desk, slices
from goodoffices.talks.state.slices import Notice, Slice
from properties.worlds import outputs, pairs

Patch = pytest.MonkeyPatch


def deliver_with(patch: Patch, change: Callable[[Slice, Act, str, Notice], Notice]) -> None:
    """Change every notice on its way into a slice."""
    original = slices.Slice.deliver

    def deliver(self: Slice, act: Act, face: str, content: type[Content], fold: Any) -> Slice:
        def folded(known: Any, notice: Notice) -> Any:
            return known if fold is None else fold(known, notice)

        told = original(self, act, face, content, folded)
        changed = change(self, act, face, told.notices[-1])
        if changed is told.notices[-1]:
            return told
        head = hashlib.sha256(self.head + changed.bytes()).digest()
        return replace(
            told,
            head=head,
            heads=self.heads.append(head),
            notices=self.notices.append(changed),
        )

    patch.setattr(slices.Slice, "deliver", deliver)


def patch_decide(patch: Patch, decide: Callable[..., Any]) -> None:
    """Plant another ``decide``. What works figures out is left away: no planted mistake is about bulletins."""

    def planted(talks: core.Talks, request: desk.CommandRequest, at: datetime, **_: Any) -> Any:
        return decide(talks, request, at)

    for module in (core, pairs, outputs):
        patch.setattr(module, "decide", planted)


def told_to(patch: Patch, kind: type[Content], face: str, who: Callable[[desk.CommandContext], Sequence[str]]) -> None:
    """Tell acts of a kind to more seats than are meant."""
    original = desk.CommandContext.write

    def write(self: desk.CommandContext, content: Content, audience: Any) -> None:
        told = list(audience)
        if isinstance(content, kind):
            told += [(seat, face) for seat in who(self)]
        original(self, content, told)

    patch.setattr(desk.CommandContext, "write", write)
    original_fold = kinds.FOLDS[kind.__name__]
    tolerant = {kind.__name__: lambda known, notice: original_fold(known, notice) if notice.data else known}
    patch.setattr(seat_queues, "FOLDS", {**kinds.FOLDS, **tolerant})
