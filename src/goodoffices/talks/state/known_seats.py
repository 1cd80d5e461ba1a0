"""Seats and proxies, as one seat knows them."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatKey:
    """A seat's public keys for sealed files, with their check code and the number of the notice that told of them.

    ``vouched_by`` and ``compared`` are empty if the seat registered them from its own session.
    """

    public_key: str
    box_key: str
    code: str
    notice: int
    vouched_by: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeat:
    """A seat that this seat has been told of.

    ``service_asked_by`` are the seats that asked this seat to accept papers on screen, and wait for its answer.
    ``sealed`` are the numbers of the notices that told of a sealed file for it.
    """

    slug: str
    actor: str
    roles: tuple[Role, ...] = ()
    extra: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    kept_by: str | None = None
    sees_all: bool = False
    closed: bool = False
    service_accepted: bool = False
    service_asked_by: tuple[str, ...] = ()
    sealing_key: SeatKey | None = None
    sealed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProxy:
    """A power that one seat has lent to another."""

    handle: str
    giver: str
    holder: str
    scope: str
    until: datetime | None = None
    ended: bool = False
