"""Whether those required agree, from the acts of one record: what is signed is not yet ratified, nor succeeded to."""

from __future__ import annotations

from goodoffices.reports.texts.finding_sentences import finding_in_english
from goodoffices.talks.base.enums import ChangeKind, StanceKind
from goodoffices.talks.commitments.commands import RecordChange
from goodoffices.talks.documents.agreement import AgreementVerdict, Finding, Ground
from goodoffices.talks.model.obligations import ActorChange
from goodoffices.talks.rounds.delegations import NameRatifier
from goodoffices.talks.texts.agreement_status import families, finding_of, title_line
from goodoffices.talks.texts.ratification import RecordRatification
from goodoffices.talks.texts.stances import TakeStance
from text_stories import Talks

SIGNED = TakeStance(version="v1", kind=StanceKind.SIGNED)


def both_signed() -> Talks:
    story = Talks()
    story.release(story.table(about=("gov", "opp")))
    for seat in ("gov", "opp"):
        story.do(seat, SIGNED)
    return story


def found(story: Talks, seat: str = "un") -> Finding:
    [family] = families(story.view(seat))
    return finding_of(family)


def grounds(finding: Finding) -> set[tuple[Ground, tuple[str, ...]]]:
    return {(reason.ground, reason.actors) for reason in finding.reasons}


def test_what_is_signed_is_not_agreed_before_the_ratifier_that_was_named_agrees() -> None:
    story = both_signed()
    assert found(story).verdict is AgreementVerdict.AGREED
    story.do("gov", NameRatifier(round="r1", ratifier="A house", method="vote"))
    assert found(story).verdict is AgreementVerdict.NOT_AGREED
    assert grounds(found(story)) == {(Ground.NOT_RATIFIED, ("gov",))}
    story.do("gov", RecordRatification(version="v1", ratifier="A house", ratified=True))
    assert found(story).verdict is AgreementVerdict.AGREED


def test_t19_a_ratification_that_failed_is_never_an_agreement() -> None:
    story = both_signed()
    story.do("gov", NameRatifier(round="r1", ratifier="A house", method="vote"))
    story.do("gov", RecordRatification(version="v1", ratifier="A house", ratified=False))
    for seat in ("un", "gov", "opp"):
        assert found(story, seat).verdict is AgreementVerdict.NOT_AGREED
        assert grounds(found(story, seat)) == {(Ground.RATIFICATION_REFUSED, ("gov",))}
        [family] = families(story.view(seat))
        assert finding_in_english(story.view(seat), family)[0] == "Not agreed."


def test_the_title_line_goes_by_the_last_word_as_the_finding_does() -> None:
    story = both_signed()
    story.do("gov", TakeStance(version="v1", kind=StanceKind.REFUSED))
    [family] = families(story.view("un"))
    assert title_line(family).not_bound == ("gov",)
    assert finding_of(family).verdict is AgreementVerdict.NOT_AGREED


def test_r24_a_signature_of_an_actor_that_merged_since_waits_for_its_successor() -> None:
    story = both_signed()
    change = ActorChange(slug="union", kind=ChangeKind.MERGE, sources=("opp", "group-a"), targets=("group-b",))
    story.do("ana", RecordChange(change=change))
    assert grounds(found(story)) == {(Ground.SUCCESSOR_UNCLEAR, ("opp",))}


def test_an_actor_that_is_still_there_after_a_change_or_signs_after_it_needs_no_successor() -> None:
    story = both_signed()
    left = ActorChange(slug="left", kind=ChangeKind.SPLIT, sources=("opp",), targets=("opp", "group-a"))
    story.do("ana", RecordChange(change=left))
    assert found(story).verdict is AgreementVerdict.AGREED
    story.do(
        "ana", RecordChange(change=ActorChange(slug="gone", kind=ChangeKind.DISSOLVE, sources=("gov",), targets=()))
    )
    assert grounds(found(story)) == {(Ground.SUCCESSOR_UNCLEAR, ("gov",))}
    story.do("gov", SIGNED)
    assert found(story).verdict is AgreementVerdict.AGREED
