"""Compute the numbers that a word processor shows before the paragraphs of a list; the file does not hold them.

The numbers depend on which paragraphs are there: with one author's changes there may be more, or fewer. So the lists
are read once, and counted anew for each reading of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.tokens import W, is_on, value_of

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level of a list counts: from where, in which figures, drawn how (``%1.``).

    It begins again after a level above it up to ``restarts``, counted from 1; 0 is never.
    """

    first: int = 1
    restarts: int = 9
    figures: str = "decimal"
    drawn: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list: what it counts together with (several lists may share one count), its levels, and where it restarts."""

    counted: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The lists that a file declares, and the styles whose paragraphs are in one."""

    lists: Mapping[str, _List] = field(default_factory=dict)
    of_style: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def place(self, given: Element | None, style: str) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, or ``None``."""
        styled = self.of_style.get(style)
        if given is None:
            return styled
        listed = value_of(given.find(f"{W}numId")) or (styled[0] if styled else "")
        level = given.find(f"{W}ilvl")
        return listed, _count(value_of(level), 0) if level is not None or styled is None else styled[1]


@dataclass(slots=True)
class ListCounter:
    """Counts the lists of one reading of the text, paragraph by paragraph."""

    numbering: Numbering
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    other_figures: set[str] = field(default_factory=set)
    """The names of letters and signs that were counted, and that are read as figures."""

    def next(self, place: tuple[str, int] | None) -> str:
        """Return what is drawn before the next paragraph, empty if nothing."""
        held = None if place is None else self.numbering.lists.get(place[0])
        if place is None or held is None or place[1] not in held.levels:
            return ""
        listed, level = place
        if listed not in self.begun:
            self.begun.add(listed)
            for at, first in held.restarts.items():
                self.counts[held.counted, at] = first - 1
        key = (held.counted, level)
        self.counts[key] = self.counts.get(key, held.levels[level].first - 1) + 1
        for below in range(level + 1, _LEVELS):
            if level < held.levels.get(below, _Level()).restarts:
                self.counts.pop((held.counted, below), None)
        return self._drawn(held, level)

    def _drawn(self, held: _List, level: int) -> str:
        own = held.levels[level]
        if own.figures == "bullet":
            return "•"

        def figure(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = held.levels.get(at, _Level())
            if other.figures == "none":
                return ""
            count = self.counts.get((held.counted, at), other.first)
            if not own.legal and other.figures in _OF_OTHER_LETTERS:
                self.other_figures.add(other.figures)
            return _figures(count, "decimal" if own.legal else other.figures)

        return re.sub(r"%([1-9])", figure, own.drawn)


def numbering_of(tree: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that a file declares, before counting."""
    if tree is None:
        return Numbering()
    of_style = _of_styles(styles)
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in tree.iter(f"{W}abstractNum")}
    nums = {num.get(f"{W}numId", ""): num for num in tree.iter(f"{W}num")}
    lists = {}
    for name, num in nums.items():
        counted = value_of(num.find(f"{W}abstractNumId"))
        linked = value_of(abstract[counted].find(f"{W}numStyleLink")) if counted in abstract else ""
        if linked in of_style and of_style[linked][0] in nums:
            counted = value_of(nums[of_style[linked][0]].find(f"{W}abstractNumId"))
        if counted in abstract:
            lists[name] = _list(counted, abstract[counted], num)
    return Numbering(lists=lists, of_style=of_style)


def _list(counted: str, abstract: Element, num: Element) -> _List:
    levels, restarts = _levels(abstract), {}
    for override in num.iter(f"{W}lvlOverride"):
        at = _count(override.get(f"{W}ilvl", "0"), 0)
        levels.update(_levels(override))
        first = override.find(f"{W}startOverride")
        if first is not None:
            restarts[at] = _count(value_of(first), 1)
    return _List(counted=counted, levels=levels, restarts=restarts)


def _of_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    made: dict[str, tuple[str, int]] = {}
    found = {} if styles is None else {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    for name in found:
        at, seen = name, set[str]()
        while at in found and at not in seen:
            seen.add(at)
            given = found[at].find(f"{W}pPr/{W}numPr")
            if given is not None and given.find(f"{W}numId") is not None:
                level = found[name].find(f"{W}pPr/{W}numPr/{W}ilvl")
                depth = _count(value_of(level if level is not None else given.find(f"{W}ilvl")), 0)
                made[name] = value_of(given.find(f"{W}numId")), depth
                break
            at = value_of(found[at].find(f"{W}basedOn"))
    return made


def _levels(abstract: Element) -> dict[int, _Level]:
    found = {}
    for level in abstract.iter(f"{W}lvl"):
        at = _count(level.get(f"{W}ilvl", "0"), 0)
        found[at] = _Level(
            first=_count(value_of(level.find(f"{W}start")), 1),
            figures=value_of(level.find(f"{W}numFmt")) or "decimal",
            drawn=value_of(level.find(f"{W}lvlText")),
            legal=is_on(level.find(f"{W}isLgl")),
            restarts=_count(value_of(level.find(f"{W}lvlRestart")), _LEVELS),
        )
    return found


def _count(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else otherwise


_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_OF_OTHER_LETTERS = frozenset({
    "hebrew1", "hebrew2", "russianLower", "russianUpper", "hindiVowels", "hindiConsonants", "thaiLetters", "ganada",
    "chosung", "aiueo", "aiueoFullWidth", "iroha", "irohaFullWidth", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "chicago", "hex",
})  # fmt: skip
"""Ways to count that draw something else than a figure, and that are not drawn here."""
_DIGITS = {"hindiNumbers": 0x660, "thaiNumbers": 0xE50}


def _figures(n: int, figures: str) -> str:
    if figures in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letters if figures == "lowerLetter" else letters.upper()
    if figures in ("lowerRoman", "upperRoman"):
        return _roman(n) if figures == "lowerRoman" else _roman(n).upper()
    if figures in ("arabicAbjad", "arabicAlpha") and 1 <= n <= len(_ABJAD):
        return (_ABJAD if figures == "arabicAbjad" else _ARABIC)[n - 1]
    if figures in _DIGITS:
        return "".join(chr(_DIGITS[figures] + int(digit)) for digit in str(n))
    return f"{n:02}" if figures == "decimalZero" else str(n)


def _roman(n: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        made += letters * (n // value)
        n %= value
    return made
