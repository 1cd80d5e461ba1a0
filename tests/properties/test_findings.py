"""The agreement finding, for every combination of few actors, copies and words (T2, T11)."""

from __future__ import annotations

from hypothesis import given, strategies as st

from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.agreement import Copy, Ground, Said, Verdict, Word, agreement

ACTORS = ("a", "b", "c")
COPIES = (
    Copy(name="one", hash="1" * 64, hashes=(("en", "1"),)),
    Copy(name="two", hash="2" * 64, hashes=(("en", "2"),)),
    Copy(name="unknown", hash=""),
)
stances = st.builds(
    Said,
    actor=st.sampled_from(ACTORS),
    kind=st.sampled_from(StanceKind),
    copy=st.sampled_from(["one", "two", "unknown", None]),
    word=st.sampled_from(Word),
    at=st.sampled_from("123"),
    ended=st.booleans(),
)


@given(st.lists(stances, max_size=6), st.booleans())
def test_t2_binding_stances_on_different_words_are_never_agreed(said: list[Said], own_word: bool) -> None:
    found = agreement(ACTORS, said, COPIES, accept_own_word=own_word)
    counted = [s for s in said if s.word is Word.OWN_ACT or (own_word and s.word is Word.OWN_WORD)]
    if found.verdict is Verdict.AGREED:
        # Plainly: each actor has a standing, binding stance of its own, all on one copy with held words.
        for actor in ACTORS:
            own = [s for s in counted if s.actor == actor]
            assert own
        assert (
            len({s.copy for a in ACTORS for s in [max((x for x in counted if x.actor == a), key=lambda x: x.at)]}) == 1
        )


@given(st.lists(stances, max_size=6), stances, st.booleans())
def test_t11_what_others_say_never_makes_an_agreement(said: list[Said], more: Said, own_word: bool) -> None:
    others = Said(actor=more.actor, kind=more.kind, copy=more.copy, word=Word.OTHERS, at=more.at)
    before = agreement(ACTORS, said, COPIES, accept_own_word=own_word)
    after = agreement(ACTORS, [*said, others], COPIES, accept_own_word=own_word)
    assert (before.verdict is Verdict.AGREED) == (after.verdict is Verdict.AGREED)


def test_nothing_is_agreed_where_nobody_is_named_whose_agreement_it_needs() -> None:
    found = agreement((), [], COPIES)
    assert (found.verdict, [r.ground for r in found.reasons]) == (Verdict.CANNOT_TELL, [Ground.NOBODY_NAMED])


def test_a_finding_names_what_would_settle_it() -> None:
    said = [Said(actor=a, kind=StanceKind.SIGNED, copy="unknown", word=Word.OWN_ACT) for a in ACTORS]
    found = agreement(ACTORS, said, COPIES)
    assert found.verdict is Verdict.CANNOT_TELL
    assert {r.ground for r in found.reasons} == {Ground.WORDS_NOT_HELD}


def test_the_order_in_which_languages_are_named_makes_no_difference() -> None:
    copy = Copy(name="one", hash="1" * 64, hashes=(("ar", "1"), ("en", "1")), differs=("2",))
    said = [
        Said(actor=actor, kind=StanceKind.SIGNED, copy="one", word=Word.OWN_ACT, languages=languages)
        for actor, languages in (("a", ("en", "ar")), ("b", ("ar", "en")))
    ]
    assert agreement(("a", "b"), said, [copy]).verdict is Verdict.AGREED


@given(st.permutations(["one", "two"]))
def test_of_whom_it_is_contested_what_it_signed_nobody_is_said_to_be_on_another_copy(signed: list[str]) -> None:
    said = [Said(actor="a", kind=StanceKind.SIGNED, copy=copy, word=Word.OWN_WORD, at="1") for copy in signed]
    said += [Said(actor="b", kind=StanceKind.SIGNED, copy="two", word=Word.OWN_ACT)]
    found = agreement(("a", "b"), said, COPIES)
    assert (found.verdict, [r.ground for r in found.reasons]) == (Verdict.CANNOT_TELL, [Ground.CONTESTED])


@given(st.permutations(range(5)), st.lists(stances, min_size=5, max_size=5))
def test_the_order_in_which_stances_are_listed_makes_no_difference(order: list[int], said: list[Said]) -> None:
    found, again = (agreement(ACTORS, listed, COPIES) for listed in (said, [said[n] for n in order]))
    assert found.verdict is again.verdict
    assert (found.on_claims and found.on_claims.verdict) is (again.on_claims and again.on_claims.verdict)
