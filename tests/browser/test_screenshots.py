"""Draw twelve pages to look at, in build/screenshots, and the pictures that the documentation shows, in docs/images."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.conftest import SHOTS, Venue, connected, go, sure
from browser.test_relay_story import THEIRS, hand_over

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
NAMED = {
    "home": ("government", ""),
    "papers": ("opposition", "papers"),
    "paper": ("opposition", "papers/m1"),
    "write": ("opposition", "papers/new"),
    "relays": ("un-envoy", "relays"),
    "relay": ("un-envoy", "relays/m1"),
    "session": ("un-envoy", "sessions/s2"),
    "people": ("government", "people"),
    "contested": ("government", "contested/c1"),
    "ceasefire": ("government", "ceasefire"),
    "commitments": ("government", "commitments"),
    "record": ("government", "record"),
}


def test_twelve_pages_are_drawn_for_looking_at(venue: Venue) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    start = venue.start()
    start.screenshot(path=SHOTS / "start-en-1280.png", full_page=True)
    seats = {slug: venue.seat(slug) for slug in ("opposition", "un-envoy", "government")}
    hand_over(seats["opposition"])
    envoy = seats["un-envoy"]
    go(envoy, "sessions/s2")
    envoy.click("form[action$='OpenSession'] button")
    go(envoy, "relays/m1")
    envoy.fill("#f-relay-government-words", THEIRS)
    envoy.click("#s-relay-government button[value=paraphrase]")
    sure(envoy)
    for language in ("en", "ar"):
        for page in seats.values():
            go(page, "me")
            page.click(f"button[value={language}]")
        for width in (1280, 360):
            for name, (seat, path) in NAMED.items():
                page = seats[seat]
                page.set_viewport_size({"width": width, "height": 800})
                go(page, path)
                connected(page)
                page.screenshot(path=SHOTS / f"{name}-{language}-{width}.png", full_page=True)
    assert len(list(SHOTS.glob("*-*-*.png"))) >= 4 * len(NAMED)


def test_the_pictures_of_the_documentation_are_drawn(venue: Venue) -> None:
    IMAGES.mkdir(exist_ok=True)
    opposition = venue.seat("opposition")
    hand_over(opposition)
    pages = {"desk": (venue.seat("un-envoy"), "relays/m1"), "contested": (venue.seat("government"), "contested/c1")}
    for name, (page, path) in pages.items():
        go(page, path)
        connected(page)
        page.screenshot(path=IMAGES / f"{name}.png")
