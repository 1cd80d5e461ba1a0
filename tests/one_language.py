"""Which words of a page are in another language than the page: neither our own nor those of people.

Arabic has no Latin letters, so that a Latin word on an Arabic page is a name, somebody's words, or a sentence of ours
that nobody translated. Names and words are those of the talks; some Latin words stand in the Arabic messages too, such
as the ending of a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from html.parser import HTMLParser

from goodoffices.languages import direction
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for

_LATIN = re.compile(r"(?<!\w)[A-Za-z]{2,}(?:['’-][A-Za-z]+)*(?!\w)")
_OF_PEOPLE = frozenset({"said", "words", "notation", "handle", "code", "side", "word", "aspect", "text"})
"""Classes of elements that hold what people wrote, or codes."""
_TECHNICAL = frozenset({"utc", "ctrl", "docx", "html", "pdf", "csv", "xlsx", "ics"})
"""Zones, keys and kinds of files have the same name in every language."""
_MARKS_OF_TEXTS = re.compile(r"[\[\]|{}#*:\n]|(?<!\S)\d+\.\s")
_PLACEHOLDER = re.compile(r"\{\{\w+\}\}")
_UNSPOKEN = frozenset({"script", "style", "svg", "textarea", "code", "time"})
_SHOWN_ATTRIBUTES = ("aria-label", "data-label", "placeholder", "alt")
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def latin_words(text: str) -> set[str]:
    """Return the Latin words of a text, in small letters."""
    return {word.lower() for word in _LATIN.findall(text)}


def own_words(language: str = "ar") -> frozenset[str]:
    """Return the Latin words that our messages have in a language that is written in other letters."""
    said = (form for forms in catalogue_for(language).messages.values() for form in forms)
    found = (latin_words(re.sub(r"(?<!\{)\{\w+\}", " ", one)) for one in said)
    return _TECHNICAL.union(*found, *(latin_words(name) for name in LANGUAGES.values()))


def strings_in(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep it lies."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    for part in _parts(value):
        yield from strings_in(part)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return value if isinstance(value, tuple | list | set | frozenset) else ()


def peoples_words(*values: object) -> tuple[str, ...]:
    """Return names, words and short names of talks, longest first, as a page may show them."""
    found: set[str] = set()
    for text in strings_in(values):
        plain = " ".join(text.split())
        # A page may show a stretch of a text between its marks, or a number apart from its heading.
        pieces = (" ".join(piece.split()).rstrip(".") for piece in _MARKS_OF_TEXTS.split(text))
        found |= {plain, plain.replace("-", " "), *pieces}
    return tuple(sorted((one.lower() for one in found if latin_words(one)), key=lambda one: (-len(one), one)))


class _Spoken(HTMLParser):
    """Collects the texts that a page speaks itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # Inside a text our own words say that they are in the language of the page.
        within = self._is_silent and not (given.get("lang") == "ar" and "dir" in given)
        silent = within or tag in _UNSPOKEN or bool(_OF_PEOPLE & set(given.get("class", "").split()))
        other = given.get("lang", "")
        # A language's own name, as a choice, is in that language; no other element of ours says that it is.
        # What people wrote finds its own direction; what we say has that of the page.
        silent = silent or given.get("dir") == "auto"
        silent = silent or (tag in ("option", "a", "bdi") and other not in ("", "en") and direction(other) == "ltr")
        if not silent:
            self.texts += [given[name] for name in _SHOWN_ATTRIBUTES if name in given]
        if tag not in _VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_silent and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def untranslated(page: str, people: tuple[str, ...], own: frozenset[str]) -> list[str]:
    """Return the texts of a page in Arabic that have Latin words which are neither people's nor in our messages."""
    spoken = _Spoken()
    spoken.feed(page)
    return [text for text in dict.fromkeys(spoken.texts) if _left(text, people, own)]


def _left(text: str, people: tuple[str, ...], own: frozenset[str]) -> set[str]:
    left = _PLACEHOLDER.sub(" ", text.lower())
    words = latin_words(left) - own
    for known in people:
        if not words:
            break
        if known in left:
            left = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", left)
            words = latin_words(left) - own
    return words
