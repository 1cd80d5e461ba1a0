"""The start form in an open tab, and a page of facts at the width of a small laptop."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import Venue, draw, go

pytestmark = pytest.mark.slow
BROKEN = """() => {
  const found = [];
  for (const cell of document.querySelectorAll('.facts-list dt, .facts-list dd')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const match of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, match.index);
        range.setEnd(texts.currentNode, match.index + match[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) found.push(match[0]);
      }
    }
  }
  return found;
}"""


def test_a_sign_pasted_into_the_tab_of_the_start_form_opens_it(venue: Venue) -> None:
    page = venue.context().new_page()
    page.goto(f"{venue.desk.origin}/start")
    expect(page.locator("#token")).to_be_visible()
    page.evaluate("sign => { location.hash = sign }", venue.desk.sign)
    expect(page.locator(".seats-grid").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1000, 820, 360])
def test_no_word_of_a_fact_is_broken(onlooker: Venue, language: str, width: int) -> None:
    page = onlooker.seat("government", width=width)
    go(page, "me")
    page.click(f"button[value={language}]")
    go(page, "ceasefire")
    draw(page, f"ceasefire-{language}-{width}")
    assert page.locator(".facts-list dd").count() > 3
    assert page.evaluate(BROKEN) == []
