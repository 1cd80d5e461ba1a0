"""What stopped somebody who used the desk for the first time, without help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodoffices.service.command_batches import Done
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.core import replay
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem, WithdrawItem
from goodoffices.talks.exchange.relays import ShowWording
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render.page_list import NAVIGATION, PAGES
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world, settle
from stories import Story, words

CSS = Path(__file__).resolve().parents[2] / "src" / "goodoffices" / "web" / "static" / "app.css"
Opened = Callable[[str], Browser]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[HttpWorld]:
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    made = http_world(tmp_path, Clock(), acts, replay(acts))
    yield made
    made.room.close()
    made.server.access.close()


@pytest.fixture
def opened(world: HttpWorld) -> Iterator[Opened]:
    loop, browsers = SlowLoop(), []

    def open_seat(seat: str) -> Browser:
        browsers.append(Browser(world, world.server.open_seat(seat, "en"), loop))
        return browsers[-1]

    yield open_seat
    for browser in browsers:
        browser.close()
    loop.run_until_complete(settle())
    loop.close()


def do(world: HttpWorld, seat: str, *commands: Command) -> None:
    for command in commands:
        assert isinstance(world.room.submit(CommandRequest(seat=seat, command=command), at=START), Done)


def handed(world: HttpWorld) -> None:
    do(
        world,
        "opp",
        FileItem(words=(words("a corridor"),)),
        HandItem(item="m1", to="un"),
        ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE),
    )


def test_a_text_can_be_begun_with_plain_words(world: HttpWorld, opened: Opened) -> None:
    browser = opened("un")
    fields: dict[str, str | tuple[str, ...]] = {
        "_key": "plainwords1",
        "_back": "texts/new",
        "_form": "table",
        "kind": "single-negotiating-text",
        "papers.lang": ("en", "ar"),
        "papers": ("Cease-fire in the valley\n\nAll fire stops on Friday.\n\nCrews repair the road.", ""),
    }
    answer = browser.post(f"{browser.base}/do/TableText", fields)
    assert answer.status == 303
    page = browser.get(dict(answer.headers)[b"location"].decode()).text
    assert "All fire stops on Friday." in page
    assert re.search(r">2\.<", page)
    room = browser.get(f"{browser.base}/aloud/v1/cl1").text
    assert re.search(r"<h1[^>]*>.*Cease-fire in the valley.*</h1>", room)


def test_words_are_shown_again_when_their_form_is_no_longer_offered(world: HttpWorld, opened: Opened) -> None:
    handed(world)
    browser = opened("un")
    do(world, "opp", WithdrawItem(item="m1"))
    fields = {
        "_key": "wordsleft1",
        "_back": "relays/m1",
        "_form": "relay-gov",
        "item": "m1",
        "to": "gov",
        "form": "paraphrase",
        "words": "A second telling.",
        "words.lang": "en",
    }
    answer = browser.post(f"{browser.base}/do/RelayItem", fields)
    assert answer.status == 422
    assert "A second telling." in answer.text
    assert "Copy them before you leave it." in answer.text


def test_a_form_that_is_still_offered_keeps_its_words_itself(world: HttpWorld, opened: Opened) -> None:
    browser = opened("opp")
    fields = {
        "_key": "stillthere",
        "_back": "papers/new",
        "_form": "write",
        "mode": "non-paper",
        "words": "Some words.",
    }
    answer = browser.post(f"{browser.base}/do/FileItem", fields | {"words.lang": "en", "kind": "message"})
    assert answer.status == 422
    assert answer.text.count("Some words.") == 1


def test_seats_that_cannot_be_told_for_the_same_reason_stand_in_one_sentence(world: HttpWorld, opened: Opened) -> None:
    handed(world)
    page = opened("un").get(f"{opened('un').base}/relays/m1").text
    assert page.count("has not allowed it") == 1
    assert '<details class="sheet" id="s-relay-gov" open>' in page


def test_a_wording_that_was_shown_waits_for_its_author_alone() -> None:
    story = Story()
    m = story.paper(approve=True)
    story.do("un", ShowWording(item=m, to="gov", form=Form.PARAPHRASE, words=words("a way out")))
    context = PageContext(view=story.view("un"), at=story.at, would=lambda _: None)
    assert [one.sort for one in needs(context) if one.sort == "tell"] == []


@pytest.mark.parametrize("path", ["papers", "papers/m1", "texts", "seats", "relays/m1"])
def test_a_page_has_one_button_of_the_first_rank_at_most_outside_sheets(
    world: HttpWorld, opened: Opened, path: str
) -> None:
    handed(world)
    browser = opened("un" if path.startswith("relays") else "opp")
    main = browser.get(f"{browser.base}/{path}").text.partition("<main")[2]
    outside = re.sub(r'<details class="sheet".*?</details>', "", main, flags=re.DOTALL)
    assert len(re.findall(r'class="button"', outside)) <= 1


def test_a_layout_of_one_page_never_catches_another() -> None:
    parts = [part for page in PAGES for part in dict.fromkeys(page.parts)]
    templates = {page.template: page.parts for page in PAGES}
    for part in set(re.findall(r'main:has\(> \[data-part="(\w+)"\]\)', CSS.read_text(encoding="utf-8"))):
        assert part in parts
        assert sum(part in held for held in templates.values()) == 1, part


def test_every_page_says_what_it_is_for_in_words_of_its_own(world: HttpWorld, opened: Opened) -> None:
    browser, said = opened("sec"), {}
    for path in (
        "",
        *(
            row[1]
            for row in NAVIGATION
            if row[1] not in ("", "relays", "brief", "control", "debrief", "settlement", "forecast", "rehearsal")
        ),
        "find",
        "me",
    ):
        page = browser.get(f"{browser.base}/{path}").text
        [said[path]] = re.findall(r"What is this page for\?</summary><p>(.+?)</p>", page)
    assert len(set(said.values())) == len(said)


def test_what_needs_a_seat_leads_to_the_very_form(world: HttpWorld, opened: Opened) -> None:
    do(
        world,
        "opp",
        FileItem(words=(words("a corridor"),)),
        HandItem(item="m1", to="un"),
        ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE, approve=True),
    )
    do(world, "un", ShowWording(item="m1", to="gov", form=Form.PARAPHRASE, words=words("a way out")))
    browser = opened("opp")
    links = re.findall(r'href="([^"#]+)#(f-[\w-]+)"', browser.get(f"{browser.base}/").text)
    assert {anchor for _, anchor in links} == {"f-approve-w1", "f-service"}
    for address, anchor in links:
        assert f'id="{anchor}"' in browser.get(address).text
