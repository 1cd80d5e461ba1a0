"""Exercises hosted on a served desk, as a trainer hosts them: cells, boards, and people who sit down at their seats."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx

from properties.timing.seats import Seat
from serving import Served, served

SEATS = ("government", "opposition", "russia", "turkey", "iran", "un-envoy", "kazakhstan", "usa", "press")
"""Seats of Astana in which people of a class sit; more of them than seats, so that some sit together."""


@dataclass(slots=True)
class Trainer:
    """The computer on which the class is hosted: it opens boards and seats."""

    desk: Served
    client: httpx.Client
    csrf: str
    seats: list[Seat] = field(default_factory=list)

    @classmethod
    def at(cls, desk: Served) -> Self:
        client = httpx.Client(base_url=desk.origin, headers={"origin": desk.origin}, timeout=60)
        client.post("/start", data={"token": desk.sign})
        return cls(desk, client, _csrf_on(client.get("/records").text))

    def host(self, talks: str, cells: int = 1) -> list[Seat]:
        """Begin exercises and return their boards."""
        answer = self.client.post("/records/host", data={"_csrf": self.csrf, "talks": talks, "cells": str(cells)})
        assert answer.status_code == 303, answer.text[:500]
        boards = []
        for number in range(1, cells + 1):
            given = {"_csrf": self.csrf, "record": f"{talks}-exercise-{number}"}
            boards.append(self._seat(self.client.post("/records/board", data=given), "control"))
        return boards

    def sit_down(self, talks: str, cell: int, slug: str) -> Seat:
        """Open a seat for one more person."""
        listed = self.client.get("/records").text
        rows = re.findall(r'href="(/r/\w+/start)">.*?name="record" value="([\w-]+)"', listed, re.S)
        [start] = [link for link, record in rows if record == f"{talks}-exercise-{cell}"]
        token = _csrf_on(self.client.get(start).text)
        return self._seat(
            self.client.post(f"{start}/open", data={"_csrf": token, "seat": slug, "language": "en"}), slug
        )

    def _seat(self, answer: httpx.Response, slug: str) -> Seat:
        assert answer.status_code == 303, answer.text[:500]
        base = answer.headers["location"].removesuffix("/control").removesuffix("/brief").rstrip("/")
        [cookie] = [held for held in self.client.cookies.jar if held.name == f"go-{base.rpartition('/')[2]}"]
        page = self.client.get(f"{base}/brief").text
        self.client.cookies.delete(cookie.name)
        token = re.findall(r'data-csrf="(\w+)"', page)[0]
        self.seats.append(Seat(self.desk.origin, slug, base, token, f"{cookie.name}={cookie.value}"))
        return self.seats[-1]


@contextmanager
def hosted(data: Path) -> Iterator[Trainer]:
    """Serve a desk without talks, for the length of a block."""
    with served(data, talks="", options=("--commands-a-minute", "0")) as desk:
        trainer = Trainer.at(desk)
        yield trainer
        for seat in trainer.seats:
            seat.close()
        trainer.client.close()


def give(board: Seat, command: str, /, **fields: str | list[str]) -> dict[str, object]:
    """Give a command as a form of the desk does; it must be taken."""
    board.close()  # the desk may have hung up meanwhile; the next request opens a line anew
    answer, _, _ = board.do(command, f"{command}-{time.monotonic_ns()}", **fields)
    return answer


def _csrf_on(page: str) -> str:
    return str(re.findall(r'name="_csrf" value="(\w+)"', page)[0])
