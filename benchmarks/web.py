"""The desk under load: sixty seats with open streams, and pages beside thousands of hidden acts.

The server is the command that people use, in a process of its own, with its beats; this process drives it over
loopback. The peer for pages beside hidden acts is an empty record.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from scipy.stats import mannwhitneyu

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from benchmarks.talks_core import deeds
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world

SEATS, EVERY_S, ENVOY = 60, 5.0, "envoy"
PAGES = ("", "papers", "people", "sessions", "record")
COMMAND = [str(Path(sys.executable).with_name("goodoffices")), "serve"]


def run(*, full: bool = False) -> None:
    """Print the figures; ``full`` for a minute of load and the sizes of the targets."""
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name, desk(Path(name), talks_of(Path(name))) as (address, process):
        asyncio.run(load(address, process, seconds=60.0 if full else 15.0))
    with tempfile.TemporaryDirectory() as name:
        to_the_first_page(Path(name))
    with tempfile.TemporaryDirectory() as name:
        after_many_notices(Path(name), notices=1_000, requests=200 if full else 50)
    with tempfile.TemporaryDirectory() as name:
        sizes = {"acts": 10_000, "requests": 2_000} if full else {"acts": 1_000, "requests": 300}
        beside_hidden_acts(Path(name), **sizes, targets=full)


def talks_of(folder: Path) -> Path:
    """Write talks of an envoy and of parties whose messages it carries."""
    seats = {ENVOY: "mediator"} | {f"party-{n}": "party" for n in range(1, SEATS)}
    actors = "\n".join(f"  {slug}: {{kind: state, names: {{en: Seat {slug}}}}}" for slug in seats)
    held = "\n".join(f"  {slug}: {{actor: {slug}, roles: [{role}]}}" for slug, role in seats.items())
    path = folder / "sixty.yaml"
    head = "version: 1\ntalks: {slug: sixty, title: Sixty seats, undo_seconds: 5}"
    path.write_text(f"{head}\nactors:\n{actors}\nseats:\n{held}\n", encoding="utf-8")
    return path


@contextmanager
def desk(folder: Path, talks: Path | None) -> Iterator[tuple[str, int]]:
    """Serve the talks, or the list of records; give the address of the start page, and the number of the process."""
    command = [
        *COMMAND,
        *([] if talks is None else [str(talks)]),
        "--port",
        "0",
        "--data",
        str(folder / "data"),
        "--commands-a-minute",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = None
        while found is None and (line := process.stdout.readline()):
            found = re.search(r"http://\S+/start#\w+", line)
        if found is None:
            raise RuntimeError("the desk did not open; its reason stands above")
        yield found[0], process.pid
    finally:
        process.terminate()
        begun = time.perf_counter()
        process.wait(timeout=30)
        print(f"  end on SIGTERM with the streams open: {time.perf_counter() - begun:.2f} s (target 2 s)")
        if process.stdout is not None:
            process.stdout.close()


@dataclass(slots=True)
class Seat:
    """One seat's browser: its form signs, and when each of its notices came on its stream."""

    slug: str
    base: str
    csrf: str
    cookie: str
    papers: int = 0
    seen: dict[int, float] = field(default_factory=dict)
    handed: dict[str, list[float]] = field(default_factory=dict)
    open: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, kw_only=True)
class Taken:
    """Seconds from sending a command: to its answer, to the frame at its own seat, and at the envoy's."""

    answers: list[float] = field(default_factory=list)
    own_frames: list[tuple[Seat, int, float]] = field(default_factory=list)
    handed: list[tuple[Seat, float]] = field(default_factory=list)


async def load(address: str, process: int, *, seconds: float) -> None:
    """Let every seat hold a stream and give one command every five seconds, alternately filing and handing."""
    origin, _, sign = address.partition("/start#")
    async with httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=30) as client:
        seats = await sign_in(client, sign)
        streams = [asyncio.create_task(follow(origin, seat)) for seat in seats]
        await asyncio.gather(*(seat.open.wait() for seat in seats))
        taken, busy, begun = Taken(), processor_seconds(process), time.perf_counter()
        await asyncio.gather(*(act(client, seat, n, seconds, taken) for n, seat in enumerate(seats)))
        busy, lasted = processor_seconds(process) - busy, time.perf_counter() - begun
        await asyncio.sleep(1)
        report(seats, taken, busy / lasted)
        for stream in streams:
            stream.cancel()
        # Cancelled tasks are waited for; the sockets stay open till the desk has been told to stop.
        await asyncio.gather(*streams, return_exceptions=True)


