"""Seats, proxies, sessions, formats, rounds: who may do what, and what binds whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodoffices.talks.base.enums import Format, Role
from goodoffices.talks.claims.positions import StatePosition
from goodoffices.talks.exchange.items import FileItem, HandItem
from goodoffices.talks.exchange.print_packs import MarkPackHanded, MarkPackReady
from goodoffices.talks.exchange.receipts import ImportSealed
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.rounds.delegations import ChangeDelegation, NameDelegation, NameRatifier, SetMandate
from goodoffices.talks.rounds.rounds import (
    AnswerInvitation,
    CloseRound,
    Invite,
    MoveRound,
    OpenRound,
    PlanRound,
    WithdrawInvitation,
)
from goodoffices.talks.rounds.sessions import (
    ChangeFormat,
    CloseSession,
    Intervene,
    MarkAttendance,
    OpenSession,
    PlanSession,
)
from goodoffices.talks.sealed.commands import AnswerBlind
from goodoffices.talks.seats.commands import (
    CloseSeat,
    DisputeEntry,
    EndProxy,
    GiveProxy,
    GiveSeat,
    GrantHistory,
)
from goodoffices.talks.seats.persons import SeatPerson, UnseatPerson
from goodoffices.talks.seats.service import AcceptService
from stories import Story, words


def sitting(format_: Format, *participants: str, present: bool = True) -> Story:
    """Return a story with an open session in which everybody is marked present."""
    story = Story()
    story.do("un", PlanSession(title="Morning", format=format_, participants=("un", *participants)))
    story.do("un", OpenSession(session="s1"))
    for seat in ("un", *participants) if present else ():
        story.do("un", MarkAttendance(session="s1", who=seat))
    return story


def test_r14_in_direct_format_a_party_may_hand_a_paper_to_a_party() -> None:
    story = sitting(Format.DIRECT, "gov", "opp")
    story.do("gov", FileItem(words=(words("A list."),)))
    story.do("gov", HandItem(item="m1", to="opp"))
    assert story.view("opp").known.items["m1"].originator == "gov"


@pytest.mark.parametrize("format_", [Format.PLENARY, Format.PROXIMITY])
def test_r14_in_every_other_format_it_is_refused(format_: Format) -> None:
    story = sitting(format_, "gov", "opp")
    story.do("gov", FileItem(words=(words("A list."),)))
    assert story.refused("gov", HandItem(item="m1", to="opp")) == "format_forbids"


def test_r14_no_session_holds_a_shuttle_pair() -> None:
    story = Story()
    apart = (PairFormat(first="gov", second="opp", format=Format.SHUTTLE),)
    plan = PlanSession(title="Morning", format=Format.PLENARY, participants=("gov", "opp", "un"), pairs=apart)
    assert story.refused("un", plan) == "format_forbids_session"
    story = sitting(Format.PLENARY, "gov", "opp")
    change = ChangeFormat(session="s1", format=Format.SHUTTLE, pair=("gov", "opp"))
    assert story.refused("un", change) == "format_forbids_session"


def test_a_change_of_format_holds_from_its_act_on() -> None:
    story = sitting(Format.DIRECT, "gov", "opp")
    story.do("un", ChangeFormat(session="s1", format=Format.PROXIMITY, pair=("gov", "opp")))
    story.do("gov", FileItem(words=(words("A list."),)))
    assert story.refused("gov", HandItem(item="m1", to="opp")) == "format_forbids"


def test_in_two_open_sessions_the_strictest_format_wins() -> None:
    story = sitting(Format.DIRECT, "gov", "opp")
    story.do("un", PlanSession(title="Aside", format=Format.PROXIMITY, participants=("gov", "opp", "un")))
    story.do("un", OpenSession(session="s2"))
    story.do("gov", FileItem(words=(words("A list."),)))
    assert story.refused("gov", HandItem(item="m1", to="opp")) == "format_forbids"


def test_r15_in_proximity_a_party_is_heard_by_the_intermediaries_only() -> None:
    story = sitting(Format.PROXIMITY, "gov", "opp", "rus", "kaz")
    [act] = story.do("gov", Intervene(session="s1", words=words("We are here.")))
    assert {seat for seat, _ in act.audience} == {"gov", "un", "rus"}


def test_r15_in_plenary_all_present_hear_and_nobody_else() -> None:
    story = sitting(Format.PLENARY, "gov", "opp", "kaz")
    story.do("un", MarkAttendance(session="s1", who="opp", mark="left"))
    [act] = story.do("gov", Intervene(session="s1", words=words("We are here.")))
    assert {seat for seat, _ in act.audience} == {"gov", "un", "kaz"}
    assert story.refused("opp", Intervene(session="s1", words=words("And we?"))) == "not_present"
    story.do("un", CloseSession(session="s1"))
    assert story.refused("gov", Intervene(session="s1", words=words("More."))) == "not_open"
    assert story.refused("un", MarkAttendance(session="s1", who="gov")) == "closed"


def test_only_its_chair_opens_a_session_and_only_once() -> None:
    story = sitting(Format.PLENARY, "gov", "rus")
    assert story.refused("rus", OpenSession(session="s1")) == "self_only"
    assert story.refused("un", OpenSession(session="s1")) == "done"


def test_r17_a_transcribed_act_needs_keeper_and_proxy_is_marked_and_can_be_disputed() -> None:
    story = Story()
    paper = FileItem(words=(words("From paper."),))
    [act] = story.do("pap", paper, entered_by="sec", happened_at=story.at, on_paper="folder 3")
    assert (act.entered_by, act.on_paper) == ("sec", "folder 3")
    assert story.view("pap").notices[-1].entered_by == "sec"
    assert story.refused("opp", paper, entered_by="sec") == "no_proxy"
    assert story.refused("pap", paper, entered_by="un") == "no_proxy"
    number = len(story.view("pap").notices)
    story.do("pap", DisputeEntry(notice=number, words=words("We never gave that.")))
    story.do("opp", paper)
    assert (
        story.refused("opp", DisputeEntry(notice=len(story.view("opp").notices), words=words("x"))) == "not_transcribed"
    )
    story.do("pap", EndProxy(proxy="p1"))
    assert story.refused("pap", paper, entered_by="sec") == "no_proxy"


def test_r17_an_entry_from_the_future_is_refused() -> None:
    story = Story()
    later = story.at + timedelta(days=1)
    entry = FileItem(words=(words("x"),))
    assert story.refused("pap", entry, entered_by="sec", happened_at=later) == "in_future"


def test_r18_received_means_service_accepted_or_a_pack_handed() -> None:
    story = Story()
    assert not story.view("gov").known.seats["gov"].service_accepted
    story.do("gov", AcceptService())
    assert story.view("un").known.seats["gov"].service_accepted
    assert story.refused("gov", AcceptService()) == "done"
    story.do("sec", MarkPackReady(seat="pap", up_to=3, carrier="Dana"))
    assert story.view("pap").known.packs["e1"].handed_at is None
    assert story.refused("sec", MarkPackReady(seat="gov", up_to=3, carrier="Dana")) == "no_proxy"
    later = story.at + timedelta(days=1)
    assert story.refused("sec", MarkPackHanded(pack="e1", taken_by="Eli", taken_at=later)) == "in_future"
    story.do("sec", MarkPackHanded(pack="e1", taken_by="Eli", taken_at=story.at))
    assert story.view("pap").known.packs["e1"].handed_to == "Eli"


def test_r19_who_declined_or_was_not_invited_names_no_delegation_and_may_come_later() -> None:
    story = Story()
    story.do("rus", PlanRound(slug="second", title="Second", start=date(2017, 2, 8)))
    assert story.refused("opp", NameDelegation(round="r2", head="A head")) == "not_invited"
    story.do("rus", Invite(round="r2", to="opp", role=Role.PARTY, reply_by=story.in_minutes(60)))
    assert story.refused("opp", NameDelegation(round="r2", head="A head")) == "not_accepted"
    assert story.refused("gov", AnswerInvitation(invitation="i1", answer="accepted")) == "unknown"
    story.do("opp", AnswerInvitation(invitation="i1", answer="declined"))
    assert story.refused("opp", NameDelegation(round="r2", head="A head")) == "not_accepted"
    story.do("opp", AnswerInvitation(invitation="i1", answer="accepted"))
    story.do("opp", NameDelegation(round="r2", head="A head"))
    assert story.refused("opp", NameDelegation(round="r2", head="Another")) == "done"
    story.do("opp", ChangeDelegation(round="r2", head="Another"))
    story.do("opp", NameRatifier(round="r2", ratifier="The council", method="a vote"))


def test_an_unanswered_invitation_is_said_by_the_clock_and_a_withdrawn_one_is_over() -> None:
    story = Story()
    story.do("rus", Invite(round="r1", to="opp", role=Role.PARTY, reply_by=story.in_minutes(30)))
    assert [act.kind for act in story.wait(60)] == ["InvitationUnanswered"]
    assert story.view("opp").known.invitations["i1"].state == "unanswered"
    story.do("rus", WithdrawInvitation(invitation="i1"))
    assert story.refused("opp", AnswerInvitation(invitation="i1", answer="accepted")) == "withdrawn"


@pytest.mark.parametrize("seat", ["kaz", "usa"])
def test_r20_host_and_observers_neither_answer_nor_take_positions(seat: str) -> None:
    story = Story()
    assert story.refused(seat, AnswerBlind(question="q1", accept=True)) == "not_your_power"
    assert story.refused(seat, StatePosition(issue="who-watches", option="committee")) == "not_your_power"
    assert story.refused(seat, SetMandate(words=words("x"))) == "not_your_power"


def test_r25_no_planned_date_is_lost() -> None:
    story = Story()
    story.do("rus", PlanRound(slug="geneva", title="Geneva", start=date(2017, 2, 8)))
    story.do("un", MoveRound(round="r2", start=date(2017, 2, 20)))
    story.do("un", MoveRound(round="r2", start=date(2017, 2, 23)))
    story.do("un", OpenRound(round="r2"))
    held = story.view("gov").known.rounds["r2"].round
    assert [planned.start.day for planned in held.planned] == [8, 20, 23]
    assert [planned.by for planned in held.planned] == ["rus", "un", "un"]
    assert held.opened is not None
    assert story.refused("un", MoveRound(round="r2", start=date(2017, 3, 1))) == "done"
    story.do("un", CloseRound(round="r2"))
    assert story.refused("un", CloseRound(round="r2")) == "not_open"
    backwards = PlanRound(slug="x", title="x", start=date(2017, 2, 8), end=date(2017, 2, 7))
    assert story.refused("rus", backwards) == "bad_interval"


def test_a_new_seat_starts_with_an_empty_slice_and_gets_history_only_by_grant() -> None:
    story = Story()
    back = GiveSeat(slug="back", actor="group-a", roles=(Role.PARTY,), known_to=("un",))
    assert story.refused("sec", back, second=None) == "two_persons"
    assert story.refused("sec", back, second="Amal") == "two_persons"
    story.do("opp", FileItem(words=(words("Old."),)))
    number = len(story.view("opp").notices)
    before = story.view("gov").head
    story.do("sec", back)
    assert story.view("gov").head == before
    assert {"un", "back"} <= set(story.view("back").known.seats)
    assert not story.view("back").known.items
    assert story.refused("opp", GrantHistory(notices=(number,), to="back")) == "unknown"
    story.do("opp", GrantHistory(notices=(number,), to="rus"))
    assert story.view("rus").known.items["m1"].came == "told"
    assert story.refused("rus", HandItem(item="m1", to="tur")) == "not_yours"
    assert story.refused("opp", GrantHistory(notices=(1,), to="rus")) == "not_yours"


def test_a_closed_seat_can_do_nothing() -> None:
    story = Story()
    story.do("sec", GiveSeat(slug="back", actor="group-a", roles=(Role.PARTY,), known_to=("sec",)))
    story.do("sec", CloseSeat(slug="back"))
    assert story.refused("back", FileItem(words=(words("x"),))) == "not_your_power"
    assert story.refused("sec", CloseSeat(slug="back")) == "done"


def test_persons_come_and_go_in_their_own_seat() -> None:
    story = Story()
    story.do("sec", SeatPerson(person="Amal", slug="gov"))
    story.do("gov", SeatPerson(person="Boris"))
    assert story.refused("gov", SeatPerson(person="Boris", slug="opp")) == "self_only"
    story.do("gov", UnseatPerson(person="Boris"))
    assert story.refused("gov", UnseatPerson(person="Nobody")) == "unknown"


def test_a_proxy_is_for_another_seat_and_a_known_scope() -> None:
    story = Story()
    assert story.refused("opp", GiveProxy(holder="opp", scope="enter")) == "bad_value"
    assert story.refused("opp", GiveProxy(holder="tur", scope="everything")) == "bad_value"
    assert story.refused("opp", GiveProxy(holder="tur", scope="speak", until=story.at)) == "past"
    acts = story.do("opp", GiveProxy(holder="tur", scope="speak"))
    assert {seat for seat, _ in acts[0].audience} >= {"gov", "kaz", "usa"}


def test_a_sealed_file_is_noted_for_the_seat_it_came_from() -> None:
    story = Story()
    [act] = story.do("sec", ImportSealed(seat="pap", digest="d" * 64, keys=("k1",)))
    assert {seat for seat, _ in act.audience} == {"sec", "pap"}
