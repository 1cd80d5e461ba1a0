"""The plebiscite of 2 October 2016 in Colombia: two prongs, one met. Counts as in the final and near-final tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goodoffices.talks.voting.counting import Answers, Poll
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rules import Compared, How, Range, Referendum, ReferendumProng

ELECTORATE = 34_899_945
LAW = Referendum(
    prongs=(
        ReferendumProng(against=Compared.NO),
        ReferendumProng(against=Compared.ELECTORATE, share=Fraction(13, 100), how=How.AT_LEAST),
    )
)


@pytest.mark.parametrize(
    ("yes", "no", "short_by"), [(6_382_901, 6_438_552, 55_652), (6_377_482, 6_431_376, 53_895)], ids=["final", "near"]
)
def test_yes_met_one_prong_and_missed_the_other(yes: int, no: int, short_by: int) -> None:
    found = outcome(LAW, Answers(polls=(Poll(name="the plebiscite", yes=yes, no=no, electorate=ELECTORATE),)))
    more, enough = found.explanation.prongs
    assert found.verdict is DecisionVerdict.FAILS
    assert (more.met, more.have, more.base, more.need, more.short_by) == (False, yes, no, no + 1, short_by)
    assert (enough.met, enough.have, enough.base, enough.need) == (True, yes, ELECTORATE, 4_536_993)
    assert sentences(found)[0] == "It fails."
    assert f"short by {short_by:,}" in sentences(found)[1]


def test_an_electorate_known_only_within_a_range_may_leave_it_open() -> None:
    poll = Poll(name="p", yes=13, no=5, electorate_range=Range(low=99, high=101))
    found = outcome(LAW, Answers(polls=(poll,)))
    assert found.verdict is DecisionVerdict.CANNOT_TELL
    assert found.explanation.prongs[1].need == Range(low=13, high=14)
