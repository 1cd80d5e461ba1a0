"""An hour in which others do one thing of every kind, in the second world only, unseen by the observer.

What a run draws reaches some kinds seldom. A page that counts all acts of such a kind shows it only after this hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.asker import Asker
from properties.worlds.asks import BUILDERS
from properties.worlds.cast import SEATS
from properties.worlds.pairs import Pair, do_unseen
from properties.worlds.picks import Picks


def busy_hour(pair: Pair, at: datetime) -> None:
    """Do one thing of each kind of command that some other seat may give unseen."""
    for number, kind in enumerate(BUILDERS):
        any(do_unseen(pair, 1, request, at, ("busy hour", number)) for request in _asked(pair, kind, number, at))


def _asked(pair: Pair, kind: str, number: int, at: datetime) -> Iterator[CommandRequest]:
    """Yield what each other seat would ask of this kind."""
    for turn, seat in enumerate(seat for seat in SEATS if seat != pair.observer):
        pick = Picks([(number * 7 + turn * 5 + k * 3) % 64 for k in range(10)])
        command = BUILDERS[kind](Asker(slice=pair.worlds[1].talks.slice_of(seat), at=at, pick=pick))
        if command is not None:
            yield CommandRequest(seat=seat, command=command, person="Cyr", second="Dora")
