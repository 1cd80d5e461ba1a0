"""Two worlds in lockstep: they differ only in what an observer may not see, and it must not be able to tell.

One run of small integers drives both. A step that gives the observer no notice may happen in one world only, at its
own minute, with other words. Every other step happens in both. After each step the observer's slices must be equal,
byte for byte; its own commands must be answered alike; and whoever else asks must be answered alike if *its* slices
are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.talks.base.acts import Act, Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, due, evolve, replay
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import Command, CommandRequest
from properties.worlds.asker import Asker
from properties.worlds.asks import BUILDERS, POOLS
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.completing import completing
from properties.worlds.picks import Picks
from properties.worlds.prologues import PROLOGUES

SHOWING = frozenset(
    {
        "ClearanceShown",
        "DepositsRevealed",
        "LedgerShared",
        "OutcomeDeclared",
        "PartyNotified",
        "ProposerShown",
        "SeatGiven",
        "TextReadOut",
        "VariantLeftOut",
        "VariantTaken",
        "VersionReleased",
    }
)
"""Acts of a seat that show what was decided or written earlier, which may lawfully differ between the worlds."""
_BY_CLOCK = frozenset({"BlindResultGiven", "DepositClosed", "DepositsRevealed", "MatchReported", "OutcomeDeclared"})
END = START + timedelta(days=2)
"""When a run ends: all deadlines have passed."""
Outcome = tuple[Act, ...] | Refusal
_OFTEN = {
    "AnswerQuestion": 3,
    "DeclareOutcome": 2,
    "EnterIntoForce": 2,
    "HandItem to a carrier": 3,
    "ClearItem": 3,
    "RelayItem": 4,
    "Deposit": 3,
    "AnswerBlind": 3,
    "ReadBack": 2,
}
_POOLS = tuple(tuple(kind for kind in pool for _ in range(_OFTEN.get(kind, 1))) for pool in POOLS)
BEGINNINGS = len(POOLS) << len(PROLOGUES)
"""How many ways there are to begin a run: any of the prologues, and one pool of kinds."""
_OTHER_WORDS = "quite other words, of another length, that nobody told the observer"


class LeakError(AssertionError):
    """The observer could tell the two worlds apart."""


@dataclass(slots=True)
class World:
    """One world: its talks, and which step each act came from, so that the other world can name the same thing."""

    talks: Talks
    origin: dict[int, tuple[object, int]]
    by_origin: dict[tuple[object, int], int]

    @classmethod
    def opened(cls, acts: Sequence[Act], talks: Talks) -> World:
        origin: dict[int, tuple[object, int]] = {act.seq: ("opening", act.seq) for act in acts}
        return cls(talks=talks, origin=origin, by_origin={value: key for key, value in origin.items()})

    def append(self, acts: Sequence[Act], step: object) -> None:
        for offset, act in enumerate(acts):
            self.origin[act.seq] = (step, offset)
            self.by_origin[(step, offset)] = act.seq
            self.talks = evolve(self.talks, act)

    def wait(self, at: datetime, step: object) -> tuple[Act, ...]:
        acts = due(self.talks, at)
        self.append(acts, ("due", step))
        return acts


@dataclass(slots=True)
class Pair:
    """Two worlds and an observer. ``stopped`` tells why comparing ended early, if it did."""

    observer: str
    worlds: tuple[World, World]
    pool: int = 0
    stopped: str = ""
    hidden: int = 0
    accepted: int = 0
    log: list[str] = field(default_factory=list)

    def same(self, seat: str) -> bool:
        """Say whether ``seat`` has been told the same in both worlds."""
        one, two = (world.talks.slice_of(seat) for world in self.worlds)
        return one.head == two.head and len(one) == len(two)


def _symbolic(world: World, seat: str, value: Any, name: str) -> Any:
    """Return a field of a command with things of this world named by the step that made them."""
    held = world.talks.slice_of(seat)
    if isinstance(value, str) and value in held.ids and name not in ("to", "slug", "what"):
        act, _, part = held.ids[value].partition(".")
        return _Thing(world.origin[int(act)], part)
    if name in ("notices", "notice") and not isinstance(value, str):
        numbers = value if isinstance(value, tuple) else (value,)
        return _Numbers(tuple(world.origin[held.seqs[n - 1]] for n in numbers), isinstance(value, tuple))
    if isinstance(value, tuple):
        return tuple(_symbolic(world, seat, item, name) for item in value)
    return value


@dataclass(frozen=True, slots=True)
class _Thing:
    origin: tuple[object, int]
    part: str = ""


@dataclass(frozen=True, slots=True)
class _Numbers:
    origins: tuple[tuple[object, int], ...]
    is_list: bool


def _concrete(world: World, seat: str, value: Any) -> Any:
    """Return a field with things named by the handles of ``seat`` in this world; a guess if they do not exist there."""
    held = world.talks.slice_of(seat)
    if isinstance(value, _Thing):
        act = str(world.by_origin.get(value.origin, -1))
        thing = f"{act}.{value.part}" if value.part else act
        return held.handles.get(thing) or "m999"
    if isinstance(value, _Numbers):
        by_seq = {seq: n for n, seq in enumerate(held.seqs, start=1)}
        numbers = tuple(by_seq.get(world.by_origin.get(origin, -1), 999) for origin in value.origins)
        return numbers if value.is_list else numbers[0]
    if isinstance(value, tuple):
        return tuple(_concrete(world, seat, item) for item in value)
    return value


def _moved(command: Command, seat: str, source: World, target: World) -> Command:
    """Return the command as ``seat`` would give it in the other world, naming the same things."""
    changes = {}
    for f in fields(command):  # type: ignore[arg-type]
        value = getattr(command, f.name)
        changes[f.name] = _concrete(target, seat, _symbolic(source, seat, value, f.name))
    return replace(command, **changes)  # type: ignore[type-var]


def _seen(acts: Sequence[Act], observer: str) -> bool:
    return any(observer == seat for act in acts for seat, _ in act.audience) or any(
        act.kind == "HistoryGranted" and act.data["to"] == observer for act in acts
    )


def _ask(seat: str, command: Command, number: int, person: str) -> CommandRequest:
    entered = "sec" if seat == "pap" and number % 2 else None
    return CommandRequest(seat=seat, command=command, person=person, second="Boris", entered_by=entered)


def _nothing(pair: Pair, at: datetime) -> None:
    del pair, at


@cache
def begun(prologues: int) -> tuple[tuple[Act, ...], Talks]:
    """Return what both worlds begin with; whoever changes the code under test empties this cache before and after."""
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    talks = replay(acts)
    deeds = [deed for bit, prologue in enumerate(PROLOGUES) if prologues >> bit & 1 for deed in prologue]
    for seat, command in deeds:
        group = decide(talks, CommandRequest(seat=seat, command=command), START, figures=checked_figures)
        if not isinstance(group, Refusal):
            acts, talks = (*acts, *group), replay(group, talks)
    return acts, talks


def run_pair(
    observer: str,
    steps: Sequence[tuple[int, ...]],
    prologues: int = 0,
    *,
    open_world: Callable[[Sequence[Act], Talks], World] = World.opened,
    watch: Callable[[Pair, datetime], None] = _nothing,
) -> Pair:
    """Run two worlds in lockstep and compare what the observer is told.

    ``prologues`` are bits that choose beginnings, and above them the number of the pool of kinds to draw from.

    ``open_world`` makes each world; ``watch`` is called at the beginning and after every step that left the observer's
    slices equal.

    Raises
    ------
    LeakError
        If the observer, or anybody whose slices are equal, can tell the worlds apart.
    """
    acts, talks = begun(prologues & (1 << len(PROLOGUES)) - 1)
    worlds = open_world(acts, talks), open_world(acts, talks)
    pair = Pair(observer=observer, worlds=worlds, pool=(prologues >> len(PROLOGUES)) % len(POOLS))
    watch(pair, START)
    for number, numbers in enumerate(steps):
        at = START + timedelta(minutes=10 * (number + 1))
        if not _wait(pair, at, number):
            return pair
        # A server looks at its clock all the time: deadlines that passed meanwhile have passed in both worlds.
        later = at + timedelta(minutes=9)
        if not _step(pair, at, number, numbers) or not _wait(pair, later, (number, "later")):
            return pair
        watch(pair, later)
    if _wait(pair, END, "end"):
        watch(pair, END)
    return pair


def _wait(pair: Pair, at: datetime, step: object) -> bool:
    """Let time pass in both worlds; stop comparing where the clock itself lawfully tells different things."""
    for world in pair.worlds:
        world.wait(at, step)
    if pair.same(pair.observer):
        return True
    _lawful_clock(pair)
    pair.stopped = "clock"
    return False


def _lawful_clock(pair: Pair) -> None:
    """Raise unless the first difference is one result of a sealed procedure, given in both worlds at the same time."""
    one, two = (world.talks.slice_of(pair.observer) for world in pair.worlds)
    for first, second in zip(one.notices, two.notices, strict=False):
        if first.bytes() != second.bytes():
            if first.kind in _BY_CLOCK and second.kind in _BY_CLOCK and first.at == second.at:
                return
            raise LeakError(f"{pair.observer} is told by time alone {first} in one world, {second} in the other")
    raise LeakError(
        f"{pair.observer} is told {len(one)} notices in one world and {len(two)} in the other by time alone"
    )


def _step(pair: Pair, at: datetime, number: int, numbers: Sequence[int]) -> bool:
    drawn = draw(pair.worlds[0], at, number, numbers, pool=pair.pool, keen=pair.observer)
    if drawn is None:
        return True
    request, outcome = drawn
    mode, minute = numbers[0] % 3, at + timedelta(minutes=1 + numbers[1] % 8)
    hidden = request.seat != pair.observer and not isinstance(outcome, Refusal) and not _seen(outcome, pair.observer)
    if hidden and mode < 2:
        _hidden(pair, mode, request, minute, number)
        return True
    if request.seat == pair.observer:
        _crowd(pair, request.command, at, number)
    return _both(pair, request, at, number, change_words=hidden and numbers[2] % 2 == 0)


def draw(
    world: World, at: datetime, number: int, numbers: Sequence[int], person: str = "Amal", pool: int = 0, keen: str = ""
) -> tuple[CommandRequest, Outcome] | None:
    """Return a command of the first drawn kind that a seat may give now; else one that is refused, or none."""
    refused = None
    first = numbers[3] * 64 + numbers[4]
    kinds = _POOLS[pool]
    # Half of the steps are tried by the observer first: what it is answered is what is compared.
    start = SEATS.index(keen) if keen in SEATS and numbers[5] % 2 else numbers[5]
    for kind in (kinds[(first + 29 * n) % len(kinds)] for n in range(3)):
        for turn in range(2 * len(SEATS)):
            seat = SEATS[(start + turn) % len(SEATS)]
            pick = Picks([*numbers[6:], *numbers[:6]][turn // 2 :])
            command = BUILDERS[kind](Asker(slice=world.talks.slice_of(seat), at=at, pick=pick))
            if command is not None:
                request = _ask(seat, command, number, person)
                outcome = decide(world.talks, request, at, figures=checked_figures)
                if not isinstance(outcome, Refusal):
                    return request, outcome
                refused = refused or (request, outcome)
    return refused


def _hidden(pair: Pair, which: int, request: CommandRequest, at: datetime, number: object) -> None:
    """Do a step that the observer is not told of in one world only."""
    world = pair.worlds[which]
    if which == 1:
        request = replace(request, command=_moved(request.command, request.seat, pair.worlds[0], world))
    world.wait(at, ("hidden", number))
    do_unseen(pair, which, request, at, ("hidden", number))


def _crowd(pair: Pair, command: Command, at: datetime, number: int) -> None:
    """In one world, before the observer asks: the same by every other seat, and answers that complete sets."""
    world = pair.worlds[1]
    before = at - timedelta(minutes=4)
    for other in SEATS:
        if other != pair.observer:
            same = _translated(pair, command, other)
            asked = CommandRequest(seat=other, command=same, person="Cyr", second="Dora")
            do_unseen(pair, 1, asked, before, ("crowd", number, other))
            for step, what in completing(world.talks.slice_of(other).known):
                asked = CommandRequest(seat=other, command=what)
                do_unseen(pair, 1, asked, before, (step[0], number, other, step[1]))


def _translated(pair: Pair, command: Command, other: str) -> Command:
    """Return the observer's command as another seat would give it in the second world, naming the same things."""
    first, second = pair.worlds
    changes = {
        f.name: _concrete(second, other, _symbolic(first, pair.observer, getattr(command, f.name), f.name))
        for f in fields(command)  # type: ignore[arg-type]
    }
    return replace(command, **changes)  # type: ignore[type-var]


