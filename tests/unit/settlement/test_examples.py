"""The examples of the how-to page on settlements run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def test_the_guide_runs() -> None:
    guide = ROOT / "docs" / "how-to" / "settle.md"
    if not guide.is_file():
        pytest.skip("the documentation is not beside the tests")
    assert doctest.testfile(str(guide), module_relative=False).failed == 0
