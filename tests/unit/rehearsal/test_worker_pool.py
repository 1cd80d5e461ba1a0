"""Worker processes never answer Ctrl-C themselves, and end when whoever waits for them ends."""

from __future__ import annotations

import os
import signal
import time

import pytest

from goodoffices.rehearsal.isolation.worker_pool import worker_pool

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals are held back")]


def test_workers_do_not_get_the_signal_and_their_parent_does() -> None:
    with worker_pool(2) as pool:
        # A function of the standard library: a process of the pool does not know the modules of the tests.
        for _ in range(2):
            assert signal.SIGINT in pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_workers_at_work_are_ended() -> None:
    with pytest.raises(KeyboardInterrupt), worker_pool(1) as pool:
        running = pool.submit(time.sleep, 600)
        pool.submit(time.sleep, 0)
        while not running.running():
            pass
        raise KeyboardInterrupt
    assert running.done() or running.cancelled() or running.exception() is not None
