"""A seat of which few were told, as a back channel: who may name it to the others, and that nothing else does.

The two-world tests stop comparing where acts of others lawfully differ, so here the name itself is looked for. A seat
that knows of it may name it or act openly from it; the kinds in which that happens are a closed list.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, evolve, replay
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.seats.commands import CloseSeat, GiveSeat
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.slices import Notice
from properties.worlds import asker, asks, asks_of_texts, pairs
from properties.worlds.cast import GROUPS, SEATS, START, the_talks
from properties.worlds.pairs import BEGINNINGS, World, draw
from properties.worlds.prologues import PROLOGUES

RUNS, STEPS = 60, 25
HIDDEN = "back-channel"
ROLES = (Role.PARTY, Role.INTERMEDIARY, Role.MEDIATOR, Role.GUARANTOR, Role.OBSERVER, Role.SPONSOR)
NAMED_BY_CHOICE = frozenset(
    {
        "AnswerMissing", "AttendanceMarked", "ClaimEntered", "ClearanceNarrowed", "ClearanceShown", "CommitmentCarried",
        "CommitmentReported", "CompartmentSet", "DueMoved", "InvitationAnswered", "InvitationMade", "ItemCleared",
        "PartyNotified", "PenOpened", "ProxyEnded", "ProxyGiven", "RatifierNamed", "RoundClosed", "RoundMoved",
        "RoundOpened", "SessionPlanned", "WordingShown",
    }
)  # fmt: skip
"""Acts by which a seat that knows of another names it to those whom it tells, or that the other tells itself.

That an answer is missing follows from the question, which named the seat that was asked.
"""


@pytest.fixture(autouse=True)
def it_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asker, asks, asks_of_texts, pairs):
        monkeypatch.setattr(module, "SEATS", (*SEATS, HIDDEN))


def _run(chance: random.Random) -> Talks:
    """Return talks in which the secretariat gave a hidden seat, all acted, and the seat was closed."""
    talks = replay(opening(the_talks(), kind=Kind.EXERCISE, at=START))
    told = tuple(chance.sample(("un", "rus", "gov", "kaz"), 2))
    give = GiveSeat(slug=HIDDEN, actor=chance.choice(GROUPS), roles=(chance.choice(ROLES),), known_to=told)
    beginnings = chance.randrange(BEGINNINGS)
    deeds: list[tuple[str, Command]] = [("sec", give)]
    deeds += [deed for bit, prologue in enumerate(PROLOGUES) if beginnings >> bit & 1 for deed in prologue]
    for seat, command in deeds:
        talks = _asked(talks, CommandRequest(seat=seat, command=command, person="Amal", second="Boris"))
    world = World.opened((), talks)
    pool = (beginnings >> len(PROLOGUES)) % len(pairs._POOLS)
    for number in range(STEPS):
        at = START + timedelta(minutes=10 * (number + 1))
        world.wait(at, number)
        drawn = draw(world, at, number, [chance.randrange(64) for _ in range(14)], pool=pool, keen=HIDDEN)
        if drawn is not None and not isinstance(drawn[1], Refusal):
            world.append(drawn[1], number)
    world.wait(START + timedelta(days=2), "end")
    return _asked(
        world.talks, CommandRequest(seat="sec", command=CloseSeat(slug=HIDDEN), person="Amal", second="Boris"), days=2
    )


def _asked(talks: Talks, request: CommandRequest, *, days: int = 0) -> Talks:
    acts = decide(talks, request, START + timedelta(days=days))
    for act in () if isinstance(acts, Refusal) else acts:
        talks = evolve(talks, act)
    return talks


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _namings(seed: int) -> Iterator[tuple[str, Notice]]:
    """Yield every notice that names the hidden seat to a seat that was not told of it."""
    chance = random.Random(seed)
    for _ in range(RUNS):
        talks = _run(chance)
        for seat in SEATS:
            held = talks.slice_of(seat)
            if HIDDEN not in held.known.seats:
                yield from ((seat, notice) for notice in held.notices if HIDDEN in _texts(notice.plain()))


def test_a_hidden_seat_is_named_to_others_by_choice_alone() -> None:
    found = list(_namings(20170125))
    assert found, "nobody named the seat; the runs have become too weak"
    assert {notice.kind for _, notice in found} <= NAMED_BY_CHOICE


def test_a_leak_of_its_closing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Talks, "who_know", lambda talks, seat: SEATS)
    assert "SeatClosed" in {notice.kind for _, notice in _namings(20170125)}
