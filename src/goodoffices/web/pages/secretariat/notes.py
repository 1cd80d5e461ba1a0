"""Take note in a session, and send minutes of it: the lines of this seat's note, and who would get which."""

from __future__ import annotations

from datetime import timedelta

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.minutes.sentences import PHRASES
from goodoffices.talks.base.enums import MinutesRule, NoteLevel
from goodoffices.talks.notes.lines import notes_of
from goodoffices.talks.notes.minutes import CirculateMinutes
from goodoffices.talks.notes.typed_lines import LEVELS, Typing, speaker_keys
from goodoffices.talks.notes.versions import copy_for, is_of_team
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownMinutes, KnownNote, KnownSession
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import Data, Page, PageContext

_MORE = (">", "!", ";1", "@A=", "↑")


def _note(context: PageContext, handle: str) -> Data | None:
    session = context.known.sessions.get(handle)
    if session is None or "TakeNote" not in context.view.powers:
        return None
    notes = notes_of(context.known, handle)
    whole = minutes_of(context.known, handle)
    return {
        "session": session,
        "notes": notes,
        "n_todos": sum(note.todo is not None for note in notes),
        "speakers": [(key, slug) for key, slug in keys_of(session, context.seat).items()],
        "levels": [(sign, level.value) for sign, level in LEVELS.items()],
        "level_values": [level.value for level in NoteLevel],
        "phrases": PHRASES,
        "more": _MORE,
        "last": _typed(notes[-1], session, context) if notes else "",
        "last_handle": notes[-1].handle if notes else "",
        "counts": _counts(context, session, notes),
        "team": [seat for seat in context.known.seats if seat != context.seat and is_of_team(context.known, seat)],
        "rules": [rule.value for rule in MinutesRule],
        "minutes": whole,
        "why": None
        if "CirculateMinutes" not in context.view.powers
        else context.would(CirculateMinutes(session=handle, until=context.at + timedelta(days=366))),
        "may_send": "CirculateMinutes" in context.view.powers,
    }


def keys_of(session: KnownSession, own: str) -> dict[str, str]:
    """Return the letters of the speakers of a session: who takes part, its chair, and the own seat."""
    return speaker_keys(tuple(dict.fromkeys((*session.participants, session.chair or own, own))))


def typing_of(view: View, session: KnownSession, context: PageContext) -> Typing:
    """Return what a line that is typed in a session is read with."""
    notes = notes_of(view.known, session.handle)
    language = context.language
    return Typing(
        session=session.handle,
        at=context.at,
        zone=view.zone,
        language=language,
        keys=keys_of(session, view.seat),
        rooms={note.room: note.heard for note in notes if note.room},
        phrases=tuple(catalogue_for(language).find(phrase)[0] for phrase in PHRASES),
        today=("today", "اليوم"),
        tomorrow=("tomorrow", "غدا", "غدًا"),
    )


def minutes_of(known: Knowledge, session: str) -> KnownMinutes | None:
    """Return the minutes that this seat sent of a session, if any."""
    return next((minutes for minutes in known.minutes.values() if minutes.session == session), None)


def _typed(note: KnownNote, session: KnownSession, context: PageContext) -> str:
    """Return a line as it would be typed, to be corrected."""
    keys = {slug: key for key, slug in keys_of(session, context.seat).items()}
    sign = next(sign for sign, level in LEVELS.items() if level is note.level)
    parts = [keys.get(note.speaker or "", "-"), context.view.text(note.words) or "", sign]
    parts += ["!"] if note.is_decision else []
    if note.todo is not None:
        parts += [f">{keys.get(note.todo_who or '', '')}", context.view.text(note.todo) or ""]
    return " ".join(part for part in parts if part)


def _counts(
    context: PageContext, session: KnownSession, notes: tuple[KnownNote, ...]
) -> list[tuple[int, tuple[str, ...]]]:
    """Return how many lines each who was in a room would get, with the seats that would get as many."""
    heard = {seat for note in notes if note.level is not NoteLevel.OFF_RECORD for seat in note.heard}
    by_lines: dict[tuple[str, ...], list[str]] = {}
    for seat in session.participants:
        if seat in heard and seat != context.seat:
            by_lines.setdefault(copy_for(context.known, session, notes, seat).notes, []).append(seat)
    return [(len(lines), tuple(seats)) for lines, seats in by_lines.items()]


NOTE = Page(
    path="notes/{}",
    template="note.html",
    title="Note",
    parts=("note", "entry", "keys", "send"),
    data=_note,
    under="minutes",
    powers=("TakeNote",),
    heading=lambda data: data["session"].title,
)
