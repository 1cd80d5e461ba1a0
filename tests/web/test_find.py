"""Finding things: only what the seat knows, across ways of writing one letter, with the handle first."""

from __future__ import annotations

import pytest

from goodoffices.talks.exchange.items import FileItem
from goodoffices.web.pages.find import Hit, folded, hits
from goodoffices.web.pages.page import PageContext
from stories import Story, words


def found(story: Story, seat: str, sought: str) -> list[Hit]:
    context = PageContext(view=story.view(seat), at=story.at, would=lambda _: None)
    return hits(context, sought)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ISTANBUL", "istanbul"), ("Şam", "sam"), ("علي", "على"), ("كتاب", "کتاب"), ("مدرسة", "مدرسه"), ("مُدُن", "مدن")],
)
def test_ways_of_writing_one_word_are_found_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_paper_is_found_by_its_words_and_first_by_its_handle() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("A corridor to the east, watched by both guarantors from six to noon."),)))
    story.do("opp", FileItem(words=(words("m1 is answered here"),)))
    [hit] = found(story, "opp", "WATCHED  by both")
    assert (hit.sort, hit.page, hit.handle) == ("paper", "papers/m1", "m1")
    assert "watched by both guarantors" in hit.around
    assert [hit.handle for hit in found(story, "opp", "m1")] == ["m1", "m2"]
    assert found(story, "opp", " ") == found(story, "opp", "nowhere") == []


def test_nothing_is_found_of_what_another_seat_wrote() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("A corridor to the east."),)))
    assert found(story, "gov", "corridor") == []
    assert [hit.sort for hit in found(story, "gov", "The rus")] == ["actor"]
