"""In no form of a grave act anything is chosen beforehand: whoever sends it has chosen each thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from goodoffices.web.render.grave_acts import _MAKERS
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.deep_runs import deep_run
from properties.worlds.http import Browser, Clock, SlowLoop, http_world, settle
from properties.worlds.walk import PAGES_WALKED

ROUNDS = 20
NAMES = {command.__name__ for command in _MAKERS}
ASIDE = ".lang"
"""The language that words are written in is that of who writes."""


@dataclass(slots=True)
class Form:
    """One form: its command, and the choices that it opens with."""

    command: str
    chosen: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Collects the forms of grave acts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False
        self._select: str | None = None
        self._has_nothing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            command = str(given.get("action", "")).rpartition("/do/")[2]
            self._inside = command in NAMES
            if self._inside:
                self.found.append(Form(command))
        elif self._inside and tag == "input" and given.get("type") in ("radio", "checkbox"):
            if "checked" in given and given.get("value"):
                self._choose(f"{given['name']}={given['value']}")
        elif self._inside and tag == "select":
            self._select, self._has_nothing = given.get("name"), False
        elif self._inside and tag == "option":
            self._option(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "select":
            self._select = None

    def _option(self, given: dict[str, str | None]) -> None:
        is_first, self._has_nothing = not self._has_nothing, True
        if given.get("value") and (is_first or "selected" in given):
            self._choose(f"{self._select}={given['value']}")

    def _choose(self, what: str) -> None:
        if not what.partition("=")[0].endswith(ASIDE):
            self.found[-1].chosen.append(what)


def forms_after_a_long_run(folder: Path) -> list[tuple[str, str, Form]]:
    """Return the forms of grave acts on every page of every seat, with seat and page."""
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world, loop = http_world(folder, Clock(), acts, replay(acts)), SlowLoop()
    for request, outcome, _ in deep_run(replay(acts), START, ROUNDS, 0):
        if not isinstance(outcome, Refusal):
            world.room.tick(outcome[0].at)
            world.room.submit(request, at=outcome[0].at)
    found: list[tuple[str, str, Form]] = []
    for seat in SEATS:
        browser = Browser(world, world.server.open_seat(seat, "en"), loop)
        for page in PAGES_WALKED:
            forms = Forms()
            forms.feed(browser.get(f"{browser.base}/{page}").text)
            found.extend((seat, page, form) for form in forms.found)
        browser.close()
    world.server.close()
    world.room.close()
    loop.run_until_complete(settle())
    loop.close()
    return found


def test_no_form_of_a_grave_act_opens_with_a_choice_made(tmp_path: Path) -> None:
    found = forms_after_a_long_run(tmp_path)
    commands = {form.command for _, _, form in found}
    assert len(commands) >= 16, f"only {sorted(commands)} were met"
    made = sorted({f"{page}: {form.command} opens with {form.chosen}" for _, page, form in found if form.chosen})
    assert made == []
