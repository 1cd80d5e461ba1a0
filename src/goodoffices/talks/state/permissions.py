"""The commands that each role may give. Powers come from seats in these talks, never from claims about the world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.known_seats import KnownProxy, KnownSeat

ANY_SEAT = frozenset(
    {
        "AcceptService",
        "RegisterKey",
        "AnswerAllegation",
        "AnswerInvitation",
        "AnswerMinutes",
        "AnswerQuestion",
        "AnswerReadBack",
        "AskPen",
        "AskRules",
        "AskService",
        "ApproveWording",
        "ClearItem",
        "ClaimRole",
        "ClaimTarget",
        "Comment",
        "CorrectMinutes",
        "CorrectWording",
        "Deposit",
        "DisputeEntry",
        "DropVariant",
        "EndProxy",
        "EndStance",
        "EnterClaim",
        "EnterSource",
        "ExportView",
        "FileItem",
        "FileNote",
        "GiveProxy",
        "GrantHistory",
        "HandItem",
        "IssueReceipt",
        "MakeForecast",
        "MarkDivergence",
        "MaskAllegation",
        "NarrowClearance",
        "NoteOutcomes",
        "OpenPen",
        "PassPen",
        "ProposeVariant",
        "ReadBack",
        "ReadOut",
        "RecogniseRole",
        "RecordRatification",
        "Reflect",
        "ReleaseVersion",
        "ReplaceClaim",
        "ReportCommitment",
        "SeatPerson",
        "SettleComment",
        "ShredBody",
        "TakeAction",
        "TakeNote",
        "TakeStance",
        "UnseatPerson",
        "WithdrawItem",
        "WriteVersion",
    }
)
"""The commands of every open seat. The rules of each command say on which things it may use them."""

_PARTY = frozenset(
    {
        "AgreeToStep",
        "ReportMeasure",
        "TakeMeasure",
        "ApproveZone",
        "ProposeZone",
        "AnswerBlind",
        "ChangeDelegation",
        "ConfirmAllegations",
        "EndGuarantee",
        "FileAllegation",
        "GiveGuarantee",
        "ImportAllegations",
        "Intervene",
        "MoveDue",
        "NameDelegation",
        "NameRatifier",
        "NotifyParty",
        "OpenLedger",
        "RecordAccess",
        "RecordCommitment",
        "RecordExposure",
        "ReportDay",
        "ScreenAllegation",
        "SetMandate",
        "ShareLedger",
        "StatePosition",
        "StateSuccession",
        "SubmitList",
        "TableText",
        "WithdrawAllegation",
    }
)
_INTERMEDIARY = frozenset({"Intervene", "RelayItem", "ShowWording"})
_FACILITATOR = _INTERMEDIARY | {
    "ApproveMinutes",
    "ChangeFormat",
    "CheckDeposit",
    "CirculateMinutes",
    "CloseRound",
    "CloseSession",
    "EnterIssue",
    "MarkAttendance",
    "MoveRound",
    "NameQuestion",
    "NameRule",
    "NameText",
    "OpenDeposit",
    "OpenRound",
    "OpenSession",
    "PlanRound",
    "PlanSession",
    "RevealDeposits",
    "TableText",
}
_MEDIATOR = _FACILITATOR | {
    "AgreeToStep",
    "CloseInquiry",
    "OpenInquiry",
    "ProposeFinding",
    "ReopenIncident",
    "ReportMeasure",
    "TakeMeasure",
    "NameMechanism",
    "NotifyParty",
    "ScreenAllegation",
    "AdoptFinding",
    "AskBlind",
    "Assess",
    "CarryForward",
    "ClearBulletin",
    "ClosePackage",
    "DeclareOutcome",
    "MoveDue",
    "OpenListMatch",
    "PrepareBulletin",
    "ProposeZone",
    "Publish",
    "PutPackage",
    "PutQuestion",
    "ReadTerms",
    "RecordVerification",
    "ReopenPackage",
    "WithdrawAssessment",
}
_GUARANTOR = frozenset(
    {
        "AgreeToStep",
        "CloseInquiry",
        "OpenInquiry",
        "ProposeFinding",
        "ReopenIncident",
        "ReportMeasure",
        "TakeMeasure",
        "ProposeZone",
        "ApproveZone",
        "ConfirmAllegations",
        "EndGuarantee",
        "FileAllegation",
        "GiveGuarantee",
        "ImportAllegations",
        "Intervene",
        "NotifyParty",
        "OpenLedger",
        "RecordAccess",
        "RecordExposure",
        "RecordVerification",
        "ReportDay",
        "ScreenAllegation",
        "ShareLedger",
        "StatePosition",
        "TableText",
        "WithdrawAllegation",
    }
)
_SPONSOR = frozenset(
    {
        "CloseRound",
        "Invite",
        "MoveRound",
        "OpenRound",
        "OpenSession",
        "PlanRound",
        "PlanSession",
        "Publish",
        "TableText",
        "WithdrawInvitation",
    }
)
_ANALYST = frozenset(
    {
        "Assess",
        "CarryForward",
        "DeclareDistinct",
        "DeclareSame",
        "LinkAllegation",
        "MarkCompatible",
        "MarkContradiction",
        "MoveDue",
        "NameActor",
        "NameQuestion",
        "NameText",
        "OpenIncident",
        "ReadTerms",
        "RecordChange",
        "RecordCommitment",
        "UnlinkAllegation",
        "WithdrawAssessment",
    }
)
_SECRETARIAT = frozenset(
    {
        "NameMechanism",
        "ProposeFinding",
        "ApproveMinutes",
        "ChangeFormat",
        "CirculateMinutes",
        "ClearBulletin",
        "CloseSeat",
        "CloseSession",
        "EnterIssue",
        "FileAllegation",
        "GiveSeat",
        "ImportAllegations",
        "ImportSealed",
        "LinkAllegation",
        "MarkAttendance",
        "MarkPackHanded",
        "MarkPackReady",
        "MoveRound",
        "NameActor",
        "NameQuestion",
        "NameRule",
        "NameText",
        "NotifyParty",
        "OpenIncident",
        "OpenLedger",
        "OpenSession",
        "PlanRound",
        "PlanSession",
        "PrepareBulletin",
        "RecordAccess",
        "RecordCommitment",
        "RecordExposure",
        "RegisterKeyFor",
        "ReportDay",
        "ScreenAllegation",
        "SealFile",
        "SetCompartment",
        "ShareLedger",
        "UnlinkAllegation",
        "WithdrawAllegation",
    }
)
_MONITOR = frozenset(
    {
        "AgreeToStep",
        "CloseInquiry",
        "OpenInquiry",
        "ProposeFinding",
        "ReopenIncident",
        "ReportMeasure",
        "TakeMeasure",
        "ProposeZone",
        "AdoptFinding",
        "FileAllegation",
        "ImportAllegations",
        "LinkAllegation",
        "NotifyParty",
        "OpenIncident",
        "OpenLedger",
        "RecordAccess",
        "RecordExposure",
        "RecordVerification",
        "ReportDay",
        "ScreenAllegation",
        "ShareLedger",
        "UnlinkAllegation",
        "WithdrawAllegation",
    }
)
_CONTROL = frozenset(
    {
        "AnswerRules",
        "EndExercise",
        "GiveBrief",
        "GiveInject",
        "HoldInject",
        "JumpClock",
        "NoteMoment",
        "PauseClock",
        "Reveal",
        "RuleOnAction",
        "RunClock",
        "SeatPerson",
        "SetPace",
        "StartExercise",
        "SwapSeat",
    }
)
_HOST = frozenset({"Intervene", "MarkAttendance"})

POWERS: Mapping[Role, frozenset[str]] = {
    Role.PARTY: _PARTY,
    Role.INTERMEDIARY: _INTERMEDIARY,
    Role.FACILITATOR: _FACILITATOR,
    Role.MEDIATOR: _MEDIATOR,
    Role.GUARANTOR: _GUARANTOR,
    Role.SPONSOR: _SPONSOR,
    Role.HOST: _HOST,
    Role.OBSERVER: frozenset(),
    Role.ACCOMPANYING: frozenset(),
    Role.WITNESS: frozenset(),
    Role.DEPOSITARY: frozenset({"CheckDeposit", "EnterIntoForce"}),
    Role.EXPERT: frozenset(),
    Role.MONITOR: _MONITOR,
    Role.ANALYST: _ANALYST,
    Role.SECRETARIAT: _SECRETARIAT,
    Role.AUDITOR: frozenset(),
    Role.CONTROL: _CONTROL,
}
"""The commands that each role adds to ``ANY_SEAT``. A seat has the powers of all its roles."""

_NO_ACT = {Role.AUDITOR, Role.CONTROL}
_CARRIERS = {Role.INTERMEDIARY, Role.FACILITATOR, Role.MEDIATOR}


def powers_of(seat: KnownSeat) -> frozenset[str]:
    """Return the names of the commands that ``seat`` may give: those of its roles, plus extra ones, minus barred."""
    if seat.closed:
        return frozenset()
    granted: frozenset[str] = frozenset() if set(seat.roles) <= _NO_ACT else ANY_SEAT
    for role in seat.roles:
        granted |= POWERS[role]
    return (granted | frozenset(seat.extra)) - frozenset(seat.barred)


def role_for(seat: KnownSeat, command: str) -> Role:
    """Return the role in which ``seat`` gives ``command``: its first role with that power, or else its first role."""
    return next((role for role in seat.roles if command in POWERS[role]), seat.roles[0])


def able_roles(command: str) -> tuple[Role, ...]:
    """Return the roles that can give ``command``; none if every seat that acts can."""
    return tuple(role for role, powers in POWERS.items() if command in powers)


def carries(seat: KnownSeat) -> bool:
    """Return whether ``seat`` can carry items for others: it is open, and in the role of an intermediary."""
    return not seat.closed and bool(_CARRIERS & set(seat.roles)) and "RelayItem" not in seat.barred


def lenders(proxies: Iterable[KnownProxy], holder: str, scope: str, *, now: datetime) -> frozenset[str]:
    """Return the seats that have lent ``holder`` the power ``scope``, with a proxy that is valid at ``now``."""
    return frozenset(
        proxy.giver
        for proxy in proxies
        if (proxy.holder, proxy.scope) == (holder, scope)
        and not proxy.ended
        and (proxy.until is None or now < proxy.until)
    )
