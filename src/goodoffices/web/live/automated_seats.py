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
    is_free: Callable[[], bool] = lambda: True,
) -> None:
    """Give the commands of automated seats until cancelled.

    For one person alone it gives those of control too, if ``is_free`` says that nothing waits to be undone.
    """
    while True:
        for _ in range(MOST_AT_ONCE):
            # In a thread of its own: a seat may think for some milliseconds, and pages are answered meanwhile.
            found = await asyncio.to_thread(seats.turn_at, now())
            if found is None:
                if is_free():
                    await _act_for_control(seats, submit, now)
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


async def _act_for_control(
    seats: SeatsAtDesk,
    submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]],
    now: Callable[[], datetime],
) -> None:
    """Do what control does for one person who plays alone. A refusal leaves things as they are."""
    request = await asyncio.to_thread(seats.control_at, now())
    await _submit_or_log(submit, request, "control waits: the record cannot be written just now")


async def stop_alone(seats: SeatsAtDesk, submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]]) -> None:
    """Stop the clock when the desk closes under one person who plays alone, so that nothing goes on meanwhile."""
    pause = await asyncio.to_thread(seats.pause)
    await _submit_or_log(submit, pause, "the clock is not stopped: the record cannot be written just now")


async def _submit_or_log(
    submit: Callable[[CommandRequest, str], Awaitable[Done | Refusal]], request: CommandRequest | None, why: str
) -> None:
    """Give a command of control, if there is one; where the record cannot be written just now, log ``why``."""
    if request is not None:
        try:
            await submit(request, uuid4().hex)
        except StorageError:
            log.warning(why)
