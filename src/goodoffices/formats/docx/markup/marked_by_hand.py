"""Find words whose look says something that no tracked change says: white or tiny letters, coloured ones underlined.

The words that an empty field shows until somebody fills it in are nobody's either, and a date that a program writes
anew is another one tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from goodoffices.formats.docx.markup.fields import dates_drawn_anew
from goodoffices.formats.docx.markup.tokens import W, is_on, value_of
from goodoffices.phrases.phrase import Phrase

_BLACK = ("", "auto", "000000")
_WHITE = "ffffff"
_TINY = 8
"""The largest size, in half points, that nobody reads on paper."""
_LONGEST = 120
_ANEW = "A date that is drawn anew each time is read as it was last shown"
_UNFILLED = "An empty field shows these words until somebody fills it in. They are read like all others"


_BY_TABLE = "The style of a table hides or strikes letters of it. They are read like all others"
_TURNED = Phrase("Letters that the file turns round are read in the order in which they are typed")
_LEFT, _RIGHT = ("L", "EN", "AN"), ("R", "AL")


def marked_by_hand(trees: Iterable[Element], styles: Element | None = None) -> dict[int, tuple[str, str]]:
    """Return what the look of words says, and the words, by the element that has them (its ``id``).

    Only the look of the run itself counts. A style has a name and is somebody's plan: our own legend has such styles.
    Of styles of tables it is said which words they hide or strike, since these are not looked through.
    """
    found: dict[int, tuple[str, str]] = {}
    hiding = _hiding_tables(styles)
    for tree in trees:
        found |= _in_tables(tree, hiding) | _turned(tree)
        dates = dates_drawn_anew(tree)
        found |= {id(piece): (_ANEW, piece.text or "") for piece in tree.iter(f"{W}t") if id(piece) in dates}
        for run in tree.iter(f"{W}r"):
            frame = run.find(f"{W}rPr")
            look = "" if frame is None else _look(frame)
            for piece in run if look else ():
                if piece.tag == f"{W}t" and (piece.text or "").strip():
                    found[id(piece)] = look, piece.text or ""
        for control in tree.iter(f"{W}sdt"):
            if is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
                found |= {id(piece): (_UNFILLED, piece.text or "") for piece in control.iter(f"{W}t")}
    return found


def _in_tables(tree: Element, hiding: frozenset[str]) -> dict[int, tuple[str, str]]:
    tables = (one for one in tree.iter(f"{W}tbl") if value_of(one.find(f"{W}tblPr/{W}tblStyle")) in hiding)
    return {id(piece): (_BY_TABLE, piece.text or "") for table in tables for piece in table.iter(f"{W}t")}


def _turned(tree: Element) -> dict[int, tuple[str, str]]:
    """Return letters and figures that stand in a wrapper which draws them in the other direction."""
    found: dict[int, tuple[str, str]] = {}
    for wrapper in tree.iter(f"{W}bdo"):
        against = _LEFT if wrapper.get(f"{W}val") == "rtl" else _RIGHT
        for piece in wrapper.iter(f"{W}t"):
            if sum(bidirectional(char) in against for char in piece.text or "") > 1:
                found[id(piece)] = _TURNED, piece.text or ""
    return found


def _hiding_tables(styles: Element | None) -> frozenset[str]:
    """Return the styles of tables that hide or strike letters, in the whole table or in some of its rows or cells."""
    tables = {} if styles is None else {
        style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style") if style.get(f"{W}type") == "table"
    }  # fmt: skip
    looks = [f"{W}vanish", f"{W}strike", f"{W}dstrike"]
    found = {name for name, style in tables.items() if any(is_on(one) for look in looks for one in style.iter(look))}
    for _ in tables:
        found |= {name for name, style in tables.items() if value_of(style.find(f"{W}basedOn")) in found}
    return frozenset(found - {""})


def _look(frame: Element) -> str:
    color = value_of(frame.find(f"{W}color")).lower()
    if color == _WHITE:
        return Phrase("White letters are read like all others")
    size = value_of(frame.find(f"{W}sz"))
    if size.isascii() and size.isdigit() and int(size) <= _TINY:
        return Phrase("Tiny letters are read like all others")
    is_underlined = value_of(frame.find(f"{W}u")) not in ("", "none")
    return (
        Phrase("Coloured, underlined letters may be a change marked by hand. They are read like all others")
        if is_underlined and color not in _BLACK
        else ""
    )


def look_notes(found: Mapping[int, tuple[str, str]], places: Mapping[int, str]) -> tuple[str, ...]:
    """Return one sentence for each look in each place where the text has it."""
    grouped: dict[tuple[str, str], str] = {}
    for source, (look, words) in found.items():
        if source in places:
            key = look, places[source]
            grouped[key] = grouped.get(key, "") + words
    shown = ((look, place, " ".join(words.split())) for (look, place), words in grouped.items())
    return tuple(
        Phrase(
            "{look}, {place}: “{words}”.",
            look=look,
            place=place,
            words=words[:_LONGEST] + ("…" if len(words) > _LONGEST else ""),
        )
        for look, place, words in shown
    )
