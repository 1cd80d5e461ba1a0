"""The sentences of a round file. They are messages of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "for": "For {seat}",
    "more-papers": "Papers that are not in this file, which holds the first 2,000: {n}",
    "contents": "Contents",
    "people": "Who sat, and on what",
    "session": "Session: {title}",
    "attendance": "Attendance",
    "delegation": "Delegation",
    "mark": "Mark",
    "paper": "Paper {item} · {title}",
    "own": "filed by {seat}",
    "handed": "handed over by {seat}",
    "told": "told by {seat}",
    "not-stated": "origin not stated",
    "news": "New after notice {n}",
    "answers": "What became of your commands",
    "answers-file": "Sealed file gone through on {when}",
    "answers-again": "What was not taken changed nothing. Mend it and send it with your next file.",
    "request": "Request",
    "command": "Command",
    "outcome": "What became of it",
    "taken": "Taken: notice {n}.",
    "not-taken": "Not taken. {why}",
    "gone": "The words were destroyed.",
}
"""Each by a short name."""

LETTER: Mapping[str, str] = {
    "title": "Invitation to {round}",
    "to": "To: {seat}",
    "from": "From: {seat}",
    "invites": "{seat} is invited to {round}.",
    "role": "Role: {role}.",
    "level": "Level of the delegation: {level}.",
    "day": "It is planned for {day}.",
    "days": "It is planned for {first} to {last}.",
    "rival-dates": "Different dates are stated: {days}.",
    "no-date": "No date is stated yet.",
    "place": "Place: {place}.",
    "reply-by": "An answer is asked for by {when}.",
    "withdrawn": "This invitation was withdrawn.",
    "foot": "Invitation {handle} in the record of {talks}.",
}
"""The sentences of an invitation as a letter."""
