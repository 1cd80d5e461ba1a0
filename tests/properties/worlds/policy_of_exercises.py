"""Who may be told of the acts of an exercise, and what every such list needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from goodoffices.talks.base.acts import CLOCK, Act
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import notice_fields

Past = Sequence[Act]


class PolicyError(AssertionError):
    """An act was told to a seat that must not be told of it."""


def made(past: Past, kind: str, field: str, thing: str) -> Act:
    return next(act for act in past if act.kind == kind and act.data.get(field) == thing)


def shows_only(act: Act, faces: Sequence[str], fields: set[str]) -> None:
    """Raise if one of these faces of an act shows more than these fields."""
    for face in faces:
        more = notice_fields(act, face, CONTENTS[act.kind]).keys() - fields
        if more:
            raise PolicyError(f"{face} shows {sorted(more)} of {act}")


def _chiefs(past: Past) -> set[str]:
    """Return the control seats: their role stands in the act that gave them their seat."""
    given = [act.data["seat"] for act in past if act.kind == "SeatGiven"]
    return {plan["slug"] for plan in given if "control" in plan["roles"]}


def _for_control(act: Act, past: Past) -> set[str]:
    return {act.seat, CLOCK} | _chiefs(past)


def _with_control(act: Act, past: Past) -> set[str]:
    """Allow a seat's own act, and control."""
    return {act.seat} | _chiefs(past)


def _for_one(act: Act, past: Past) -> set[str]:
    return {act.data["seat"]} | _chiefs(past)


def _offered(act: Act, past: Past) -> set[str]:
    return set(act.data["action"]["by"]) | _chiefs(past)


def _inject(act: Act, past: Past) -> set[str]:
    shows_only(act, ("receiver",), {"kind", "title", "words", "claims"})
    return {CLOCK, *act.data.get("to", ())} | _chiefs(past)


def _ruled(act: Act, past: Past) -> set[str]:
    shows_only(act, ("receiver",), {"action", "who", "outcome"})
    return {act.data["who"], *act.data.get("tells", ())} | _chiefs(past)


def _started(act: Act, past: Past) -> set[str]:
    players = {seat for seat, _ in act.audience} - _chiefs(past)
    shown = {face for seat, face in act.audience if seat in players - {CLOCK}}
    shows_only(act, tuple(shown), {"persons", "automated", "pace"})
    return {seat for seat, _ in act.audience}


def _answered(act: Act, past: Past) -> set[str]:
    asked = made(past, "RuleAsked", "question", act.data["question"])
    shows_only(act, ("all",), {"answer"})
    told = {seat for seat, face in act.audience if face != "all"} - {asked.seat} - _chiefs(past)
    if told:
        raise PolicyError(f"{sorted(told)} learn who asked: {act}")
    return {seat for seat, _ in act.audience}


def _reflected(act: Act, past: Past) -> set[str]:
    return {seat for seat, _ in act.audience} if act.data["is_shared"] else {act.seat} | _chiefs(past)


def _clock_alone(act: Act, past: Past) -> set[str]:
    del act, past
    return {CLOCK}


OF_EXERCISES: Mapping[str, Callable[[Act, Past], set[str]]] = {
    "ActionAsked": _with_control,
    "ActionOffered": _offered,
    "ActionRuled": _ruled,
    "BriefGiven": _for_one,
    "ExerciseStarted": _started,
    "InjectGiven": _inject,
    "InjectHeld": _for_control,
    "InjectPlanned": _for_control,
    "InjectTriggered": _for_control,
    "ReflectionMade": _reflected,
    "RowReached": _clock_alone,
    "RowScheduled": _clock_alone,
    "RuleAnswered": _answered,
    "RuleAsked": _with_control,
    "SeatSwapped": _for_one,
}
"""For each confidential act of an exercise, the seats that may be told of it, from the acts before."""
