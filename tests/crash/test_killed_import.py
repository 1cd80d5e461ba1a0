"""An import of a file that is killed in its middle: the same file again files the rest, and no row twice."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from crash.interruptions import STARTED, environment

N_ROWS = 6_000
_TALKS = """version: 1
talks: {slug: watch, title: A watch}
actors: {keeper: {kind: state, names: {en: The keeper}}}
seats: {keeper: {actor: keeper, roles: [guarantor]}}
areas: {hama: {names: {en: Hama}}}
ledgers: {seen: {keeper: keeper, reports: every-day}}
"""


def goodoffices(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", STARTED, *words], env=environment(), capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    return done.stdout


def write_rows(path: Path, order: int) -> None:
    """Write rows in some order. Every third is equal to two others in all its cells."""
    lines = [f"2017-01-{n % 28 + 1:02},hama,shelling,bridge {n // 3 if n % 2 else n}" for n in range(N_ROWS)]
    random.Random(order).shuffle(lines)
    path.write_text("\n".join(["date,area,kind,place", *lines]), encoding="utf-8")


def test_the_same_file_again_files_the_rest_of_an_import_that_was_killed(tmp_path: Path) -> None:
    record, table, talks = tmp_path / "watch.record", tmp_path / "rows.csv", tmp_path / "talks.yaml"
    talks.write_text(_TALKS, encoding="utf-8")
    goodoffices("record", "new", str(record), "--talks", str(talks), "--exercise")
    write_rows(table, 0)
    kept = sorted(path for path in tmp_path.iterdir() if path.name.startswith(record.name))
    before = sum(path.stat().st_size for path in kept)

    words = ["ledger", "import", str(record), str(table), "--seat", "keeper"]
    process = subprocess.Popen([sys.executable, "-c", STARTED, *words], env=environment(), stderr=subprocess.DEVNULL)
    while sum(path.stat().st_size for path in tmp_path.glob(f"{record.name}*")) < before + 200_000:
        assert process.poll() is None, "the import ended before it could be killed"
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()

    write_rows(table, 1)
    told = goodoffices(*words)
    filed, same = (
        int(found.replace(",", "")) for found in re.findall(r"Filed: ([\d,]+) new.*before: ([\d,]+)", told)[0]
    )
    assert 0 < filed < N_ROWS
    assert filed + same == N_ROWS
    write_rows(table, 2)
    assert f"Filed: 0 new rows, 0 changed rows. The same as before: {N_ROWS:,}." in goodoffices(*words)
