"""A phone comes in by the link of a seat card, and is out at once when its person is removed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Venue, connected, draw, fits, go, violations

pytestmark = pytest.mark.slow


def phone_at(venue: Venue, address: str) -> Page:
    page = venue.context().new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    return page


def test_a_phone_comes_in_by_a_link_and_leaves_when_it_is_removed(valley: Venue) -> None:
    desk, south = valley.seat("desk"), valley.seat("south")
    go(desk, "seats")
    desk.fill("#card-person", "Amal Haddad")
    desk.select_option("#card-seat", "south")
    assert violations(desk) == []
    desk.click("form[action$='/cards']:has(#card-person) .button")
    expect(desk.locator("h1")).to_have_text("Amal Haddad")
    assert violations(desk) == []
    draw(desk, "seat-card")
    code = desk.locator(".code-line").inner_text().replace("-", "")
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", code)

    phone = phone_at(valley, f"{valley.desk.origin}/join#{code}")
    phone.wait_for_url("**/d/*/")
    connected(phone)
    assert phone.url.count(code) == 0
    expect(phone.locator(".top .seat")).to_contain_text("Amal Haddad")
    assert fits(phone, 360, 320)
    draw(phone, "phone-joined")

    go(south, "seats")
    south.click("form[action$='do/UnseatPerson'] .button")
    expect(phone.locator("#link")).to_have_class(re.compile("off"))
