"""Every page in the reader's language: no English sentence of ours is left on an Arabic one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.forecast import MODELS
from goodoffices.web.render.page_list import PAGES
from one_language import own_words, peoples_words, untranslated
from properties.worlds.cast import the_talks
from properties.worlds.walk import PAGE_WALK
from talks_once import read
from web.test_hall_pages import sent
from web.test_texts import CLEAN, DRAFT, Table, opened_table, released

_MOST = 400
_OWN_TONGUE = "ar"
CALCULATED = {
    "settlement": {"do": "start"},
    "rehearsal": {"do": "start", "runs": "1000"},
    "forecast": {"do": "start"},
}


@pytest.fixture
def astana(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path, read("astana-2017"), ready=())


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def _finish(table: Table, page: str) -> None:
    held = table.world.server.calculations.of("analyst").get(page)
    assert held is not None, page
    for _ in range(2400):
        if held.is_over:
            break
        time.sleep(0.05)
    assert held.is_over and held.result is not None, (page, held.why)


def _people_of_astana() -> tuple[str, ...]:
    talks = read("astana-2017")
    # Who takes notes types the beginning of a speaker's seat.
    # A model is called by its name everywhere, as it is typed in the terminal.
    return peoples_words(talks, [seat.slug[:2] for seat in talks.seats], tuple(MODELS))


def _addresses(page: str, base: str) -> set[str]:
    """Return the addresses of pages of this seat that a page leads to; of files and of filters there is no end."""
    found = re.findall(rf'href="{re.escape(base)}/([^"#]*)"', page)
    return {one for one in found if "." not in one and "?" not in one and not one.startswith("do/")}


def _found(
    table: Table, seat: str, people: tuple[str, ...], first: set[str], *, further: bool = True
) -> dict[str, str]:
    """Return what is left untranslated on the pages of a seat, with the page where it was seen first.

    ``further`` says whether to go on to the pages that these lead to.
    """
    browser = table.browser(seat, _OWN_TONGUE)
    own, waiting, seen, found = own_words(), sorted(first), set[str](), dict[str, str]()
    while waiting and len(seen) < _MOST:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = browser.get(f"{browser.base}/{path}")
        if answer.status != 200 or "text/html" not in str(answer.headers):
            continue
        for text in untranslated(answer.text, people, own):
            found.setdefault(text, path)
        waiting += sorted(_addresses(answer.text, browser.base) - seen) if further else []
    return found


def test_a_sentence_of_ours_in_english_is_found_and_peoples_words_are_not() -> None:
    own, people = own_words(), peoples_words({"name": "The Four Valleys"}, "who-watches")
    page = '<p>ورقة <bdi>the four valleys</bdi></p><p lang="en">Nobody knows.</p><p class="said">My words</p>'
    assert untranslated(page, people, own) == ["Nobody knows."]
    assert untranslated('<p aria-label="Open it">ورقة who watches .csv</p>', people, own) == ["Open it"]


@pytest.mark.slow
def test_no_page_of_the_analyst_has_an_english_sentence_of_ours(astana: Table) -> None:
    people = _people_of_astana()
    issue = next(iter(read("astana-2017").agenda[0].issues)).slug
    sent(astana, "analyst", "forecast", do="on")
    for page, fields in CALCULATED.items():
        given = {**fields, "issue": issue} if page == "forecast" else fields
        assert sent(astana, "analyst", page, **given).status == 303
        _finish(astana, page)
    assert _found(astana, "analyst", people, {*CALCULATED, "rehearsal?for=both"}, further=False) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["un-envoy", "government", "secretariat"])
def test_no_page_of_the_talks_has_an_english_sentence_of_ours(astana: Table, seat: str) -> None:
    first = {page.path for page in PAGES if "{}" not in page.path}
    assert _found(astana, seat, _people_of_astana(), first) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["un", "gov", "sec"])
def test_no_page_that_a_seat_can_ask_for_has_an_english_sentence_of_ours(table: Table, seat: str) -> None:
    released(table)
    first = {path for path in PAGE_WALK if "{}" not in path}
    assert _found(table, seat, peoples_words(the_talks(), CLEAN, DRAFT, CLEAN.split(), DRAFT.split()), first) == {}
