"""What holds for any acts: the record gives back what it got, and the same inputs give the same bytes."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import nacl.hash
import pytest
from hypothesis import given, settings, strategies as st
from nacl.encoding import RawEncoder

from goodoffices.canonical_json import canonical, parse_canonical
from goodoffices.errors import BadSealError, KeyReusedError
from goodoffices.record import Group, RecordEntry, Request, Store, ThingPlace as BodyPlace
from goodoffices.record.backends.database import COLUMNS, select
from goodoffices.record.encryption import keyed_hash
from goodoffices.record.padding import pad_body, pad_file, pad_head, unpad
from record_world import Place, entropy_of

pytest_plugins = ("record_fixtures",)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
entries = st.builds(
    RecordEntry,
    head=json_values.map(canonical),
    bodies=st.lists(st.binary(max_size=5) | st.sampled_from([b"x" * 255, b"x" * 256]), max_size=3).map(tuple),
)
requests = st.none() | st.builds(
    Request, seat=st.sampled_from("ab"), key=st.sampled_from("kl"), content=st.sampled_from([b"yes", b"no"])
)
# Acts of one group, the request they answer, and how many of the bodies kept so far are then shredded.
steps = st.tuples(st.lists(entries, min_size=1, max_size=3), requests, st.integers(0, 1))
NUMBER = itertools.count(1)


def play(store: Store, run: list[tuple[list[RecordEntry], Request | None, int]]) -> None:
    """Append the groups; a request key used again for something else is left out, as a desk would."""
    for acts, request, n_shred in run:
        places = [
            BodyPlace(seq=act.seq, index=index)
            for act in store.read()
            for index, body in enumerate(act.bodies)
            if body is not None
        ]
        try:
            store.append(acts, after=store.length, request=request, shred=places[:n_shred])
        except KeyReusedError:
            continue


def all_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(store._database.rows(select(table)), key=repr) for table in COLUMNS}


@settings(max_examples=60)
@given(run=st.lists(steps, max_size=5))
def test_acts_come_back_as_they_were(run: list[tuple[list[RecordEntry], Request | None, int]]) -> None:
    with TemporaryDirectory() as folder, Place(Path(folder) / "a", Path(folder) / "k").create() as store:
        kept: list[tuple[bytes, int]] = []
        for acts, _, _ in run:
            store.append(acts, after=len(kept))
            kept.extend((act.head, len(act.bodies)) for act in acts)
        assert [act.bodies for act in store.read()] == [act.bodies for acts, _, _ in run for act in acts]
        assert [(act.head, len(store.bodies(act.seq))) for act in store.heads()] == kept
        assert store.verify().is_sound


@settings(max_examples=25)
@given(run=st.lists(steps, max_size=4), seed=st.integers(0, 3))
def test_r39_the_same_inputs_give_the_same_rows_on_both_databases(
    run: list[tuple[list[RecordEntry], Request | None, int]], seed: int, postgresql_address: str
) -> None:
    found = []
    with TemporaryDirectory() as folder:
        keys = Path(folder)
        for where in (keys / "a", keys / "b", f"{postgresql_address}#same{next(NUMBER)}"):
            with Place(where, keys / f"{next(NUMBER)}.key").create(seed=seed) as store:
                play(store, run)
                found.append(all_rows(store))
    assert found[0] == found[1] == found[2]


@settings(max_examples=25)
@given(run=st.lists(steps, min_size=1, max_size=4))
def test_r39_groups_kept_together_are_the_same_rows_as_groups_kept_one_by_one(
    run: list[tuple[list[RecordEntry], Request | None, int]],
) -> None:
    with TemporaryDirectory() as folder:
        keys = Path(folder)
        with (
            Place(keys / "a", keys / "a.key").create() as one_by_one,
            Place(keys / "b", keys / "b.key").create() as many,
        ):
            for acts, _, _ in run:
                one_by_one.append(acts, after=one_by_one.length)
            many.append_many([Group(entries=tuple(acts)) for acts, _, _ in run], after=0)
            assert all_rows(one_by_one) == all_rows(many)


@settings(max_examples=40)
@given(asked=st.lists(requests.filter(lambda request: request is not None), max_size=8))
def test_r45_requests_are_answered_once_each_and_the_same_ever_after(asked: list[Request]) -> None:
    first: dict[tuple[str, str], tuple[bytes, int]] = {}
    with TemporaryDirectory() as folder, Place(Path(folder) / "a", Path(folder) / "k").create() as store:
        for request in asked:
            before = store.head()
            name = (request.seat, request.key)
            if name in first and first[name][0] != request.content:
                with pytest.raises(KeyReusedError):
                    store.append([RecordEntry(head=b"{}")], after=store.length, request=request)
                assert store.head() == before
                continue
            done = store.append([RecordEntry(head=b"{}")], after=store.length, request=request)
            if name in first:
                assert (done.first, done.is_repeat, store.head()) == (first[name][1], True, before)
            else:
                first[name] = (request.content, done.first)
        assert store.length == len(first)


@given(json_values)
def test_canonical_heads_are_read_and_written_again_to_the_same_bytes(value: object) -> None:
    head = canonical(value)
    assert canonical(parse_canonical(head)) == head
    assert RecordEntry(head=head).head == head


@given(st.binary(max_size=300) | st.integers(0, 200_000).map(lambda n: b"\x80" * n))
def test_padding_comes_off_again(content: bytes) -> None:
    for pad in (pad_body, pad_head, pad_file):
        assert unpad(pad(content)) == content


@given(st.integers(0, 300_000))
def test_padded_sizes_are_the_classes_of_the_specification(n: int) -> None:
    body, file, head = (len(pad(b"x" * n)) for pad in (pad_body, pad_file, pad_head))
    kib = 1024
    assert body in (256, kib, 4 * kib, 16 * kib) or body % (64 * kib) == 0
    assert file in (4 * kib, 16 * kib) or file % (64 * kib) == 0
    assert head >= 256
    assert head.bit_count() == 1
    assert n < min(body, file, head)
    assert body <= max(256, 4 * (n + 1), n + 64 * kib)
    assert head <= max(256, 2 * (n + 1))


@pytest.mark.parametrize("damaged", [b"", b"\0" * 256, b"words", b"words\x01\0\0"])
def test_bytes_without_padding_are_refused(damaged: bytes) -> None:
    with pytest.raises(BadSealError, match="padding is missing"):
        unpad(damaged)


@given(key=st.binary(min_size=16, max_size=64), data=st.binary(max_size=200))
def test_keyed_hashes_are_those_of_libsodium(key: bytes, data: bytes) -> None:
    assert keyed_hash(key, data) == nacl.hash.blake2b(data, digest_size=32, key=key, encoder=RawEncoder)


@given(st.integers(0, 2**31))
def test_entropy_decides_every_key(seed: int) -> None:
    assert entropy_of(seed)(32) != entropy_of(seed + 1)(32)
