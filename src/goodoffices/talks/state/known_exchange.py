"""Items, clearances, wordings, relays and print packs, as one seat knows them.

Handles are those of the seat's slice. Times are as in notices: text, in UTC, to the resolution of the talks.
"""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.base.states import ItemCame, ItemEnd, WordingState


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item that this seat filed, holds, or was told. ``came`` is *filed*, *handed* or *told*.

    ``originator`` is ``None`` if the origin is not stated. ``clearances``, ``wordings`` and ``tellings`` are the
    handles of those that belong to the item. ``ended`` says why it can no longer be told, or is ``None``.
    """

    handle: str
    came: ItemCame
    at: datetime
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
    lapses_at: datetime | None = None
    ask_read_back: bool = False
    read_backs: tuple[KnownReadBack, ...] = ()
    clearances: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    tellings: tuple[str, ...] = ()
    ended: ItemEnd | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReadBack:
    """What a recipient read back, and the teller's confirmation or correction."""

    handle: str
    words: Body
    confirmed: bool | None = None
    correction: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClearance:
    """A clearance of an item. ``to`` are its recipients. ``via`` are the holders that may tell it; empty means any."""

    handle: str
    item: str
    by: str
    to: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    form: Form
    until: datetime | None = None
    approve: bool = False
    at: datetime | None = None
    ended_to: tuple[str, ...] = ()
    ended: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWording:
    """A wording that a holder showed to the originator. Its state is *shown*, *approved* or *corrected*."""

    handle: str
    item: str
    holder: str
    to: str
    form: Form
    words: Body
    state: WordingState = WordingState.SHOWN
    correction: Body | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTelling:
    """One telling of an item: this seat told it, or another seat told an item of this seat."""

    handle: str
    item: str | None = None
    by: str
    to: str
    form: Form
    words: Body | None = None
    at: datetime
    ask_read_back: bool = False
    read_backs: tuple[KnownReadBack, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPack:
    """A print pack for a seat kept on paper.

    ``up_to`` is the number of its last notice, or 0 if this seat was not told the number. ``told`` are the seats that
    were told of the pack.
    """

    handle: str
    seat: str
    up_to: int
    carrier: str = ""
    told: tuple[str, ...] = ()
    handed_to: str = ""
    handed_at: datetime | None = None
