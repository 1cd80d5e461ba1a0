"""Take note: one line of what was said in a session, kept for the seat that takes it alone."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body, Content, Ref, Words
from goodoffices.talks.base.enums import Format, NoteLevel
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownNote, KnownSession
from goodoffices.talks.state.permissions import carries


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNote(Command):
    """Note a line of what was said in a session, for your own seat alone.

    ``level`` says how the line may be told on: *named*, as *delegation*, *not-for-attribution* or *not-for-the-record*.
    ``heard`` are the seats in the room, and ``room`` its name; a line that names none is of the room of the line before
    it. A line that ``replaces`` another stands in its place.
    """

    session: str
    words: Words
    speaker: str | None = None
    level: NoteLevel = NoteLevel.NAMED
    heard: tuple[str, ...] = ()
    room: str = ""
    is_decision: bool = False
    todo: Words | None = None
    todo_who: str | None = None
    todo_by: datetime | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken(Content):
    """A seat noted a line of what was said in a session. Nobody else is told."""

    FACES = {
        Face.SELF: (
            "note", "session", "words", "speaker", "level", "heard", "room", "is_decision", "todo", "todo_who",
            "todo_by", "replaces",
        )
    }  # fmt: skip
    NEW = {"note": "nt"}
    REFS = ("session", "replaces")

    note: Ref
    session: Ref
    words: Words
    speaker: str | None = None
    level: NoteLevel = NoteLevel.NAMED
    heard: tuple[str, ...] = ()
    room: str = ""
    is_decision: bool = False
    todo: Words | Body | None = None
    todo_who: str | None = None
    todo_by: datetime | None = None
    replaces: Ref | None = None


def take_note(context: CommandContext, command: TakeNote) -> None:
    """Keep a line for the asking seat. Refused unless the seat knows of the session, and for a line without words."""
    thing, session = context.find(command.session, context.known.sessions)
    if not command.words.text.strip():
        raise context.refuse("bad_value", why="The line has no words. Write what was said.")
    if command.speaker is not None:
        context.known_seats([command.speaker])
    if command.todo_who is not None:
        context.known_seats([command.todo_who])
    if (command.todo_who is not None or command.todo_by is not None) and command.todo is None:
        raise context.refuse("bad_value", why="The follow-up does not say what is to be done. Write it.")
    replaced = None
    earlier = None
    if command.replaces is not None:
        replaced, earlier = context.find(command.replaces, context.known.notes)
        if earlier.replaced is not None:
            raise context.refuse("bad_value", why="This line was corrected before. Correct the line in its place.")
    room, heard = _room(context, command, session, earlier)
    context.tell(
        NoteTaken(
            note=context.new(),
            session=thing,
            words=command.words,
            speaker=command.speaker,
            level=command.level,
            heard=heard,
            room=room,
            is_decision=command.is_decision,
            todo=command.todo,
            todo_who=command.todo_who,
            todo_by=command.todo_by,
            replaces=replaced,
        ),
        (),
    )


def _room(
    context: CommandContext, command: TakeNote, session: KnownSession, earlier: KnownNote | None
) -> tuple[str, tuple[str, ...]]:
    """Return the room of a line and who was in it: as named, as of the line corrected or before, or by the format."""
    if command.heard:
        return command.room, context.known_seats(command.heard)
    before = earlier or next(
        (note for note in reversed(list(context.known.notes.values())) if note.session == session.handle), None
    )
    if before is not None and (before.room or earlier is not None) and command.room in ("", before.room):
        return before.room, before.heard
    return command.room, in_earshot(context.known, session, command.speaker)


def in_earshot(known: Knowledge, session: KnownSession, speaker: str | None) -> tuple[str, ...]:
    """Return the seats that hear ``speaker`` in a session: all in plenary and direct format, else who carries messages.

    Of a session in which nobody is marked present, all who take part count as present. Who chairs hears everything.
    """
    heard = []
    for seat in session.present() or session.participants:
        if seat not in known.seats:
            continue
        format_ = session.format
        for pair in session.pairs:
            if {pair.first, pair.second} == {speaker, seat}:
                format_ = pair.format
        if seat in (speaker, session.chair) or format_ in (Format.PLENARY, Format.DIRECT) or carries(known.seats[seat]):
            heard.append(seat)
    return tuple(heard)


def notes_of(known: Knowledge, session: str) -> tuple[KnownNote, ...]:
    """Return the lines of a session's note, each corrected line in the place of the first that it goes back to."""
    held = {note.handle: note for note in known.notes.values() if note.session == session}
    found = []
    for note in held.values():
        if note.replaces is None:
            latest = note
            while latest.replaced is not None and latest.replaced in held:
                latest = held[latest.replaced]
            found.append(latest)
    return tuple(found)
