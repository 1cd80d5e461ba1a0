"""The agreement finding, for every combination of few actors, copies and words (T2, T11)."""

from __future__ import annotations

from hypothesis import given, strategies as st

from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.agreement import AgreementVerdict, Basis, Copy, Ground, StatedStance, agreement

ACTORS = ("a", "b", "c")
COPIES = (
    Copy(name="one", hash="1" * 64, hashes=(("en", "1"),)),
    Copy(name="two", hash="2" * 64, hashes=(("en", "2"),)),
    Copy(name="unknown", hash=""),
)
stances = st.builds(
    StatedStance,
    actor=st.sampled_from(ACTORS),
    kind=st.sampled_from(StanceKind),
    copy=st.sampled_from(["one", "two", "unknown", None]),
    word=st.sampled_from(Basis),
    at=st.sampled_from("123"),
    ended=st.booleans(),
)


@given(st.lists(stances, max_size=6), st.booleans())
def test_t2_binding_stances_on_different_words_are_never_agreed(said: list[StatedStance], own_word: bool) -> None:
    found = agreement(ACTORS, said, COPIES, accept_own_word=own_word)
    counted = [s for s in said if s.word is Basis.OWN_ACT or (own_word and s.word is Basis.OWN_WORD)]
    if found.verdict is AgreementVerdict.AGREED:
        # Plainly: each actor has a standing, binding stance of its own, all on one copy with held words.
        for actor in ACTORS:
            own = [s for s in counted if s.actor == actor]
            assert own
        assert (
            len({s.copy for a in ACTORS for s in [max((x for x in counted if x.actor == a), key=lambda x: x.at)]}) == 1
        )


@given(st.lists(stances, max_size=6), stances, st.booleans())
def test_t11_what_others_say_never_makes_an_agreement(
    said: list[StatedStance], more: StatedStance, own_word: bool
) -> None:
    others = StatedStance(actor=more.actor, kind=more.kind, copy=more.copy, word=Basis.OTHERS, at=more.at)
    before = agreement(ACTORS, said, COPIES, accept_own_word=own_word)
    after = agreement(ACTORS, [*said, others], COPIES, accept_own_word=own_word)
    assert (before.verdict is AgreementVerdict.AGREED) == (after.verdict is AgreementVerdict.AGREED)


def test_nothing_is_agreed_where_nobody_is_named_whose_agreement_it_needs() -> None:
    found = agreement((), [], COPIES)
    assert (found.verdict, [r.ground for r in found.reasons]) == (AgreementVerdict.CANNOT_TELL, [Ground.NOBODY_NAMED])


def test_a_finding_names_what_would_settle_it() -> None:
    said = [StatedStance(actor=a, kind=StanceKind.SIGNED, copy="unknown", word=Basis.OWN_ACT) for a in ACTORS]
    found = agreement(ACTORS, said, COPIES)
    assert found.verdict is AgreementVerdict.CANNOT_TELL
    assert {r.ground for r in found.reasons} == {Ground.WORDS_NOT_HELD}


def test_the_order_in_which_languages_are_named_makes_no_difference() -> None:
    copy = Copy(name="one", hash="1" * 64, hashes=(("ar", "1"), ("en", "1")), differs=("2",))
    said = [
        StatedStance(actor=actor, kind=StanceKind.SIGNED, copy="one", word=Basis.OWN_ACT, languages=languages)
        for actor, languages in (("a", ("en", "ar")), ("b", ("ar", "en")))
    ]
    assert agreement(("a", "b"), said, [copy]).verdict is AgreementVerdict.AGREED


@given(st.permutations(["one", "two"]))
def test_of_whom_it_is_contested_what_it_signed_nobody_is_said_to_be_on_another_copy(signed: list[str]) -> None:
    said = [StatedStance(actor="a", kind=StanceKind.SIGNED, copy=copy, word=Basis.OWN_WORD, at="1") for copy in signed]
    said += [StatedStance(actor="b", kind=StanceKind.SIGNED, copy="two", word=Basis.OWN_ACT)]
    found = agreement(("a", "b"), said, COPIES)
    assert (found.verdict, [r.ground for r in found.reasons]) == (AgreementVerdict.CANNOT_TELL, [Ground.CONTESTED])


@given(st.permutations(range(5)), st.lists(stances, min_size=5, max_size=5))
def test_the_order_in_which_stances_are_listed_makes_no_difference(order: list[int], said: list[StatedStance]) -> None:
    found, again = (agreement(ACTORS, listed, COPIES) for listed in (said, [said[n] for n in order]))
    assert found.verdict is again.verdict
    assert (found.on_claims and found.on_claims.verdict) is (again.on_claims and again.on_claims.verdict)
