"""One run of one world: what seats asked and what came of it, with the talks before and after each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from hypothesis import strategies as st

from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, due, replay
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.asks import POOLS
from properties.worlds.cast import START, the_talks
from properties.worlds.pairs import World, draw
from properties.worlds.prologues import PROLOGUES


@dataclass(frozen=True, slots=True)
class Run:
    """The acts of a run, group by group, and the talks after the last."""

    groups: tuple[tuple[Act, ...], ...]
    talks: Talks

    def __repr__(self) -> str:
        return f"Run({[act.kind for group in self.groups[1:] for act in group]})"

    def acts(self) -> tuple[Act, ...]:
        return tuple(act for group in self.groups for act in group)

    def states(self) -> Iterator[tuple[Talks, tuple[Act, ...]]]:
        """Yield the talks before each group, and the group."""
        talks = Talks()
        for group in self.groups:
            yield talks, group
            talks = replay(group, talks)


@cache
def run_begun(prologues: int, kind: Kind, person: str) -> tuple[tuple[tuple[Act, ...], ...], Talks]:
    """Return the groups of acts that a run begins with, and the talks after them."""
    groups = [opening(the_talks(), kind=kind, at=START)]
    talks = replay(groups[0])
    for bit, prologue in enumerate(PROLOGUES):
        for seat, command in prologue if prologues >> bit & 1 else ():
            group = decide(
                talks, CommandRequest(seat=seat, command=command, person=person), START, figures=checked_figures
            )
            assert not isinstance(group, Refusal), f"a prologue is refused: {command} {group}"
            groups.append(group)
            talks = replay(group, talks)
    return tuple(groups), talks


def a_run(
    steps: Sequence[tuple[int, ...]], prologues: int = 0, kind: Kind = Kind.EXERCISE, person: str = "Amal"
) -> Run:
    """Return the run that small integers choose, as in the two-world tests."""
    begun, talks = run_begun(prologues & (1 << len(PROLOGUES)) - 1, kind, person)
    groups = list(begun)
    for number, numbers in enumerate(steps):
        at = START + timedelta(minutes=10 * (number + 1))
        passed = due(talks, at)
        groups += [passed] if passed else []
        talks = replay(passed, talks)
        drawn = draw(
            World.opened((), talks), at, number, numbers, person=person, pool=(prologues >> len(PROLOGUES)) % len(POOLS)
        )
        if drawn is not None and not isinstance(drawn[1], Refusal):
            groups.append(drawn[1])
            talks = replay(drawn[1], talks)
    passed = due(talks, START + timedelta(days=2))
    groups += [passed] if passed else []
    return Run(groups=tuple(groups), talks=replay(passed, talks))


numbers = st.tuples(*[st.integers(0, 63)] * 10)
runs = st.builds(a_run, st.lists(numbers, max_size=40), st.integers(0, 63))
