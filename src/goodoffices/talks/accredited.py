"""Who takes part in the open round: who declined, was not invited or gave no reply cannot act as a party in it."""

from __future__ import annotations

from goodoffices.talks.decided import IN_THE_ROUND, standing
from goodoffices.talks.known import Known

__all__ = ["hindered"]


def hindered(known: Known, seat: str) -> str | None:
    """Return the code of the refusal that keeps ``seat`` from tabling, objecting or signing now, or ``None``.

    It is judged by the rounds that are open and the invitations that are known here. A round without any invitation
    hinders nobody, and one round in which the seat takes part is enough.
    """
    found = [_in_round(known, held.round.slug, seat) for held in known.rounds.values() if held.state == "open"]
    return None if not found or None in found else found[0]


def _in_round(known: Known, slug: str, seat: str) -> str | None:
    state = standing(known, slug, seat)
    if state in IN_THE_ROUND:
        return None
    if state is not None:
        return "not_accepted"
    invited = any(held.invitation.round == slug for held in known.invitations.values())
    return "not_invited" if invited else None
