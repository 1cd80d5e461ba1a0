"""The names of the acts of a cease-fire, and a sentence for each."""

from __future__ import annotations

from collections.abc import Mapping

CEASEFIRE_NAMES: Mapping[str, str] = {
    "BulletinCleared": "Bulletin released",
    "BulletinPrepared": "Bulletin prepared",
    "AccessRecorded": "Monitors stopped",
    "AllegationAnswered": "Answer to an allegation",
    "AllegationFiled": "Allegation filed",
    "AllegationLinked": "Allegation linked to an incident",
    "AllegationMasked": "Mask of an allegation",
    "AllegationScreened": "Allegation screened",
    "AllegationUnlinked": "Allegation taken out of an incident",
    "AllegationWithdrawn": "Allegation withdrawn",
    "AllegationsConfirmed": "Answer to allegations",
    "AllegationsImported": "Rows of a file filed as allegations",
    "AnswerMissing": "No answer to an allegation",
    "DayReported": "Day reported in a ledger",
    "ExposureRecorded": "What a ledger could see",
    "FindingAdopted": "Finding adopted",
    "IncidentOpened": "Incident opened",
    "LedgerOpened": "Ledger opened",
    "LedgerShared": "Days of a ledger shared",
    "PartyNotified": "Answer to an allegation asked for",
    "TargetClaimed": "Target of an alleged act named",
    "VerificationRecorded": "Verification of an allegation",
    "FindingProposed": "Finding proposed",
    "IncidentReopened": "Incident opened again",
    "InquiryClosed": "Inquiry closed",
    "InquiryOpened": "Inquiry opened",
    "MeasureReported": "Report on a measure",
    "MeasureTaken": "Measure",
    "MechanismNamed": "Mechanism named",
    "StepAgreed": "What a seat of the committee says",
    "ZoneApproved": "Zone approved",
    "ZoneProposed": "Zone proposed",
}

CEASEFIRE_SENTENCES: Mapping[str, str] = {
    "BulletinCleared": "{by} released bulletin {bulletin} for {day_from} to {day_to}.",
    "BulletinPrepared": "{by} prepared bulletin {bulletin} for {day_from} to {day_to}.",
    "AccessRecorded": "{by}: monitors of ledger {ledger} were stopped from {day_from} to {day_to}.",
    "AllegationAnswered": "{who} on allegation {allegation}: {says}.",
    "AllegationFiled": "{by} filed allegation {allegation}: {sort}.",
    "AllegationLinked": "{by} linked allegation {allegation} to incident {incident}.",
    "AllegationMasked": "{by} set how fine allegation {allegation} may be shown outside its ledger.",
    "AllegationScreened": "{by} screened allegation {allegation}: {result}.",
    "AllegationUnlinked": "{by} took allegation {allegation} out of incident {incident}.",
    "AllegationWithdrawn": "{by} took allegation {allegation} back.",
    "AllegationsConfirmed+allegation": "{by} on allegation {allegation}: {result}.",
    "AllegationsImported": "{by} filed rows of a file as allegations in ledger {ledger}.",
    "AnswerMissing": "{who} gave no answer on allegation {allegation} by the time set. That admits nothing.",
    "DayReported": "Ledger {ledger} reports on {day}.",
    "ExposureRecorded": "{by}: ledger {ledger} could see {percent} % of an area from {day_from} to {day_to}.",
    "FindingAdopted": "{by} adopted a finding on allegation {allegation}: {result}.",
    "IncidentOpened": "{by} says that allegations are about one event: incident {incident}.",
    "LedgerOpened": "Ledger {handle}, kept by {keeper}, opened.",
    "LedgerShared": "{by} shared {day_from} to {day_to} of the ledger kept by {keeper}: {shown}.",
    "PartyNotified": "{by} asks {to} to answer allegation {allegation}.",
    "TargetClaimed": "{by} says that what allegation {allegation} tells of was aimed at {target}.",
    "VerificationRecorded": "{by} recorded a verification of allegation {allegation}: {result}.",
    "FindingProposed": "{by} proposes a finding on allegation {allegation}: {result}. Nothing is found by it.",
    "IncidentReopened": "{by} opened incident {incident} again.",
    "InquiryClosed": "{by} closed inquiry {inquiry}.",
    "InquiryOpened": "{by} opened inquiry {inquiry} into allegation {allegation}.",
    "MeasureReported": "{by} on measure {measure}: {state}.",
    "MeasureTaken": "{by} says that it takes measure {measure}, against {against}, until {due}.",
    "MechanismNamed": "{by} said who holds which step of an allegation: {title}.",
    "StepAgreed": "{by} said to a decision on allegation {allegation} whether it agrees: {what}.",
    "ZoneApproved": "{actor} approves zone {zone} in this version.",
    "ZoneProposed": "{by} proposes zone {zone}: {title}, version {number}.",
}

CEASEFIRE_SORTS: Mapping[str, Mapping[str, str]] = {
    "AllegationAnswered": {"says": "word:answered"},
    "AllegationScreened": {"result": "word:screened"},
    "AllegationsConfirmed": {"result": "word:result"},
    "FindingAdopted": {"result": "word:found"},
    "FindingProposed": {"result": "word:found"},
    "MeasureReported": {"state": "word:measure"},
    "MeasureTaken": {"against": "actor", "due": "day"},
    "StepAgreed": {"what": "word:decision"},
    "LedgerShared": {"keeper": "actor", "shown": "word:ledger-face"},
    "VerificationRecorded": {"result": "word:verified"},
    "ZoneProposed": {"number": "number"},
}
"""Of which sort a field is in one kind of act alone."""

CEASEFIRE_PATHS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "DayReported": {"day": ("day", "report", "day")},
    "LedgerOpened": {"keeper": ("actor", "ledger", "keeper")},
    "MechanismNamed": {"title": ("text", "mechanism", "title")},
}
"""What fills a placeholder that is not a field of its own: its sort, and the way to it."""
