"""Sealed procedures (deposits, blind questions, list matching), as one seat knows them."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ProcedureState


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeposit:
    """A sealed deposit. ``own`` is this seat's latest paper; ``opened`` are all papers once they are revealed."""

    handle: str
    question: Body
    depositors: tuple[str, ...] = ()
    neutral: str
    rule: str
    closes_at: datetime
    reads: bool = False
    criteria: Body | None = None
    state: ProcedureState = ProcedureState.OPEN
    papers: tuple[tuple[str, Body], ...] = ()
    checks: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBlind:
    """A blind question. ``answers`` are those that this seat may see: its own or, if it reads the answers, all."""

    handle: str
    question: Body
    asked: tuple[str, ...] = ()
    by: str
    closes_at: datetime
    reads: bool = False
    answers: tuple[tuple[str, bool], ...] = ()
    result: bool | None = None
    state: ProcedureState = ProcedureState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMatch:
    """A list matching. ``matches`` are rows of this seat's own list, each with *certain* or *possible*."""

    handle: str
    sides: tuple[str, ...] = ()
    key_fields: tuple[str, ...] = ()
    normaliser: str
    closes_at: datetime
    by: str
    lists: tuple[tuple[str, Body], ...] = ()
    matches: tuple[tuple[int, str], ...] = ()
    state: ProcedureState = ProcedureState.OPEN
