"""A second person at the terminal: named in the seat, with a passphrase of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from serving import VALLEY
from terminal import act, bad, good

pytestmark = pytest.mark.slow
OWN = "three green kettles"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    made = tmp_path / "valley.record"
    good("record", "new", made, "--talks", VALLEY, "--exercise")
    return made


def hand_over(record: Path) -> None:
    good(*act(record, "north", "FileItem", words="A corridor, a canary in it"))
    good(*act(record, "north", "HandItem", item="m1", to="chair"))
    good(*act(record, "north", "ClearItem", item="m1", to="south", form="paraphrase"))


def test_words_are_shredded_by_two_persons_and_verify_still_passes(record: Path) -> None:
    hand_over(record)
    words = ["record", "shred", record, "--seat", "north", "--item", "m1", "--person", "A", "--ground", "asked"]
    assert "Let a second person confirm it." in bad(*words, "--second", "A")
    assert "B is not named in the seat north" in bad(*words, "--second", "B", typed=f"{OWN}\n")
    good(*act(record, "north", "SeatPerson", person="B"))
    assert "B has no passphrase to confirm with" in bad(*words, "--second", "B", typed=f"{OWN}\n")
    own = ["record", "passphrase", record, "--seat", "north", "--person", "B"]
    assert "shorter than 12 characters" in bad(*own, typed="short\n")
    good(*own, typed=f"{OWN}\n")
    assert "not the passphrase of B" in bad(*own, typed="three red kettles\nfour blue lanterns\n")
    for wrong in ("three red kettles", ""):
        bad(*words, "--second", "B", typed=f"{wrong}\n")
    assert "destroyed" not in good("may", record, "--seat", "chair", "--item", "m1")
    relay = {"item": "m1", "to": "south", "form": "paraphrase", "words": "A way out is thought of"}
    good(*act(record, "chair", "RelayItem", **relay))
    (record.parent / "by-hand").mkdir()
    good("record", "backup", record, str(record.parent / "sticks"), "--keys")
    copy = record.parent / "by-hand" / "copy.db"
    copy.write_bytes(record.read_bytes())
    (record.parent / "notes.txt").write_text("no record")
    said = " ".join(good(*words, "--second", "B", typed=f"{OWN}\n").split())
    assert "as paraphrase stays" in said
    [keys] = (record.parent / "sticks").glob("*.keys")
    assert f"{keys} still has its key" in said
    assert f"{copy} is an earlier copy of this record" in said
    assert "that was made before and is kept elsewhere still opens it" in said
    assert said.count("destroy that file") == 2
    assert "destroyed" in good("item", "list", record, "--seat", "chair")
    assert "destroyed on" in good("may", record, "--seat", "chair", "--item", "m1")
    good("record", "verify", record, "--deep")
    assert b"canary" not in record.read_bytes()
