"""The two referendums of 22 May 1998, which both had to pass. Counts: ARK, CAIN."""

from __future__ import annotations

from goodoffices.talks.voting.counting import Answers, Poll
from goodoffices.talks.voting.explanations import percent
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rules import Compared, Referendum, ReferendumProng

NORTH = Poll(name="Northern Ireland", yes=676_966, no=274_879)
SOUTH = Poll(name="Ireland", yes=1_442_583, no=85_748)
MAJORITY = Referendum(prongs=(ReferendumProng(against=Compared.VALID),))


def test_both_referendums_pass_with_the_published_shares() -> None:
    found = outcome(MAJORITY, Answers(polls=(NORTH, SOUTH)))
    assert found.passes
    assert [(p.of, p.have, p.base) for p in found.explanation.prongs] == [
        ("Northern Ireland", 676_966, 951_845),
        ("Ireland", 1_442_583, 1_528_331),
    ]
    assert [percent(p.have, p.base) for p in found.explanation.prongs if isinstance(p.base, int)] == ["71.12", "94.39"]


def test_one_of_two_is_not_enough() -> None:
    lost = Poll(name="Ireland", yes=85_748, no=1_442_583)
    found = outcome(MAJORITY, Answers(polls=(NORTH, lost)))
    assert not found.passes
    assert [p.met for p in found.explanation.prongs] == [True, False]
