"""The text of a ``.docx`` file in order, as values: pieces with their marks, and the paragraphs that they form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark between texts: a bookmark (``kind`` *named*), or the beginning or end of a remark (*from*, *to*)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of text, or a mark (``mark``).

    ``inserted`` and ``deleted`` name the authors whose tracked changes it lies in, the outermost first. ``source`` is
    the element that it was read from; by it the balance finds what became of every word of the file.
    """

    text: str = ""
    style: str = ""
    strike: str = ""
    hidden: bool = False
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    mark: Mark | None = None
    source: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: its place in the file, its style, its list and level, and by whom its end was changed."""

    place: int = 0
    style: str
    heading: bool
    listed: tuple[str, int] | None = None
    number: str = ""
    tokens: tuple[Token, ...] = ()
    end_inserted: tuple[str, ...] = ()
    end_deleted: tuple[str, ...] = ()

    @property
    def level(self) -> int:
        """The level in its list, from 0."""
        return 0 if self.listed is None else self.listed[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style says of text: its name, whether it is one of headings, and how its letters are drawn."""

    name: str = ""
    heading: bool = False
    hidden: bool | None = None
    strike: bool | None = None
    double: bool | None = None


def styles_of(tree: Element | None) -> dict[str, Style]:
    """Return the styles by the id that paragraphs and runs use; each has what it takes over from those it rests on.

    The empty id is that of paragraphs that name no style: they have the default one, and what all letters have.
    """
    if tree is None:
        return {}
    found = {style.get(f"{W}styleId", ""): style for style in tree.iter(f"{W}style")}
    root = _drawn(Style(), tree.find(f"{W}docDefaults/{W}rPrDefault"))
    made = {name: _style(found, name, root, 0) for name in found}
    usual = (n for n, e in found.items() if e.get(f"{W}type") == "paragraph" and e.get(f"{W}default") in ("1", "true"))
    return {"": made.get(next(usual, ""), root), **made}


def _style(found: Mapping[str, Element], name: str, root: Style, depth: int) -> Style:
    style = found[name]
    parent = value_of(style.find(f"{W}basedOn"))
    under = root if style.get(f"{W}type") == "paragraph" else Style()
    if parent in found and depth < _DEEPEST_STYLE:
        under = _style(found, parent, root, depth + 1)
    called = value_of(style.find(f"{W}name"))
    usual = under.heading or called.lower().startswith("heading")
    heading = is_heading(style.find(f"{W}pPr/{W}outlineLvl"), usual) and called != "GoTitle"
    return replace(_drawn(under, style), name=called, heading=heading)


def is_heading(outline: Element | None, usual: bool) -> bool:
    """Say whether a level of the outline is one of headings: 0 to 8 are, 9 is that of body text."""
    return usual if outline is None else value_of(outline) != "9"


def _drawn(under: Style, frame: Element | None) -> Style:
    """Return a style with what the ``w:rPr`` in an element says of how letters are drawn, as far as it says so."""

    def given(tag: str, otherwise: bool | None) -> bool | None:
        found = None if frame is None else frame.find(f"{W}rPr/{W}{tag}")
        return otherwise if found is None else is_on(found)

    return replace(
        under,
        hidden=given("vanish", under.hidden),
        strike=given("strike", under.strike),
        double=given("dstrike", under.double),
    )


def value_of(element: Element | None) -> str:
    """Return the value of a property, empty if it is absent."""
    return "" if element is None else element.get(f"{W}val", "")


def is_on(element: Element | None) -> bool:
    """Say whether a property that can be on or off is on."""
    return element is not None and element.get(f"{W}val", "true") not in ("false", "0", "off", "none")
