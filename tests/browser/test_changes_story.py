"""A side's file with tracked changes, from choosing it to the pen's page; ratification and lent answers to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Venue, go, sure, violations
from browser.test_text_story import HEADS, accept_service, shot, write_clean, write_draft
from docx_files import deleted, docx, inserted, paragraph, run

pytestmark = pytest.mark.slow
AUTHOR = "Colonel Amal Haddad"


def ours(where: Path) -> Path:
    """Write the draft as a word processor would send it back: two clauses changed with tracking, and one without."""
    heading = '<w:outlineLvl w:val="0"/>'
    words = "The sides keep to what this clause says."
    parts = [paragraph(run("Peace of the valley"), style="GoTitle")]
    for n, head in enumerate(HEADS, start=1):
        parts.append(paragraph(run(f"{n}. {head}"), frame=heading))
        if n == 2:
            parts.append(paragraph(run("It begins on [A: 30 December | B: 1 January] at noon.")))
        elif n == 4:
            kept = run("The sides keep to what this clause says")
            parts.append(paragraph(kept, inserted(", by day and by night", AUTHOR), run(".")))
        elif n == 6:
            parts.append(
                paragraph(
                    run("The sides keep to "),
                    deleted("what", "Clerk"),
                    inserted("all that", "Clerk"),
                    run(" this clause says."),
                )
            )
        elif n == 8:
            parts.append(paragraph(run("The sides hold to what this clause says.")))
        else:
            parts.append(paragraph(run(words)))
    path = where / "ours.docx"
    path.write_bytes(docx(*parts))
    return path


def widths(page: Page, name: str, language: str) -> None:
    """Draw a page as it stands at two widths; nothing may reach beyond the window."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        shot(page, name, language)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, (name, language, width, beyond)
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def to_two_sides(chair: Page) -> None:
    """Release the version on the page to two of the sides."""
    chair.click("#s-release > summary")
    for side in ("north", "south"):
        chair.check(f"#s-release input[name=to][value={side}]")
    chair.check("#s-release input[name=equal][value=no]")
    chair.check("#s-release input[name=comment][value=yes]")
    chair.click("#f-release > .button")
    sure(chair)


def begun(valley: Venue, *, script: bool = True) -> tuple[Page, Page, Page]:
    chair, north, south = (valley.seat(slug, script=script) for slug in ("chair", "north", "south"))
    for page in (north, south, valley.seat("east", script=script)):
        accept_service(page)
    write_draft(chair)
    to_two_sides(chair)
    return chair, north, south


def bring(page: Page, file: Path) -> Locator:
    """Choose a file on the page of changes and send it; return the rows of what was found in it."""
    page.set_input_files("#f-bring-file", file)
    page.select_option("#f-bring-language", "en")
    page.click("#f-bring > .button")
    return page.locator("[data-part=found] ol.plain > li")


Pages = dict[str, Page]
"""The pages of one seat's two people, by the language that each reads."""


def look(pages: Pages, path: str, name: str, *, unfold: str = "") -> None:
    """Let both people of a seat look at one page, at two widths; ``unfold`` is what they open on it first."""
    for language, page in pages.items():
        go(page, path)
        if unfold:
            page.click(unfold)
        widths(page, name, language)


def record_two_votes(chair: Page, both_north: Pages, south: Page) -> None:
    """Sign the text without brackets, and record two votes on it in one form."""
    north = both_north["ar"]
    write_clean(chair)
    to_two_sides(chair)
    go(north, "texts/tx1")
    north.click("#s-stance > summary")
    north.check("#s-stance input[name=to][value=_all]")
    north.click("#f-stance button[value=signed]")
    sure(north)
    for language, page in both_north.items():
        go(page, "ratification/v2")
        page.fill("#f-ratify-1-method", "two referendums on one day")
        for n, (name, yes, no) in enumerate(
            (("North bank", "676966", "274879"), ("South bank", "1442583", "85748")), 1
        ):
            for field, value in (("name", name), ("yes", yes), ("no", no)):
                page.locator(f"input[name='polls.{n}.{field}']").fill(value)
        widths(page, "ratification", language)
    north.locator("button[name=ratified][value=yes]").click()
    sure(north)
    expect(north.locator("[data-part=ratifiers]")).to_contain_text("North bank")
    widths(north, "ratification-done", "ar")
    go(both_north["en"], "ratification/v2")
    expect(both_north["en"].locator("[data-part=ratifiers]")).to_contain_text("North bank")
    widths(both_north["en"], "ratification-done", "en")
    go(south, "texts/tx1")
    expect(south.locator("[data-part=finding]")).to_be_visible()


def test_a_file_is_shown_change_by_change_and_two_votes_are_recorded_in_one_form(valley: Venue, tmp_path: Path) -> None:
    chair, north, south = begun(valley)
    both_north = {"en": north, "ar": valley.seat("north", language="ar")}
    both_chairs = {"en": chair, "ar": valley.seat("chair", language="ar")}
    file = ours(tmp_path)
    for language, page in both_north.items():
        go(page, "texts/tx1")
        page.click("a[href$='changes/v1']")
        widths(page, "changes-empty", language)
        rows = bring(page, file)
        expect(rows).to_have_count(3)
        expect(rows.nth(0)).to_contain_text(AUTHOR)
        widths(page, "changes-found", language)
    rows.nth(0).locator("input[name=take]").check()
    both_north["ar"].click("#f-confirm button[value=comment]")
    expect(both_north["ar"].locator(".done")).to_be_visible()
    go(chair, "texts/tx1")
    expect(chair.locator(".remarks")).to_contain_text("by day and by night")
    expect(chair.locator("body")).not_to_contain_text(AUTHOR)
    go(south, "clauses/v1/cl4")
    expect(south.locator("main")).not_to_contain_text("by day and by night")
    look(both_chairs, "texts/tx1/write", "write-notes", unfold="#s-write-notes > summary")
    look(both_north, "texts/tx1?as=legend", "text-legend")
    look(both_north, "decisions", "decisions-lend", unfold="#s-lend > summary")
    record_two_votes(chair, both_north, south)


def test_a_file_is_brought_and_confirmed_without_script(valley: Venue, tmp_path: Path) -> None:
    chair, north, _ = begun(valley, script=False)
    go(north, "changes/v1")
    bring(north, ours(tmp_path))
    north.locator("input[name=take]").nth(1).check()
    north.click("#f-confirm button[value=comment]")
    go(chair, "texts/tx1")
    expect(chair.locator(".remarks")).to_contain_text("all that")
