"""Whose consent is enough under the rules of the talks, in what could be agreed."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.bargain import Rule
from goodoffices.cli.main import main
from goodoffices.reports.settlement.consent_rules import consent_under
from goodoffices.talks.voting import rules
from goodoffices.talks.voting.named_rules import NamedRule
from settlement_talks import wells

PARTIES = ("a", "b", "c")
BLOCS = (rules.Bloc(slug="one", members=("a", "d")), rules.Bloc(slug="two", members=("b", "c")))

TWO_THIRDS = rules.Threshold(share=Fraction(2, 3), how=rules.How.AT_LEAST)


def enough(rule: rules.Rule) -> set[str]:
    """Return every set of parties, as a text, that is enough."""
    found = consent_under(NamedRule(slug="r", title="R", rule=rule), PARTIES).rule
    assert isinstance(found, Rule)
    sets = [group for size in range(4) for group in itertools.combinations(range(3), size)]
    return {"".join(PARTIES[party] for party in group) for group in sets if found.holds(frozenset(group))}


@pytest.mark.parametrize(
    ("rule", "sets"),
    [
        (rules.Unanimity(), {"abc"}),
        (rules.Consensus(), {"abc"}),
        (rules.Consensus(minus=("c",)), {"ab", "abc"}),
        # A half is no majority; d, whom nobody assessed, counts as not accepting, so a is not most of bloc one.
        (rules.ParallelConsent(blocs=(BLOCS[1],)), {"bc", "abc"}),
        (rules.ParallelConsent(blocs=BLOCS), set()),
        (rules.WeightedMajority(blocs=BLOCS), {"ab", "ac", "abc"}),
        (
            rules.WeightedMajority(blocs=(BLOCS[1],), weights=(("a", 4), ("b", 3), ("c", 3))),
            {"ab", "ac", "bc", "abc"},
        ),
        (rules.QualifiedMajority(thresholds=(TWO_THIRDS,)), {"ab", "ac", "bc", "abc"}),
        (rules.QualifiedMajority(thresholds=(rules.Threshold(share=Fraction(2, 3)),)), {"abc"}),
        (
            rules.QualifiedMajority(
                thresholds=(rules.Threshold(share=Fraction(1, 2), of=rules.Of.WEIGHT, base=rules.Base.TOTAL),),
                weights=(("a", 5), ("b", 3), ("c", 1)), total_range=rules.Range(low=8, high=14),
            ),
            {"ab", "abc"},
        ),
        (
            rules.SufficientConsensus(
                weights=(("a", 5), ("b", 3), ("c", 2)), blocs=(rules.Bloc(slug="two", members=("b", "c")),), also=("c",)
            ),
            {"abc"},
        ),
        (rules.SufficientConsensus(weights=(("a", 5), ("b", 3), ("c", 1)), blocs=(BLOCS[1],)), {"ab", "abc"}),
    ],
)  # fmt: skip
def test_a_rule_is_a_test_on_the_parties_assessed(rule: rules.Rule, sets: set[str]) -> None:
    assert enough(rule) == sets


def test_a_rule_that_acceptance_does_not_decide_says_so() -> None:
    named = NamedRule(slug="r", title="R", rule=rules.ChairsSense(contest_minutes=5))
    assert consent_under(named, PARTIES).rule is None
    assert consent_under(NamedRule(slug="r", title="R", rule=rules.ParallelConsent(blocs=BLOCS)), PARTIES).unknown == (
        "d",
    )


def test_the_answer_lists_whose_consent_is_enough(tmp_path: Path) -> None:
    path = wells(tmp_path)
    file = json.loads(path.read_text(encoding="utf-8"))
    assert "Whose consent" not in CliRunner().invoke(main, ["settle", str(path)]).output
    file["rules"] = {
        "lead": {"title": "The north alone", "rule": "consensus", "minus": ["south"]},
        "all": {"title": "Everybody", "rule": "unanimity"},
        "chair": {"title": "The chair", "rule": "chairs-sense", "contest_minutes": 5},
    }
    path.write_text(json.dumps(file), encoding="utf-8")
    text = " ".join(CliRunner().invoke(main, ["settle", str(path)], env={"COLUMNS": "160"}).output.split())
    assert "Whose consent is enough under the rules of these talks" in text
    assert "The north alone The north 5 –" in text  # all but 'theirs' with the road closed, worth 0 to the north
    assert "Everybody The north, The south 3 –" in text
    assert "acceptance alone" in text
    assert "cannot tell" in text
