"""What the styles of an OpenDocument text say: the name a person gave, struck or hidden letters, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.odt.names import FO, LOEXT, OFFICE, STYLE, TEXT

_DEEPEST = 20
_FIGURES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "١, ٢, ٣, ...": "hindiNumbers",
    "أ, ب, ت, ...": "arabicAlpha",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How letters are drawn: in which style that has a name, whether struck, struck twice or hidden, and where.

    ``where`` is *superscript*, *subscript* or empty: on the line. ``color``, ``underlined`` and ``size`` (in
    points) are those that no style with a name gives. ``font`` is the font, if it is named.
    """

    style: str = ""
    strike: bool = False
    double: bool = False
    hidden: bool = False
    where: str = ""
    color: str = ""
    underlined: bool = False
    size: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The styles of a file by family and name, those without a name of their own, and the lists."""

    by_name: Mapping[tuple[str, str], Element]
    automatic: frozenset[tuple[str, str]]
    lists: Mapping[str, Element]
    outline: Element | None = None

    def letters(self, family: str, name: str, around: Letters) -> Letters:
        """Return how letters in a style are drawn inside ``around``."""
        chain: list[Element] = []
        at = (family, name)
        called = ""
        while at in self.by_name and len(chain) < _DEEPEST:
            chain.append(self.by_name[at])
            called = called or ("" if at in self.automatic else at[1])
            if not at[1]:
                # The default style rests on no other.
                break
            at = (family, self.by_name[at].get(f"{STYLE}parent-style-name", ""))
        made = replace(around, style=_decoded(called or at[1]) or around.style)
        for style in reversed(chain):
            found = style.find(f"{STYLE}text-properties")
            made = made if found is None else _drawn(made, found)
            if found is not None and (family, style.get(f"{STYLE}name", "")) in self.automatic:
                made = _colored(made, found)
        return made

    def list_of(self, name: str) -> str:
        """Return the list style that a paragraph style belongs to, empty if none."""
        for _ in range(_DEEPEST):
            style = self.by_name.get(("paragraph", name))
            if style is None:
                return ""
            if style.get(f"{STYLE}list-style-name") is not None:
                return style.get(f"{STYLE}list-style-name", "")
            name = style.get(f"{STYLE}parent-style-name", "")
        return ""


def _drawn(around: Letters, properties: Element) -> Letters:
    line, kind = (properties.get(f"{STYLE}text-line-through-{word}") for word in ("style", "type"))
    hidden = properties.get(f"{TEXT}display")
    made = around
    if line is not None or kind is not None:
        struck = line != "none" and kind != "none"
        made = replace(made, strike=struck and kind != "double", double=struck and kind == "double")
    position = properties.get(f"{STYLE}text-position")
    if position is not None:
        made = replace(made, where=_where(position))
    font = properties.get(f"{STYLE}font-name", "") or properties.get(f"{FO}font-family", "").strip("'\"")
    made = replace(made, font=font) if font else made
    return made if hidden is None else replace(made, hidden=hidden == "none")


def _colored(around: Letters, properties: Element) -> Letters:
    color, line = properties.get(f"{FO}color"), properties.get(f"{STYLE}text-underline-style")
    size = re.fullmatch(r"(\d{1,3})(?:\.\d+)?pt", properties.get(f"{FO}font-size", ""))
    made = around if size is None else replace(around, size=size[1])
    made = made if color is None else replace(made, color=color.removeprefix("#"))
    return made if line is None else replace(made, underlined=line != "none")


def _where(position: str) -> str:
    """Return where letters stand, from a position such as ``super 58%`` or ``-33% 58%``."""
    first = position.partition(" ")[0]
    if first in ("super", "sub"):
        return f"{first}script"
    if not first.strip("-+%0."):
        return ""
    return "subscript" if first.startswith("-") else "superscript"


def _decoded(name: str) -> str:
    """Return a style's name as a person reads it: the file writes ``_20_`` for a blank."""
    return re.sub(r"_([0-9a-f]{2})_", lambda found: chr(int(found[1], 16)), name)


def styles_of(trees: Iterable[Element]) -> Styles:
    """Return the styles of the parts of a file."""
    by_name: dict[tuple[str, str], Element] = {}
    automatic: set[tuple[str, str]] = set()
    lists: dict[str, Element] = {}
    outline = None
    for tree in trees:
        for folder in tree:
            for style in folder:
                key = (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", ""))
                if style.tag == f"{TEXT}list-style":
                    lists[key[1]] = style
                elif style.tag == f"{TEXT}outline-style":
                    outline = style
                elif style.tag == f"{STYLE}default-style" and key[0] == "paragraph":
                    by_name[key] = style
                elif style.tag == f"{STYLE}style":
                    by_name[key] = style
                    automatic |= {key} if folder.tag == f"{OFFICE}automatic-styles" else set()
    return Styles(by_name=by_name, automatic=frozenset(automatic), lists=lists, outline=outline)


def numbering_part(lists: Mapping[str, Element | None], restarts: Mapping[str, tuple[str, int, int]]) -> Element:
    """Return the lists of a text, by the name given to each, as the part of a ``.docx`` file that declares them.

    ``restarts`` names lists that go on as another one does, the level at which they count anew, and from where.
    """
    root = Element(f"{W}numbering")
    for name, style in lists.items():
        abstract = SubElement(root, f"{W}abstractNum", {f"{W}abstractNumId": name})
        for level in [] if style is None else style:
            _level(abstract, level)
    for name in lists:
        num = SubElement(root, f"{W}num", {f"{W}numId": name})
        SubElement(num, f"{W}abstractNumId", {f"{W}val": name})
    for name, (base, at, start) in restarts.items():
        num = SubElement(root, f"{W}num", {f"{W}numId": name})
        SubElement(num, f"{W}abstractNumId", {f"{W}val": base})
        override = SubElement(num, f"{W}lvlOverride", {f"{W}ilvl": str(at)})
        SubElement(override, f"{W}startOverride", {f"{W}val": str(start)})
    return root


def _level(abstract: Element, level: Element) -> None:
    at = level.get(f"{TEXT}level", "1")
    if not re.fullmatch(r"[1-9]|10", at):
        return
    made = SubElement(abstract, f"{W}lvl", {f"{W}ilvl": str(int(at) - 1)})
    SubElement(made, f"{W}start", {f"{W}val": level.get(f"{TEXT}start-value", "1")})
    figures = level.get(f"{STYLE}num-format", "")
    is_bullet = level.tag == f"{TEXT}list-level-style-bullet"
    SubElement(made, f"{W}numFmt", {f"{W}val": "bullet" if is_bullet else _FIGURES.get(figures, "decimal")})
    SubElement(made, f"{W}lvlText", {f"{W}val": _label(level, int(at)) if figures or is_bullet else ""})


def _label(level: Element, at: int) -> str:
    """Return what is drawn before a paragraph, as in ``Article %1``."""
    written = level.get(f"{LOEXT}num-list-format")
    if written is not None:
        return re.sub(r"%(\d+)%", r"%\1", written)
    shown = level.get(f"{TEXT}display-levels", "1")
    first = max(1, at - int(shown) + 1) if shown.isascii() and shown.isdigit() else at
    numbers = ".".join(f"%{k}" for k in range(first, at + 1))
    return f"{level.get(f'{STYLE}num-prefix', '')}{numbers}{level.get(f'{STYLE}num-suffix', '')}"
