"""Minutes: circulated to each reader in its own version, corrected by those who were present, approved under a rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body, Content, Ref, Words, faces
from goodoffices.talks.base.enums import Format, MinutesRule, NoteLevel, Role
from goodoffices.talks.base.states import Face, MinutesState
from goodoffices.talks.notes.lines import notes_of
from goodoffices.talks.notes.versions import CopyText, copy_for, is_of_team
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_meetings import (
    KnownCopy,
    KnownMinutes,
    KnownNote,
    KnownSession,
    MinutesCorrection,
    MinutesLine,
    MinutesTodo,
    SentCorrection,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CirculateMinutes(Command):
    """Send the minutes of a session that you noted: each reader gets a version of its own, of what it may know.

    ``to`` are delegations, by default all who were present; ``team`` are seats of the mediation team, who read who said
    what. Given again after corrections came in, each whose version has changed gets it anew.
    """

    session: str
    until: datetime
    to: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    rule: MinutesRule = MinutesRule.NO_OBJECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMinutes(Command):
    """Correct a line of minutes that were sent to you. Your words stand beside the line; the line stays as it was."""

    copy: str
    line: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMinutes(Command):
    """Say that you have no objection to minutes that were sent to you, or that you object and why."""

    copy: str
    agrees: bool
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMinutes(Command):
    """Approve minutes that you circulated, under the rule that you named: all who have a copy are told."""

    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesMade(Content):
    """A seat began the minutes of a session. Nobody else is told."""

    FACES = {Face.SELF: ("minutes", "session", "until", "rule", "team")}
    NEW = {"minutes": "mi"}
    REFS = ("session",)

    minutes: Ref
    session: Ref
    until: datetime
    rule: MinutesRule
    team: tuple[str, ...] = ()


_COPY = (
    "copy", "reader", "session", "title", "chair", "began_at", "ended_at", "until", "rule", "lines", "words",
    "corrections", "corrected", "todos", "todo_words", "present", "is_team", "may_correct", "replaces", "is_again",
    "format", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesCirculated(Content):
    """A reader got its version of the minutes of a session."""

    FACES = {Face.SELF: (*_COPY, "minutes", "notes"), Face.ALL: _COPY}
    NEW = {"copy": "mc"}
    REFS = ("minutes", "session", "notes", "replaces")

    copy: Ref
    reader: str
    minutes: Ref
    session: Ref
    title: str
    chair: str
    until: datetime
    rule: MinutesRule
    began_at: datetime | None = None
    ended_at: datetime | None = None
    notes: tuple[Ref, ...] = ()
    lines: tuple[MinutesLine, ...] = ()
    words: tuple[Body, ...] = ()
    corrections: tuple[MinutesCorrection, ...] = ()
    corrected: tuple[Body, ...] = ()
    todos: tuple[MinutesTodo, ...] = ()
    todo_words: tuple[Body, ...] = ()
    present: tuple[str, ...] = ()
    is_team: bool = False
    may_correct: bool = False
    replaces: Ref | None = None
    is_again: bool = False
    format: Format | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesCorrected(Content):
    """A reader corrected a line of its minutes; who wrote them is told."""

    FACES = faces("copy", "line", "words", "is_late")
    REFS = ("copy",)

    copy: Ref
    line: int
    words: Words
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAnswered(Content):
    """A reader said whether it objects to its minutes; who wrote them is told."""

    FACES = faces("copy", "agrees", "words")
    REFS = ("copy",)

    copy: Ref
    agrees: bool
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesApproved(Content):
    """The minutes of a session were approved; each reader is told of its copy."""

    FACES = {Face.SELF: ("minutes", "copy"), Face.ALL: ("copy",)}
    REFS = ("minutes", "copy")

    minutes: Ref
    copy: Ref


def circulate_minutes(context: CommandContext, command: CirculateMinutes) -> None:
    """Send each reader its version. Refused without a note, and to seats that were not in the session."""
    session_id, session = context.find(command.session, context.known.sessions)
    notes = notes_of(context.known, session.handle)
    whole = _begun(context, session)
    _check(context, command, session, notes, whole)
    if whole is None:
        master, team, earlier = context.new(), context.known_seats(command.team), {}
        made = MinutesMade(minutes=master, session=session_id, until=command.until, rule=command.rule, team=team)
        context.tell(made, ())
    else:
        master, team = context.id_of(whole.handle), whole.team
        earlier = {context.known.copies[handle].reader: context.known.copies[handle] for handle in whole.copies}
    sent = tuple(corrections_of(context, whole))
    readers = _readers(context, command, session, notes, team, earlier)
    if not readers:
        raise context.refuse("bad_value", case="no_reader", title=session.title)
    for reader in readers:
        is_team = reader in team
        text = copy_for(context.known, session, notes, reader, is_team=is_team, sent=sent)
        before = earlier.get(reader)
        if before is not None and _is_same(text, before):
            continue
        circulated = MinutesCirculated(
            copy=context.new(),
            reader=reader,
            minutes=Ref(master),
            session=session_id,
            title=session.title,
            chair=session.chair,
            began_at=session.opened_at,
            ended_at=session.closed_at,
            until=command.until,
            rule=command.rule if whole is None else whole.rule,
            notes=context.ids(text.notes),
            **{name: getattr(text, name) for name in _TEXT},
            is_team=is_team,
            may_correct=is_team or reader in text.present,
            replaces=None if before is None else context.id_of(before.handle),
            is_again=before is not None,
            format=session.format,
            place=session.room,
        )
        context.tell(circulated, (reader,))
    if not context.acts:
        raise context.refuse("done", case="same_minutes")


_TEXT = ("lines", "words", "corrections", "corrected", "todos", "todo_words", "present")


def _begun(context: CommandContext, session: KnownSession) -> KnownMinutes | None:
    held = (minutes for minutes in context.known.minutes.values() if minutes.session == session.handle)
    return next(held, None)


def _check(
    context: CommandContext,
    command: CirculateMinutes,
    session: KnownSession,
    notes: tuple[KnownNote, ...],
    whole: KnownMinutes | None,
) -> None:
    """Refuse minutes that cannot be sent as they stand, and say what to do."""
    if not any(note.level is not NoteLevel.OFF_RECORD for note in notes):
        raise context.refuse("bad_value", case="no_note", title=session.title)
    if whole is not None and whole.approved_at is not None:
        raise context.refuse("done", case="minutes", at=whole.approved_at)
    if command.until <= context.at:
        raise context.refuse("past", at=command.until)
    _check_readers(context, command, session)
    for place, note in enumerate(notes, start=1):
        named = _speaker_named(context, note)
        if named:
            raise context.refuse("bad_value", case="speaker_named", n=str(place), name=named)


def _check_readers(context: CommandContext, command: CirculateMinutes, session: KnownSession) -> None:
    for seat in context.known_seats(command.team):
        if not is_of_team(context.known, seat):
            raise context.refuse("bad_value", case="not_team", who=seat)
    for seat in context.known_seats(command.to):
        if seat not in session.participants:
            raise context.refuse("unknown", case="participant", who=seat, title=session.title)


def _speaker_named(context: CommandContext, note: KnownNote) -> str:
    """Return a name of the speaker that stands in the words of a line that is not to name it; empty if none does."""
    if note.speaker is None or note.level not in (NoteLevel.DELEGATION, NoteLevel.UNATTRIBUTED):
        return ""
    actor = context.known.actors.get(context.known.actor_of(note.speaker))
    said = (context.words(note.words.id) or "").casefold()
    names = [] if actor is None else [name.text for name in actor.names]
    return next((name for name in names if name.casefold() in said), "")


def _readers(
    context: CommandContext,
    command: CirculateMinutes,
    session: KnownSession,
    notes: tuple[KnownNote, ...],
    team: tuple[str, ...],
    earlier: dict[str, KnownCopy],
) -> tuple[str, ...]:
    """Return who gets a copy: those named, or all who were in a room; and the seats that had one before."""
    if earlier:
        return tuple(dict.fromkeys((*earlier, *command.to)))
    heard = {seat for note in notes if note.level is not NoteLevel.OFF_RECORD for seat in note.heard}
    named = command.to or [
        seat
        for seat in session.participants
        if seat in heard and Role.SECRETARIAT not in context.known.seats[seat].roles
    ]
    return tuple(dict.fromkeys(seat for seat in (*team, *named) if seat != context.seat))


def corrections_of(context: CommandContext, whole: KnownMinutes | None) -> Iterator[tuple[str, SentCorrection]]:
    """Yield the corrections that came in time, each with the note that it is of.

    They are in the order of their words: neither who sent them nor when is to be told from the order in a version.
    """
    if whole is None:
        return
    copies = [copy for copy in context.known.copies.values() if copy.minutes == whole.handle]
    found = [(copy.notes[one.line - 1], one) for copy in copies for one in copy.sent if not one.is_late]
    latest: dict[tuple[str, str], SentCorrection] = {}
    for note, one in sorted(found, key=lambda row: row[1].at):
        latest[(note, one.by)] = one
    for (note, _), one in sorted(latest.items(), key=lambda row: (context.words(row[1].words.id) or "", row[0][0])):
        yield note, one


def _is_same(text: CopyText, before: KnownCopy) -> bool:
    return all(getattr(text, name) == getattr(before, name) for name in _TEXT)


def correct_minutes(context: CommandContext, command: CorrectMinutes) -> None:
    """Send a correction to who wrote the minutes. Refused to seats that were not present, and after approval.

    After the time for corrections it is kept and goes to the chair, and stands in no version.
    """
    thing, copy = _own_copy(context, command.copy)
    if not copy.may_correct:
        raise context.refuse("not_present", case="minutes", who=copy.by)
    if not 1 <= command.line <= len(copy.lines):
        raise context.refuse("bad_value", case="no_line", n=str(command.line), most=str(len(copy.lines)))
    if not command.words.text.strip():
        raise context.refuse("bad_value", why="Nothing was written. Write what the line should say.")
    is_late = context.at > copy.until
    context.tell(MinutesCorrected(copy=thing, line=command.line, words=command.words, is_late=is_late), (copy.by,))


def answer_minutes(context: CommandContext, command: AnswerMinutes) -> None:
    """Tell who wrote the minutes whether the asking seat objects. Refused to seats that were not present."""
    thing, copy = _own_copy(context, command.copy)
    if not copy.may_correct:
        raise context.refuse("not_present", case="minutes", who=copy.by)
    if not command.agrees and (command.words is None or not command.words.text.strip()):
        raise context.refuse("bad_value", why="Your objection has no words. Write what you object to.")
    context.tell(MinutesAnswered(copy=thing, agrees=command.agrees, words=command.words), (copy.by,))


def _own_copy(context: CommandContext, handle: str) -> tuple[Ref, KnownCopy]:
    """Return a copy that the asking seat was sent and that still stands."""
    thing, copy = context.find(handle, context.known.copies)
    if copy.reader != context.seat:
        raise context.refuse("not_yours", case="copy")
    if copy.state == MinutesState.APPROVED:
        raise context.refuse("done", case="minutes", at=copy.approved_at)
    if copy.state == MinutesState.REPLACED:
        raise context.refuse("done", case="copy_replaced")
    return thing, copy


def approve_minutes(context: CommandContext, command: ApproveMinutes) -> None:
    """Approve minutes and tell each reader. Refused while the rule is not met."""
    thing, whole = context.find(command.minutes, context.known.minutes)
    if whole.approved_at is not None:
        raise context.refuse("done", case="minutes", at=whole.approved_at)
    copies = [context.known.copies[handle] for handle in whole.copies]
    hindered = hindrance(context, whole, copies)
    if hindered is not None:
        case, values = hindered
        raise context.refuse("not_open", case=case, **values)
    for copy in copies:
        context.tell(MinutesApproved(minutes=thing, copy=context.id_of(copy.handle)), (copy.reader,))


def hindrance(
    context: CommandContext, whole: KnownMinutes, copies: list[KnownCopy]
) -> tuple[str, dict[str, str | datetime]] | None:
    """Return what keeps minutes from being approved, as the case of a refusal with its values."""
    last = {copy.reader: copy.answers[-1] for copy in copies if copy.answers}
    objecting = [reader for reader, answer in last.items() if not answer.agrees]
    if objecting:
        return "minutes_objected", {"who": ", ".join(objecting)}
    if any(not one.is_late for copy in copies for one in copy.sent):
        return "minutes_corrected", {}
    silent = [copy.reader for copy in copies if copy.may_correct and copy.reader not in last]
    if whole.rule is MinutesRule.EACH_AGREES and silent:
        return "minutes_silent", {"who": ", ".join(silent)}
    if whole.rule is MinutesRule.NO_OBJECTION and silent and context.at <= whole.until:
        return "minutes_time", {"at": whole.until}
    return None
