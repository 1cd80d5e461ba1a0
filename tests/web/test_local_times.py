"""Local times from date fields of browsers: a deadline is the moment it says in the zone of the talks, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle


@pytest.fixture
def world(tmp_path: Path) -> Iterator[HttpWorld]:
    acts = opening(replace(the_talks(), zone="Europe/Kyiv"), kind=Kind.EXERCISE, at=START)
    made = http_world(tmp_path, Clock(), acts, replay(acts))
    yield made
    made.room.close()
    made.server.access.close()


@pytest.fixture
def opp(world: HttpWorld) -> Iterator[Browser]:
    loop = SlowLoop()
    made = Browser(world, world.server.open_seat("opp", "en"), loop)
    yield made
    made.close()
    loop.run_until_complete(settle())
    loop.close()


def file(browser: Browser, lapses_at: str) -> Answer:
    fields = {"_key": f"key-{lapses_at.replace(':', '-')}", "_back": "papers", "_form": "write", "_seen": "1"}
    return browser.post(f"{browser.base}/do/FileItem", {**fields, "words": "a corridor", "lapses_at": lapses_at})


@pytest.mark.parametrize("when", ["2017-03-26T03:30", "2017-10-29T03:30"])
def test_a_deadline_in_the_hour_in_which_clocks_change_is_asked_again(opp: Browser, when: str) -> None:
    answer = file(opp, when)
    assert answer.status == 422
    assert "clocks change" in answer.text


def test_a_deadline_is_the_moment_it_says_in_the_zone_of_the_talks(opp: Browser, world: HttpWorld) -> None:
    for when in ("2017-02-10T18:00", "2017-07-10T18:00"):
        assert file(opp, when).status == 303
    lapses = [item.lapses_at for item in world.room.view("opp").known.items.values()]
    assert [f"{at:%Y-%m-%dT%H:%M}" for at in lapses if at is not None] == ["2017-02-10T16:00", "2017-07-10T15:00"]
