"""What a notice says names which thing or whom: a list of notices that all say the same tells nobody anything."""

from __future__ import annotations

import random
from collections.abc import Iterator

from goodoffices.reports.lists.notices import notice_said
from goodoffices.reports.messages.act_sentences import ACT_NAMES, SENTENCES, told
from goodoffices.reports.papers.localization import Wording
from goodoffices.talks.base.acts import Content
from goodoffices.talks.base.enums import Form
from goodoffices.talks.core import view_for
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View
from properties.worlds.cast import SEATS
from properties.worlds.runs import a_run
from stories import Story, words

_OF_THE_WHOLE = frozenset({
    "AgendaSet", "MandateSet", "PairFormatsSet", "RowReached", "RowScheduled", "TalksOpened",
})  # fmt: skip
"""Kinds of which there is nothing to name: they are about the talks as a whole, or their text is all there is."""


def kinds_without_a_name() -> set[str]:
    """Return the kinds of acts none of whose sentences is filled with anything, and that have no sentence."""
    said = {key.split("/")[0].split("+")[0] for key in SENTENCES}
    return {*ACT_NAMES} - said


def views() -> Iterator[View]:
    draw = random.Random("which and whom")
    for _ in range(3):
        run = a_run([tuple(draw.randrange(64) for _ in range(10)) for _ in range(150)], draw.randrange(2**12))
        yield from (view_for(run.talks, seat) for seat in SEATS)


def test_every_kind_of_act_has_a_sentence() -> None:
    assert kinds_without_a_name() == _OF_THE_WHOLE


def contents(of: type[Content] = Content) -> Iterator[type[Content]]:
    for made in of.__subclasses__():
        yield made
        yield from contents(made)


def test_a_notice_says_the_bare_name_of_its_kind_only_of_a_thing_that_its_seat_was_never_shown() -> None:
    things = {made.__name__: set(made.REFS) for made in contents()}
    empty = {
        notice.kind
        for view in views()
        for notice in view.notices
        if not notice.is_bare
        and told(notice, view.seat).message == ACT_NAMES[notice.kind]
        and things[notice.kind] <= notice.data.keys()
    }
    assert empty <= _OF_THE_WHOLE


def test_notices_of_one_kind_are_told_apart_on_paper() -> None:
    view = view_for(Story().talks, "gov")
    w = Wording(view, "en")
    by_kind: dict[str, list[str]] = {}
    for notice in view.notices:
        by_kind.setdefault(notice.kind, []).append(notice_said(w, notice))
    for kind, said in by_kind.items():
        assert len(set(said)) == len(said), kind


def newest(story: Story, seat: str) -> tuple[View, Notice]:
    view = story.view(seat)
    return view, view.notices[-1]


def test_an_own_idea_is_told_like_any_word_and_no_form_is_named() -> None:
    story = Story()
    story.do("un", FileItem(words=(words("Two places come first."),)))
    story.do("un", RelayItem(item="m1", to="gov", form=Form.VERBATIM))
    own = notice_said(Wording(story.view("gov"), "en"), newest(story, "gov")[1])
    item = story.paper(by="opp", holder="un", to="rus")
    story.do("un", RelayItem(item=item, to="rus", form=Form.OWN_IDEA, words=words("Two places come first.")))
    other = notice_said(Wording(story.view("rus"), "en"), newest(story, "rus")[1])
    assert own == other == "The un told you “Two places come first”"
