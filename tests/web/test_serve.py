"""The command that serves: where it keeps records, how it begins, ends, and refuses in one sentence."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from goodoffices.web.routes import seat_pages
from goodoffices.web.server import Discreet
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Browser, Clock, SlowLoop, http_world
from serving import COMMAND, VALLEY, begin, refused, served

pytest_plugins = ("record_fixtures",)
pytestmark = pytest.mark.slow

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


def test_the_command_of_make_run_opens_the_start_page_in_a_new_folder(tmp_path: Path) -> None:
    """As a newcomer has it: no folder named, none there yet, and a browser that is told where the page is."""
    [given] = re.findall(r"^run:.*\n\t\$\(BIN\)/goodoffices serve(.*)$", MAKEFILE.read_text(encoding="utf-8"), re.M)
    browser, called = tmp_path / "browser", tmp_path / "called"
    browser.write_text(f'#!/bin/sh\ncp "${{1#file://}}" {called}.part && mv {called}.part {called}\n', encoding="ascii")
    browser.chmod(0o700)
    with subprocess.Popen(
        [*COMMAND, *given.split(), "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "BROWSER": f"{browser} %s"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as desk:
        until = time.monotonic() + 60
        while not called.exists() and desk.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert desk.poll() is None, desk.communicate()[0]
        [address] = re.findall(r'href="([^"]+)"', called.read_text(encoding="utf-8"))
        assert httpx.get(address.partition("#")[0]).status_code == 200
        desk.send_signal(signal.SIGTERM)
    assert (tmp_path / "goodoffices-data").is_dir()


def sentence(printed: str) -> str:
    """Return the one sentence of a command that refused."""
    [line] = printed.strip().splitlines()
    assert line.startswith("goodoffices: ")
    return line


def test_the_record_is_for_its_owner_alone_and_a_second_start_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "kept"
    with served(data) as desk:
        assert httpx.get(f"{desk.origin}/health").json() == {"state": "ok"}
        assert any("Making" in line for line in desk.lines)
    folder = data / read_talks("astana-2017").slug
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "record.db.key").exists()
    with served(data) as desk:
        assert any("Opening the record" in line for line in desk.lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_though_streams_are_open(tmp_path: Path, number: signal.Signals) -> None:
    desk = begin(tmp_path, talks=VALLEY)
    origin = {"origin": desk.origin}
    with httpx.Client(base_url=desk.origin, headers=origin) as client:
        client.post("/start", data={"token": desk.sign})
        token = client.get("/start").text.split('name="_csrf" value="')[1].split('"')[0]
        base = client.post("/start/open", data={"_csrf": token, "seat": "east"}).headers["location"]
        with client.stream("GET", f"{base}stream?page=&after=1", timeout=60) as answer:
            chunks = answer.iter_text()
            assert "event:" in next(chunks)
            desk.process.send_signal(number)
            assert "event: bye" in "".join(chunks)
    assert desk.process.wait(timeout=60) == 0
    assert desk.process.stdout is not None
    assert "Traceback" not in desk.process.stdout.read()
    desk.process.stdout.close()


def test_a_port_in_use_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = sentence(refused(VALLEY, "--port", str(port), "--data", str(tmp_path / "none")))
    assert f"port {port}" in said
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot be made or used" in sentence(refused(VALLEY, "--port", "0", "--data", str(tmp_path / "file")))


def test_a_damaged_record_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    with served(tmp_path, talks=VALLEY):
        pass
    record = tmp_path / "valley" / "record.db"
    spoiled = b"not a record" * 1000
    record.write_bytes(spoiled)
    assert str(record) in sentence(refused(VALLEY, "--port", "0", "--data", str(tmp_path)))
    assert record.read_bytes() == spoiled


@pytest.mark.parametrize(("change", "why"), [("user_version=99", "newer"), ("application_id=0x474f4c52", "kind live")])
def test_a_newer_record_and_one_of_live_talks_are_said_and_left_as_they_are(
    tmp_path: Path, change: str, why: str
) -> None:
    with served(tmp_path, talks=VALLEY):
        pass
    record = tmp_path / "valley" / "record.db"
    with closing(sqlite3.connect(record)) as file:
        file.execute(f"PRAGMA {change}")
    before = record.read_bytes()
    assert why in sentence(refused(VALLEY, "--port", "0", "--data", str(tmp_path)))
    assert record.read_bytes() == before


def test_a_record_with_an_act_changed_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    with served(tmp_path, talks=VALLEY):
        pass
    record = tmp_path / "valley" / "record.db"
    with closing(sqlite3.connect(record, isolation_level=None)) as file:
        file.execute("DROP TRIGGER act_update")
        file.execute("UPDATE act SET head = zeroblob(length(head)) WHERE seq = 7")
    before = record.read_bytes()
    assert "act 7: its sealed head was changed" in refused(VALLEY, "--port", "0", "--data", str(tmp_path))
    assert record.read_bytes() == before


def test_an_address_without_a_record_is_said_and_so_is_one_that_does_not_answer(
    postgresql_address: str, tmp_path: Path
) -> None:
    nothing = f"{postgresql_address}#nothing_here"
    assert "name with --talks" in sentence(refused(nothing, "--port", "0", "--data", str(tmp_path)))
    said = sentence(refused("postgresql://desk:secret@127.0.0.1:1/none", "--port", "0", "--data", str(tmp_path)))
    assert "PostgreSQL does not answer" in said
    assert "secret" not in said


def test_two_servers_on_one_record_of_postgresql_are_refused(postgresql_address: str, tmp_path: Path) -> None:
    address = f"{postgresql_address}#served_twice"
    with served(tmp_path, talks=address, options=("--talks", VALLEY)):
        assert "in use" in sentence(refused(address, "--port", "0", "--data", str(tmp_path)))
    with served(tmp_path, talks=address) as desk:
        assert any("Opening the record" in line for line in desk.lines)


def test_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    log = tmp_path / "valley" / "desk.log"
    with served(tmp_path, talks=VALLEY):
        assert log.stat().st_mode & 0o777 == 0o600
    log.chmod(0o644)
    with served(tmp_path, talks=VALLEY):
        assert log.stat().st_mode & 0o777 == 0o600


def test_unknown_talks_are_said(tmp_path: Path) -> None:
    """By the command as it is started; other refusals are those of a copied process."""
    done = subprocess.run(
        [*COMMAND, "astana-2071", "--port", "0", "--data", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "astana-2017" in sentence(done.stderr)


def test_two_servers_on_one_record_are_refused(tmp_path: Path) -> None:
    with served(tmp_path, talks=VALLEY):
        sentence(refused(VALLEY, "--port", "0", "--data", str(tmp_path)))
    room = open_record(tmp_path / "valley" / "record.db", kind=Kind.EXERCISE)
    room.close()


def test_the_log_names_no_seat_and_no_words(tmp_path: Path) -> None:
    """Not even the path of a seat: beside the times of acts it would say which seat acted."""
    with served(tmp_path, talks=VALLEY) as desk:
        httpx.get(f"{desk.origin}/d/aaaaaaaa/papers/secret-words?q=more-secret-words")
    text = (tmp_path / "valley" / "desk.log").read_text(encoding="utf-8")
    assert "/d/{path_id}/{page:path} 404" in text
    assert "secret" not in text
    assert "aaaaaaaa" not in text


def test_the_code_of_an_error_stands_in_the_log_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder, loop = tmp_path, SlowLoop()
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world = http_world(folder, Clock(), acts, replay(acts))
    browser = Browser(world, world.server.open_seat("opp", "en"), loop)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("words that no log may hold")

    monkeypatch.setattr(seat_pages, "render_frame", broken)
    with caplog.at_level(logging.ERROR, "goodoffices.web"), pytest.raises(ZeroDivisionError):
        browser.get(f"{browser.base}/papers")
    [record] = [record for record in caplog.records if record.getMessage().startswith("error ")]
    line = Discreet("%(message)s").format(record)
    assert re.fullmatch(r"error [0-9a-f]{6}\nZeroDivisionError at \S+:\d+", line)
    browser.close()
    world.room.close()
    loop.close()
