"""PostgreSQL goes and comes back: the desk says so, shows its pages, takes its lock again and reads on, or ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from goodoffices.errors import RecordTakenError, SilentRecordError, StorageError
from goodoffices.record.backends import postgresql, postgresql_locks
from goodoffices.record.keys import KeyFile
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord, create_record, open_record
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.live import command_queue
from goodoffices.web.live.command_queue import CommandQueue
from goodoffices.web.live.departures import Departures
from goodoffices.web.live.desk_stops import DeskStops
from postgresql import Cluster, own_cluster, programs
from properties.worlds.cast import START, the_talks

pytestmark = pytest.mark.slow

AT = START + timedelta(minutes=1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster that tests may stop and freeze."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: no initdb on the PATH or below /usr/lib/postgresql")
    with own_cluster(found) as made:
        yield made


@pytest.fixture
def room(
    cluster: Cluster, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenRecord]:
    monkeypatch.setattr(postgresql, "_ASK_AGAIN_S", 0.0)
    url, key = f"{cluster.address}#lost_{abs(hash(request.node.name))}", KeyFile(path=tmp_path / "a.key")
    create_record(url, the_talks(), kind=Kind.EXERCISE, at=START, key=key).close()
    with closing(open_record(url, kind=Kind.EXERCISE, key=key, alone=True)) as made:
        made.url, made.key = url, key  # type: ignore[attr-defined]
        yield made


def again(room: OpenRecord) -> OpenRecord:
    """The same record, opened by somebody else."""
    return open_record(room.url, kind=Kind.EXERCISE, key=room.key, alone=True)  # type: ignore[attr-defined]


def filing(text: str) -> CommandRequest:
    return CommandRequest(seat="opp", command=FileItem(words=(Words(text=text),)))


def file(room: OpenRecord, text: str, key: str | None = None) -> None:
    assert isinstance(room.submit(filing(text), at=AT, key=key), Done)


def texts(room: OpenRecord) -> list[str | None]:
    view = room.view("opp")
    return [view.text(body) for item in view.known.items.values() for body in item.words]


def end_connections(cluster: Cluster) -> None:
    with psycopg.connect(cluster.address, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'goodoffices%'"
        )


def test_after_the_connection_was_ended_the_desk_goes_on_and_writes_once(cluster: Cluster, room: OpenRecord) -> None:
    file(room, "one", "k1")
    end_connections(cluster)
    with pytest.raises(StorageError):
        file(room, "two", "k2")
    assert texts(room) == ["one"]
    file(room, "two", "k2")
    file(room, "two", "k2")
    assert texts(room) == ["one", "two"]
    with pytest.raises(RecordTakenError):
        again(room)
    assert room.verify_deep().is_sound


def test_a_commit_whose_answer_was_lost_is_found_again(
    cluster: Cluster, room: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = room._store._database._connection  # type: ignore[attr-defined]
    commit = type(connection).transaction

    def lost(self: psycopg.Connection[object], *rest: object, **more: object) -> object:
        made = commit(self, *rest, **more)

        class AndGone:
            def __enter__(self) -> object:
                return made.__enter__()

            def __exit__(self, *error: object) -> object:
                made.__exit__(*error)
                connection.close()
                raise psycopg.OperationalError("server closed the connection unexpectedly")

        return AndGone()

    monkeypatch.setattr(connection, "transaction", lost.__get__(connection))
    with pytest.raises(SilentRecordError, match="whether this was kept is known"):
        file(room, "one", "k1")
    file(room, "one", "k1")
    assert texts(room) == ["one"]


def test_who_was_away_reads_on_what_another_wrote_and_never_writes_beside_it(
    cluster: Cluster, room: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_locks, "_NOTICE_S", 0.2)
    file(room, "one")
    end_connections(cluster)
    with closing(again(room)) as other:
        file(other, "another's")
        with pytest.raises(StorageError):
            file(room, "beside")
        with pytest.raises(RecordTakenError):
            file(room, "beside")
        assert texts(other) == ["one", "another's"]
    file(room, "two")
    assert texts(room) == ["one", "another's", "two"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_after_a_restart_of_the_server_the_desk_goes_on(
    cluster: Cluster, room: OpenRecord, how: signal.Signals
) -> None:
    file(room, "one", "k1")
    cluster.stop(how)
    for _ in range(2):
        with pytest.raises(StorageError):
            file(room, "two", "k2")
        assert texts(room) == ["one"]
    assert not room.is_writable()
    cluster.start()
    file(room, "two", "k2")
    assert texts(room) == ["one", "two"]
    assert room.is_writable()
    assert room.verify_deep().is_sound


def test_a_desk_whose_database_is_frozen_says_so_and_goes_on_when_it_thaws(
    cluster: Cluster, room: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_queue, "_PATIENCE", 1.5)
    stops = DeskStops(room, None)
    departures = Departures(0.02)

    async def spread() -> float:
        return asyncio.get_running_loop().time()

    queue = CommandQueue(room, now=lambda: AT, changed=lambda: None, departures=departures, spread=spread, stops=stops)

    async def run() -> None:
        running = asyncio.create_task(queue.run())
        assert isinstance(await queue.submit(filing("one"), "k1"), Done)
        assert stops.now() is None
        with cluster.frozen():
            with pytest.raises(SilentRecordError):
                await queue.submit(filing("two"), "k2")
            with pytest.raises(StorageError, match="nothing was changed"):
                await queue.submit(filing("three"), "k3")
            assert stops.now() is not None
            assert not await queue.is_writable()
            assert texts(room) == ["one"]
        while stops.now() is not None:
            await asyncio.sleep(0.02)
        # What had been sent before was kept when the server thawed; sent again, it is done only once.
        assert isinstance(await queue.submit(filing("two"), "k2"), Done)
        assert isinstance(await queue.submit(filing("three"), "k3"), Done)
        assert texts(room) == ["one", "two", "three"]
        assert await queue.is_writable()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await queue.finish()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_desk_whose_record_was_taken_ends(
    cluster: Cluster, room: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_locks, "_NOTICE_S", 0.2)

    async def spread() -> float:
        return asyncio.get_running_loop().time()

    queue = CommandQueue(
        room,
        now=lambda: datetime.now(AT.tzinfo),
        changed=lambda: None,
        departures=Departures(0.02),
        spread=spread,
        stops=DeskStops(room, None),
    )
    end_connections(cluster)
    with closing(again(room)), pytest.raises(RecordTakenError):
        asyncio.run(asyncio.wait_for(queue.run(), 30))
