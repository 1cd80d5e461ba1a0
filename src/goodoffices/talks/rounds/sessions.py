"""Commands on sessions: plan, open and close them, change their format, mark attendance, and speak in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.enums import Format, Mode, Role
from goodoffices.talks.base.states import Face, SessionState
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.contact_rules import format_between
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.talks.state.permissions import carries

MARKS = ("present", "left", "absent", "other-room")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSession(Command):
    """Plan a session: its format, the pairs with another format, its room and the seats that take part."""

    title: str
    format: Format
    participants: tuple[str, ...]
    round: str | None = None
    pairs: tuple[PairFormat, ...] = ()
    room: str = ""
    item: str = ""
    mode: Mode = Mode.ON_RECORD
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession(Command):
    """Open a planned session. Its format applies from now on."""

    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession(Command):
    """Close an open session. All who take part are told."""

    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFormat(Command):
    """Change the format of an open session from now on, for all seats or for one pair."""

    session: str
    format: Format
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAttendance(Command):
    """Mark a seat in a session as present, absent, gone, or in another room."""

    session: str
    who: str
    mark: Annotated[str, MARKS] = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervene(Command):
    """Speak in an open session, on record. In plenary and direct format all present hear it.

    In other formats only the intermediaries in the room hear it.
    """

    session: str
    words: Words


_SESSION = (
    "session",
    "title",
    "round",
    "format",
    "pairs",
    "participants",
    "room",
    "item",
    "mode",
    "starts_at",
    "ends_at",
    "chair",
    "claim",
    "known_from",
    "is_invented",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned(Content):
    """A session was planned."""

    FACES = {Face.SELF: _SESSION, Face.ALL: _SESSION}
    NEW = {"session": "s"}
    REFS = ("round",)

    session: Ref
    title: str
    format: Format
    participants: tuple[str, ...]
    round: Ref | None = None
    pairs: tuple[PairFormat, ...] = ()
    room: str = ""
    item: str = ""
    mode: Mode = Mode.ON_RECORD
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    chair: str | None = None
    claim: str | None = None
    known_from: datetime | date | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Content):
    """A session opened."""

    FACES = faces("session")
    REFS = ("session",)

    session: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Content):
    """A session closed."""

    FACES = faces("session")
    REFS = ("session",)

    session: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatChanged(Content):
    """The format of a session, or of one pair in it, changed from this act on."""

    FACES = faces("session", "format", "pair")
    REFS = ("session",)

    session: Ref
    format: Format
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMarked(Content):
    """A seat was marked as present, gone, absent or in another room."""

    FACES = faces("session", "who", "mark")
    REFS = ("session",)

    session: Ref
    who: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionMade(Content):
    """Somebody spoke in a session, on record."""

    FACES = faces("session", "words")
    REFS = ("session",)

    session: Ref
    words: Words


def _shuttle_pair(known: Knowledge, participants: tuple[str, ...]) -> tuple[str, str] | None:
    """Return two participants whose standing format is shuttle, if any. They cannot be in the same session."""
    for n, x in enumerate(participants):
        for y in participants[n + 1 :]:
            if not _may_sit(known, x, y) and format_between(known, x, y) is Format.SHUTTLE:
                return x, y
    return None


def _may_sit(known: Knowledge, x: str, y: str) -> bool:
    """Return whether one of the two is an intermediary, who may be in a session with anybody."""
    return carries(known.seats[x]) or carries(known.seats[y])


def plan_session(context: CommandContext, command: PlanSession) -> None:
    """Plan a session and tell its participants. Refused if two of them are in shuttle format."""
    participants = context.known_seats(command.participants)
    if not participants:
        raise context.refuse("bad_value", why="Nobody is named to take part. Name at least one seat.")
    for pair in command.pairs:
        context.known_seats((pair.first, pair.second))
        if pair.format is Format.SHUTTLE and {pair.first, pair.second} <= set(participants):
            raise context.refuse("format_forbids_session", a=pair.first, b=pair.second)
    apart = _shuttle_pair(context.known, participants)
    if apart is not None:
        raise context.refuse("format_forbids_session", a=apart[0], b=apart[1])
    planned = SessionPlanned(
        session=context.new(),
        title=command.title,
        round=None if command.round is None else context.find(command.round, context.known.rounds)[0],
        format=command.format,
        pairs=command.pairs,
        participants=participants,
        room=command.room,
        item=command.item,
        mode=command.mode,
        starts_at=command.starts_at,
    )
    context.tell(planned, participants)


def _chaired(context: CommandContext, handle: str, *, state: SessionState) -> tuple[Ref, KnownSession]:
    """Return a session in the state named. Refused unless the asking seat chairs it."""
    thing, session = context.find(handle, context.known.sessions)
    if session.chair != context.seat:
        raise context.refuse("self_only", case="chair", title=session.title, who=session.chair)
    if session.state != state:
        raise context.refuse("not_open" if state == SessionState.OPEN else "done", case="session", title=session.title)
    return thing, session


def _told(context: CommandContext, thing: Ref, session: KnownSession) -> tuple[str, ...]:
    """Return who takes part, and those of the secretariat that were told of the plan."""
    seats = context.known.seats
    keepers = [s for s in context.seen_by(thing) if s in seats and Role.SECRETARIAT in seats[s].roles]
    return tuple(dict.fromkeys((*session.participants, *keepers)))


def open_session(context: CommandContext, command: OpenSession) -> None:
    """Open a session and tell its participants. Refused unless the asking seat chairs it."""
    thing, session = _chaired(context, command.session, state=SessionState.PLANNED)
    apart = _shuttle_pair(context.known, session.participants)
    if apart is not None:
        raise context.refuse("format_forbids_session", a=apart[0], b=apart[1])
    context.tell(SessionOpened(session=thing), _told(context, thing, session))


def close_session(context: CommandContext, command: CloseSession) -> None:
    """Close a session and tell its participants. Refused unless the asking seat chairs it."""
    thing, session = _chaired(context, command.session, state=SessionState.OPEN)
    context.tell(SessionClosed(session=thing), _told(context, thing, session))


def change_format(context: CommandContext, command: ChangeFormat) -> None:
    """Change the format of a session and tell its participants. Shuttle is refused: it would end the session."""
    thing, session = _chaired(context, command.session, state=SessionState.OPEN)
    if command.pair and (len(set(command.pair)) != 2 or not set(command.pair) <= set(session.participants)):
        raise context.refuse(
            "bad_value", why="A format of its own needs a pair. Name two different participants of this session."
        )
    if command.format is Format.SHUTTLE:
        a, b = command.pair if command.pair else (session.participants * 2)[:2]
        raise context.refuse("format_forbids_session", a=a, b=b)
    context.tell(FormatChanged(session=thing, format=command.format, pair=command.pair), _told(context, thing, session))


def mark_attendance(context: CommandContext, command: MarkAttendance) -> None:
    """Mark the attendance of a participant, and tell all participants and the secretariat that knows of the session.

    Refused once the session is closed.
    """
    thing, session = context.find(command.session, context.known.sessions)
    if session.state == SessionState.CLOSED:
        raise context.refuse("closed", case="session", title=session.title, at=session.closed_at or "")
    if command.who not in session.participants:
        raise context.refuse("unknown", case="participant", who=command.who, title=session.title)
    if command.mark not in MARKS:
        raise context.refuse("bad_value", case="mark", known=", ".join(MARKS))
    marked = AttendanceMarked(session=thing, who=command.who, mark=command.mark)
    context.tell(marked, _told(context, thing, session))


def intervene(context: CommandContext, command: Intervene) -> None:
    """Record what the asking seat says in a session, and tell its hearers. Refused unless it is marked present."""
    thing, session = context.find(command.session, context.known.sessions)
    if session.state != SessionState.OPEN:
        raise context.refuse("not_open", case="session", title=session.title)
    if context.seat not in session.present():
        raise context.refuse("not_present")
    if not command.words.text.strip():
        raise context.refuse("bad_value", why="Nothing was written. Write what you say.")
    context.tell(InterventionMade(session=thing, words=command.words), hearers(context.known, session, context.seat))


def hearers(known: Knowledge, session: KnownSession, speaker: str) -> tuple[str, ...]:
    """Return the seats that hear ``speaker``: in plenary and direct format all present, else the intermediaries."""
    heard = []
    for seat in session.present():
        pair = session.format
        for override in session.pairs:
            if {override.first, override.second} == {speaker, seat}:
                pair = override.format
        if seat == speaker or pair in (Format.PLENARY, Format.DIRECT) or carries(known.seats[seat]):
            heard.append(seat)
    return tuple(heard)
