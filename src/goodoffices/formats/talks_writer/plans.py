"""Rounds, sessions, the agenda and estimates about it, as a talks file writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from goodoffices.formats.talks_writer.people import Plain, named, stated
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Assessment, Estimate, Scale
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, PlannedDate, Round, Session
from goodoffices.talks.model.talks_file import TalksFile


def _rounds(talks: TalksFile) -> Plain:
    return {one.slug: _round(one) for one in talks.rounds}


def _round(one: Round) -> Plain:
    return stated(
        title=one.title, place=one.place, planned=tuple(map(_planned, one.planned)), opened=one.opened,
        closed=one.closed, sponsors=one.sponsors, host=one.host, format=one.format, opened_claim=one.opened_claim,
        closed_claim=one.closed_claim, known_from=one.known_from,
    )  # fmt: skip


def _planned(one: PlannedDate) -> Plain:
    precision = None if one.precision == "day" else one.precision
    return stated(
        start=one.start, end=one.end, precision=precision, announced_on=one.announced_on, by=one.by, claim=one.claim
    )


def _pair(one: PairFormat) -> Plain:
    return stated(first=one.first, second=one.second, format=one.format, claim=one.claim)


def _sessions(talks: TalksFile) -> Plain:
    return {one.slug: _session(one) for one in talks.sessions}


def _session(one: Session) -> Plain:
    return stated(
        title=one.title, round=one.round, format=one.format, participants=one.participants,
        pairs=tuple(map(_pair, one.pairs)), room=one.room, starts_at=one.starts_at, ends_at=one.ends_at,
        claim=one.claim, known_from=one.known_from, invented=one.is_invented,
    ) | ({} if one.known_to is None else {"known_to": list(one.known_to)})  # fmt: skip


def _pair_formats(talks: TalksFile) -> list[Any]:
    return [_pair(one) for one in talks.pair_formats]


def _invitations(talks: TalksFile) -> list[Any]:
    return [_invitation(one) for one in talks.invitations]


def _invitation(one: Invitation) -> Plain:
    return stated(
        round=one.round, to=one.to, by=one.by, role=one.role, level=one.level, reply_by=one.reply_by,
        answer=one.answer, claim=one.claim, answer_claim=one.answer_claim,
    )  # fmt: skip


def _delegations(talks: TalksFile) -> list[Any]:
    return [_delegation(one) for one in talks.delegations]


def _delegation(one: Delegation) -> Plain:
    parts = tuple(stated(actor=part.actor, basis=part.basis, claim=part.claim) for part in one.represents)
    return stated(
        round=one.round, seat=one.seat, represents=parts, head=one.head, members=one.members, level=one.level,
        head_claim=one.head_claim, members_claim=one.members_claim, claims=one.claims,
    )  # fmt: skip


def _agenda(talks: TalksFile) -> list[Any]:
    return [
        {"basket": basket.title, "issues": {issue.slug: _issue(issue) for issue in basket.issues}}
        for basket in talks.agenda
    ]


def _issue(issue: AgendaIssue) -> Plain:
    is_bare = not any(option.names for option in issue.options)
    by_slug = {option.slug: named(option.names) or None for option in issue.options}
    options: Any = list(by_slug) if is_bare else by_slug
    return {"question": named(issue.question), "options": options, **stated(invented=issue.is_invented)}


def _number(value: Fraction) -> str:
    """Return a fraction as a decimal number, exactly; the reader makes fractions of decimals only."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    digits = ""
    while rest and len(digits) < 50:
        digit, rest = divmod(rest * 10, value.denominator)
        digits += str(digit)
    return ("-" if value < 0 else "") + str(whole) + (f".{digits}" if digits else "")


def _estimate(value: Estimate | None) -> Any:
    if value is None:
        return None
    if value.low == value.high and value.mode is None:
        return _number(value.low)
    mode = None if value.mode is None else _number(value.mode)
    return {"low": _number(value.low), "high": _number(value.high), **stated(mode=mode)}


def _equals(group: tuple[str, ...]) -> Any:
    return group[0] if len(group) == 1 else list(group)


def _assessments(talks: TalksFile) -> list[Any]:
    return [_assessment(one) for one in talks.assessments]


def _assessment(one: Assessment) -> Plain:
    worth: Any = {option: _estimate(value) for option, value in one.worth} or [_equals(g) for g in one.ranking] or None
    return stated(
        party=one.party, issue=one.issue, worth=worth, point=_estimate(one.point), stands_at=one.stands_at,
        salience=_estimate(one.salience), capability=_estimate(one.capability),
        reservation_value=_estimate(one.reservation_value), red_lines=one.red_lines, confidence=one.confidence,
        sources=one.sources, claims=one.claims, compartment=one.compartment, invented=one.is_invented,
    )  # fmt: skip


def _scales(talks: TalksFile) -> list[Any]:
    return [_scale(one) for one in talks.scales]


def _scale(one: Scale) -> Plain:
    return stated(
        issue=one.issue, places={option: _number(place) for option, place in one.places}, low=_number(one.low),
        high=_number(one.high), status_quo=None if one.status_quo is None else _number(one.status_quo),
        order=[_equals(group) for group in one.order] or None, sources=one.sources, compartment=one.compartment,
        invented=one.is_invented,
    )  # fmt: skip


PLANS: Mapping[str, Callable[[TalksFile], Any]] = {
    "rounds": _rounds,
    "sessions": _sessions,
    "pair_formats": _pair_formats,
    "invitations": _invitations,
    "delegations": _delegations,
    "agenda": _agenda,
    "assessments": _assessments,
    "scales": _scales,
}
"""The sections on plans, each with what writes it."""
