"""Notices that hide whose act it was (T6) carry nothing that only one kind of seat would leave on it."""

from __future__ import annotations

from goodoffices.talks.texts.comments import DropVariant, ProposeVariant
from goodoffices.talks.texts.pens import OpenPen
from stories import words
from text_stories import Talks


def test_t6_a_holder_cannot_tell_a_variant_entered_from_paper_from_one_typed_in() -> None:
    shown = []
    for seat, more in (("gov", {}), ("pap", {"happened_at": True, "on_paper": "sheet 7"})):
        story = Talks()
        story.release(story.table(), "gov", "opp", "pap", equal=False)
        story.do("un", OpenPen(text="tx1", seats=("gov", "pap"), until=story.in_minutes(60)))
        earlier = {"happened_at": story.at} if more else {}
        story.do(seat, ProposeVariant(version="v1", clause="cl1", words=words("No date.")), **(more | earlier))
        story.do(seat, DropVariant(variant="va1"), **(more | earlier))
        shown.append([notice.plain() for notice in story.view("opp").notices if notice.kind.startswith("Variant")])
    assert len(shown[0]) == 2
    assert shown[0] == shown[1]
