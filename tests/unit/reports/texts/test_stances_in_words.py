"""A stance is told with all that belongs to it: through whom it was taken, its limits, and the words beside it."""

from __future__ import annotations

from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.texts.plain_english import stance_in_words
from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.seats.commands import GiveProxy
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families
from goodoffices.talks.texts.stances import EndStance, TakeStance
from stories import words
from text_stories import Talks


def _told(view: View) -> list[str]:
    """Return each stance in the terminal's words, and the brief with everything in it."""
    lines = [stance_in_words(view, family, said) for family in families(view) for said in family.said]
    return [" ".join(lines), " ".join(as_text(brief_of(view), 4_000).split())]


def test_a_signature_by_proxy_is_never_told_as_the_hand_of_who_gave_it() -> None:
    story = Talks()
    story.release(story.table(), "gov", "opp", "rus", equal=False)
    story.do("gov", GiveProxy(holder="rus", scope="sign"))
    story.do("rus", TakeStance(version="v1", kind=StanceKind.SIGNED, by_proxy_of="gov"))
    for told in _told(story.view("opp")):
        assert "by proxy, through The rus" in told
    story.do("opp", TakeStance(version="v1", kind=StanceKind.SIGNED))
    assert all(told.count("by proxy") == 1 for told in _told(story.view("gov")))


def test_words_capacity_and_the_end_of_a_stance_are_told_wherever_it_is() -> None:
    story = Talks()
    story.release(story.table())
    story.do(
        "gov",
        TakeStance(version="v1", kind=StanceKind.SIGNED, capacity="as a witness", words=words("Not for the east.")),
    )
    for told in _told(story.view("opp")):
        assert "in the capacity: as a witness" in told and "“Not for the east.”" in told and "ended" not in told
    story.do("gov", EndStance(stance="st1"))
    assert all("ended" in told for told in _told(story.view("opp")))
