"""The way of an allegation: screened, asked about, answered, verified, found. Nothing of it changes a count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from goodoffices.talks.base.enums import Strength, ValueKind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.answers import AnswerAllegation, NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, ReadTerms, WithdrawAllegation
from goodoffices.talks.ceasefire.findings import AdoptFinding, RecordVerification, ScreenAllegation
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.claims.commands import EnterClaim
from goodoffices.talks.model.ceasefire import ActRule, CeasefireTerms, InForce
from goodoffices.talks.model.claims import Claim, Link, Value
from stories import Story, words

CLOSED = ("un", "sec")


def alleged(*, seen_by: tuple[str, ...] = CLOSED, alleged_violator: str = "gov") -> Story:
    """A ledger of Russia that two more seats read, with one allegation."""
    story = Story()
    story.do("rus", OpenLedger(slug="closed", title="Ours", seen_by=seen_by))
    [ledger] = [h for h, held in story.view("rus").known.ledgers.items() if held.ledger.slug == "closed"]
    story.do(
        "rus",
        FileAllegation(
            ledger=ledger,
            kind="shelling",
            occurred_from=story.at - timedelta(days=3),
            area="hama",
            place=words("the bridge"),
            words=words("said by a neighbour"),
            alleged_violator=alleged_violator,
        ),
    )
    return story


def test_c14_an_answer_stands_beside_the_allegation_and_changes_no_count() -> None:
    story = alleged()
    before = [ledger_totals(held) for held in story.view("rus").known.ledgers.values()]
    story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(120), shown="what-and-where"))
    story.do("gov", AnswerAllegation(allegation="a1", says="disputes", words=words("no gun of ours reaches it")))
    for seat in ("rus", "un", "gov"):
        [asked] = story.view(seat).known.allegations["a1"].asked
        assert (asked.seat, asked.says, asked.is_late) == ("gov", "disputes", False)
        assert story.view(seat).text(asked.words) == "no gun of ours reaches it"
    assert "a1" not in story.view("opp").known.allegations
    assert [ledger_totals(held) for held in story.view("rus").known.ledgers.values()] == before
    assert story.wait(180) == ()
    assert story.refused("un", AnswerAllegation(allegation="a1", says="accepts")) == "not_asked"


def test_c14_no_answer_comes_from_the_clock_alone_and_a_late_answer_still_counts_as_one() -> None:
    story = alleged()
    story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(120), shown="all"))
    [missing] = story.wait(180)
    assert (missing.seat, missing.kind) == ("clock", "AnswerMissing")
    assert {seat for seat, _ in missing.audience} == {"rus", "un", "sec", "gov", "clock"}
    [asked] = story.view("gov").known.allegations["a1"].asked
    assert (asked.says, asked.is_late) == ("", True)
    story.do("gov", AnswerAllegation(allegation="a1", says="no-knowledge"))
    [asked] = story.view("un").known.allegations["a1"].asked
    assert (asked.says, asked.is_late) == ("no-knowledge", True)
    assert story.wait(600) == ()


def test_who_is_asked_reads_no_more_of_the_ledger_than_it_is_shown() -> None:
    for shown in ("what-and-where", "all"):
        story = alleged()
        story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(120), shown=shown))
        view = story.view("gov")
        held = view.known.allegations["a1"]
        assert (held.kind, held.area, held.ledger, held.by) == ("shelling", "hama", "", "")
        assert (view.text(held.words), view.text(held.place)) == (
            ("said by a neighbour", "the bridge") if shown == "all" else (None, None)
        )
        assert ("T" in held.occurred_from) is (shown == "all")
        assert "closed" not in {ledger.ledger.slug for ledger in view.known.ledgers.values()}


def test_c13_a_guarantor_answers_for_those_it_guarantees_and_for_nobody_else() -> None:
    story = alleged()
    story.do("rus", NotifyParty(allegation="a1", to="tur", answer_by=story.in_minutes(120), shown="all"))
    for_another = AnswerAllegation(allegation="a1", says="explains", on_behalf_of="gov")
    assert story.refused("tur", for_another) == "self_only"
    story.do("tur", AnswerAllegation(allegation="a1", says="explains", on_behalf_of="tur"))
    assert story.view("un").known.allegations["a1"].asked[0].on_behalf_of == ""


def test_an_allegation_is_screened_by_its_keeper_or_the_secretariat_with_a_reason() -> None:
    story = alleged()
    assert story.refused("un", ScreenAllegation(allegation="a1", result="in")) in ("not_your_power", "not_yours")
    assert story.refused("rus", ScreenAllegation(allegation="a1", result="set-aside")) == "needs_reason"
    story.do("sec", ScreenAllegation(allegation="a1", result="set-aside", reason="no-content"))
    assert story.refused("sec", ScreenAllegation(allegation="a1", result="set-aside", reason="no-content")) == "done"
    story.do("rus", ScreenAllegation(allegation="a1", result="in"))
    assert story.view("un").known.allegations["a1"].screened == "in"


def test_c26_verified_needs_two_persons_and_late_verification_is_a_number_of_its_own() -> None:
    story = alleged()
    seen = RecordVerification(allegation="a1", result="verified", method="a visit", day=story.at.date())
    assert story.refused("un", seen, second="Amal") == "two_persons"
    story.do("un", seen)
    [ended] = story.view("sec").known.allegations["a1"].verifications
    assert (ended.result, ended.days_late) == ("verified", 3)
    nothing = RecordVerification(allegation="a1", result="cannot-be-determined", method="calls", day=story.at.date())
    assert story.refused("un", nothing) == "needs_reason"
    early = RecordVerification(allegation="a1", result="refuted", method="calls", day=date(2016, 1, 1))
    assert story.refused("un", early) == "bad_interval"


SHELLING = ActRule(clause="2", kinds=("shelling",))


def terms(story: Story, instant: datetime, **more: object) -> str:
    given = {"covered": ("gov", "opp"), "rules": (SHELLING,)} | more
    n = len(story.view("un").known.terms)
    claim = InForce(instant=instant, zone="Asia/Damascus")
    story.do("un", ReadTerms(terms=CeasefireTerms(slug=f"terms-{n}", title="Terms", in_force=(claim,), **given)))  # type: ignore[arg-type]
    return list(story.view("un").known.terms)[-1]


IN_FORCE = datetime(2016, 12, 29, 22, tzinfo=UTC)
VIOLATION = AdoptFinding(
    allegation="a1", result="violation", clause="2", grounds=words("the crater"), no_attribution="nobody saw who fired"
)


def test_c4_a_violation_needs_terms_and_a_clause_in_force_at_that_time_and_place() -> None:
    story = alleged(alleged_violator="gov")
    assert story.refused("un", VIOLATION) == "no_rule"
    for instant, more, why in (
        (datetime(2017, 6, 1, tzinfo=UTC), {}, ("not_in_force", "not in force then")),
        (IN_FORCE, {"areas": ("homs",)}, ("not_in_force", "do not cover that area")),
        (IN_FORCE, {"excluded": ("gov",)}, ("not_in_force", "do not cover those involved")),
        (IN_FORCE, {"rules": (ActRule(clause="2", kinds=("overflight",)),)}, ("no_rule", "forbids this kind")),
        (IN_FORCE, {"rules": (ActRule(clause="2", kinds=("shelling",), effect="permitted"),)},
         ("no_rule", "forbids this kind")),
        (IN_FORCE, {"rules": (ActRule(clause="3", kinds=("shelling",)),)}, ("no_rule", "speak of it: 3")),
    ):  # fmt: skip
        asked = replace(VIOLATION, terms=terms(story, instant, **more))
        refused = story.submit("un", asked)
        assert isinstance(refused, Refusal), more
        assert (refused.code, why[1] in refused.sentence) == (why[0], True), refused.sentence
    later = terms(story, datetime(2017, 6, 1, tzinfo=UTC))
    assert story.refused("un", replace(VIOLATION, terms=later)) == "not_in_force"
    right = terms(story, IN_FORCE)
    story.do("un", replace(VIOLATION, terms=right))
    [kept] = story.view("rus").known.allegations["a1"].findings
    assert (kept.result, kept.clause, kept.terms) == ("violation", "2", right)


@pytest.mark.parametrize(
    ("violator", "more"),
    [("not-said", {}), ("gov", {"rules": ()}), ("gov", {"zones": ("ghouta",)}), ("gov", {"covered": ()})],
)
def test_c4_what_the_terms_leave_unclear_is_settled_by_claims_that_the_grounds_name(
    violator: str, more: dict[str, object]
) -> None:
    story = alleged(alleged_violator=violator)
    found = replace(VIOLATION, terms=terms(story, IN_FORCE, **more))
    assert story.refused("un", found) == "needs_reason"
    assert story.refused("un", replace(found, grounds=words("as k1 says"))) == "needs_reason", "it knows no claim k1"
    claim = Claim(slug="seen", about="gov", aspect="fired", value=Value(kind=ValueKind.WORDS, words="it fired"),
                  chain=(Link(speaker="A monitor"),), strength=Strength.NAMED)  # fmt: skip
    story.do("un", EnterClaim(claim=claim))
    story.do("un", replace(found, grounds=words("as k1 says")))


def test_c6_attribution_is_apart_from_the_finding_and_may_be_none_with_a_reason() -> None:
    story = alleged()
    bare = AdoptFinding(allegation="a1", result="unresolved", grounds=words("no access"))
    assert story.refused("un", bare) == "needs_reason"
    story.do(
        "un",
        AdoptFinding(
            allegation="a1", result="unresolved", grounds=words("no access"), no_attribution="access was denied"
        ),
    )
    [kept] = story.view("sec").known.allegations["a1"].findings
    assert (kept.attributed_to, kept.no_attribution) == ((), "access was denied")


@pytest.mark.parametrize("asked", [False, True])
def test_c2_a_withdrawn_allegation_can_still_be_read_and_takes_no_more(asked: bool) -> None:
    story = alleged()
    if asked:
        story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=story.in_minutes(120), shown="all"))
    story.do("rus", WithdrawAllegation(allegation="a1"))
    assert story.view("un").known.allegations["a1"].withdrawn
    assert story.view("gov").known.allegations["a1"].withdrawn if asked else True
    assert story.refused("rus", ScreenAllegation(allegation="a1", result="in")) == "done"
