"""Characters that nobody sees, by Unicode's own data, and characters that no file of XML can carry.

Two texts that look alike must be alike wherever one exact wording counts. The joiners U+200C and U+200D are kept where
a letter of a script that needs them stands beside them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_SCRIPTS = (
    *("Arabic", "Syriac", "Mandaic", "Nko", "Mongolian", "Phags_Pa", "Thaana", "Hanifi_Rohingya", "Adlam", "Sogdian"),
    *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala"),
    *("Khmer", "Myanmar", "Tibetan", "Manichaean"),
)
_UNCARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _unseen() -> Any:
    """Return the pattern of what nobody sees; made at first use, since the library and the pattern take a moment."""
    import regex

    letter = "[" + "".join(rf"\p{{Script={name}}}" for name in _SCRIPTS) + "]"
    joiner = rf"(?<!{letter}\p{{M}}*)[\u200c\u200d](?!{letter})"
    chosen_picture = r"(?<!\p{Emoji})\ufe0f"
    rest = r"[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0f]]"
    return regex.compile(f"{rest}|{joiner}|{chosen_picture}", regex.V1)


def first_unseen(text: str) -> str | None:
    """Return the first character that nobody sees and no script needs there; ``None`` if there is none.

    Examples
    --------
    >>> first_unseen("pay\\U000e0041ment") == "\\U000e0041", first_unseen("\\u0645\\u06cc\\u200c\\u0631\\u0648\\u062f")
    (True, None)
    """
    if text.isascii():
        return None
    found = _unseen().search(text)
    return None if found is None else str(found[0])


def first_uncarried(text: str) -> str | None:
    """Return the first character that XML cannot carry, so that no document could be written with it."""
    found = _UNCARRIED.search(text)
    return None if found is None else found[0]


def code(character: str) -> str:
    """Return how a character is named to a person: its number in Unicode.

    Examples
    --------
    >>> code("\\u200b")
    'U+200B'
    """
    return f"U+{ord(character):04X}"


def named(character: str) -> str:
    """Return the number of a character, and its name where it has one."""
    name = unicodedata.name(character, "")
    return f"{code(character)} ({name.lower()})" if name else code(character)
