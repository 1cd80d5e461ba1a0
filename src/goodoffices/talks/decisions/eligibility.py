"""Find out who may answer a question, who has answered, and the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.states import InvitationState, QuestionState, RoundState
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_decisions import KnownQuestion
from goodoffices.talks.voting.counting import Answer, Answers
from goodoffices.talks.voting.explanations import Outcome
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rules import ChairsSense, SilenceProcedure

_NEVER_ASKED = {Role.HOST, Role.OBSERVER, Role.ACCOMPANYING}
IN_THE_ROUND = (InvitationState.ACCEPTED, InvitationState.CONDITIONAL)


_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)


def may_be_asked(roles: Iterable[Role]) -> bool:
    """Return whether a seat with these roles can be asked to decide: a party that is not a host or an observer."""
    held = set(roles)
    return Role.PARTY in held and not _NEVER_ASKED & held


def parties_of(talks: TalksFile) -> tuple[str, ...]:
    """Return the actors whose seats can be asked to decide, in the order of the talks file."""
    return tuple(dict.fromkeys(seat.actor for seat in talks.seats if may_be_asked(seat.roles)))


def standing(known: Knowledge, round_slug: str, seat: str) -> str | None:
    """Return the state of the latest invitation of ``seat`` to a round, or ``None`` if none is known.

    A delegation that was not invited by its own name comes in for those that it represents: it takes part if one of
    them accepted.
    """
    answers = [(i.invitation.to, i.state) for i in known.invitations.values() if i.invitation.round == round_slug]
    states = [state for to, state in answers if to == seat]
    if states:
        return states[-1]
    represented = _represented(known, round_slug, seat)
    states = [state for to, state in answers if to in represented]
    return next((state for state in states if state in IN_THE_ROUND), states[-1] if states else None)


def _represented(known: Knowledge, round_slug: str, seat: str) -> set[str]:
    """Return the actors that the delegation of a seat represents in a round, as far as is known."""
    named = (held.delegation for held in known.delegations.values())
    return {
        one.actor
        for delegation in named
        if (delegation.round, delegation.seat) == (round_slug, seat)
        for one in delegation.represents
    }


def eligible_now(known: Knowledge, held: KnownQuestion) -> tuple[tuple[str, str], ...]:
    """Return the eligible without those that are known to have left the round or the talks."""
    return tuple((seat, actor) for seat, actor in held.parties if not _has_left(known, held, seat))


def _has_left(known: Knowledge, held: KnownQuestion, seat: str) -> bool:
    found = known.seats.get(seat)
    if found is not None and found.closed:
        return True
    state = None if held.round is None else standing(known, held.round, seat)
    return state is not None and state not in IN_THE_ROUND


def answers_of(
    held: KnownQuestion, *, parties: tuple[tuple[str, str], ...], unheard: tuple[str, ...], at: datetime
) -> Answers:
    """Return the eligible and the known answers, in the form that a rule is applied to.

    Parameters
    ----------
    held
        The question.
    parties
        The eligible at that moment, as (seat, actor).
    unheard
        Seats that had not received the text in time.
    at
        The moment at which the outcome is worked out.
    """
    actor = dict(held.parties)
    ends = _turning_point(held)
    # A notice shows time only to the minute. Whether an answer was in time was decided exactly and is stored with it.
    given = tuple(
        Answer(who=actor[a.seat], says=a.says, at=ends if a.late else ends - timedelta(microseconds=1))
        for a in held.answers
        if a.seat in actor
    )
    heard = tuple((name, _EARLIEST) for seat, name in parties if seat not in unheard)
    sense = held.rule if isinstance(held.rule, ChairsSense) and held.state != QuestionState.OPEN else None
    return Answers(
        eligible=tuple(name for _, name in parties),
        given=given,
        received=heard,
        present=tuple(actor[seat] for seat in held.present) if held.present else None,
        at=at,
        declared_at=None if sense is None else ends - timedelta(minutes=sense.contest_minutes),
    )


def _turning_point(held: KnownQuestion) -> datetime:
    """Return the instant before which an answer must have come."""
    if isinstance(held.rule, SilenceProcedure):
        return held.rule.until
    if held.stands_until is not None:
        return held.stands_until
    return datetime.max.replace(tzinfo=UTC)


def outcome_of(held: KnownQuestion) -> Outcome | None:
    """Return the outcome with its explanation, from what this seat has been told.

    ``None`` before the outcome is declared, and also if this seat was shown only the verdict.
    """
    if held.state != QuestionState.DECLARED or held.is_bare:
        return None
    at = datetime.max.replace(tzinfo=UTC)
    return outcome(held.rule, answers_of(held, parties=held.parties, unheard=held.unheard, at=at))


def ratified(known: Knowledge, version: str) -> dict[str, bool | None]:
    """Return for each actor that named a ratifier whether a version is ratified: yes, no, or ``None`` for not yet.

    If an actor named several ratifiers, all must say yes. A single no means no.
    """
    said = {r.ratifier: r.ratified for r in known.ratifications if r.version == version}
    found: dict[str, bool | None] = {}
    for by, ratifier, _ in known.ratifiers:
        actor, answer = known.actor_of(by), said.get(ratifier)
        earlier = found.get(actor, True)
        found[actor] = False if answer is False or earlier is False else (answer and earlier)
    return found


def hindered(known: Knowledge, seat: str) -> str | None:
    """Return the code of the refusal that keeps ``seat`` from tabling, objecting or signing now, or ``None``.

    It depends on the open rounds and the invitations that are known. A round without invitations keeps nobody out. It
    is enough to take part in one of the open rounds.
    """
    found = [_in_round(known, held.round.slug, seat) for held in known.rounds.values() if held.state == RoundState.OPEN]
    return None if not found or None in found else found[0]


def _in_round(known: Knowledge, slug: str, seat: str) -> str | None:
    state = standing(known, slug, seat)
    if state in IN_THE_ROUND:
        return None
    if state is not None:
        return "not_accepted"
    invited = any(held.invitation.round == slug for held in known.invitations.values())
    return "not_invited" if invited else None
