"""The hall and the pen's desk in a browser: by keyboard alone, in both languages, light and dark, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Venue, connected, draw, fits, go, violations
from serving import VALLEY, served

pytestmark = pytest.mark.slow
ENGLISH = """# Access to the valley

## 1. Aid

Aid comes within ten days of the last signature, by the river road.

## 2. Watch

Three persons watch the road. They report each week.
"""
ARABIC = """# الوصول إلى الوادي

## 1. المساعدة

تصل المساعدة خلال عشرة أيام من آخر توقيع، عبر طريق النهر.

## 2. المراقبة

يراقب الطريق ثلاثة أشخاص. ويقدمون تقريراً كل أسبوع.
"""


@pytest.fixture(scope="module")
def venue(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with served(tmp_path_factory.mktemp("hall") / "data", talks=VALLEY) as desk:
        venue = Venue(chromium, desk)
        yield venue
        venue.close()


def post(page: Page, path: str, **fields: str | list[str]) -> None:
    """Send a form as a page does, without drawing the page that it stands on."""
    base = "/d/" + page.url.split("/d/")[1].split("/")[0]
    status = page.evaluate(
        """async ([address, fields]) => {
            const body = new URLSearchParams();
            const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
            for (const [name, one] of pairs) body.append(name, one);
            body.append("_csrf", document.documentElement.dataset.csrf);
            body.append("_key", crypto.randomUUID());
            return (await fetch(address, { method: "POST", body, redirect: "manual" })).type;
        }""",
        [f"{base}/{path}", {"_form": "f", "_back": "", **fields}],
    )
    assert status == "opaqueredirect", (path, status)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is on an element; fail if the keyboard does not get there."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.fixture(scope="module")
def seats(venue: Venue) -> dict[str, Page]:
    """Plan a session, release a text of two clauses, and let three sides comment on it."""
    opened = {slug: venue.seat(slug) for slug in ("desk", "chair", "north", "south", "east")}
    for slug in ("north", "south", "east"):
        post(opened[slug], "do/AcceptService")
    guests = ["chair", "north", "south", "east", "west"]
    for title, room in (("Opening at one table", "Room 1"), ("Side meeting", "Room 2")):
        post(opened["desk"], "do/PlanSession", title=title, room=room, format="plenary", participants=guests)
    chair = opened["chair"]
    post(chair, "do/TableText", papers=[ENGLISH, ARABIC], **{"papers.lang": ["en", "ar"]}, about=guests[1:])
    post(chair, "do/ReleaseVersion", version="v1", to="north,south,east", equal="no", comment="yes", _sure="yes")
    go(chair, "")
    chair.locator(".undo-bar").wait_for()
    chair.locator(".undo-bar").wait_for(state="detached")
    for slug, words in (("north", "within fourteen days"), ("south", "within seven days")):
        post(opened[slug], "do/Comment", version="v1", clause="cl1", sort="proposes-words", words=words)
    post(opened["east"], "do/Comment", version="v1", clause="cl2", sort="asks", words="Who pays the three?")
    return opened


def test_attendance_is_taken_by_keyboard_alone(seats: dict[str, Page]) -> None:
    page = seats["desk"]
    go(page, "hall")
    tab_to(page, "main a[href*='attendance/']")
    press(page, "Enter")
    page.wait_for_url("**/attendance/s1")
    tab_to(page, "table input")
    press(page, "1", "2", "2", "3", "3", "3", "a")
    expect(page.locator("tr[data-key='2'] input:checked")).to_have_value("left")
    expect(page.locator("tr[data-key='5'] input:checked")).to_have_value("present")
    tab_to(page, "button[value=open]")
    press(page, "Enter")
    page.wait_for_selector(".done")
    expect(page.locator("tr[data-key='3'] input:checked")).to_have_value("absent")
    draw(page, "attendance-en-1280")
    tab_to(page, "main a[href*='speakers/']")
    press(page, "Enter")
    page.wait_for_url("**/speakers/s1")
    for who in ("north", "south"):
        tab_to(page, f"button[value={who}]")
        press(page, "Enter")
        page.wait_for_selector(f".queue button[value='remove:{who}']")
    tab_to(page, "button[value=next]")
    press(page, "Enter")
    expect(page.locator(".speaking")).to_contain_text("The north")
    expect(page.locator("[data-running]")).to_be_visible()
    draw(page, "speakers-en-1280")


def test_a_round_of_the_pen_is_done_by_keyboard_alone(seats: dict[str, Page]) -> None:
    page = seats["chair"]
    go(page, "")
    tab_to(page, "a[href$='/texts/tx1/pen']")
    press(page, "Enter")
    page.wait_for_url("**/texts/tx1/pen")
    draw(page, "pen-first-en-1280")
    for button in ("beside:co1", "beside:co2"):
        tab_to(page, f"button[value='{button}']")
        press(page, "Enter")
        page.wait_for_selector(f"button[value='{button.replace('beside', 'again')}']", state="attached")
    expect(page.locator("[data-part=preview]")).to_contain_text("seven")
    tab_to(page, "#f-pen-body\\.en")
    page.keyboard.press("Control+End")
    page.keyboard.type(" It is free.")
    tab_to(page, "#s-bracket-ar > summary")
    press(page, "Enter")
    tab_to(page, "#f-pen-from\\.ar")
    page.keyboard.type("4")
    tab_to(page, "#f-pen-to\\.ar")
    page.keyboard.type("4")
    tab_to(page, "#f-pen-other\\.ar")
    page.keyboard.type("أربعة عشر")
    tab_to(page, "button[value='bracket:ar']")
    press(page, "Enter")
    page.wait_for_selector(".done")
    bracket = "[[A: ten | B: fourteen | C: seven]]"
    written = f"Aid comes within {bracket} days of the last signature, by the river road. It is free."
    expect(page.locator("#f-pen-body\\.en")).to_have_value(written)
    draw(page, "pen-en-1280")
    tab_to(page, "main a[href*='#s-release']")
    press(page, "Enter")
    page.wait_for_url("**/texts/tx1/v*")
    expect(page.locator("[data-part=pen] .checks")).to_contain_text("In brackets")


PAGES = {
    "desk": ("hall", "attendance/s1", "speakers/s1", "roster", "sessions/s1/format?for=north&for=south", "sealed"),
    "chair": ("texts/tx1/pen", "texts/tx1/pen/cl2", "relays/card", "hall", "texts/tx1"),
}


def opened(page: Page, path: str) -> None:
    """Go to a page and open everything on it that can be opened."""
    go(page, path)
    connected(page)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1280), ("ar", "dark", 320)])
def test_the_pages_break_no_rule_of_access_and_fit_every_width(
    seats: dict[str, Page], language: str, theme: str, width: int
) -> None:
    for slug, paths in PAGES.items():
        page = seats[slug]
        post(page, "me", language=language)
        for path in paths:
            page.set_viewport_size({"width": width, "height": 800})
            opened(page, path)
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            assert violations(page) == [], (path, language, theme, width)
            assert fits(page, 1280, 360, 320), (path, language)
            page.set_viewport_size({"width": 1280, "height": 800})
        post(page, "me", language="en")


@pytest.mark.nightly
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_break_no_rule_of_access_in_any_language_theme_or_width(
    seats: dict[str, Page], language: str, theme: str
) -> None:
    for slug, paths in PAGES.items():
        page = seats[slug]
        post(page, "me", language=language)
        for path in paths:
            opened(page, path)
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            name = path.split("?")[0].replace("/", "-")
            for width in (1280, 360, 320):
                page.set_viewport_size({"width": width, "height": 800})
                assert violations(page) == [], (path, language, theme, width)
                draw(page, f"{name}-{language}-{theme}-{width}")
            page.set_viewport_size({"width": 1280, "height": 800})
        post(page, "me", language="en")


def test_a_pack_of_a_seat_kept_on_paper_is_printed_and_handed_over(seats: dict[str, Page]) -> None:
    page = seats["desk"]
    go(page, "hall")
    page.click("form[action$='/keep'] button")
    page.wait_for_url("**/packs")
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert violations(page) == []
    draw(page, "packs-en-1280")
    page.fill("#f-ready-carrier", "Dana")
    page.click("#s-ready button")
    expect(page.locator("[data-part=handed]")).to_contain_text("carried by Dana")
