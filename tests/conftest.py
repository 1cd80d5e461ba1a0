"""What every test shares: where the shared data may lie, and how Hypothesis runs."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# A worker's terminal is 80 columns wide, though it has none: what a command prints would depend on who runs the tests.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)


LONGEST = ("browser", "properties", "crash", "web")
"""Folders of tests whose single tests take longest, the longest first."""

# A kernel's first call compiles, and the two cores are often busy: no deadline. The same examples each time, so that a
# change is blamed only for what it did; `make nightly` explores.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
    derandomize="GOODOFFICES_EXPLORE" not in os.environ,
)
settings.load_profile("house")

# A worker holds a million objects, the modules of all tests among them. By its own measure Python walks through all of
# them so often that this was a fifth of the time of the tests; it needs more memory instead, some hundred MB.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: browsers, servers, disks and killed processes are waited for."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end.

    Browsers come first: the first worker drives them, and whoever has done the rest helps.
    """
    items.sort(key=lambda item: min((n for n, name in enumerate(LONGEST) if name in item.path.parts), default=9))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the shared data folder {folder} is not on this machine")
    return folder
