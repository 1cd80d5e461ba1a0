"""Explain what a seat did, from what it knew: the reason is worked out again and cites its own notices only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.kinds import Refused, intentions
from goodoffices.rehearsal.seats.players.reasons import BECAUSE, UNLESS
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.talks.state.view import View

_NOTICES = {"en": (" (notice {n})", " (notices {n})"), "ar": (" (الإشعار {n})", " (الإشعارات {n})")}
_SEATS = frozenset({"to", "via", "by"})


def explain(
    view: View,
    orders: Orders,
    at: datetime,
    draws: Draws,
    refused: Collection[Refused] = (),
    *,
    language: str = "en",
) -> str:
    """Return why a seat does what it does next, or an empty text if it does nothing. It takes what `intentions` takes.

    The first sentence says why, and names the notices of the seat's own view on which it rests. The second names the
    nearest condition under which it would have done something else.
    """
    meant = intentions(view, orders, at, draws, refused)
    if not meant or meant[0].due_at > at or meant[0].command is None:
        return ""
    return sentence(meant[0], Outlook(view=view, orders=orders, moment=at, draws=draws), language)


_ACTS: Mapping[str, str] = {
    "FileItem": "ItemFiled",
    "HandItem": "ItemHanded",
    "ClearItem": "ItemCleared",
    "NarrowClearance": "ClearanceNarrowed",
    "RelayItem": "ItemRelayed",
    "ShowWording": "WordingShown",
    "ApproveWording": "WordingApproved",
    "CorrectWording": "WordingCorrected",
    "ReadBack": "ReadBackGiven",
    "AnswerReadBack": "ReadBackAnswered",
    "TableText": "TextTabled",
    "WriteVersion": "VersionWritten",
    "ReleaseVersion": "VersionReleased",
    "Comment": "CommentMade",
    "MarkDivergence": "DivergenceMarked",
    "TakeStance": "StanceTaken",
    "ReadOut": "TextReadOut",
    "AskBlind": "BlindAsked",
    "AnswerBlind": "BlindAnswered",
    "OpenSession": "SessionOpened",
    "CloseSession": "SessionClosed",
    "MarkAttendance": "AttendanceMarked",
    "Intervene": "InterventionMade",
    "OpenLedger": "LedgerOpened",
    "FileAllegation": "AllegationFiled",
    "ConfirmAllegations": "AllegationsConfirmed",
    "AskService": "ServiceAsked",
    "AcceptService": "ServiceAccepted",
}
"""The act that comes of each command that automated seats give."""


def explain_act(view: View, orders: Orders, at: datetime, kind: str, *, language: str = "en", seed: int = 0) -> str:
    """Return why a seat did an act of some kind, from its view just before it; empty if nothing of it was meant then.

    The intention that was due is taken first, and else the next of that kind: the pacer may have brought it forward.
    """
    draws = draws_of(seed, orders.seat)
    meant = [one for one in intentions(view, orders, at, draws) if _ACTS.get(type(one.command).__name__) == kind]
    return sentence(meant[0], Outlook(view=view, orders=orders, moment=at, draws=draws), language) if meant else ""


def sentence(intention: Intention, outlook: Outlook, language: str = "en") -> str:
    """Return the reason of an intention as one or two sentences, in English or Arabic."""
    reason = intention.reason
    values = {name: _shown(name, value, outlook, language) for name, value in reason.values.items()}
    numbers = sorted({outlook.notices_of[thing] for thing in reason.things if thing in outlook.notices_of})
    single, plural = _NOTICES[language]
    cited = "" if not numbers else (single if len(numbers) == 1 else plural).format(n=", ".join(map(str, numbers)))
    because = BECAUSE[language].get(reason.name, "").format_map(_Default(values))
    unless = UNLESS[language].get(reason.unless, "").format_map(_Default(values))
    return " ".join(part for part in (f"{because}{cited}." if because else "", unless) if part)


class _Default(dict[str, str]):
    """The values of a sentence; one that is not given is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _shown(name: str, value: str, outlook: Outlook, language: str) -> str:
    if name == "issue" and value in {issue.slug for issue in outlook.lexicon.issues}:
        return outlook.lexicon.issue(value, language)
    if name in _SEATS:
        return (" and " if language == "en" else " و").join(
            outlook.view.name(s, language) for s in value.split(", ") if s
        )
    return value
