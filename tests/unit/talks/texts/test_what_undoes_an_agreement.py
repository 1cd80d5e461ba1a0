"""An agreement on the same words that waits for a ratifier, or loses who stood by it: the finding says so, and why."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.reports.texts.finding_sentences import finding_in_english
from goodoffices.reports.texts.plain_english import stance_in_words, text_rows
from goodoffices.talks.base.enums import ChangeKind, StanceKind
from goodoffices.talks.commitments.commands import RecordChange, RecordCommitment, StateSuccession
from goodoffices.talks.documents.agreement import AgreementVerdict, Finding, Ground
from goodoffices.talks.model.obligations import ActorChange
from goodoffices.talks.rounds.delegations import NameRatifier
from goodoffices.talks.texts.agreement_status import Family, family_of, finding_of
from goodoffices.talks.texts.ratification import RecordRatification
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.stances import TakeStance
from stories import words
from text_stories import Talks

PARTIES = ("gov", "opp")


def signed(*, family: str = "") -> Talks:
    story = Talks()
    story.release(story.table(about=PARTIES, family=family))
    for seat in PARTIES:
        story.do(seat, TakeStance(version="v1", kind=StanceKind.SIGNED))
    return story


def of(story: Talks, seat: str = "gov", family: str = "tx1") -> tuple[Family, Finding]:
    held = family_of(story.view(seat), family)
    assert held is not None
    return held, finding_of(held)


def grounds(story: Talks, **more: str) -> list[tuple[Ground, tuple[str, ...]]]:
    return [(reason.ground, reason.actors) for reason in of(story, **more)[1].reasons]


def merged(story: Talks, *into: str, when: date | None = date(2017, 1, 26)) -> None:
    change = ActorChange(slug="merger", kind=ChangeKind.MERGE, sources=("opp",), targets=into, when=when)
    story.do("ana", RecordChange(change=change))


def test_who_named_a_ratifier_has_agreed_only_when_these_words_are_ratified_outside_the_round() -> None:
    story = signed()
    assert of(story)[1].verdict is AgreementVerdict.AGREED
    story.do("opp", NameRatifier(round="r1", ratifier="the congress", method="two thirds"))
    for seat in (*PARTIES, "un"):
        assert grounds(story, seat=seat) == [(Ground.NOT_RATIFIED, ("opp",))]
    assert finding_in_english(story.view("gov"), of(story)[0]) == (
        "Not agreed.",
        "The opp: signed subject to ratification, and these words are not ratified yet.",
    )
    story.do("opp", RecordRatification(version="v1", ratifier="the congress", ratified=True))
    assert of(story)[1].verdict is AgreementVerdict.AGREED


def test_a_ratifier_that_refuses_leaves_the_signature_and_undoes_the_agreement() -> None:
    story = signed()
    story.do("opp", NameRatifier(round="r1", ratifier="the congress", method="two thirds"))
    story.do("opp", RecordRatification(version="v1", ratifier="the congress", ratified=False))
    assert grounds(story) == [(Ground.RATIFICATION_REFUSED, ("opp",))]
    assert [said.kind for said in of(story)[0].said] == [StanceKind.SIGNED] * 2


def test_words_ratified_in_one_version_are_not_ratified_in_the_next() -> None:
    story = signed()
    story.do("opp", NameRatifier(round="r1", ratifier="the congress", method="two thirds"))
    story.do("opp", RecordRatification(version="v1", ratifier="the congress", ratified=True))
    story.release(story.write("# Cease-fire\n\n## 1. Start {cl1}\n\nIt begins at noon.\n", responsibility=True))
    for seat in PARTIES:
        story.do(seat, TakeStance(version="v2", kind=StanceKind.SIGNED))
    assert grounds(story) == [(Ground.NOT_RATIFIED, ("opp",))]


def test_what_a_seat_was_not_told_of_ratifiers_is_in_no_finding_of_its() -> None:
    story = signed()
    story.do("un", ReleaseVersion(version="v1", to=("rus",), equal=False))
    before = of(story, "rus")
    story.do("ana", RecordChange(change=_secret(), compartment="team"))
    assert of(story, "rus") == before
    assert of(story, "un")[0].successors == (("opp", "unclear"),)


def _secret() -> ActorChange:
    return ActorChange(slug="merger", kind=ChangeKind.MERGE, sources=("opp",), targets=("group-a",))


def test_a_signer_that_merged_leaves_it_unclear_until_its_successor_itself_speaks() -> None:
    story = signed(family="truce")
    merged(story, "pap")
    assert grounds(story, family="truce") == [(Ground.SUCCESSOR_UNCLEAR, ("opp",))]
    story.do("ana", RecordCommitment(slug="halt", obligors=("opp",), what="Halt fire", text="truce"))
    story.do("pap", StateSuccession(commitment="o1", state="in-part"))
    assert grounds(story, family="truce") == [(Ground.SUCCESSOR_UNCLEAR, ("opp",))]


@pytest.mark.parametrize(
    ("state", "found"),
    [("assumes", []), ("repudiates", [(Ground.REPUDIATED, ("opp",))])],
)
def test_the_successors_word_on_what_the_text_laid_on_the_signer_settles_it(
    state: str, found: list[tuple[Ground, tuple[str, ...]]]
) -> None:
    story = signed(family="truce")
    merged(story, "pap")
    story.do("ana", RecordCommitment(slug="halt", obligors=("opp",), what="Halt fire", text="truce"))
    story.do("pap", StateSuccession(commitment="o1", state=state))
    assert grounds(story, family="truce") == found


def test_of_several_successors_each_must_speak_and_one_that_repudiates_is_named() -> None:
    story = signed(family="truce")
    merged(story, "pap", "gov")
    story.do("ana", RecordCommitment(slug="halt", obligors=("opp",), what="Halt fire", text="truce"))
    story.do("pap", StateSuccession(commitment="o1", state="assumes"))
    assert grounds(story, family="truce") == [(Ground.SUCCESSOR_UNCLEAR, ("opp",))]
    story.do("gov", StateSuccession(commitment="o1", state="repudiates"))
    assert grounds(story, family="truce") == [(Ground.REPUDIATED, ("opp",))]


def test_a_successor_that_signs_the_same_words_itself_stands_by_them() -> None:
    story = signed()
    story.do("un", ReleaseVersion(version="v1", to=("rus",), equal=False))
    merged(story, "rus", when=date(2017, 1, 22))
    assert grounds(story) == [(Ground.SUCCESSOR_UNCLEAR, ("opp",))]
    story.do("rus", TakeStance(version="v1", kind=StanceKind.SIGNED))
    assert grounds(story) == []


def test_a_change_before_the_signature_undoes_nothing() -> None:
    story = signed()
    merged(story, "tur", when=date(2016, 12, 1))
    assert of(story)[1].verdict is AgreementVerdict.AGREED


def test_a_signature_with_words_or_reserved_clauses_is_never_plainly_agreed() -> None:
    story = Talks()
    story.release(story.table(about=PARTIES))
    story.do("gov", TakeStance(version="v1", kind=StanceKind.SIGNED))
    condition = words("We sign only if the toll is dropped")
    story.do("opp", TakeStance(version="v1", kind=StanceKind.SIGNED, words=condition))
    for seat in (*PARTIES, "un"):
        told = finding_in_english(story.view(seat), of(story, seat=seat)[0])
        assert told[0].startswith("The gov and The opp agreed to the same words. Words stand beside the stance.")
        assert "The opp: these words stand beside the stance: “We sign only if the toll is dropped”" in told
        assert text_rows(story.view(seat))[0]["finding"] == told[0]
    [theirs] = [said for said in of(story)[0].said if said.actor == "opp"]
    assert stance_in_words(story.view("gov"), of(story)[0], theirs).endswith("“We sign only if the toll is dropped”")
    story.do("opp", TakeStance(version="v1", kind=StanceKind.SIGNED, reserved=("cl2",)))
    told = finding_in_english(story.view("gov"), of(story)[0])
    assert told[0].startswith("Agreed in part or with reservations: The gov and The opp")
    assert told[1] == "The opp: in part or with reservations, at clause 2."
