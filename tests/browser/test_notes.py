"""A note is typed in a browser: what a line will be kept as, the last line back, and minutes that are circulated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Venue, violations
from serving import served

pytestmark = pytest.mark.slow


@pytest.fixture
def venue(chromium: Browser, tmp_path: Path) -> Iterator[Venue]:
    with served(tmp_path / "data") as desk:
        made = Venue(chromium, desk)
        yield made
        made.close()


def go(venue: Venue, page: Page, path: str) -> None:
    page.goto(f"{venue.desk.origin}{page.get_attribute('html', 'data-base')}/{path}")


def test_lines_are_typed_and_minutes_reach_a_party(venue: Venue) -> None:
    page = venue.seat("un-envoy")
    go(venue, page, "sessions/new")
    page.fill("input[name=title]", "Aid to besieged places")
    for seat in ("government", "opposition", "un-envoy"):
        page.check(f"input[name=participants][value={seat}]")
    page.click("main form[action*='PlanSession'] button.button")
    page.click("main form[action*='OpenSession'] button.button")
    page.click("a[href*='/notes/']")
    for line in ("un Opens.", "op Aid must not wait. /x >un one page, tomorrow 15:00"):
        page.fill("input[name=line]", line)
        page.press("input[name=line]", "Enter")
        page.wait_for_selector(f"td .said:text('{line.split(' ', 1)[1].split(' /')[0]}')")
    page.press("input[name=line]", "ArrowUp")
    assert "In place of the last line" in page.inner_text(".kept-as")
    page.fill("input[name=line]", "op Aid cannot wait. /d")
    assert "Aid cannot wait." in page.inner_text(".kept-as")
    page.press("input[name=line]", "Enter")
    page.wait_for_selector("td .said:text('Aid cannot wait.')")
    assert not page.locator("td .said:text('Aid must not wait.')").count()
    assert violations(page) == []
    page.click("#s-send summary")
    page.fill("#f-send input[name=until]", "2099-01-01T10:00")
    page.click("#f-send button.button")
    page.wait_for_url("**done=**")
    other = venue.seat("opposition")
    go(venue, other, "minutes/mc1")
    assert "Your delegation: Aid cannot wait." in other.inner_text(".made-paper")
    assert violations(other) == []
