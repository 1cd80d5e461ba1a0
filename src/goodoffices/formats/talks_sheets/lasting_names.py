"""Lasting names for what people named in their own words and scripts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from goodoffices.names import comparable
from goodoffices.talks.base.slugs import RESERVED
from goodoffices.talks.model.actors import Name

_LONGEST = 60
_SCRIPTS = {"ARABIC": ("ar", "fa", "ku", "ur"), "CYRILLIC": ("ru", "uk", "kk"), "CJK": ("zh",), "HEBREW": ("he",),
            "ETHIOPIC": ("am", "ti"), "GREEK": ("el",), "LATIN": ("en", "fr", "es", "pt", "tr", "sw")}  # fmt: skip


def key_of(name: str) -> str:
    """Return a name as names are compared: capitals, blanks and invisible marks do not count."""
    return comparable(name).casefold()


def digest_of(*texts: object) -> str:
    """Return eight characters that stand for these texts, the same at every reading."""
    return hashlib.sha256("\0".join(map(str, texts)).encode()).hexdigest()[:8]


def lasting_name(name: str, word: str) -> str:
    """Return a lasting name for a name: its Latin letters and digits, or else ``word`` with a digest of it.

    Examples
    --------
    >>> lasting_name("Ahrar al-Sham", "actor")
    'ahrar-al-sham'
    >>> lasting_name("أحرار الشام", "actor") == lasting_name(" أحرار الشام ", "actor")
    True
    """
    plain = unicodedata.normalize("NFKD", comparable(name)).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    is_lost = not base or sum(char.isalnum() for char in comparable(name) if not char.isascii()) > len(base)
    return f"{word}-{digest_of(key_of(name))}" if is_lost or base in RESERVED else base


class LastingNames:
    """Lasting names of one kind of thing, each different from all that were given before.

    ``taken`` is shared between kinds whose names may not be alike. ``known`` leads from comparable names to the lasting
    names that things have in a record already.
    """

    def __init__(self, word: str, taken: set[str], known: Mapping[str, str] | None = None) -> None:
        self._word, self._taken, self._known = word, taken, known or {}
        self._given: dict[str, str] = {}

    def add(self, name: str, *others: str) -> str:
        """Return the lasting name of a thing called ``name``: the one it has, under any of its names, or a new one."""
        held = next((self._known[key_of(one)] for one in (name, *others) if key_of(one) in self._known), None)
        slug = lasting_name(name, self._word) if held is None else held
        if slug in self._taken:
            slug = f"{slug}-{digest_of(self._word, key_of(name))}"
        self._taken.add(slug)
        self._given[key_of(name)] = slug
        return slug

    def __getitem__(self, name: str) -> str:
        return self._given[key_of(name)]

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the lasting names of several things, in order."""
        return tuple(self[name] for name in names)


def name_in(text: str, languages: tuple[str, ...]) -> Name:
    """Return a name in the language that its script shows: one of the talks if there is one, else the usual one."""
    script = next(
        (script for char in text if char.isalpha() for script in _SCRIPTS if script in _script(char)), "LATIN"
    )
    own = _SCRIPTS[script]
    return Name(text=text, language=next((code for code in languages if code in own), own[0]))


def _script(char: str) -> str:
    return unicodedata.name(char, "")
