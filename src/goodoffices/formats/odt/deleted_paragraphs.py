"""The paragraphs of a tracked deletion, which OpenDocument keeps apart: each with the list that it stood in.

Remarks, notes and drawings in them have paragraphs of their own, which do not belong to the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.odt.changed_regions import letters_of
from goodoffices.formats.odt.names import TEXT
from goodoffices.formats.odt.paragraph_frames import begun, copied
from goodoffices.formats.odt.translation_state import Here, Translation, deeper

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedParagraph:
    """A paragraph of a deletion, and where it stood; ``listed`` says that the deletion holds lists at all."""

    element: Element
    here: Here
    listed: bool = False


def deleted_paragraphs(made: Translation, content: Iterable[Element], here: Here) -> list[DeletedParagraph]:
    """Return the paragraphs of a deletion in order; ``here`` is where the text goes on."""
    elements = list(content)
    if not any(one.tag == f"{TEXT}list" for element in elements for one in element.iter()):
        return [DeletedParagraph(element=one, here=here) for element in elements for one in _plain(element)]
    outside = replace(here, list_name="", level=-1)
    return [one for element in elements for one in _listed(made, element, outside)]


def _plain(element: Element) -> Iterator[Element]:
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag in _PARAGRAPHS:
            yield one
        else:
            stack += reversed(one)


def _listed(made: Translation, element: Element, here: Here) -> Iterator[DeletedParagraph]:
    if element.tag in _PARAGRAPHS:
        yield DeletedParagraph(element=element, here=here, listed=True)
        return
    if element.tag != f"{TEXT}list":
        for child in element:
            yield from _listed(made, child, deeper(made, here))
        return
    level, here = here.level + 1, deeper(made, here)
    style = element.get(f"{TEXT}style-name", "")
    # A list in a deletion is a piece of the list around it, though it seldom says so.
    name = here.list_name if level else made.last_list.get(style) or made.list_name(element, style)
    for item in element:
        first = replace(here, list_name=name if item.tag == f"{TEXT}list-item" else "", level=level)
        for child in item:
            for one in _listed(made, child, replace(first, list_name=name) if child.tag == f"{TEXT}list" else first):
                yield one
                # Only the first paragraph of an item has a number.
                first = replace(first, list_name="")


def framed(made: Translation, paragraphs: Sequence[DeletedParagraph]) -> Iterator[tuple[DeletedParagraph, Element]]:
    """Yield deleted paragraphs with the frame that each of them takes where they stood in the current paragraph.

    Of a deletion that holds lists, every paragraph has its own frame. Only the first goes on from words that stand
    before it in the current paragraph, and then it has the frame of these.
    """
    current = made.paragraph
    frame = None if current is None else current.find(f"{W}pPr")
    around = Element(f"{W}pPr") if frame is None else copied(frame)
    for k, one in enumerate(paragraphs):
        own = around
        if one.listed and len(paragraphs) > 1:
            found = begun(made, one.element, Element("aside"), one.here).find(f"{W}pPr")
            own = around if found is None else found
        if not k and own is not around and current is not None and frame is not None and not letters_of(current):
            frame[:] = list(own)
        yield one, copied(own)
