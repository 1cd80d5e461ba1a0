"""A hundred thousand rows into a ledger: how long it takes, what a copy adds, and how long other seats wait meanwhile.

Rows are filed by the command that people use, in processes of its own, whose seconds on the processor are counted: the
machine may be busy. Then the same file goes in at a served desk, while another seat gives a command ten times a second.
"""

from __future__ import annotations

import asyncio
import csv
import os
import random
import re
import resource
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import httpx

from benchmarks.web import COMMAND, Seat, desk, processor_seconds, show, sign_in

GOODOFFICES = COMMAND[0]
KEEPER, OTHER, LEDGER = "keeper", "other", "seen"
AREAS = tuple(f"area-{n}" for n in range(12))
KINDS = ("shelling", "small-arms", "air-strike", "ground-attack", "overflight")
COPIES, EVERY_S = 5, 0.1
TARGET_S, TARGET_WAIT_MS = 10, 100


def run(*, full: bool = False) -> None:
    """Print the figures; ``full`` for a hundred thousand rows, else for five thousand."""
    n_rows = 100_000 if full else 5_000
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_processes(folder, n_rows)
        at_a_desk(folder, n_rows)


def talks_of(folder: Path) -> Path:
    """Write talks of a keeper with its ledger, and of another party."""
    areas = "\n".join(f"  {area}: {{names: {{en: The {area}}}}}" for area in AREAS)
    path = folder / "talks.yaml"
    path.write_text(
        "version: 1\ntalks: {slug: watch, title: A watch}\n"
        f"actors:\n  {KEEPER}: {{kind: state, names: {{en: The keeper}}}}\n"
        f"  {OTHER}: {{kind: state, names: {{en: The other}}}}\n"
        f"seats:\n  {KEEPER}: {{actor: {KEEPER}, roles: [guarantor]}}\n  {OTHER}: {{actor: {OTHER}, roles: [party]}}\n"
        f"areas:\n{areas}\nledgers:\n  {LEDGER}: {{keeper: {KEEPER}, reports: every-day}}\n",
        encoding="utf-8",
    )
    return path


def write_rows(path: Path, n_rows: int, order: int) -> Path:
    """Write the same rows in another order; some are equal in all their cells."""
    draw = random.Random("rows of a ledger")
    first = date(2017, 1, 1)
    rows = [
        (
            first + timedelta(days=draw.randrange(365)), draw.choice(AREAS), draw.choice(KINDS),
            f"{draw.uniform(33, 37):.3f},{draw.uniform(36, 42):.3f}" if draw.random() < 0.7 else "",
            draw.choice(("", "0", "2", "5")), f"the bridge {draw.randrange(400)}", "said by a neighbour",
        )
        for _ in range(n_rows)
    ]  # fmt: skip
    random.Random(order).shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("date", "area", "kind", "point", "killed", "place", "words"))
        out.writerows(rows)
    return path


def in_processes(folder: Path, n_rows: int) -> None:
    """File the rows into a record, and then five times a copy in another order."""
    record = folder / "watch.record"
    _told("record", "new", str(record), "--talks", str(talks_of(folder)), "--exercise")
    for copy in range(COPIES + 1):
        table = write_rows(folder / "rows.csv", n_rows, copy)
        begun, busy = time.perf_counter(), _children()
        told = _told("ledger", "import", str(record), str(table), "--seat", KEEPER)
        busy, lasted = _children() - busy, time.perf_counter() - begun
        [filed] = re.findall(r"Filed: ([\d,]+) new rows", told)
        what = "first" if not copy else f"copy {copy}, shuffled"
        target = f"target {TARGET_S} s on an idle machine" if not copy else "target 0 new rows, 3 s"
        print(f"  {what:<20}{n_rows:>8,} rows, {filed} new: {busy:6.2f} s of processor, {lasted:6.2f} s  ({target})")


def _told(*words: str) -> str:
    done = subprocess.run([GOODOFFICES, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def at_a_desk(folder: Path, n_rows: int) -> None:
    """Bring the file at a served desk, while another seat gives commands."""
    table = write_rows(folder / "rows.csv", n_rows, 0)
    with desk(folder, talks_of(folder)) as (address, process):
        asyncio.run(_beside(address, process, table))


async def _beside(address: str, process: int, table: Path) -> None:
    origin, _, sign = address.partition("/start#")
    async with httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=600) as client:
        by_slug = {seat.slug: seat for seat in await sign_in(client, sign)}
        alone = [await _command(client, by_slug[OTHER], n) for n in range(30)]
        busy = processor_seconds(process)
        bringing = asyncio.create_task(_bring(client, by_slug[KEEPER], table))
        waited: list[float] = []
        while not bringing.done():
            begun = time.perf_counter()
            waited.append(await _command(client, by_slug[OTHER], len(waited) + 100))
            await asyncio.sleep(max(0.0, EVERY_S - (time.perf_counter() - begun)))
        lasted = await bringing
        busy = processor_seconds(process) - busy
    show("a command of another seat, nothing else going on", alone)
    show("a command of another seat, rows coming in", waited, f"target {TARGET_WAIT_MS} ms at most, on an idle machine")
    longer = sum(one > TARGET_WAIT_MS / 1000 for one in waited)
    print(f"  {longer} of {len(waited)} waited longer; the rows took {lasted:.1f} s, {busy:.1f} s of processor")


async def _command(client: httpx.AsyncClient, seat: Seat, n: int) -> float:
    fields = {"_csrf": seat.csrf, "_key": f"{seat.slug}-{n:06d}", "_back": "papers", "_form": "f", "words": f"word {n}"}
    begun = time.perf_counter()
    answer = await client.post(f"{seat.base}/do/FileItem", data=fields, headers={"accept": "application/json"})
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(answer.text)
    return time.perf_counter() - begun


async def _bring(client: httpx.AsyncClient, seat: Seat, table: Path) -> float:
    page = (await client.get(f"{seat.base}/intake")).text
    found = re.search(r'action="([^"]*/bring)"', page)
    if found is None:
        raise RuntimeError("the page of intake takes no file")
    begun = time.perf_counter()
    answer = await client.post(
        found[1], data={"_csrf": seat.csrf, "_key": "bring-000001", "_form": "bring"},
        files={"file": (table.name, table.read_bytes(), "text/csv")},
    )  # fmt: skip
    token = re.search(r'name="token" value="([0-9a-f]+)"', answer.text)
    if token is None:
        raise RuntimeError(f"the file was not read: {answer.status_code} {answer.text[:500]}")
    answer = await client.post(
        found[1].removesuffix("bring") + "take",
        data={"_csrf": seat.csrf, "_key": "take-000001", "_form": "take", "token": token[1]},
    )
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError(f"the file was not taken: {answer.status_code} {answer.text[:500]}")
    return time.perf_counter() - begun
