"""Names and sentences of the acts of notes and minutes."""

from __future__ import annotations

from collections.abc import Mapping

MINUTES_NAMES: Mapping[str, str] = {
    "MinutesAnswered": "Answer to minutes",
    "MinutesApproved": "Minutes approved",
    "MinutesCirculated": "Minutes circulated",
    "MinutesCorrected": "Minutes corrected",
    "MinutesMade": "Minutes begun",
    "NoteTaken": "Line noted",
}
"""The name of each kind of act."""

MINUTES_SENTENCES: Mapping[str, str] = {
    "MinutesAnswered": "{by} answered for the minutes {copy}.",
    "MinutesApproved": "The minutes {copy} are approved.",
    "MinutesCirculated": "{by} sends you minutes: {copy}.",
    "MinutesCirculated/self": "You circulated minutes for {reader}: {copy}.",
    "MinutesCorrected": "{by} corrected line {line} of the minutes {copy}.",
    "MinutesMade": "Minutes {minutes} of session {session} begun.",
    "NoteTaken": "A line was noted in session {session}.",
}
"""A sentence for each kind, or for each kind and face."""
