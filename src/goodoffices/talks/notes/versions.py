"""What one reader's minutes hold of a note: a choice of its lines, and how each says who spoke.

A copy follows from the lines that its reader may see, and from nothing else: lines are numbered after the choice, and
what was said where the reader was not, or *not for the record*, leaves no trace in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import NoteLevel, Role
from goodoffices.talks.base.states import Attribution
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import (
    KnownNote,
    KnownSession,
    MinutesCorrection,
    MinutesLine,
    MinutesTodo,
    SentCorrection,
)

FEWEST_SPEAKERS = 3
"""Of how many delegations a reader has to think before *one delegation* may be printed."""
TEAM_ROLES = frozenset({Role.SECRETARIAT, Role.MEDIATOR, Role.FACILITATOR})
"""The roles of the mediation team, which may read who said what."""
_NO_DELEGATION = TEAM_ROLES | {Role.ANALYST, Role.AUDITOR, Role.CONTROL, Role.EXPERT}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyText:
    """The lines of one reader's copy with all that stands beside them, and the notes that they come from."""

    notes: tuple[str, ...] = ()
    lines: tuple[MinutesLine, ...] = ()
    words: tuple[Body, ...] = ()
    corrections: tuple[MinutesCorrection, ...] = ()
    corrected: tuple[Body, ...] = ()
    todos: tuple[MinutesTodo, ...] = ()
    todo_words: tuple[Body, ...] = ()
    present: tuple[str, ...] = ()


def is_of_team(known: Knowledge, seat: str) -> bool:
    """Return whether a seat is of the mediation team and no party to the talks."""
    held = known.seats.get(seat)
    return held is not None and bool(TEAM_ROLES & set(held.roles)) and Role.PARTY not in held.roles


def copy_for(
    known: Knowledge,
    session: KnownSession,
    notes: Sequence[KnownNote],
    reader: str,
    *,
    is_team: bool = False,
    sent: Iterable[tuple[str, SentCorrection]] = (),
) -> CopyText:
    """Return what ``reader`` may have of a note.

    Parameters
    ----------
    known
        What the seat knows that wrote the note.
    session, notes
        The session and the lines of its note, in order.
    reader
        The seat that the copy is for.
    is_team
        Whether the reader is of the mediation team: then it has every line but those *not for the record*.
    sent
        Corrections that came in, each with the handle of the note that it is of.
    """
    chosen: list[tuple[KnownNote, MinutesLine]] = []
    for note in notes:
        line = line_for(known, session, note, reader, is_team=is_team)
        if line is not None:
            chosen.append((note, line))
    places = {note.handle: place for place, (note, _) in enumerate(chosen, start=1)}
    corrections = [(places[note], one) for note, one in sent if note in places]
    corrections.sort(key=lambda row: row[0])
    todos = [
        (note, row)
        for note, line in chosen
        if (row := _todo(session, note, line, reader, places[note.handle])) is not None
    ]
    heard = (
        [note.heard for note, _ in chosen] if is_team else [note.heard for note, _ in chosen if reader in note.heard]
    )
    in_room = {seat for seats in heard for seat in seats} | ({reader} if heard and not is_team else set())
    return CopyText(
        notes=tuple(note.handle for note, _ in chosen),
        lines=tuple(line for _, line in chosen),
        words=tuple(note.words for note, _ in chosen),
        corrections=tuple(
            _correction(place, chosen[place - 1][1], one, reader, is_team=is_team) for place, one in corrections
        ),
        corrected=tuple(one.words for _, one in corrections),
        todos=tuple(row for _, row in todos),
        todo_words=tuple(note.todo for note, _ in todos if note.todo is not None),
        present=tuple(seat for seat in session.participants if seat in in_room),
    )


def line_for(
    known: Knowledge, session: KnownSession, note: KnownNote, reader: str, *, is_team: bool
) -> MinutesLine | None:
    """Return how a line stands in a reader's minutes; ``None`` if it does not."""
    if note.level is NoteLevel.OFF_RECORD or (not is_team and reader not in note.heard):
        return None
    frame = MinutesLine(attribution=Attribution.POINT, room=note.room, is_decision=note.is_decision)
    if is_team:
        named = Attribution.POINT if note.speaker is None else Attribution.NAMED
        return _with(frame, named, note.speaker, note.level)
    if note.level is NoteLevel.NAMED:
        return frame if note.speaker is None else _with(frame, Attribution.NAMED, note.speaker, None)
    if note.speaker == reader:
        return _with(frame, Attribution.OWN, reader, note.level)
    if note.level is NoteLevel.DELEGATION:
        possible = _possible_speakers(known, session, note, reader)
        if note.speaker not in (None, *possible) or len(possible) < FEWEST_SPEAKERS:
            return None
        return _with(frame, Attribution.ONE_DELEGATION, None, None)
    return frame


def _with(line: MinutesLine, how: Attribution, speaker: str | None, level: NoteLevel | None) -> MinutesLine:
    return MinutesLine(attribution=how, speaker=speaker, level=level, room=line.room, is_decision=line.is_decision)


def _possible_speakers(known: Knowledge, session: KnownSession, note: KnownNote, reader: str) -> tuple[str, ...]:
    """Return the delegations of which a reader has to think: those in the room, without itself and who chairs."""
    return tuple(
        seat
        for seat in note.heard
        if seat not in (reader, session.chair)
        and seat in known.seats
        and not _NO_DELEGATION & set(known.seats[seat].roles)
    )


def _todo(session: KnownSession, note: KnownNote, line: MinutesLine, reader: str, place: int) -> MinutesTodo | None:
    """Return what a line leaves to be done, with the place of the line where that names its speaker anyhow.

    Beside a line without a speaker nothing is said of what somebody in the room is to do: it would name the speaker, or
    tell who the speaker is not.
    """
    if note.todo is None:
        return None
    if line.speaker is None and note.todo_who in note.heard and note.todo_who not in (reader, session.chair):
        return None
    return MinutesTodo(who=note.todo_who, by=note.todo_by, line=0 if line.speaker is None else place)


def _correction(
    place: int, line: MinutesLine, sent: SentCorrection, reader: str, *, is_team: bool
) -> MinutesCorrection:
    """Return a correction as the reader may know it: beside a line without a speaker neither who sent it nor when."""
    if is_team or sent.by == reader or line.attribution is Attribution.NAMED:
        return MinutesCorrection(line=place, by=sent.by, at=sent.at)
    return MinutesCorrection(line=place)
