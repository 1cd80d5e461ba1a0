"""Somebody at a seat over plain sockets, with a clock: pages, commands, files, and streams whose frames are timed."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import httpx

FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class Stream:
    """One open stream: when each notice came, by its number."""

    came: dict[int, float] = field(default_factory=dict)
    is_open: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class Seat:
    """One person at one seat. ``cookie`` and ``csrf`` are those of the session."""

    origin: str
    slug: str
    base: str
    csrf: str
    cookie: str
    line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = HTTPConnection(urlsplit(self.origin).netloc, timeout=30)

    def close(self) -> None:
        """Hang up; streams end with the desk."""
        self.line.close()

    def packed(self) -> list[str]:
        """Return what another process needs to be this person."""
        return [self.origin, self.slug, self.base, self.csrf, self.cookie]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send a request and return the status of the answer and its body."""
        given = {"cookie": self.cookie, "origin": self.origin, "accept": "application/json", **(headers or {})}
        self.line.request(method, path, body or None, given)
        answer = self.line.getresponse()
        return answer.status, answer.read()

    def get(self, page: str) -> float:
        """Read a page and return the seconds that it took."""
        begun = time.perf_counter()
        status, _ = self.ask("GET", f"{self.base}/{page}")
        assert status == 200, (page, status)
        return time.perf_counter() - begun

    def do(self, command: str, key: str, /, **fields: str | list[str]) -> tuple[dict[str, object], float, float]:
        """Give a command; return the answer, when it came, and the seconds that it took."""
        form = {"_csrf": self.csrf, "_key": key, "_back": "papers", "_sure": "yes", **fields}
        begun = time.perf_counter()
        status, body = self.ask("POST", f"{self.base}/do/{command}", urlencode(form, doseq=True).encode(), FORM)
        came = time.perf_counter()
        assert status in (200, 202), (command, status, body)
        return json.loads(body), came, came - begun

    def send(self, path: str, data: bytes) -> float:
        """Send a file and return the seconds until the page that shows it is there."""
        head = f'--edge\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{self.csrf}\r\n--edge\r\n'
        head += 'Content-Disposition: form-data; name="file"; filename="rows.xlsx"\r\n\r\n'
        body = head.encode() + data + b"\r\n--edge--\r\n"
        begun = time.perf_counter()
        status, answer = self.ask(
            "POST", f"{self.base}/{path}", body, {"content-type": "multipart/form-data; boundary=edge"}
        )
        assert status == 200, (path, status, answer[:300])
        return time.perf_counter() - begun

    def follow(self, page: str = "papers") -> Stream:
        """Open a stream and note in a thread of its own when its notices come."""
        stream = Stream()
        threading.Thread(target=self._follow, args=(page, stream), daemon=True).start()
        stream.is_open.wait(20)
        return stream

    def _follow(self, page: str, stream: Stream) -> None:
        with contextlib.closing(HTTPConnection(urlsplit(self.origin).netloc)) as line:
            line.request("GET", f"{self.base}/stream?page={page}&after=1", headers={"cookie": self.cookie})
            answer = line.getresponse()
            while row := answer.fp.readline():
                if row.startswith(b"id: "):
                    stream.came.setdefault(int(row[4:]), time.perf_counter())
                elif b"event: ready" in row:
                    stream.is_open.set()


@contextlib.contextmanager
def signed_in(start: str) -> Iterator[list[Seat]]:
    """Open every seat of a served desk from its start page, for the length of a block."""
    with contextlib.ExitStack() as lines:
        yield [lines.enter_context(contextlib.closing(seat)) for seat in _opened(start)]


def _opened(start: str) -> list[Seat]:
    origin, _, sign = start.partition("/start#")
    seats = []
    with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=30) as client:
        client.post("/start", data={"token": sign})
        page = client.get("/start").text
        [csrf, *_] = re.findall(r'name="_csrf" value="(\w+)"', page)
        for slug in dict.fromkeys(re.findall(r'name="seat" value="([\w-]+)"', page)):
            opened = client.post("/start/open", data={"_csrf": csrf, "seat": slug})
            base = opened.headers["location"].rstrip("/")
            token = re.findall(r'data-csrf="(\w+)"', client.get(f"{base}/").text)
            name = next(name for name in client.cookies if name.endswith(base.rpartition("/")[2]))
            seats.append(Seat(origin, slug, base, token[0], f"{name}={client.cookies[name]}"))
    return seats
