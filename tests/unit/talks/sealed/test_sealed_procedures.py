"""Deposits, blind questions, list matching; words destroyed, published, receipted; ledgers of a cease-fire."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodoffices.talks.base.acts import PUBLIC
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.ceasefire.commands import (
    ConfirmAllegations,
    FileAllegation,
    OpenLedger,
    ReadTerms,
    ReportDay,
    WithdrawAllegation,
)
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.publication import Publish, ShredBody
from goodoffices.talks.exchange.receipts import ExportView, IssueReceipt
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport
from goodoffices.talks.sealed.commands import (
    AnswerBlind,
    AskBlind,
    CheckDeposit,
    Deposit,
    OpenDeposit,
    OpenListMatch,
    RevealDeposits,
    SubmitList,
)
from stories import Story, words

MAPS = words("A map.")


def deposits(rule: str, *, reads: bool = False) -> Story:
    story = Story()
    opened = OpenDeposit(
        question=words("Maps of the front"),
        depositors=("gov", "opp"),
        neutral="kaz",
        rule=rule,
        closes_at=story.in_minutes(60),
        reads=reads,
    )
    story.do("un", opened)
    return story


def test_r30_deposits_are_opened_for_all_at_closing_if_all_are_in() -> None:
    story = deposits("all-in")
    story.do("gov", Deposit(deposit="d1", words=words("An old map.")))
    story.do("gov", Deposit(deposit="d1", words=MAPS))
    head = story.view("opp").head
    story.do("opp", Deposit(deposit="d1", words=MAPS))
    assert story.view("kaz").known.deposits["d1"].papers == ()
    assert head != story.view("opp").head
    assert [act.kind for act in story.wait(120)] == ["DepositsRevealed"]
    assert [who for who, _ in story.view("opp").known.deposits["d1"].papers] == ["gov", "opp"]
    assert story.refused("gov", Deposit(deposit="d1", words=MAPS)) == "closed"


@pytest.mark.parametrize("rule", ["all-in", "all-in-and-checked", "at-close-if-all-in", "never"])
def test_r30_else_nothing_is_opened_and_who_had_deposited_is_not_said(rule: str) -> None:
    with_one, with_none = deposits(rule), deposits(rule)
    with_one.do("gov", Deposit(deposit="d1", words=MAPS))
    with_none.wait(1)
    for story in (with_one, with_none):
        assert [act.kind for act in story.wait(120)] == ["DepositClosed"]
    assert with_one.view("opp").head == with_none.view("opp").head


def test_a_neutral_that_reads_checks_and_reveals_once_the_rule_is_met() -> None:
    story = deposits("all-in-and-checked", reads=True)
    story.do("gov", Deposit(deposit="d1", words=MAPS))
    assert story.refused("kaz", RevealDeposits(deposit="d1")) == "not_your_power"
    story = deposits("all-in", reads=False)
    assert story.refused("un", RevealDeposits(deposit="d1")) == "not_reader"


def test_a_mediator_as_neutral_reads_checks_and_reveals() -> None:
    story = Story()
    opened = OpenDeposit(
        question=words("Maps"),
        depositors=("gov", "opp"),
        neutral="un",
        rule="all-in-and-checked",
        closes_at=story.in_minutes(60),
        reads=True,
    )
    story.do("un", opened)
    story.do("gov", Deposit(deposit="d1", words=MAPS))
    story.do("opp", Deposit(deposit="d1", words=MAPS))
    assert story.refused("un", RevealDeposits(deposit="d1")) == "rule_not_met"
    for depositor in ("gov", "opp"):
        story.do("un", CheckDeposit(deposit="d1", depositor=depositor, meets=True))
    story.do("un", RevealDeposits(deposit="d1"))
    assert story.view("opp").known.deposits["d1"].state == "revealed"
    assert story.refused("usa", Deposit(deposit="d1", words=MAPS)) == "unknown"


def test_a_neutral_that_is_not_asked_deposits_nothing() -> None:
    story = deposits("all-in")
    assert story.refused("kaz", Deposit(deposit="d1", words=MAPS)) == "not_asked"


@pytest.mark.parametrize(("answers", "result"), [((True, True), True), ((True, False), False), ((True,), False)])
def test_r31_a_blind_result_depends_on_unanimity_alone(answers: tuple[bool, ...], result: bool) -> None:
    story = Story()
    story.do("un", AskBlind(question=words("A truce?"), to=("gov", "opp"), closes_at=story.in_minutes(30)))
    for seat, accept in zip(("gov", "opp"), answers, strict=False):
        story.do(seat, AnswerBlind(question="q1", accept=not accept))
        story.do(seat, AnswerBlind(question="q1", accept=accept))
    [act] = story.wait(60)
    assert (act.kind, act.data["all_accept"]) == ("BlindResultGiven", result)
    assert {seat for seat, _ in act.audience} == {"gov", "opp", "un", "clock"}
    assert story.refused("gov", AnswerBlind(question="q1", accept=True)) == "closed"


def test_a_mediator_that_asks_itself_is_refused_and_who_is_not_asked_cannot_answer() -> None:
    story = Story()
    mine = AskBlind(question=words("A truce?"), to=("gov", "un"), closes_at=story.in_minutes(30))
    assert story.refused("un", mine) == "bad_value"
    story.do("un", AskBlind(question=words("?"), to=("gov", "opp"), closes_at=story.in_minutes(30), reads=True))
    assert story.refused("pap", AnswerBlind(question="q1", accept=True)) == "unknown"


def matched(gov: tuple[str, ...], opp: tuple[str, ...], normaliser: str = "plain") -> tuple[object, object]:
    story = Story()
    story.do(
        "un",
        OpenListMatch(
            sides=("gov", "opp"), key_fields=("name",), closes_at=story.in_minutes(30), normaliser=normaliser
        ),
    )
    story.do("gov", SubmitList(match="l1", rows=tuple((name,) for name in gov)))
    story.do("opp", SubmitList(match="l1", rows=tuple((name,) for name in opp)))
    story.wait(60)
    return tuple(story.view(seat).known.matches["l1"].matches for seat in ("gov", "opp"))  # type: ignore[return-value]


def test_r32_each_side_learns_of_its_own_rows_only() -> None:
    assert matched(("Ahmad", "Karim"), ("Karim", "Yusuf", "Zaid")) == (((1, "certain"),), ((0, "certain"),))
    assert matched(("Karim",), ("Karim",))[0] == matched(("Karim",), ("Karim", "Omar", "Ali"))[0]


def test_r32_a_homonym_is_possible_and_never_certain() -> None:
    assert matched(("Karim", "Karim"), ("Karim",))[0] == ((0, "possible"), (1, "possible"))


def test_names_match_over_the_spellings_of_one_script() -> None:
    assert matched(("علي",), ("على",), "arabic")[0] == ((0, "certain"),)
    assert matched(("Işık",), ("Isik",), "latin")[0] == ((0, "certain"),)


def test_a_list_has_one_value_for_each_key_field() -> None:
    story = Story()
    story.do("un", OpenListMatch(sides=("gov", "opp"), key_fields=("name", "town"), closes_at=story.in_minutes(9)))
    assert story.refused("gov", SubmitList(match="l1", rows=(("Ahmad",),))) == "bad_figures"


def test_r42_destroyed_words_are_gone_from_every_view_that_had_them() -> None:
    story = Story()
    item = story.paper(form=Form.VERBATIM)
    story.do("un", RelayItem(item=item, to="gov", form=Form.VERBATIM))
    assert story.refused("un", ShredBody(item=item, ground="asked")) == "not_yours"
    assert story.refused("opp", ShredBody(item="m1", ground="asked"), second=None) == "two_persons"
    story.do("opp", ShredBody(item="m1", ground="asked"))
    for seat, handle in (("opp", "m1"), ("un", item), ("gov", "m1")):
        told = story.view(seat).known.items[handle]
        assert (told.ended, story.view(seat).text(told.words[0])) == ("destroyed", None)
    assert story.refused("opp", ShredBody(item="m1", ground="asked")) == "done"


def test_r35_only_the_originator_publishes_and_nothing_else_reaches_the_public() -> None:
    story = Story()
    story.do("un", FileItem(words=(words("The talks have begun."),)))
    assert story.refused("un", Publish(item="m1"), second=None) == "two_persons"
    story.do("un", Publish(item="m1"))
    assert [notice.kind for notice in story.view(PUBLIC).notices] == ["Published"]
    story.do("un", FileItem(words=(words("Without author"),), mode=Mode.NON_PAPER, lapses_at=story.in_minutes(9)))
    assert story.refused("un", Publish(item="m2")) == "protected"
    story.do("un", FileItem(words=(words("x"),), lapses_at=story.in_minutes(5)))
    story.wait(10)
    assert story.refused("un", Publish(item="m3")) == "lapsed"


def test_a_receipt_and_an_export_are_the_seats_own_affair() -> None:
    story = Story()
    for command in (IssueReceipt(), ExportView(what="md", digest="d" * 64)):
        [act] = story.do("gov", command)
        assert [seat for seat, _ in act.audience] == ["gov"]
    [receipt] = [notice for notice in story.view("gov").notices if notice.kind == "ReceiptIssued"]
    assert receipt.data["up_to"] == receipt.n - 1


def test_an_item_needs_words_a_known_kind_and_a_time_to_come() -> None:
    story = Story()
    assert story.refused("gov", FileItem(words=(words("  "),))) == "bad_value"
    assert story.refused("gov", FileItem(words=(MAPS,), kind="poem")) == "bad_value"
    assert story.refused("gov", FileItem(words=(MAPS,), lapses_at=story.at - timedelta(days=1))) == "past"
    assert story.refused("gov", FileItem(words=(MAPS,), mode=Mode.NON_PAPER)) == "bad_value"
    story.do("gov", FileItem(words=(MAPS,)))
    story.do("gov", HandItem(item="m1", to="un"))
    assert story.refused("gov", HandItem(item="m1", to="un")) == "done"
    assert story.refused("gov", ClearItem(item="m1", to=("gov",), form=Form.VERBATIM)) == "bad_value"


def test_two_ledgers_stand_side_by_side_and_an_answer_changes_no_count() -> None:
    story = Story()
    day = date(2017, 1, 21)
    story.do("rus", ReportDay(ledger="j1", report=DayReport(day=day, counts=(("hama", 6), ("", 3)), total=9)))
    story.do("tur", ReportDay(ledger="j2", report=DayReport(day=day, total=0)))
    before = [ledger_totals(held) for held in story.view("gov").known.ledgers.values()]
    assert [(t.keeper, t.total, t.not_placed, t.days_none) for t in before] == [("rus", 9, 3, 0), ("tur", 0, 0, 1)]
    story.do("tur", ConfirmAllegations(ledger="j1", result="not-confirmed", day=day, count=9))
    assert [ledger_totals(held) for held in story.view("gov").known.ledgers.values()] == before
    assert story.refused("rus", ConfirmAllegations(ledger="j1", result="confirmed", day=day, count=1)) == "own_ledger"
    assert story.refused("tur", ReportDay(ledger="j1", report=DayReport(day=day, total=1))) == "not_yours"
    wrong = DayReport(day=date(2017, 1, 20), counts=(("hama", 2),), total=3)
    assert story.refused("rus", ReportDay(ledger="j1", report=wrong)) == "bad_figures"
    later = DayReport(day=date(2017, 6, 1), total=1)
    assert story.refused("rus", ReportDay(ledger="j1", report=later)) == "in_future"
    assert story.refused("rus", ReportDay(ledger="j1", report=DayReport(day=day, total=9))) == "done"


def test_an_allegation_says_where_and_when_and_is_withdrawn_by_who_filed_it() -> None:
    story = Story()
    nowhere = FileAllegation(ledger="j1", kind="shelling", occurred_from=story.at)
    assert story.refused("rus", nowhere) == "no_place"
    here = FileAllegation(ledger="j1", kind="shelling", occurred_from=story.at, area="hama")
    story.do("rus", here)
    early = FileAllegation(
        ledger="j1", kind="shelling", occurred_from=story.at, occurred_to=story.at - timedelta(hours=1), area="hama"
    )
    assert story.refused("rus", early) == "bad_interval"
    assert (
        story.refused("rus", FileAllegation(ledger="j1", kind="noise", occurred_from=story.at, area="hama"))
        == "bad_value"
    )
    story.do("tur", ConfirmAllegations(ledger="j1", result="explained", allegation="a1"))
    assert story.view("gov").known.allegations["a1"].answers == (("tur", "explained"),)
    assert story.refused("tur", WithdrawAllegation(allegation="a1")) == "not_yours"
    story.do("rus", WithdrawAllegation(allegation="a1"))
    assert story.view("gov").known.allegations["a1"].withdrawn
    story.do("gov", OpenLedger(slug="gov-ledger", title="Ours", seen_by=("un",)))
    assert "gov-ledger" not in {held.ledger.slug for held in story.view("opp").known.ledgers.values()}


def test_two_copies_of_the_terms_are_two_terms() -> None:
    story = Story()
    for copy in ("one", "two"):
        story.do("ana", ReadTerms(terms=CeasefireTerms(slug=f"copy-{copy}", title=f"Copy {copy}", covered=("gov",))))
    assert [held.terms.slug for held in story.view("opp").known.terms.values()] == ["copy-one", "copy-two"]
    stranger = CeasefireTerms(slug="x", title="x", covered=("nobody",))
    assert story.refused("ana", ReadTerms(terms=stranger)) == "unknown"


def test_deadlines_at_one_instant_pass_in_the_order_in_which_they_were_set() -> None:
    story = Story()
    lapses_at = story.in_minutes(60)
    for _ in range(11):
        story.do("gov", FileItem(words=(MAPS,), lapses_at=lapses_at))
    story.wait(60)
    lapsed = [n.data["item"] for n in story.view("gov").notices if n.kind == "ItemLapsed"]
    assert lapsed == [f"m{n}" for n in range(1, 12)]
