"""Long records: opening them to a seat's view, with memory; one more act beside many; and coming back after a crash.

A record's acts are the opening of the talks and then papers that go their way: filed, handed, cleared, told. They are
written in the form in which deciding writes them, without deciding each. Each record is opened in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from benchmarks.talks_core import deeds
from benchmarks.web import desk, processor_seconds, talks_of
from goodoffices.record import Group, RecordEntry, open_
from goodoffices.service.open_record import create_record, open_record
from goodoffices.talks.base.acts import Act, encode_act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import SEATS, START, the_talks

BULK = 500
T = TypeVar("T")
TEXT = "A paragraph of about six hundred signs. " * 15


def run(*, full: bool = False) -> None:
    """Print a line for each length; ``full`` for a million acts, which takes minutes."""
    for n in (10_000, 100_000, 200_000, 1_000_000) if full else (10_000, 50_000):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "long.record"
            fill(path, n)
            for seat, share in (("gov", "a quarter"), ("opp", "all")):
                acts, busy, taken, memory = apart(opened, path, seat)
                print(
                    f"open {acts:9,} acts, a seat told of {share:<10}: {busy:7.2f} s of the processor,"
                    f" {taken:7.2f} s by the clock, {busy / acts * 1e6:5.1f} us an act, {memory:6,.0f} MB"
                )
    for n in (1_000, 10_000, 100_000) if full else (1_000, 10_000):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "long.record"
            fill(path, n)
            first, median, tick = apart(one_more, path)
            print(
                f"one more act beside {n:7,}: the first {first * 1e3:6.2f} ms of the processor,"
                f" then {median * 1e3:5.2f} ms; a tick {tick * 1e3:5.2f} ms"
            )
    with tempfile.TemporaryDirectory() as name:
        crashed(Path(name), 10_000)


def apart(work: Callable[..., T], *given: Any) -> T:
    """Return what ``work`` returns in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as one:
        return one.apply(work, given)


def opened(path: Path, seat: str) -> tuple[int, float, float, float]:
    """Open a record and look at a seat; return the number of acts, seconds of processor and clock, and the most MB."""
    busy, begun = time.process_time(), time.perf_counter()
    room = open_record(path, kind=Kind.EXERCISE)
    room.view(seat)
    room.tick(START + timedelta(days=30))
    busy, taken = time.process_time() - busy, time.perf_counter() - begun
    acts = room.n_acts
    room.close()
    return acts, busy, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_more(path: Path) -> tuple[float, float, float]:
    """Ask for papers in an opened record; return processor seconds of the first act, of the median, and of a tick."""
    room = open_record(path, kind=Kind.EXERCISE)
    number = len(room.view("opp").known.items)
    for viewer in SEATS:
        room.view(viewer)
    taken = []
    for turn in range(80):
        number += turn % 4 == 0
        seat, command = deeds(number)[turn % 4]
        begun = time.process_time()
        room.submit(CommandRequest(seat=seat, command=command), at=START + timedelta(days=30, seconds=turn))
        for viewer in SEATS:
            room.view(viewer)
        taken.append(time.process_time() - begun)
    begun = time.process_time()
    for turn in range(20):
        room.tick(START + timedelta(days=31, seconds=turn))
    tick = (time.process_time() - begun) / 20
    room.close()
    return taken[0], statistics.median(taken[1:]), tick


def crashed(folder: Path, n: int) -> None:
    """Kill a desk that holds a record of ``n`` acts, start it again, and print how long a seat waits for its page."""
    talks, (envoy, giver, taker) = talks_of(folder), ("envoy", "party-1", "party-2")
    with desk(folder, talks):
        pass
    [path] = folder.rglob("record.db")
    with open_(path, kind=Kind.EXERCISE) as store:
        store.append_many(list(papers(store.length + 1, n, giver, taker, envoy)), after=store.length)
    with desk(folder, talks) as (address, process):
        origin, _, sign = address.partition("/start#")
        with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=60) as client:
            client.post("/start", data={"token": sign})
            csrf = re.findall(r'name="_csrf" value="(\w+)"', client.get("/start").text)[0]
            page = client.post("/start/open", data={"_csrf": csrf, "seat": taker}).headers["location"]
            cookies = dict(client.cookies)
        os.kill(process, signal.SIGKILL)
    begun = time.perf_counter()
    with desk(folder, talks) as (address, process):
        found = httpx.get(address.partition("/start#")[0] + page, cookies=cookies, timeout=60)
        taken = time.perf_counter() - begun
        print(
            f"killed with {n:,} acts: the first page (status {found.status_code}) {taken:.2f} s after the start by the"
            f" clock, {processor_seconds(process):.2f} s of the processor (target 2 s)"
        )


def fill(path: Path, n: int) -> None:
    """Write a record of at least ``n`` acts."""
    create_record(path, the_talks(), kind=Kind.EXERCISE, at=START).close()
    with open_(path, kind=Kind.EXERCISE) as store:
        done = store.length
        groups = papers(done + 1, n)
        while batch := list(islice(groups, BULK)):
            done = store.append_many(batch, after=done)[-1].last


def papers(first: int, last: int, giver: str = "opp", taker: str = "gov", envoy: str = "un") -> Iterator[Group]:
    """Yield the acts of papers from number ``first`` on, one act a group, until ``last`` is reached."""
    for seq in range(first, last + 1, 4):
        text = f"{seq} {TEXT}"
        at = START + timedelta(seconds=seq)
        digest = sha256(text.encode()).hexdigest()
        words, told = ([{"digest": digest, "id": f"{n}.0", "lang": "en", "size": len(text)}] for n in (seq, seq + 3))
        paper: dict[str, Any] = {"item": f"{seq}", "kind": "message", "words": words}
        clearance: dict[str, Any] = {"approve": False, "clearance": f"{seq + 2}", "form": "paraphrase", "to": [taker]}
        telling = {"told": f"{seq + 3}", "to": taker, "form": "paraphrase", "ask_read_back": False}
        shown = {"shown_form": "paraphrase", "shown_origin": giver, "words": told}
        opp: dict[str, Any] = {"at": at, "seat": giver, "role": "party"}
        both = ((giver, "self"), (envoy, "holder"))
        three = tuple(sorted(((taker, "told"), (giver, "report"), (envoy, "self"))))
        mode = {"mode": "on-record"}
        for act in (
            Act(seq=seq, kind="ItemFiled", audience=both[:1], data=paper | mode, bodies=(text,), **opp),
            Act(seq=seq + 1, kind="ItemHanded", audience=both, data=paper | mode | {"to": envoy}, **opp),
            Act(seq=seq + 2, kind="ItemCleared", audience=both, data={"item": f"{seq}"} | clearance, **opp),
            Act(
                seq=seq + 3,
                kind="ItemRelayed",
                at=at,
                seat=envoy,
                role="mediator",
                audience=three,
                data=paper | telling | shown,
                bodies=(text,),
            ),
        ):
            head, bodies = encode_act(act)
            yield Group(entries=(RecordEntry(head=head, bodies=bodies),))
