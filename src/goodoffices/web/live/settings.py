"""How a server runs: its addresses, its clock, its limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.service.passphrases import Cost
from goodoffices.web.http.login_sessions import Entropy
from goodoffices.web.live.clock_guard import ClockGuard


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a server runs.

    ``origins`` are the addresses under which it is reached, as browsers say them; ``tick_seconds`` from one tick of the
    command queue to the next; ``now`` reads the clock; ``entropy`` gives random bytes; ``access`` is the file of
    sessions (``None``: in memory); ``undo_seconds`` is how long a grave act can be undone (``None``: as the talks say),
    by the clock ``elapsed``; ``commands_a_minute`` is how many commands one person may give in a seat (0: any number);
    ``passphrase_cost`` is what one check of a person's passphrase costs; ``is_readable`` says that others on the
    network can read along. ``fingerprint`` is that of the venue's root certificate, fetched from ``trust_address``.
    ``clock_guard`` stops the desk when the clock jumps; ``now`` is then its own.
    """

    origins: tuple[str, ...]
    now: Callable[[], datetime]
    entropy: Entropy
    tick_seconds: float = 0.05
    access: Path | None = None
    secret: bytes | None = None
    undo_seconds: float | None = None
    elapsed: Callable[[], float] = time.monotonic
    passphrase_cost: Cost | None = None
    commands_a_minute: int = 0
    is_readable: bool = False
    fingerprint: str = ""
    trust_address: str = ""
    clock_guard: ClockGuard | None = None

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach this server over https."""
        return self.origins[0].startswith("https:")

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this server answers."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)
