"""The sentences of minutes. They are messages of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "exercise": "EXERCISE",
    "title": "Minutes: {title}",
    "for": "For {reader}",
    "for-the-team": "For the mediation team",
    "for-team": "For the mediation team alone, copy of {reader}. It names speakers whom other versions do not name: "
    "do not pass it on.",
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
    "own-quiet": " (others read this without your name)",
    "one-delegation": "One delegation: {words}",
    "point": "The point was made: {words}",
    "decided": "Decided: {words}",
    "level-delegation": " [a delegation]",
    "level-not-for-attribution": " [not for attribution]",
    "correction-by": "Correction by {seat}. Read instead: {words}",
    "correction-own": "Your correction. Read instead: {words}",
    "correction-by-at": "Correction by {seat}, {at}. Read instead: {words}",
    "correction-own-at": "Your correction, {at}. Read instead: {words}",
    "correction": "Correction. Read instead: {words}",
    "unsettled": "The corrections do not agree; not settled.",
    "todo": "To be done",
    "who": "Who",
    "what": "What",
    "by-when": "By when",
    "todo-corrected": "{when}; see the correction of line {n}",
    "todo-late": "{when} (this time had passed when the minutes were approved)",
    "read-correction": "The first words of a line stay as they were noted. Its correction stands below it.",
    "read-unnamed": "“The point was made”: these minutes do not say by whom.",
    "read-delegation": "“One delegation”: a delegation that is not named here. At least three could have said it.",
    "signature": "Signed for {seat}: ______________________ Date: ______________",
    "no-line": "Nothing is noted here for this reader.",
    "foot-no-objection": "Approved: nobody who was present has objected. The time for objections ended {until}.",
    "foot-each": "Approved: each who was present said that these minutes are right.",
    "foot-correct": "You were present: you can correct a line, or object, until {until}.",
    "foot-silence": "If you send nothing by then, you have not objected.",
    "foot-answer": "They are approved when each who was present has said that they are right.",
    "foot-absent": "You were not present, so you cannot correct these minutes. You can send a letter to the chair.",
    "public-line": "{title} was discussed on {day}, with {seat} in the chair.",
    "public-todo": "{who}: {what}",
    "public-end": "What was said is not published.",
    "gone": "The words were destroyed.",
    "page": "Page",
}
"""Each sentence by a short name."""

ONE_CORRECTION = ("One correction, below its line.", "{n} corrections, each below its line.")
"""How many corrections a version has: for one, and for more."""

PHRASES = (
    "The chair summed up.",
    "The chair asked each delegation for its view.",
    "The session was suspended for a break.",
    "Nobody objected.",
    "The point was left open for the next session.",
)
"""Phrases that a note taker types as ``;1`` and so on."""
