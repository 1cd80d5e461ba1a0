"""The power goes at any moment, and the disk keeps what it likes of what was not synced: nothing acknowledged is lost.

And what was destroyed stays destroyed. The images that were tried so far stand in ``docs/reference/campaigns.md``.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from crash.appending import group
from crash.power_cuts import MODES, Event, Files, acknowledged, can_trace, image, put, trace
from goodoffices.canonical_json import parse_canonical
from record_world import Place

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_trace(), reason="strace is not installed, or no process may be traced here"),
]
IMAGES, NIGHTLY_IMAGES = 80, int(os.environ.get("GOODOFFICES_IMAGES", "2000"))
OF_ONE_RUN = 80
"""Images that are made of one run of the child."""


class Run:
    """One run of the child: the files before it, and all that it did to them."""

    def __init__(self, folder: Path, seed: str, weaker: str = "") -> None:
        folder.mkdir()
        self.key = folder / "cut.key"
        where = folder / "cut.record"
        Place(where, self.key).create().close()
        self.before: Files = {path.name: path.read_bytes() for path in folder.glob("cut.record*")}
        self.events: list[Event] = trace(where, "crash.forgetting", str(self.key), seed, *([weaker] if weaker else []))

    def cut(self, draw: random.Random, mode: str) -> tuple[Files, list[str]]:
        """Return an image of a cut at a random moment, and what was acknowledged before it."""
        events = self.events[: draw.randrange(len(self.events) + 1)]
        return image(self.before, events, mode, draw), acknowledged(events)


def faults(files: Files, key: Path, said: Sequence[str], folder: Path) -> list[str]:
    """Open an image and return what is wrong with it."""
    folder.mkdir()
    put(files, folder)
    gone = {
        int(seq): bytes.fromhex(wrapped) for _, seq, wrapped in (line.split()[1:] for line in said if "gone" in line)
    }
    wrong = _traces(folder, gone, "before it was opened")
    with Place(folder / "cut.record", key).open() as store:
        if not store.verify().is_sound:
            wrong.append("the record is not sound")
        kept: dict[int, int] = {}
        for act in store.read():
            head = parse_canonical(act.head)
            if "group" not in head:
                continue
            number = head["group"]
            kept[number] = kept.get(number, 0) + 1
            if act.bodies[0] is None:
                continue
            if act.seq in gone:
                wrong.append(f"the text of act {act.seq} is back")
            if act.bodies != group(number).entries[head["act"]].bodies:
                wrong.append(f"act {act.seq} has other words")
    wrong += [f"group {number} is not whole" for number, n in kept.items() if n != 1 + number % 3]
    wrong += [f"{line} was lost" for line in said if line.startswith("group") and int(line.split()[1]) not in kept]
    return wrong + _traces(folder, gone, "after it was opened")


def _traces(folder: Path, gone: dict[int, bytes], when: str) -> list[str]:
    files = {path.name: path.read_bytes() for path in folder.glob("cut.record*")}
    return [
        f"{when}, {name} has the key of act {seq}"
        for seq, key in gone.items()
        for name, data in files.items()
        if key in data
    ]


def tried(folder: Path, count: int, first: int, weaker: str = "") -> list[str]:
    """Make images of cuts and return what is wrong with any of them."""
    wrong: list[str] = []
    run = None
    for number in range(first, first + count):
        if run is None or number % OF_ONE_RUN == 0:
            run = Run(folder / f"run{number}", f"cut {number // OF_ONE_RUN}", weaker)
        draw = random.Random(f"image {number}")
        mode = MODES[number % len(MODES)]
        files, said = run.cut(draw, mode)
        try:
            found = faults(files, run.key, said, folder / f"image{number}")
        except (OSError, ValueError) as error:
            found = [f"it does not open: {error}"]
        wrong += [f"image {number}, {mode}: {one}" for one in found]
        shutil.rmtree(folder / f"image{number}", ignore_errors=True)
    return wrong


def test_no_power_cut_loses_what_was_acknowledged_or_brings_back_what_was_destroyed(tmp_path: Path) -> None:
    assert tried(tmp_path, IMAGES, 0) == []


@pytest.mark.parametrize(
    ("weaker", "fault"),
    [("synchronous=OFF", "was lost"), ("synchronous=NORMAL", "was lost"), ("secure_delete=OFF", "has the key of act")],
)
def test_a_weaker_setting_is_found_out(tmp_path: Path, weaker: str, fault: str) -> None:
    assert any(fault in one for one in tried(tmp_path, 40, 0, weaker))


@pytest.mark.nightly
def test_no_power_cut_of_a_long_night_does_either(tmp_path: Path) -> None:
    assert tried(tmp_path, NIGHTLY_IMAGES, OF_ONE_RUN * 100) == []
