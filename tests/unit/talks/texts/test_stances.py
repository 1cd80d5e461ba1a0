"""Stances on an exact version: who may take which, on which words, in which languages."""

from __future__ import annotations

from goodoffices.talks.base.enums import Role, StanceKind, TextKind
from goodoffices.talks.decisions.eligibility import hindered
from goodoffices.talks.rounds.rounds import AnswerInvitation, Invite, OpenRound
from goodoffices.talks.seats.commands import EndProxy, GiveProxy
from goodoffices.talks.texts.commands import TableText
from goodoffices.talks.texts.releases import ReadOut
from goodoffices.talks.texts.stances import EndStance, TakeStance
from stories import words
from text_stories import FIRST, Talks


def test_t4_a_version_with_a_bracket_cannot_be_signed_but_its_clean_clauses_can_be_initialled() -> None:
    story = Talks()
    story.bracketed()
    assert story.refused("gov", TakeStance(version="v2", kind=StanceKind.SIGNED)) == "bracketed"
    one, two = story.view("gov").known.versions["v2"].clauses
    assert story.refused("gov", TakeStance(version="v2", kind=StanceKind.INITIALLED, parts=(one,))) == "bracketed"
    story.do("gov", TakeStance(version="v2", kind=StanceKind.INITIALLED, parts=(two,)))


def test_t17_languages_built_differently_are_not_signed_together() -> None:
    story = Talks()
    arabic = "# وقف إطلاق النار\n\n## 1. البدء\n\nيبدأ.\n"
    story.release(story.table(FIRST, arabic))
    assert story.view("gov").known.versions["v1"].differs == ("2",)
    assert story.refused("gov", TakeStance(version="v1", kind=StanceKind.SIGNED)) == "languages_not_sealed"
    story.do("gov", TakeStance(version="v1", kind=StanceKind.SIGNED, languages=("en",)))


def test_t1_a_stance_names_the_exact_version_and_all_holders_see_it() -> None:
    story = Talks()
    story.release(story.table())
    story.do("gov", TakeStance(version="v1", kind=StanceKind.SIGNED, capacity="head of delegation"))
    seen = story.view("opp").known.stances["st1"]
    assert (seen.actor, seen.hash) == (
        story.view("opp").known.actor_of("gov"),
        story.view("un").known.versions["v1"].hash,
    )
    assert not story.view("rus").known.stances
    assert story.refused("opp", EndStance(stance="st1")) == "not_yours"
    story.do("gov", EndStance(stance="st1"))
    assert story.refused("gov", EndStance(stance="st1")) == "done"
    assert story.view("opp").known.stances["st1"].ended_at


def test_one_signs_for_another_only_by_proxy() -> None:
    story = Talks()
    story.release(story.table(), "gov", "opp", "rus", equal=False)
    signed = TakeStance(version="v1", kind=StanceKind.SIGNED, by_proxy_of="gov")
    assert story.refused("rus", signed) == "no_sign_proxy"
    story.do("gov", GiveProxy(holder="rus", scope="sign"))
    story.do("rus", signed)
    [stance] = story.view("opp").known.stances.values()
    assert (stance.actor, stance.by, stance.proxy) == (story.view("opp").known.actor_of("gov"), "rus", True)


def test_r21_what_goes_beyond_a_mandate_is_recorded_ad_referendum() -> None:
    story = Talks()
    story.release(story.table())
    story.do("gov", TakeStance(version="v1", kind=StanceKind.SIGNED, beyond_mandate=True))
    assert story.view("opp").known.stances["st1"].kind is StanceKind.AD_REFERENDUM
    assert "mandate" not in repr([notice.plain() for notice in story.view("opp").notices])


def test_r19_who_has_not_accepted_the_invitation_neither_tables_nor_signs_but_may_accede() -> None:
    story = Talks()
    paper = TableText(papers=(words(FIRST),), accession=("gov",))
    story.do("un", paper)
    story.release("v1")
    story.do("rus", OpenRound(round="r1"))
    story.do("rus", Invite(round="r1", to="gov", role=Role.PARTY))
    story.do("rus", Invite(round="r1", to="opp", role=Role.PARTY))
    story.do("opp", AnswerInvitation(invitation=next(iter(story.view("opp").known.invitations)), answer="accepted"))
    signed, draft = (
        TakeStance(version="v1", kind=StanceKind.SIGNED),
        TableText(papers=(words(FIRST),), kind=TextKind.DRAFT),
    )
    assert story.refused("gov", signed) == "not_accepted"
    assert story.refused("gov", draft) == "not_accepted"
    story.do("gov", TakeStance(version="v1", kind=StanceKind.ACCEDED))
    story.do("opp", signed)
    story.do("opp", draft)
    # Who sees invitations to others and none to itself is not invited.
    assert hindered(story.view("rus").known, "pap") == "not_invited"


def test_r20_host_and_observers_neither_table_nor_object_nor_sign() -> None:
    story = Talks()
    story.release(story.table(), "kaz", "usa", equal=False)
    for seat in ("kaz", "usa"):
        assert story.refused(seat, TableText(papers=(words(FIRST),), kind=TextKind.DRAFT)) == "not_your_power"
        for kind in (StanceKind.SIGNED, StanceKind.OBJECTED, StanceKind.ISSUED):
            assert story.refused(seat, TakeStance(version="v1", kind=kind)) == "not_your_stance"
    story.do("kaz", ReadOut(version="v1", language="en", public=True))
    story.do("kaz", TakeStance(version="v1", kind=StanceKind.WITNESSED))
    assert story.refused("usa", TakeStance(version="v1", kind=StanceKind.WITNESSED)) == "not_your_stance"


def test_who_signed_by_proxy_cannot_take_the_signature_back_once_the_proxy_has_ended() -> None:
    story = Talks()
    story.release(story.table(), "gov", "opp", "rus", equal=False)
    story.do("gov", GiveProxy(holder="rus", scope="sign"))
    story.do("rus", TakeStance(version="v1", kind=StanceKind.SIGNED, by_proxy_of="gov"))
    [proxy] = story.view("gov").known.proxies
    story.do("gov", EndProxy(proxy=proxy))
    assert story.refused("rus", EndStance(stance="st1")) == "not_yours"
    assert story.refused("opp", EndStance(stance="st1")) == "not_yours"
    story.do("gov", EndStance(stance="st1"))
    assert story.view("opp").known.stances["st1"].ended_at


def test_who_may_sign_for_another_may_end_what_it_signed_for_it() -> None:
    story = Talks()
    story.release(story.table(), "gov", "opp", "rus", equal=False)
    story.do("gov", GiveProxy(holder="rus", scope="sign"))
    story.do("rus", TakeStance(version="v1", kind=StanceKind.SIGNED, by_proxy_of="gov"))
    story.do("rus", EndStance(stance="st1"))
    assert story.view("gov").known.stances["st1"].ended_at
