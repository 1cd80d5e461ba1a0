"""The sentences of a round file. They are messages of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "for": "For {seat}",
    "more-papers": "Papers that are not in this file, which holds the first 2,000: {n}",
    "contents": "Contents",
    "people": "Who sat, and on what",
    "session": "Session: {title}",
    "sessions": "Sessions",
    "planned-for": "planned for {when}",
    "not-noted": "not noted",
    "marked": "{mark}: {seats}",
    "paper": "Paper: {title}",
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
    "journal": "Journal: what was done",
    "begun-with": "What the talks began with",
    "begun-when": "Entered on {when} from the talks file, by {seat}. The first column has the own date of each thing.",
    "known-only": "Nothing stands here that could not be known on {when}.",
    "dated": "Dated",
    "no-figure": "no figure",
    "fingerprint": "Fingerprint of this file",
    "head": "Head of your record (short)",
    "how-to-read": "How to read this file",
    "read-dash": "– means: not stated.",
    "read-names": "A short name such as m1 is this seat’s own: for another seat it names another thing.",
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
