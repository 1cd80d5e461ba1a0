"""Write raised and lowered letters so that they can still be told apart on one line: ten to the sixth is not 106.

Figures that have a raised or lowered character of their own become that character. Other words with figures are put in
brackets after ``^`` or ``_``. Letters alone, as in *1st*, stay as they are, and the reader names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from goodoffices.formats.docx.markup.tokens import W, value_of

_TABLES = {
    "superscript": str.maketrans("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "subscript": str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_BEFORE = {"superscript": "^", "subscript": "_"}
_DEEPEST = 20


def write_raised(trees: Iterable[Element], styles: Element | None) -> dict[int, str]:
    """Rewrite the raised and lowered words of all runs in ``trees``.

    Returns
    -------
    dict
        The words that had to stay as they are, by the element that has them (its ``id``).
    """
    named = {} if styles is None else {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    plain: dict[int, str] = {}
    for tree in trees:
        for run in tree.iter(f"{W}r"):
            where = _where(run, named)
            if where not in _TABLES:
                continue
            for piece in run:
                if piece.tag in (f"{W}t", f"{W}delText") and (piece.text or "").strip():
                    before = piece.text or ""
                    piece.text = _written(before, where)
                    if piece.text == before:
                        plain[id(piece)] = before.strip()
    return plain


def _where(run: Element, named: Mapping[str, Element]) -> str:
    """Return whether the letters of a run are raised or lowered, by themselves or by their style."""
    at: Element | None = run
    for _ in range(_DEEPEST):
        frame = None if at is None else at.find(f"{W}rPr")
        if frame is not None:
            if (given := value_of(frame.find(f"{W}vertAlign"))) or (given := _shifted(frame)):
                return given
            if at is run and (style := named.get(value_of(frame.find(f"{W}rStyle")))) is not None:
                at = style
                continue
        if at is None or at is run:
            return ""
        at = named.get(value_of(at.find(f"{W}basedOn")))
    return ""


def _shifted(frame: Element) -> str:
    """Return where letters stand that are moved from the line by half points."""
    shift = value_of(frame.find(f"{W}position"))
    if not shift.removeprefix("-").strip("0"):
        return ""
    return "subscript" if shift.startswith("-") else "superscript"


def _written(words: str, where: str) -> str:
    bare, table = words.strip(), _TABLES[where]
    if all(ord(letter) in table for letter in bare):
        return words.replace(bare, bare.translate(table), 1)
    if any(letter.isdecimal() for letter in bare):
        return words.replace(bare, f"{_BEFORE[where]}({bare})", 1)
    return words
