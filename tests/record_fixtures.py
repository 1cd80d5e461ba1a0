"""Fixtures of the record's tests. A test module says ``pytest_plugins = ("record_fixtures",)`` to have them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from postgresql import cluster, programs
from record_world import Place

STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a cluster of our own; tests that need it are skipped where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: no initdb on the PATH or below /usr/lib/postgresql")
    with cluster(found) as address:
        yield address


NAMES = itertools.count(1)


@pytest.fixture(params=STORES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Give as many fresh places as a test wants, on SQLite and then again on PostgreSQL."""
    return places(request, tmp_path, request.param)


def places(request: pytest.FixtureRequest, folder: Path, store: str) -> Callable[[], Place]:
    """Give fresh places on one database."""

    def fresh() -> Place:
        number = next(NAMES)
        key_file = folder / f"record{number}.key"
        if store == "sqlite":
            return Place(folder / f"record{number}.record", key_file)
        address = request.getfixturevalue("postgresql_address")
        return Place(f"{address}#record{number}", key_file)

    return fresh


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    """One fresh place."""
    return new_place()
