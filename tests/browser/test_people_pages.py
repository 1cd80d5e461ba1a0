"""Pages about people in two languages, light and dark, wide and narrow: no axe violations, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Venue, draw, fits, go, violations
from serving import VALLEY, served

pytestmark = pytest.mark.slow
OWN = "three green kettles"


@pytest.fixture(scope="module")
def hall(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    """Serve an exercise plainly under an address of a network, so that every page says so."""
    data = tmp_path_factory.mktemp("hall") / "data"
    with served(data, talks=VALLEY, options=("--host", "0.0.0.0", "--name", "127.0.0.1", "--plain")) as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def looked_at(page: Page, name: str, *, dark: bool = False) -> None:
    """Look at a page as it is, on a phone, and dark."""
    assert violations(page) == [], name
    draw(page, name)
    if dark:
        page.emulate_media(color_scheme="dark")
        assert violations(page) == [], (name, "dark")
        page.emulate_media(color_scheme="light")
    size = page.viewport_size or {"width": 1280, "height": 800}
    page.set_viewport_size({"width": 360, "height": 740})
    assert fits(page, 360, 320), name
    draw(page, f"{name}-360")
    page.set_viewport_size(size)


def come_in(venue: Venue, keeper: Page, seat: str, person: str) -> Page:
    go(keeper, "seats")
    keeper.fill("#card-person", person)
    keeper.select_option("#card-seat", seat)
    keeper.click("form[action$='/cards']:has(#card-person) .button")
    expect(keeper.locator("h1")).to_have_text(person)
    page = venue.context().new_page()
    page.goto(f"{venue.desk.origin}/join#{keeper.locator('.code-line').inner_text().replace('-', '')}")
    page.wait_for_url("**/d/*/")
    return page


def test_pages_before_a_seat(hall: Venue) -> None:
    page = hall.context().new_page()
    for path, name in (("join", "join"), ("sign-in", "sign-in"), ("waiting-room?lang=ar", "waiting-none-ar"),
                       ("sign-in?lang=ar", "sign-in-ar")):  # fmt: skip
        page.goto(f"{hall.desk.origin}/{path}")
        expect(page.locator(".readable")).to_be_visible()
        looked_at(page, name)
    # Who waits nowhere is told so with this status, and Chromium reports that as an error.
    hall.wrong[:] = [one for one in hall.wrong if "status of 404" not in one]


def test_the_waiting_room_from_both_sides(hall: Venue) -> None:
    keeper = hall.seat("desk")
    go(keeper, "seats")
    keeper.click("form[action$='/join-code'] .button")
    code = keeper.locator("[data-part=room] .code-line").inner_text()
    guest = hall.context().new_page()
    guest.goto(f"{hall.desk.origin}/join")
    guest.fill("#token", code)
    guest.click(".button")
    looked_at(guest, "waiting-name")
    guest.fill("#person", "Ida Berg")
    guest.click(".button")
    expect(guest.locator("main")).to_contain_text("You are waiting, Ida Berg.")
    looked_at(guest, "waiting")
    go(keeper, "seats")
    looked_at(keeper, "seats-with-a-guest", dark=True)
    keeper.select_option("#seat-w1", "south")
    keeper.click("form[action$='/waiting/w1'] .button >> nth=0")
    expect(guest.locator("#given")).to_be_visible(timeout=30_000)
    looked_at(guest, "waiting-given", dark=True)
    guest.click("#given .button")
    guest.wait_for_url("**/d/*/")
    expect(guest.locator(".top .seat")).to_contain_text("Ida Berg")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_second_person_confirms(hall: Venue, language: str) -> None:
    keeper = hall.seat("desk")
    first, second = f"Amal {language}", f"Boris {language}"
    amal, boris = come_in(hall, keeper, "desk", first), come_in(hall, keeper, "desk", second)
    for page in (amal, boris):
        go(page, "me")
        page.click(f"button[name=language][value={language}], [name=language][value={language}]")
        page.wait_for_selector(f"html[lang={language}]")
    go(boris, "me")
    boris.click("#s-passphrase > summary")
    boris.fill("#pass-new", OWN)
    boris.fill("#pass-again", OWN)
    boris.click("form[action$='/me/passphrase'] .button")
    looked_at(boris, f"me-{language}", dark=language == "en")
    go(amal, "seats")
    looked_at(amal, f"seats-{language}")
    amal.click("#s-shut > summary")
    amal.select_option("#f-shut-slug", "east")
    amal.click("#s-shut .button")
    expect(amal.locator("#second")).to_be_visible()
    looked_at(amal, f"second-person-{language}", dark=language == "en")
    amal.click("button[name=_ask]")
    amal.wait_for_url("**/pending/g*")
    looked_at(amal, f"asked-{language}")
    go(boris, "")
    looked_at(boris, f"home-asked-{language}")
    boris.click("a[href*='/pending/g'] >> nth=0")
    looked_at(boris, f"confirm-{language}")
    boris.click("form[action$='/undo'] .button")
    expect(boris.locator("[role=alert]")).to_be_visible()


def test_the_operators_page(chromium: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data, talks="", options=("--host", "127.0.0.2", "--hall")) as desk:
        shown = next(line for line in desk.lines if "Devices fetch the certificate" in line)
        context = chromium.new_context(ignore_https_errors=True, locale="en-GB")
        page = context.new_page()
        page.goto(desk.start)
        page.wait_for_url("**/records")
        page.click("form[action='/records/bundled'] .button >> nth=0")
        page.wait_for_url("**/start")
        page.goto(f"{desk.origin}/operator")
        page.click("form[action='/operator/backup'] .button")
        page.click("form[action='/operator/drill'] .button")
        expect(page.locator("[role=status]")).to_contain_text("is whole")
        page.click("details.sheet > summary")
        looked_at(page, "operator", dark=True)
        page.goto(f"{desk.origin}/operator?lang=ar")
        page.click("details.sheet > summary")
        looked_at(page, "operator-ar")
        trust = re.search(r"http://\S+/", shown)
        assert trust is not None
        for path in ("en", "ar"):
            page.goto(f"{trust[0]}{path}")
            looked_at(page, f"trust-{path}")
        context.close()
