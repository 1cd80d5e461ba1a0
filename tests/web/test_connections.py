"""Whoever may connect cannot stop the desk: unfinished requests end, and no address takes all connections."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from goodoffices.web import connections
from goodoffices.web.connections import KNOWN, Connections, protocol_of
from goodoffices.web.server import OwnLog
from serving import VALLEY, Served, served


@contextlib.contextmanager
def small_server(held: Connections) -> Iterator[int]:
    """Serve an application that counts everybody who asks for /in as signed in; give its port."""

    async def app(scope: Any, _: Any, send: Any) -> None:
        if scope["type"] == "http":
            if scope["path"] == "/in":
                scope[KNOWN]()
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"ok"})

    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    config = uvicorn.Config(app, log_config=None, http=protocol_of(held), ws="none", lifespan="off")
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]  # it runs in a thread
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def is_closed(line: socket.socket, within: float = 60.0) -> bool:
    """Say whether the other side ended the connection."""
    line.settimeout(within)
    try:
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def ask(line: socket.socket, path: str = "/") -> bool:
    """Say whether a request on this connection is answered."""
    line.settimeout(60)
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    came = b""
    while not came.endswith(b"\r\n\r\nok"):
        more = line.recv(1_000)
        if not more:
            return False
        came += more
    return b" 200 " in came


def test_a_request_whose_head_does_not_come_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADERS_WITHIN", 0.3)
    with small_server(Connections(100)) as port, socket.create_connection(("127.0.0.1", port)) as silent:
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            assert is_closed(half)
        assert is_closed(silent)
        with socket.create_connection(("127.0.0.1", port)) as again:
            assert ask(again)
            time.sleep(0.5)  # between requests a connection may rest for longer than a head may take
            again.sendall(b"GET / HTTP/1.1\r\nHo")
            assert is_closed(again)


def test_too_many_connections_end_the_oldest_that_nobody_signed_in_uses() -> None:
    held = Connections(16)
    with small_server(held) as port, contextlib.ExitStack() as lines:

        def connect() -> socket.socket:
            return lines.enter_context(socket.create_connection(("127.0.0.1", port)))

        known = connect()
        assert ask(known, "/in")
        silent = [connect() for _ in range(12)]
        time.sleep(0.2)
        assert all(is_closed(line) for line in silent[:8])
        assert not is_closed(silent[-1], 0.1)
        assert ask(known, "/in")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Served]:
    with served(folder, talks=VALLEY) as made:
        yield made


def test_a_desk_answers_beside_a_thousand_half_open_requests(desk: Served) -> None:
    place = httpx.URL(desk.origin)
    with contextlib.ExitStack() as lines:
        for number in range(1_100):
            line = lines.enter_context(socket.create_connection((place.host, place.port or 80)))
            head = b"POST /start HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"GET /" + b"a" * 4_000
            line.sendall(head)
        for path in ("/start", "/health", "/join"):
            assert httpx.get(f"{desk.origin}{path}", timeout=60).status_code == 200


def test_the_log_grows_by_a_short_line_at_most_whatever_strangers_send(desk: Served, folder: Path) -> None:
    place = httpx.URL(desk.origin)

    def size() -> int:
        return sum(log.stat().st_size for log in folder.rglob("desk.log*"))

    before, requests = size(), (b"x" * 70_000, b"\n\n", b"%0a" * 9_000, "é\u202e".encode() * 500)
    for address in requests:
        with socket.create_connection((place.host, place.port or 80)) as line:
            line.sendall(b"GET /" + address + b" HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n")
            is_closed(line, 0.2)
    assert size() - before <= 200 * len(requests)


def test_an_old_log_is_put_aside_for_its_owner_alone(tmp_path: Path) -> None:
    log = OwnLog(tmp_path / "desk.log", maxBytes=100, backupCount=2)
    for number in range(20):
        log.handle(logging.LogRecord("x", logging.INFO, "", 0, f"line {number} of the log", None, None))
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["desk.log", "desk.log.1", "desk.log.2"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
