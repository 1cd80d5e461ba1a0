"""The desk's tutorial, walked as it is written; its pictures, in docs/images/tutorial, are drawn if asked for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Venue, connected
from serving import served

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images" / "tutorial"
TAKING_PART = (
    ("Government of Northland", "party"),
    ("Valley Movement", "party"),
    ("Eastern Clans Council", "party"),
    ("United Nations", "mediator"),
    ("Republic of Southmark", "host"),
    ("Union of Lakes", "guarantor"),
    ("Kingdom of Tarn", "observer"),
    ("Valley Women's Forum", "observer"),
)
PARTIES = "Government of Northland, Valley Movement and Eastern Clans Council"
TEXT = (
    "Cease-fire in the valley\n\nAll fire stops on [[A: Friday | B: Monday]] at noon.\n\n"
    "Repair crews enter the valley after three quiet days."
)


def draw(page: Page, name: str, *, whole: bool = False) -> None:
    if "GOODOFFICES_SCREENSHOTS" in os.environ:
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)


def press(page: Page, label: str) -> None:
    """Press the button or link, or open the sheet, with these words."""
    named = re.compile(rf"^\s*{re.escape(label)}\s*\d*\s*$")  # beside Home stands how many things need this seat
    page.locator("button:visible, a:visible, summary:visible").filter(has_text=named).first.click()


def surely(page: Page) -> None:
    """Press the button of the second look, and wait until nothing can be undone any more."""
    page.click("main form[action*='/do/'] .button")
    page.wait_for_selector(".undo-bar")
    page.wait_for_selector(".undo-bar", state="detached")
    connected(page)


def opened(start: Page, seat: str) -> Page:
    with start.context.expect_page() as tab:
        start.locator("li", has_text=seat).get_by_role("button").click()
    tab.value.set_viewport_size({"width": 1280, "height": 800})
    connected(tab.value)
    return tab.value


def begin(start: Page) -> None:
    press(start, "Begin your own talks")
    start.get_by_label("What are the talks called?").fill("Sava Valley talks")
    start.get_by_label("Time zone").fill("Zurich")
    start.locator("input[value=exercise]").check()
    for n, (name, role) in enumerate(TAKING_PART):
        start.fill(f"#name{n}", name)
        start.select_option(f"#role{n}", role)
    draw(start, "begin", whole=True)
    start.get_by_role("button", name="Begin these talks").click()
    start.wait_for_url("**/r/*/start")


def join(venue: Venue, start: Page) -> Page:
    secretariat = opened(start, "Secretariat")
    press(secretariat, "Seats")
    secretariat.get_by_label("Name", exact=True).fill("Amina Sel")
    secretariat.locator("#card-seat").select_option(label="Valley Movement")
    press(secretariat, "Make a seat card")
    secretariat.wait_for_selector(".seat-card")
    draw(secretariat, "card")
    code = secretariat.inner_text(".code-line")
    secretariat.close()
    phone = venue.context().new_page()
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(f"{venue.desk.origin}/join#{code}")
    phone.wait_for_url("**/d/**")
    connected(phone)
    draw(phone, "phone")
    return phone


def carry(northland: Page, nations: Page, phone: Page) -> None:
    press(northland, "Papers")
    press(northland, "Write a paper")
    northland.get_by_label("Your words").fill(
        "If the shelling stops for three days, we will let the repair crews through."
    )
    press(northland, "Keep for myself")
    press(northland, "Hand to United Nations")
    press(northland, "Allow others to be told…")
    northland.check("#s-clear input[name=to][value=valley-movement]")
    northland.check("#s-clear input[name=via][value=united-nations]")
    northland.check("#s-clear input[name=form][value=paraphrase]")
    northland.locator("#s-clear").scroll_into_view_if_needed()
    draw(northland, "allow")
    press(northland, "Allow this")
    expect(northland.locator("[data-part=let]")).to_contain_text("United Nations may tell Valley Movement")
    press(nations, "Home")
    press(nations, "Tell it…")
    nations.locator("textarea[name=words]").fill("The other side would let crews in after three quiet days.")
    press(nations, "Relay to Valley Movement, as paraphrase")
    nations.wait_for_selector(".tells")
    draw(nations, "tell")
    surely(nations)
    expect(phone.locator("main")).to_contain_text("after three quiet days")


def release(page: Page, version: str) -> None:
    press(page, f"Release {version} to {PARTIES}, all at once")
    surely(page)


def agree(nations: Page, northland: Page, clans: Page, phone: Page) -> None:
    press(nations, "Texts")
    press(nations, "Begin a text…")
    nations.locator("#f-table-paper-0").fill(TEXT)
    press(nations, "Keep for myself")
    expect(nations.locator(".bracket").first).to_be_visible()
    draw(nations, "text")
    press(nations, f"Ask {PARTIES}: do papers on screen count as received?")
    for page in (northland, clans, phone):
        press(page, "Home")
        page.locator("li", has_text="count as received").get_by_role("link", name="Answer").click()
        press(page, "Papers on this screen count as received")
        expect(page.locator("main")).to_contain_text("accepts papers on screen")
    expect(nations.locator("main")).to_contain_text("all at once")
    release(nations, "v1")
    press(northland, "Home")
    press(northland, "Read")
    press(northland, "Take a stance…")
    northland.check("#s-stance input[name=to][value=_all]")
    northland.click("button[name=kind][value=objected]")
    surely(northland)
    press(nations, "Write a version…")
    press(nations, "Keep only A")
    press(nations, "Release v2…")
    release(nations, "v2")


def decide(nations: Page, parties: tuple[Page, ...]) -> None:
    press(nations, "Decisions")
    press(nations, "Put a question…")
    nations.get_by_label("The question, in your words").fill("Do you accept the cease-fire in the valley?")
    nations.locator("input[name=version]").first.check()
    for seat in nations.locator("input[name=eligible]").all():
        seat.check()
    nations.check("input[value=unanimity]")
    nations.check("input[name=shown][value=with-the-outcome]")
    press(nations, "Ask those ticked")
    surely(nations)
    for page in parties:
        press(page, "Home")
        page.locator("li", has_text="question for decision").get_by_role("link", name="Answer").click()
        press(page, "Accept, and tell United Nations")
        page.wait_for_selector(".tells, .done")
        if page.locator(".tells").count():
            surely(page)
    press(nations, "Announce the result to all who were asked")
    surely(nations)
    expect(nations.locator("main")).to_contain_text("adopted")
    draw(nations, "outcome", whole=True)


def lose_the_line(page: Page) -> None:
    press(page, "Papers")
    press(page, "Write a paper")
    page.get_by_label("Your words").fill("We can meet again on Monday.")
    page.context.set_offline(True)
    press(page, "Keep for myself")
    page.wait_for_selector("#outbox li[data-state=kept]")
    draw(page, "kept")
    page.context.set_offline(False)
    page.wait_for_selector("text=We can meet again on Monday.")


def test_the_tutorial_leads_from_the_start_to_an_outcome(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "data") as desk:
        venue = Venue(chromium, desk)
        start = venue.start()
        begin(start)
        phone = join(venue, start)
        northland, clans = opened(start, "Government of Northland"), opened(start, "Eastern Clans Council")
        nations = opened(start, "United Nations")
        carry(northland, nations, phone)
        agree(nations, northland, clans, phone)
        decide(nations, (northland, clans, phone))
        lose_the_line(northland)
        venue.wrong.clear()  # the line that was cut is an error of the console
        venue.close()
