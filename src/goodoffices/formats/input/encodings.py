"""Encodings of tables other than UTF-8. A mapping file names one; it is suggested with its doubt, and never assumed.

Every byte is some letter in most of the encodings of one byte each. So what shows that a wrong one was named are words
that nobody writes: of two scripts, of Russian capitals inside a word, of accents alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, Place
from goodoffices.formats.input.files import RawFile
from goodoffices.phrases.phrase import Phrase

ENCODINGS: Mapping[str, str] = MappingProxyType({
    "utf-8": "any script",
    "utf-16": "any script",
    "windows-1256": "Arabic, Persian",
    "windows-1251": "Russian and other Cyrillic",
    "windows-1254": "Turkish",
    "windows-1252": "Western Europe",
})  # fmt: skip
"""The encodings that a mapping can name, each with what is written in it."""

_CODECS = {"utf-8": "utf-8-sig"} | {f"windows-{n}": f"cp{n}" for n in (1251, 1252, 1254, 1256)}
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TURKISH = re.compile(b"[\xd0\xdd\xde\xf0\xfd\xfe]")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_RUSSIAN = re.compile("[а-яёіїєґў][А-ЯЁІЇЄҐЎ]|^[ъьЪЬ]")
_ACCENTS_ALONE = 4
"""So many letters that all have accents stand in no word of Turkish or of a language of Western Europe."""
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Which encoding a file seems to have, which others would read it as words too, and words read in it."""

    encoding: str
    others: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_marked: bool = False

    def comments(self) -> list[str]:
        """Return the lines of a mapping that say it, with the doubt."""
        shown = ", ".join(self.words)
        if self.is_marked:
            return [f"# The first bytes of this file say that it is {self.encoding}.", f"encoding: {self.encoding}"]
        lines = [
            "# This file does not say in which encoding it is.",
            f"# {self.encoding} ({ENCODINGS[self.encoding]}) is a guess.",
            f"# Are these words right? {shown}" if shown else "# No word shows whether it is right.",
        ]
        if self.others:
            lines.append(f"# These can be read without a mistake too: {', '.join(self.others)}.")
        return [*lines, f"encoding: {self.encoding}"]


def in_utf8(raw: RawFile, encoding: str) -> RawFile | Entry:
    """Return a file with its text in UTF-8, or what shows that it is not in the encoding that was named for it.

    Parameters
    ----------
    encoding
        One of `ENCODINGS`.
    """
    is_marked = raw.data.startswith(_MARKS)
    if is_marked and encoding != "utf-16":
        return _wrong(raw.name, "", encoding, Phrase("its first two bytes say that it is UTF-16."), "")
    if encoding == "utf-16" and b"\0" not in raw.data:
        # Digits, commas and the ends of lines have one in UTF-16.
        return _wrong(raw.name, "", encoding, Phrase("no byte is zero, so that it is not UTF-16."), "")
    text = _decoded(raw.data, encoding)
    if isinstance(text, UnicodeDecodeError):
        before = raw.data[: text.start].decode(_codec(encoding), "replace")
        found = f"0x{raw.data[text.start]:02X}"
        return _wrong(raw.name, before, encoding, Phrase("the byte {found} means nothing in {encoding}.",
                      found=found, encoding=encoding), found)  # fmt: skip
    if encoding in ("utf-8", "utf-16"):
        return replace(raw, data=text.encode())
    if _is_utf8(raw.data):
        at = next(n for n, byte in enumerate(raw.data) if byte > 127)
        return _wrong(raw.name, raw.data[:at].decode("ascii"), encoding, Phrase("the file is UTF-8."), "")
    strange = next(_strange_words(text, encoding), None)
    if strange is not None:
        why = Phrase("read as {encoding} this is {word}, which is not a word of any language.", encoding=encoding,
                     word=repr(strange[0][:40]))  # fmt: skip
        return _wrong(raw.name, text[: strange.start()], encoding, why, strange[0])
    return replace(raw, data=text.encode())


def guess_of(raw: RawFile) -> Guess | None:
    """Return which encoding a text seems to have; ``None`` if it is UTF-8, or can be read as words in none.

    Examples
    --------
    >>> guess_of(RawFile(name="a.csv", data="حماة,قصف".encode("cp1256"))).encoding
    'windows-1256'
    """
    if raw.data.startswith(_MARKS):
        return Guess(encoding="utf-16", is_marked=True)
    if not isinstance(_decoded(raw.data, "utf-8"), UnicodeDecodeError):
        return None
    fitting = {name: text for name in _CODECS if name != "utf-8" and (text := _read_as_words(raw.data, name))}
    if not fitting:
        return None
    best = max(fitting, key=lambda name: _likely(fitting[name], raw.data, name))
    foreign = dict.fromkeys(one[0] for one in _WORD.finditer(fitting[best]) if not one[0].isascii())
    others = [name for name, text in fitting.items() if name != best and text != fitting[best]]
    return Guess(encoding=best, others=tuple(others), words=tuple(foreign)[:_SHOWN])


def _codec(encoding: str) -> str:
    return _CODECS.get(encoding, encoding)


def _decoded(data: bytes, encoding: str) -> str | UnicodeDecodeError:
    try:
        return data.decode(_codec(encoding))
    except UnicodeDecodeError as error:
        return error


def _is_utf8(data: bytes) -> bool:
    return not data.isascii() and not isinstance(_decoded(data, "utf-8"), UnicodeDecodeError)


def _read_as_words(data: bytes, encoding: str) -> str:
    text = _decoded(data, encoding)
    return "" if isinstance(text, UnicodeDecodeError) or any(_strange_words(text, encoding)) else text


def _likely(text: str, data: bytes, encoding: str) -> tuple[bool, bool]:
    """Return how likely an encoding is among those that give words: by the script that it is there for."""
    script = {"windows-1256": "ARABIC", "windows-1251": "CYRILLIC"}.get(encoding)
    written = [char for char in text if ord(char) > 127 and char.isalpha() and _script(char) == script]
    # Arabic words that are read as Russian are mostly capitals.
    has_script = bool(written) and (script == "ARABIC" or 2 * sum(map(str.islower, written)) > len(written))
    has_turkish = _TURKISH.search(data) is not None
    return has_script, script is None and has_turkish == (encoding == "windows-1254")


def _strange_words(text: str, encoding: str) -> Iterator[re.Match[str]]:
    """Yield the words that nobody writes in the languages of an encoding."""
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii():
            continue
        if encoding in ("windows-1252", "windows-1254"):
            is_strange = len(word) >= _ACCENTS_ALONE and all(ord(char) > 127 for char in word)
        else:
            is_strange = len({_script(char) for char in word}) > 1 or _NOT_RUSSIAN.search(word) is not None
        if is_strange:
            yield found


def _script(char: str) -> str:
    """Return the script of a letter: the first word of its name."""
    return unicodedata.name(char, "?").partition(" ")[0]


def _wrong(name: str, before: str, encoding: str, why: str, found: str) -> Entry:
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    remedy = Phrase("Name another encoding in the mapping file, or save the table as UTF-8; --suggest proposes one.")
    right = Phrase("The mapping file says that this table is {encoding}.", encoding=encoding)
    return Entry(grade=Grade.REFUSAL, kind="not-utf8", place=Place(file=name, line=line, column=column), why=why,
                 right=right, remedy=remedy, found=found[:80])  # fmt: skip
