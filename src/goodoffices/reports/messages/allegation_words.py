"""Words for what became of an allegation."""

from __future__ import annotations

from collections.abc import Mapping

ALLEGATION_WORDS: Mapping[str, Mapping[str, str]] = {
    "answered": {
        "accepts": "accepts it",
        "disputes": "disputes it",
        "explains": "explains it",
        "no-knowledge": "has no knowledge of it",
    },
    "screened": {"in": "taken in", "set-aside": "set aside"},
    "aside": {
        "no-content": "it says nothing that can be looked at",
        "outside-the-talks": "it is outside these talks",
        "test": "it was a test",
    },
    "verified": {
        "verified": "verified",
        "not-verified": "not verified",
        "refuted": "refuted",
        "cannot-be-determined": "cannot be determined",
    },
    "undetermined": {
        "access-denied": "access was denied",
        "too-late": "it was too late",
        "no-evidence": "there was no evidence",
        "sources-conflict": "the sources conflict",
        "unsafe-to-ask": "it was unsafe to ask",
    },
    "found": {"violation": "violation", "not-a-violation": "not a violation", "unresolved": "unresolved"},
    "asked-shown": {
        "what-and-where": "the kind, the area and the day only",
        "all": "also the time, the place and what is said",
    },
}
"""By category, the word for each value."""
