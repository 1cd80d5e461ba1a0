"""The kinds of automated seats, and the one question that is put to them: what they do next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import partial

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.seats.duties.bargaining_papers import (
    CAUTIOUS,
    CONSTRUCTIVE,
    SPOILING,
    Manner,
    come_and_go,
    is_gone,
    write_papers,
)
from goodoffices.rehearsal.seats.duties.carriage import carry
from goodoffices.rehearsal.seats.duties.delivery import deliver
from goodoffices.rehearsal.seats.duties.host_notes import write_notes
from goodoffices.rehearsal.seats.duties.ledgers import keep_ledger
from goodoffices.rehearsal.seats.duties.mediation import lean, mark_attendance, read_out, run_sessions, speak, suggest
from goodoffices.rehearsal.seats.duties.pens import hold_pen
from goodoffices.rehearsal.seats.duties.questions_back import ask_back, nudge
from goodoffices.rehearsal.seats.duties.replies import (
    accept_service,
    answer_allegations,
    answer_blind,
    ask_service,
    judge_wordings,
    read_back,
)
from goodoffices.rehearsal.seats.duties.scripts import follow_script
from goodoffices.rehearsal.seats.duties.text_replies import comment, mark_divergence, take_stances
from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.view import View

Duty = Callable[[Positions], Iterator[Intention]]

_DELEGATION: tuple[Duty, ...] = (
    accept_service,
    deliver,
    judge_wordings,
    read_back,
    answer_blind,
    answer_allegations,
    ask_back,
    comment,
    mark_divergence,
    take_stances,
    speak,
)


def _delegation(manner: Manner) -> tuple[Duty, ...]:
    return (*_DELEGATION, keep_ledger, partial(come_and_go, manner=manner), partial(write_papers, manner=manner))


KINDS: Mapping[str, tuple[Duty, ...]] = {
    "silent": (),
    "script": (follow_script,),
    "cautious-delegation": _delegation(CAUTIOUS),
    "constructive-delegation": _delegation(CONSTRUCTIVE),
    "spoiling-delegation": _delegation(SPOILING),
    "carrier": (accept_service, partial(carry, at_once=True), speak),
    "one-text-mediator": (
        ask_service, accept_service, run_sessions, carry, ask_back, nudge, deliver, suggest, hold_pen, speak,
    ),
    "guarantor": (
        ask_service, accept_service, carry, ask_back, nudge, deliver, lean, answer_allegations, hold_pen, comment,
        take_stances, read_back, speak,
    ),
    "host": (accept_service, deliver, write_notes, mark_attendance, read_out, speak),
    "press": (),
    "observer": (accept_service, speak),
}  # fmt: skip
"""What each kind of automated seat does. A seat of any kind also finishes what a person began in its place."""

MOST_TRIES = 3
"""After so many refusals of the same intention a seat gives it up."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that was refused: which intention it was, and how many notices the seat had then."""

    key: str
    n_notices: int


def intentions(
    view: View, orders: Orders, at: datetime, draws: Draws, refused: Collection[Refused] = ()
) -> tuple[Intention, ...]:
    """Return everything that a seat means to do, as far as it can say now, the next first. Pure.

    Parameters
    ----------
    view
        What the seat may know. Nothing of any other seat can be reached from it.
    orders
        The brief of the seat, the public timetable, and the mistakes that the seed gave it.
    at
        The moment, by the clock of the exercise.
    draws
        The random numbers of the seat, by address: the same for the same choice, however often it is asked for.
    refused
        What the seat was refused before. It is not in any record.

    Raises
    ------
    UnknownWordError
        If the brief names a kind that does not exist.
    """
    duties = KINDS.get(orders.brief.kind)
    if duties is None:
        raise UnknownWordError("kind of automated seat", orders.brief.kind, tuple(KINDS))
    positions = Positions(outlook=Outlook(view=view, orders=orders, moment=at, draws=draws))
    given_up = _given_up(refused, len(view.notices))
    found = [made for duty in duties for made in duty(positions) if made.key not in given_up]
    if is_gone(positions):
        found = [made for made in found if made.key.startswith("stance")]
    return tuple(sorted(found, key=lambda made: (made.due_at, made.key)))


def _given_up(refused: Collection[Refused], n_notices: int) -> frozenset[str]:
    keys = {one.key for one in refused if one.n_notices == n_notices}
    counts: dict[str, int] = {}
    for one in refused:
        counts[one.key] = counts.get(one.key, 0) + 1
    return frozenset(keys | {key for key, count in counts.items() if count >= MOST_TRIES})


def next_command(
    view: View, orders: Orders, at: datetime, draws: Draws, refused: Collection[Refused] = ()
) -> Command | None:
    """Return the command that an automated seat gives now, or ``None``. Pure; it takes what `intentions` takes."""
    made = next(iter(intentions(view, orders, at, draws, refused)), None)
    return made.command if made is not None and made.due_at <= at else None
