"""Leaks planted around grave acts that wait in their own seat. The two-world test over HTTP must find each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingCommands
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render import render as parts
from goodoffices.web.routes.context import ServerContext

Leak = Callable[[pytest.MonkeyPatch], None]


def waiting_acts_numbered_by_the_desk(patch: pytest.MonkeyPatch) -> None:
    add = WaitingCommands.add

    def leaky(self: WaitingCommands, one: WaitingCommand) -> WaitingCommand:
        self._last[one.seat] = sum(len(held) for held in self._by_seat.values())
        return add(self, one)

    patch.setattr(WaitingCommands, "add", leaky)


def undo_bar_of_every_seat(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: WaitingCommands, _: str) -> tuple[WaitingCommand, ...]:
        return tuple(one for held in self._by_seat.values() for one in held.values())

    patch.setattr(WaitingCommands, "of", leaky)


def waiting_acts_found_from_any_seat(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: WaitingCommands, _: str, handle: str) -> WaitingCommand | None:
        return next((held[handle] for held in self._by_seat.values() if handle in held), None)

    patch.setattr(WaitingCommands, "find", leaky)


def needs_counted_with_what_waits_elsewhere(patch: pytest.MonkeyPatch) -> None:
    context = ServerContext.context

    def leaky(self: ServerContext, *given: Any, **named: Any) -> Any:
        everything = sum(len(held) for held in self.waiting._by_seat.values())
        return replace(context(self, *given, **named), elapsed=float(everything))

    def bar(context: PageContext, _: object) -> str:
        return f'<section data-part="undo" hidden data-waiting="{context.elapsed}"></section>'

    patch.setattr(ServerContext, "context", leaky)
    patch.setattr(parts, "_undo_bar", bar)


WAITING_LEAKS: Mapping[str, Leak] = {
    leak.__name__: leak
    for leak in (
        waiting_acts_numbered_by_the_desk,
        undo_bar_of_every_seat,
        waiting_acts_found_from_any_seat,
        needs_counted_with_what_waits_elsewhere,
    )
}
"""Every planted leak by name."""
