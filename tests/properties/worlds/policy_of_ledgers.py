"""Who may be told of the acts on ledgers and allegations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.talks.base.acts import CLOCK, Act
from properties.worlds.policy_of_exercises import Past, PolicyError, made, shows_only


def _rows_of_ledger(act: Act, past: Past) -> set[str]:
    """Return who reads the ledger that rows were filed in; who reported them is for its keeper alone."""
    shows_only(act, ("all",), {"allegations", "ledger", "columns", "rows", "texts", "revises", "mask", "stays"})
    opened = made(past, "LedgerOpened", "handle", act.data["ledger"])
    strangers = {seat for seat, face in act.audience if face == "keeper"} - {opened.data["ledger"]["keeper"]}
    if strangers:
        raise PolicyError(f"{sorted(strangers)} read who reported: {act}")
    return _keepers(opened) if act.data.get("stays") else {seat for seat, _ in opened.audience}


def _keepers(opened: Act) -> set[str]:
    """Return the seats of the keeper of a ledger; in these worlds an actor has one seat of its own name."""
    return {opened.data["ledger"]["keeper"]}


def _filed(act: Act, past: Past) -> set[str]:
    """Return who reads an allegation that was filed by hand: with *stays*, its keeper alone."""
    fields = {*act.data} - {"reporter"}
    shows_only(act, ("all",), fields)
    opened = made(past, "LedgerOpened", "handle", act.data["ledger"])
    return _keepers(opened) if act.data.get("stays") else {seat for seat, _ in opened.audience}


_COARSE = ("share", "ledger", "keeper", "title", "day_from", "day_to", "shown", "columns", "rows")


def _shared(act: Act, past: Past) -> set[str]:
    """Return with whom a keeper shared days; only the full face has words, and none has more than was filed."""
    opened = made(past, "LedgerOpened", "handle", act.data["ledger"])
    if act.seat not in _keepers(opened):
        raise PolicyError(f"shared by a seat that does not keep the ledger: {act}")
    shows_only(act, ("all",), {*_COARSE, "texts", "text_of"} if act.data["shown"] == "full" else {*_COARSE})
    return {act.seat, *act.data["to"]}


def _of_ledger(act: Act, past: Past) -> set[str]:
    """Return who reads the ledger of an allegation; of one that stays with its keeper, nobody else."""
    one = act.data["allegation"]
    rows = (a for a in past if a.kind == "AllegationsImported" and one in a.data["allegations"])
    filed = next(rows, None) or made(past, "AllegationFiled", "allegation", one)
    if filed.data.get("stays"):
        return {seat for seat, _ in filed.audience}
    return {seat for seat, _ in made(past, "LedgerOpened", "handle", filed.data["ledger"]).audience}


def _of_allegation(act: Act, past: Past) -> set[str]:
    """Return who reads the ledger of an allegation, or was asked about it."""
    asked = [a for a in past if a.kind == "PartyNotified" and a.data["allegation"] == act.data["allegation"]]
    return {act.seat, CLOCK, *_of_ledger(act, past), *(a.data["to"] for a in asked)}


def _told_of_ledger(act: Act, past: Past) -> set[str]:
    """Return who reads the ledger that an act names."""
    return {seat for seat, _ in made(past, "LedgerOpened", "handle", act.data["ledger"]).audience}


def _know_allegation(past: Past, allegation: str) -> set[str]:
    asked = {a.data["to"] for a in past if a.kind == "PartyNotified" and a.data["allegation"] == allegation}
    return asked | {
        seat for a in past for seat, _ in a.audience
        if (a.kind == "AllegationFiled" and a.data["allegation"] == allegation)
        or (a.kind == "AllegationsImported" and allegation in a.data["allegations"])
    }  # fmt: skip


def _incident(act: Act, past: Past) -> set[str]:
    """Return who knows all allegations of an incident."""
    return set.intersection(*(_know_allegation(past, one) for one in act.data["allegations"]))


def _linked(act: Act, past: Past) -> set[str]:
    """Return who knows the incident and the allegation."""
    opened = made(past, "IncidentOpened", "incident", act.data["incident"])
    return {seat for seat, _ in opened.audience} & _know_allegation(past, act.data["allegation"])


def _bulletin(act: Act, past: Past) -> set[str]:
    """Return whom a bulletin was prepared for; who is not named in it reads only what is public."""
    prepared = made(past, "BulletinPrepared", "bulletin", act.data["bulletin"])
    if act.data["figures"]["id"] != prepared.data["figures"]["id"]:
        raise PolicyError(f"other figures are told than were frozen: {act}")
    to = set(prepared.data.get("to", ()))
    return {act.seat, *to} if to else {seat for seat, _ in act.audience}


def _party_notified(act: Act, past: Past) -> set[str]:
    shows_only(
        act, ("bare",), {"allegation", "to", "answer_by", "sort", "area", "day_from", "day_to", "alleged_violator"}
    )
    shows_only(act, ("all", "self", "clock"), {"allegation", "to", "answer_by"})
    return {*_of_allegation(act, past), act.data["to"]}


def _zone_proposed(act: Act, past: Past) -> set[str]:
    """Return who reads a zone: its parties and whoever was named; without names, all."""
    del past
    told = {seat for seat, _ in act.audience}
    if not {*act.data["parties"]} <= told:
        raise PolicyError(f"a party to it does not read it: {act}")
    return told


def _zone_approved(act: Act, past: Past) -> set[str]:
    """Return who knows the version that was approved, of which the actor is a party."""
    proposed = made(past, "ZoneProposed", "zone", act.data["zone"])
    if act.data["actor"] not in proposed.data["parties"]:
        raise PolicyError(f"approved by who is no party to it: {act}")
    return {seat for seat, _ in proposed.audience}


def _inquiry_closed(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in made(past, "InquiryOpened", "inquiry", act.data["inquiry"]).audience}


def _incident_reopened(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in made(past, "IncidentOpened", "incident", act.data["incident"]).audience}


def _measure_reported(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in made(past, "MeasureTaken", "measure", act.data["measure"]).audience}


OF_LEDGERS: Mapping[str, Callable[[Act, Past], set[str]]] = {
    "AccessRecorded": _told_of_ledger,
    "AllegationAnswered": _of_allegation,
    "AllegationFiled": _filed,
    "AllegationLinked": _linked,
    "AllegationMasked": _of_ledger,
    "AllegationScreened": _of_ledger,
    "AllegationUnlinked": _linked,
    "AllegationsImported": _rows_of_ledger,
    "AnswerMissing": _of_allegation,
    "BulletinCleared": _bulletin,
    "ExposureRecorded": _told_of_ledger,
    "FindingAdopted": _of_allegation,
    "IncidentOpened": _incident,
    "LedgerShared": _shared,
    "PartyNotified": _party_notified,
    "TargetClaimed": _of_allegation,
    "VerificationRecorded": _of_ledger,
    "FindingProposed": _of_ledger,
    "StepAgreed": _of_ledger,
    "InquiryOpened": _of_ledger,
    "InquiryClosed": _inquiry_closed,
    "IncidentReopened": _incident_reopened,
    "MeasureReported": _measure_reported,
    "ZoneApproved": _zone_approved,
    "ZoneProposed": _zone_proposed,
}
"""For each kind of act on ledgers, the seats that may be told of it, from the acts before."""
