"""Names and sentences of the acts of notes, minutes and sealed files."""

from __future__ import annotations

from collections.abc import Mapping

MINUTES_NAMES: Mapping[str, str] = {
    "FileSealed": "Sealed file made",
    "KeyRegistered": "Key registered",
    "KeyVouched": "Key registered for a seat",
    "MinutesAnswered": "Answer to minutes",
    "MinutesApproved": "Minutes approved",
    "MinutesCirculated": "Minutes circulated",
    "MinutesCorrected": "Minutes corrected",
    "MinutesMade": "Minutes begun",
    "NoteTaken": "Line noted",
    "SealedAnswered": "Commands of a sealed file gone through",
}
"""The name of each kind of act."""

MINUTES_SENTENCES: Mapping[str, str] = {
    "FileSealed": "A sealed file was made for {seat}.",
    "KeyRegistered": "{by} registered a key for sealed files. Its check code: {code}.",
    "KeyVouched": "{by} registered a key of {seat} for sealed files. Its check code: {code}. {vouched_by} vouches for "
    "it; the code was compared {compared}.",
    "MinutesAnswered": "{by} on the minutes {copy}: {agrees}.",
    "MinutesApproved": "The minutes {copy} are approved.",
    "MinutesCirculated": "{by} sends you minutes: {copy}.",
    "MinutesCirculated/all+is_again": "{by} sends you minutes again, with what has changed: {copy}.",
    "MinutesCirculated/self": "You circulated minutes for {reader}: {copy}.",
    "MinutesCorrected": "{by} corrected line {line} of the minutes {copy}.",
    "MinutesMade": "Minutes {minutes} of session {session} begun.",
    "NoteTaken": "A line was noted in session {session}.",
    "SealedAnswered": "The commands in a sealed file of yours were gone through.",
}
"""A sentence for each kind, or for each kind and face."""

MINUTES_SORTS: Mapping[str, Mapping[str, str]] = {"MinutesAnswered": {"agrees": "word:minutes-answer"}}
"""Of which sort a field is in one kind of act alone."""
