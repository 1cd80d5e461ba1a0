"""After a long run with acts of almost every kind, each page of each thing that a seat knows can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.service.command_batches import Done
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.web.render.page_list import PAGES
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.deep_runs import deep_run
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world, settle

_TABLES = {
    "aloud": "versions", "attendance": "sessions", "bulletins": "bulletins", "ceasefire": "allegations",
    "changes": "versions", "clauses": "versions", "compare": "versions", "contested": "claims",
    "decisions": "questions", "minutes": "copies", "notes": "sessions", "packages": "packages", "papers": "items",
    "people": "actors", "ratification": "versions", "relays": "items", "rounds": "rounds", "sessions": "sessions",
    "shared": "shares", "speakers": "sessions", "standing": "texts", "texts": "texts",
}  # fmt: skip
"""Of which things the pages below an address are."""
_MOST = 5
_BROKEN = re.compile(r"\{[a-z_]+\}(?!\})|Undefined|Traceback|\bTrue\b|\bFalse\b|datetime\.|Fraction\(")


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["en", "ar", "kk"])
@pytest.mark.parametrize("seed", range(2))
def test_every_page_can_be_read_after_a_long_run(tmp_path: Path, seed: int, language: str) -> None:
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world, loop = http_world(tmp_path, Clock(), acts, replay(acts)), SlowLoop()
    for request, outcome, _ in deep_run(replay(acts), START, 50, seed):
        if not isinstance(outcome, Refusal):
            world.room.tick(outcome[0].at)
            assert isinstance(world.room.submit(request, at=outcome[0].at), Done | Refusal)
    assert len({act.kind for act in world.room.acts()}) > 135
    read = sum(_read(world, loop, seat, language) for seat in SEATS)
    assert read > 600
    world.server.close()
    world.room.close()
    loop.run_until_complete(settle())
    loop.close()


def _read(world: HttpWorld, loop: SlowLoop, seat: str, language: str) -> int:
    """Read the pages of a seat; return how many it has."""
    browser, known, read = Browser(world, world.server.open_seat(seat, language), loop), world.room.view(seat).known, 0
    for path in dict.fromkeys(_addresses(known)):
        answer = browser.get(f"{browser.base}/{path}")
        assert answer.status in (200, 404), (seat, path)
        read += answer.status == 200
        written = re.sub(r"<(script|style|textarea).*?</\1>|<[^>]*>", " ", answer.text, flags=re.S)
        assert _BROKEN.search(written) is None, (seat, path, _BROKEN.search(written))
    browser.close()
    return read


def _addresses(known: Knowledge) -> Iterator[str]:
    for page in PAGES:
        head, holes = page.path.split("/")[0], page.path.count("{}")
        handles = [*getattr(known, _TABLES[head])][:_MOST] if head in _TABLES else []
        if not holes:
            yield page.path
        elif page.path == "texts/{}/{}":
            yield from (f"texts/{held.text}/{handle}" for handle, held in [*known.versions.items()][:_MOST])
        elif page.path == "relays/to/{}":
            yield from (f"relays/to/{seat}" for seat in SEATS)
        elif page.path == "minutes/{}/sent":
            yield from (f"minutes/{handle}/sent" for handle in known.minutes)
        elif holes == 1:
            yield from (page.path.format(handle) for handle in handles)
        else:
            others = handles if head == "compare" else ("gov", "team") if head == "notes" else ("cl1", "cl2")
            yield from (page.path.format(handle, other) for handle in handles for other in others)