def processor_seconds(process: int) -> float:
    """Return how long a process has kept a processor busy; not a number but on Linux."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.is_file():
        return float("nan")
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def sign_in(client: httpx.AsyncClient, sign: str) -> list[Seat]:
    """Open every seat from the start page."""
    await client.post("/start", data={"token": sign})
    page = (await client.get("/start")).text
    csrf = _found(r'name="_csrf" value="(\w+)"', page)
    seats = []
    for slug in re.findall(r'name="seat" value="([\w-]+)"', page):
        opened = await client.post("/start/open", data={"_csrf": csrf, "seat": slug})
        base = opened.headers["location"].rstrip("/")
        path_id = base.rpartition("/")[2]
        token = _found(r'data-csrf="(\w+)"', (await client.get(f"{base}/papers/new")).text)
        seats.append(Seat(slug, base, token, f"go-{path_id}={client.cookies[f'go-{path_id}']}"))
    return seats


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[1]


async def follow(origin: str, seat: Seat) -> None:
    """Hold the seat's stream open and note when each notice came."""
    place = urlsplit(origin)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**22)
    # As after a page just read: the stream begins with what is new.
    request = (
        f"GET {seat.base}/stream?page=papers&after=1 HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {seat.cookie}\r\n\r\n"
    )
    writer.write(request.encode())
    try:
        with suppress(asyncio.IncompleteReadError):
            while frame := await reader.readuntil(b"\n\n"):
                came = time.perf_counter()
                if b"event: ready" in frame:
                    seat.open.set()
                found = re.search(rb"^data: (.*)$", frame, re.MULTILINE)
                if b"event: notice" in frame and found is not None:
                    notice = json.loads(found[1])["notice"]
                    seat.seen[notice["n"]] = came
                    if notice["kind"] == "ItemHanded":
                        seat.handed.setdefault(notice["by"], []).append(came)
    finally:
        writer.close()


async def act(client: httpx.AsyncClient, seat: Seat, number: int, seconds: float, taken: Taken) -> None:
    """Give one command every five seconds, seats one after the other."""
    begun = time.perf_counter()
    turn = 0
    while (at := number * EVERY_S / SEATS + turn * EVERY_S) < seconds:
        await asyncio.sleep(max(0.0, begun + at - time.perf_counter()))
        fields = {"_csrf": seat.csrf, "_key": f"{seat.slug}-{turn:06d}", "_back": "papers", "_form": "f"}
        if turn % 2 == 0 or seat.slug == ENVOY:
            seat.papers += 1
            text = f"{seat.slug} {turn}" + " words of a paper" * 36
            name, fields = "FileItem", fields | {"words": text}
        else:
            name, fields = "HandItem", fields | {"item": f"m{seat.papers}", "to": ENVOY}
        sent = time.perf_counter()
        answer = await client.post(f"{seat.base}/do/{name}", data=fields, headers={"accept": "application/json"})
        taken.answers.append(time.perf_counter() - sent)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} of {seat.slug}: {answer.text}")
        taken.own_frames.append((seat, answer.json()["n"], sent))
        if name == "HandItem":
            taken.handed.append((seat, sent))
        turn += 1


def report(seats: list[Seat], taken: Taken, busy: float) -> None:
    """Print what came how late; a frame that never came is an error."""
    [envoy] = [seat for seat in seats if seat.slug == ENVOY]
    own = [seat.seen[n] - sent for seat, n, sent in taken.own_frames]
    came = {slug: iter(times) for slug, times in envoy.handed.items()}
    handed = [next(came[seat.slug]) - sent for seat, sent in taken.handed]
    print(f"{len(seats)} seats with open streams, one command each every {EVERY_S:g} s, {len(own)} commands:")
    show("command to answer", taken.answers, "target p99 < 200 ms")
    show("command to the frame at its own seat", own, "target p99 < 500 ms")
    show("command to the frame at the envoy it was handed to", handed, "target p99 < 500 ms")
    print(f"  the serving process keeps {busy:.0%} of a core busy")


