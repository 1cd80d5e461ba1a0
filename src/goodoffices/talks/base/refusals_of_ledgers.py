"""The sentences of refusals on ledgers, allegations and what becomes of them, by code and case."""

from __future__ import annotations

from collections.abc import Mapping

LEDGER_CASES: Mapping[str, str] = {
    "done/day": "This ledger has a report for {day} already. A day is reported once.",
    "done/allegation": "Allegation {handle} was withdrawn before. Nothing was changed.",
    "done/asked": "{to} was asked about allegation {handle} before. Wait for its answer.",
    "done/bulletin": "Bulletin {handle} was released before. To correct it, prepare another.",
    "done/linked": "Allegation {handle} is linked to incident {incident} already. Take it out of that one first.",
    "done/revised": "Allegation {handle} was withdrawn or replaced before. Correct the newer one.",
    "done/rows": "Some of these rows were filed before. Import the file again; only what is new is then filed.",
    "done/screened": "Allegation {handle} was screened with this result before. Nothing was changed.",
    "bad_value/shared_rows": "{n} allegations are too many to share at once; {most} can be. Choose fewer days.",
    "bad_value/shared_days": "These are too many days to share at once. Choose {most} days or fewer.",
    "not_yours/step": (
        "You cannot take this step on allegation {handle}: the mechanism of these talks gives it to another seat."
    ),
    "rule_not_met/committee": (
        "You cannot decide this on allegation {handle} yet: too few seats of the committee agree. Ask them first."
    ),
    "done/inquiry": "Inquiry {handle} was closed before. Open another one.",
    "no_place/zone": "Say where the zone lies: name areas or places, or describe it in words.",
    "done/zone": "Your side approved {handle} before. Nothing was changed.",
    "not_yours/zone": "You cannot approve {handle}: it does not need the approval of your side.",
    "done/mask": "Allegation {handle} has this mask already. Nothing was changed.",
    "not_yours/ledger": "You cannot report in ledger {handle}: only its keeper can. Open a ledger of your own.",
    "not_yours/asking": "You cannot ask about allegation {handle}: only its keeper and the secretariat can.",
    "not_yours/mask": (
        "You cannot make the mask of allegation {handle} finer: only the keeper of its ledger can. You can make it "
        "coarser."
    ),
    "not_yours/screening": "You cannot screen allegation {handle}: only its keeper and the secretariat can.",
    "not_yours/bulletin": "You cannot release bulletin {handle}: another seat prepared it.",
    "not_yours/finding": "You cannot do this with allegation {handle}: you do not read its ledger.",
    "not_yours/allegation": "You cannot withdraw allegation {handle}: another seat filed it. Ask that seat.",
    "protected/ledger": "Ledger {handle} is not open to all, and you do not keep it. Leave it out, or ask its keeper.",
    "protected/mask": (
        "Allegation {handle} is masked. Choose to show the kind, the area and the day only, or ask the keeper of its "
        "ledger to lower the mask."
    ),
    "protected/masked": (
        "Allegation {handle} is masked, and of these days {n} are. Share them with the masked face, or lower the masks "
        "first."
    ),
    "protected/stays": "Allegation {handle} may be told to nobody but its keeper. Leave it out.",
    "needs_reason/correction": "A correction says what it corrects. Give the reason.",
    "needs_reason/aside": "An allegation is set aside for a reason. The reasons are: {known}.",
    "needs_reason/undetermined": "This needs a reason why nothing could be determined. The reasons are: {known}.",
    "needs_reason/attribution": "Name who did it, or say why nobody is named.",
    "not_in_force/time": "By these terms the cease-fire was not in force then. Choose other terms, or another result.",
    "not_in_force/area": "These terms do not cover that area. Choose other terms, or another result.",
    "not_in_force/involved": "These terms do not cover those involved. Choose other terms, or another result.",
    "no_rule/kind": "No clause of these terms forbids this kind of act. Choose other terms, or another result.",
    "no_rule/clause": "That clause does not forbid this kind of act. Clauses that speak of it: {known}.",
    "needs_reason/unclear": (
        "These terms leave it unclear whether this was forbidden. Name in the grounds the claims that settle it, such "
        "as k12."
    ),
    "not_asked/allegation": "You cannot answer for allegation {handle}: you were not asked about it.",
}
