"""The benchmarks that drive a served desk run through: they give commands as a browser does, and those change."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PEERS = {re.split(r"[^\w]", needed)[0] for needed in PROJECT["optional-dependencies"]["bench"]}


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").rglob("*.py")), ids=lambda path: path.stem)
def test_a_peer_that_is_not_installed_stops_no_benchmark(path: Path) -> None:
    """What is compared with is imported where it is measured: else the benchmarks that follow would not run either."""
    assert len(PEERS) >= 6
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else []
        names += [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []
        assert not {name.partition(".")[0] for name in names} & PEERS


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["push", "texts", "web"])
def test_a_benchmark_of_a_served_desk_runs_through(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name], cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"== {name} took" in done.stdout
