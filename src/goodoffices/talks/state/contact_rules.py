"""Find out who may speak to whom, from the formats.

The format between two seats is the first of these: the format of the pair in an open session with both of them; the
format of that session; the standing format of the pair; the format of the open round; the default of the talks. If they
are in two open sessions at once, the stricter format applies.
"""

from __future__ import annotations

from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.states import RoundState, SessionState
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownSession


def format_between(known: Knowledge, x: str, y: str) -> Format:
    """Return the format that applies between seats ``x`` and ``y`` now, as far as is known here."""
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
    """Return the latest format given for the pair, which may be named by seats or by actors."""
    wanted = ({x, known.actor_of(x)}, {y, known.actor_of(y)})
    found = None
    for pair in pairs:
        if (pair.first in wanted[0] and pair.second in wanted[1]) or (
            pair.first in wanted[1] and pair.second in wanted[0]
        ):
            found = pair.format
    return found


def may_contact(known: Knowledge, x: str, y: str) -> bool:
    """Return whether seats ``x`` and ``y`` may be in contact: both are open, and the talks do not bar the pair."""
    if x == y or any(seat not in known.seats or known.seats[seat].closed for seat in (x, y)):
        return False
    barred = {frozenset(pair) for pair in known.header.contact_barred}
    return frozenset((x, y)) not in barred
