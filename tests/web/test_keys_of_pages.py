"""What stands on every page beside its matter: the day it looks at, and the keys of short names and of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.web.render.page_list import PAGES
from web.test_hall_pages import bare
from web.test_texts import Table, opened_table

_HANDLE = re.compile(r'<bdi class="handle" dir="ltr">([a-z][0-9]+)</bdi>')
_MARK = re.compile(r"\[[A-Z][0-9]+ [DWNUI]\]")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def _pages(table: Table, seat: str) -> dict[str, str]:
    """Return each page that a seat has without naming a thing, by its path."""
    paths = [page.path for page in PAGES if "{}" not in page.path]
    return {path: table.page(seat, path) for path in paths if table.status(seat, path) == 200}


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["un", "ana", "gov", "sec"])
def test_every_page_explains_its_short_names_and_marks_once(table: Table, seat: str) -> None:
    table.do("ana", "EnterClaim", "positions", **_CLAIM)
    shown = _pages(table, seat)
    n_named = 0
    for path, page in shown.items():
        matter = page.partition('<main id="main">')[2].partition('<p class="quiet marks">')[0]
        named = _HANDLE.search(matter)
        n_named += named is not None
        assert page.count("are there to find a thing again.") == (named is not None), path
        if path != "brief":
            assert page.count("D: a document. W:") == (_MARK.search(matter) is not None), path
    assert n_named > 3


@pytest.mark.parametrize("seat", ["un", "ana"])
def test_the_pages_that_look_at_a_day_say_so_in_the_same_words(table: Table, seat: str) -> None:
    table.do("ana", "EnterClaim", "positions", **_CLAIM)
    for path in ("positions", "week"):
        assert bare(table.page(seat, path)).count("You look at ") == 1, path
        asked = bare(table.page(seat, f"{path}?until=2017-01-20"))
        assert "You look at 20 January 2017, as you asked." in asked, path


def test_the_head_of_a_page_says_which_clock_it_shows_and_that_a_fingerprint_is_one(table: Table) -> None:
    head = bare(table.page("un", ""))
    assert re.search(r"Real time: \w+ \d+ \w+ \d{4}, \d\d:\d\d", head)
    assert re.search(r"Fingerprint [0-9a-f]{4} [0-9a-f]{4}", head)


_CLAIM = {
    "claim.about": "opp", "claim.aspect": "position: who-watches", "claim.words": "A committee, if it is neutral.",
    "claim.chain": "A paper\nIts spokesman", "claim.strength": "named-source", "claim.asserted_on": "2017-01-21",
}  # fmt: skip
