"""What worlds begin with is made once for each beginning, and made anew where a test changes the code that makes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from properties.worlds.pairs import begun
from properties.worlds.runs import run_begun


@pytest.fixture(autouse=True)
def beginnings_of_this_code(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let no beginning made by the code as it stands into a test that changes it, nor one of its own out of it."""
    made = (begun, run_begun) if "monkeypatch" in request.fixturenames else ()
    for one in made:
        one.cache_clear()
    yield
    for one in made:
        one.cache_clear()
