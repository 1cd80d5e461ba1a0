"""Write a formula of a word processor in one line: ``(a)/(b)``, ``x^(2)``. Only the signs that carry meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

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
_WHOLE: Mapping[str, tuple[str, str]] = {f"{M}d": ("(", ")"), f"{M}rad": ("√(", ")"), f"{M}m": ("(", ")")}


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
    pieces = [piece for child in formula for piece in line_of(child, inside, depth + 1)] if depth < _DEEPEST else []
    before, after = {**_AROUND, **_WHOLE}.get(formula.tag, ("", ""))
    if pieces and before:
        yield FormulaPiece(text=before, inside=inside)
    yield from pieces
    if pieces and after:
        yield FormulaPiece(text=after, inside=inside)
