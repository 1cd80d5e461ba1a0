"""Browser tests drive an installed Chromium; where none is found they are skipped with that sentence."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from http.cookiejar import Cookie
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    TimeoutError,
    WebError,
    expect,
    sync_playwright,
)

from access_rules import violations as violations
from serving import VALLEY, Served, served

# Parts of the browser's own window, such as its address bar, are pages too, with a process each, drawn at each click.
# This list takes the place of Playwright's own, so that one comes first.
_LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "PreloadTopChromeWebUI,InitialWebUI,WebUIReloadButton,WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)
ARGUMENTS = [
    f"--disable-features={_LEFT_OUT}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A second page of a person, and the next person in the same browser, need no process of their own.
    "--process-per-site",
    "--renderer-process-limit=1",
    "--in-process-gpu",  # nothing is drawn by a graphics card: a process of its own for it only costs
]

# On a machine that does much else, a page is awaited as long as a click is; how fast pages are is measured elsewhere.
expect.set_options(timeout=30_000)

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


class _Shared:
    """Playwright, the browser and the persons' browsers in it that all tests of this folder share.

    To start the first two takes seconds. A new context takes a second of the processor, with a process for its pages.
    One that was used before takes a quarter of it: a page stays open in it, so that this process lives on.
    """

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._idle: dict[bool, list[BrowserContext]] = {True: [], False: []}

    def playwright(self) -> Playwright:
        if self._playwright is None:
            self._playwright = self._stack.enter_context(sync_playwright())
        return self._playwright

    def browser(self, program: str) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self.playwright().chromium.launch(executable_path=program, args=ARGUMENTS)
            self._stack.callback(self._browser.close)
        return self._browser

    def take(self, browser: Browser, *, script: bool) -> BrowserContext:
        """Return a browser of one person that holds nothing."""
        if self._idle[script] and self._idle[script][-1].browser is browser:
            return self._idle[script].pop()
        made = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=script, locale="en-GB")
        stays = made.new_page()
        alike = {"Cross-Origin-Opener-Policy": "same-origin"}  # as the desk's pages: others get another process
        stays.route("**", lambda route: route.fulfill(body="This page stays open.", headers=alike))
        stays.goto("http://127.0.0.1/")
        return made

    def give_back(self, context: BrowserContext, origin: str, *, script: bool) -> None:
        """Close the pages of a person and forget all that their browser keeps of this desk."""
        stays, *others = context.pages
        for page in others:
            page.close()
        context.clear_cookies()
        context.set_offline(False)
        session = context.new_cdp_session(stays)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()
        self._idle[script].append(context)

    def end(self) -> None:
        self._stack.close()
        self._playwright = self._browser = None
        self._idle = {True: [], False: []}


_shared = _Shared()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the browser after the last test here: while Playwright's event loop runs, no other test could run one."""
    if nextitem is None or item.path.parent not in nextitem.path.parents:
        _shared.end()


