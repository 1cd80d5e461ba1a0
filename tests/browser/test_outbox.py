"""What cannot be sent is kept on the page, says where it is in three different words, and goes exactly once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Venue, connected, draw, fits, go
from serving import VALLEY, Served, begin

pytestmark = pytest.mark.slow
WORDS = "We open the road on Thursday."


@pytest.fixture
def venue(chromium: Browser, tmp_path: Path) -> Iterator[Venue]:
    desk = begin(tmp_path / "data", talks=VALLEY)
    venue = Venue(chromium, desk)
    try:
        yield venue
    finally:
        venue.wrong.clear()  # a browser tells of each request that does not reach a desk that is away
        venue.close()
        end(venue.desk)


def end(desk: Served, number: int = signal.SIGTERM) -> None:
    desk.process.send_signal(number)
    desk.process.wait(timeout=60)
    assert desk.process.stdout is not None
    desk.process.stdout.close()


def write(page: Page, words: str) -> None:
    go(page, "papers/new")
    connected(page)
    page.fill("main textarea >> nth=0", words)


def send(page: Page) -> None:
    page.click("main form[action*='/do/FileItem'] button.button >> nth=-1")


def n_papers(page: Page, words: str) -> int:
    go(page, "papers")
    return page.locator("main .line", has_text=words).count()


def test_a_cut_cable_loses_nothing_and_sends_it_once(venue: Venue) -> None:
    page = venue.seat("north")
    write(page, WORDS)
    page.context.set_offline(True)
    send(page)
    line = page.locator("#outbox li")
    expect(line).to_contain_text("Kept here.")
    expect(line).to_contain_text(WORDS)
    assert page.input_value("main textarea >> nth=0") == WORDS
    draw(page, "outbox-kept-en-1280")
    page.wait_for_timeout(4_500)  # the cable is out for longer than an answer may take
    page.context.set_offline(False)
    expect(line).to_contain_text("Received. It is in the record.")
    expect(line.locator("button:visible")).to_have_count(0)
    draw(page, "outbox-received-en-1280")
    assert n_papers(page, WORDS) == 1


def test_words_sent_to_a_killed_desk_go_when_it_is_back(venue: Venue, tmp_path: Path) -> None:
    page = venue.seat("north", language="ar")
    page.set_viewport_size({"width": 360, "height": 740})
    write(page, WORDS)
    port = int(venue.desk.origin.rpartition(":")[2])
    end(venue.desk, signal.SIGKILL)
    expect(page.locator("#link.off")).to_be_visible()
    send(page)
    line = page.locator("#outbox li")
    expect(line).to_contain_text("محفوظ هنا.")
    fits(page)
    draw(page, "outbox-kept-ar-360")
    # Sent again by hand it is still one act, and still says that it is kept.
    line.locator("button >> nth=0").click()
    expect(line).to_contain_text("محفوظ هنا.")
    venue.desk = begin(tmp_path / "data", talks=VALLEY, port=port)
    # What is answered soon leads to its page as ever; what took longer is said to have arrived.
    arrived = line.filter(has_text="وصل.").or_(page.locator("main .done"))
    expect(arrived.first).to_be_visible(timeout=20_000)
    assert n_papers(page, WORDS) == 1


def test_who_is_signed_out_keeps_the_words_and_may_take_them_back(venue: Venue) -> None:
    page = venue.seat("north")
    write(page, WORDS)
    other = page.context.new_page()
    other.goto(page.url)
    go(other, "me")
    other.click("form[action$='/sign-out'] button")
    expect(page.locator("#link.off")).to_be_visible()
    send(page)
    line = page.locator("#outbox li")
    expect(line).to_contain_text("sign in again in another tab")
    line.get_by_role("button", name="Send now").click()
    expect(line).to_contain_text("sign in again in another tab")
    line.get_by_role("button", name="Take back").click()
    expect(line).to_have_count(0)
    assert page.input_value("main textarea >> nth=0") == WORDS
