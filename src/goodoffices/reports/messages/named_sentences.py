"""Sentences that say which or whom: of acts that bring, compare, end or pass on one thing among many of their kind."""

from __future__ import annotations

from collections.abc import Mapping

NAMED_SENTENCES: Mapping[str, str] = {
    "ActionOffered": "Action offered: {action}.",
    "ActorChanged": "{sources}: {change} ({targets}).",
    "AreaNamed": "Place: {area}.",
    "AssessmentEntered": "Assessment from the talks file: {party}, on {issue}.",
    "AssessmentMade": "{by} assessed {party}, on {issue}.",
    "AssessmentWithdrawn": "{by} took back an assessment of {party}, on {issue}.",
    "BlindAnswered": "{by} answered blind question {blind}.",
    "BlindResultGiven": "Blind question {blind} has a result.",
    "BodyShredded": "Words destroyed: {things}.",
    "ClaimsMarked": "Claims compared: {claims}.",
    "CommitmentCarried": "Commitment {commitment} goes on in {round}.",
    "CompartmentSet": "{seats} may read the same things.",
    "DelegationChanged": "Delegation changed: {seat}, round {round}.",
    "DelegationNamed": "Delegation named: {seat}, round {round}.",
    "DepositChecked": "Deposit {deposit}: a paper was checked.",
    "DepositClosed": "Deposit {deposit} is closed.",
    "Deposited": "Deposit {deposit}: a paper was placed in it.",
    "DepositsRevealed": "Deposit {deposit}: the papers were shown.",
    "EntryDisputed": "{by} disputes an entry that was made in its name.",
    "GuaranteeEnded": "Guarantee {handle} ended.",
    "GuaranteeGiven": "{guarantor} guarantees for {beneficiary}: {subject}.",
    "HistoryGranted": "Earlier acts were shown to you: {count}.",
    "HistoryGranted/self": "You showed earlier acts to {to}.",
    "InvitationMade": "Invitation to {invited}: round {round}.",
    "InvitationMade+offer": "{inviting} invites {invited} to round {round}.",
    "ListMatchOpened": "List matching {match} is open to {sides}.",
    "ListSubmitted": "A list was handed in for list matching {match}.",
    "MatchReported": "List matching {match} has a result.",
    "PackHanded": "Pack {pack} was handed over.",
    "PackHanded+taken_by": "Pack {pack} was handed to {taken_by}.",
    "PackReady": "A pack for {seat} is ready. {carrier} carries it.",
    "PenAsked/pen": "{by} asks for the pen of {text}.",
    "PenOpened": "{by} opened the pen of {text} to {seats}.",
    "PenPassed": "{by} passed the pen of {text} to {to}.",
    "PersonSeated": "{name} takes part at the seat of {slug}.",
    "PersonUnseated": "{name} has left the seat of {slug}.",
    "PositionStated": "{actor} stated a position on {issue}.",
    "ProxyEnded": "Proxy {proxy} ended.",
    "Published": "{by} published a text.",
    "RecognitionStated": "{first} {stand} {second}.",
    "RecognitionStated+recognition": "{first} {stand} {second} ({role}).",
    "RoundMoved": "Round {round} was moved to another date.",
    "SamenessDeclared": "{actors}: {same}.",
    "ScaleEntered": "Scale of an issue: {issue}.",
    "SealedImported": "A sealed file of yours was taken in.",
    "SealedImported/self": "A sealed file of {seat} was taken in.",
    "TermsRead": "Terms of a copy: {title}.",
    "ViewExported/self": "Copy of the record taken: {what}.",
}
"""Each by the kind of its act, as in ``act_sentences``."""

NAMED_SORTS: Mapping[str, Mapping[str, str]] = {
    "AssessmentMade": {"party": "actor", "issue": "thing"},
    "AssessmentWithdrawn": {"party": "actor", "issue": "thing"},
    "BodyShredded": {"things": "clauses"},
    "ClaimsMarked": {"claims": "clauses"},
    "CommitmentCarried": {"round": "thing"},
    "HistoryGranted": {"count": "number"},
    "ListMatchOpened": {"sides": "seats"},
    "PackHanded": {"taken_by": "text"},
    "PackReady": {"seat": "seat", "carrier": "text"},
    "PositionStated": {"issue": "thing"},
    "SamenessDeclared": {"actors": "actors", "same": "word:same"},
    "SealedImported": {"seat": "seat"},
    "ViewExported": {"what": "text"},
}
"""Of which sort a field is in one kind of act alone."""

NAMED_PATHS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ActionOffered": {"action": ("first", "action", "title")},
    "ActorChanged": {
        "sources": ("actors", "change", "sources"),
        "change": ("word:change", "change", "kind"),
        "targets": ("actors", "change", "targets"),
    },
    "AreaNamed": {"area": ("first", "area", "names")},
    "AssessmentEntered": {"party": ("actor", "assessment", "party"), "issue": ("thing", "assessment", "issue")},
    "CompartmentSet": {"seats": ("seats", "compartment", "seats")},
    "DelegationChanged": {"seat": ("seat", "named", "seat")},
    "DelegationNamed": {"seat": ("seat", "named", "seat")},
    "GuaranteeGiven": {
        "guarantor": ("actor", "guarantee", "guarantor"),
        "beneficiary": ("actor", "guarantee", "beneficiary"),
        "subject": ("text", "guarantee", "subject"),
    },
    "InvitationMade": {"inviting": ("seat", "offer", "by"), "invited": ("seat", "offer", "to")},
    "PersonSeated": {"name": ("text", "name")},
    "PersonUnseated": {"name": ("text", "name")},
    "RecognitionStated": {
        "first": ("actor", "recognition", "by"),
        "stand": ("word:stand", "recognition", "stand"),
        "second": ("actor", "recognition", "of"),
        "role": ("word:role", "recognition", "role"),
    },
    "ScaleEntered": {"issue": ("thing", "scale", "issue")},
    "TermsRead": {"title": ("text", "terms", "title")},
}
"""What fills a placeholder that is not a field of its own: its sort, and the way to it."""

NAMED_WORDS: Mapping[str, Mapping[str, str]] = {
    "minutes-answer": {"True": "no objection", "False": "objects"},
    "same": {"True": "the same", "False": "not the same"},
    "scope": {
        "enter": "to enter its acts in the record",
        "clear": "to clear",
        "speak": "to speak",
        "answer": "to answer",
        "sign": "to sign",
    },
}
"""Words for values of closed lists that these sentences need."""