def installed_chromium() -> str:
    """Return an installed Chromium, or skip the test."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium is installed; on Debian: apt-get install chromium fonts-noto-core")
    return found


@pytest.fixture(scope="module")
def playwright() -> Playwright:
    return _shared.playwright()


@pytest.fixture(scope="module")
def chromium() -> Browser:
    return _shared.browser(installed_chromium())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "data", talks=str(quickly_sure(tmp_path / "astana-2017"))) as running:
        yield running


def quickly_sure(folder: Path) -> Path:
    """Return a copy of the Astana talks in which a grave act can be undone for the shortest time, 5 seconds."""
    shutil.copytree(Path(__file__).resolve().parents[2] / "scenarios" / "astana-2017", folder)
    file = folder / "talks.yaml"
    begun = "talks:\n"
    text = file.read_text(encoding="utf-8")
    assert begun in text
    file.write_text(text.replace(begun, f"{begun}  undo_seconds: 5\n", 1), encoding="utf-8")
    return folder


def sure(page: Page) -> None:
    """Take the second look at a grave act, and wait until it can no longer be undone."""
    page.wait_for_selector(".tells")
    page.click("main form[action*='/do/'] .button")
    left = int(page.locator(".undo-bar").last.get_attribute("data-left") or 0)
    page.wait_for_timeout(left * 1000)
    for _ in range(20):
        with contextlib.suppress(TimeoutError):
            page.wait_for_selector(".undo-bar", state="detached", timeout=1500)
            return
        # Without script the page stays as it is. With it, the bar may go at any moment, also under this click.
        with contextlib.suppress(TimeoutError):
            page.click(".undo-bar a", timeout=1000)
    page.wait_for_selector(".undo-bar", state="detached")


class Venue:
    """One served desk and the browsers at it. It fails on any request elsewhere and on any error of a page."""

    def __init__(self, chromium: Browser, desk: Served) -> None:
        self._chromium, self.desk = chromium, desk
        self.wrong: list[str] = []
        self._script: dict[BrowserContext, bool] = {}
        self._client: httpx.Client | None = None
        self._csrf = ""

    def context(self, *, script: bool = True) -> BrowserContext:
        """Return the browser of one more person."""
        made = _shared.take(self._chromium, script=script)
        made.on("request", self._request)
        made.on("console", self._console)
        made.on("weberror", self._error)
        self._script[made] = script
        return made

    @property
    def contexts(self) -> list[BrowserContext]:
        """The browsers of all persons so far."""
        return list(self._script)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.desk.origin):
            self.wrong.append(f"request to {request.url}")

    def _error(self, error: WebError) -> None:
        self.wrong.append(f"page error {error.error}")

    def _console(self, message: ConsoleMessage) -> None:
        kind, text, address = message.type, message.text, message.location.get("url", "")
        # Chromium reports a refusal's status as an error of the console; nothing else is let through.
        if kind == "error" and ("/do/" in address or address.endswith("/begin")) and "status of 422" in text:
            return
        if kind in ("error", "warning"):
            self.wrong.append(f"console {kind}: {text}")

    def start(self) -> Page:
        """Open the start page in a browser of its own."""
        held = [self._as_set(cookie) for cookie in self._signed_in().cookies.jar]
        page = self.context().new_page()
        page.context.add_cookies(held)
        page.goto(f"{self.desk.origin}/start")
        return page

    def seat(self, slug: str, *, language: str = "en", script: bool = True) -> Page:
        """Open a seat for one more person, in a browser of its own.

        A page in a tab behind another draws one picture a second, so that each click would wait for two seconds.
        """
        path, cookie = self._open(slug, language)
        context = self.context(script=script)
        context.add_cookies([self._as_set(cookie)])
        page = context.new_page()
        page.goto(f"{self.desk.origin}{path}")
        return page

    def _as_set(self, cookie: Cookie) -> Any:
        """Return a cookie of the client as a browser takes it."""
        origin = f"{self.desk.origin}/"
        return {"name": cookie.name, "value": cookie.value or "", "url": origin, "httpOnly": True, "sameSite": "Strict"}

    def _signed_in(self) -> httpx.Client:
        """Return a client that has used the desk's one-time code."""
        if self._client is None:
            self._client = httpx.Client(base_url=self.desk.origin, headers={"origin": self.desk.origin})
            self._client.post("/start", data={"token": self.desk.sign})
            self._csrf = self._client.get("/start").text.split('name="_csrf" value="')[1].split('"')[0]
        return self._client

    def _open(self, slug: str, language: str) -> tuple[str, Cookie]:
        """Open a seat as the form of the start page does, without drawing that page; return its path and cookie."""
        client = self._signed_in()
        form = {"_csrf": self._csrf, "seat": slug, "language": language}
        path = client.post("/start/open", data=form).headers["location"]
        [cookie] = [held for held in client.cookies.jar if held.name == f"go-{path.strip('/').rpartition('/')[2]}"]
        client.cookies.delete(cookie.name)
        return path, cookie

    def close(self) -> None:
        """Close every browser of it, and fail if a page did what no page may."""
        if self._client is not None:
            self._client.close()
        for context, script in self._script.items():
            _shared.give_back(context, self.desk.origin, script=script)
            context.remove_listener("request", self._request)
            context.remove_listener("console", self._console)
            context.remove_listener("weberror", self._error)
        assert self.wrong == []


@pytest.fixture
def venue(chromium: Browser, desk: Served) -> Iterator[Venue]:
    venue = Venue(chromium, desk)
    yield venue
    venue.close()


@pytest.fixture
def valley(chromium: Browser, tmp_path: Path) -> Iterator[Venue]:
    """Serve talks of four sides, one of them kept on paper."""
    with served(tmp_path / "data", talks=VALLEY) as desk:
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
