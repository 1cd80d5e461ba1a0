"""kill -9 at any moment loses no acknowledged group and leaves no partial group; two writers never share a position."""

from __future__ import annotations

import os
import random
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from crash import appending
from goodoffices.canonical_json import parse_canonical
from goodoffices.record import Store
from process_copies import COPIES
from record_world import Place

pytest_plugins = ("record_fixtures",)

KILLS, SHARE = 50, 20
"""How often one record is killed: at night, and each time."""
# 2 000 in the nightly run, on each database; the variable is for trying the harness itself.
NIGHTLY_KILLS = int(os.environ.get("GOODOFFICES_KILLS", "2000"))
MOST_ACKNOWLEDGED = 30
LONGEST_DELAY_S = 0.004  # a commit takes about a millisecond: the signal falls anywhere in it


@contextmanager
def child(place: Place, task: Callable[..., None], *more: object) -> Iterator[tuple[BaseProcess, int]]:
    """Start a child on a task; yield it and the end of the pipe that it writes to, and wait for it at the end."""
    out, into = COPIES.Pipe(duplex=False)
    process = COPIES.Process(target=task, args=(into, str(place.where), place.key.path, *more))
    process.start()
    into.close()
    with out:
        yield process, out.fileno()
    process.join()


def read_to_the_end(out: int) -> bytes:
    """Return all that a child still writes."""
    said = b""
    while more := os.read(out, 65536):
        said += more
    return said


def kill_at_random(place: Place, first: int, rng: random.Random) -> set[int]:
    """Let a child append from group ``first`` on, kill it, and return the groups it had acknowledged."""
    with child(place, appending.until_killed, first) as (process, out):
        said = b""
        wanted = rng.randrange(MOST_ACKNOWLEDGED)
        while said.count(b"\n") <= wanted:
            more = os.read(out, 65536)
            assert more, "the child ended by itself"
            said += more
        # Not a wait for something: the random moment at which the power goes.
        select.select([], [], [], rng.uniform(0, LONGEST_DELAY_S))
        process.kill()
        said += read_to_the_end(out)
    return {int(line) for line in said.split(b"\n")[1:-1]}


def groups_kept(store: Store) -> set[int]:
    """The groups in the record, after checking that each is there once and whole."""
    kept: dict[int, int] = {}
    acts = list(store.read())
    for act in acts:
        head = parse_canonical(act.head)
        number, place_in_group = head["group"], head["act"]
        assert kept.setdefault(number, act.first) == act.first, f"group {number} is there twice"
        assert (act.n, act.seq - act.first) == (1 + number % 3, place_in_group)
        assert act.bodies == appending.group(number).entries[place_in_group].bodies
    assert len(acts) == sum(1 + number % 3 for number in kept), "a group is not whole"
    return set(kept)


def survive(place: Place, kills: int, rng: random.Random) -> None:
    place.create().close()
    acknowledged: set[int] = set()
    first = 0
    for _ in range(kills):
        acknowledged |= kill_at_random(place, first, rng)
        with place.open() as store:
            assert store.verify().is_sound
            kept = groups_kept(store)
            assert acknowledged <= kept
            for number in acknowledged:
                request = appending.group(number).request
                assert request is not None
                assert store.find_request(request) is not None
        # Ask some again: what was kept without being acknowledged must not be kept twice.
        first = max(0, max(kept) + 1 - rng.randrange(4))


@pytest.mark.slow
def test_r40_no_kill_loses_an_acknowledged_group_or_leaves_a_partial_one(new_place: Callable[[], Place]) -> None:
    survive(new_place(), SHARE, random.Random(40))


@pytest.mark.nightly
def test_r40_no_kill_of_a_long_night_does_either(new_place: Callable[[], Place]) -> None:
    for night in range(NIGHTLY_KILLS // KILLS):
        survive(new_place(), KILLS, random.Random(f"night {night}"))


@pytest.mark.slow
def test_r46_of_two_writers_exactly_one_wins_each_position(new_place: Callable[[], Place]) -> None:
    wins = 60
    place = new_place()
    place.create().close()
    with (
        child(place, appending.racing, "a", wins) as (one, of_one),
        child(place, appending.racing, "b", wins) as (
            other,
            of_other,
        ),
    ):
        for writer, out in ((one, of_one), (other, of_other)):
            assert int(read_to_the_end(out)) >= 0
            writer.join()
            assert writer.exitcode == 0
    with place.open() as store:
        won = [(head["writer"], head["win"]) for head in (parse_canonical(act.head) for act in store.heads())]
        assert store.length == 2 * wins
        assert store.verify().is_sound
    for name in ("a", "b"):
        assert [win for writer, win in won if writer == name] == list(range(wins))


def test_r46_the_loser_is_told_and_can_decide_again(place: Place) -> None:
    place.create().close()
    with place.open(alone=False) as one, place.open(alone=False, seed=2) as other:
        one.append(appending.group(3).entries, after=0)
        with pytest.raises(OSError, match="read on and decide again"):
            other.append(appending.group(6).entries, after=0)
        assert other.append(appending.group(6).entries, after=other.length).first == 2
        assert [act.seq for act in one.heads()] == [1, 2]


def test_a_record_left_by_a_killed_process_is_not_locked(tmp_path: Path) -> None:
    place = Place(tmp_path / "a.record", tmp_path / "a.key")
    place.create().close()
    kill_at_random(place, 0, random.Random(1))
    place.open(alone=True).close()
