"""The start form in an open tab, and a page of facts at the width of a small laptop."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import Venue, draw, go
from goodoffices.reports.messages.catalogues import LANGUAGES
from serving import served

pytestmark = pytest.mark.slow
BROKEN = """() => {
  const found = [];
  for (const cell of document.querySelectorAll('.facts-list dt, .facts-list dd')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const match of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, match.index);
        range.setEnd(texts.currentNode, match.index + match[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) found.push(match[0]);
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def one_desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """Serve one desk for all tests that only look; the others use its one-time sign."""
    with served(tmp_path_factory.mktemp("widths") / "data") as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def test_a_sign_pasted_into_the_tab_of_the_start_form_opens_it(venue: Venue) -> None:
    page = venue.context().new_page()
    page.goto(f"{venue.desk.origin}/start")
    expect(page.locator("#token")).to_be_visible()
    page.evaluate("sign => { location.hash = sign }", venue.desk.sign)
    expect(page.locator(".seats-grid").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_letters_on_the_page_come_from_the_desk(one_desk: Venue, language: str) -> None:
    page = one_desk.seat("un-envoy", language=language)
    page.evaluate("() => document.fonts.ready")
    loaded = "() => [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    families = {family.strip('"') for family in page.evaluate(loaded)}
    assert {"Noto Sans"} | ({"Noto Sans Arabic"} if language == "ar" else set()) <= families


def test_the_address_that_the_desk_prints_opens_every_seat_in_a_tab_of_its_own(venue: Venue) -> None:
    start = venue.context().new_page()
    start.goto(venue.desk.start)
    start.wait_for_selector(".seats-grid")
    assert venue.desk.sign not in start.url
    for slug in ("government", "opposition"):
        with start.context.expect_page() as opened:
            start.locator(f"form:has(input[value='{slug}']) button").click()
        expect(opened.value.locator("nav.nav")).to_be_visible()
    assert len({page.url for page in start.context.pages if page.url.startswith(venue.desk.origin)}) == 3


def test_no_word_of_a_fact_is_broken(one_desk: Venue) -> None:
    page = one_desk.seat("government")
    for language in ("en", "ar"):
        go(page, "me")
        page.click(f"button[value={language}]")
        go(page, "ceasefire")
        assert page.locator(".facts-list dd").count() > 3
        for width in (1000, 820, 360):
            page.set_viewport_size({"width": width, "height": 800})
            draw(page, f"ceasefire-{language}-{width}")
            assert page.evaluate(BROKEN) == [], (language, width)


def test_arabic_mirrors_the_layout(one_desk: Venue) -> None:
    page = one_desk.seat("un-envoy")
    box_left = page.locator("nav.nav").bounding_box()
    go(page, "me")
    page.click("button[value=ar]")
    go(page, "relays")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    box_right = page.locator("nav.nav").bounding_box()
    assert box_left is not None
    assert box_right is not None
    assert box_left["x"] == 0
    assert box_right["x"] + box_right["width"] == 1280


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_running_clock_writes_the_time_as_every_other_time_on_the_page(one_desk: Venue, language: str) -> None:
    written = one_desk.seat("un-envoy", language=language, script=False).locator(".clock bdi").first.inner_text()
    clock = one_desk.seat("un-envoy", language=language).locator(".clock bdi").first
    clock.evaluate("at => { at.textContent = '' }")
    expect(clock).not_to_have_text("")
    assert re.sub(r"\d", "0", clock.inner_text()) == re.sub(r"\d", "0", written)
