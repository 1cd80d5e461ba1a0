"""Delegations on paper receive a text in a pack that was ready at its release, when the pack is handed over (T15)."""

from __future__ import annotations

from goodoffices.talks.decisions.commands import AnswerQuestion, PutQuestion
from goodoffices.talks.exchange.print_packs import MarkPackHanded, MarkPackReady
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.voting.rules import Says, SilenceProcedure
from text_stories import FIRST, Talks

PARTIES = ("gov", "opp", "pap")


def pack(story: Talks) -> str:
    story.do("sec", MarkPackReady(seat="pap", up_to=30, carrier="Amal", tell=("un",)))
    return list(story.view("sec").known.packs)[-1]


def hand(story: Talks, handle: str) -> None:
    story.do("sec", MarkPackHanded(pack=handle, taken_by="their clerk", taken_at=story.at))


def silence(story: Talks, version: str = "v1") -> None:
    rule = SilenceProcedure(until=story.in_minutes(60), zone="UTC")
    story.do("un", PutQuestion(rule=rule, eligible=PARTIES, version=version))


def unheard(story: Talks) -> tuple[str, ...]:
    story.wait(90)
    return story.view("gov").known.questions["y1"].unheard


def test_t15_a_pack_handed_between_the_release_and_the_question_has_been_received() -> None:
    story = Talks()
    story.table()
    ready = pack(story)
    story.release("v1", *PARTIES)
    story.wait(5)
    hand(story, ready)
    story.wait(5)
    silence(story)
    assert unheard(story) == ()


def test_t15_a_pack_handed_before_the_release_did_not_hold_the_text() -> None:
    story = Talks()
    hand(story, pack(story))
    story.wait(5)
    story.release(story.table(), *PARTIES, equal=False)
    silence(story)
    assert unheard(story) == ("pap",)


def test_t15_of_two_versions_the_pack_with_the_first_is_no_receipt_of_the_second() -> None:
    story = Talks()
    ready = pack(story)
    story.release(story.table(), *PARTIES)
    hand(story, ready)
    story.wait(5)
    pack(story)
    story.release(story.write(FIRST.replace("30 December", "1 January")), *PARTIES)
    silence(story, "v2")
    assert unheard(story) == ("pap",)


def test_t15_a_pack_handed_while_silence_lasts_is_in_time() -> None:
    story = Talks()
    ready = pack(story)
    story.release(story.table(), *PARTIES)
    silence(story)
    hand(story, ready)
    assert unheard(story) == ()


def test_a_pack_that_was_handed_over_is_no_way_to_receive_the_next_version() -> None:
    story = Talks()
    hand(story, pack(story))
    version = story.table()
    assert story.refused("un", ReleaseVersion(version=version, to=PARTIES)) == "not_ready"
    pack(story)
    story.release(version, *PARTIES)


def test_an_objection_by_a_seat_that_had_not_received_the_text_counts_all_the_same() -> None:
    story = Talks()
    story.release(story.table(), *PARTIES, equal=False)
    silence(story)
    story.do("pap", AnswerQuestion(question="y1", says=Says.OBJECTS))
    question = story.view("gov").known.questions["y1"]
    assert question.verdict is not None
    assert question.verdict.value == "fails"
