"""The two servers that the push benchmark compares: the desk, and a bare broadcast.

``python -m benchmarks.servers.push desk TALKS FOLDER TICK`` or ``... broadcast``; each prints its address when ready.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext

READY = "ready "
_FRAME = b"event: notice\ndata: " + b"x" * 1_500 + b"\n\n"


def main(arguments: list[str]) -> None:
    """Serve until ended."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    app: ASGIApp
    if arguments[0] == "broadcast":
        app, address = _broadcast(), origin
    else:
        talks, folder, tick = arguments[1:]
        room = create_record(
            Path(folder) / "record.db", read_talks(talks), kind=Kind.EXERCISE, at=datetime.now(UTC), key=None
        )
        settings = Settings(
            origins=(origin,),
            now=lambda: datetime.now(UTC),
            entropy=lambda _, n: token_bytes(n),
            tick_seconds=float(tick),
            access=Path(folder) / "access.db",
        )
        server = ServerContext(room, settings)
        app, address = create_app(server), f"{origin}/start#{server.start_sign}"
    config = uvicorn.Config(
        app, log_config=None, access_log=False, backlog=2048, timeout_keep_alive=30, timeout_graceful_shutdown=1
    )
    print(f"{READY}{address}", flush=True)
    uvicorn.Server(config).run(sockets=[listening])


def _broadcast() -> Starlette:
    """Return an application whose every POST sends one frame to every open stream."""
    queues: set[asyncio.Queue[bytes]] = set()

    async def chunks() -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        queues.add(queue)
        try:
            yield b"event: ready\ndata: {}\n\n"
            while True:
                yield await queue.get()
        finally:
            queues.discard(queue)

    async def stream(_: Request) -> Response:
        return StreamingResponse(chunks(), media_type="text/event-stream")

    async def send(_: Request) -> Response:
        for queue in queues:
            queue.put_nowait(_FRAME)
        return PlainTextResponse("sent")

    return Starlette(routes=[Route("/", stream, methods=["GET"]), Route("/", send, methods=["POST"])])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(sys.argv[1:])
