"""Northern Ireland multi-party talks, rules of procedure of 29 July 1996, rule 34: sufficient consensus.

Votes of 30 May 1996 as published by ARK (Queen's University Belfast and Ulster University); the 6 425 of Labour and the
valid total of 752 388 are not verified. No answer under rule 34 depends on the total, and the test shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from goodoffices.talks.voting.counting import Answer, Answers
from goodoffices.talks.voting.explanations import DecisionVerdict, Outcome, Prong, percent
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rules import (
    Base,
    Bloc,
    BlocBase,
    How,
    Of,
    QualifiedMajority,
    Range,
    Says,
    SufficientConsensus,
    Threshold,
)

VOTES = {
    "uup": 181_829,
    "sdlp": 160_786,
    "dup": 141_413,
    "sf": 116_377,
    "alliance": 49_176,
    "ukup": 27_774,
    "pup": 26_082,
    "udp": 16_715,
    "niwc": 7_731,
    "labour": 6_425,
}
TOTAL = 752_388
TEN = tuple(VOTES)
EIGHT = tuple(who for who in TEN if who not in ("dup", "ukup"))
NINE = tuple(who for who in TEN if who != "sf")
UNIONIST = Bloc(slug="unionist", members=("uup", "dup", "ukup", "pup", "udp"))
NATIONALIST = Bloc(slug="nationalist", members=("sdlp", "sf"))
RULE_34 = SufficientConsensus(weights=tuple(VOTES.items()), total=TOTAL, blocs=(UNIONIST, NATIONALIST))
OF_PARTICIPANTS = replace(RULE_34, bloc_base=BlocBase.PARTICIPATING)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table: who accepts of whom, and every number that must come out."""

    accepting: tuple[str, ...]
    participants: tuple[str, ...] = TEN
    rule: SufficientConsensus = RULE_34
    total: int
    unionist: int
    nationalist: int
    parties: int
    shares: dict[str, str] | None = None
    short: dict[str, int] | None = None
    additions: tuple[tuple[str, ...], ...] = ()


def _all_but(*names: str, of: tuple[str, ...] = TEN) -> tuple[str, ...]:
    return tuple(who for who in of if who not in names)


D = ("uup", "sdlp", "alliance", "niwc", "labour")
ROWS = {
    "a": Row(
        accepting=_all_but("dup", "ukup"),
        total=565_121,
        unionist=224_626,
        nationalist=277_163,
        parties=8,
        shares={"weight": "75.11", "unionist": "57.04"},
    ),
    "b": Row(
        accepting=_all_but("dup", "ukup", "sdlp"),
        total=404_335,
        unionist=224_626,
        nationalist=116_377,
        parties=7,
        shares={"nationalist": "41.99"},
        short={"nationalist": 22_205},
        additions=(("sdlp",),),
    ),
    "c": Row(
        accepting=_all_but("dup", "ukup", "sf"),
        total=448_744,
        unionist=224_626,
        nationalist=160_786,
        parties=7,
        shares={"nationalist": "58.01"},
    ),
    "d": Row(
        accepting=D,
        total=405_947,
        unionist=181_829,
        nationalist=160_786,
        parties=5,
        shares={"unionist": "46.17"},
        short={"unionist": 15_078, "participants": 1},
        additions=(("dup",), ("pup",), ("udp",), ("ukup",)),
    ),
    "e": Row(
        accepting=(*D, "udp"),
        total=422_662,
        unionist=198_544,
        nationalist=160_786,
        parties=6,
        shares={"unionist": "50.42"},
    ),
    "f": Row(
        accepting=(*UNIONIST.members, "alliance", "niwc", "labour"),
        total=457_145,
        unionist=393_813,
        nationalist=0,
        parties=8,
        short={"nationalist": 138_582},
        additions=(("sdlp",),),
    ),
    "g": Row(
        accepting=("uup", "dup", "ukup", "sdlp", "sf"),
        total=628_179,
        unionist=351_016,
        nationalist=277_163,
        parties=5,
        shares={"weight": "83.49"},
        short={"participants": 1},
        additions=(("alliance",), ("labour",), ("niwc",), ("pup",), ("udp",)),
    ),
    "h": Row(
        accepting=("uup", "sdlp", "sf", "alliance", "niwc", "labour"),
        participants=EIGHT,
        total=522_324,
        unionist=181_829,
        nationalist=277_163,
        parties=6,
        shares={"unionist": "46.17"},
        short={"unionist": 15_078},
        additions=(("pup",), ("udp",)),
    ),
    "i": Row(
        accepting=("uup", "sdlp", "sf", "alliance", "niwc", "labour"),
        participants=EIGHT,
        rule=OF_PARTICIPANTS,
        total=522_324,
        unionist=181_829,
        nationalist=277_163,
        parties=6,
        shares={"unionist": "80.95"},
    ),
    "j": Row(
        accepting=("uup", "sdlp", "sf", "alliance", "udp"),
        participants=EIGHT,
        total=524_883,
        unionist=198_544,
        nationalist=277_163,
        parties=5,
    ),
    "k": Row(
        accepting=(*D, "pup", "udp"),
        participants=NINE,
        total=448_744,
        unionist=224_626,
        nationalist=160_786,
        parties=7,
    ),
    "l": Row(
        accepting=_all_but("uup"),
        total=552_479,
        unionist=211_984,
        nationalist=277_163,
        parties=9,
        shares={"unionist": "53.83"},
    ),
}


