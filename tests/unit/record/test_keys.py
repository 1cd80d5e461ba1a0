"""What opens a record: a passphrase, officers' shares, a key file; and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from goodoffices.errors import DamagedRecordError, GoodOfficesError, StorageError, WrongKeyError, WrongKindError
from goodoffices.record import KeyShares, create, deal_shares, open_
from goodoffices.record.keys import Passphrase, unlock_key
from goodoffices.talks.base.enums import Kind
from record_world import Place, entropy_of, entry, passphrase, signed_head

pytest_plugins = ("record_fixtures",)
pytestmark = pytest.mark.slow


def test_a_wrong_passphrase_opens_nothing(new_place: Callable[[], Place]) -> None:
    where = new_place().where
    create(where, kind=Kind.LIVE, key=passphrase("right words"), entropy=entropy_of(0)).close()
    with pytest.raises(WrongKeyError, match="passphrase does not open the record"):
        open_(where, kind=Kind.LIVE, key=passphrase("wrong words"))
    with open_(where, kind=Kind.LIVE, key=passphrase("right words")) as store:
        assert store.length == 0


def test_a_passphrase_typed_on_another_keyboard_opens_the_record(tmp_path: Path) -> None:
    composed, decomposed = "caf\u00e9 \ufb01n", "cafe\u0301 fin"
    create(tmp_path / "a.record", kind=Kind.LIVE, key=passphrase(composed), entropy=entropy_of(0)).close()
    open_(tmp_path / "a.record", kind=Kind.LIVE, key=passphrase(decomposed)).close()


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(GoodOfficesError, match="passphrase is empty"):
        passphrase("  ")


def test_any_two_of_three_officers_open_a_live_record(new_place: Callable[[], Place]) -> None:
    where = new_place().where
    dealt = deal_shares(needed=2, among=3, entropy=entropy_of(5))
    create(where, kind=Kind.LIVE, key=dealt, entropy=entropy_of(0)).close()
    for left_out in range(3):
        lines = tuple(line for i, line in enumerate(dealt.lines) if i != left_out)
        open_(where, kind=Kind.LIVE, key=KeyShares(lines=lines)).close()
    with pytest.raises(WrongKeyError, match=r"1 different share\(s\) given; this record opens with 2"):
        open_(where, kind=Kind.LIVE, key=KeyShares(lines=(dealt.lines[0], dealt.lines[0].lower())))
    others = deal_shares(needed=2, among=3, entropy=entropy_of(6))
    with pytest.raises(WrongKeyError, match="does not open the record"):
        open_(where, kind=Kind.LIVE, key=others)


def test_a_record_says_what_opens_it_when_given_something_else(tmp_path: Path) -> None:
    create(tmp_path / "a.record", kind=Kind.LIVE, key=passphrase("words"), entropy=entropy_of(0)).close()
    with pytest.raises(WrongKeyError, match="opened with its passphrase, not with a key file"):
        open_(tmp_path / "a.record", kind=Kind.LIVE)


def test_rekey_changes_what_opens_the_record_and_no_act(new_place: Callable[[], Place]) -> None:
    where = new_place().where
    with create(where, kind=Kind.LIVE, key=passphrase("old words"), entropy=entropy_of(0)) as store:
        store.append([entry(1, "words")], after=0)
        store.anchor(signed_head(store))
        head = store.head()
        store.rekey(passphrase("new words"))
    with pytest.raises(WrongKeyError):
        open_(where, kind=Kind.LIVE, key=passphrase("old words"))
    with open_(where, kind=Kind.LIVE, key=passphrase("new words")) as store:
        assert store.head() == head
        assert store.bodies(1) == (b"words",)
        assert store.verify().is_sound


def test_an_exercise_starts_without_a_question_and_its_key_file_is_the_owners_alone(tmp_path: Path) -> None:
    create(tmp_path / "a.record", kind=Kind.EXERCISE, entropy=entropy_of(0)).close()
    open_(tmp_path / "a.record", kind=Kind.EXERCISE).close()
    for name in ("a.record", "a.record.key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_live_record_is_not_made_with_a_key_file(new_place: Callable[[], Place]) -> None:
    place = new_place()
    with pytest.raises(WrongKindError, match="use a passphrase or shares"):
        create(place.where, kind=Kind.LIVE, key=place.key)
    with pytest.raises(StorageError, match="there is no such record"):
        place.open(kind=Kind.LIVE)


def test_a_missing_key_file_is_named(place: Place) -> None:
    place.create().close()
    place.key.path.unlink()
    with pytest.raises(StorageError, match=f"key file {place.key.path} is missing"):
        place.open()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not a key", "not a key file"),
        ("goodoffices key 1\n00\n00\n", "belongs to another record"),
        ("ключ", "not a key file"),
    ],
)
def test_a_key_file_of_something_else_is_refused(place: Place, text: str, sentence: str) -> None:
    place.create().close()
    place.key.path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongKeyError, match=sentence):
        place.open()


def test_a_damaged_key_file_is_refused(place: Place) -> None:
    place.create().close()
    lines = place.key.path.read_text(encoding="ascii").split("\n")
    place.key.path.write_text("\n".join([*lines[:2], "zz"]), encoding="ascii")
    with pytest.raises(WrongKeyError, match="damaged"):
        place.open()


@pytest.mark.parametrize(
    "damaged",
    [
        {"how": "passphrase", "sealed": "0g"},
        {"how": "passphrase", "sealed": "00", "salt": "00", "passes": 1, "memory": 8192},
        {"how": "passphrase", "sealed": "00", "salt": "00" * 16, "passes": "1", "memory": 8192},
        {"how": "passphrase", "sealed": "00", "salt": "0g" * 16, "passes": 1, "memory": 8192},
        {"how": "passphrase"},
        {"how": []},
    ],
)
def test_a_damaged_row_of_the_key_is_refused(damaged: dict[str, object]) -> None:
    with pytest.raises(DamagedRecordError, match="the record's row is damaged"):
        unlock_key(json.dumps(damaged).encode(), bytes(16), Passphrase(words="twelve letters"))
