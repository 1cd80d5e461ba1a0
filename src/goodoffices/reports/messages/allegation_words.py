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
        "rejected": "it was rejected where it was reviewed",
    },
    "form-field": {
        "occurred_from": "When did it begin?",
        "occurred_to": "When did it end, if it lasted?",
        "kind": "What is said to have happened?",
        "area": "In which area?",
        "place": "Where, in words?",
        "point": "Where, on the map?",
        "alleged_violator": "Who is said to have done it?",
        "killed_low": "Killed: at least",
        "killed": "Killed: best number",
        "killed_high": "Killed: at most",
        "injured": "Injured: best number",
        "words": "What is said?",
        "reporter": "Who reports it? This stays with who keeps the ledger.",
        "told_at": "When were you told?",
        "photo": "A photograph, if there is one",
        "not-said": "it is not said",
        "not-in-list": "not in the list",
        "form-title": "Allegation",
        "unknown-hint": "Leave it empty if it is not known. Empty does not mean zero.",
    },
    "rule-standing": {
        "prohibited": "prohibited",
        "permitted": "permitted",
        "outside": "outside the terms",
        "not-regulated": "not regulated",
        "unclear": "unclear",
    },
    "rule-question": {
        "in_force": "it was in force at that time",
        "place": "the place lies inside the area",
        "involved": "those involved are covered",
        "regulated": "a clause names this kind of act",
        "excepted": "no exception applies",
    },
    "cell": {
        "none": "none",
        "not observed": "not observed",
        "access denied": "access denied",
        "no report": "no report",
        "stated as none": "stated as none",
        "withheld": "withheld",
    },
    "holds": {
        "broken": "broken",
        "strained": "strained",
        "holding": "holding",
        "cannot tell": "cannot tell",
    },
    "holds-because": {
        "UNOBSERVED": "too few of the 14 days were observed",
        "NO_LEVEL_BEFORE": "too little was reported before to compare with",
        "BEFORE_UNOBSERVED": "too little was observed before to compare with",
        "ONE_SIDE": "only ledgers of one side report",
        "RESUMED": "a finding of general resumption",
        "BACK": "near the level before, and a week ago too",
        "HALFWAY": "half the level before, or more",
        "ALARM": "an alarm is open",
        "LETHAL": "three lethal violations found in the week",
        "LOW": "below half the level before",
        "QUIET_STREAM": "no alarm, and no level before to compare with",
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