def asked(rule: SufficientConsensus | QualifiedMajority, accepting: tuple[str, ...], of: tuple[str, ...]) -> Outcome:
    given = tuple(Answer(who=who, says=Says.ACCEPTS) for who in accepting)
    return outcome(rule, Answers(eligible=of, given=given))


def by_name(found: Outcome) -> dict[str, Prong]:
    return {prong.of or prong.name: prong for prong in found.explanation.prongs}


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_every_number_of_the_table_comes_out(row: Row) -> None:
    found = asked(row.rule, row.accepting, row.participants)
    prongs = by_name(found)
    n = len(row.participants)
    unionist_base = 393_813 if row.rule is RULE_34 else 224_626
    assert {name: (prong.have, prong.base, prong.need) for name, prong in prongs.items()} == {
        "weight": (row.total, TOTAL, 376_195),
        "unionist": (row.unionist, unionist_base, 196_907 if row.rule is RULE_34 else 112_314),
        "nationalist": (row.nationalist, 277_163, 138_582),
        "participants": (row.parties, n, n // 2 + 1),
    }
    assert {name: prong.short_by for name, prong in prongs.items() if not prong.met} == (row.short or {})
    for name, share in (row.shares or {}).items():
        prong = prongs[name]
        assert isinstance(prong.base, int)
        assert percent(prong.have, prong.base) == share
    assert found.verdict is (DecisionVerdict.FAILS if row.short else DecisionVerdict.PASSES)
    assert set(found.explanation.additions) == {frozenset(names) for names in row.additions}
    assert set(prongs["participants"].counted) == set(row.accepting)


def test_there_are_73_minimal_winning_sets_of_ten_and_15_of_eight() -> None:
    assert len(asked(RULE_34, (), TEN).explanation.additions) == 73
    assert len(asked(RULE_34, (), EIGHT).explanation.additions) == 15


def test_whose_leaving_fails_a_unanimous_yes() -> None:
    assert asked(RULE_34, TEN, TEN).explanation.leavings.single == ("sdlp",)
    assert asked(RULE_34, EIGHT, EIGHT).explanation.leavings.single == ("sdlp", "uup")


def of_the_poll(share: Fraction, total: int | Range) -> QualifiedMajority:
    threshold = Threshold(share=share, how=How.AT_LEAST, of=Of.WEIGHT, base=Base.TOTAL)
    known = isinstance(total, int)
    return QualifiedMajority(
        thresholds=(threshold,),
        weights=RULE_34.weights,
        total=total if isinstance(total, int) else None,
        total_range=None if known or isinstance(total, int) else total,
    )


@pytest.mark.parametrize(("share", "over"), [(Fraction(75, 100), 830), (Fraction(66, 100), 68_544)])
def test_the_other_thresholds_proposed_in_june_1996(share: Fraction, over: int) -> None:
    """At least 75 % of the poll (DUP), 66 % (UDP): *a* passes, *c* fails. 565 121 - 496 577 = 68 544."""
    found = asked(of_the_poll(share, TOTAL), ROWS["a"].accepting, TEN)
    assert found.passes
    assert found.explanation.prongs[0].over_by == over
    assert asked(of_the_poll(share, TOTAL), ROWS["c"].accepting, TEN).verdict is DecisionVerdict.FAILS


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        (753_494, DecisionVerdict.PASSES),
        (753_495, DecisionVerdict.FAILS),
        (Range(low=752_000, high=753_494), DecisionVerdict.PASSES),
        (Range(low=752_000, high=754_000), DecisionVerdict.CANNOT_TELL),
        (Range(low=753_495, high=754_000), DecisionVerdict.FAILS),
    ],
)
def test_an_answer_that_differs_within_the_range_of_the_total_is_cannot_tell(
    total: int | Range, verdict: DecisionVerdict
) -> None:
    found = asked(of_the_poll(Fraction(3, 4), total), ROWS["a"].accepting, TEN)
    assert found.verdict is verdict
    if verdict is DecisionVerdict.CANNOT_TELL:
        assert set(found.explanation.additions) == {frozenset(["dup"]), frozenset(["ukup"])}
        assert "cannot tell" in sentences(found)[2]


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_no_answer_under_rule_34_depends_on_the_total(row: Row) -> None:
    known = asked(row.rule, row.accepting, row.participants)
    ranged = replace(row.rule, total=None, total_range=Range(low=734_308, high=800_000))
    assert asked(ranged, row.accepting, row.participants).verdict is known.verdict
    assert sum(VOTES.values()) == 734_308


def test_the_explanation_can_be_read_aloud() -> None:
    found = asked(RULE_34, D, TEN)
    assert sentences(found, str.upper) == (
        "Eligible: UUP, SDLP, DUP, SF, ALLIANCE, UKUP, PUP, UDP, NIWC, LABOUR (10).",
        "It fails.",
        "Weight accepting: 405,947 of 752,388 (53.95 % of the total that the rule gives), needed 376,195, "
        "more than half: met, 29,752 to spare.",
        "Weight accepting within UNIONIST: 181,829 of 393,813 (46.17 % of all its members), needed 196,907, "
        "more than half: short by 15,078.",
        "Weight accepting within NATIONALIST: 160,786 of 277,163 (58.01 % of all its members), needed 138,582, "
        "more than half: met, 22,204 to spare.",
        "Participants accepting: 5 of 10 (50.00 %), needed 6, more than half: short by 1; "
        "a tie, and exactly half is not enough.",
        "It would pass with any one of DUP, PUP, UDP, UKUP.",
    )  # fmt: skip
