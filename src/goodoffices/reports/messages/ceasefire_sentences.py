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
    "PartyNotified": "Answer to an allegation asked for",
    "TargetClaimed": "Target of an alleged act named",
    "VerificationRecorded": "Verification of an allegation",
}

CEASEFIRE_SENTENCES: Mapping[str, str] = {
    "BulletinCleared": "{by} released bulletin {bulletin} for {day_from} to {day_to}.",
    "BulletinPrepared": "{by} prepared bulletin {bulletin} for {day_from} to {day_to}.",
    "AccessRecorded": "{by}: monitors of ledger {ledger} were stopped from {day_from} to {day_to}.",
    "AllegationAnswered": "{who} on allegation {allegation}: {says}.",
    "AllegationFiled": "{by} filed allegation {allegation}: {sort}.",
    "AllegationLinked": "{by} linked allegation {allegation} to incident {incident}.",
    "AllegationScreened": "{by} screened allegation {allegation}: {result}.",
    "AllegationUnlinked": "{by} took allegation {allegation} out of incident {incident}.",
    "AllegationWithdrawn": "{by} took allegation {allegation} back.",
    "AllegationsImported": "{by} filed rows of a file as allegations in ledger {ledger}.",
    "AnswerMissing": "{who} gave no answer on allegation {allegation} by the time set. That admits nothing.",
    "DayReported": "Ledger {ledger} reports on {day}.",
    "ExposureRecorded": "{by}: ledger {ledger} could see {percent} % of an area from {day_from} to {day_to}.",
    "FindingAdopted": "{by} adopted a finding on allegation {allegation}: {result}.",
    "IncidentOpened": "{by} says that allegations are about one event: incident {incident}.",
    "LedgerOpened": "Ledger {handle}, kept by {keeper}, opened.",
    "PartyNotified": "{by} asks {to} to answer allegation {allegation}.",
    "TargetClaimed": "{by} says that what allegation {allegation} tells of was aimed at {target}.",
    "VerificationRecorded": "{by} recorded a verification of allegation {allegation}: {result}.",
}
