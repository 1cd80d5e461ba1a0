"""Backup, restore and migration: without the key, byte for byte, and without what was shredded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from goodoffices.errors import DamagedRecordError, GoodOfficesError, StorageError
from goodoffices.record import ThingPlace as BodyPlace, backup, create, head_of, migrate, open_, restore, stats, verify
from goodoffices.record.backends.database import COLUMNS, select
from goodoffices.record.open_store import open_tables
from goodoffices.talks.base.enums import Kind
from record_world import Place, ask, entropy_of, entry, files_with, passphrase, past_guards, signed_head, sql

pytestmark = pytest.mark.slow

pytest_plugins = ("record_fixtures",)

CANARY = "canary-3f9a"


def rows(where: str | Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a record, in an order of its own."""
    database = open_tables(where, write=False)
    try:
        return {table: sorted(database.rows(select(table)), key=repr) for table in COLUMNS}
    finally:
        database.close()


def fill(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, CANARY, "b"), entry(2)], after=0, request=ask(CANARY, "k", CANARY))
        store.append([entry(3, "c" * 3000)], after=2)
        store.anchor(signed_head(store))
        store.append([entry(4)], after=3, shred=[BodyPlace(seq=1, index=1)])


def test_r44_a_restored_backup_has_the_head_that_was_printed(new_place: Callable[[], Place], tmp_path: Path) -> None:
    old, new = new_place(), new_place()
    fill(old)
    made = backup(old.where, tmp_path, keys=True)
    assert made.head == head_of(old.where)
    done = restore(made.path, new.where, keys=made.keys_path, head=made.head.hash)
    assert (done.head, done.refused_keys, done.missing_keys) == (made.head, 0, 0)
    assert rows(new.where) == rows(old.where)
    assert verify(new.where, heads=[made.head.hash]).is_sound


def test_a_restored_record_opens_and_goes_on(new_place: Callable[[], Place], tmp_path: Path) -> None:
    old, new = new_place(), new_place()
    fill(old)
    made = backup(old.where, tmp_path, keys=True)
    restore(made.path, new.where, keys=made.keys_path)
    new.key = old.key
    with new.open() as store:
        assert store.bodies(1) == (CANARY.encode(), None)
        assert store.find_request(ask(CANARY, "k", CANARY)) is not None
        store.append([entry(5)], after=4)
        assert store.verify().is_sound


def test_r44_another_head_than_the_printed_one_is_refused(place: Place, tmp_path: Path) -> None:
    fill(place)
    made = backup(place.where, tmp_path)
    with pytest.raises(DamagedRecordError, match=r"not .* as printed"):
        restore(made.path, tmp_path / "new.record", head=bytes(32))
    assert not (tmp_path / "new.record").exists()


def test_r42_shredded_keys_do_not_come_back_from_an_older_backup_of_keys(place: Place, tmp_path: Path) -> None:
    with place.create() as store:
        store.append([entry(1, CANARY, "kept")], after=0)
        before = backup(place.where, tmp_path, keys=True)
        store.append([entry(2)], after=1, shred=[BodyPlace(seq=1, index=0)])
        after = backup(place.where, tmp_path)
    done = restore(after.path, tmp_path / "new.record", keys=before.keys_path)
    assert (done.refused_keys, done.missing_keys) == (1, 0)
    with open_(tmp_path / "new.record", kind=Kind.EXERCISE, key=place.key) as store:
        assert store.bodies(1) == (None, b"kept")
        assert store.verify().is_sound


def test_a_record_restored_without_keys_keeps_its_acts_and_says_how_many_bodies_are_lost(
    place: Place, tmp_path: Path
) -> None:
    fill(place)
    made = backup(place.where, tmp_path)
    done = restore(made.path, tmp_path / "new.record")
    assert done.missing_keys == 2
    with open_(tmp_path / "new.record", kind=Kind.EXERCISE, key=place.key) as store:
        assert [act.bodies for act in store.read()] == [(None, None), (), (None,), ()]
    assert verify(tmp_path / "new.record", expect_keys=False).is_sound
    said = str(verify(tmp_path / "new.record"))
    assert "No act was changed, but the keys of its texts are missing: 2 texts cannot be read" in said
    assert "was changed after" not in said


