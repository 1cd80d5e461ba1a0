"""Who may be told of what, written down apart from the code that decides: the audience of every confidential act.

Non-interference takes audiences as they are written; this says which audiences may be written at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from goodoffices.talks.base.acts import CLOCK, Act
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.state.known_decisions import AnswerVisibility
from properties.worlds.policy_of_exercises import OF_EXERCISES, Past, PolicyError, made, shows_only
from properties.worlds.policy_of_ledgers import OF_LEDGERS


def _holders(past: Past, item: str) -> set[str]:
    return {act.data["to"] for act in past if act.kind == "ItemHanded" and act.data["item"] == item}


def _alone(act: Act, past: Past) -> set[str]:
    del past
    return {act.seat, CLOCK}


def _handed(act: Act, past: Past) -> set[str]:
    del past
    return {act.seat, act.data["to"], CLOCK}


def _to_holders(act: Act, past: Past) -> set[str]:
    return {act.seat, CLOCK} | _holders(past, act.data["item"])


def _narrowed(act: Act, past: Past) -> set[str]:
    item = made(past, "ItemCleared", "clearance", act.data["clearance"]).data["item"]
    return {act.seat} | _holders(past, item)


def _relayed(act: Act, past: Past) -> set[str]:
    originator = made(past, "ItemFiled", "item", act.data["item"]).seat
    return {act.seat, act.data["to"], originator, CLOCK}


def _untold(act: Act, past: Past) -> set[str]:
    telling = made(past, "ItemRelayed", "told", act.data["told"])
    # A teller may take back what was its own; of somebody else's item behind an own idea there must be no trace.
    if telling.data["shown_form"] == "own-idea" and telling.seat != act.seat:
        raise PolicyError(f"who took it for an own idea is told of a withdrawal: {act}")
    return {act.seat, telling.data["to"]}


def _wording(act: Act, past: Past) -> set[str]:
    return {act.seat, made(past, "ItemFiled", "item", act.data["item"]).seat}


def _of_wording(act: Act, past: Past) -> set[str]:
    return {act.seat, made(past, "WordingShown", "wording", act.data["wording"]).seat}


def _read_back(act: Act, past: Past) -> set[str]:
    telling = next(a for a in past if a.kind in ("ItemRelayed", "ItemFiled") and str(a.seq) == act.data["told"])
    return {act.seat, telling.seat}


def _deposited(act: Act, past: Past) -> set[str]:
    opened = made(past, "DepositOpened", "deposit", act.data["deposit"])
    return {act.seat, CLOCK} | ({opened.data["neutral"]} if opened.data["reads"] else set())


def _blind(act: Act, past: Past) -> set[str]:
    asked = made(past, "BlindAsked", "blind", act.data["blind"])
    return {act.seat, CLOCK} | ({asked.seat} if asked.data["reads"] else set())


def _matched(act: Act, past: Past) -> set[str]:
    opened = made(past, "ListMatchOpened", "match", act.data["match"])
    sides = {seat for seat, _ in act.audience} & set(opened.data["sides"])
    if len(sides) > 1:
        raise PolicyError(f"two sides are told of one side's rows: {act}")
    return {*sides, CLOCK}


def _question(past: Past, act: Act) -> Act:
    return made(past, "QuestionPut", "put", act.data["put"])


def _eligible(put: Act) -> set[str]:
    return {seat for seat, _ in put.data["parties"]}


def _question_put(act: Act, past: Past) -> set[str]:
    del past
    shows_only(act, ("all",), set(act.data) - {"observers", "on_paper"})
    return {act.seat, CLOCK} | _eligible(act) | set(act.data.get("observers", ()))


def _question_answered(act: Act, past: Past) -> set[str]:
    put = _question(past, act)
    shows_only(act, ("all",), {"put", "who", "says", "late"})
    is_open = put.data["shown"] == AnswerVisibility.AS_THEY_COME
    return {act.seat, act.data["who"], put.seat, CLOCK} | (_eligible(put) if is_open else set())


def _outcome(act: Act, past: Past) -> set[str]:
    """Check when an outcome is declared, from which answers, and that a closed question shows its verdict alone."""
    put = _question(past, act)
    sensed = [a.data["until"] for a in past if a.kind == "SenseDeclared" and a.data["put"] == act.data["put"]]
    if act.seat == CLOCK and instant_text(act.at) not in (put.data.get("closes_at"), *sensed):
        raise PolicyError(f"the clock speaks before its time: {act}")
    said = [a for a in past if a.kind == "QuestionAnswered" and a.data["put"] == act.data["put"]]
    known = {(a.data["who"], a.data["says"]) for a in said}
    given = [tuple(pair) for pair in act.data.get("answers", ())]
    named = {seat for seat, _ in act.data.get("parties", ())} | set(act.data.get("unheard", ()))
    if given != sorted(given) or not set(given) <= known or not named <= _eligible(put):
        raise PolicyError(f"an outcome names what nobody said, or in the order in which it was said: {act}")
    if put.data["shown"] == AnswerVisibility.NEVER:
        faces = [face for seat, face in act.audience if seat not in (put.seat, CLOCK)]
        shows_only(act, faces, {"put", "verdict"})
    return {seat for seat, _ in put.audience}


def _put_to(act: Act, past: Past) -> set[str]:
    del past
    return {act.seat} | set(act.data.get("to", ()))


def _of_version(act: Act, past: Past) -> set[str]:
    return {act.seat, CLOCK} | _copies(past, act.data["version"])


def _of_force(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in made(past, "ForcePlanned", "force", act.data["force"]).audience}


def _of_package(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in made(past, "PackagePut", "package", act.data["package"]).audience}


def _pen(past: Past, text: str) -> str:
    passed = [act.data["to"] for act in past if act.kind == "PenPassed" and act.data["text"] == text]
    return passed[-1] if passed else made(past, "TextTabled", "text", text).seat


def _text_of(past: Past, version: str) -> str:
    return str(made(past, "VersionWritten", "version", version).data["text"])


def _copies(past: Past, version: str) -> set[str]:
    """Return who wrote a version or had it released."""
    writer = made(past, "VersionWritten", "version", version).seat
    given = [act.data["to"] for act in past if act.kind == "VersionReleased" and act.data["version"] == version]
    return {writer, *(seat for to in given for seat in to)}


def _release(act: Act, past: Past) -> set[str]:
    if act.seat != _pen(past, act.data["text"]):
        raise PolicyError(f"released by a seat without the pen: {act}")
    return {act.seat, *act.data["to"]}


def _commented(act: Act, past: Past) -> set[str]:
    return {act.seat, _pen(past, _text_of(past, act.data["version"])), *act.data.get("to", ())}


def _proposer_of(past: Past, variant: str) -> set[str]:
    """Return who proposed a variant: under an open pen, or in a comment that the pen took up."""
    tabled = {act.seat for act in past if act.kind == "VariantProposed" and act.data["variant"] == variant}
    for act in past:
        if act.kind == "VersionWritten" and variant in act.data.get("variants", ()):
            place = act.data["variants"].index(variant)
            taken = zip(act.data.get("taken", ()), act.data.get("taken_at", ()), strict=True)
            said = [made(past, "CommentMade", "comment", comment) for comment, at in taken if at == place]
            tabled |= {comment.seat for comment in said}
    return tabled


def _to_proposer(act: Act, past: Past) -> set[str]:
    return {act.seat} | _proposer_of(past, act.data["variant"])


def _proposer_named(act: Act, past: Past) -> set[str]:
    passed = past[-1].data.get("to") if past[-1].kind == "PenPassed" else None
    shown: set[str] = {str(passed)} if passed else set()
    for earlier in past:
        if earlier.kind in ("CommentMade", "VariantProposed") and earlier.seat == act.data["proposer"]:
            shown |= set(earlier.data.get("show", ()))
    named = {seat for seat, face in act.audience if face != "self"}
    # A pen passed on takes with it who stands behind the variants; otherwise only whom the proposer named.
    after_passing = any(a.kind == "PenPassed" and a.at == act.at for a in past[-40:])
    return {act.seat} | (named if "*" in shown or after_passing else shown)


def _stance(act: Act, past: Past) -> set[str]:
    return {act.seat, *(act.data.get("to") or _copies(past, act.data["version"]))}


def _read(act: Act, past: Past) -> set[str]:
    if act.data["public"]:
        return {seat for seat, _ in act.audience}
    planned = made(past, "SessionPlanned", "session", act.data["session"])
    return {act.seat, *planned.data["participants"]}


def _with_secretariats(act: Act, past: Past) -> set[str]:
    """A key and a sealed file are known to their seat and to the secretariats, which make the files."""
    given = [a.data["seat"] for a in past if a.kind == "SeatGiven"]
    return {act.seat, act.data["seat"]} | {seat["slug"] for seat in given if "secretariat" in seat.get("roles", ())}


def _key_registered(act: Act, past: Past) -> set[str]:
    if act.data["seat"] != act.seat:
        raise PolicyError(f"a key that a seat calls its own is another's: {act}")
    return _with_secretariats(act, past)


def _service_asked(act: Act, past: Past) -> set[str]:
    del past
    shows_only(act, ("all",), set())
    return {act.seat, *act.data["to"]}


def _pen_asked(act: Act, past: Past) -> set[str]:
    return {act.seat, _pen(past, act.data["text"])}


def _minutes_circulated(act: Act, past: Past) -> set[str]:
    """Check that a reader who is not of the team gets only lines that it heard, and no speaker whom it may not know."""
    reader = act.data["reader"]
    notes = [made(past, "NoteTaken", "note", note) for note in act.data.get("notes", ())]
    for note, line in zip(notes, act.data.get("lines", ()), strict=True):
        level, speaker = note.data["level"], note.data.get("speaker")
        is_hidden = level != "named" and speaker != reader
        if level == "not-for-the-record" or note.seat != act.seat:
            raise PolicyError(f"what is not for the record stands in minutes: {act}")
        if not act.data["is_team"] and (reader not in note.data["heard"] or (is_hidden and line.get("speaker"))):
            raise PolicyError(f"minutes tell what their reader did not hear, or who said it: {act}")
    shows_only(act, ("all",), set(act.data) - {"minutes", "notes"})
    return {act.seat, reader}


def _of_copy(act: Act, past: Past) -> set[str]:
    copy = made(past, "MinutesCirculated", "copy", act.data["copy"])
    return {copy.seat, copy.data["reader"]}


ALLOWED: Mapping[str, Callable[[Act, Past], set[str]]] = {
    **OF_EXERCISES,
    **OF_LEDGERS,
    "BulletinPrepared": _alone,
    "BlindAnswered": _blind,
    "ForecastMade": _alone,
    "MomentNoted": _alone,
    "ClearanceNarrowed": _narrowed,
    "CommentMade": _commented,
    "CommentSettled": _alone,
    "Deposited": _deposited,
    "ItemCleared": _to_holders,
    "ItemFiled": _alone,
    "ItemHanded": _handed,
    "ItemRelayed": _relayed,
    "ItemWithdrawn": _to_holders,
    "ListSubmitted": _alone,
    "MandateSet": _alone,
    "MatchReported": _matched,
    "MinutesAnswered": _of_copy,
    "MinutesApproved": _of_copy,
    "MinutesCirculated": _minutes_circulated,
    "MinutesCorrected": _of_copy,
    "MinutesMade": _alone,
    "NoteTaken": _alone,
    "OutcomeDeclared": _outcome,
    "EnteredIntoForce": _of_force,
    "ForcePlanned": _of_version,
    "PackageClosed": _of_package,
    "PackagePut": _put_to,
    "PackageReopened": _of_package,
    "QuestionAnswered": _question_answered,
    "RatificationRecorded": _of_version,
    "QuestionPut": _question_put,
    "ReadBackGiven": _read_back,
    "PenAsked": _pen_asked,
    "ProposerShown": _proposer_named,
    "ReceiptIssued": _alone,
    "FileSealed": _with_secretariats,
    "KeyRegistered": _key_registered,
    "KeyVouched": _with_secretariats,
    "SealedAnswered": _alone,
    "ServiceAsked": _service_asked,
    "StanceTaken": _stance,
    "TellingWithdrawn": _untold,
    "TextReadOut": _read,
    "TextTabled": _alone,
    "VariantLeftOut": _to_proposer,
    "VariantTaken": _to_proposer,
    "VersionReleased": _release,
    "VersionWritten": _alone,
    "ViewExported": _alone,
    "WordingApproved": _of_wording,
    "WordingCorrected": _of_wording,
    "WordingShown": _wording,
}
"""For each confidential kind of act, the seats that may be told of it, from the acts before."""


def check_audiences(acts: Sequence[Act]) -> None:
    """Raise ``PolicyError`` if an act was told to a seat that must not be told of it."""
    for number, act in enumerate(acts):
        if act.kind in ALLOWED:
            strangers = {seat for seat, _ in act.audience} - ALLOWED[act.kind](act, acts[:number])
            if strangers:
                raise PolicyError(f"{sorted(strangers)} told of {act}")
