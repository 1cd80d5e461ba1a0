"""Whatever stands in an address or a form, the answer is a sentence: never an error of the program."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from properties.worlds.cast import START
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world, settle
from properties.worlds.prologues import PROLOGUES
from properties.worlds.runs import run_begun
from properties.worlds.walk import PAGES_WALKED

LONG = "9" * 5_000
VALUES = (
    LONG,
    "-1",
    "²",
    "١٢",
    "0x1f",
    "1e400",
    "nan",
    "\x00",
    "\U000e0041",
    "‮",
    "[]",
    '{"a": 1}',
    "2017-02-30T25:61",
    "x" * 3_000,
)
"""Numbers that are too long or none, digits of other scripts, invisible characters, pieces of other formats."""
PLACES = ("page", "done", "code", "since", "as", "in", "for", "reading", "put", "package", "clause", "lang")


class Forms(HTMLParser):
    """The forms of a page: the address that each is sent to, and its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[str, str], dict[str, str]] = {}
        self._at: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._at = self.found.setdefault((given.get("action", ""), given.get("id", "")), {})
        elif tag in ("input", "textarea", "select", "button") and self._at is not None and given.get("name"):
            self._at.setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._at = None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HttpWorld, SlowLoop]]:
    groups, _ = run_begun((1 << len(PROLOGUES)) - 1, Kind.EXERCISE, "Amal")
    acts = [act for group in groups for act in group]
    folder: Path = tmp_path_factory.mktemp("desk")
    loop = SlowLoop()
    world = http_world(folder, Clock(), acts, replay(acts))
    world.server.settings.now.at = START  # type: ignore[attr-defined]  # the clock of this test
    yield world, loop
    loop.run_until_complete(settle())
    world.room.close()
    world.server.access.close()
    loop.close()


@pytest.mark.parametrize("seat", ["un", pytest.param("opp", marks=pytest.mark.nightly)])
def test_no_value_in_a_form_is_an_error_of_the_program(desk: tuple[HttpWorld, SlowLoop], seat: str) -> None:
    """Each form of each page, once for each value in all fields that somebody types, and once for each field alone."""
    world, loop = desk
    browser = Browser(world, world.server.open_seat(seat, "en"), loop)
    forms: dict[str, tuple[str, dict[str, str]]] = {}
    for path in PAGES_WALKED:
        reader = Forms()
        reader.feed(browser.get(f"{browser.base}/{path}").text)
        for (action, _), fields in reader.found.items():
            forms.setdefault(f"{action} {sorted(fields)}", (action, fields))
    assert len(forms) > 5
    for action, fields in forms.values():
        own = [name for name in fields if not name.startswith("_") or name == "_seen"]
        for number, value in enumerate(VALUES):
            tried = [dict.fromkeys(own, value), {own[number % len(own)]: value}] if own else [{}]
            for k, changed in enumerate(tried):
                given = {**fields, **changed, "_key": f"weird-{number:04d}-{k}"}
                answer = browser.post(action, {name: text for name, text in given.items() if name != "_csrf"})
                assert answer.status != 500, (action, changed)


def test_no_value_in_an_address_is_an_error_of_the_program(desk: tuple[HttpWorld, SlowLoop]) -> None:
    world, loop = desk
    browser = Browser(world, world.server.open_seat("un", "en"), loop)
    for value in (LONG, "-1", "%C2%B2", "%00", "%FF", "x" * 3_000, "..%2f..%2f"):
        for path in PAGES_WALKED:
            query = "&".join(f"{name}={value}" for name in PLACES)
            assert browser.get(f"{browser.base}/{path}?{query}").status != 500, (path, value)
        for path in (
            "receipts/{}",
            "files/{}/docx",
            "files/v1/{}",
            "board/{}",
            "pending/{}",
            "papers/{}",
            "texts/{}/{}",
        ):
            assert browser.get(f"{browser.base}/{path.format(value, value)}").status in (200, 404)
        assert browser.get(f"{browser.base}/stream?after={value}").status == 404
