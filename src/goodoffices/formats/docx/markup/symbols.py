"""Characters that a file takes from a font of symbols: by the character that looks the same, or as an empty box.

Programs write them as an element of their own or, like LibreOffice, among the words, by a number for private use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from xml.etree.ElementTree import Element

from goodoffices.formats.docx.markup.tokens import W, is_on, value_of

_UNKNOWN = "□"
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL: Mapping[int, str] = {
    **{0x41 + k: letter for k, letter in enumerate(_GREEK)},
    **{0x61 + k: letter for k, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB0: "°", 0xA5: "∞", 0xB8: "÷", 0xBB: "≈",
    0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xD7: "⋅", 0x2D: "−", 0xE5: "∑", 0xD6: "√",
}  # fmt: skip
_WINGDINGS: Mapping[int, str] = {
    0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xA7: "▪", 0x6E: "■", 0xE0: "→", 0xDF: "←",
    0xD8: "➢", 0x6C: "●", 0xF0: "⇨",
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL, "opensymbol": {}, "wingdings": _WINGDINGS, "wingdings 2": {}, "wingdings 3": {}, "webdings": {},
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LINE_ENDS = str.maketrans("\t\n\r", "   ")


def shown(symbol: Element) -> str:
    """Return the character of a ``w:sym``.

    Its number is that of the font, often moved into the range for private use; there it means nothing without the font.
    """
    try:
        code = int(symbol.get(f"{W}char", ""), 16)
    except ValueError:
        return _UNKNOWN
    font = _font(symbol.get(f"{W}font", ""))
    if font is not None:
        return font.get(code - 0xF000 if code >= 0xF000 else code, _UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x10000 else _UNKNOWN


def _font(name: str) -> Mapping[int, str] | None:
    return _FONTS.get(name.lower())


def write_plain(trees: Iterable[Element]) -> None:
    """Rewrite the words of all runs in ``trees`` as a person sees them.

    A character for private use becomes the one that its font of symbols shows. A tab or the end of a line inside words
    is how a program laid out its file: it is shown as a blank, and what parts lines are elements of their own.
    """
    for tree in trees:
        for run in tree.iter(f"{W}r"):
            for piece in run:
                if piece.tag in (f"{W}t", f"{W}delText") and piece.text:
                    text = piece.text.translate(_LINE_ENDS)
                    font = _font_of(run) if _PRIVATE.search(text) else None
                    piece.text = text if font is None else _PRIVATE.sub(partial(_symbol, font), text)


def _symbol(font: Mapping[int, str], found: re.Match[str]) -> str:
    return font.get(ord(found[0]) - 0xF000, _UNKNOWN)


def _font_of(run: Element) -> Mapping[int, str] | None:
    """Return the font of symbols that a run names, if it names one."""
    named = run.find(f"{W}rPr/{W}rFonts")
    fonts = (_font(name) for name in ([] if named is None else named.attrib.values()))
    return next((font for font in fonts if font is not None), None)


def form_field_words(field: Element) -> str:
    """Return what an old form field shows at its beginning, a ``w:fldChar``: the choice of a list, or a ticked box."""
    choices, box = field.find(f"{W}ffData/{W}ddList"), field.find(f"{W}ffData/{W}checkBox")
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
        given = choices.find(f"{W}result")
        given = choices.find(f"{W}default") if given is None else given
        at = value_of(given) or "0"
        return entries[int(at)] if at.isascii() and at.isdigit() and int(at) < len(entries) else ""
    if box is None:
        return ""
    ticked = box.find(f"{W}checked")
    return "\u2612" if is_on(box.find(f"{W}default") if ticked is None else ticked) else "\u2610"
