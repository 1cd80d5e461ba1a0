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
    "gone": "The words were destroyed.",
}
"""Each by a short name."""
