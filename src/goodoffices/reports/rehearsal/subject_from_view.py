"""From one seat's view to the subject of a rehearsal: who negotiates, who could carry messages, what all want.

Only what this seat may see is used. Its compartments stay with the result.
"""

from __future__ import annotations

from goodoffices.rehearsal.batches.subject import Carrier, Subject
from goodoffices.reports.settlement.bargain_from_view import bargain_from
from goodoffices.talks.base.enums import Role, Stand
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.view import View

_CARRYING = (Role.INTERMEDIARY, Role.FACILITATOR, Role.MEDIATOR)


def subject_from(view: View, language: str = "en") -> Subject:
    """Return what is rehearsed, as one seat sees it, with names in a language.

    At the table are the parties assessed whose seat has the role *party*; all parties assessed if those are fewer than
    two. Seats that may carry messages are accepted by a party unless the party has said that it does not recognise the
    actor in a role.

    Raises
    ------
    ScenarioError
        If this seat sees no assessments.
    """
    assessed = bargain_from(view, language)
    slugs = assessed.slugs
    roles = {seat.actor: seat.roles for seat in view.known.seats.values() if not seat.closed}
    at_table = tuple(at for at, slug in enumerate(slugs) if Role.PARTY in roles.get(slug, ()))
    if len(at_table) < 2:
        at_table = tuple(range(len(slugs)))
    return Subject(
        title=view.known.header.title,
        bargain=assessed.bargain,
        beliefs=assessed.beliefs if assessed.in_doubt else None,
        slugs=slugs,
        at_table=at_table,
        carriers=tuple(_carrier(view, seat, slugs, language) for seat in view.known.seats.values() if _carries(seat)),
        notes=tuple(note for note in assessed.bargain.assumptions if note.startswith("Invented")),
        may_see=assessed.may_see,
    )


def _carries(seat: KnownSeat) -> bool:
    return not seat.closed and any(role in seat.roles for role in _CARRYING)


def _carrier(view: View, seat: KnownSeat, parties: tuple[str, ...], language: str) -> Carrier:
    accepted = frozenset(
        at for at, party in enumerate(parties) if party != seat.actor and _accepts(view, party, seat.actor)
    )
    own = parties.index(seat.actor) if seat.actor in parties else None
    return Carrier(name=view.name(seat.slug, language), slug=seat.slug, accepted_by=accepted, party=own)


def _accepts(view: View, party: str, actor: str) -> bool:
    """Return whether a party's last word on recognising an actor is not *no*; silence is taken as acceptance."""
    said = [
        r.recognition.stand for r in view.known.recognitions if (r.recognition.by, r.recognition.of) == (party, actor)
    ]
    return not said or said[-1] is not Stand.NO
