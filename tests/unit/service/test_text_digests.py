"""What a record says of a text besides the text: nothing of it helps to guess the words once they are destroyed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from goodoffices.record.open_store import create
from goodoffices.record.store import Store
from goodoffices.service import text_digests
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord, create_record, open_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind, Mode
from goodoffices.talks.core import Talks
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.publication import ShredBody
from goodoffices.talks.exchange.relays import ApproveWording, RelayItem, ShowWording
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import START, the_talks

AT = START + timedelta(minutes=1)
TEXT = "Yes, on one condition"
PAPER = FileItem(words=(Words(text=TEXT),))
SHRED = CommandRequest(seat="opp", command=ShredBody(item="m1", ground="asked"), person="A", second="B")


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "talks.record"


@pytest.fixture
def room(where: Path) -> Iterator[OpenRecord]:
    with closing(create_record(where, the_talks(), kind=Kind.EXERCISE, at=START)) as made:
        yield made


def do(room: OpenRecord, seat: str, command: object, minutes: int = 1) -> None:
    done = room.submit(CommandRequest(seat=seat, command=command), at=START + timedelta(minutes=minutes))  # type: ignore[arg-type]
    assert isinstance(done, Done), done


def heads_of(room: OpenRecord) -> bytes:
    """All that the record keeps of acts besides texts, as who holds the record key reads it."""
    store: Store = room._store
    return b"\n".join(head.head for head in store.heads())


def tries(text: str) -> list[bytes]:
    """What somebody would look for who guesses a text."""
    return [sha256(text.encode()).hexdigest().encode(), b'"size":%d' % len(text)]


def told_of(room: OpenRecord) -> bytes:
    return b"\n".join(n.bytes() for seat in room.seats() for n in room.view(seat).notices)


def test_a_destroyed_text_cannot_be_guessed_from_what_stays(room: OpenRecord, where: Path) -> None:
    do(room, "opp", PAPER)
    do(room, "opp", HandItem(item="m1", to="un"))
    assert isinstance(room.submit(SHRED, at=AT), Done)
    assert not [guess for guess in tries(TEXT) if guess in heads_of(room) + told_of(room)]
    digest = room.digest()
    room.close()
    with closing(open_record(where, kind=Kind.EXERCISE)) as again:
        assert again.digest() == digest
        assert again.verify_deep().is_sound


def test_a_planted_plain_digest_is_found(room: OpenRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_digests, "with_keyed_digests", lambda acts, new_key: (acts, [()] * len(acts)))
    do(room, "opp", PAPER)
    assert isinstance(room.submit(SHRED, at=AT), Done)
    assert [guess for guess in tries(TEXT) if guess in heads_of(room)] == tries(TEXT)


def test_equal_texts_have_digests_that_nobody_can_match(room: OpenRecord) -> None:
    do(room, "opp", PAPER)
    do(room, "opp", PAPER)
    items = room.view("opp").known.items
    assert items["m1"].words[0].digest != items["m2"].words[0].digest
    assert {body.size for item in items.values() for body in item.words} == {256}


def test_an_approved_wording_is_known_again_by_its_text(room: OpenRecord) -> None:
    shown, other = Words(text="They would consider it"), Words(text="They would not consider it")
    do(room, "opp", PAPER)
    do(room, "opp", HandItem(item="m1", to="un"))
    do(room, "opp", ClearItem(item="m1", to=("gov",), via=("un",), form=Form.PARAPHRASE, approve=True))
    do(room, "un", ShowWording(item="m1", to="gov", form=Form.PARAPHRASE, words=shown))
    [wording] = room.view("opp").known.wordings
    do(room, "opp", ApproveWording(wording=wording))
    refused = room.submit(
        CommandRequest(seat="un", command=RelayItem(item="m1", to="gov", form=Form.PARAPHRASE, words=other)), at=AT
    )
    assert not isinstance(refused, Done)
    do(room, "un", RelayItem(item="m1", to="gov", form=Form.PARAPHRASE, words=shown))


def test_an_exercise_keeps_the_real_time_of_its_acts_and_shows_it_to_nobody(room: OpenRecord, where: Path) -> None:
    do(room, "opp", PAPER, minutes=90)
    do(room, "opp", PAPER, minutes=30)
    real = [act.real_at for act in room.acts()]
    assert real[-2:] == [START + timedelta(minutes=90), START + timedelta(minutes=30)]
    assert set(real[:-2]) == {START}
    assert b"real_at" not in told_of(room)
    room.close()
    with closing(open_record(where, kind=Kind.EXERCISE)) as again:
        assert [act.real_at for act in again.acts()] == real


def test_a_record_of_format_1_is_written_as_before_until_it_is_upgraded(where: Path) -> None:
    with closing(OpenRecord(create(where, kind=Kind.EXERCISE, version=1), Talks())) as room:
        room._keep(opening(the_talks(), kind=Kind.EXERCISE, at=START), None, real_at=START)
        do(room, "opp", PAPER)
        assert tries(TEXT)[0] in heads_of(room)
        before = heads_of(room)
        assert room.upgrade()
        assert not room.upgrade()
        do(room, "opp", FileItem(words=(Words(text="Another"),)))
        assert heads_of(room).startswith(before)
        assert tries("Another")[0] not in heads_of(room)
        digest = room.digest()
    with closing(open_record(where, kind=Kind.EXERCISE)) as again:
        assert again.digest() == digest
        assert again.verify_deep().is_sound


def test_what_lapses_beside_a_reader_goes_as_soon_as_the_reader_has_gone(room: OpenRecord, where: Path) -> None:
    lapses = START + timedelta(hours=1)
    do(room, "opp", FileItem(words=(Words(text=TEXT),), mode=Mode.NON_PAPER, lapses_at=lapses))
    newest = "SELECT wrapped FROM key JOIN body USING (key_id) ORDER BY body.rowid DESC LIMIT 1"
    [(wrapped,)] = room._store._database.rows(newest)
    with closing(sqlite3.connect(where, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM act").fetchall()
        room.tick(lapses)
        [body] = room.view("opp").known.items["m1"].words
        assert room.view("opp").text(body) is None
        do(room, "opp", PAPER, minutes=70)
    room.tick(lapses + timedelta(minutes=11))
    assert not [path for path in where.parent.iterdir() if wrapped in path.read_bytes()]
