"""What seats might ask: one builder for each command, choosing from what the asking seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from goodoffices.talks.base.enums import (
    ActorKind,
    ChangeKind,
    Form,
    Format,
    Level,
    Mode,
    NoteLevel,
    ReportState,
    Role,
    Stand,
    Strength,
    ValueKind,
)
from goodoffices.talks.ceasefire import commands as ceasefire
from goodoffices.talks.claims import agenda, commands as claims, positions
from goodoffices.talks.commitments import commands as commitments
from goodoffices.talks.exchange import items, print_packs, publication, receipts, relays
from goodoffices.talks.model.actors import Actor, Name
from goodoffices.talks.model.agenda import AgendaIssue, Option
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport
from goodoffices.talks.model.claims import Claim, Link, RoleClaim, Source, Value
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import ActorChange
from goodoffices.talks.notes import lines as notes, minutes
from goodoffices.talks.rounds import delegations, rounds, sessions
from goodoffices.talks.sealed import commands as sealed
from goodoffices.talks.seats import commands as seats, persons, service
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.texts import settled_comments
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rules import Unanimity
from properties.worlds.asker import TEXTS, Asker
from properties.worlds.asks_of_allegations import ALLEGATION_BUILDERS, file_allegation
from properties.worlds.asks_of_keys import KEY_BUILDERS
from properties.worlds.asks_of_texts import TEXT_BUILDERS
from properties.worlds.cast import GROUPS, SEATS
from properties.worlds.decided_asks import DECIDED, ON_TEXTS

FORMS = tuple(Form)


Builder = Callable[[Asker], Command | None]


def _file(a: Asker) -> Command:
    known = list(a.known.items)
    derived = (a.pick.one(known),) if known and a.pick.number(4) == 0 else ()
    mode = a.pick.one((Mode.ON_RECORD, Mode.ON_RECORD, Mode.NON_PAPER, Mode.NOTE))
    lapses = a.soon() if mode is Mode.NON_PAPER or a.pick.number(4) == 0 else None
    own_idea = a.words() if derived and a.pick.yes() else None
    return items.FileItem(words=(a.words(),), mode=mode, derived_from=derived, own_idea=own_idea, lapses_at=lapses)


def _of(table: str, make: Callable[[Asker, str], Command | None]) -> Builder:
    """Return a builder that needs something known in ``table``."""

    def build(a: Asker) -> Command | None:
        handle = a.thing(table)
        return None if handle is None else make(a, handle)

    return build


def _clear(a: Asker, item: str) -> Command:
    return items.ClearItem(
        item=item,
        to=a.pick.some(SEATS),
        via=() if a.pick.yes() else a.pick.some(("rus", "tur", "un")),
        form=a.pick.one(FORMS),
        until=a.soon() if a.pick.number(3) == 0 else None,
        approve=a.pick.number(3) == 0,
    )


def _relay(a: Asker, item: str) -> Command:
    form = a.pick.one(FORMS)
    wordings = [w for w in a.known.wordings.values() if w.item == item and w.state == "approved"]
    words = None if form is Form.VERBATIM else a.words()
    to = wordings[0].to if wordings else a.seat()
    return relays.RelayItem(item=item, to=to, form=form, words=words, ask_read_back=a.pick.yes())


def _read_back_of(a: Asker) -> Command | None:
    given = [r.handle for t in a.known.tellings.values() for r in t.read_backs]
    return relays.AnswerReadBack(read_back=a.pick.one(given), confirmed=a.pick.yes()) if given else None


def _session(a: Asker) -> Command:
    format_ = a.pick.one((Format.PLENARY, Format.PROXIMITY, Format.DIRECT))
    return sessions.PlanSession(
        title="A sitting", format=format_, participants=(a.known.seat, *a.pick.some(SEATS), *a.pick.some(SEATS))
    )


def _claim(a: Asker) -> Claim:
    number = a.pick.number(3)
    return Claim(
        slug=f"claim-{number}",
        about=a.pick.one(GROUPS),
        aspect="signed",
        value=Value(kind=ValueKind.NUMBER, low=number),
        chain=(Link(speaker="An agency"),),
        strength=Strength.NAMED,
        compartment=a.pick.one((None, "team")) if "team" in a.known.compartments else None,
    )


def _issue(a: Asker) -> AgendaIssue:
    options = (Option(slug="yes"), Option(slug="no"))
    return AgendaIssue(slug=f"issue-{a.pick.number(3)}", question=(Name(text="Who opens the road?"),), options=options)


def _marks(a: Asker) -> Command | None:
    handles = list(a.known.claims)
    if len(handles) < 2:
        return None
    kind = a.pick.one((claims.MarkContradiction, claims.MarkCompatible))
    return kind(claims=(handles[0], handles[-1]), why="as read")


def _change(a: Asker) -> Command:
    change = ActorChange(slug="a-change", kind=ChangeKind.JOIN, sources=("group-a",), targets=(a.pick.one(SEATS),))
    return commitments.RecordChange(change=change)


def _day(a: Asker, ledger: str) -> Command:
    count = a.pick.number(4)
    report = DayReport(day=date(2017, 1, 1 + a.pick.number(20)), counts=(("hama", count),), total=count)
    return ceasefire.ReportDay(ledger=ledger, report=report)


def _confirm(a: Asker, ledger: str) -> Command:
    return ceasefire.ConfirmAllegations(
        ledger=ledger, result=a.pick.one(ceasefire.RESULTS), allegation=a.thing("allegations")
    )


def _grant(a: Asker) -> Command | None:
    mine = [n.n for n in a.slice.notices if n.by == a.known.seat]
    return seats.GrantHistory(notices=(a.pick.one(mine),), to=a.seat()) if mine else None


def _dispute(a: Asker) -> Command | None:
    entered = [n.n for n in a.slice.notices if n.entered_by is not None]
    return seats.DisputeEntry(notice=entered[0], words=a.words()) if entered else None


def _list(a: Asker, match: str) -> Command:
    names = tuple((name,) for name in a.pick.some(("Ahmad", "أحمد", "Karim", "Sergei")))
    return sealed.SubmitList(match=match, rows=names)


BUILDERS: Mapping[str, Builder] = {
    "FileItem": _file,
    "FileItem again": _file,
    "HandItem": _of("items", lambda a, m: items.HandItem(item=m, to=a.seat())),
    "HandItem to a carrier": _of("items", lambda a, m: items.HandItem(item=m, to=a.pick.one(("un", "rus", "tur")))),
    "ClearItem": _of("items", _clear),
    "ClearItem again": _of("items", _clear),
    "NarrowClearance": _of(
        "clearances", lambda a, c: items.NarrowClearance(clearance=c, to=() if a.pick.yes() else (a.seat(),))
    ),
    "WithdrawItem": _of("items", lambda a, m: items.WithdrawItem(item=m, tell=a.pick.yes())),
    "ShowWording": _of(
        "items", lambda a, m: relays.ShowWording(item=m, to=a.seat(), form=a.pick.one(FORMS), words=a.words())
    ),
    "ApproveWording": _of("wordings", lambda a, w: relays.ApproveWording(wording=w)),
    "CorrectWording": _of("wordings", lambda a, w: relays.CorrectWording(wording=w, words=a.words())),
    "RelayItem": _of("items", _relay),
    "RelayItem again": _of("items", _relay),
    "RelayItem a third time": _of("items", _relay),
    "ReadBack": _of("items", lambda a, m: relays.ReadBack(told=m, words=a.words())),
    "AnswerReadBack": _read_back_of,
    "PlanSession": _session,
    "OpenSession": _of("sessions", lambda a, s: sessions.OpenSession(session=s)),
    "CloseSession": _of("sessions", lambda a, s: sessions.CloseSession(session=s)),
    "ChangeFormat": _of("sessions", lambda a, s: sessions.ChangeFormat(session=s, format=a.pick.one(tuple(Format)))),
    "MarkAttendance": _of("sessions", lambda a, s: sessions.MarkAttendance(session=s, who=a.seat())),
    "Intervene": _of("sessions", lambda a, s: sessions.Intervene(session=s, words=a.words())),
    "OpenDeposit": lambda a: sealed.OpenDeposit(
        question=a.words(),
        depositors=a.pick.one((("gov", "opp"), ("gov", "opp", "pap"))),
        neutral=a.pick.one(("kaz", "un")),
        rule=a.pick.one(sealed.RULES),
        closes_at=a.soon(),
        reads=a.pick.yes(),
    ),
    "Deposit": _of("deposits", lambda a, d: sealed.Deposit(deposit=d, words=a.words())),
    "CheckDeposit": _of(
        "deposits",
        lambda a, d: sealed.CheckDeposit(deposit=d, depositor=a.pick.one(("gov", "opp")), meets=a.pick.yes()),
    ),
    "RevealDeposits": _of("deposits", lambda a, d: sealed.RevealDeposits(deposit=d)),
    "AskBlind": lambda a: sealed.AskBlind(
        question=a.words(),
        to=a.pick.one((("gov", "opp"), ("gov", "opp", "rus"))),
        closes_at=a.soon(),
        reads=a.pick.yes(),
    ),
    "AnswerBlind": _of("blinds", lambda a, q: sealed.AnswerBlind(question=q, accept=a.pick.number(3) > 0)),
    "OpenListMatch": lambda a: sealed.OpenListMatch(
        sides=("gov", "opp"), key_fields=("name",), closes_at=a.soon(), normaliser=a.pick.one(sealed.NORMALISERS)
    ),
    "SubmitList": _of("matches", _list),
    "RecordCommitment": lambda a: commitments.RecordCommitment(
        slug="a-duty", obligors=(a.pick.one((*GROUPS, a.known.seat)),), what="Release the list"
    ),
    "ReportCommitment": _of(
        "commitments",
        lambda a, o: commitments.ReportCommitment(
            commitment=o, state=a.pick.one(tuple(ReportState)), to=() if a.pick.yes() else a.pick.some(SEATS)
        ),
    ),
    "MoveDue": _of("commitments", lambda a, o: commitments.MoveDue(commitment=o, due=date(2017, 2, 1))),
    "CarryForward": _of("commitments", lambda a, o: commitments.CarryForward(commitment=o, round="r1")),
    "StateSuccession": _of(
        "commitments", lambda a, o: commitments.StateSuccession(commitment=o, state=a.pick.one(commitments.STATES))
    ),
    "GiveGuarantee": lambda a: commitments.GiveGuarantee(
        beneficiary=a.pick.one(SEATS), subject="The truce", to=a.pick.some(SEATS)
    ),
    "EndGuarantee": _of("guarantees", lambda a, u: commitments.EndGuarantee(guarantee=u)),
    "RecordChange": _change,
    "ClaimRole": lambda a: agenda.ClaimRole(
        role=RoleClaim(actor=a.pick.one(GROUPS), role=Role.HOST, since=date(2017, 1, 1 + a.pick.number(9)))
    ),
    "EnterIssue": lambda a: agenda.EnterIssue(issue=_issue(a), basket=a.pick.one(("", "First", "Second"))),
    "NameQuestion": lambda a: agenda.NameQuestion(slug=f"c{a.pick.number(3)}", question="Who came?", brief="Who?"),
    "NameRule": lambda a: agenda.NameRule(
        rule=NamedRule(slug=f"rule-{a.pick.number(3)}", title="All", rule=Unanimity())
    ),
    "NameText": lambda a: agenda.NameText(text=NamedText(slug=f"text-{a.pick.number(3)}", title="A text of others")),
    "EnterSource": lambda a: claims.EnterSource(source=Source(slug="an-agency", publisher="An agency")),
    "EnterClaim": lambda a: claims.EnterClaim(claim=_claim(a)),
    "ReplaceClaim": _of("claims", lambda a, k: claims.ReplaceClaim(old=k, claim=_claim(a), why="a slip")),
    "MarkClaims": _marks,
    "DeclareSame": lambda a: a.pick.one((claims.DeclareSame, claims.DeclareDistinct))(actors=GROUPS, ground="heard"),
    "RecogniseRole": lambda a: positions.RecogniseRole(
        of=a.pick.one(SEATS), stand=a.pick.one(tuple(Stand)), role=Role.GUARANTOR, to=a.pick.some(SEATS)
    ),
    "StatePosition": lambda a: positions.StatePosition(
        issue="who-watches", option=a.pick.one(("guarantors", "committee")), to=a.pick.some(SEATS)
    ),
    "Assess": lambda a: positions.Assess(
        party=a.pick.one(SEATS),
        issue=a.pick.one(("who-watches", "all")),
        quantity=a.pick.one(("point", "salience", "capability")),
        value=a.pick.one(("0.4", "0 to 1", "a lot")),
        source="own",
        strength="inference",
        compartment=a.pick.one((None, "team")),
    ),
    "WithdrawAssessment": lambda a: positions.WithdrawAssessment(
        party=a.pick.one(SEATS),
        issue=a.pick.one(("who-watches", "all")),
        quantity=a.pick.one(("point", "salience", "capability")),
        value=a.pick.one((None, "0.4", "0 to 1")),
    ),
    "SetCompartment": lambda a: seats.SetCompartment(slug=a.pick.one(("team", "other")), seats=a.pick.some(SEATS)),
    "ReportDay": _of("ledgers", _day),
    "FileAllegation": _of("ledgers", file_allegation),
    "WithdrawAllegation": _of("allegations", lambda a, x: ceasefire.WithdrawAllegation(allegation=x)),
    "ConfirmAllegations": _of("ledgers", _confirm),
    "OpenLedger": lambda a: ceasefire.OpenLedger(slug="a-ledger", title="A ledger", seen_by=a.pick.some(SEATS)),
    "PlanRound": lambda a: rounds.PlanRound(
        slug="next", title="Next", start=date(2017, 2, 8), to=() if a.pick.yes() else a.pick.some(SEATS)
    ),
    "MoveRound": _of("rounds", lambda a, r: rounds.MoveRound(round=r, start=date(2017, 2, 20))),
    "OpenRound": _of("rounds", lambda a, r: rounds.OpenRound(round=r)),
    "Invite": _of(
        "rounds",
        lambda a, r: rounds.Invite(
            round=r, to=a.seat(), role=Role.PARTY, level=Level.ENVOY, reply_by=a.soon(), sponsors=a.pick.some(SEATS)
        ),
    ),
    "AnswerInvitation": _of(
        "invitations",
        lambda a, i: rounds.AnswerInvitation(invitation=i, answer=a.pick.one(("accepted", "declined"))),
    ),
    "NameDelegation": _of("rounds", lambda a, r: delegations.NameDelegation(round=r, head="A head")),
    "SetMandate": lambda a: delegations.SetMandate(words=a.words()),
    "GiveProxy": lambda a: seats.GiveProxy(holder=a.seat(), scope=a.pick.one(seats.SCOPES)),
    "EndProxy": _of("proxies", lambda a, p: seats.EndProxy(proxy=p)),
    "AcceptService": lambda a: service.AcceptService(),
    "AskService": lambda a: service.AskService(to=a.pick.some(SEATS)),
    "SettleComment": _of(
        "comments",
        lambda a, c: settled_comments.SettleComment(comment=c, outcome=a.pick.one(settled_comments.OUTCOMES)),
    ),
    "GrantHistory": _grant,
    "DisputeEntry": _dispute,
    "SeatPerson": lambda a: persons.SeatPerson(person=a.pick.one(("Amal", "Boris"))),
    "UnseatPerson": lambda a: persons.UnseatPerson(person=a.pick.one(("Amal", "Boris"))),
    "GiveSeat": lambda a: seats.GiveSeat(
        slug=a.pick.one(("back", "door")), actor=a.pick.one(GROUPS), roles=(Role.PARTY,), known_to=a.pick.some(SEATS)
    ),
    "CloseSeat": lambda a: seats.CloseSeat(slug=a.pick.one(("back", "door"))),
    "IssueReceipt": lambda a: receipts.IssueReceipt(),
    "ShredBody": _of("items", lambda a, m: publication.ShredBody(item=m, ground="asked")),
    "Publish": _of("items", lambda a, m: publication.Publish(item=m)),
    "ExportView": lambda a: receipts.ExportView(what="my record", digest="d" * 64),
    "ImportSealed": lambda a: receipts.ImportSealed(seat=a.seat(), digest="d" * 64, keys=("one",)),
    "MarkPackHanded": _of("packs", lambda a, e: print_packs.MarkPackHanded(pack=e, taken_by="Dana", taken_at=a.at)),
    "CloseRound": _of("rounds", lambda a, r: rounds.CloseRound(round=r)),
    "WithdrawInvitation": _of("invitations", lambda a, i: rounds.WithdrawInvitation(invitation=i)),
    "ChangeDelegation": _of("rounds", lambda a, r: delegations.ChangeDelegation(round=r, head="Another head")),
    "NameRatifier": _of("rounds", lambda a, r: delegations.NameRatifier(round=r, ratifier="A house", method="vote")),
    "NameActor": lambda a: claims.NameActor(
        actor=Actor(
            slug=a.pick.one((*GROUPS, "group-c")), kind=ActorKind.FACTION, names=(Name(text=a.pick.one(TEXTS)),)
        )
    ),
    "ReadTerms": lambda a: ceasefire.ReadTerms(
        terms=CeasefireTerms(slug="a-truce", title="A truce", covered=(a.pick.one(SEATS),)),
        compartment=a.pick.one((None, "team")) if "team" in a.known.compartments else None,
    ),
    **DECIDED,
    "TakeNote": _of(
        "sessions",
        lambda a, s: notes.TakeNote(
            session=s, words=a.words(), speaker=a.seat(), level=a.pick.one(tuple(NoteLevel)), heard=a.pick.some(SEATS)
        ),
    ),
    "CirculateMinutes": _of("sessions", lambda a, s: minutes.CirculateMinutes(session=s, until=a.soon())),
    "CorrectMinutes": _of("copies", lambda a, c: minutes.CorrectMinutes(copy=c, line=1, words=a.words())),
    "AnswerMinutes": _of("copies", lambda a, c: minutes.AnswerMinutes(copy=c, agrees=a.pick.yes(), words=a.words())),
    "ApproveMinutes": _of("minutes", lambda a, m: minutes.ApproveMinutes(minutes=m)),
    "MarkPackReady": lambda a: print_packs.MarkPackReady(
        seat="pap", up_to=3, carrier="Dana", tell=() if a.pick.yes() else a.pick.some(SEATS)
    ),
    **ALLEGATION_BUILDERS,
    **KEY_BUILDERS,
    **TEXT_BUILDERS,
}
"""How each command is drawn. Names with a suffix are drawn more often."""

_PAPERS = [
    "FileItem",
    "HandItem",
    "ClearItem",
    "NarrowClearance",
    "WithdrawItem",
    "ShowWording",
    "ApproveWording",
    "CorrectWording",
    "RelayItem",
    "ReadBack",
    "AnswerReadBack",
    "ShredBody",
    "GrantHistory",
]
_SEALED = [
    "OpenDeposit",
    "Deposit",
    "CheckDeposit",
    "RevealDeposits",
    "AskBlind",
    "AnswerBlind",
    "OpenListMatch",
    "SubmitList",
    "FileItem",
    "SetMandate",
    "PutPackage",
    "PutQuestion",
    "AnswerQuestion",
    "DeclareOutcome",
]
_OF_PAPERS = tuple(kind for kind in BUILDERS if kind.split()[0] in _PAPERS)
_OF_TEXTS = (*TEXT_BUILDERS, "AcceptService", "MarkPackReady", "MarkAttendance")
_ON_TEXTS = (*_OF_TEXTS, *ON_TEXTS, *ON_TEXTS)
_AGENDA = ("AskService", "ClaimRole", "EnterIssue", "NameQuestion", "NameRule", "NameText", "SettleComment",
           "AnswerMinutes", "ApproveMinutes", "CirculateMinutes", "CorrectMinutes", "TakeNote",
           *ALLEGATION_BUILDERS)  # fmt: skip
"""Kinds that came later. They are drawn where all kinds are, and leave the other pools as they were."""
_OF_LEDGERS = ("OpenLedger", "ReportDay", "FileAllegation", *ALLEGATION_BUILDERS,
               *("ReportDay", "PrepareBulletin", "ClearBulletin") * 4)  # fmt: skip
"""A bulletin needs days that are reported: where all kinds are drawn, one in a hundred asked for comes about."""
_OTHERS = tuple(kind for kind in BUILDERS if kind not in _AGENDA)
POOLS: tuple[tuple[str, ...], ...] = (
    tuple(BUILDERS),
    _OF_PAPERS,
    tuple(kind for kind in BUILDERS if kind.split()[0] in _SEALED),
    tuple(kind for kind in _OTHERS if kind.split()[0] not in (*_PAPERS, *_SEALED) and kind not in TEXT_BUILDERS),
    _OF_TEXTS,
    _OF_PAPERS,
    _ON_TEXTS,
    _OF_LEDGERS,
)
"""Runs draw from all kinds or from one pool of them: concentrated runs go deeper."""
