"""Folds of notices on notes and minutes."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.states import MinutesState
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import (
    KnownCopy,
    KnownMinutes,
    KnownNote,
    MinutesAnswer,
    SentCorrection,
)
from goodoffices.talks.state.slices import Notice, learn


def note_taken(known: Knowledge, notice: Notice) -> Knowledge:
    note = learn(KnownNote, notice, handle=notice.data["note"])
    if note.replaces is not None:
        known = known.change("notes", note.replaces, replaced=note.handle)
    return known.put("notes", note.handle, note)


def minutes_made(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("minutes", notice.data["minutes"], learn(KnownMinutes, notice, handle=notice.data["minutes"]))


def minutes_circulated(known: Knowledge, notice: Notice) -> Knowledge:
    copy = learn(KnownCopy, notice, handle=notice.data["copy"])
    if copy.replaces is not None:
        known = known.change("copies", copy.replaces, state=MinutesState.REPLACED)
    whole = known.minutes.get(copy.minutes or "")
    if whole is not None:
        held = tuple(handle for handle in whole.copies if handle != copy.replaces)
        known = known.change("minutes", whole.handle, copies=(*held, copy.handle), until=copy.until)
    return known.put("copies", copy.handle, copy)


def minutes_corrected(known: Knowledge, notice: Notice) -> Knowledge:
    copy = known.copies.get(notice.data["copy"])
    if copy is None:
        return known
    sent = learn(SentCorrection, notice)
    return known.put("copies", copy.handle, replace(copy, sent=(*copy.sent, sent)))


def minutes_answered(known: Knowledge, notice: Notice) -> Knowledge:
    copy = known.copies.get(notice.data["copy"])
    if copy is None:
        return known
    answer = learn(MinutesAnswer, notice)
    return known.put("copies", copy.handle, replace(copy, answers=(*copy.answers, answer)))


def minutes_approved(known: Knowledge, notice: Notice) -> Knowledge:
    known = known.change("copies", notice.data.get("copy", ""), state=MinutesState.APPROVED, approved_at=notice.when)
    return known.change("minutes", notice.data.get("minutes", ""), approved_at=notice.when)
