"""Every way in which a record does not open: one sentence, and nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from goodoffices.errors import (
    DamagedRecordError,
    NewerFormatError,
    StorageError,
    WrongKeyError,
    WrongKindError,
)
from goodoffices.record import KeyFile, backup, create, head_of, open_, verify
from goodoffices.talks.base.enums import Kind
from record_world import Place, entropy_of, entry, passphrase, past_guards, sql

pytestmark = pytest.mark.slow

pytest_plugins = ("record_fixtures",)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files; lock files, whose content is the number of their owner, by name alone."""
    return {p.name: p.read_bytes() if p.suffix != ".lock" else b"" for p in folder.iterdir() if p.is_file()}


def one_act(place: Place) -> Place:
    with place.create() as store:
        store.append([entry(1, "words")], after=0)
    return place


# Kinds and formats


@pytest.mark.parametrize(("kind", "other"), [(Kind.LIVE, Kind.EXERCISE), (Kind.EXERCISE, Kind.LIVE)])
def test_r47_a_process_of_one_kind_cannot_open_a_record_of_the_other(
    new_place: Callable[[], Place], kind: Kind, other: Kind
) -> None:
    where = new_place().where
    create(where, kind=kind, key=passphrase("words"), entropy=entropy_of(0)).close()
    with pytest.raises(WrongKindError, match=f"is a record of kind {kind}, but kind {other} was asked for"):
        open_(where, kind=other, key=passphrase("words"))
    open_(where, kind=kind, key=passphrase("words")).close()


def test_r47_the_same_acts_have_different_chains_live_and_in_an_exercise(tmp_path: Path) -> None:
    heads = []
    for kind in Kind:
        key = passphrase("words")
        with create(tmp_path / kind.value, kind=kind, key=key, entropy=entropy_of(0)) as store:
            store.append([entry(1, "words")], after=0)
            heads.append(store.head())
    assert heads[0] != heads[1]


def test_a_record_of_a_newer_format_is_not_judged(place: Place) -> None:
    one_act(place)
    if isinstance(place.where, Path):
        sql(place.where, "PRAGMA user_version=99")
    else:
        past_guards(place.where, "UPDATE record SET format = 99")
    with pytest.raises(NewerFormatError, match="newer Good Offices"):
        place.open()
    with pytest.raises(NewerFormatError, match="newer Good Offices"):
        verify(place.where)


# Files


def test_a_missing_record_is_not_made_by_opening(place: Place) -> None:
    with pytest.raises(StorageError, match="there is no such record"):
        place.open()
    with pytest.raises(StorageError, match="there is no such record"):
        verify(place.where)


def test_a_record_is_not_made_over_another(place: Place) -> None:
    one_act(place)
    key = KeyFile(path=place.key.path.with_suffix(".other"))
    with pytest.raises(StorageError, match="already"):
        create(place.where, kind=Kind.EXERCISE, key=key)
    with place.open() as store:
        assert store.length == 1


def test_a_record_is_not_made_where_a_key_file_lies(place: Place) -> None:
    place.key.path.write_text("precious", encoding="ascii")
    with pytest.raises(StorageError, match="there is a key file"):
        place.create()
    assert place.key.path.read_text(encoding="ascii") == "precious"
    with pytest.raises(StorageError, match="there is no such record"):
        place.open()


def test_a_record_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no folder"):
        create(tmp_path / "no" / "a.record", kind=Kind.EXERCISE)


