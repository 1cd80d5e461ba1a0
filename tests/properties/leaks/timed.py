"""Planted leaks in what time makes happen: sealed procedures and deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from goodoffices.talks import core, deadlines as due
from goodoffices.talks.base.acts import Act
from goodoffices.talks.sealed import commands as sealed
from goodoffices.talks.sealed.commands import BlindResultGiven, DepositsRevealed
from goodoffices.talks.state.slices import Slice
from properties.leaks.planting import Patch, told_to


def reveal_on_the_last_deposit(patch: Patch) -> None:
    """The clock opens the papers as soon as the last is in, not at closing."""
    original = due._TABLES["deposits"]

    def deposits(clock: Slice, *rest: Any) -> list[Any]:
        return [
            replace(deadline, at=clock.notices[-1].when)
            if isinstance(deadline.deeds()[0][0], DepositsRevealed)
            else deadline
            for deadline in original(clock, *rest)
        ]

    patch.setattr(due, "_TABLES", {**due._TABLES, "deposits": deposits})


def blind_result_before_closing(patch: Patch) -> None:
    original = due._TABLES["blinds"]

    def blinds(clock: Slice, *rest: Any) -> list[Any]:
        early = []
        for deadline in original(clock, *rest):
            content = deadline.deeds()[0][0]
            if isinstance(content, BlindResultGiven) and content.all_accept:
                deadline = replace(deadline, at=clock.notices[-1].when)
            early.append(deadline)
        return early

    patch.setattr(due, "_TABLES", {**due._TABLES, "blinds": blinds})


def deposits_known_to_be_in(patch: Patch) -> None:
    told_to(patch, sealed.Deposited, "nothing", lambda context: ["gov", "opp"])


def lists_known_to_be_in(patch: Patch) -> None:
    told_to(patch, sealed.ListSubmitted, "nothing", lambda context: ["gov", "opp", "un"])


def lapse_at_the_minute_somebody_looked(patch: Patch) -> None:
    """Acts of the clock carry the time of whatever act came before them, not that of their deadline."""
    original = due.earliest_due

    def earliest(clock: Slice, at: datetime, **rest: Any) -> list[Act]:
        return [replace(act, at=at) for act in original(clock, at, **rest)]

    patch.setattr(core, "earliest_due", earliest)
