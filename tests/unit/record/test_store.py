"""Keeping acts and getting them back, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import (
    BadSealError,
    ConcurrentUpdateError,
    DamagedRecordError,
    KeyReusedError,
    ScenarioError,
    StorageError,
)
from goodoffices.record import Anchor, AppendedActs, Group, RecordEntry, StoredAct, StoredHead, ThingPlace as BodyPlace
from goodoffices.talks.base.enums import Kind
from record_world import Place, ask, entry, signed_head, sql

pytestmark = pytest.mark.slow

pytest_plugins = ("record_fixtures",)

WORDS = "ما قيل في الغرفة"


def test_acts_come_back_as_they_were_also_after_reopening(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, WORDS, ""), entry(2)], after=0)
        store.append([entry(3, "x" * 70_000)], after=2)
    with place.open() as store:
        first, second, third = store.read()
    assert first == StoredAct(seq=1, first=1, n=2, head=b'{"number":1}', bodies=(WORDS.encode(), b""))
    assert second == StoredAct(seq=2, first=1, n=2, head=b'{"number":2}', bodies=())
    assert third == StoredAct(seq=3, first=3, n=1, head=b'{"number":3}', bodies=(b"x" * 70_000,))


def test_reading_can_begin_anywhere(place: Place) -> None:
    with place.create() as store:
        store.append([entry(n) for n in range(1, 6)], after=0)
        assert [act.seq for act in store.read(4)] == [4, 5]
        assert list(store.heads(5)) == [StoredHead(seq=5, first=1, n=5, head=b'{"number":5}')]
        assert list(store.heads(6)) == []


def test_bodies_of_one_act_are_opened_alone(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, "a"), entry(2, "b", "c")], after=0)
        assert store.bodies(2) == (b"b", b"c")
        with pytest.raises(ScenarioError, match="no act 3; the record has 2"):
            store.bodies(3)


def test_the_slower_of_two_writers_is_told_to_decide_again(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0)
        with pytest.raises(ConcurrentUpdateError, match="at act 1, not at 0"):
            store.append([entry(2)], after=0)
        assert store.length == 1


def test_the_head_moves_with_each_act_and_with_nothing_else(place: Place) -> None:
    with place.create() as store:
        seen = {store.head()}
        for number in range(3):
            store.append([entry(number)], after=number)
            assert store.head() not in seen
            assert store.head() == store.head()
            seen.add(store.head())


def test_r45_a_repeated_request_changes_nothing_and_answers_the_same(place: Place) -> None:
    with place.create() as store:
        first = store.append([entry(1), entry(2)], after=0, request=ask("a", "k1"))
        head = store.head()
        # The repetition comes with what the caller knew then, and after other acts.
        again = store.append([entry(1), entry(2)], after=0, request=ask("a", "k1"))
        assert (again.first, again.last, again.is_repeat) == (first.first, first.last, True)
        assert (store.length, store.head()) == (2, head)
        assert store.find_request(ask("a", "k1")) == again
        assert store.find_request(ask("a", "k2")) is None


def test_r45_equal_request_keys_of_two_seats_are_unrelated(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0, request=ask("a", "k", "yes"))
        assert store.find_request(ask("b", "k", "no")) is None
        assert store.append([entry(2)], after=1, request=ask("b", "k", "no")) == AppendedActs(first=2, last=2)


def test_r45_a_request_key_with_other_content_is_refused(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0, request=ask("a", "k", "yes"))
        with pytest.raises(KeyReusedError, match="use a new key"):
            store.append([entry(2)], after=1, request=ask("a", "k", "no"))
        with pytest.raises(KeyReusedError):
            store.find_request(ask("a", "k", "no"))
        assert store.length == 1


def test_several_groups_share_one_commit(place: Place) -> None:
    groups = [
        Group(entries=(entry(1), entry(2)), request=ask("a", "1")),
        Group(entries=(entry(3, "words"),), request=ask("b", "1")),
        Group(entries=(entry(1), entry(2)), request=ask("a", "1")),
        Group(entries=(entry(4),)),
    ]
    with place.create() as store:
        answers = store.append_many(groups, after=0)
        assert [(a.first, a.last, a.is_repeat) for a in answers] == [
            (1, 2, False),
            (3, 3, False),
            (1, 2, True),
            (4, 4, False),
        ]
        assert [(act.seq, act.first, act.n) for act in store.heads()] == [(1, 1, 2), (2, 1, 2), (3, 3, 1), (4, 4, 1)]
        assert store.verify().is_sound


def test_a_batch_with_one_bad_group_keeps_none(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0, request=ask("a", "k", "yes"))
        head = store.head()
        with pytest.raises(KeyReusedError):
            store.append_many(
                [Group(entries=(entry(2),)), Group(entries=(entry(3),), request=ask("a", "k", "no"))], after=1
            )
        assert (store.length, store.head()) == (1, head)
        assert store.verify().is_sound
        assert store.append([entry(2)], after=1).last == 2


def test_r42_a_shredded_body_is_gone_and_its_neighbours_stay(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, "kept", "gone", "kept too")], after=0)
        done = store.append([entry(2)], after=1, shred=[BodyPlace(seq=1, index=1)])
        assert done.last == 2
        assert store.bodies(1) == (b"kept", None, b"kept too")
        assert [act.bodies for act in store.read()] == [(b"kept", None, b"kept too"), ()]
        assert store.verify().is_sound


def test_shredding_twice_is_shredding_once(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, "gone")], after=0)
        for after in (1, 2):
            store.append([entry(after)], after=after, shred=[BodyPlace(seq=1, index=0), BodyPlace(seq=1, index=0)])
        assert store.bodies(1) == (None,)
        assert store.verify().is_sound


@pytest.mark.parametrize(("seq", "index"), [(1, 1), (1, -1), (7, 0)])
def test_shredding_what_is_not_there_is_refused_with_the_act_that_says_so(place: Place, seq: int, index: int) -> None:
    with place.create() as store:
        store.append([entry(1, "words")], after=0)
        with pytest.raises(ScenarioError, match="there is no"):
            store.append([entry(2)], after=1, shred=[BodyPlace(seq=seq, index=index)])
        assert store.length == 1
        assert store.bodies(1) == (b"words",)


@pytest.mark.parametrize("table", ["act", "body", "request", "anchor"])
@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET {column} = {column}"])
def test_the_database_itself_refuses_to_rewrite_what_is_kept(place: Place, table: str, change: str) -> None:
    with place.create() as store:
        store.append([entry(1, "words")], after=0, request=ask("a", "k"))
        store.anchor(signed_head(store))
    column = {"act": "head", "body": "sealed", "request": "digest", "anchor": "hash"}[table]
    with pytest.raises(Exception, match="append-only"):
        sql(place.where, change.format(table=table, column=column))
    with place.open() as store:
        assert store.verify().is_sound


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM record",
        "UPDATE record SET kind = 'live'",
        "UPDATE record SET id = id",
        "UPDATE key SET wrapped = wrapped",
    ],
)
def test_the_database_itself_keeps_the_records_own_row(place: Place, change: str) -> None:
    with place.create() as store:
        store.append([entry(1, "words")], after=0)
    with pytest.raises(Exception, match="append-only"):
        sql(place.where, change)


def test_a_damaged_act_is_named_and_not_opened(place: Place) -> None:
    with place.create() as store:
        store.append([entry(n) for n in range(1, 5)], after=0)
        if isinstance(place.where, Path):
            sql(place.where, "DROP TRIGGER act_update")
            sql(place.where, "UPDATE act SET head = zeroblob(length(head)) WHERE seq = 3")
        else:
            sql(place.where, "ALTER TABLE act DISABLE TRIGGER ALL")
            sql(place.where, "UPDATE act SET head = '\\x00' WHERE seq = 3")
        opened: list[StoredHead] = []
        with pytest.raises(DamagedRecordError, match="act 3 is damaged") as caught:
            opened.extend(store.heads())
        assert caught.value.seq == 3


def test_what_the_record_signs_verifies_with_its_public_key(place: Place) -> None:
    from nacl.signing import VerifyKey

    with place.create() as store:
        assert VerifyKey(store.public_key).verify(b"receipt", store.sign(b"receipt")) == b"receipt"
        kept = store.public_key
    with place.open() as store:
        assert store.public_key == kept


def test_an_anchor_of_another_record_is_refused(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0)
        own = signed_head(store)
        forged = Anchor(seq=1, head=bytes(32), signature=own.signature)
        with pytest.raises(BadSealError, match="not signed by this record"):
            store.anchor(forged)
        store.anchor(own)
        store.anchor(own)
        assert store.verify().is_sound


def test_anchors_are_kept_in_order(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0)
        early = signed_head(store)
        store.append([entry(2)], after=1)
        store.anchor(signed_head(store))
        with pytest.raises(ScenarioError, match="stored in order"):
            store.anchor(early)


def test_a_group_without_acts_cannot_be_made(place: Place) -> None:
    with place.create() as store, pytest.raises(ScenarioError, match="at least one act"):
        store.append([], after=0)


@pytest.mark.parametrize(
    "head", [b'{"b":1, "a":2}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a":1.0}', b"\xff", b'{"a":"\\u00e9"}']
)
def test_a_head_that_is_not_canonical_is_refused(head: bytes) -> None:
    with pytest.raises(ScenarioError, match=r"canonical|float"):
        RecordEntry(head=head)


def test_no_representation_carries_words() -> None:
    shown = repr(
        [
            entry(1, "canary"),
            StoredAct(seq=1, first=1, n=1, head=b"canary", bodies=(b"canary",)),
            ask("a", "k", "canary"),
        ]
    )
    assert "canary" not in shown


def test_kind_and_names_are_readable(place: Place) -> None:
    with place.create() as store:
        assert store.kind is Kind.EXERCISE
        assert len(store.record_id) == 16
        assert str(place.where).rpartition("/")[2].rpartition("#")[2] in store.name


def test_closing_twice_is_closing_once(place: Place) -> None:
    store = place.create()
    store.close()
    store.close()
    with pytest.raises(StorageError):
        store.append([entry(1)], after=0)
