"""Records, backups, exports and sealed files of every format are read as they were written."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from goodoffices.record.backups import restore
from goodoffices.record.keys import Passphrase, Unlock
from goodoffices.record.open_store import verify
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.acts import CLOCK, PUBLIC
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.state.view import View
from terminal import bad, good

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[2] / "fixtures"
FORMAT_1 = FIXTURES / "format-1"
FORMATS = (FORMAT_1, FIXTURES / "format-2")
WORDS = "fixture passphrase, not secret"
PASSPHRASE = Passphrase(words=WORDS)
KINDS = 117
"""How many kinds of act there were; the live record has them all."""


@pytest.fixture(params=FORMATS, ids=lambda of: str(of.name))
def kept(request: pytest.FixtureRequest) -> Path:
    """The kept files of each format."""
    of: Path = request.param
    return of


def laid(of: Path, name: str, folder: Path) -> Path:
    """Lay a kept file into ``folder``, unpacked and with the mode that records have; return where it is."""
    packed = of / f"{name}.gz"
    content = gzip.decompress(packed.read_bytes()) if packed.exists() else (of / name).read_bytes()
    place = folder / name
    place.touch(mode=0o600)
    place.write_bytes(content)
    return place


@pytest.fixture
def live(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The live record, whose passphrase the command line is given too."""
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", WORDS)
    return laid(kept, "live.record", tmp_path)


@pytest.fixture
def exercise(kept: Path, tmp_path: Path) -> Path:
    """The exercise, with its key file beside it."""
    laid(kept, "exercise.record.key", tmp_path)
    return laid(kept, "exercise.record", tmp_path)


def heads(kept: Path, of: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((kept / "expected" / of / "heads.json").read_text(encoding="utf-8"))
    return found


def lines(kept: Path, of: str, seat: str) -> list[bytes]:
    """The notices of a seat as they were when they were kept."""
    return gzip.decompress((kept / "expected" / of / f"{seat}.jsonl.gz").read_bytes()).splitlines()


@contextmanager
def opened(where: Path, kind: Kind, key: Unlock | None = None) -> Iterator[OpenRecord]:
    with closing(open_record(where, kind=kind, key=key)) as room:
        yield room


def check(room: OpenRecord, kept: Path, of: str) -> None:
    """Check the whole record, and compare the slice of every viewer with what was kept."""
    expected = heads(kept, of)
    found = room.verify_deep()
    assert found.is_sound, found
    assert (found.length, found.head.hex()) == (expected["acts"], expected["record"])
    assert room.public_key.hex() == expected["public_key"]
    assert set(expected["slices"]) == {*room.roles(), PUBLIC, CLOCK}
    for seat, head in expected["slices"].items():
        view = room.view(seat)
        assert [notice.bytes() for notice in view.notices] == lines(kept, of, seat), seat
        assert view.head == head, seat


def words_of(view: View) -> Iterator[tuple[str, str | None]]:
    """Yield the digest of every body that a seat's items name, and what can be read of it."""
    for item in view.known.items.values():
        for body in item.words:
            yield body.digest, view.text(body)


def test_a_live_record_opens_and_tells_every_seat_the_same(kept: Path, live: Path) -> None:
    with opened(live, Kind.LIVE, PASSPHRASE) as room:
        check(room, kept, "live")
        assert len({act.kind for act in room.acts()}) == KINDS
        read = [pair for seat in room.roles() for pair in words_of(room.view(seat))]
    if kept == FORMAT_1:
        assert all(text is None or sha256(text.encode()).hexdigest() == digest for digest, text in read)
    assert {text is None for _, text in read} == {True, False}


def test_an_exercise_opens_with_its_key_file(kept: Path, exercise: Path) -> None:
    with opened(exercise, Kind.EXERCISE) as room:
        check(room, kept, "exercise")
        assert [text for _, text in words_of(room.view("chair"))] == ["A market day for all.", "يوم سوق للجميع"]


def test_a_backup_is_restored_and_is_the_record(kept: Path, tmp_path: Path) -> None:
    backup, keys = laid(kept, "live.backup", tmp_path), laid(kept, "live.keys", tmp_path)
    head = bytes.fromhex(heads(kept, "live")["record"])
    made = restore(backup, tmp_path / "restored.record", keys=keys, head=head)
    assert (made.refused_keys, made.missing_keys) == (0, 0)
    assert verify(tmp_path / "restored.record", heads=[head]).is_sound
    with opened(tmp_path / "restored.record", Kind.LIVE, PASSPHRASE) as room:
        check(room, kept, "live")


def test_a_record_goes_on(kept: Path, live: Path) -> None:
    good("act", live, "--seat", "north", "FileItem", "words=Another year")
    assert "as written" in good("record", "verify", live, "--deep", "--head", heads(kept, "live")["record"])
    shown = good("view", "show", live, "--seat", "north", "--json").encode().splitlines()
    assert shown[: len(lines(kept, "live", "north"))] == lines(kept, "live", "north")
    assert len(shown) == len(lines(kept, "live", "north")) + 1


def test_an_export_is_checked_with_its_receipt(kept: Path, tmp_path: Path) -> None:
    [slice_file], [receipt] = ((kept / "export").glob(name) for name in ("slice-*.jsonl", "receipt-*.json"))
    key = heads(kept, "live")["public_key"]
    assert f"covers these {slice_file.stem.partition('-n')[2]} notices of west" in good(
        "view", "check", slice_file, receipt, "--key", key
    )
    exported = slice_file.read_bytes().splitlines()
    assert exported == lines(kept, "live", "west")[: len(exported)]
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(slice_file.read_bytes().replace(b"west", b"vest", 1))
    assert "does not cover" in bad("view", "check", changed, receipt, "--key", key, code=1)


def test_sealed_files_of_format_1_open_on_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", WORDS)
    live = laid(FORMAT_1, "live.record", tmp_path)
    keys, public = FORMAT_1 / "north.private.json", FORMAT_1 / "north.public.json"
    printed = (FORMAT_1 / "sealed-out.txt").read_text(encoding="utf-8").split()
    told = json.loads(good("sealed", "open", FORMAT_1 / "out.sealed", "--keys", keys, "--record", *printed[1:]))
    notices = [line.encode() for line in told["notices"]]
    assert len(notices) > 1
    assert notices == lines(FORMAT_1, "live", "north")[told["after"] :][: len(notices)]
    # The record has taken this file in already, and knows it again.
    taken = good("sealed", "in", live, FORMAT_1 / "back.sealed", "--seat", "north", "--by", public)
    assert taken.startswith("FileItem: notice ")
    assert good("record", "head", live).split()[1] == heads(FORMAT_1, "live")["record"]


def test_a_record_of_format_1_is_upgraded_and_tells_every_seat_the_same(tmp_path: Path) -> None:
    where = laid(FORMAT_1, "live.record", tmp_path)
    with opened(where, Kind.LIVE, PASSPHRASE) as room:
        assert room.upgrade()
        check(room, FORMAT_1, "live")
    with opened(where, Kind.LIVE, PASSPHRASE) as room:
        check(room, FORMAT_1, "live")
        assert not room.upgrade()
