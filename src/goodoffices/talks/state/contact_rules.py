"""Find out who may speak to whom, from the formats.

The format between two seats is the first of these: the format of the pair in an open session with both of them; the
format of that session; the standing format of the pair; the format of the open round; the default of the talks. If they
are in two open sessions at once, the stricter format applies.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.states import RoundState, SessionState
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownSession


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatBasis:
    """The format between two seats and what it rests on: a claim, or in words a session or round of this record.

    ``is_default`` says that nobody has said it: it is only the default of the talks file.
    """

    format: Format
    claim: str | None = None
    ground: str = ""
    is_default: bool = False


def format_between(known: Knowledge, x: str, y: str) -> Format:
    """Return the format that applies between seats ``x`` and ``y`` now, as far as is known here."""
    return format_basis(known, x, y).format


def format_basis(known: Knowledge, x: str, y: str) -> FormatBasis:
    """Return the format that applies between seats ``x`` and ``y`` now, and what it rests on."""
    holding = [s for s in known.sessions.values() if s.state == SessionState.OPEN and {x, y} <= set(s.participants)]
    if holding:
        return max((_in_session(known, s, x, y) for s in holding), key=lambda found: found.format.strictness)
    standing = _pair(known, known.pair_formats, x, y)
    if standing is not None:
        return FormatBasis(format=standing.format, claim=standing.claim, ground="the talks file, without a source")
    opened = [
        FormatBasis(format=r.round.format, ground=f"the open round {r.round.title}")
        for r in known.rounds.values()
        if r.state == RoundState.OPEN and r.round.format is not None
    ]
    if opened:
        return max(opened, key=lambda found: found.format.strictness)
    return FormatBasis(format=known.header.default_format, is_default=True)


def _in_session(known: Knowledge, session: KnownSession, x: str, y: str) -> FormatBasis:
    override = _pair(known, session.pairs, x, y)
    ground = f"the open session {session.title}"
    if override is None:
        return FormatBasis(format=session.format, claim=session.claim, ground=ground)
    return FormatBasis(format=override.format, claim=override.claim, ground=ground)


def _pair(known: Knowledge, pairs: tuple[PairFormat, ...], x: str, y: str) -> PairFormat | None:
    """Return the latest format given for the pair, which may be named by seats or by actors."""
    wanted = ({x, known.actor_of(x)}, {y, known.actor_of(y)})
    found = None
    for pair in pairs:
        if (pair.first in wanted[0] and pair.second in wanted[1]) or (
            pair.first in wanted[1] and pair.second in wanted[0]
        ):
            found = pair
    return found


def may_contact(known: Knowledge, x: str, y: str) -> bool:
    """Return whether seats ``x`` and ``y`` may be in contact: both are open, and the talks do not bar the pair."""
    if x == y or any(seat not in known.seats or known.seats[seat].closed for seat in (x, y)):
        return False
    barred = {frozenset(pair) for pair in known.header.contact_barred}
    return frozenset((x, y)) not in barred
