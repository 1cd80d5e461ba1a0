"""What pages of papers and relays say of clearances: what they allow, and nothing more once the item has ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.service.command_batches import Done
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.core import replay
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem, WithdrawItem
from goodoffices.talks.exchange.relays import ApproveWording, RelayItem, ShowWording
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Browser, Clock, HttpWorld, SlowLoop, http_world, settle

Page = Callable[[str, str, str], str]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[HttpWorld]:
    acts = opening(the_talks(), kind=Kind.EXERCISE, at=START)
    made = http_world(tmp_path, Clock(), acts, replay(acts))
    for seat, what in (
        ("opp", FileItem(words=(Words(text="a corridor"),))),
        ("opp", HandItem(item="m1", to="un")),
        ("opp", ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE)),
    ):
        assert isinstance(made.room.submit(CommandRequest(seat=seat, command=what), at=START), Done)
    yield made
    made.room.close()
    made.server.access.close()


@pytest.fixture
def page(world: HttpWorld) -> Iterator[Page]:
    loop, opened = SlowLoop(), []

    def shown(seat: str, path: str, language: str = "en") -> str:
        browser = Browser(world, world.server.open_seat(seat, language), loop)
        opened.append(browser)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", browser.get(f"{browser.base}/{path}").text))

    yield shown
    for browser in opened:
        browser.close()
    loop.run_until_complete(settle())
    loop.close()


PLACES = [("un", "relays"), ("un", "relays/m1"), ("opp", "papers"), ("opp", "papers/m1")]
ALLOWED = {
    "en": ("You may tell", "A holder may tell", "All who hold it may"),
    "ar": ("يجوز لهذا المقعد إبلاغ", "يجوز لكل من بيده الورقة إبلاغ", "لا تُبلَّغ إلا على النحو"),
}


@pytest.mark.parametrize(("seat", "path"), PLACES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_allows_to_tell_what_was_withdrawn(
    world: HttpWorld, page: Page, seat: str, path: str, language: str
) -> None:
    before = page(seat, path, language)
    world.room.submit(CommandRequest(seat="opp", command=WithdrawItem(item="m1")), at=START)
    after = page(seat, path, language)
    assert any(words in before for words in ALLOWED[language])
    assert not any(words in after for words in ALLOWED[language])
    assert {"en": "was withdrawn on", "ar": "سُحبت"}[language] in after


@pytest.mark.parametrize(("seat", "path"), PLACES)
def test_a_clearance_to_paraphrase_is_said_to_allow_an_own_idea(page: Page, seat: str, path: str) -> None:
    assert "as paraphrase (or own idea, naming no origin)" in page(seat, path, "en")


def test_words_shown_await_no_approval_once_the_item_was_withdrawn(world: HttpWorld, page: Page) -> None:
    shown = ShowWording(item="m1", to="gov", form=Form.PARAPHRASE, words=Words(text="a way out"))
    assert isinstance(world.room.submit(CommandRequest(seat="un", command=shown), at=START), Done)
    waits, approve = "shows you its words for", "Approve these words"
    assert waits in page("opp", "", "en")
    assert approve in page("opp", "papers/m1", "en")
    world.room.submit(CommandRequest(seat="opp", command=WithdrawItem(item="m1")), at=START)
    assert waits not in page("opp", "", "en")
    assert approve not in page("opp", "papers/m1", "en")


def test_who_clears_is_told_what_each_form_allows(page: Page) -> None:
    assert (
        "in other words, with your name. It may also be told as the intermediary’s own idea, without your name"
        in page("opp", "papers/m1", "en")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_offered_by_its_own_name(world: HttpWorld, language: str) -> None:
    loop = SlowLoop()
    browser = Browser(world, world.server.open_seat("opp", language), loop)
    shown = browser.get(f"{browser.base}/me").text
    assert re.findall(r'name="language" value="(\w+)" lang="(\w+)"', shown) == [(code, code) for code in LANGUAGES]
    assert all(f">{name}</button>" in shown for name in LANGUAGES.values())
    assert f'<html lang="{language}"' in shown
    browser.close()
    loop.run_until_complete(settle())
    loop.close()


def test_words_that_were_told_are_not_offered_to_be_told_again(world: HttpWorld, page: Page) -> None:
    for seat, what in (
        ("opp", ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE, approve=True)),
        ("un", ShowWording(item="m1", to="gov", form=Form.PARAPHRASE, words=Words(text="a way out"))),
        ("opp", ApproveWording(wording="w1")),
    ):
        assert isinstance(world.room.submit(CommandRequest(seat=seat, command=what), at=START), Done)
    offered = "in the approved words"
    assert offered in page("un", "relays/m1", "en")
    told = RelayItem(item="m1", to="gov", form=Form.PARAPHRASE, words=Words(text="a way out"))
    assert isinstance(world.room.submit(CommandRequest(seat="un", command=told), at=START), Done)
    shown = page("un", "relays/m1", "en")
    assert offered not in shown
    assert "a way out Told " in shown
