"""Other talks that the same process holds open in the second world only: nothing of them reaches the observer."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.responses import PlainTextResponse

from goodoffices.service.open_record import create_record
from goodoffices.talks.base.enums import Kind
from goodoffices.web.app import create_app
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.record_host import OpenTalks, RecordHost
from properties.worlds.cast import START, the_talks

KEY = "other"


def host_others(host: RecordHost, folder: Path, clock: Callable[[], datetime]) -> None:
    """Let somebody open further talks in the same process, and be at home in the list of records."""
    room = create_record(folder / "other.db", the_talks(), kind=Kind.EXERCISE, at=START)
    counter = itertools.count()

    def entropy(seat: str, n: int) -> bytes:
        return hashlib.sha256(f"other {seat} {next(counter)}".encode()).digest()[:n]

    settings = Settings(
        origins=host.settings.origins, now=clock, entropy=entropy, tick_seconds=0.0, secret=b"other doors"
    )
    other = ServerContext(room, settings, base=f"/r/{KEY}")
    app, stack = create_app(other), contextlib.AsyncExitStack()
    host.talks[KEY] = OpenTalks(name=KEY, server=other, app=app, stack=stack)
    host.enter(PlainTextResponse(""), "ar")


def close_others(host: RecordHost) -> None:
    """Close the further talks, if they are open."""
    held = host.talks.pop(KEY, None)
    if held is not None:
        held.server.room.close()
        held.server.access.close()
