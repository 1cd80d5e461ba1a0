"""Boards: words for those present in an open session, in the memory of this process and nowhere else.

No act, no file, no log. They are gone when the session closes or the server ends; the record says at most that a
session was held. It does not bypass ``view_for``: nothing of a record is on a board.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass

MOST = 50
"""So many words stand on one board; the oldest fall off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScratchNote:
    """What somebody wrote on a board."""

    seat: str
    text: str
    language: str

    def __repr__(self) -> str:
        return f"Chalk({self.seat!r})"


class Boards:
    """The boards of the open sessions of one server."""

    def __init__(self) -> None:
        self._by_session: dict[str, tuple[ScratchNote, ...]] = {}

    def read(self, session: str) -> tuple[ScratchNote, ...]:
        """Return what stands on the board of a session."""
        return self._by_session.get(session, ())

    def write(self, session: str, note: ScratchNote) -> None:
        """Write on the board of a session."""
        self._by_session[session] = (*self.read(session), note)[-MOST:]

    def wipe(self, still_open: frozenset[str]) -> None:
        """Wipe the boards of sessions that have closed."""
        self._by_session = {session: words for session, words in self._by_session.items() if session in still_open}
