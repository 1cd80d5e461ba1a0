"""Let the tool play its seats in an exercise that is served: a command at a time, through the queue."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import uuid4

from goodoffices.errors import StorageError
from goodoffices.exercises.seats_at_desk import SeatsAtDesk
from goodoffices.service.command_batches import Done
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""Between two looks at what the automated seats do: at the pace of a solo exercise these are nine seconds of talks."""
MOST_AT_ONCE = 4
"""So many commands of automated seats follow each other without a pause; people's commands come between them."""


async def play_seats(
    seats: SeatsAtDesk,
    submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]],
    now: Callable[[], datetime],
    may_jump: Callable[[], bool] = lambda: True,
) -> None:
    """Give the commands of automated seats until cancelled.

    For one person alone the clock is put forward too, if ``may_jump`` says that nothing waits to be undone.
    """
    while True:
        for _ in range(MOST_AT_ONCE):
            # In a thread of its own: a seat may think for some milliseconds, and pages are answered meanwhile.
            found = await asyncio.to_thread(seats.turn_at, now())
            if found is None:
                if may_jump():
                    await _put_forward(seats, submit, now)
                break
            turn, request = found
            try:
                answer = await submit(request, uuid4().hex)
            except StorageError:
                log.warning("an automated seat waits: the record cannot be written just now")
                break
            if isinstance(answer, Refusal):
                seats.was_refused(turn)
        await asyncio.sleep(PAUSE_SECONDS)


async def _put_forward(
    seats: SeatsAtDesk,
    submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]],
    now: Callable[[], datetime],
) -> None:
    """Put the clock forward for one person who plays alone and waits for nothing. A refusal leaves it as it is."""
    jump = await asyncio.to_thread(seats.jump_at, now())
    if jump is not None:
        try:
            await submit(jump, uuid4().hex)
        except StorageError:
            log.warning("the clock is not put forward: the record cannot be written just now")


async def stop_alone(seats: SeatsAtDesk, submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]]) -> None:
    """Stop the clock when the desk closes under one person who plays alone, so that nothing goes on meanwhile."""
    pause = await asyncio.to_thread(seats.pause)
    if pause is not None:
        try:
            await submit(pause, uuid4().hex)
        except StorageError:
            log.warning("the clock is not stopped: the record cannot be written just now")
