"""Automated runs of Astana for tests: opened once, played once for each seed."""

from __future__ import annotations

from functools import lru_cache

from goodoffices.exercises.automated_batch import orders_in
from goodoffices.exercises.automated_runs import AutomatedRun, begin
from goodoffices.exercises.seat_file import NAME, AutomatedSetting, read_setting
from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.service.talks_in_memory import TalksInMemory


@lru_cache(maxsize=1)
def astana() -> AutomatedSetting:
    folder = find_scenario("astana-2017")
    return read_setting(folder / NAME, read_talks(folder))


@lru_cache(maxsize=1)
def _opened() -> TalksInMemory:
    return begin(astana().talks, astana().briefs)


def orders_of(seed: int, difficulty: str = "as-it-was") -> dict[str, Orders]:
    return orders_in(astana(), seed, difficulty)


def begun(seed: int, difficulty: str = "as-it-was", *, player: str | None = None) -> AutomatedRun:
    orders = orders_of(seed, difficulty)
    return AutomatedRun(_opened().copy(), orders, seed, astana().timetable.starts_at, player=player)


@lru_cache(maxsize=4)
def played(seed: int) -> AutomatedRun:
    run = begun(seed)
    run.play_until(astana().timetable.ends_at)
    return run
