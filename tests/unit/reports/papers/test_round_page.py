"""A round as one page: what its PDF has, with nothing from outside, in every language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from goodoffices.reports.lists.notices import notice_said
from goodoffices.reports.messages.act_sentences import ACT_NAMES
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.rounds.round_file import round_data
from goodoffices.reports.rounds.round_page import round_page
from goodoffices.talks.exchange.items import FileItem
from stories import words
from unit.reports.papers.test_round_file import told

_EMPTY = {"meta", "hr", "br"}


class Read(HTMLParser):
    """What a page has: its text, the ids and the links, and whether each element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids += [held["id"] or ""] if "id" in held else []
        self.links += [held["href"] or ""] if "href" in held else []
        assert not {"src", "onclick", "onload"} & held.keys()
        assert tag not in ("script", "link", "img", "iframe", "form")
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_page_has_all_that_the_pdf_has_and_nothing_from_outside(language: str) -> None:
    story = told()
    story.do("gov", FileItem(words=(words("<b>Not</b> bold & \u202eturned"),)))
    view = story.view("gov")
    page = round_page(view, language=language, since=3)
    read = Read(page)
    assert read.open == []
    assert len(set(read.ids)) == len(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= {*read.ids}
    for part in round_data(view, language=language, since=3)["parts"]:
        assert part["title"] in read.text
        for table in part.get("tables", ()):
            for row in table["rows"]:
                assert all(cell in read.text for cell in row)
    assert "<b>Not</b>" in read.text
    assert f'<html lang="{language}" dir="{catalogue_for(language).direction}"' in page
    assert not re.search(r"(https?:)?//(?!www\.w3\.org)", page)


def test_what_is_new_stands_before_everything_else() -> None:
    view = told().view("gov")
    last = len(view.notices)
    titles = [part["title"] for part in round_data(view, since=last - 2)["parts"]]
    assert titles.index(f"New after notice {last - 2}") == 2
    [news] = [part for part in round_data(view, since=last - 2)["parts"] if part["title"].startswith("New after")]
    assert [row[0] for row in news["tables"][0]["rows"]] == [str(last - 1), str(last)]


@pytest.mark.parametrize("language", ["ar", "fa", "kk", "ru", "tr"])
def test_a_notice_is_said_as_a_sentence_in_the_language_of_the_paper(language: str) -> None:
    view = told().view("gov")
    w = Wording(view, language)
    corrected = next(notice for notice in view.notices if notice.kind == "MinutesCirculated")
    said = notice_said(w, corrected)
    assert said != w.plain(ACT_NAMES[corrected.kind])
    assert view.name(corrected.by, language) in said
