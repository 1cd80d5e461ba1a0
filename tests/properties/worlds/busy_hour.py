"""An hour in which others do one thing of every kind, in the second world only, unseen by the observer.

What a run draws reaches some kinds seldom. A page that counts all acts of such a kind shows it only after this hour.
"""

from __future__ import annotations

from datetime import datetime

from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import decide
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.asker import Asker
from properties.worlds.asks import BUILDERS
from properties.worlds.cast import SEATS
from properties.worlds.pairs import Pair, is_seen
from properties.worlds.picks import Picks


def busy_hour(pair: Pair, at: datetime) -> tuple[str, ...]:
    """Do it, and return the kinds of command of which one was accepted that the observer is not told of."""
    done = []
    for number, kind in enumerate(BUILDERS):
        if _do_one(pair, kind, number, at):
            done.append(kind)
    return tuple(done)


def _do_one(pair: Pair, kind: str, number: int, at: datetime) -> bool:
    world = pair.worlds[1]
    for turn, seat in enumerate(seat for seat in SEATS if seat != pair.observer):
        pick = Picks([(number * 7 + turn * 5 + k * 3) % 64 for k in range(10)])
        command = BUILDERS[kind](Asker(slice=world.talks.slice_of(seat), at=at, pick=pick))
        if command is None:
            continue
        outcome = decide(world.talks, CommandRequest(seat=seat, command=command, person="Cyr", second="Dora"), at)
        if not isinstance(outcome, Refusal) and not is_seen(outcome, pair.observer):
            world.append(outcome, ("busy hour", number))
            pair.hidden += 1
            pair.log.append(f"busy hour: {seat} {command}")
            return True
    return False
