"""House rules that hold for every file: size, and imports along the arrows of the design."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.talks.refusals import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
PYTHON_FILES = sorted(
    path for folder in ("src", "tests", "benchmarks", "tools") for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{path} has {lines} lines; split it, the limit is {MOST_LINES}"


def test_imports_run_along_the_arrows_of_the_design() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, goodoffices; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "numba", "matplotlib", "starlette", "pydantic", "yaml", "nacl"} & set(loaded)


def test_r50_every_refusal_is_produced_by_some_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    missing = [code for code in SENTENCES if f'== "{code}"' not in told and f'"{code}")' not in told]
    assert not missing, f"no test is refused with {', '.join(missing)}"
