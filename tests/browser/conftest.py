"""Browser tests drive an installed Chromium; where none is found they are skipped with that sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from serving import Served, served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"


def draw(page: Page, name: str) -> None:
    """Keep a picture of the whole page to be looked at, if pictures are asked for; nothing is asserted of them."""
    if "GOODOFFICES_SCREENSHOTS" in os.environ:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def find_chromium() -> str | None:
    """Return an installed Chromium or Chrome, or ``None``."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not for the whole session: while Playwright's own event loop runs, no test of another module could run one.
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium is installed; on Debian: apt-get install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "data") as running:
        yield running


class Venue:
    """One served desk and the browsers at it. It fails on any request elsewhere and on any error of a page."""

    def __init__(self, chromium: Browser, desk: Served) -> None:
        self._chromium, self.desk = chromium, desk
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._start: Page | None = None

    def context(self, *, width: int = 1280, script: bool = True) -> BrowserContext:
        made = self._chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, locale="en-GB"
        )
        made.on("request", lambda request: self._check(request.url))
        made.on("console", lambda m: self._console(m.type, m.text, m.location.get("url", "")))
        made.on("weberror", lambda error: self.wrong.append(f"page error {error.error}"))
        self.contexts.append(made)
        return made

    def _check(self, address: str) -> None:
        if not address.startswith(self.desk.origin):
            self.wrong.append(f"request to {address}")

    def _console(self, kind: str, text: str, address: str) -> None:
        # Chromium reports a refusal's status as an error of the console; nothing else is let through.
        if kind == "error" and ("/do/" in address or address.endswith("/begin")) and "status of 422" in text:
            return
        if kind in ("error", "warning"):
            self.wrong.append(f"console {kind}: {text}")

    def start(self) -> Page:
        """Return the start page, opened with the one-time token the first time and kept open."""
        if self._start is None:
            self._start = self.context().new_page()
            self._start.goto(self.desk.start)
            self._start.wait_for_selector(".seats-grid")
        return self._start

    def seat(self, slug: str, *, width: int = 1280, script: bool = True) -> Page:
        """Open a seat in a browser of its own."""
        start = self.start()
        with start.context.expect_page() as opened:
            start.locator(f"form:has(input[value='{slug}']) button").click()
        tab = opened.value
        tab.wait_for_load_state("domcontentloaded")
        context = self.context(width=width, script=script)
        mine = f"go-{tab.url.split('/d/')[1].split('/')[0]}"
        context.add_cookies([c for c in start.context.cookies() if c["name"] == mine])  # type: ignore[misc]
        page = context.new_page()
        page.goto(tab.url)
        tab.close()
        return page

    def close(self) -> None:
        """Close every browser of it, and fail if a page did what no page may."""
        for context in self.contexts:
            context.close()
        assert self.wrong == []


@pytest.fixture
def venue(chromium: Browser, desk: Served) -> Iterator[Venue]:
    venue = Venue(chromium, desk)
    yield venue
    venue.close()


@pytest.fixture
def valley(chromium: Browser, tmp_path: Path) -> Iterator[Venue]:
    """Serve talks of four sides, one of them kept on paper."""
    with served(tmp_path / "data", talks=str(Path(__file__).with_name("valley.yaml"))) as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def go(page: Page, path: str) -> None:
    """Go to a page of the same seat and wait until it is connected, if it can be."""
    base = page.url.split("/d/")[0] + "/d/" + page.url.split("/d/")[1].split("/")[0]
    page.goto(f"{base}/{path}")


def connected(page: Page) -> None:
    """Wait until the page hears its stream."""
    page.wait_for_selector("#link.on")


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds against the rules of WCAG 2.2 A and AA: the rule and where it is broken first."""
    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found["violations"]]


def fits(page: Page, *widths: int) -> bool:
    """Say whether nothing scrolls sideways at these widths; leave the page as wide as it was."""
    before = page.viewport_size
    assert before is not None
    fit = True
    for width in widths:
        page.set_viewport_size({"width": width, "height": 700})
        fit = fit and page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size(before)
    return fit
