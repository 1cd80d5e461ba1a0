"""Who may address whom: formats bind.

``format_between(x, y)``: a pair's override in an open session that holds both, else that session's format, else the
pair's standing format, else the open round's, else the talks' default. In two open sessions at once the strictest
wins.
"""

from __future__ import annotations

from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.states import RoundState, SessionState
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownSession


def format_between(known: Knowledge, x: str, y: str) -> Format:
    """Return the format that binds seats ``x`` and ``y`` now, as far as the knowing seat can tell."""
    holding = [s for s in known.sessions.values() if s.state == SessionState.OPEN and {x, y} <= set(s.participants)]
    if holding:
        return max((_in_session(known, s, x, y) for s in holding), key=lambda f: f.strictness)
    standing = _pair(known, known.pair_formats, x, y)
    if standing is not None:
        return standing
    opened = [
        r.round.format for r in known.rounds.values() if r.state == RoundState.OPEN and r.round.format is not None
    ]
    return max(opened, key=lambda f: f.strictness) if opened else known.header.default_format


def _in_session(known: Knowledge, session: KnownSession, x: str, y: str) -> Format:
    override = _pair(known, session.pairs, x, y)
    return session.format if override is None else override


def _pair(known: Knowledge, pairs: tuple[PairFormat, ...], x: str, y: str) -> Format | None:
    """Return the latest format given for the pair; pairs name seats or actors."""
    wanted = ({x, known.actor_of(x)}, {y, known.actor_of(y)})
    found = None
    for pair in pairs:
        if (pair.first in wanted[0] and pair.second in wanted[1]) or (
            pair.first in wanted[1] and pair.second in wanted[0]
        ):
            found = pair.format
    return found


def may_contact(known: Knowledge, x: str, y: str) -> bool:
    """Say whether seats ``x`` and ``y`` may be in contact: two open seats that the talks do not bar."""
    if x == y or any(seat not in known.seats or known.seats[seat].closed for seat in (x, y)):
        return False
    barred = {frozenset(pair) for pair in known.header.contact_barred}
    return frozenset((x, y)) not in barred
