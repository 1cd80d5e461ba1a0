"""Every page of the navigation in Russian, Turkish, Persian and Kazakh: nothing scrolls sideways, axe is quiet."""

from __future__ import annotations

import pytest

from browser.conftest import Venue, draw, fits, go, violations
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.web.render.page_list import NAVIGATION

pytestmark = pytest.mark.slow

_OTHERS = tuple(code for code in LANGUAGES if code not in ("en", "ar"))
_MORE = {"un-envoy": ("sessions/s2", "rounds/r1", "me"), "opposition": ("papers/new", "rounds/r1")}
_CHECKED = ("relays", "ceasefire", "me", "rounds/r1")


@pytest.mark.parametrize("language", _OTHERS)
def test_no_page_overflows_a_phone_and_axe_finds_nothing(venue: Venue, language: str) -> None:
    for slug, more in _MORE.items():
        page = venue.seat(slug, language=language)
        offered = [link.get_attribute("href") or "" for link in page.locator("nav.nav a").all()]
        pages = [path for _, path, _, _ in NAVIGATION if path and any(href.endswith(f"/{path}") for href in offered)]
        assert len(pages) > 8
        for path in (*(pages if slug == "un-envoy" else ()), *more):
            go(page, path)
            assert page.locator(f"html[lang={language}]").count() == 1
            assert slug != "un-envoy" or path not in _CHECKED or violations(page) == [], (language, path)
            assert fits(page, 320), (language, slug, path)
            page.set_viewport_size({"width": 320, "height": 700})
            draw(page, f"{slug}-{path.replace('/', '-')}-{language}-320")
            page.set_viewport_size({"width": 1280, "height": 800})
            draw(page, f"{slug}-{path.replace('/', '-')}-{language}-1280")
