"""The benchmarks that drive a served desk run through: they give commands as a browser does, and those change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["push", "texts", "web"])
def test_a_benchmark_of_a_served_desk_runs_through(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name], cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"== {name} took" in done.stdout
