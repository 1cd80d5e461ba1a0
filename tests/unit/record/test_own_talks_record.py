"""A record of own talks, written when its kinds of acts were new, is read as it was written."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path

from goodoffices.reports.receipts import slice_lines
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind

KEPT = Path(__file__).parents[2] / "fixtures" / "own-talks"


def test_the_record_gives_every_seat_the_bytes_that_it_gave_then(tmp_path: Path) -> None:
    for name, content in (
        ("own.record", gzip.decompress((KEPT / "own.record.gz").read_bytes())),
        ("own.record.key", (KEPT / "own.record.key").read_bytes()),
    ):
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_bytes(content)
    expected = json.loads((KEPT / "heads.json").read_text(encoding="utf-8"))
    with closing(open_record(tmp_path / "own.record", kind=Kind.EXERCISE)) as room:
        assert room.verify_deep().is_sound
        assert len(room.acts()) == expected["acts"]
        for seat, head in expected["slices"].items():
            view = room.view(seat)
            lines = gzip.decompress((KEPT / f"{seat}.jsonl.gz").read_bytes()).splitlines()
            assert list(slice_lines(view)) == lines
            assert view.head == head
        known = room.view("northland").known
    assert [issue.slug for basket in known.agenda for issue in basket.issues] == ["water", "bridge", "crossing"]
    assert [rule.title for rule in known.header.rules] == ["All agree"]
    assert [slug for slug, _, _ in known.header.questions] == ["C1"]
    assert "un-hosts" in {role.claim for role in known.roles}
