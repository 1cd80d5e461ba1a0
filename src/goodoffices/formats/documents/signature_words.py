"""Say what the words of a data set say of an actor's signature: only plain words, whole and without doubt, are one."""

from __future__ import annotations

import re
from enum import StrEnum

from goodoffices.names import comparable


class SignatureWords(StrEnum):
    """What some words say of the signature of the actor that they name."""

    SIGNED = "signed"
    NOT_SIGNED = "not signed"
    UNCLEAR = "unclear"
    NOTHING = "nothing"


_NOT = re.compile(r"\b(not|never)\s+((been|a)\s+)?sign|\bunsigned\b|\bnon-?sign|\b(refused|declined)\s+to\s+sign", re.I)
_PLAINLY_NOT = re.compile(
    r"(((has|have|had|did|was|is)\s+)?(not|never)(\s+been)?\s+sign(ed)?|(refused|declined)\s+to\s+sign)"
    r"(\s+(it|this|the (agreement|text|document)))?|unsigned|not\s+a\s+signatory|non-?signatory",
    re.I,
)
"""Words that say of an actor that it did not sign, and nothing else: not only for a time, and not only a part."""
_ON_SIGNING = re.compile(r"sign|\bsgd\b|initial", re.I)
_BETWEEN = re.compile(r"[()\[\];,:]|\s[\u2013\u2014-]\s")
_OTHERS = re.compile(r"[)\]]\W*(and\s+)?\w|^[^(\[]*[,;:]\s[^(\[]*[([]", re.I)
"""Words after a bracket, or a list before one: there the bracket need not be about the first name."""
_DOUBT = re.compile(
    r"\b(no|not|non|never|none|nobody|neither|nor|but|only|hardly|barely|few|some\w*|most\w*|several|half|another|other\w*"
    r"|without|missing|absent|absentia|lack\w*|un\w*signed|refus\w*|declin\w*|reject\w*|withh\w*|withdr\w*|revok\w*|annul\w*"
    r"|renounc\w*|repudiat\w*|rescind\w*|pending|await\w*|yet|later|then|unknown|unclear|uncertain|illegible|disput\w*"
    r"|contest\w*|den\w+|alleg\w*|report\w*|claim\w*|sa(id|ys)|suppos\w*|possibl\w*|perhaps|maybe|probabl\w*|appar\w*"
    r"|intend\w*|expect\w*|invit\w*|plan\w*|would|should|could|may(?! \d)|might|if|unless|until|to|list\w*|fail\w*"
    r"|before|except|part|partly|partial\w*|principle|condition\w*|understanding|space|line|block|blank|draft\w*|forg\w*|copy|error"
    r"|mistake\w*|receipt|received|read|seen|information|personal\w*|private\w*|prox(y|ies)|duress|protest"
    r"|gunpoint|place|lieu|instead|did|does|do|cannot|was|were|is|are|has|have|had|will)\b|\?|n['\u2019]t\b",
    re.I,
)
"""Words beside which nothing is read as a signature. A person can read them; the row is listed for that."""
_SIGNED = re.compile(r"(co-?)?signed|signator(y|ies)|signature|sgd\.?", re.I)
_BY = re.compile(r"((co-?)?signed|signature|sgd\.?)\s+(by|for|of|on behalf of)\s+(?P<rest>\S.*)", re.I)
_AS = re.compile(
    r"(co-?)?signed\s+as\s+((a|an|the)\s+)?(co-?)?(party|signatory|witness|guarantor|observer|facilitator|mediator|host)",
    re.I,
)
_WHERE = re.compile(r"((co-?)?signed\s+)?(in|at|on)\s+(?P<rest>\S.*)", re.I)
_TITLES = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "its",
        "his",
        "her",
        "their",
        "a",
        "an",
        "on",
        "behalf",
        "de",
        "la",
        "el",
        "al",
        "ibn",
        "bin",
        "mr",
        "ms",
        "dr",
        "president",
        "prime",
        "minister",
        "foreign",
        "leader",
        "leadership",
        "chief",
        "head",
        "chairman",
        "chairwoman",
        "chairperson",
        "chair",
        "commander",
        "general",
        "secretary",
        "secretary-general",
        "ambassador",
        "envoy",
        "representative",
        "representatives",
        "delegate",
        "delegates",
        "delegation",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "deputy",
        "vice",
        "government",
        "party",
        "council",
        "group",
        "groups",
        "brigade",
        "brigades",
        "two",
        "three",
        "four",
    ]
)
"""Words in small letters that may stand beside a name."""


def words_on_signature(words: str) -> SignatureWords:
    """Return what ``words`` about one actor say of its signature.

    Examples
    --------
    >>> [words_on_signature(words).value for words in ("A (signed)", "A (not signed)", "A (signed by neither)", "A")]
    ['signed', 'not signed', 'unclear', 'nothing']
    """
    if not _ON_SIGNING.search(words):
        return SignatureWords.NOTHING
    if _names_several(words):
        return SignatureWords.UNCLEAR
    parts = [part.strip(" .") for part in _BETWEEN.split(comparable(words))[1:]]
    parts = [part for part in parts if part]
    if _NOT.search(words):
        others = [part for part in parts if not _PLAINLY_NOT.fullmatch(part)]
        is_plain = len(others) < len(parts) and not any(_ON_SIGNING.search(o) or not _is_aside(o) for o in others)
        return SignatureWords.NOT_SIGNED if is_plain else SignatureWords.UNCLEAR
    if _DOUBT.search(words) or not any(_is_signature(part) for part in parts):
        return SignatureWords.UNCLEAR
    is_plain = all(_is_signature(part) or _is_aside(part) for part in parts)
    return SignatureWords.SIGNED if is_plain else SignatureWords.UNCLEAR


def _names_several(words: str) -> bool:
    """Say whether the words are about more than one actor, so that what one did cannot be told from the other."""
    return bool(_OTHERS.search(words)) or len(re.findall(r"\b(?:un|co-?)?signed\b", words, re.I)) > 1


def _is_signature(part: str) -> bool:
    by = _BY.fullmatch(part)
    where = _WHERE.fullmatch(part) if part.lower().startswith(("signed", "co")) else None
    return bool(
        _SIGNED.fullmatch(part)
        or _AS.fullmatch(part)
        or (by and _is_name(by["rest"]))
        or (where and _is_place_or_day(where["rest"]))
    )


def _is_aside(part: str) -> bool:
    """Say whether a part only adds a name, a place or a day."""
    where = _WHERE.fullmatch(part)
    return _is_name(re.sub(r"^(by|for|on behalf of) ", "", part)) or bool(where and _is_place_or_day(where["rest"]))


def _is_name(text: str) -> bool:
    return all(not word[0].islower() or word.casefold() in _TITLES for word in text.split())


def _is_place_or_day(text: str) -> bool:
    return not text[0].islower() and _is_name(text)


def speaks_of_signing(words: str) -> bool:
    """Say whether words are about signing at all, in whatever sense."""
    return _ON_SIGNING.search(words) is not None
