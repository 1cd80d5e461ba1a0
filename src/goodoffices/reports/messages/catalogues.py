"""The languages of pages and papers: catalogues of messages, read once at start, and what a fallen-back message is in.

A message is its English sentence. Placeholders stand in braces; the code that shows the message puts values in, so that
a page can escape them and a paper need not.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.languages import direction

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "ar": "العربية",
    "ru": "Русский",
    "tr": "Türkçe",
    "fa": "فارسی",
    "kk": "Қазақша",
}
"""The six languages, each by its own name. A message that one lacks falls back to another, marked as such."""

_FALLBACK: Mapping[str, tuple[str, ...]] = {"kk": ("ru", "en"), "en": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One language with its messages.

    ``messages`` are this language's own; a message that is missing comes from the fallbacks and carries their language.
    """

    language: str
    messages: Mapping[str, tuple[str, ...]] = field(repr=False)
    plural: Callable[[int], int] = field(repr=False)
    fallbacks: tuple[Catalogue, ...] = field(default=(), repr=False)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def find(self, message: str, n: int | None = None, many: str = "") -> tuple[str, str]:
        """Return the sentence for ``message`` and the language it is in; with ``n``, in the form for that number."""
        forms = self.messages.get(message)
        if forms:
            return forms[0 if n is None else self.plural(n)], self.language
        for other in self.fallbacks:
            if message in other.messages or other.language == "en":
                return other.find(message, n, many)
        return (many if n is not None and n != 1 else message), "en"


@cache
def catalogue_for(language: str) -> Catalogue:
    """Return a language by its code.

    Raises
    ------
    UnknownWordError
        If it is not one of the six.
    """
    if language not in LANGUAGES:
        raise UnknownWordError("language", language, tuple(LANGUAGES))
    messages, plural = _catalogue(language)
    others = tuple(catalogue_for(other) for other in _FALLBACK.get(language, ("en",)))
    return Catalogue(language=language, messages=messages, plural=plural, fallbacks=others)


UNREVIEWED = "translation not reviewed"
"""What stands beside a translated sentence of bundled talks until a native reader has reviewed it."""


@cache
def prose_in(language: str) -> Mapping[str, str]:
    """Return the sentences of the bundled talks that have been translated into a language, by their English words."""
    file = resources.files("goodoffices.reports") / "locale" / language / "prose.po"
    if not file.is_file():
        return {}
    with file.open("rb") as opened:
        return {str(one.id): str(one.string) for one in read_po(opened, locale=language) if one.id and one.string}


def _catalogue(language: str) -> tuple[Mapping[str, tuple[str, ...]], Callable[[int], int]]:
    file = resources.files("goodoffices.reports") / "locale" / language / "goodoffices.po"
    if not file.is_file():
        return {}, lambda n: 0
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=language)
    messages: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            plural = isinstance(message.id, tuple)
            key = message.id[0] if plural else message.id
            messages[str(key)] = tuple(message.string) if plural else (str(message.string),)
    return messages, gettext.c2py(catalogue.plural_expr)