def test_a_single_key_that_is_missing_is_no_restore_without_keys(place: Place) -> None:
    fill(place)
    sql(place.where, "DELETE FROM key WHERE key_id = (SELECT key_id FROM key ORDER BY key_id LIMIT 1)")
    said = str(verify(place.where))
    assert "was changed after it was written" in said
    assert "the key of a text is missing, and no act destroyed it" in said


def test_a_record_is_not_copied_onto_itself(place: Place) -> None:
    fill(place)
    before = rows(place.where)
    with pytest.raises(StorageError, match="already at that place"):
        migrate(place.where, place.where)
    assert rows(place.where) == before


def test_r42_shredded_words_are_in_no_file_once_backups_of_keys_are_gone(tmp_path: Path) -> None:
    """The words are sealed everywhere; what must go is the one key that opens them."""
    folder = tmp_path / "desk"
    folder.mkdir()
    place = Place(folder / "a.record", folder / "a.key")
    with place.create() as store:
        store.append([entry(n, f"{CANARY} {n}") for n in range(40)], after=0)
        [(wrapped,)] = store._database.rows("SELECT wrapped FROM key JOIN body USING (key_id) WHERE body.rowid = 7")
        backup(place.where, folder)
        assert files_with(wrapped, folder)
        store.append([entry(41)], after=40, shred=[BodyPlace(seq=7, index=0)])
        assert store.bodies(7) == (None,)
        assert files_with(wrapped, folder) == []
        backup(place.where, folder)
    assert files_with(wrapped, folder) == []
    assert files_with(CANARY.encode(), folder) == []


def test_r42_a_shredded_key_is_in_no_table_file_of_postgresql(postgresql_address: str, tmp_path: Path) -> None:
    place = Place(f"{postgresql_address}#shredding", tmp_path / "a.key")
    # A seed of its own: other tests on this server seal the same words.
    with place.create(seed=424_242) as store, psycopg.connect(postgresql_address, autocommit=True) as server:
        store.append([entry(1, CANARY)], after=0)
        [(wrapped,)] = store._database.rows("SELECT wrapped FROM key")
        data = Path(str(server.execute("SHOW data_directory").fetchone()[0])) / "base"  # type: ignore[index]
        server.execute("CHECKPOINT")
        assert files_with(wrapped, data)
        store.append([entry(2)], after=1, shred=[BodyPlace(seq=1, index=0)])
        server.execute("CHECKPOINT")
        assert files_with(wrapped, data) == []


KEYLESS = """
import sys
from pathlib import Path
from goodoffices.record import backup, head_of, migrate, restore, stats, verify
source, folder, target, copy = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
made = backup(source, folder, keys=True)
done = restore(made.path, target, keys=made.keys_path, head=made.head.hash)
print(made, done, verify(source), verify(target), head_of(source), stats(source), migrate(source, copy), verify(copy))
try:
    restore(made.path, target)
except Exception as error:
    print(error)
"""


