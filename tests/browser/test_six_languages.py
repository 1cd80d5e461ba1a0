"""Every page of the navigation in Russian, Turkish, Persian and Kazakh: nothing scrolls sideways, axe is quiet.

`make test` looks at each page once in each direction of writing: the three languages that are written from the left
share the pages, and Persian has those that are not looked at in Arabic. `make nightly` looks at every page in each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from browser.conftest import Venue, draw, fits, go, violations
from browser.test_relay_story import PAGES as SEEN_IN_ARABIC
from goodoffices.languages import direction
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.web.render.page_list import NAVIGATION
from serving import served

pytestmark = pytest.mark.slow

_OTHERS = tuple(code for code in LANGUAGES if code not in ("en", "ar"))
_FROM_THE_LEFT = tuple(code for code in _OTHERS if direction(code) == "ltr")
_MORE = {"un-envoy": ("sessions/s2", "rounds/r1", "me"), "opposition": ("papers/new", "rounds/r1")}
_CHECKED = ("relays", "ceasefire", "me", "rounds/r1")


@pytest.fixture(scope="module")
def venue(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with served(tmp_path_factory.mktemp("languages") / "data") as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def share_of(language: str, n: int, path: str) -> bool:
    """Say whether `make test` looks at a page, the ``n``-th, in this language."""
    if language in _FROM_THE_LEFT:
        return _FROM_THE_LEFT[n % len(_FROM_THE_LEFT)] == language
    return path not in SEEN_IN_ARABIC or n % len(_FROM_THE_LEFT) == 0


def whole(language: str, n: int, path: str) -> bool:
    """Say that every page is looked at in every language."""
    return True


def look(venue: Venue, language: str, is_taken: Callable[[str, int, str], bool]) -> set[str]:
    """Look at the pages of two seats in one language; return those that were looked at."""
    seen: set[str] = set()
    for slug, more in _MORE.items():
        page = venue.seat(slug, language=language)
        offered = [link.get_attribute("href") or "" for link in page.locator("nav.nav a").all()]
        pages = [path for _, path, _, _ in NAVIGATION if path and any(href.endswith(f"/{path}") for href in offered)]
        assert len(pages) > 8
        for n, path in enumerate((*(pages if slug == "un-envoy" else ()), *more)):
            if not is_taken(language, n, path):
                continue
            go(page, path)
            assert page.locator(f"html[lang={language}]").count() == 1
            assert slug != "un-envoy" or path not in _CHECKED or violations(page) == [], (language, path)
            assert fits(page, 320), (language, slug, path)
            page.set_viewport_size({"width": 320, "height": 700})
            draw(page, f"{slug}-{path.replace('/', '-')}-{language}-320")
            page.set_viewport_size({"width": 1280, "height": 800})
            draw(page, f"{slug}-{path.replace('/', '-')}-{language}-1280")
            seen.add(path)
        page.close()
    return seen


@pytest.mark.parametrize("language", _OTHERS)
def test_no_page_overflows_a_phone_and_axe_finds_nothing(venue: Venue, language: str) -> None:
    assert len(look(venue, language, share_of)) > 4


@pytest.mark.nightly
@pytest.mark.parametrize("language", _OTHERS)
def test_no_page_at_all_overflows_a_phone_and_axe_finds_nothing(venue: Venue, language: str) -> None:
    assert len(look(venue, language, whole)) > 12


def test_the_shares_of_all_languages_are_every_page_in_each_direction() -> None:
    right = [code for code in _OTHERS if direction(code) == "rtl"]
    paths = {path for _, path, _, _ in NAVIGATION if path}.union(*_MORE.values())
    for path in sorted(paths):
        for n in range(len(paths)):  # which place a page has depends on what the seat is offered
            assert any(share_of(code, n, path) for code in _FROM_THE_LEFT), (path, n)
            assert path in SEEN_IN_ARABIC or any(share_of(code, n, path) for code in right), (path, n)
