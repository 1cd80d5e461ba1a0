"""The frames of paragraphs and runs of a translated OpenDocument text: style, list, letters, and tracked ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.odt.names import TEXT
from goodoffices.formats.odt.styles import Letters
from goodoffices.formats.odt.translation_state import Here, Translation


def begun(made: Translation, element: Element, into: Element, here: Here) -> Element:
    """Return a new paragraph with its style, its level as a heading, and its place in a list."""
    paragraph = SubElement(into, f"{W}p")
    frame = SubElement(paragraph, f"{W}pPr")
    style = made.styles.letters("paragraph", element.get(f"{TEXT}style-name", ""), Letters()).style
    style = "toc 1" if here.contents else style
    SubElement(frame, f"{W}pStyle", {f"{W}val": style})
    name, level = here.list_name, here.level
    if element.tag == f"{TEXT}h":
        SubElement(frame, f"{W}outlineLvl", {f"{W}val": "0"})
        if not name and made.styles.outline is not None and element.get(f"{TEXT}is-list-header") != "true":
            made.lists.setdefault("outline", made.styles.outline)
            shown = element.get(f"{TEXT}outline-level", "1")
            level = int(shown) - 1 if shown.isascii() and shown.isdigit() else 0
            if element.get(f"{TEXT}restart-numbering") == "true":
                made.outline = made.restarted(made.outline, level, element.get(f"{TEXT}start-value", "1"))
            name = made.outline
    if name:
        listed = SubElement(frame, f"{W}numPr")
        SubElement(listed, f"{W}ilvl", {f"{W}val": str(max(level, 0))})
        SubElement(listed, f"{W}numId", {f"{W}val": name})
    return paragraph


def end_tracked(made: Translation, paragraph: Element, deleted: Iterable[str], here: Here) -> None:
    """Say by whom the end of a paragraph was inserted or deleted."""
    made.shown.update(name for name, region in made.running.items() if region.inserted)
    inserted = [author for region in made.running.values() for author in region.inserted]
    marks = [*(("ins", a) for a in (*inserted, *here.deleted_insertion)), *(("del", a) for a in deleted)]
    frame = paragraph.find(f"{W}pPr")
    if marks and frame is not None:
        letters = SubElement(frame, f"{W}rPr")
        for mark, author in marks:
            SubElement(letters, f"{W}{mark}", {f"{W}author": author})


def copied(frame: Element) -> Element:
    """Return the properties of a paragraph without the changes of its end."""
    made = Element(frame.tag)
    made.extend(child for child in frame if child.tag != f"{W}rPr")
    return made


def frame_run(made: Translation, run: Element, letters: Letters) -> None:
    """Write into a run how its letters are drawn, and by whom that was changed."""
    frame = SubElement(run, f"{W}rPr")
    given = (
        ("rStyle", "val", letters.style),
        # A program that has a font twice puts a figure after its name.
        ("rFonts", "ascii", re.sub(r"(?<=[A-Za-z])\d+$", "", letters.font)),
        ("strike", "val", "1" if letters.strike else ""),
        ("dstrike", "val", "1" if letters.double else ""),
        ("vanish", "val", "1" if letters.hidden else ""),
        ("color", "val", letters.color),
        ("u", "val", "single" if letters.underlined else ""),
        ("sz", "val", str(2 * int(letters.size)) if letters.size else ""),
        ("vertAlign", "val", letters.where),
    )
    for tag, key, value in given:
        if value:
            SubElement(frame, f"{W}{tag}", {f"{W}{key}": value})
    for region in made.running.values():
        for author in region.formatted:
            SubElement(frame, f"{W}rPrChange", {f"{W}author": author}).append(Element(f"{W}rPr"))