def test_r43_no_key_is_needed_and_no_word_is_in_any_output(new_place: Callable[[], Place], tmp_path: Path) -> None:
    where, target, copy = (new_place().where for _ in range(3))
    with create(where, kind=Kind.LIVE, key=passphrase("known to nobody"), entropy=entropy_of(0)) as store:
        words = [entry(1, CANARY, CANARY * 200)]
        store.append(words, after=0, request=ask(CANARY, CANARY, CANARY))
    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-X", "dev", "-c", KEYLESS, str(where), str(folder), str(target), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    assert done.stdout.count("as written") == 3
    assert CANARY not in done.stdout + done.stderr
    assert files_with(CANARY.encode(), tmp_path) == []
    assert rows(target) == rows(where) == rows(copy)


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_migration_copies_every_row_byte_for_byte(
    place: Place, there: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(place)
    schema = f"{Path(str(place.where)).name.rpartition('#')[2].partition('.')[0]}_moved"
    target = (
        tmp_path / "moved.record" if there == "sqlite" else f"{request.getfixturevalue('postgresql_address')}#{schema}"
    )
    head = migrate(place.where, target)
    assert head == head_of(place.where) == head_of(target)
    assert rows(target) == rows(place.where)
    with open_(target, kind=Kind.EXERCISE, key=place.key) as store:
        assert store.bodies(1) == (CANARY.encode(), None)


def test_a_damaged_record_is_not_migrated_and_nothing_is_left(place: Place, tmp_path: Path) -> None:
    fill(place)
    sql(place.where, "DELETE FROM key")
    with pytest.raises(DamagedRecordError, match="nothing was copied"):
        migrate(place.where, tmp_path / "new.record")
    assert not (tmp_path / "new.record").exists()


def test_a_damaged_backup_is_not_restored(place: Place, tmp_path: Path) -> None:
    fill(place)
    made = backup(place.where, tmp_path)
    past_guards(made.path, "DELETE FROM act WHERE seq = 2")
    with pytest.raises(DamagedRecordError, match="nothing was copied"):
        restore(made.path, tmp_path / "new.record")
    assert not (tmp_path / "new.record").exists()


def test_a_changed_backup_of_keys_is_not_restored(place: Place, tmp_path: Path) -> None:
    fill(place)
    made = backup(place.where, tmp_path, keys=True)
    assert made.keys_path is not None
    sql(made.keys_path, "DROP TRIGGER key_update")
    sql(made.keys_path, "UPDATE key SET wrapped = zeroblob(72)")
    with pytest.raises(DamagedRecordError, match="a key was changed"):
        restore(made.path, tmp_path / "new.record", keys=made.keys_path)
    assert not (tmp_path / "new.record").exists()


def test_keys_of_another_record_are_refused(new_place: Callable[[], Place], tmp_path: Path) -> None:
    one, other = new_place(), new_place()
    fill(one)
    with other.create(seed=9) as store:
        store.append([entry(1, "words")], after=0)
    made, others = backup(one.where, tmp_path), backup(other.where, tmp_path, keys=True)
    with pytest.raises(StorageError, match="another record's"):
        restore(made.path, tmp_path / "new.record", keys=others.keys_path)


def test_nothing_is_written_over(place: Place, tmp_path: Path) -> None:
    fill(place)
    made = backup(place.where, tmp_path)
    with pytest.raises(StorageError, match=r"there is a backup .* already"):
        backup(place.where, tmp_path)
    assert made.n_keys_left_out > 0
    with pytest.raises(StorageError, match=r"without the keys of its texts; name another folder"):
        backup(place.where, tmp_path, keys=True)
    (tmp_path / "other").mkdir()
    assert backup(place.where, tmp_path / "other", keys=True).n_keys_left_out == 0
    with pytest.raises(StorageError, match=r"use that one"):
        backup(place.where, tmp_path / "other", keys=True)
    for target in (place.where, made.path):
        with pytest.raises(StorageError, match="already"):
            restore(made.path, target)
    assert verify(place.where).is_sound


def test_a_backup_into_a_missing_folder_says_so(place: Place, tmp_path: Path) -> None:
    fill(place)
    with pytest.raises(StorageError, match=r"No such file or directory|cannot be"):
        backup(place.where, tmp_path / "nowhere")


def test_a_record_is_no_backup(place: Place, tmp_path: Path) -> None:
    record = tmp_path / "a.record"
    Place(record, tmp_path / "a.key").create().close()
    with pytest.raises(GoodOfficesError, match="is a record, not a backup"):
        restore(record, tmp_path / "new.record")


def test_a_backup_made_while_acts_are_appended_is_one_moment_of_the_record(place: Place, tmp_path: Path) -> None:
    with place.create() as store:
        store.append([entry(1, "words")], after=0)
        database = open_tables(place.where, write=False)
        with database.reading():
            before = database.rows("SELECT count(*) FROM act")
            store.append([entry(2)], after=1)
            assert database.rows("SELECT count(*) FROM act") == before
        assert database.rows("SELECT count(*) FROM act") == [(2,)]
        database.close()
        made = backup(place.where, tmp_path)
        store.append([entry(3)], after=2)
    assert made.head.seq == 2


def test_stats_tell_the_operator_counts_and_padded_sizes_and_nothing_else(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, "", "x" * 255, "x" * 256), entry(2)], after=0)
        store.append([entry(3, "x" * 70_000)], after=2)
    found = stats(place.where)
    assert (found.acts, found.groups_by_size) == (3, {1: 1, 2: 1})
    assert found.bodies_by_padded_size == {256: 2, 1024: 1, 131072: 1}
