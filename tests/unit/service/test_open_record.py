"""A room over a real record: acknowledged acts, repeats, two writers, damage, and the same fold on every store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from goodoffices.errors import (
    DamagedRecordError,
    GoodOfficesError,
    ScenarioError,
    StorageError,
    WrongKeyError,
    WrongKindError,
)
from goodoffices.record.backups import migrate
from goodoffices.record.keys import KeyFile, Passphrase
from goodoffices.record.values import AppendedActs
from goodoffices.reports.receipts import receipt_of, slice_lines, verify_receipt
from goodoffices.service import open_record as service
from goodoffices.service.command_batches import Done, Submission
from goodoffices.service.open_record import OpenRecord, create_record, open_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.publication import ShredBody
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import START, the_talks

pytestmark = pytest.mark.slow

pytest_plugins = ("record_fixtures",)

AT = START + timedelta(minutes=1)
PAPER = FileItem(words=(Words(text="A canary in the corridor"),))


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "talks.record"


@pytest.fixture
def room(where: Path) -> Iterator[OpenRecord]:
    made = create_record(where, the_talks(), kind=Kind.EXERCISE, at=START)
    yield made
    made.close()


def reopened(where: Path) -> OpenRecord:
    return open_record(where, kind=Kind.EXERCISE)


def test_what_was_acknowledged_is_there_after_opening_again(room: OpenRecord, where: Path) -> None:
    done = room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    assert isinstance(done, Done)
    digest, head = room.digest(), room.view("opp").head
    room.close()
    again = reopened(where)
    assert (again.digest(), again.view("opp").head, len(again.view("opp").notices)) == (digest, head, done.n)
    again.close()


def test_r45_a_repeated_request_changes_nothing_and_answers_the_same(room: OpenRecord, where: Path) -> None:
    first = room.submit(CommandRequest(seat="opp", command=PAPER), at=AT, key="k1")
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT, key="k2")
    again = room.submit(CommandRequest(seat="opp", command=PAPER), at=AT + timedelta(hours=1), key="k1")
    assert first == again
    assert len(room.view("opp").known.items) == 2
    other = room.submit(CommandRequest(seat="gov", command=PAPER), at=AT, key="k1")
    assert isinstance(other, Done)
    changed = room.submit(CommandRequest(seat="opp", command=FileItem(words=(Words(text="other"),))), at=AT, key="k1")
    assert isinstance(changed, Refusal)
    assert changed.code == "key_reused"
    room.close()
    later = reopened(where)
    assert later.submit(CommandRequest(seat="opp", command=PAPER), at=AT, key="k1") == first
    later.close()


def test_the_record_never_goes_back_in_time(room: OpenRecord) -> None:
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT + timedelta(hours=1))
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    times = [notice.at for notice in room.view("opp").notices]
    assert times == sorted(times)


def test_r46_two_rooms_on_one_record_of_postgresql_never_show_a_conflict(postgresql_address: str) -> None:
    url = f"{postgresql_address}#two_rooms"
    one = create_record(
        url, the_talks(), kind=Kind.EXERCISE, at=START, key=Passphrase(words="a long enough passphrase")
    )
    two = open_record(url, kind=Kind.EXERCISE, key=Passphrase(words="a long enough passphrase"))
    for n in range(5):
        for room, seat in ((one, "opp"), (two, "gov")):
            assert isinstance(room.submit(CommandRequest(seat=seat, command=PAPER), at=AT + timedelta(minutes=n)), Done)
    one.tick(AT + timedelta(hours=1))
    assert one.digest() == two.digest() or len(one.acts()) >= len(two.acts())
    two.tick(AT + timedelta(hours=1))
    assert one.digest() == two.digest()
    one.close()
    two.close()


def test_r38_the_fold_is_the_same_on_sqlite_and_postgresql(
    room: OpenRecord, where: Path, postgresql_address: str
) -> None:
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    room.submit(CommandRequest(seat="opp", command=HandItem(item="m1", to="un")), at=AT)
    digest = room.digest()
    assert room.verify_deep().is_sound
    room.close()
    url = f"{postgresql_address}#same_fold"
    migrate(where, url)
    there = open_record(url, kind=Kind.EXERCISE, key=KeyFile(path=where.with_name(where.name + ".key")))
    assert there.digest() == digest
    there.close()


def test_destroyed_words_stay_destroyed_after_opening_again(room: OpenRecord, where: Path) -> None:
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    room.submit(CommandRequest(seat="opp", command=HandItem(item="m1", to="un")), at=AT)
    done = room.submit(
        CommandRequest(seat="opp", command=ShredBody(item="m1", ground="asked"), person="A", second="B"), at=AT
    )
    assert isinstance(done, Done)
    digest = room.digest()
    room.close()
    again = reopened(where)
    assert again.digest() == digest
    [body] = again.view("un").known.items["m1"].words
    assert again.view("un").text(body) is None
    again.close()


def test_a_damaged_record_names_the_act_and_opens_nothing(room: OpenRecord, where: Path) -> None:
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    room.close()
    connection = sqlite3.connect(where)
    triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for trigger in triggers:
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE act SET head = zeroblob(length(head)) WHERE seq = 3")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedRecordError, match="act 3"):
        reopened(where)


def test_r47_neither_kind_opens_as_the_other(room: OpenRecord, where: Path, tmp_path: Path) -> None:
    room.close()
    with pytest.raises(WrongKindError):
        open_record(where, kind=Kind.LIVE, key=Passphrase(words="a long enough passphrase"))
    with pytest.raises(WrongKindError):
        create_record(tmp_path / "live", the_talks(), kind=Kind.LIVE, at=START)


@pytest.mark.slow
def test_a_live_record_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    words = Passphrase(words="correct horse battery staple")
    create_record(tmp_path / "live", the_talks(), kind=Kind.LIVE, at=START, key=words).close()
    open_record(tmp_path / "live", kind=Kind.LIVE, key=words).close()
    with pytest.raises(WrongKeyError):
        open_record(tmp_path / "live", kind=Kind.LIVE, key=Passphrase(words="another long passphrase"))


def test_a_record_is_not_made_over_another_nor_from_talks_without_seats(
    room: OpenRecord, where: Path, tmp_path: Path
) -> None:
    before = where.read_bytes()
    with pytest.raises(StorageError):
        create_record(where, the_talks(), kind=Kind.EXERCISE, at=START)
    assert where.read_bytes() == before
    with pytest.raises(ScenarioError, match="no seats"):
        create_record(tmp_path / "x", replace(the_talks(), seats=(), compartments=()), kind=Kind.EXERCISE, at=START)
    assert not (tmp_path / "x").exists()


def test_r49_a_receipt_verifies_offline_and_fails_after_any_change(room: OpenRecord) -> None:
    room.submit(CommandRequest(seat="opp", command=PAPER), at=AT)
    room.submit(CommandRequest(seat="opp", command=HandItem(item="m1", to="un")), at=AT)
    room.submit(CommandRequest(seat="opp", command=ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE)), at=AT)
    view = room.view("opp")
    receipt = asdict(receipt_of(view, room.record_id, room.kind, room.public_key, room.sign))
    lines = slice_lines(view)
    assert verify_receipt(receipt, lines, room.public_key)
    assert not verify_receipt(receipt, lines[:-1], room.public_key)
    assert not verify_receipt(receipt, (*lines[:-1], lines[-1] + b" "), room.public_key)
    assert not verify_receipt({**receipt, "seat": "gov"}, lines, room.public_key)
    assert not verify_receipt({**receipt, "n": receipt["n"] - 1}, lines, room.public_key)
    assert not verify_receipt(receipt, lines, bytes(32))


def test_every_error_of_the_room_is_of_our_tree(where: Path) -> None:
    with pytest.raises(GoodOfficesError):
        open_record(where.with_name("nothing"), kind=Kind.EXERCISE)


@pytest.fixture
def equal_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give equal texts equal keys, so that two records can be compared."""
    monkeypatch.setattr(service, "random_key", lambda text: sha256(text.encode()).digest())


