"""What a seat knows of things that pass or are arranged: items, clearances, wordings, tellings, sessions, procedures.

Every value here is made by the fold of one seat's slice, so it holds nothing that the seat was not told. Things are
named by handles of that slice. Times are as notices carry them: text, UTC, to the talks' resolution.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.talks.acts import Body
from goodoffices.talks.plans import Delegation, Invitation, PairFormat, Round
from goodoffices.talks.vocabulary import Form, Format, Mode, Role

__all__ = [
    "KnownBlind",
    "KnownClearance",
    "KnownDelegation",
    "KnownDeposit",
    "KnownIntervention",
    "KnownInvitation",
    "KnownItem",
    "KnownMatch",
    "KnownPack",
    "KnownProxy",
    "KnownReadBack",
    "KnownRound",
    "KnownSeat",
    "KnownSession",
    "KnownTelling",
    "KnownWording",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeat:
    """A seat that this seat has been told of."""

    slug: str
    actor: str
    roles: tuple[Role, ...]
    extra: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    kept_by: str | None = None
    sees_all: bool = False
    closed: bool = False
    service_accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProxy:
    """A power lent by one seat to another."""

    handle: str
    giver: str
    holder: str
    scope: str
    until: str | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item that this seat filed, holds, or was told. ``came`` is *filed*, *handed* or *told*.

    ``originator`` is ``None`` where the origin is not stated. ``clearances``, ``wordings`` and ``tellings`` are the
    handles of what concerns it. ``ended`` is empty, *withdrawn*, *lapsed* or *destroyed*.
    """

    handle: str
    came: str
    at: str
    kind: str = "message"
    mode: Mode = Mode.ON_RECORD
    title: Body | None = None
    words: tuple[Body, ...] = ()
    originator: str | None = None
    teller: str | None = None
    form: Form | None = None
    holders: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    own_idea: Body | None = None
    answers: str | None = None
    lapses_at: str | None = None
    ask_read_back: bool = False
    read_backs: tuple[KnownReadBack, ...] = ()
    clearances: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    tellings: tuple[str, ...] = ()
    ended: str = ""
    ended_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReadBack:
    """A recipient's restatement, and the teller's confirmation or correction of it."""

    handle: str
    words: Body
    confirmed: bool | None = None
    correction: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClearance:
    """What an originator allows of an item. ``to`` are recipients, ``via`` holders (empty: any holder)."""

    handle: str
    item: str
    by: str
    to: tuple[str, ...]
    via: tuple[str, ...]
    form: Form
    until: str | None = None
    approve: bool = False
    at: str = ""
    ended_to: tuple[str, ...] = ()
    ended: bool = False
    ended_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWording:
    """Words that a holder means to use, shown to the originator. State: *shown*, *approved*, *corrected*."""

    handle: str
    item: str
    holder: str
    to: str
    form: Form
    words: Body
    state: str = "shown"
    correction: Body | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTelling:
    """A row of the who-told-what ledger: what this seat told, or what was told of its item."""

    handle: str
    item: str | None
    by: str
    to: str
    form: Form
    words: Body | None
    at: str
    ask_read_back: bool = False
    read_backs: tuple[KnownReadBack, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRound:
    """A convening: what was planned, each planned date with its author, and what happened."""

    handle: str
    round: Round
    state: str = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInvitation:
    """An invitation and what became of it: *open*, *accepted*, *declined*, *conditional*, *unanswered*, *withdrawn*."""

    handle: str
    invitation: Invitation
    state: str = "open"
    conditions: Body | None = None
    level: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDelegation:
    """A delegation as named by the head of its seat."""

    handle: str
    delegation: Delegation
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSession:
    """One sitting: its format now, its pairs, who takes part and who is marked how."""

    handle: str
    title: str
    round: str | None
    format: Format
    pairs: tuple[PairFormat, ...] = ()
    participants: tuple[str, ...] = ()
    room: str = ""
    item: str = ""
    mode: Mode = Mode.ON_RECORD
    chair: str = ""
    state: str = "planned"
    starts_at: str | None = None
    opened_at: str | None = None
    closed_at: str | None = None
    presence: tuple[tuple[str, str], ...] = ()
    claim: str | None = None

    def present(self) -> tuple[str, ...]:
        """Return the seats marked present, in the order of participants."""
        marked = dict(self.presence)
        return tuple(seat for seat in self.participants if marked.get(seat) == "present")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIntervention:
    """What was said in a session, as heard."""

    session: str | None
    by: str
    words: Body
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeposit:
    """A sealed deposit. ``own`` is this seat's latest paper; ``opened`` are all papers once revealed."""

    handle: str
    question: Body
    depositors: tuple[str, ...]
    neutral: str
    rule: str
    closes_at: str
    reads: bool = False
    criteria: Body | None = None
    state: str = "open"
    papers: tuple[tuple[str, Body], ...] = ()
    checks: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBlind:
    """A blind question. ``answers`` are those this seat may see: its own, or all for a mediator who reads."""

    handle: str
    question: Body
    asked: tuple[str, ...]
    by: str
    closes_at: str
    reads: bool = False
    answers: tuple[tuple[str, bool], ...] = ()
    result: bool | None = None
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMatch:
    """A list matching. ``matches`` are rows of this seat's own list with *certain* or *possible*."""

    handle: str
    sides: tuple[str, ...]
    key_fields: tuple[str, ...]
    normaliser: str
    closes_at: str
    by: str
    lists: tuple[tuple[str, Body], ...] = ()
    matches: tuple[tuple[int, str], ...] = ()
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPack:
    """A print pack for a seat kept on paper: up to which notice (0: not told), who took it when, who was told."""

    handle: str
    seat: str
    up_to: int
    carrier: str = ""
    told: tuple[str, ...] = ()
    handed_to: str = ""
    handed_at: str | None = None
