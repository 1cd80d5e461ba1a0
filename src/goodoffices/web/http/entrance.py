"""The way in that all records of one server share: passphrases, how they are checked, and how often one may try."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.requests import Request

from goodoffices.errors import GoodOfficesError
from goodoffices.service.passphrases import Cost, Holder, Passphrases, folded_name
from goodoffices.web.http.limits import AfterFailures, PerMinute
from goodoffices.web.http.login_sessions import Entropy

AT_ONCE, MOST_WAITING = 2, 20
"""Checks of passphrases at once, and how many more may wait: sixty people in a minute must not want 4 GB of memory."""
JOINS_A_MINUTE = 10
SENTENCES = {
    "short": "The passphrase is shorter than twelve characters. Use several words.",
    "long": "The passphrase is longer than a thousand characters. Use fewer words.",
    "common": "Many people use this passphrase, so it is tried first. Use several words of your own.",
    "two": "The two passphrases are not the same. Type the new one twice.",
    "not-own": "This is not your passphrase. Nothing was changed. The next try has to wait a little.",
    "wait": "This was not right just before. Wait {n} s, then try again.",
    "not-theirs": "This is not the passphrase of {person}. Nothing was changed. The next try has to wait a little.",
    "nobody-confirms": (
        "A second person of your seat has to confirm this. Choose a colleague, and let them type their passphrase."
    ),
    "no-name": (
        "Two named people do this. You came in without a name: come in again with a seat card in your own name."
    ),
    "busy": "Many people are signing in just now. Try again in a few seconds. Nothing was changed.",
}
"""Why a passphrase is not taken."""


class BusyError(GoodOfficesError, RuntimeError):
    """As many passphrases are being checked as this computer can check at once."""


class WaitError(GoodOfficesError, PermissionError):
    """A try came before its time; ``seconds`` are left to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds, then try again")


def address_of(request: Request) -> str:
    """Return the address that a request came from, as limits count it."""
    return request.client.host if request.client is not None else ""


class Entrance:
    """Passphrases with their limits. Who tries, waits and fails is counted by address and name, never by name alone.

    Parameters
    ----------
    where
        The desk's own file (``None``: in memory).
    entropy
        Gives random bytes.
    elapsed
        Seconds of the desk's own clock.
    cost
        What one check costs.
    """

    def __init__(
        self, where: Path | None, entropy: Entropy, elapsed: Callable[[], float], cost: Cost | None = None
    ) -> None:
        self.passphrases = Passphrases(where, lambda n: entropy("passphrases", n), cost)
        self.joins = PerMinute(most=JOINS_A_MINUTE)
        self._elapsed, self._failures = elapsed, AfterFailures()
        self._threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="passphrases")
        self._waiting = 0

    def join_wait(self, request: Request) -> int:
        """Count a try to come in from an address; return 0, or the seconds until the next one is allowed."""
        return self.joins.wait(address_of(request), self._elapsed())

    async def keep(self, holder: Holder, words: str) -> None:
        """Keep a new passphrase.

        Raises
        ------
        BusyError
            If too many wait for theirs to be checked.
        """
        self.passphrases.keep(holder, await self._stretched(holder.person, words))

    async def check(self, address: str, holder: Holder, words: str) -> bool:
        """Say whether somebody typed their own passphrase.

        Raises
        ------
        WaitError
            If this address was wrong about this name just before.
        BusyError
            As for :meth:`keep`.
        """
        who = self._allowed(address, holder.person)
        stretched = await self._stretched(holder.person, words)
        return self._judged(who, is_right=self.passphrases.is_right(holder, stretched))

    async def holders(self, address: str, person: str, words: str) -> tuple[Holder, ...]:
        """Return the seats of somebody with this name and passphrase; errors as for :meth:`check`."""
        who = self._allowed(address, person)
        found = self.passphrases.holders(person, await self._stretched(person, words))
        self._judged(who, is_right=bool(found))
        return found

    def _allowed(self, address: str, person: str) -> tuple[str, str]:
        who = (address, folded_name(person))
        seconds = self._failures.wait(who, self._elapsed())
        if seconds:
            raise WaitError(seconds)
        return who

    def _judged(self, who: tuple[str, str], *, is_right: bool) -> bool:
        if is_right:
            self._failures.passed(who)
        else:
            self._failures.failed(who, self._elapsed())
        return is_right

    async def _stretched(self, person: str, words: str) -> bytes:
        if self._waiting >= AT_ONCE + MOST_WAITING:
            raise BusyError("many people are signing in just now; try again in a moment")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, self.passphrases.stretch, person, words
            )
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Close the file."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.passphrases.close()
