"""The examples of the room's documentation run."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = [
    "goodoffices.settlement.acceptance",
    "goodoffices.settlement.elimination",
    "goodoffices.settlement.results",
    "goodoffices.settlement.verify",
    "goodoffices.formats.input.untrusted",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted > 0
    assert done.failed == 0


def test_the_guide_runs() -> None:
    guide = ROOT / "docs" / "how-to" / "settle.md"
    if not guide.is_file():
        pytest.skip("the documentation is not beside the tests")
    assert doctest.testfile(str(guide), module_relative=False).failed == 0