@pytest.mark.parametrize("content", [b"", b"a letter, not a record", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_not_a_record_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="is not a record"):
        open_(path, kind=Kind.EXERCISE)
    with pytest.raises(StorageError, match="is not a record"):
        verify(path)
    assert contents(tmp_path) == {"letter": content}


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    sql(path, "CREATE TABLE act(seq INTEGER PRIMARY KEY)")
    before = contents(tmp_path)
    with pytest.raises(StorageError, match="is not a record"):
        open_(path, kind=Kind.EXERCISE)
    assert contents(tmp_path) == before


def test_a_backup_is_not_opened_as_a_record(tmp_path: Path) -> None:
    create(tmp_path / "a.record", kind=Kind.EXERCISE, entropy=entropy_of(0)).close()
    made = backup(tmp_path / "a.record", tmp_path)
    with pytest.raises(StorageError, match="is a backup, not a record"):
        open_(made.path, kind=Kind.EXERCISE)


def test_a_record_cut_in_the_middle_of_a_group_does_not_open(place: Place) -> None:
    with place.create() as store:
        store.append([entry(1), entry(2)], after=0)
    drop = "DROP TRIGGER act_delete" if isinstance(place.where, Path) else "ALTER TABLE act DISABLE TRIGGER ALL"
    sql(place.where, drop)
    sql(place.where, "DELETE FROM act WHERE seq = 2")
    with pytest.raises(DamagedRecordError, match="act 1 is damaged: it ends in the middle of a group") as caught:
        place.open()
    assert caught.value.seq == 1


def test_a_record_without_its_own_row_does_not_open(place: Place) -> None:
    one_act(place)
    drop = "DROP TRIGGER record_delete" if isinstance(place.where, Path) else "ALTER TABLE record DISABLE TRIGGER ALL"
    sql(place.where, drop)
    sql(place.where, "DELETE FROM record")
    with pytest.raises(DamagedRecordError, match="its first row is missing"):
        place.open()


def test_a_file_with_torn_pages_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    with create(path, kind=Kind.EXERCISE, entropy=entropy_of(0)) as store:
        store.append([entry(n, "x" * 5000) for n in range(50)], after=0)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(DamagedRecordError, match="damaged"):
        open_(path, kind=Kind.EXERCISE)


def test_a_record_cut_or_torn_anywhere_is_refused_or_whole(tmp_path: Path) -> None:
    path, torn = tmp_path / "a.record", tmp_path / "torn" / "a.record"
    torn.parent.mkdir()
    with create(path, kind=Kind.EXERCISE, entropy=entropy_of(0)) as store:
        store.append([entry(n, "x" * 900) for n in range(12)], after=0)
    for key in tmp_path.glob("*.key"):
        (torn.parent / key.name).write_bytes(key.read_bytes())
    data = path.read_bytes()
    cuts = [data[:end] for end in range(512, len(data), 1536)]
    zeros = [data[:at] + bytes(300) + data[at + 300 :] for at in range(100, len(data), 1111)]
    for other in (*cuts, *zeros):
        torn.write_bytes(other)
        try:
            sound = verify(torn).is_sound
            with open_(torn, kind=Kind.EXERCISE) as store:
                assert store.length == 12 or not sound
        except (StorageError, NewerFormatError, WrongKeyError, WrongKindError) as error:
            assert str(error)


def test_a_full_disk_keeps_nothing_and_the_record_goes_on_when_there_is_space(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    with create(path, kind=Kind.EXERCISE, entropy=entropy_of(0)) as store:
        store.append([entry(1)], after=0)
        [(pages,)] = store._database.rows("PRAGMA page_count")
        store._database.rows(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageError, match=r"disk of .* is full; nothing was stored"):
            store.append([entry(2, "x" * 100_000)], after=1)
        assert store.length == 1
        assert store.verify().is_sound
        store._database.rows(f"PRAGMA max_page_count={pages + 1000}")
        assert store.append([entry(2, "x" * 100_000)], after=1).last == 2


@pytest.mark.parametrize("most", [0, 100, 6000])
def test_a_disk_without_space_gets_no_record(tmp_path: Path, most: int) -> None:
    code = (
        "import resource, sys\n"
        "from goodoffices.record import create\n"
        "from goodoffices.talks.base.enums import Kind\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    create(sys.argv[1], kind=Kind.EXERCISE)\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.record", str(most)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("StorageError")
    assert contents(tmp_path) == {}


TRY_OPENING = """
import os, sys
from goodoffices.record import open_, verify
from goodoffices.talks.base.enums import Kind
if os.getuid() == 0:  # root may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    open_(sys.argv[1], kind=Kind.EXERCISE)
except Exception as error:
    print(type(error).__name__, error)
print(verify(sys.argv[1]).is_sound)
"""


@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_read_only_record_can_be_verified_and_not_opened(folder_mode: int) -> None:
    # Not below pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with create(folder / "a.record", kind=Kind.EXERCISE, entropy=entropy_of(0)) as store:
            store.append([entry(1)], after=0)
        (folder / "a.record.lock").unlink()
        before = contents(folder)
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(folder_mode)
        done = subprocess.run(
            [sys.executable, "-c", TRY_OPENING, folder / "a.record"], capture_output=True, text=True, check=False
        )
        folder.chmod(0o700)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("StorageError")
        assert "may not be written" in done.stdout
        assert done.stdout.endswith("True\n")
        assert {name: data for name, data in contents(folder).items() if name in before} == before


# Other processes

HOLD = (
    "import sys\nfrom record_world import Place\nfrom pathlib import Path\n"
    "where = sys.argv[1] if '://' in sys.argv[1] else Path(sys.argv[1])\n"
    "store = Place(where, Path(sys.argv[2])).open(alone=True)\n"
    "print('open', flush=True)\nsys.stdin.read()\n"
)


def test_a_record_in_use_names_the_process_that_has_it(place: Place) -> None:
    one_act(place)
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", HOLD, str(place.where), str(place.key.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StorageError, match=f"in use by process {other.pid}"):
            place.open(alone=True)
        # Looking does not need the record to oneself.
        assert verify(place.where).is_sound
        assert head_of(place.where).seq == 1
        other.kill()
    place.open(alone=True).close()


# PostgreSQL


def test_postgresql_without_psycopg_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from goodoffices.record import verify\n"
        "try:\n    verify('postgresql://localhost/talks')\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("StorageError")
    assert "goodoffices[postgresql]" in done.stdout


def test_an_unreachable_postgresql_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(
        StorageError, match=r"does not answer at postgresql://.*Start it, or check the address"
    ) as caught:
        verify(f"postgresql://desk:hidden@/talks?host={tmp_path}#astana")
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("name", ["Astana", "a-b", "a b", 'a"; DROP SCHEMA x; --', "x" * 49])
def test_a_name_that_cannot_name_a_schema_is_refused(name: str) -> None:
    with pytest.raises(StorageError, match="cannot be the name of a record"):
        verify(f"postgresql://localhost/talks#{name}")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(StorageError, match="not an address"):
        verify("postgresql://localhost/talks?nonsense=1#astana")


def test_postgresql_keeps_no_key_file_beside_the_record() -> None:
    with pytest.raises(StorageError, match="give a passphrase or a key file"):
        create("postgresql://localhost/talks#astana", kind=Kind.EXERCISE)
