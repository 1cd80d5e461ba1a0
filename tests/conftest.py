"""What every test shares: where the shared data may lie, and how Hypothesis runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# A kernel's first call compiles, and the two cores are often busy: no deadline.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], print_blob=True
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the shared data folder {folder} is not on this machine")
    return folder