@pytest.mark.usefixtures("equal_keys")
def test_commands_of_one_tick_give_what_they_give_one_by_one(tmp_path: Path) -> None:
    """With one commit for all: a repeated key, a key with other words, a refusal, a handle made by the one before."""
    asked = [
        Submission(request=CommandRequest(seat=seat, command=command), at=AT + timedelta(seconds=n), key=key)
        for n, (seat, command, key) in enumerate(
            (
                ("opp", PAPER, "k1"),
                ("opp", HandItem(item="m1", to="un"), "k2"),
                ("opp", HandItem(item="m9", to="un"), "k3"),
                ("gov", PAPER, "k1"),
                ("opp", PAPER, "k1"),
                ("opp", HandItem(item="m1", to="un"), "k1"),
                ("opp", ClearItem(item="m1", to=("gov",), via=("un",), form=Form.PARAPHRASE), None),
                ("un", PAPER, None),
            )
        )
    ]
    room = create_record(tmp_path / "talks.record", the_talks(), kind=Kind.EXERCISE, at=START)
    other = create_record(tmp_path / "other.record", the_talks(), kind=Kind.EXERCISE, at=START)
    one_by_one = [other.submit(one.request, at=one.at, key=one.key) for one in asked]
    commits: list[int] = []
    room.listeners.append(lambda: commits.append(1))
    together = room.submit_all(asked)
    # Texts have keys of their own in each record, and the heads follow from them.
    assert [one.n if isinstance(one, Done) else one for one in together] == [
        one.n if isinstance(one, Done) else one for one in one_by_one
    ]
    for seat in ("opp", "gov", "un"):
        told = [[(notice.kind, notice.at, notice.by) for notice in held.view(seat).notices] for held in (room, other)]
        assert told[0] == told[1]
    assert [type(answer) for answer in together].count(Refusal) == 2
    assert len(commits) == 2  # what repeats a request of the same tick waits for it
    other.close()
    room.close()


def test_to_answer_a_command_takes_as_much_after_many_acts_as_after_few(
    room: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    get = Log.__getitem__

    def counted(self: Log[object], index: int) -> object:
        looks.append(1)
        return get(self, index)

    counts = []
    for n_acts in (10, 200):
        request = CommandRequest(seat="opp", command=PAPER)
        room.submit_all([Submission(request=request, at=AT) for _ in range(n_acts)])
        last = len(room.acts())
        with monkeypatch.context() as patch:
            patch.setattr(Log, "__getitem__", counted)
            room._answer("opp", AppendedActs(first=last, last=last))
        counts.append(len(looks))
        looks.clear()
    assert counts[0] == counts[1]
