"""What a hostile seat tried: each was once possible, and must never be again."""

from __future__ import annotations

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Mode, Role
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.items import FileItem, WithdrawItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.model.actors import SeatPlan
from goodoffices.talks.seats.commands import GiveSeat, GrantHistory
from stories import Story, words


@pytest.mark.parametrize("slug", ["clock", "public", "../x"])
def test_no_seat_takes_the_name_of_the_clock_or_the_public(slug: str) -> None:
    story = Story()
    assert story.refused("sec", GiveSeat(slug=slug, actor="group-a", roles=(Role.PARTY,))) == "bad_value"
    with pytest.raises(ScenarioError):
        SeatPlan(slug=slug, actor="group-a", roles=(Role.PARTY,))


def derived(story: Story, *sources: str) -> str:
    story.do("un", FileItem(words=(words("Drawn from others"),), derived_from=sources))
    return list(story.view("un").known.items)[-1]


def test_a_withdrawn_source_stops_what_was_derived_from_it() -> None:
    story = Story()
    source = story.paper(form=Form.VERBATIM)
    mine = derived(story, source)
    story.do("un", RelayItem(item=mine, to="gov", form=Form.VERBATIM))
    story.do("opp", WithdrawItem(item="m1"))
    assert story.refused("un", RelayItem(item=mine, to="gov", form=Form.VERBATIM)) == "sources_not_cleared"
    number = next(n.n for n in story.view("un").notices if n.data.get("item") == mine and n.kind == "ItemFiled")
    assert story.refused("un", GrantHistory(notices=(number,), to="gov")) == "sources_not_cleared"


def test_a_source_whose_words_need_approval_reaches_nobody_by_way_of_a_derived_paper() -> None:
    story = Story()
    mine = derived(story, story.paper(form=Form.OWN_IDEA, approve=True))
    assert story.refused("un", RelayItem(item=mine, to="gov", form=Form.VERBATIM)) == "sources_not_cleared"


def test_a_thousand_papers_each_from_the_one_before_are_decided_at_once() -> None:
    story = Story()
    last = derived(story, story.paper())
    for _ in range(1000):
        last = derived(story, last)
    story.do("un", RelayItem(item=last, to="gov", form=Form.VERBATIM))


def test_derivations_that_double_at_every_step_cost_no_more_than_their_number() -> None:
    story = Story()
    one = two = story.paper()
    for _ in range(60):
        one, two = derived(story, one, two), derived(story, one, two)
    story.do("un", RelayItem(item=one, to="gov", form=Form.VERBATIM))


def test_a_granted_own_idea_carries_no_trace_of_a_source_or_a_reason() -> None:
    story = Story()
    source = story.paper()
    story.do("un", FileItem(words=(words("An idea"),), derived_from=(source,), own_idea=words("they said as much")))
    story.do("un", GrantHistory(notices=(len(story.view("un").notices),), to="rus"))
    granted = story.view("rus").notices[-1]
    assert (granted.face, set(granted.data)) == ("granted", {"item", "kind", "words", "mode"})


def test_a_note_to_file_is_granted_to_nobody() -> None:
    story = Story()
    story.do("un", FileItem(words=(words("For ourselves"),), mode=Mode.NOTE))
    assert story.refused("un", GrantHistory(notices=(len(story.view("un").notices),), to="rus")) == "protected"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_is_said_to_be(text: str) -> None:
    with pytest.raises(ScenarioError, match="year"):
        parse_instant(text)


def test_a_hundred_thousand_brackets_are_no_claim() -> None:
    with pytest.raises(ScenarioError, match="not valid JSON"):
        parse_command("EnterClaim", {"claim": "[" * 100_000})


def test_a_language_is_a_sign_of_a_language() -> None:
    assert Words(text="x", lang="zh-Hant").lang == "zh-Hant"
    with pytest.raises(ScenarioError, match="language"):
        Words(text="x", lang="zz-bad__")
