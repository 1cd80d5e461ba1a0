"""Connections of devices: each has deadlines, and no address can take them all.

A connection counts as known once somebody signed in has asked something on it. If there are too many others, the oldest
of them ends, those of the same address first: so new devices still get in, and known ones stay.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections import defaultdict
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEADERS_WITHIN = 10.0
"""Seconds in which a request must have said what it asks for, counted from its first byte or from the connection."""
BODY_WITHIN = 60.0
"""Seconds in which what is sent must have come whole."""
KEPT_OPEN = 30
"""Seconds that a connection without a request stays open."""
_MOST = 8_192
_RESERVE = 256
"""Files that this process needs besides connections: the record, the log, the sessions, what is sent out."""
KNOWN = "goodoffices.known"
"""Where a request has what is called when it turns out to come from somebody signed in."""


class Connections:
    """The open connections of one server.

    Parameters
    ----------
    most
        How many may be open; without it, what the system allows this process, less a reserve.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = _allowed() if most is None else most
        self._unknown: dict[DeskProtocol, None] = {}
        self._of_address: dict[str, dict[DeskProtocol, None]] = defaultdict(dict)

    def add(self, one: DeskProtocol) -> None:
        """Add a connection; end the oldest unknown ones if there are too many."""
        self._unknown[one] = None
        held = self._of_address[one.address]
        held[one] = None
        # Half of all may be unknown, and half of these from one address: one device, or a proxy before the desk.
        if len(held) > self.most // 4:
            next(iter(held)).end()
        elif len(self._unknown) > self.most // 2:
            next(iter(self._unknown)).end()

    def leave(self, one: DeskProtocol) -> None:
        """Count a connection no more: it has ended, or somebody signed in uses it."""
        self._unknown.pop(one, None)
        held = self._of_address.get(one.address)
        if held is not None:
            held.pop(one, None)
            if not held:
                del self._of_address[one.address]


def _allowed() -> int:
    """Return how many connections this process may hold; first it asks the system for as many files as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST + _RESERVE if hard == resource.RLIM_INFINITY else min(hard, _MOST + _RESERVE)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return max(16, min(_MOST, soft - _RESERVE))


class DeskProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, with a deadline for the head of each request, counted among its connections."""

    held: Connections

    address = ""
    _late: asyncio.TimerHandle | None = None
    _answered: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin; the first request must come in time."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.held.add(self)
        self._late = self.loop.call_later(HEADERS_WITHIN, self.end)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.held.leave(self)
        self._on_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read; what begins a request must be followed by the rest of its head in time."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request
        if cycle is not None and cycle is not self._answered:
            # The request was just read; what answers it begins after this.
            self._answered = cycle
            self._on_time()
            scope: Any = self.scope
            scope[KNOWN] = self._become_known
        elif (cycle is None or cycle.response_complete) and self._late is None:
            self._late = self.loop.call_later(HEADERS_WITHIN, self.end)

    def end(self) -> None:
        """Close the connection without an answer."""
        self.held.leave(self)
        self.transport.abort()

    def _become_known(self) -> None:
        self.held.leave(self)

    def _on_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def protocol_of(connections: Connections) -> type[DeskProtocol]:
    """Return the protocol whose connections are counted in ``connections``."""
    return type("Counted", (DeskProtocol,), {"held": connections})
