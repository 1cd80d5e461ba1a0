"""Leaks planted where people come in and come back. The two-world test over HTTP must find each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.requests import Request

from goodoffices.service.passphrases import Holder, Passphrases
from goodoffices.web.http.entrance import Entrance
from goodoffices.web.http.limits import AfterFailures, Allowance
from goodoffices.web.http.login_sessions import Access, LoginSession, OwnSession
from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingCommands, WaitingState
from goodoffices.web.live.waiting_room import Guest, WaitingRooms

Leak = Callable[[pytest.MonkeyPatch], None]


def sessions_of_all_who_have_a_name(patch: pytest.MonkeyPatch) -> None:
    """*Where you are signed in* lists every session of everybody of the same name, in any seat."""
    own = Access.own

    def leaky(self: Access, session: LoginSession, **values: Any) -> tuple[OwnSession, ...]:
        [(n,)] = self._db.execute(
            "SELECT count(*) FROM session WHERE person IS NOT NULL AND seat <> ?", (session.seat,)
        )
        mine = own(self, session, **values)
        return (*mine, *mine[:1] * n)

    patch.setattr(Access, "own", leaky)


def joins_counted_for_all(patch: pytest.MonkeyPatch) -> None:
    """Who tries to come in waits because others tried."""

    def leaky(self: Entrance, request: Request) -> int:
        del request
        return self.joins.wait("192.0.2.9", 0.0)

    patch.setattr(Entrance, "join_wait", leaky)


def failures_counted_for_all(patch: pytest.MonkeyPatch) -> None:
    """A wrong passphrase anywhere makes everybody of that name wait."""
    failed, wait = AfterFailures.failed, AfterFailures.wait

    patch.setattr(AfterFailures, "failed", lambda self, who, now: failed(self, who[1], now))
    patch.setattr(AfterFailures, "wait", lambda self, who, now: wait(self, who[1], now))


def a_passphrase_is_known_by_its_name(patch: pytest.MonkeyPatch) -> None:
    """A name that somebody has is answered with a longer wait."""
    failed = AfterFailures.failed

    def leaky(self: Entrance, who: tuple[str, str], *, is_right: bool) -> bool:
        [(n,)] = self.passphrases._db.execute("SELECT count(*) FROM passphrase WHERE name = ?", (who[1],))
        for _ in range(0 if is_right else 1 + n):
            failed(self._failures, who, self._elapsed())
        return is_right

    patch.setattr(Entrance, "_judged", leaky)


def anybody_of_the_name_has_a_passphrase(patch: pytest.MonkeyPatch) -> None:
    """A page says that a person has a passphrase because a person of another seat has one."""

    def leaky(self: Passphrases, _: Holder) -> bool:
        [(n,)] = self._db.execute("SELECT count(*) FROM passphrase")
        return bool(n)

    patch.setattr(Passphrases, "has", leaky)


def guests_of_every_waiting_room(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: WaitingRooms, _: str) -> tuple[Guest, ...]:
        return tuple(guest for held in self._rooms.values() for guest in held.guests.values())

    patch.setattr(WaitingRooms, "guests", leaky)


def a_waiting_room_opened_by_another_is_shown(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: WaitingRooms, _: str) -> str | None:
        return next((held.code for held in self._rooms.values()), None)

    patch.setattr(WaitingRooms, "code", leaky)


def commands_counted_for_all(patch: pytest.MonkeyPatch) -> None:
    """Who asks much leaves less for others."""
    wait = Allowance.wait
    patch.setattr(Allowance, "wait", lambda self, _, now: wait(self, "all", now))


def asked_acts_of_every_seat_are_needed(patch: pytest.MonkeyPatch) -> None:
    """*What needs me* counts what waits for a colleague in any seat."""
    of = WaitingCommands.of

    def leaky(self: WaitingCommands, seat: str) -> tuple[WaitingCommand, ...]:
        every = (one for held in self._by_seat.values() for one in held.values())
        return (*of(self, seat), *(one for one in every if one.seat != seat and one.state is WaitingState.ASKED))

    patch.setattr(WaitingCommands, "of", leaky)


def a_colleague_of_any_seat_confirms(patch: pytest.MonkeyPatch) -> None:
    """What was asked in one seat is found by its handle from another."""

    def leaky(self: WaitingCommands, _: str, handle: str) -> WaitingCommand | None:
        return next((held[handle] for held in self._by_seat.values() if handle in held), None)

    patch.setattr(WaitingCommands, "find", leaky)


PEOPLE_LEAKS: Mapping[str, Leak] = {
    leak.__name__: leak
    for leak in (
        sessions_of_all_who_have_a_name,
        joins_counted_for_all,
        failures_counted_for_all,
        a_passphrase_is_known_by_its_name,
        anybody_of_the_name_has_a_passphrase,
        guests_of_every_waiting_room,
        a_waiting_room_opened_by_another_is_shown,
        commands_counted_for_all,
        asked_acts_of_every_seat_are_needed,
        a_colleague_of_any_seat_confirms,
    )
}
"""Every planted leak by name."""
