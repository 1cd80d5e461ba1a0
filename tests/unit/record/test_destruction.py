"""A destroyed text is in no file of the record: its key, its words and its digest are searched for in all of them."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from goodoffices.errors import StorageError
from goodoffices.record import ThingPlace, backup, verify
from goodoffices.record.backends import postgresql, sqlite
from goodoffices.record.backups import keys_files_holding_destroyed
from goodoffices.record.encryption import request_digest
from goodoffices.record.keys import KeyFile
from record_world import Place, ask, entry, files_with, sql, wrapped_keys

pytest_plugins = ("record_fixtures",)

WORDS = "The well beyond the ridge is the price"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    folder = tmp_path / "desk"
    folder.mkdir()
    return Place(folder / "a.record", folder / "a.key")


@pytest.fixture(autouse=True)
def short_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for readers that stay."""
    monkeypatch.setattr(sqlite, "_MOMENT_MS", 50)
    monkeypatch.setattr(postgresql, "_MOMENT_S", 0.05)


@contextmanager
def reader(where: str | Path, table: str = "key") -> Iterator[None]:
    """Another process that looks at a table, and stays."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where, isolation_level=None)) as file:
            file.execute("BEGIN")
            file.execute(f"SELECT count(*) FROM {table}").fetchall()
            yield
        return
    address, _, schema = where.partition("#")
    with psycopg.connect(address) as server:
        server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        server.execute(f'SELECT count(*) FROM "{schema}".{table}'.encode())
        yield


def test_after_each_shredding_no_file_has_the_key(place: Place) -> None:
    draw = random.Random(7)
    with place.create() as store:
        for number in range(60):
            store.append([entry(number, *(f"{WORDS} {number} {n}" for n in range(6)))], after=number)
        places = [ThingPlace(seq=seq, index=index) for seq in range(1, 61) for index in range(6)]
        gone: set[bytes] = set()
        for chosen in draw.sample(places, 40):
            before = wrapped_keys(store)
            store.append([entry(store.length)], after=store.length, shred=[chosen])
            gone |= {before[key_id] for key_id in before.keys() - wrapped_keys(store).keys()}
            files = [path.read_bytes() for path in place.key.path.parent.iterdir()]
            assert not [key for key in gone if any(key in content for content in files)]
    assert len(gone) == 40
    assert not files_with(WORDS.encode(), place.key.path.parent)


@pytest.mark.parametrize("store_name", ["sqlite", "postgresql"])
def test_nothing_is_destroyed_beside_a_reader(
    store_name: str, place: Place, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if store_name == "postgresql":
        place = Place(f"{request.getfixturevalue('postgresql_address')}#beside", tmp_path / "b.key")
    with place.create() as store:
        store.append([entry(1, WORDS)], after=0)
        with reader(place.where), pytest.raises(StorageError, match="nothing was destroyed"):
            store.append([entry(2)], after=1, shred=[ThingPlace(seq=1, index=0)])
        assert (store.length, len(wrapped_keys(store))) == (1, 1)
        store.append([entry(2)], after=1, shred=[ThingPlace(seq=1, index=0)])
        assert (store.bodies(1), wrapped_keys(store), store._database.has_traces) == ((None,), {}, False)


@pytest.mark.parametrize("table", ["key", "act"])
@pytest.mark.parametrize("store_name", ["sqlite", "postgresql"])
def test_a_reader_that_comes_in_between_is_named_and_the_rest_follows(
    store_name: str,
    table: str,
    place: Place,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if store_name == "postgresql":
        place = Place(f"{request.getfixturevalue('postgresql_address')}#between_{table}", tmp_path / "b.key")
    with place.create() as store:
        store.append([entry(1, WORDS)], after=0)
        [wrapped] = wrapped_keys(store).values()
        with monkeypatch.context() as patch, reader(place.where, table):
            # The reader came after the look around, and before the key was deleted.
            patch.setattr(store._database, "prepare_to_forget", lambda: None)
            with pytest.raises(StorageError, match="the text is destroyed, but"):
                store.append([entry(2)], after=1, shred=[ThingPlace(seq=1, index=0)])
            with pytest.raises(StorageError, match="the text is destroyed, but"):
                store.finish_forgetting()
            assert store.bodies(1) == (None,)
        store.finish_forgetting()
        assert not store._database.has_traces
        assert not files_with(wrapped, tmp_path)


def test_what_a_kill_left_in_the_log_goes_when_the_record_is_opened(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.create() as store:
        store.append([entry(1, WORDS)], after=0)
        [wrapped] = wrapped_keys(store).values()
        monkeypatch.setattr(store._database, "forget", lambda *, wait=True: None)
        store.append([entry(2)], after=1, shred=[ThingPlace(seq=1, index=0)])
        killed = tmp_path / "killed"
        shutil.copytree(place.key.path.parent, killed)
        monkeypatch.undo()
    assert files_with(wrapped, killed)
    with Place(killed / "a.record", killed / "a.key").open() as store:
        assert store.length == 2
        assert not files_with(wrapped, killed)


PLANTED = {
    "a trigger that keeps deleted keys": (
        "CREATE TABLE kept(wrapped BLOB)",
        "CREATE TRIGGER keep BEFORE DELETE ON key BEGIN INSERT INTO kept VALUES (old.wrapped); END",
    ),
    "a trigger that keeps them in a table of the record": (
        "CREATE TRIGGER keep BEFORE DELETE ON key BEGIN INSERT INTO anchor VALUES (999, old.wrapped, ''); END",
    ),
    "a guard taken away": ("DROP TRIGGER act_update",),
    "an index": ("CREATE INDEX more ON key(wrapped)",),
    "a view": ("CREATE VIEW looked AS SELECT * FROM key",),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_layout_that_is_not_the_records_own_is_found_without_a_key(place: Place, planted: str) -> None:
    place.create().close()
    assert verify(place.where).is_sound
    for statement in PLANTED[planted]:
        sql(place.where, statement)
    found = verify(place.where)
    assert "is not part of a record" in str(found) or "is missing, or was changed" in str(found)


PLANTED_ON_A_SERVER = {
    "a trigger of another function": (
        "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER keep BEFORE DELETE ON key FOR EACH ROW EXECUTE FUNCTION keep()",
    ),
    "a rule": ("CREATE RULE keep AS ON DELETE TO key DO INSTEAD NOTHING",),
    "the guard emptied": (
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    ),
    "the guard switched off": ("ALTER TABLE act DISABLE TRIGGER act_rows",),
    "a table": ("CREATE TABLE kept(wrapped bytea)",),
    "rows hidden": ("ALTER TABLE key ENABLE ROW LEVEL SECURITY",),
    "an heir": ("CREATE TABLE more() INHERITS (key)",),
}


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED_ON_A_SERVER)
def test_a_schema_that_is_not_the_records_own_is_found_without_a_key(
    planted: str, postgresql_address: str, tmp_path: Path
) -> None:
    number = list(PLANTED_ON_A_SERVER).index(planted)
    place = Place(f"{postgresql_address}#planted{number}", tmp_path / "a.key")
    place.create().close()
    assert verify(place.where).is_sound
    for statement in PLANTED_ON_A_SERVER[planted]:
        sql(place.where, statement)
    assert not verify(place.where).is_sound


def test_the_digest_of_a_request_tells_nothing_of_destroyed_words(place: Place) -> None:
    asked = ask("north", "k", WORDS)
    with place.create() as store:
        store.append([entry(1, WORDS)], after=0, request=asked)
        [(digest,)] = store._database.rows("SELECT digest FROM request")
        assert store.find_request(asked) is not None
        store.append([entry(2)], after=1, shred=[ThingPlace(seq=1, index=0)])
        # Not even who has the record key can try words on it, and a repetition is known all the same.
        assert digest != request_digest(store._keys, asked)
        found = store.find_request(asked)
        assert found is not None
        assert (found.first, found.last) == (1, 1)


def test_backups_of_keys_that_still_open_a_destroyed_text_are_named(place: Place, tmp_path: Path) -> None:
    with place.create() as store:
        store.append([entry(1, WORDS), entry(2, "another")], after=0)
        made = backup(place.where, tmp_path, keys=True)
        assert keys_files_holding_destroyed(place.where, [tmp_path]) == ()
        store.append([entry(3)], after=2, shred=[ThingPlace(seq=1, index=0)])
        assert keys_files_holding_destroyed(place.where, [tmp_path]) == (made.keys_path,)
        later = backup(place.where, tmp_path, keys=True)
    assert made.keys_path is not None
    made.keys_path.unlink()
    assert later.keys_path is not None
    assert keys_files_holding_destroyed(place.where, [tmp_path]) == ()


def test_an_upgraded_record_goes_on_and_keeps_what_it_had(new_place: Callable[[], Place], tmp_path: Path) -> None:
    place = new_place()
    with place.create(version=1) as store:
        store.append([entry(1, WORDS)], after=0, request=ask("a", "k", WORDS))
        head, before = store.head(), store._database.rows("SELECT * FROM act")
        store.upgrade()
        assert (store.format, store.head()) == (2, head)
        store.append([entry(2, "more")], after=1, request=ask("a", "l"))
        store.rekey(KeyFile(path=tmp_path / "new.key"))
    place.key = KeyFile(path=tmp_path / "new.key")
    with place.open() as store:
        assert store.format == 2
        store.append([entry(3)], after=2)
        rows = store._database.rows("SELECT * FROM act ORDER BY seq")
        assert rows[:1] == before
        assert [row[1][-2:-1] for row in rows] == [b"1", b"2", b"2"]
        assert store.find_request(ask("a", "k", WORDS)) is not None
        assert store.find_request(ask("a", "l")) is not None
    assert verify(place.where, heads=[head]).is_sound


def test_an_act_in_an_older_format_does_not_fit_a_record_that_was_upgraded(place: Place) -> None:
    with place.create(version=1) as store:
        store.append([entry(1)], after=0)
        store.upgrade()
        store.append([entry(2)], after=1)
        object.__setattr__(store._row, "unlock", b"{}")
        store.append([entry(3)], after=2)
    assert "act 3: it is not in the format" in str(verify(place.where))


def test_the_name_of_a_key_is_not_the_digest_of_its_text(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1, WORDS)], after=0)
    plain = sha256(WORDS.encode())
    assert not files_with(plain.digest(), place.key.path.parent)
    assert not files_with(plain.hexdigest().encode(), place.key.path.parent)
