"""How long an act takes to reach everybody: from sending the command to the last byte at the last stream.

A desk of sixty seats is served in a process of its own, written to the disk each time; this process holds the streams,
on the other core. The peer is a bare broadcast in a third process: the same library of routes and the same server, no
store, no views, frames as long. Without ticks an act goes out as soon as it is on the disk; with them at a tick.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from benchmarks.servers.push import READY
from benchmarks.web import ENVOY, Seat, processor_seconds, sign_in, talks_of

ACTS_A_SECOND = 5.0


def run(*, full: bool = False) -> None:
    """Print the figures; ``full`` for ten seconds each instead of four, and two thousand streams."""
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    seconds = 10.0 if full else 4.0
    for streams in (60, 1_000, 2_000) if full else (60, 300):
        peer = asyncio.run(_at_the_peer(streams, seconds))
        for tick in (0.0, 0.05):
            taken, busy, memory = _at_the_desk(streams, seconds, tick)
            ratio = f"{p99(taken) / p99(peer):.2f} times the peer's {p99(peer) * 1e3:.1f}"
            print(
                f"  {streams:>5} streams, {'tick of 50 ms' if tick else 'without ticks'}: median"
                f" {statistics.median(taken) * 1e3:6.1f}, p99 {p99(taken) * 1e3:6.1f}, most"
                f" {max(taken) * 1e3:6.1f} ms; p99 {ratio} ms; {busy:.0%} of a core, {memory:.0f} MB"
            )


def p99(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]


@contextmanager
def _server(*arguments: str) -> Iterator[tuple[str, int]]:
    """Start a server of ``benchmarks.servers.push``; give its address and the number of its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.servers.push", *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        address = next(
            (line.split()[1] for line in process.stdout if line.startswith(READY)),
            "",
        )
        if not address:
            raise RuntimeError("the server did not open; its reason stands above")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()


def _at_the_desk(streams: int, seconds: float, tick: float) -> tuple[list[float], float, float]:
    """Return the seconds to everybody of each act, the share of a core, and the memory in MB."""
    with tempfile.TemporaryDirectory() as name:
        talks = talks_of(Path(name))
        with _server("desk", str(talks), name, str(tick)) as (address, process):
            return asyncio.run(_load(address, process, streams, seconds))


async def _load(address: str, process: int, streams: int, seconds: float) -> tuple[list[float], float, float]:
    async with working(address, streams) as acts:
        busy, begun = processor_seconds(process), time.perf_counter()
        taken = await acts(seconds)
        busy = (processor_seconds(process) - busy) / (time.perf_counter() - begun)
        return taken, busy, memory_of(process)


@asynccontextmanager
async def working(address: str, streams: int) -> AsyncIterator[Callable[[float], Awaitable[list[float]]]]:
    """Hold streams at a desk; give a function that gives acts for some seconds and returns how long each took."""
    origin, _, sign = address.partition("/start#")
    async with httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=60) as client:
        seats = await sign_in(client, sign)
        audience = _Audience(streams)
        host = origin.removeprefix("http://")
        tasks = [asyncio.create_task(_hold(audience, host, seats[n % len(seats)], n)) for n in range(streams)]
        await audience.all_open.wait()
        [envoy] = [seat for seat in seats if seat.slug == ENVOY]

        async def act(turn: int) -> None:
            fields = {
                "_csrf": envoy.csrf,
                "_key": f"push-{turn:06d}",
                "_back": "papers",
                "source.publisher": f"Paper {turn}",
                "source.title": f"Number {turn}",
            }
            answer = await client.post(
                f"{envoy.base}/do/EnterSource", data=fields, headers={"accept": "application/json"}
            )
            if answer.status_code != 200:
                raise RuntimeError(answer.text)

        async def acts(seconds: float) -> list[float]:
            return await _acts(audience, act, seconds)

        yield acts
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _at_the_peer(streams: int, seconds: float) -> list[float]:
    with _server("broadcast") as (address, _):
        audience = _Audience(streams)
        host = address.removeprefix("http://")
        tasks = [asyncio.create_task(_hold(audience, host, None, n)) for n in range(streams)]
        await audience.all_open.wait()
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:

            async def act(_: int) -> None:
                await client.post("/")

            taken = await _acts(audience, act, seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return taken


class _Audience:
    """Counts who is open, and who has the news that is awaited."""

    def __init__(self, size: int) -> None:
        self.size, self.n_open = size, 0
        self.all_open = asyncio.Event()
        self.reached: dict[int, int] = {}
        self.done: dict[int, asyncio.Future[float]] = {}
        self.n_given = 0

    def opened(self) -> None:
        """Note that one more stream is open."""
        self.n_open += 1
        if self.n_open == self.size:
            self.all_open.set()

    def came(self, turn: int) -> None:
        """Note that the news of a turn came whole at one more stream."""
        self.reached[turn] = self.reached.get(turn, 0) + 1
        if self.reached[turn] == self.size:
            self._future(turn).set_result(time.perf_counter())

    def _future(self, turn: int) -> asyncio.Future[float]:
        if turn not in self.done:
            self.done[turn] = asyncio.get_running_loop().create_future()
        return self.done[turn]

    async def everybody(self, turn: int) -> float:
        """Return when the last stream had the news of a turn."""
        return await asyncio.wait_for(self._future(turn), 60)


async def _acts(audience: _Audience, act: object, seconds: float) -> list[float]:
    """Give acts at even times; return for each the seconds from sending it until everybody had it."""
    begun = time.perf_counter()
    waiting = []

    async def one(turn: int) -> float:
        sent = time.perf_counter()
        await act(turn)  # type: ignore[operator]
        return await audience.everybody(turn) - sent

    for number in range(int(seconds * ACTS_A_SECOND)):
        # Each at another place within a tick.
        await asyncio.sleep(max(0.0, begun + number / ACTS_A_SECOND + (number * 7 % 10) / 200 - time.perf_counter()))
        waiting.append(asyncio.create_task(one(audience.n_given)))
        audience.n_given += 1
    return list(await asyncio.gather(*waiting))


async def _hold(audience: _Audience, host: str, seat: Seat | None, number: int) -> None:
    """Hold a stream open and count each piece of news that comes whole."""
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, int(port), limit=2**22)
    path = "/" if seat is None else f"{seat.base}/stream?page={'' if number % 2 else 'papers'}&after=1"
    cookie = "" if seat is None else f"Cookie: {seat.cookie}\r\n"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}\r\n".encode())
    turn, is_open = 0, False
    try:
        while frame := await reader.readuntil(b"\n\n"):
            if b"event: ready" in frame:
                is_open = True
                audience.opened()
            elif is_open and b"event: notice" in frame:
                audience.came(turn)
                turn += 1
    finally:
        writer.close()


def memory_of(process: int) -> float:
    """Return the memory that a process holds, in MB; not a number but on Linux."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return float("nan")
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
