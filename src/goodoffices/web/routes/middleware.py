"""What stands around every answer: the same headers for all, the moment at which it leaves, one line of log.

No name of another host is answered, and no line of log holds a name.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goodoffices.web.live.departures import departure
from goodoffices.web.routes.context import Served

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        b"connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'; "
        b"require-trusted-types-for 'script'; trusted-types parts",
    ),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
)
"""On every answer. ``Cache-Control: no-store`` is added except where an answer says otherwise."""

log = logging.getLogger("goodoffices.web")


class SecurityHeaders:
    """Plain ASGI: checks the host, adds the headers, lets the answer leave when it may, writes the line of log."""

    def __init__(
        self, app: ASGIApp, server: Served, lost: ASGIApp, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app, self._server, self._lost, self._clock = app, server, lost, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        began, status, arrived = self._clock(), 0, loop.time()
        departure.set(None)

        async def receiving() -> Message:
            nonlocal arrived
            message = await receive()
            if message["type"] == "http.request":
                arrived = loop.time()
            return message

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(name, value) for name, value in message.get("headers", []) if name not in _NEVER]
                kept = any(name == b"cache-control" for name, _ in own)
                more = [] if kept else [(b"cache-control", b"no-store")]
                message = {**message, "headers": [*own, *HEADERS, *more]}
                await self._server.departures.wait(arrived, _whose(scope))
            await send(message)

        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        known = host in self._server.settings.hosts
        await (self._app if known else self._lost)(scope, receiving, with_headers)
        log.info(log_line(scope, status, self._clock() - began))


def _whose(scope: Scope) -> str:
    """Return whom an answer is for: the seat path, else the connection."""
    path_id = scope.get("path_params", {}).get("path_id")
    return path_id if isinstance(path_id, str) else repr(scope.get("client"))


_NEVER = frozenset({b"etag", b"last-modified", b"server", b"server-timing"})


def log_line(scope: Scope, status: int, seconds: float) -> str:
    """Return what is logged of a request: the route's pattern, the status, the order of its duration.

    No path, query, body, name or address, and no seat: beside the times of acts it would say who acted.
    """
    route = getattr(scope.get("route"), "path", "-")
    step = next((limit for limit in (0.01, 0.1, 1.0, 10.0) if seconds < limit), 100.0)
    return f"{route} {status} <{step:g}s"