def do_unseen(pair: Pair, which: int, request: CommandRequest, at: datetime, step: object) -> bool:
    """Do a step in one world only, if it is accepted and the observer is not told of it; say whether it was done."""
    world = pair.worlds[which]
    outcome = decide(world.talks, request, at, figures=checked_figures)
    if isinstance(outcome, Refusal) or _seen(outcome, pair.observer):
        return False
    world.append(outcome, step)
    pair.hidden += 1
    pair.log.append(f"{step} in world {which}: {request.seat} {request.command}")
    return True


def _both(pair: Pair, request: CommandRequest, at: datetime, number: int, *, change_words: bool) -> bool:
    """Do a step in both worlds and compare; return whether comparing can go on."""
    first, second = pair.worlds
    knows_same = pair.same(request.seat)
    moved = replace(request, command=_moved(request.command, request.seat, first, second))
    if change_words and isinstance(moved.command, FileItem):
        moved = replace(moved, command=replace(moved.command, words=(Words(text=_OTHER_WORDS),)))
    outcomes = (
        decide(first.talks, request, at, figures=checked_figures),
        decide(second.talks, moved, at, figures=checked_figures),
    )
    alike = _alike(outcomes)
    if not alike and (knows_same or request.seat == pair.observer):
        raise LeakError(
            f"{request.seat} asks {request.command} and is answered {outcomes[0]} or {outcomes[1]}; log: {pair.log}"
        )
    for world, outcome in zip(pair.worlds, outcomes, strict=True):
        if not isinstance(outcome, Refusal):
            world.append(outcome, number)
    if not isinstance(outcomes[0], Refusal):
        pair.accepted += 1
        pair.log.append(f"both: {request.seat} {request.command}")
    if pair.same(pair.observer):
        return True
    if knows_same and not change_words:
        raise LeakError(f"{pair.observer} sees {request.seat}'s {request.command} differently; log: {pair.log}")
    _lawful_telling(pair, alike=alike)
    pair.stopped = "telling"
    return False


def _alike(outcomes: tuple[Outcome, Outcome]) -> bool:
    one, two = outcomes
    if isinstance(one, Refusal) or isinstance(two, Refusal):
        return one == two
    return [act.kind for act in one] == [act.kind for act in two]


def _lawful_telling(pair: Pair, *, alike: bool) -> None:
    """Raise unless the difference comes from somebody telling what it knows: other words, or what it shows."""
    if not alike:
        return
    one, two = (world.talks.slice_of(pair.observer) for world in pair.worlds)
    for first, second in zip(one.notices, two.notices, strict=False):
        if first.bytes() != second.bytes():
            if first.kind in SHOWING or first.face == "granted" or _worded(first.plain()) == _worded(second.plain()):
                return
            raise LeakError(f"{pair.observer} is told {first} in one world, {second} in the other; log: {pair.log}")


def _worded(value: Any) -> Any:
    """Return a notice with words blanked: their digest and language."""
    if isinstance(value, dict):
        return {key: "words" if key in ("digest", "lang") else _worded(item) for key, item in value.items()}
    return [_worded(item) for item in value] if isinstance(value, list) else value
