"""Clearance and relay: only as cleared, only by whom, only until when; and what each side then sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.exchange.clearances import may
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem, NarrowClearance, WithdrawItem
from goodoffices.talks.exchange.relays import (
    AnswerReadBack,
    ApproveWording,
    CorrectWording,
    ReadBack,
    RelayItem,
    ShowWording,
)
from goodoffices.talks.seats.commands import GiveProxy
from properties.worlds.cast import the_talks
from stories import Story, words

TOLD = words("They think of a way out to the east.")


def paraphrase(item: str, to: str = "gov") -> RelayItem:
    return RelayItem(item=item, to=to, form=Form.PARAPHRASE, words=TOLD)


def test_a_paper_cleared_as_paraphrase_is_refused_verbatim_and_told_as_paraphrase() -> None:
    story = Story()
    item = story.paper()
    assert story.refused("un", RelayItem(item=item, to="gov", form=Form.VERBATIM)) == "form_too_full"
    story.do("un", paraphrase(item))
    [told] = story.view("gov").known.items.values()
    assert (told.teller, told.originator, told.form) == ("un", "opp", Form.PARAPHRASE)
    assert story.view("gov").text(told.words[0]) == TOLD.text
    [report] = story.view("opp").known.tellings.values()
    assert (report.to, report.form, report.words) == ("gov", Form.PARAPHRASE, None)


def test_nobody_else_learns_of_a_relay() -> None:
    story = Story()
    item = story.paper()
    before = {seat: story.view(seat).head for seat in ("rus", "tur", "kaz", "usa", "sec", "ana", "pap")}
    story.do("un", paraphrase(item))
    assert before == {seat: story.view(seat).head for seat in before}


def test_r10_only_the_originator_clears_and_a_guarantor_is_nobodys_proxy() -> None:
    story = Story()
    item = story.paper(holder="rus")
    assert story.refused("rus", ClearItem(item=item, to=("usa",), form=Form.VERBATIM)) == "not_yours"
    assert story.refused("tur", ClearItem(item="m1", to=("usa",), form=Form.VERBATIM)) == "unknown"


@pytest.mark.parametrize("form", list(Form))
def test_r11_withdrawing_refuses_every_later_relay_and_alters_no_row(form: Form) -> None:
    story = Story()
    item = story.paper(form=Form.VERBATIM)
    story.do("un", RelayItem(item=item, to="gov", form=form, words=TOLD))
    rows = story.view("un").known.tellings
    story.do("opp", WithdrawItem(item="m1"))
    assert story.refused("un", RelayItem(item=item, to="gov", form=form, words=TOLD)) == "withdrawn"
    assert story.view("un").known.tellings == rows
    assert story.view("gov").known.items["m1"].ended is None


def test_who_was_told_by_name_is_told_of_a_withdrawal_only_if_the_originator_wants() -> None:
    story = Story()
    item = story.paper(form=Form.VERBATIM)
    story.do("un", paraphrase(item))
    story.do("opp", WithdrawItem(item="m1", tell=True))
    assert story.view("gov").known.items["m1"].ended == "withdrawn"


def test_who_took_it_for_an_own_idea_is_never_told_of_a_withdrawal() -> None:
    story = Story()
    item = story.paper(form=Form.OWN_IDEA)
    story.do("un", RelayItem(item=item, to="gov", form=Form.OWN_IDEA, words=TOLD))
    head = story.view("gov").head
    story.do("opp", WithdrawItem(item="m1", tell=True))
    assert story.view("gov").head == head


def test_r12_a_paper_drawn_from_an_uncleared_one_goes_nowhere_but_as_an_own_idea_with_a_reason() -> None:
    story = Story()
    source = story.paper(to="rus")
    story.do("un", FileItem(words=(words("A bridging paper"),), derived_from=(source,)))
    [*_, mine] = story.view("un").known.items
    assert story.refused("un", RelayItem(item=mine, to="gov", form=Form.VERBATIM)) == "sources_not_cleared"
    assert story.refused("un", HandItem(item=mine, to="tur")) == "sources_not_cleared"
    story.do("un", RelayItem(item=mine, to="rus", form=Form.VERBATIM))
    reason = words("Both sides had said as much in public.")
    story.do("un", FileItem(words=(words("Another"),), derived_from=(source,), own_idea=reason))
    [*_, declared] = story.view("un").known.items
    story.do("un", RelayItem(item=declared, to="gov", form=Form.VERBATIM))
    assert reason.text not in str([story.view("gov").text(w) for w in story.view("gov").known.items["m1"].words])


def test_r12_a_source_of_a_source_counts() -> None:
    story = Story()
    source = story.paper(to="rus")
    story.do("un", FileItem(words=(words("First"),), derived_from=(source,)))
    [*_, first] = story.view("un").known.items
    story.do("un", FileItem(words=(words("Second"),), derived_from=(first,)))
    [*_, second] = story.view("un").known.items
    assert story.refused("un", RelayItem(item=second, to="gov", form=Form.VERBATIM)) == "sources_not_cleared"


def test_r13_a_told_own_idea_is_the_same_bytes_as_if_the_intermediary_had_thought_of_it() -> None:
    carried, thought = Story(), Story()
    item = carried.paper(form=Form.OWN_IDEA)
    carried.do("un", RelayItem(item=item, to="gov", form=Form.OWN_IDEA, words=TOLD))
    thought.wait(2)
    thought.do("un", FileItem(words=(TOLD,)))
    thought.do("un", RelayItem(item="m1", to="gov", form=Form.OWN_IDEA, words=TOLD))
    assert carried.view("gov").notices[-1].bytes() == thought.view("gov").notices[-1].bytes()


def test_a_clearance_ends_at_its_time_and_not_before() -> None:
    story = Story()
    item = story.paper(until=story.in_minutes(6))
    story.do("un", paraphrase(item))
    story.wait(1)
    assert story.refused("un", paraphrase(item)) == "clearance_ended"


def test_a_narrowed_clearance_ends_for_those_named_only() -> None:
    story = Story()
    item = story.paper()
    story.do("opp", ClearItem(item="m1", to=("rus", "tur"), form=Form.VERBATIM))
    story.do("opp", NarrowClearance(clearance="c2", to=("rus",)))
    assert story.refused("un", RelayItem(item=item, to="rus", form=Form.VERBATIM)) == "clearance_ended"
    story.do("un", RelayItem(item=item, to="tur", form=Form.VERBATIM))


def test_a_clearance_through_one_holder_is_no_clearance_for_another() -> None:
    story = Story()
    story.paper(via=("un",))
    story.do("opp", HandItem(item="m1", to="rus"))
    assert story.refused("rus", paraphrase("m1")) == "not_cleared"


def test_a_new_holder_is_told_the_clearances_that_stand() -> None:
    story = Story()
    story.paper()
    story.do("opp", HandItem(item="m1", to="rus"))
    story.do("rus", paraphrase("m1"))


def test_words_to_be_approved_are_told_only_once_exactly_they_are_approved() -> None:
    story = Story()
    item = story.paper(approve=True)
    assert story.refused("un", paraphrase(item)) == "wording_not_approved"
    story.do("un", ShowWording(item=item, to="gov", form=Form.PARAPHRASE, words=TOLD))
    story.do("opp", CorrectWording(wording="w1", words=words("A way out.")))
    assert story.refused("un", paraphrase(item)) == "wording_not_approved"
    story.do("un", ShowWording(item=item, to="gov", form=Form.PARAPHRASE, words=TOLD))
    story.do("opp", ApproveWording(wording="w2"))
    other = RelayItem(item=item, to="gov", form=Form.PARAPHRASE, words=words(TOLD.text + "!"))
    assert story.refused("un", other) == "wording_not_approved"
    story.do("un", paraphrase(item))
    [report] = story.view("opp").known.tellings.values()
    assert story.view("opp").text(report.words) == TOLD.text


def test_a_recipient_may_answer_but_not_pass_it_on() -> None:
    story = Story()
    item = story.paper(to="rus", form=Form.VERBATIM)
    story.do("un", RelayItem(item=item, to="rus", form=Form.VERBATIM))
    assert story.refused("rus", RelayItem(item="m1", to="tur", form=Form.VERBATIM)) == "not_cleared"
    story.do("rus", FileItem(words=(words("Our answer"),), answers="m1"))


def test_a_party_relays_nothing() -> None:
    story = Story()
    story.do("gov", FileItem(words=(TOLD,)))
    assert story.refused("gov", RelayItem(item="m1", to="opp", form=Form.VERBATIM)) == "not_your_power"


def test_a_paraphrase_needs_words() -> None:
    story = Story()
    item = story.paper()
    assert story.refused("un", RelayItem(item=item, to="gov", form=Form.PARAPHRASE)) == "words_needed"


def test_a_read_back_is_confirmed_or_corrected_once() -> None:
    story = Story()
    item = story.paper()
    story.do("un", paraphrase(item))
    story.do("gov", ReadBack(told="m1", words=words("So: a corridor?")))
    story.do("un", AnswerReadBack(read_back="b1", confirmed=False, words=words("A way out.")))
    assert story.refused("un", AnswerReadBack(read_back="b1", confirmed=True)) == "done"
    [given] = story.view("gov").known.items["m1"].read_backs
    assert given.confirmed is False
    assert story.view("gov").text(given.correction) == "A way out."
    assert not story.view("opp").known.tellings["t1"].read_backs


def test_may_i_say_this_to_whom_agrees_with_what_is_then_decided() -> None:
    story = Story()
    item = story.paper(to="gov")
    answers = {answer.to: answer for answer in may(story.view("un").known, item, story.at)}
    assert answers["gov"].form is Form.PARAPHRASE
    refused = {to: answer.refusal.code for to, answer in answers.items() if answer.refusal is not None}
    assert set(refused) == set(answers) - {"gov"}
    for to, code in refused.items():
        assert story.refused("un", RelayItem(item=item, to=to, form=Form.OWN_IDEA, words=TOLD)) == code


def test_r14_items_pass_between_parties_directly_in_direct_format_only() -> None:
    story = Story()
    story.do("gov", FileItem(words=(TOLD,)))
    assert story.refused("gov", HandItem(item="m1", to="opp")) == "format_forbids"


def test_r34_a_non_paper_shows_no_author_and_lapses_with_its_words() -> None:
    story = Story()
    text = words("Without author.")
    story.do("opp", FileItem(words=(text,), mode=Mode.NON_PAPER, lapses_at=story.in_minutes(10)))
    story.do("opp", HandItem(item="m1", to="un"))
    story.do("opp", ClearItem(item="m1", to=("gov",), form=Form.VERBATIM))
    story.do("un", RelayItem(item="m1", to="gov", form=Form.VERBATIM))
    assert story.view("gov").known.items["m1"].originator is None
    kinds = [act.kind for act in story.wait(30)]
    assert kinds == ["ItemLapsed", "ItemLapsed", "BodyShredded"]
    assert text.text not in story.talks.bodies.values()
    told = story.view("gov").known.items["m1"]
    assert (told.ended, story.view("gov").text(told.words[0])) == ("destroyed", None)


def test_a_barred_pair_is_not_in_contact_not_even_through_this_intermediary() -> None:
    story = Story(replace(the_talks(), contact_barred=(("un", "gov"),)))
    item = story.paper()
    assert story.refused("un", paraphrase(item)) == "no_contact"
    story.do("gov", FileItem(words=(TOLD,)))
    assert story.refused("gov", HandItem(item="m1", to="un")) == "no_contact"


def test_who_looked_before_a_change_in_its_own_record_is_asked_to_look_again() -> None:
    story = Story()
    item = story.paper()
    looked = len(story.view("un").notices)
    story.do("opp", ClearItem(item="m1", to=("rus",), form=Form.OWN_IDEA))
    assert story.refused("un", paraphrase(item), seen=looked) == "stale"
    story.do("un", paraphrase(item), seen=looked + 1)


def test_who_looked_before_a_withdrawal_is_told_of_the_withdrawal() -> None:
    story = Story()
    item = story.paper()
    looked = len(story.view("un").notices)
    story.do("opp", WithdrawItem(item="m1"))
    assert story.refused("un", paraphrase(item), seen=looked) == "withdrawn"


def test_a_proxy_to_clear_is_given_by_the_seat_itself() -> None:
    story = Story()
    acts = story.do("opp", GiveProxy(holder="tur", scope="clear"))
    assert dict(acts[0].audience).keys() == {"opp", "tur"}
