"""Who may be told of minutes, and of which lines, written down apart from the code that decides."""

from __future__ import annotations

from goodoffices.talks.base.acts import Act
from properties.worlds.policy_base import Past, PolicyError, made, shows_only


def minutes_circulated(act: Act, past: Past) -> set[str]:
    """Check that a reader who is not of the team gets only lines that it heard, and no speaker whom it may not know."""
    reader = act.data["reader"]
    notes = [made(past, "NoteTaken", "note", note) for note in act.data.get("notes", ())]
    for note, line in zip(notes, act.data.get("lines", ()), strict=True):
        level, speaker = note.data["level"], note.data.get("speaker")
        is_hidden = level != "named" and speaker != reader
        if level == "not-for-the-record" or note.seat != act.seat:
            raise PolicyError(f"what is not for the record stands in minutes: {act}")
        if not act.data["is_team"] and (reader not in note.data["heard"] or (is_hidden and line.get("speaker"))):
            raise PolicyError(f"minutes tell what their reader did not hear, or who said it: {act}")
    shows_only(act, ("all",), set(act.data) - {"minutes", "notes"})
    return {act.seat, reader}


def of_copy(act: Act, past: Past) -> set[str]:
    copy = made(past, "MinutesCirculated", "copy", act.data["copy"])
    return {copy.seat, copy.data["reader"]}
