"""A played exercise with almost every kind of act, written when they were new, is read as it was written."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path

import pytest

from goodoffices.reports.receipts import slice_lines
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.enums import Kind

KEPT = Path(__file__).parents[2] / "fixtures" / "played"
EXPECTED = json.loads((KEPT / "heads.json").read_text(encoding="utf-8"))


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """The record, with its key file beside it."""
    for name, content in (
        ("kinds.record", gzip.decompress((KEPT / "kinds.record.gz").read_bytes())),
        ("kinds.record.key", (KEPT / "kinds.record.key").read_bytes()),
    ):
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_bytes(content)
    return tmp_path / "kinds.record"


def test_it_gives_every_viewer_the_bytes_that_it_gave_then(played: Path) -> None:
    with closing(open_record(played, kind=Kind.EXERCISE)) as room:
        assert room.verify_deep().is_sound
        assert (len(room.acts()), len(_kinds(room))) == (EXPECTED["acts"], EXPECTED["kinds"])
        for seat, head in EXPECTED["slices"].items():
            view = room.view(seat)
            assert list(slice_lines(view)) == gzip.decompress((KEPT / f"{seat}.jsonl.gz").read_bytes()).splitlines()
            assert view.head == head


def test_it_has_an_act_of_almost_every_kind(played: Path) -> None:
    with closing(open_record(played, kind=Kind.EXERCISE)) as room:
        found = _kinds(room)
    assert {"BulletinPrepared", "MinutesApproved", "InjectGiven", "ClockJumped", "ExerciseRevealed"} <= found
    assert len(found) == EXPECTED["kinds"] >= 160


def _kinds(room: OpenRecord) -> set[str]:
    return {act.kind for act in room.acts()}