def show(name: str, seconds: list[float], note: str = "") -> None:
    """Print median, 99th percentile and longest."""
    ordered = sorted(seconds)
    p99 = ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    figures = f"p50 {statistics.median(ordered) * 1e3:7.1f}  p99 {p99 * 1e3:7.1f}  max {ordered[-1] * 1e3:7.1f} ms"
    print(f"  {name:<52}{figures}  {note}")


def to_the_first_page(folder: Path) -> None:
    """Print how long a person waits from the command to the first page: without a name, with talks, and once more."""
    talks = talks_of(folder)
    for what, named in (("the list of records", None), ("new talks of sixty seats", talks), ("the same again", talks)):
        begun = time.perf_counter()
        with desk(folder, named) as (address, _):
            found = httpx.get(address.partition("#")[0], timeout=60)
            taken = time.perf_counter() - begun
        print(f"  from the command to the first page, {what}: {taken:.2f} s, status {found.status_code} (target 2 s)")


def after_many_notices(folder: Path, *, notices: int, requests: int) -> None:
    """Print how long the pages of a seat take that has been told very much."""
    loop, world, number = SlowLoop(), new_world(folder / "told"), 0
    while len(world.room.view("opp").notices) < notices:
        number += 1
        for turn in range(4):
            seat, command = deeds(number)[turn]
            at = START + timedelta(minutes=number, seconds=turn)
            world.room.submit(CommandRequest(seat=seat, command=command), at=at)
    browser = Browser(world, world.server.open_seat("opp", "en"), loop)
    print(f"pages of a seat that was told {notices:,} things, {requests} requests of each:")
    for page in PAGES:
        timed(browser, page)
        taken = [timed(browser, page) for _ in range(requests)]
        show(page or "home", taken, "target p50 < 15, p99 < 40 ms")
    browser.close()
    world.room.close()
    world.server.access.close()
    loop.close()


def beside_hidden_acts(folder: Path, *, acts: int, requests: int, targets: bool) -> None:
    """Compare an observer's pages in a record with hidden acts and in an empty one, in turns; ``targets`` are shown."""
    loop = SlowLoop()
    worlds = {name: new_world(folder / name) for name in ("empty", "hidden")}
    number = 0
    while len(worlds["hidden"].room.acts()) < acts:
        number += 1
        command = FileItem(words=(Words(text=f"{number} " + "words of a paper " * 36),))
        worlds["hidden"].room.submit(CommandRequest(seat="opp", command=command), at=START + timedelta(seconds=number))
    browsers = {name: Browser(world, world.server.open_seat("usa", "en"), loop) for name, world in worlds.items()}
    print(f"pages of a seat beside {acts:,} hidden acts and in an empty record, {requests} requests of each in turns:")
    for page in PAGES:
        taken: dict[str, list[float]] = {name: [] for name in worlds}
        for turn in range(requests):
            for name in sorted(worlds, reverse=turn % 2 == 0):
                taken[name].append(timed(browsers[name], page))
        compare(page or "home", taken, targets=targets)
    for name, browser in browsers.items():
        browser.close()
        worlds[name].room.close()
        worlds[name].server.access.close()
    loop.close()


def new_world(folder: Path) -> HttpWorld:
    """A served record of the two-world tests' talks, without beats."""
    folder.mkdir()
    begun = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    return http_world(folder, Clock(), begun, replay(begun))


def timed(browser: Browser, page: str) -> float:
    begun = time.perf_counter()
    browser.get(f"{browser.base}/{page}")
    return time.perf_counter() - begun


def compare(page: str, taken: dict[str, list[float]], *, targets: bool) -> None:
    """Print the medians, their ratio, and how likely so great a difference is by chance."""
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    chance = mannwhitneyu(taken["hidden"], taken["empty"]).pvalue
    print(
        f"  {page:<10} median {medians['hidden'] * 1e3:6.2f} and {medians['empty'] * 1e3:6.2f} ms, ratio"
        f" {medians['hidden'] / medians['empty']:.3f}{' (target 0.95 to 1.05)' if targets else ''},"
        f" p {chance:.2f} by Mann-Whitney{' (target > 0.01)' if targets else ''}"
    )
