"""Whatever is done to a file, each reader reads it, or refuses it in words; nothing in it is lost without a note."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from properties.mutants.campaign import Campaign, Trial
from properties.mutants.readings import READERS
from properties.mutants.seeds import Seed, own_seeds, shared_seeds

pytestmark = pytest.mark.slow

SHARD = 280
NIGHTLY = int(os.environ.get("GOODOFFICES_MUTANTS", "20000"))


def tried(seeds: list[Seed], folder: Path, count: int, begin: int = 0) -> list[Trial]:
    """Try ``count`` changed files, as many of each kind."""
    campaign, rng = Campaign(seeds, folder), random.Random(begin)
    by_kind = {kind: [seed for seed in seeds if seed.kind == kind] for kind in READERS}
    kinds = list(READERS)
    return [
        campaign.trial(rng.choice(by_kind[kinds[number % len(kinds)]]), number)
        for number in range(begin, begin + count)
    ]


def faults(trials: list[Trial]) -> list[str]:
    def said(one: Trial) -> str:
        seed = one.seed
        return f"{one.outcome}: {seed.kind} {seed.folder.name}/{seed.file} #{one.number} {one.changes}: {one.detail}"

    return [said(one) for one in trials if one.is_fault]


def test_every_file_to_begin_with_is_read(tmp_path: Path) -> None:
    seeds = own_seeds(tmp_path)
    assert {seed.kind for seed in seeds} == set(READERS)
    for seed in seeds:
        READERS[seed.kind](seed.folder / seed.file)


def test_no_changed_file_breaks_a_reader_or_loses_a_row_in_silence(tmp_path: Path) -> None:
    trials = tried(own_seeds(tmp_path / "seeds"), tmp_path, SHARD)
    assert faults(trials) == []
    assert set(Counter(one.outcome for one in trials)) >= {"same", "differs", "refused", "told"}


@pytest.mark.nightly
def test_no_changed_file_of_many_breaks_a_reader_or_takes_long(tmp_path: Path) -> None:
    assert faults(tried(own_seeds(tmp_path / "seeds"), tmp_path, NIGHTLY, begin=1_000_000)) == []


@pytest.mark.nightly
def test_no_changed_shared_file_breaks_a_reader_or_takes_long(shared: Path, tmp_path: Path) -> None:
    seeds = [*own_seeds(tmp_path / "own"), *shared_seeds(shared, tmp_path / "shared")]
    assert faults(tried(seeds, tmp_path, NIGHTLY // 4, begin=2_000_000)) == []
