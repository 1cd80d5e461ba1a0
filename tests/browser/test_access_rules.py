"""The look at access: what was clean once is looked at again as soon as anything that contrast depends on differs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import violations

pytestmark = pytest.mark.slow
CLEAN = '<p class="note">Words of a note.</p>'
PAGE = (
    '<!doctype html><html lang="en"><head><title>Notes</title><style>body { background: #fff; color: #222 }'
    "%s</style></head><body><main><h1>Notes</h1>%s</main></body></html>"
)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def found(page: Page, body: str, style: str = "") -> list[str]:
    page.set_content(PAGE % (style, body))
    return [rule for rule, _ in violations(page)]


def test_a_text_of_too_little_contrast_is_found_beside_and_after_one_of_enough(page: Page) -> None:
    assert found(page, CLEAN) == []
    for body in (
        CLEAN.replace("<p", '<p style="color: #bbb"'),
        f'<div style="background: #555">{CLEAN}</div>',
        f'<div style="opacity: 0.3">{CLEAN}</div>',
        f'<div style="background: #333">{CLEAN}</div>',
    ):
        assert found(page, body) == ["color-contrast"], body
        assert found(page, CLEAN + body) == ["color-contrast"], body
        assert found(page, body + CLEAN) == ["color-contrast"], body
        assert found(page, body) == ["color-contrast"], f"the second time: {body}"
    assert found(page, CLEAN) == []


def test_a_rule_of_style_or_the_theme_changes_what_was_enough(page: Page) -> None:
    assert found(page, CLEAN) == []
    assert found(page, CLEAN, ".note { color: #aaa }") == ["color-contrast"]
    assert found(page, CLEAN, ":lang(en) { color: #ccc }") == ["color-contrast"]
    dark = "@media (prefers-color-scheme: dark) { body { background: #333 } }"
    assert found(page, CLEAN, dark) == []
    page.emulate_media(color_scheme="dark")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"]


def test_a_text_that_was_hidden_is_looked_at_when_it_is_shown(page: Page) -> None:
    faint = '<p style="color: #aaa; display: {}">Faint words.</p>'
    assert found(page, faint.format("none")) == []
    assert found(page, faint.format("block")) == ["color-contrast"]
    folded = '<details{}><summary>More</summary><p style="color: #aaa">Faint words.</p></details>'
    assert found(page, folded.format("")) == []
    assert found(page, folded.format(" open")) == ["color-contrast"]


def test_every_other_rule_is_checked_each_time(page: Page) -> None:
    for _ in range(2):
        assert found(page, CLEAN) == []
        assert found(page, f'{CLEAN}<button class="note"></button>') == ["button-name"]
