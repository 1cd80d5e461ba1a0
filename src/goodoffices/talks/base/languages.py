"""In which language a text seems to be, by its letters. A person who names the language is always right."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PERSIAN = re.compile(r"[پچژگی]")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_SCRIPTS = {
    "Arabic": (re.compile(r"[\u0600-\u06ff]"), ("ar", "fa", "ur", "ps", "ckb", "ku")),
    "Cyrillic": (re.compile(r"[\u0400-\u04ff]"), ("ru", "kk", "uk", "ky", "tg")),
    "Ethiopic": (re.compile(r"[\u1200-\u137f]"), ("am", "ti")),
    "Hebrew": (re.compile(r"[\u0590-\u05ff]"), ("he",)),
    "Han": (re.compile(r"[\u4e00-\u9fff]"), ("zh", "ja")),
}
"""The scripts that are told apart from Latin letters: how one is known, and the languages that are written in it."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OFTEN_LATIN = ("ku",)


def language_of(text: str, language: str) -> str:
    """Return the language that a text seems to be in: by most of its letters, and in doubt ``language``.

    Examples
    --------
    >>> language_of("نحن نقبل", "en"), language_of("ما می‌پذیریم", "en"), language_of("We accept", "ar")
    ('ar', 'fa', 'en')
    >>> language_of('They wrote "سلام" on it', "en")
    'en'
    """
    for letters, languages in _SCRIPTS.values():
        if len(letters.findall(text)) > len(_LATIN.findall(text)):
            return language if language in languages else _likeliest(text, languages)
    elsewhere = any(language in languages and language not in _OFTEN_LATIN for _, languages in _SCRIPTS.values())
    return "en" if elsewhere else language


def language_among(text: str, languages: Sequence[str]) -> str:
    """Return the language of a text whose language nobody named, in talks that are held in ``languages``.

    It is the one that its letters fit, and the first of several: the working language comes first.

    Examples
    --------
    >>> language_among("نحن نقبل", ("fr", "fa", "ar")), language_among("Nous acceptons", ("ar", "fr", "en"))
    ('ar', 'fr')
    >>> language_among("نحن نقبل", ("en",)), language_among("ما نمی‌پذیریم", ("ar", "fa")), language_among("Ja", ())
    ('ar', 'fa', 'en')
    """
    fitting = [one for one in languages if language_of(text, one) == one]
    likeliest = language_of(text, "en")
    return likeliest if likeliest in fitting and likeliest != "en" else next(iter(fitting), likeliest)


def _likeliest(text: str, languages: Sequence[str]) -> str:
    if "fa" in languages and _PERSIAN.search(text):
        return "fa"
    return "kk" if "kk" in languages and _KAZAKH.search(text) else languages[0]
