"""A throw-away PostgreSQL cluster for the tests: private, on a unix socket, with fsync on, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
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


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Run a cluster of our own and give the address of its database."""
    # The socket's path must be short, so the folder is not below pytest's.
    folder = Path(tempfile.mkdtemp(prefix="go-pg-"))
    owner = _owner()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    initdb = [bin_folder / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-locale"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **owner)  # type: ignore[call-overload]
    settings = [argument for key, value in _SETTINGS.items() for argument in ("-c", f"{key}={value.strip(chr(39))}")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(  # type: ignore[call-overload]
            [bin_folder / "postgres", "-D", data, "-k", folder, *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            **owner,
        )
    try:
        address = f"postgresql://desk@/postgres?host={folder}"
        _wait_for(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=_START_S)
        shutil.rmtree(folder, ignore_errors=True)


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
