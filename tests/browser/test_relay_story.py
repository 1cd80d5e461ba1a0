"""The story that the desk is for: a paper is told as cleared, and seen by its recipient and nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Venue, connected, draw, fits, go, sure, violations

pytestmark = pytest.mark.slow
OURS = "We propose a corridor to the east, open from six until noon, watched by both guarantors."
THEIRS = "A way out to the east is proposed, on certain mornings."
STRANGERS = ("russia", "turkey", "iran", "usa", "kazakhstan")


def hand_over(opposition: Page, envoy: str = "United Nations") -> None:
    """Write a paper, hand it to the envoy, and clear it to the government as paraphrase."""
    go(opposition, "papers/new")
    opposition.fill("textarea[name=words]", OURS)
    opposition.click("form[action$='do/FileItem'] button")
    opposition.click(f"button:has-text('Hand to {envoy}')")
    opposition.click("#s-clear > summary")
    opposition.check("#s-clear input[name=to][value=government]")
    opposition.check("#s-clear input[name=form][value=paraphrase]")
    opposition.check("#s-clear input[name=via][value=_all]")
    opposition.click("#s-clear button")
    expect(opposition.locator("[data-part=let]")).to_contain_text("as paraphrase")


def test_a_paper_cleared_as_paraphrase_is_told_so_and_to_nobody_else(venue: Venue) -> None:
    opposition, envoy = venue.seat("opposition"), venue.seat("un-envoy")
    government = venue.seat("government")
    others = {slug: venue.seat(slug) for slug in STRANGERS}
    for page in (government, *others.values()):
        go(page, "papers")
        connected(page)
    before = {slug: (_shown(page), _bytes(page)) for slug, page in others.items()}
    hand_over(opposition)

    go(envoy, "relays/m1")
    row = envoy.locator(".may > li", has_text="Government of Syria")
    row.locator(".why > summary").click()
    expect(row.locator(".why")).to_contain_text("allowed it only as paraphrase")
    row.locator("button[value=paraphrase]").evaluate("button => { button.value = 'verbatim' }")
    row.locator("button[value=verbatim]").click()
    expect(envoy.locator("[role=alert]")).to_contain_text("allowed it only as paraphrase")

    envoy.fill("#f-relay-government-words", THEIRS)
    envoy.click("#s-relay-government button[value=paraphrase]")
    sure(envoy)
    government.wait_for_selector(f"text={THEIRS}")
    assert government.evaluate("performance.getEntriesByType('navigation').length") == 1

    assert {slug: (_shown(page), _bytes(page)) for slug, page in others.items()} == before
    go(opposition, "papers/m1")
    expect(opposition.locator("[data-part=told]")).to_contain_text("United Nations told Government of Syria")

    opposition.click("[data-part=withdraw] button")
    sure(opposition)
    go(envoy, "relays/m1")
    expect(envoy.locator("[data-part=may]")).to_contain_text("was withdrawn on")
    assert envoy.locator("[data-part=may] button").count() == 0


def _shown(page: Page) -> str:
    """Return the page as it stands in the browser, without the clock, which moves on every minute."""
    return "\n".join(line for line in page.content().splitlines() if "data-clock" not in line)


def _bytes(page: Page) -> str:
    """Return what the server gives for the page now, without the clock and the tokens that follow from it."""
    text: str = page.evaluate("fetch(location.href, {cache: 'no-store'}).then((answer) => answer.text())")
    return "\n".join(line for line in text.splitlines() if "data-clock" not in line)


def test_unsaved_words_are_never_replaced(venue: Venue) -> None:
    opposition, envoy = venue.seat("opposition"), venue.seat("un-envoy")
    hand_over(opposition)
    go(envoy, "relays/m1")
    connected(envoy)
    envoy.fill("#f-relay-government-words", "half a sentence")
    opposition.click("#s-clear > summary")
    opposition.check("#s-clear input[name=to][value=russia]")
    opposition.check("#s-clear input[name=form][value=paraphrase]")
    opposition.check("#s-clear input[name=via][value=_all]")
    opposition.click("#s-clear button")
    envoy.wait_for_selector("[data-part=may] > .meanwhile")
    assert envoy.input_value("#f-relay-government-words") == "half a sentence"
    envoy.click(".meanwhile button")
    expect(envoy.locator(".may > li", has_text="Russia")).to_contain_text("yes")


def test_a_page_and_its_frames_are_the_page_reloaded(venue: Venue) -> None:
    opposition, envoy = venue.seat("opposition"), venue.seat("un-envoy")
    go(envoy, "relays")
    connected(envoy)
    hand_over(opposition)
    expect(envoy.locator("[data-part=cleared]")).to_contain_text("corridor")
    live = _parts(envoy)
    envoy.reload()
    connected(envoy)
    assert live == _parts(envoy)


def _parts(page: Page) -> list[str]:
    script = """() => Array.from(document.querySelectorAll("[data-part]"), (part) => {
        const copy = part.cloneNode(true);
        copy.classList.remove("fresh");
        copy.querySelectorAll("input[name=_key]").forEach((field) => field.removeAttribute("value"));
        return copy.outerHTML;
    })"""
    parts: list[str] = page.evaluate(script)
    return parts


PAGES: tuple[str, ...] = (
    "",
    "papers",
    "papers/new",
    "relays",
    "sessions",
    "sessions/s2",
    "people",
    "people/russia",
    "contested",
)
PAGES += ("contested/c1", "ceasefire", "commitments", "record", "me")


def test_reading_and_posting_work_without_script(venue: Venue) -> None:
    opposition = venue.seat("opposition", script=False)
    hand_over(opposition)
    envoy = venue.seat("un-envoy", script=False)
    go(envoy, "relays/m1")
    envoy.click("#s-relay-government button[value=paraphrase]")
    expect(envoy.locator("[role=alert]")).to_contain_text("what you will say")
    envoy.fill("#f-relay-government-words", THEIRS)
    envoy.click("#s-relay-government button[value=paraphrase]")
    sure(envoy)
    government = venue.seat("government", script=False)
    go(government, "papers")
    expect(government.locator("[data-part=received]")).to_contain_text(THEIRS)
    assert government.locator("a:has-text('Refresh')").count() == 1


def test_axe_finds_no_violation_and_nothing_scrolls_sideways_on_a_phone(venue: Venue) -> None:
    opposition, envoy = venue.seat("opposition"), venue.seat("un-envoy")
    hand_over(opposition)
    for page, paths in ((opposition, ("papers/m1", "papers")), (envoy, (*PAGES, "relays/m1"))):
        for language in ("en", "ar"):
            go(page, "me")
            page.click(f"button[value={language}]")
            for path in paths:
                go(page, path)
                assert violations(page) == [], (language, path)
                assert fits(page, 320, 360), (language, path)
        page.set_viewport_size({"width": 360, "height": 700})
        go(page, "ceasefire")
        draw(page, f"phone-ceasefire-{language}")
