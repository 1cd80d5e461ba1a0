"""What a check without keys finds, what it passes, and what only the key can find."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from goodoffices.canonical_json import parse_canonical
from goodoffices.errors import DamagedRecordError, ScenarioError
from goodoffices.record import Anchor, StoredAct, ThingPlace as BodyPlace, verify, verify_deep
from goodoffices.record.backends.database import insert
from goodoffices.record.chain import Envelope, body_digest, write_envelope
from goodoffices.record.encryption import key_name
from record_world import Place, ask, entropy_of, entry, past_guards, signed_head

pytestmark = pytest.mark.slow

pytest_plugins = ("record_fixtures",)


def a_record(place: Place) -> Anchor:
    """Five acts in three groups, with bodies, requests, a shredded body and an anchor at the last."""
    with place.create() as store:
        store.append([entry(1, "one", "two"), entry(2)], after=0, request=ask("a", "k1"))
        store.append([entry(3, "three")], after=2)
        store.append([entry(4), entry(5, "five")], after=3, request=ask("b", "k1"), shred=[BodyPlace(seq=1, index=1)])
        anchor = signed_head(store)
        store.anchor(anchor)
    return anchor


def test_an_untouched_record_is_as_written(place: Place) -> None:
    anchor = a_record(place)
    found = verify(place.where, anchors=[anchor], heads=[anchor.head])
    assert found.is_sound
    assert (found.length, found.head) == (5, anchor.head)
    assert str(found) == f"5 acts, head {anchor.head.hex()}. Nothing was changed since it was written."


def test_an_empty_record_is_as_written(place: Place) -> None:
    with place.create() as store:
        head = store.head()
    assert verify(place.where, heads=[head]).is_sound


CHANGES = {
    "acts below an anchor removed": (["DELETE FROM act WHERE seq > 3"], "anchor at act 5"),
    "an act in the middle removed": (["DELETE FROM act WHERE seq = 3"], "does not follow the act before"),
    "the first act removed": (["DELETE FROM act WHERE seq = 1"], "does not follow the act before"),
    "a body removed": (
        ["DELETE FROM body WHERE key_id = (SELECT key_id FROM body LIMIT 1)"],
        "text of it is missing|text that is missing",
    ),
    "a key removed without an act": (
        ["DELETE FROM key WHERE key_id = (SELECT key_id FROM key LIMIT 1)"],
        "no act destroyed it",
    ),
    "a request removed": (["DELETE FROM request WHERE first_seq = 1"], "request that it answers is missing"),
    "a request moved": (
        ["UPDATE request SET last_seq = 3 WHERE first_seq = 1"],
        "no act answers, or the request was changed",
    ),
    "an anchor removed": (["DELETE FROM anchor"], "anchor was changed, added or removed"),
    "two heads swapped": (
        ["UPDATE act SET head = (SELECT head FROM act b WHERE b.seq = 5 - act.seq) WHERE seq IN (1, 4)"],
        "sealed head was changed",
    ),
    "the way it is opened changed": (["UPDATE record SET unlock = signature"], "signature is wrong"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_r41_each_kind_of_tampering_is_found_and_named(place: Place, change: str) -> None:
    a_record(place)
    statements, sentence = CHANGES[change]
    past_guards(place.where, *statements)
    found = verify(place.where)
    assert not found.is_sound
    assert any(part in str(found) for part in sentence.split("|")), str(found)


def test_r41_a_record_cut_at_a_group_is_found_by_whoever_kept_its_head(place: Place) -> None:
    with place.create() as store:
        for number in range(3):
            store.append([entry(number)], after=number)
        anchor = signed_head(store)
    past_guards(place.where, "DELETE FROM act WHERE seq = 3")
    # Nobody kept anything: this is the one thing that cannot be found.
    assert verify(place.where).is_sound
    assert "anchor at act 3" in str(verify(place.where, anchors=[anchor]))
    assert "is not in the chain" in str(verify(place.where, heads=[anchor.head]))


def test_an_anchor_of_another_record_says_so(place: Place) -> None:
    anchor = a_record(place)
    other = Anchor(seq=anchor.seq, head=anchor.head, signature=bytes(64))
    assert "not signed by this record" in str(verify(place.where, anchors=[other]))


def test_a_head_known_from_any_earlier_moment_is_in_the_chain(place: Place) -> None:
    heads = []
    with place.create() as store:
        for number in range(4):
            heads.append(store.head())
            store.append([entry(number)], after=number)
    assert verify(place.where, heads=heads).is_sound


def test_r42_verify_passes_after_shredding_and_misses_a_key_that_is_put_back(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, "words")], after=0)
        [(key_id, wrapped)] = store._database.rows("SELECT key_id, wrapped FROM key")
        store.append([entry(2)], after=1, shred=[BodyPlace(seq=1, index=0)])
        assert store.verify().is_sound
        with store._database.writing():
            store._database.change("INSERT INTO key VALUES (?, ?)", [(key_id, wrapped)])
        assert "the key of a destroyed text is back" in str(store.verify())


def forge_an_act(place: Place, seq: int, prev: bytes) -> None:
    """Put what anybody with the file can: an act that chains, with bytes that nobody sealed."""
    sealed = bytes(300)
    envelope = write_envelope(Envelope(seq=seq, prev=prev.hex(), first=seq, n=1, head=sha256(sealed).hexdigest()))
    with place.open() as store, store._database.writing():
        store._database.change("INSERT INTO act VALUES (?, ?, ?)", [(seq, envelope, sealed)])


def test_r41_a_tail_written_anew_is_found_at_its_anchor(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0)
        first = store.head()
        store.append([entry(2)], after=1)
        store.anchor(signed_head(store))
    past_guards(place.where, "DELETE FROM act WHERE seq = 2")
    forge_an_act(place, 2, first)
    assert "the chain is not the one that was anchored here" in str(verify(place.where))


def test_r41_a_record_cut_in_the_middle_of_a_group_is_found_without_any_anchor(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1), entry(2), entry(3)], after=0)
    past_guards(place.where, "DELETE FROM act WHERE seq = 3")
    assert "the last group is incomplete" in str(verify(place.where))


@pytest.mark.parametrize("group", [b"[3,1]", b"[3,2]", b"[4,1]", b"[1,4]", b"[2,3]", b"[3,9]"])
def test_r41_another_group_in_the_last_envelope_is_found_without_any_anchor(place: Place, group: bytes) -> None:
    with place.create() as store:
        store.append([entry(1), entry(2)], after=0)
        store.append([entry(3)], after=2)
        store.append([entry(4)], after=3)
    with place.open() as store:
        [(envelope,)] = store._database.rows("SELECT envelope FROM act WHERE seq = 4")
    changed = envelope.replace(b"[4,1]", group).hex()
    blob = f"x'{changed}'" if isinstance(place.where, Path) else f"'\\x{changed}'"
    past_guards(place.where, f"UPDATE act SET envelope = {blob} WHERE seq = 4")
    assert verify(place.where).is_sound == (group == b"[4,1]")


def test_r41_a_key_that_belongs_to_no_body_is_found(place: Place) -> None:
    a_record(place)
    wrapped = bytes(72)
    with place.open() as store, store._database.writing():
        store._database.change("INSERT INTO key VALUES (?, ?)", [(key_name(wrapped), wrapped)])
    assert "1 key(s) belong to no text" in str(verify(place.where))


def test_a_forged_last_act_passes_without_the_key_and_is_found_with_it(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1)], after=0)
        head = store.head()
    forge_an_act(place, 2, head)
    assert verify(place.where).is_sound
    with place.open() as store:
        found = verify_deep(store, lambda act: None)
    assert [problem.seq for problem in found.problems] == [2]


def test_reading_all_while_verifying_gives_what_is_read_act_by_act(place: Place) -> None:
    a_record(place)
    with place.open() as store:
        whole, acts = store.verified(), list(store.read())
    assert whole.heads == [act.head for act in acts]
    assert whole.bodies == {act.seq: list(act.bodies) for act in acts if act.bodies}
    assert whole.bodies[1] == [b"one", None]


@pytest.mark.parametrize("part", ["head", "text", "key"])
def test_what_nobody_with_the_key_sealed_is_not_opened(place: Place, part: str) -> None:
    """A last act put there by somebody who has the file alone, with a head, a text or a key that was not sealed."""
    with place.create() as store:
        store.append([entry(1)], after=0)
        first = store.head()
        store.append([entry(2, "words")], after=1)
    with place.open() as store:
        [(_, _, head)] = store._database.rows("SELECT * FROM act WHERE seq = 2")
        [(_, _, sealed)] = store._database.rows("SELECT * FROM body")
        [(_, wrapped)] = store._database.rows("SELECT * FROM key")
    head = bytes(len(head)) if part == "head" else head
    sealed = bytes(len(sealed)) if part == "text" else sealed
    wrapped = bytes(len(wrapped)) if part == "key" else wrapped
    digest = body_digest(key_name(wrapped), sealed)
    envelope = Envelope(seq=2, prev=first.hex(), first=2, n=1, head=sha256(head).hexdigest(), bodies=(digest.hex(),))
    past_guards(place.where, "DELETE FROM act WHERE seq = 2", "DELETE FROM key", "DELETE FROM body")
    with place.open() as store:
        with store._database.writing():
            store._database.change(insert("act"), [(2, write_envelope(envelope), head)])
            store._database.change(insert("body"), [(digest, key_name(wrapped), sealed)])
            store._database.change(insert("key"), [(key_name(wrapped), wrapped)])
        assert store.verify().is_sound
        with pytest.raises(DamagedRecordError, match="changed after it was sealed") as caught:
            store.verified()
        assert caught.value.seq == 2


def test_verify_deep_shows_every_act_in_order_and_reports_what_cannot_be_decoded(place: Place) -> None:
    a_record(place)
    seen: list[StoredAct] = []

    def decode(act: StoredAct) -> None:
        seen.append(act)
        if parse_canonical(act.head)["number"] == 3:
            raise ScenarioError("there is no such kind of act")

    with place.open() as store:
        found = verify_deep(store, decode)
    assert [act.seq for act in seen] == [1, 2, 3, 4, 5]
    assert [str(problem) for problem in found.problems] == ["act 3: it cannot be decoded: there is no such kind of act"]


def test_a_record_without_its_own_kind_of_row_is_found(tmp_path: Path) -> None:
    place = Place(tmp_path / "a.record", tmp_path / "a.key")
    a_record(place)
    past_guards(tmp_path / "a.record", "UPDATE record SET public_key = box_key")
    assert "the record's own row was changed" in str(verify(place.where))


def test_a_long_list_of_problems_ends(place: Place) -> None:
    with place.create() as store:
        store.append([entry(n, "words") for n in range(150)], after=0)
    past_guards(place.where, "DELETE FROM body")
    assert len(verify(place.where).problems) == 100


def test_entropy_of_the_tests_repeats_and_differs() -> None:
    one, again, other = entropy_of(1), entropy_of(1), entropy_of(2)
    assert [one(40), one(8)] == [again(40), again(8)]
    assert one(32) != one(32) != other(32)
