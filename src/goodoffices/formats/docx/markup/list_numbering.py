"""Compute the numbers that a word processor shows before the paragraphs of a list; the file does not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level of a list counts: from where, in which figures, drawn how (``%1.``)."""

    first: int = 1
    figures: str = "decimal"
    drawn: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one file while its paragraphs are read in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, given: Element | None, style: str) -> tuple[str, int]:
        """Return what is drawn before the next paragraph, empty if nothing, and its level from 0."""
        if given is None and style not in self.of_style:
            return "", 0
        listed, level = self.of_style.get(style, ("", 0)) if given is None else _place(given)
        held = self.levels.get(listed)
        if held is None or level not in held:
            return "", level
        self.counts[listed, level] = self.counts.get((listed, level), held[level].first - 1) + 1
        for below in range(level + 1, _LEVELS):
            self.counts.pop((listed, below), None)
        return self._drawn(listed, held, level), level

    def _drawn(self, listed: str, held: dict[int, _Level], level: int) -> str:
        if held[level].figures == "bullet":
            return "•"

        def figure(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = held.get(at, _Level())
            return _figures(self.counts.get((listed, at), other.first), other.figures)

        return re.sub(r"%([1-9])", figure, held[level].drawn)


def numbering_of(tree: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that a file declares, before counting."""
    made = Numbering()
    if tree is None:
        return made
    abstract = {a.get(f"{W}abstractNumId", ""): _levels(a) for a in tree.iter(f"{W}abstractNum")}
    for num in tree.iter(f"{W}num"):
        made.levels[num.get(f"{W}numId", "")] = abstract.get(_text(num.find(f"{W}abstractNumId")), {})
    for style in [] if styles is None else styles.iter(f"{W}style"):
        given = style.find(f"{W}pPr/{W}numPr")
        if given is not None:
            made.of_style[style.get(f"{W}styleId", "")] = _place(given)
    return made


def _levels(abstract: Element) -> dict[int, _Level]:
    found = {}
    for level in abstract.iter(f"{W}lvl"):
        drawn = _text(level.find(f"{W}lvlText"))
        figures = _text(level.find(f"{W}numFmt")) or "decimal"
        at = _count(level.get(f"{W}ilvl", "0"), 0)
        found[at] = _Level(first=_count(_text(level.find(f"{W}start")), 1), figures=figures, drawn=drawn)
    return found


def _place(given: Element) -> tuple[str, int]:
    return _text(given.find(f"{W}numId")), _count(_text(given.find(f"{W}ilvl")), 0)


def _text(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _count(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else otherwise


def _figures(n: int, figures: str) -> str:
    if figures in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letters if figures == "lowerLetter" else letters.upper()
    if figures in ("lowerRoman", "upperRoman"):
        return _roman(n) if figures == "lowerRoman" else _roman(n).upper()
    return str(n)


def _roman(n: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        made += letters * (n // value)
        n %= value
    return made
