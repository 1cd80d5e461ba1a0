"""Seats and proxies, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks.base.enums import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSeat:
    """A seat that this seat has been told of.

    ``service_asked_by`` are the seats that asked this seat to accept papers on screen, and wait for its answer.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProxy:
    """A power that one seat has lent to another."""

    handle: str
    giver: str
    holder: str
    scope: str
    until: datetime | None = None
    ended: bool = False
