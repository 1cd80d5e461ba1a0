"""A desk's process leaves no dump, and no code on the command line of a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goodoffices.cli.main import keep_compiled_loops_somewhere
from goodoffices.cli.terminal.output import save_text
from goodoffices.errors import StorageError

_PRIVATE = """
import ctypes, resource, sys
from goodoffices.service.own_process import keep_memory_private
keep_memory_private()
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0)
"""
_OPEN = """
import sys
from pathlib import Path
from goodoffices.service.own_process import open_in_browser
open_in_browser("http://127.0.0.1:1/start#secret-code", Path(sys.argv[1]))
"""


def test_no_dump_of_the_memory_can_be_written() -> None:
    told = subprocess.run([sys.executable, "-c", _PRIVATE], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["0", "0"]


def test_the_code_of_the_start_page_is_not_on_the_command_line_of_the_browser(tmp_path: Path) -> None:
    browser, called = tmp_path / "browser", tmp_path / "called"
    browser.write_text(f'#!/bin/sh\necho "$@" > {called}\n', encoding="ascii")
    browser.chmod(0o700)
    given = {**os.environ, "BROWSER": f"{browser} %s"}
    subprocess.run([sys.executable, "-c", _OPEN, str(tmp_path)], env=given, check=True)
    until = time.monotonic() + 10
    while not called.exists() and time.monotonic() < until:
        time.sleep(0.05)
    page = tmp_path / "open-the-desk.html"
    assert "open-the-desk.html" in called.read_text(encoding="ascii")
    assert "secret-code" not in called.read_text(encoding="ascii")
    assert "start#secret-code" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == 0o600


def test_what_is_written_for_a_seat_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    there = tmp_path / "brief.html"
    there.write_text("old", encoding="utf-8")
    there.chmod(0o644)
    for path in (there, tmp_path / "new.txt"):
        save_text("words", path)
        assert path.stat().st_mode & 0o777 == 0o600


def test_compiled_code_is_not_taken_from_a_folder_that_others_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    tmp_path.chmod(0o777)
    with pytest.raises(StorageError, match="somebody else may write"):
        keep_compiled_loops_somewhere()
    tmp_path.chmod(0o700)
    keep_compiled_loops_somewhere()


def test_without_a_folder_of_its_own_compiled_code_gets_a_new_one_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a name that others can guess could be made by them before."""
    made = []
    monkeypatch.setattr(os, "access", lambda *_: False)
    for _ in range(2):
        monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
        keep_compiled_loops_somewhere()
        made.append(os.environ["NUMBA_CACHE_DIR"])
        assert Path(made[-1]).stat().st_mode & 0o777 == 0o700
    os.environ.pop("NUMBA_CACHE_DIR")
    assert made[0] != made[1]
