"""What the clock of an exercise does when a time has come: rows that become known, injects, and their conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from goodoffices.canonical_json import parse_canonical
from goodoffices.talks.base.acts import CLOCK, Act, AudienceEntry, Content, Ref
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.facts import Facts
from goodoffices.talks.exercise.injects import InjectTriggered, due_at, given_by_clock, triggered_at
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.exercise.world import RowReached
from goodoffices.talks.model.known_exercise import InjectState, KnownInject, RunState
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import Slice

ActDraft = tuple[Content, tuple[AudienceEntry, ...]]
Found = tuple[datetime, str, Callable[[], list[ActDraft]]]
"""When something is due, the handle of the thing, and what follows."""

_NAMED_BY: dict[str, tuple[str, str]] = {"RoundPlanned": ("plan", "round"), "LedgerOpened": ("ledger", "handle")}
"""Of kinds of rows to which others refer: the field with the slug, and the field with the thing."""


def exercise_deadlines(
    clock: Slice,
    facts: Facts,
    *,
    until: datetime,
    next_seq: int,
    acts: Sequence[Act],
    words: Callable[[str], str | None],
) -> Iterator[Found]:
    """Yield what is due by ``until`` in an exercise.

    Parameters
    ----------
    clock
        The clock's slice.
    facts
        What has happened in the exercise as a whole.
    until
        Now, by the clock of the exercise.
    next_seq
        The number of the next act of the record.
    acts
        All acts of the record.
    words
        Gives the text of a body by its id.
    """
    if clock.known.exercise.state is RunState.ENDED:
        return
    yield from _rows(clock, until, next_seq, acts, words)
    if clock.known.exercise.state is RunState.STARTED:
        for handle, inject in clock.known.injects.items():
            if inject.state is not InjectState.GIVEN:
                yield from _inject(clock, handle, inject, facts, until, len(acts))


def _rows(
    clock: Slice, until: datetime, next_seq: int, acts: Sequence[Act], words: Callable[[str], str | None]
) -> Iterator[Found]:
    for handle, row in clock.known.scheduled.items():
        if row is None:
            continue
        if row[0] > until:
            return  # they are in order of their time
        reached = RowReached(thing=Ref(clock.ids[handle]))
        yield row[0], handle, partial(_row, words(row[1].id) or "", next_seq, acts, reached)


def _inject(
    clock: Slice, handle: str, inject: KnownInject, facts: Facts, until: datetime, n_acts: int
) -> Iterator[Found]:
    thing = Ref(clock.ids[handle])
    at = due_at(inject, clock.known.exercise)
    if at is not None:
        if at <= until:
            yield at, handle, partial(_given, clock, thing, inject)
        return
    first = triggered_at(inject, clock.known.exercise, facts, until)
    if first is not None:
        triggered = InjectTriggered(inject=thing, due_at=first + inject.inject.after, because=n_acts)
        told = tuple((seat, Face.SELF.value) for seat in controls(clock.known))
        yield first, handle, partial(_one, triggered, told)


def _one(content: Content, told: tuple[AudienceEntry, ...]) -> list[ActDraft]:
    return [(content, told)]


def _given(clock: Slice, thing: Ref, inject: KnownInject) -> list[ActDraft]:
    return [given_by_clock(clock.known, thing, inject)]


def _row(text: str, next_seq: int, acts: Sequence[Act], reached: RowReached) -> list[ActDraft]:
    """Return a row of the talks file as the act that tells it, and the note of the clock that it has been told."""
    row = parse_canonical(text.encode())
    content = CONTENTS[row["kind"]]
    data = {name: _named(value, next_seq, acts) for name, value in row["data"].items()}
    told = tuple((seat, face) for seat, face in row["audience"] if seat != CLOCK)
    return [(from_plain(content, data), told), (reached, ())]


def _named(value: Any, next_seq: int, acts: Sequence[Act]) -> Any:
    """Return a value with the name of a thing in place of the name of its row."""
    if value == "@new":
        return f"{next_seq}"
    kind, _, slug = value[1:].partition("/") if isinstance(value, str) and value[:1] == "@" else ("", "", "")
    if kind not in _NAMED_BY:
        return value
    holder, thing = _NAMED_BY[kind]
    return next(act.data[thing] for act in acts if act.kind == kind and act.data[holder]["slug"] == slug)
