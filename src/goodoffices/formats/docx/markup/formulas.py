"""Write a formula of a word processor in one line: ``(a)/(b)``, ``x^(2)``. Only the signs that carry meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DEEPEST = 32
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_AROUND: Mapping[str, tuple[str, str]] = {
    f"{M}num": ("(", ")/"),
    f"{M}den": ("(", ")"),
    f"{M}sup": ("^(", ")"),
    f"{M}sub": ("_(", ")"),
    f"{M}deg": ("root ", " of "),
    f"{M}mr": ("", "; "),
}
"""What is written before and after each part of a formula."""
_WHOLE: Mapping[str, tuple[str, str]] = {f"{M}rad": ("√(", ")"), f"{M}m": ("(", ")"), f"{M}bar": ("bar(", ")")}
_BETWEEN: Mapping[str, str] = {f"{M}mr": ", ", f"{M}eqArr": "; "}
"""What is written between the elements of a row, and between the lines of a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaPiece:
    """A piece of a formula; ``source`` is the element it was read from, 0 for what we write between the pieces.

    ``inside`` are the tracked changes that it lies in, the outermost first.
    """

    text: str
    source: int = 0
    inside: tuple[Element, ...] = ()


def line_of(formula: Element, inside: tuple[Element, ...] = (), depth: int = 0) -> Iterator[FormulaPiece]:
    """Yield the pieces of a formula in reading order.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    >>> half = fromstring(f"<m:oMath {m}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    ...                   "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>")
    >>> "".join(piece.text for piece in line_of(half))
    '(1)/(2)'
    """
    name = formula.tag.rpartition("}")[2]
    if name in ("t", "delText"):
        yield FormulaPiece(text=formula.text or "", source=id(formula), inside=inside)
        return
    if name in _TRACKED:
        inside = (*inside, formula)
    pieces = _pieces_in(formula, inside, depth) if depth < _DEEPEST else []
    before, after = _around(formula)
    if pieces and before:
        yield FormulaPiece(text=before, inside=inside)
    yield from pieces
    if pieces and after:
        yield FormulaPiece(text=after, inside=inside)


def _pieces_in(formula: Element, inside: tuple[Element, ...], depth: int) -> list[FormulaPiece]:
    """Return the pieces of the parts of a formula, with what is written between parts that stand side by side."""
    between = _BETWEEN.get(formula.tag, "")
    if formula.tag == f"{M}d":
        between = _sign(formula, "d", "sepChr", "|")
    pieces: list[FormulaPiece] = []
    for child in formula:
        own = list(line_of(child, inside, depth + 1))
        if own and pieces and between and child.tag == f"{M}e":
            pieces.append(FormulaPiece(text=between, inside=inside))
        pieces += own
    return pieces


def _around(formula: Element) -> tuple[str, str]:
    """Return what is drawn before and after a part of a formula; some of it is named among its properties."""
    name = formula.tag.rpartition("}")[2]
    if name == "nary":
        return f"{_sign(formula, name, 'chr', '∫')} ", ""
    if name == "d":
        return _sign(formula, name, "begChr", "("), _sign(formula, name, "endChr", ")")
    if name in ("acc", "groupChr"):
        return "", _sign(formula, name, "chr", "\u0302" if name == "acc" else "\u23df")
    if name == "f" and formula.find(f"{M}fPr/{M}type[@{M}val='noBar']") is not None:
        return "one over the other: ", ""
    return {**_AROUND, **_WHOLE}.get(formula.tag, ("", ""))


def _sign(formula: Element, name: str, what: str, usual: str) -> str:
    """Return a sign that the properties of a part name; the usual one if they do not."""
    given = formula.find(f"{M}{name}Pr/{M}{what}")
    return usual if given is None else given.get(f"{M}val", "")
