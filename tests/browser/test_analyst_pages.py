"""An analyst asks for a rehearsal with sliders, and for a forecast: what is shown fits in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Venue, connected, draw, fits, go, violations
from serving import served

pytestmark = pytest.mark.slow  # the first rehearsal of a machine compiles


@pytest.fixture(scope="module")
def venue(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """Serve one desk: each test asks for something else, and nothing is entered in the talks."""
    with served(tmp_path_factory.mktemp("analyst") / "data") as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def look(page: Page, path: str, *, opened: bool = False) -> None:
    """Look at a page in both languages, with every sheet open if asked: it breaks no rule and fits every width."""
    for language in ("en", "ar"):
        go(page, "me")
        page.click(f"button[value={language}]")
        go(page, path)
        if opened:
            page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        assert violations(page) == []
        assert fits(page, 1280, 768, 360, 320)
        draw(page, f"{path}-{language}")


def test_an_analyst_moves_a_slider_and_reads_the_answer_in_both_languages(venue: Venue) -> None:
    page = venue.seat("analyst")
    go(page, "rehearsal")
    connected(page)
    low, high = page.locator("[name='low.delay']"), page.locator("[name='high.delay']")
    low.fill("4")
    assert (low.input_value(), high.input_value()) == ("4", "4")  # the upper end goes along
    assert page.locator("[name='high.delay'] + output").inner_text() == "4"
    low.fill("1")
    high.fill("2")
    page.select_option("[name=runs]", "1000")
    page.click("button[value=start]")
    page.wait_for_selector(".answer .lead", timeout=120_000)
    assert page.locator("[name='high.delay']").input_value() == "2"
    assert page.locator(".run svg").count() == 2
    look(page, "rehearsal")
    assert page.locator(".verdict-line a").get_attribute("href") == "#answer"


def test_an_analyst_switches_forecasts_on_and_reads_one_in_both_languages(venue: Venue) -> None:
    page = venue.seat("analyst")
    go(page, "forecast")
    draw(page, "forecast-off-en")
    page.click("main form:has([value=on]) .button")
    page.select_option("[name=issue]", "scope")
    page.click("main form:has([value=start]) .button")
    page.wait_for_selector(".answer .lead", timeout=120_000)
    look(page, "forecast")
    page.set_viewport_size({"width": 360, "height": 700})
    draw(page, "forecast-ar-360")


def test_an_analyst_reads_what_all_could_sign_in_both_languages(venue: Venue) -> None:
    page = venue.seat("analyst")
    go(page, "settlement")
    page.click("main form:has([value=start]) .button")
    page.wait_for_selector(".answer .lead", timeout=120_000)
    look(page, "settlement", opened=True)


def test_an_analyst_works_out_alarms_and_changes_of_the_cease_fire_in_both_languages(venue: Venue) -> None:
    page = venue.seat("analyst")
    go(page, "ceasefire")
    connected(page)
    page.click("#figures form:has([value=start]) .button")
    page.wait_for_selector("#figures .part-change", timeout=120_000)
    look(page, "ceasefire", opened=True)
    page.set_viewport_size({"width": 360, "height": 700})
    draw(page, "ceasefire-figures-ar-360")
