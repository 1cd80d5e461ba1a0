"""Worker processes never answer Ctrl-C themselves, and end when whoever waits for them ends."""

from __future__ import annotations

import os
import signal
import time

import pytest

from goodoffices.rehearsal.isolation.worker_pool import worker_pool

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals are held back")]


def held_back() -> bool:
    """Whether Ctrl-C does not reach this process."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_workers_do_not_get_the_signal_and_their_parent_does() -> None:
    with worker_pool(2) as pool:
        assert [pool.submit(held_back).result() for _ in range(2)] == [True, True]
    assert not held_back()


def test_workers_at_work_are_ended() -> None:
    with pytest.raises(KeyboardInterrupt), worker_pool(1) as pool:
        running = pool.submit(time.sleep, 600)
        pool.submit(held_back)
        while not running.running():
            pass
        raise KeyboardInterrupt
    assert running.done() or running.cancelled() or running.exception() is not None
