"""Opening long records: every row verified, every act unsealed, decoded and folded into all slices; with memory.

A record's acts are the opening of the talks and then papers that go their way: filed, handed, cleared, told. They are
written in the form in which deciding writes them, without deciding each. Each record is opened in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from goodoffices.record import Group, RecordEntry, open_
from goodoffices.service.open_record import create_record, open_record
from goodoffices.talks.base.acts import Act, encode_act
from goodoffices.talks.base.enums import Kind
from properties.worlds.cast import START, the_talks

BULK = 500
TEXT = "A paragraph of about six hundred signs. " * 15


def run(*, full: bool = False) -> None:
    """Print a line for each length; ``full`` for a million acts, which takes minutes."""
    for n in (10_000, 100_000, 200_000, 1_000_000) if full else (10_000, 50_000):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "long.record"
            fill(path, n)
            with multiprocessing.get_context("spawn").Pool(1) as one:
                acts, busy, taken, memory = one.apply(opened, (path,))
        print(
            f"open {acts:9,} acts: {busy:7.2f} s of the processor, {taken:7.2f} s by the clock,"
            f" {busy / acts * 1e6:5.1f} us an act, {memory:6,.0f} MB"
        )


def opened(path: Path) -> tuple[int, float, float, float]:
    """Open a record; return how many acts it has, seconds of processor and clock, and the most memory in MB."""
    busy, begun = time.process_time(), time.perf_counter()
    room = open_record(path, kind=Kind.EXERCISE)
    busy, taken = time.process_time() - busy, time.perf_counter() - begun
    acts = len(room.acts())
    room.close()
    return acts, busy, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(path: Path, n: int) -> None:
    """Write a record of at least ``n`` acts."""
    create_record(path, the_talks(), kind=Kind.EXERCISE, at=START).close()
    with open_(path, kind=Kind.EXERCISE) as store:
        done = store.length
        groups = papers(done + 1, n)
        while batch := list(islice(groups, BULK)):
            done = store.append_many(batch, after=done)[-1].last


def papers(first: int, last: int) -> Iterator[Group]:
    """Yield the acts of papers from number ``first`` on, one act a group, until ``last`` is reached."""
    for seq in range(first, last + 1, 4):
        text = f"{seq} {TEXT}"
        at = START + timedelta(seconds=seq)
        digest = sha256(text.encode()).hexdigest()
        words, told = ([{"digest": digest, "id": f"{n}.0", "lang": "en", "size": len(text)}] for n in (seq, seq + 3))
        paper: dict[str, Any] = {"item": f"{seq}", "kind": "message", "words": words}
        clearance: dict[str, Any] = {"approve": False, "clearance": f"{seq + 2}", "form": "paraphrase", "to": ["gov"]}
        telling = {"told": f"{seq + 3}", "to": "gov", "form": "paraphrase", "ask_read_back": False}
        shown = {"shown_form": "paraphrase", "shown_origin": "opp", "words": told}
        opp: dict[str, Any] = {"at": at, "seat": "opp", "role": "party"}
        both = (("opp", "self"), ("un", "holder"))
        three = (("gov", "told"), ("opp", "report"), ("un", "self"))
        mode = {"mode": "on-record"}
        for act in (
            Act(seq=seq, kind="ItemFiled", audience=both[:1], data=paper | mode, bodies=(text,), **opp),
            Act(seq=seq + 1, kind="ItemHanded", audience=both, data=paper | mode | {"to": "un"}, **opp),
            Act(seq=seq + 2, kind="ItemCleared", audience=both, data={"item": f"{seq}"} | clearance, **opp),
            Act(
                seq=seq + 3,
                kind="ItemRelayed",
                at=at,
                seat="un",
                role="mediator",
                audience=three,
                data=paper | telling | shown,
                bodies=(text,),
            ),
        ):
            head, bodies = encode_act(act)
            yield Group(entries=(RecordEntry(head=head, bodies=bodies),))
