"""The sentences of minutes. They are messages of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "exercise": "EXERCISE",
    "title": "Minutes: {title}",
    "for": "For {reader}",
    "for-the-team": "For the mediation team",
    "for-team": "For the mediation team, copy of {reader}",
    "public": "For the public",
    "draft": "Draft. Not circulated.",
    "circulated": "Circulated {at}. Corrections until {until}.",
    "again": "Circulated again {at}. Corrections until {until}.",
    "approved": "Approved {at}.",
    "day": "{day}",
    "times": "{day}, {begin} to {end}",
    "format": "Format: {format}.",
    "chair": "Chair: {seat}.",
    "present": "Present: {seats}.",
    "place": "Place: {place}.",
    "room": "Room {room}",
    "other-room": "No room named",
    "said": "{speaker}: {words}",
    "own": "Your delegation: {words}",
    "own-quiet": " (to others without your name)",
    "one-delegation": "One delegation: {words}",
    "point": "The point was made: {words}",
    "decided": "Decided: {words}",
    "level-delegation": " [a delegation]",
    "level-not-for-attribution": " [not for attribution]",
    "correction-by": "Correction by {seat}: {words}",
    "correction-own": "Your correction: {words}",
    "correction-by-at": "Correction by {seat}, {at}: {words}",
    "correction-own-at": "Your correction, {at}: {words}",
    "correction": "Corrected: {words}",
    "unsettled": "The corrections do not agree; not settled.",
    "todo": "To be done",
    "who": "Who",
    "what": "What",
    "by-when": "By when",
    "no-line": "Nothing is noted here for this reader.",
    "foot-no-objection": "Approved by those present, with no objection until {until}.",
    "foot-each": "Approved: each who was present said that these minutes are right.",
    "foot-correct": "You can correct what you said, and what was said in your room.",
    "foot-absent": "You were not present, so you cannot correct these minutes. You can send a letter to the chair.",
    "public-line": "{title} was discussed on {day}, with {seat} in the chair.",
    "public-todo": "{who}: {what}",
    "public-end": "What was said is not published.",
    "gone": "The words were destroyed.",
    "page": "Page",
}
"""Each sentence by a short name."""

ONE_CORRECTION = ("One correction, shown beside its line.", "{n} corrections, shown beside their lines.")
"""How many corrections a version has: for one, and for more."""

PHRASES = (
    "The chair summed up.",
    "The chair asked each delegation for its view.",
    "The session was suspended for a break.",
    "Nobody objected.",
    "The point was left open for the next session.",
)
"""Phrases that a note taker types as ``;1`` and so on."""
