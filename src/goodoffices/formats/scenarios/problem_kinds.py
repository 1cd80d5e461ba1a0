"""The kinds of problem that a reader or writer of scenarios reports; the documentation lists them too."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "ignored": "a part of the file that does not change the numbers",
    "not-a-profile": "a file of the folder that holds neither an agenda nor a profile",
    "weights-off": "weights that do not add up to 1",
    "duplicate-domain": "a second agenda equal to the first",
    "out-of-range": "a number outside the range that the format gives it",
    "older-form": "an older form of an issue",
    "mixed-box": "a rectangle with sides to include and to exclude; only the latter count",
    "before-declaration": "text before the XML declaration",
    "bare-ampersand": "an ampersand that is not written &amp;",
    "missing-blank": "no blank between two attributes",
    "byte-order-mark": "a byte-order mark inside the text",
    "after-end": "text after the end of the document",
    "doubled-option": "an option listed twice in one issue",
    "missing-reservation": "no reservation value is stated",
    "no-discount": "a discount factor that is missing or not a number",
    "name-differs": "two names for one issue",
    "encoding": "bytes that are not what the declaration says",
    "agenda-from-profiles": "no agenda file; the agenda is taken from the profiles",
    "grid": "a continuous issue, cut into options",
    "missing-evaluation": "an option without a worth",
    "blank-profile": "a profile without any worth",
    "not-supported": "a feature that is not read",
    "not-well-formed": "a file that does not follow its own grammar",
    "shape": "a part that is missing, of the wrong type or under an unknown name",
    "mismatch": "files of one folder that do not belong together",
    "limit": "more than the limits for untrusted files allow",
    "not-a-file": "something that is not a regular file inside the folder",
    "unknown-dialect": "content that is not a known format",
    "centre-by-code": "a centre whose worth is given by program code",
    "scaled": "points divided by the best settlement, because the format holds 0 to 1",
    "shifted": "an issue moved to start at 0, and the reservation value with it",
    "dropped": "something that the format cannot hold",
    "rounded": "a number without a finite decimal form, written with 17 digits",
    "approximate-reservation": "a reservation value written as the settlement next above it",
    "not-said": "something that the files do not say and that does not change the numbers",
    "unseen-characters": "characters that nobody sees, or letters composed in another way; names are compared without",
    "look-alike": "two names that look alike, in different scripts",
    "belief": "what one side believes about the other, not a party",
}

ALLOWABLE = frozenset({"missing-evaluation", "weights-off", "out-of-range"})
"""Refusals that ``allow`` turns into assumptions."""
