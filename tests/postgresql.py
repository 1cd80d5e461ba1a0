"""A throw-away PostgreSQL cluster for the tests: private, on a unix socket, with fsync on, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_START_S = 60.0
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "log_min_messages": "fatal",
}


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or ``None`` where it is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    fitting = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return fitting[-1] if fitting else None


def _owner() -> dict[str, int]:
    """PostgreSQL refuses to run as root: then it runs as the user `postgres`."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid}


class Cluster:
    """A cluster of our own, that can be stopped, started again and frozen. ``address`` is that of its database."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self._programs, self._folder = bin_folder, folder
        self.address = f"postgresql://desk@/postgres?host={folder}"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value.strip(chr(39))}")]
        with (self._folder / "log").open("a") as log:
            self._server = subprocess.Popen(  # type: ignore[call-overload]
                [self._programs / "postgres", "-D", self._folder / "data", "-k", self._folder, *settings],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **_owner(),
            )
        assert self._server is not None
        _wait_for(self.address, self._server, self._folder / "log")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends connections, SIGQUIT ends it as a crash would."""
        assert self._server is not None
        self._server.send_signal(how)
        self._server.wait(timeout=_START_S)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let none of the server's processes run: connections stay open, and nothing answers."""
        assert self._server is not None
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text(encoding="ascii")
        processes = [self._server.pid, *map(int, children.split())]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)


@contextmanager
def own_cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Run a cluster of our own."""
    # The socket's path must be short, so the folder is not below pytest's.
    folder = Path(tempfile.mkdtemp(prefix="go-pg-"))
    owner = _owner()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    initdb = [bin_folder / "initdb", "-D", folder / "data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-locale"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **owner)  # type: ignore[call-overload]
    made = Cluster(bin_folder, folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Run a cluster of our own and give the address of its database."""
    with own_cluster(bin_folder) as made:
        yield made.address


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(int(_START_S * 20)):
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(encoding='utf-8')}")
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)  # the server tells nobody when it is ready
        else:
            return
    raise RuntimeError("PostgreSQL did not answer in time")
