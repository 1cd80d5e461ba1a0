"""Whatever is done to a file, each reader reads it, or refuses it in words; nothing in it is lost without a note."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from properties.mutants.campaign import campaign
from properties.mutants.readings import READERS
from properties.mutants.seeds import Seed, own_seeds, shared_seeds

pytestmark = pytest.mark.slow

SHARD = 280
NIGHTLY = int(os.environ.get("GOODOFFICES_MUTANTS", "20000"))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> list[Seed]:
    return own_seeds(tmp_path_factory.mktemp("seeds"))


def test_every_file_to_begin_with_is_read(seeds: list[Seed]) -> None:
    assert {seed.kind for seed in seeds} == set(READERS)
    for seed in seeds:
        READERS[seed.kind](seed.folder / seed.file)


def test_no_changed_file_breaks_a_reader_or_loses_a_row_in_silence(seeds: list[Seed], tmp_path: Path) -> None:
    tried = campaign(seeds, tmp_path, SHARD, begin=0)
    assert tried.faults == []
    assert {what.split()[-1] for what in tried.counts} >= {"same", "differs", "refused", "told"}


@pytest.mark.nightly
def test_no_changed_file_of_many_breaks_a_reader_or_takes_long(seeds: list[Seed], tmp_path: Path) -> None:
    assert campaign(seeds, tmp_path, NIGHTLY, begin=1_000_000).faults == []


@pytest.mark.nightly
def test_no_changed_shared_file_breaks_a_reader_or_takes_long(seeds: list[Seed], shared: Path, tmp_path: Path) -> None:
    assert (
        campaign([*seeds, *shared_seeds(shared, tmp_path / "shared")], tmp_path, NIGHTLY // 4, begin=2_000_000).faults
        == []
    )
