"""Every paper of a seat can be leafed to, whichever of the three lists it stands in."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.core import replay
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world

PAPERS = 60


def told(world: HttpWorld) -> None:
    for number in range(1, PAPERS + 1):
        words, item = Words(text=f"Paper {number}"), f"m{number}"
        for seat, command in (
            ("opp", FileItem(words=(words,))),
            ("opp", HandItem(item=item, to="un")),
            ("opp", ClearItem(item=item, to=("gov",), form=Form.VERBATIM)),
            ("un", RelayItem(item=item, to="gov", form=Form.VERBATIM)),
        ):
            at = START + timedelta(minutes=number)
            assert not hasattr(world.room.submit(CommandRequest(seat=seat, command=command), at=at), "code")


LISTS = [("opp", "papers", "own"), ("opp", "papers", "let"), ("gov", "papers", "received"), ("un", "relays", "told")]


@pytest.mark.parametrize(("seat", "path", "part"), LISTS)
def test_all_papers_can_be_reached_by_leafing(tmp_path: Path, seat: str, path: str, part: str) -> None:
    begun = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world, loop = http_world(tmp_path, Clock(), begun, replay(begun)), SlowLoop()
    told(world)
    browser = Browser(world, world.server.open_seat(seat, "en"), loop)
    found: set[str] = set()
    page, sizes = 1, []
    while True:
        text = browser.get(f"{browser.base}/{path}?page={page}").text
        inner = re.search(rf'data-part="{part}".*?</section>', text, re.DOTALL)
        assert inner is not None
        listed = set(re.findall(rf"/{path}/(\w+)", inner[0])) - {"new"}
        sizes.append(len(listed))
        found |= listed
        if f"?page={page + 1}" not in inner[0]:
            break
        page += 1
    assert len(found) == PAPERS == sum(sizes)
    assert page > 1
    browser.close()
    world.room.close()
    world.server.access.close()
    loop.close()


def test_what_one_seat_was_told_and_another_may_be_stays_among_what_is_to_be_told(tmp_path: Path) -> None:
    begun = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    world, loop = http_world(tmp_path, Clock(), begun, replay(begun)), SlowLoop()
    words = Words(text="A corridor")
    for seat, command in (
        ("opp", FileItem(words=(words,))),
        ("opp", HandItem(item="m1", to="un")),
        ("opp", ClearItem(item="m1", to=("gov", "rus"), form=Form.VERBATIM)),
        ("un", RelayItem(item="m1", to="gov", form=Form.VERBATIM)),
    ):
        world.room.submit(CommandRequest(seat=seat, command=command), at=START + timedelta(minutes=1))
    browser = Browser(world, world.server.open_seat("un", "en"), loop)

    def parts() -> dict[str, bool]:
        text = browser.get(f"{browser.base}/relays").text
        found = {name: re.search(rf'data-part="{name}".*?</section>', text, re.DOTALL) for name in ("cleared", "told")}
        return {name: one is not None and "A corridor" in one[0] for name, one in found.items()}

    assert parts() == {"cleared": True, "told": False}
    relay = RelayItem(item="m1", to="rus", form=Form.VERBATIM)
    world.room.submit(CommandRequest(seat="un", command=relay), at=START + timedelta(minutes=2))
    assert parts() == {"cleared": False, "told": True}
    browser.close()
    world.room.close()
    world.server.access.close()
    loop.close()
