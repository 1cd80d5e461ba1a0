"""Runs that go deep: what was done seldom is tried often, so that long procedures are followed to their end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, due, replay
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.asker import Asker
from properties.worlds.asks import BUILDERS
from properties.worlds.cast import SEATS
from properties.worlds.pairs import Outcome
from properties.worlds.picks import Picks

_OFTEN, _SELDOM = 4, 30
"""How many seats are asked for a kind of command that was accepted before, and for one that was not."""


def deep_run(talks: Talks, at: datetime, rounds: int, seed: int) -> Iterator[tuple[CommandRequest, Outcome, Talks]]:
    """Yield each command that was tried, what was decided, and the talks after it; minutes pass between rounds."""
    chance, kinds, done = random.Random(seed), list(BUILDERS), set[str]()
    for _ in range(rounds):
        chance.shuffle(kinds)
        for kind in kinds:
            for seat in chance.choices(SEATS, k=_OFTEN if kind in done else _SELDOM):
                pick = Picks([chance.randrange(64) for _ in range(12)])
                command = BUILDERS[kind](Asker(slice=talks.slice_of(seat), at=at, pick=pick))
                if command is None:
                    continue
                request = CommandRequest(seat=seat, command=command, person="Amal", second="Dora")
                outcome = decide(talks, request, at)
                if not isinstance(outcome, Refusal):
                    talks = replay(outcome, talks)
                    done.add(kind)
                yield request, outcome, talks
                if not isinstance(outcome, Refusal):
                    break
        at += timedelta(minutes=4)
        talks = replay(due(talks, at), talks)
