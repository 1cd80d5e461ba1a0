"""Two copies of 29 December 2016: the government on one, eleven groups on the other.

Facts: claims F22 and F24 of the Astana scenario (MWC News and Orient News, 31 December 2016). The words of the two
texts are ours; they differ where the copies were reported to differ.
"""

from __future__ import annotations

from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.agreement import (
    AgreementVerdict,
    Basis,
    Copy,
    Ground,
    StatedStance,
    agreement,
    difference,
)
from goodoffices.talks.documents.document import version_hash, words_hash
from goodoffices.talks.documents.markdown import read_paper

GROUPS = tuple(f"group-{n}" for n in range(1, 12))
G = """# Agreement on a delegation

## 1. Aim

The side takes part in talks on a political settlement.

## 2. Delegation

It names its delegation by 31 December 2016.

## 3. Meetings

Joint meetings begin on 15 January 2017.

## 4. Exclusions

ISIL and the former al-Nusra Front are excluded.

## 5. Guarantee

The guarantors answer for the sides.
"""
O_TEXT = (
    G.replace("31 December 2016", "16 January 2017")
    .replace("15 January 2017", "23 January 2017")
    .replace("ISIL and the former al-Nusra Front are", "Only military headquarters in areas held by Daesh are")
)


def _copy(name: str, text: str) -> Copy:
    paper = read_paper(text, "en")
    return Copy(
        name=name, hash=version_hash([paper], authentic=["en"]), hashes=(("en", words_hash(paper)),), papers=(paper,)
    )


COPIES = (_copy("G", G), _copy("O", O_TEXT))


def _signed(actor: str, copy: str, word: Basis, *, by: str = "", kind: StanceKind = StanceKind.SIGNED) -> StatedStance:
    return StatedStance(actor=actor, kind=kind, copy=copy, word=word, by=by, at="2016-12-29")


def test_as_acts_it_is_not_agreed_and_three_clauses_are_named_with_both_check_codes() -> None:
    said = [_signed("government", "G", Basis.OWN_ACT), *(_signed(group, "O", Basis.OWN_ACT) for group in GROUPS)]
    found = agreement(("government", *GROUPS), said, COPIES)
    [reason] = found.reasons
    assert (found.verdict, reason.ground) == (AgreementVerdict.NOT_AGREED, Ground.DIFFERENT_COPIES)
    assert reason.clauses == ("2", "3", "4")
    assert reason.actors == ("government", *GROUPS)
    assert len({copy.code for copy in found.copies}) == 2
    [compared] = difference(*COPIES)
    assert [change.number for change in compared.differing] == ["2", "3", "4"]


CLAIMED = [
    _signed("government", "G", Basis.OTHERS, by="russia"),
    _signed("government", "G", Basis.OTHERS, by="the groups"),
    *(_signed(group, "O", Basis.OWN_WORD, by=group) for group in GROUPS),
]


def test_as_claims_it_cannot_be_told_since_the_governments_own_word_is_missing() -> None:
    found = agreement(("government", *GROUPS), CLAIMED, COPIES)
    assert found.verdict is AgreementVerdict.CANNOT_TELL
    assert [(r.ground, r.actors) for r in found.reasons] == [(Ground.OTHERS_WORD_ONLY, ("government",))]
    assert found.on_claims is not None
    assert found.on_claims.verdict is AgreementVerdict.NOT_AGREED
    assert [r.ground for r in found.on_claims.reasons] == [Ground.DIFFERENT_COPIES]


def test_a_refusal_by_own_word_outweighs_what_others_say_and_is_shown_as_contested() -> None:
    said = [
        *CLAIMED,
        _signed("ahrar", "O", Basis.OTHERS, by="russia"),
        _signed("ahrar", "O", Basis.OWN_WORD, by="ahrar", kind=StanceKind.REFUSED),
    ]
    found = agreement(("government", *GROUPS, "ahrar"), said, COPIES)
    assert found.verdict is AgreementVerdict.NOT_AGREED
    assert (Ground.NOT_BINDING, ("ahrar",)) in [(r.ground, r.actors) for r in found.reasons]
    assert {s.kind for s in found.table if s.actor == "ahrar"} == {StanceKind.SIGNED, StanceKind.REFUSED}


def test_if_no_ones_own_word_is_accepted_it_cannot_be_told_for_any() -> None:
    found = agreement(("government", *GROUPS), CLAIMED, COPIES, accept_own_word=False)
    assert found.verdict is AgreementVerdict.CANNOT_TELL
    assert len(found.reasons) == 12
