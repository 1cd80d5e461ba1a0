"""The words of what is embedded in an OpenDocument text: formulas, charts, other texts, descriptions of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.drawn_words import DESCRIPTION
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.docx.zip_package import parsed
from goodoffices.formats.odt.names import DRAW, FORM, SVG, XLINK
from goodoffices.formats.odt.translation_state import Translation

_MATH = "{http://www.w3.org/1998/Math/MathML}"
_CONTENT = "/content.xml"


def object_words(element: Element) -> str:
    """Return the words in an object, in one line; a formula as it was typed, if the file keeps that too."""
    typed = element.find(f".//{_MATH}annotation")
    shown = element.itertext() if typed is None else typed.itertext()
    return " ".join(" ".join(shown).split())


def objects_of(held: Mapping[str, bytes], name: str) -> Iterator[tuple[str, str]]:
    """Yield the folder of each embedded object, and its words."""
    for path, data in held.items():
        if path.endswith(_CONTENT):
            try:
                yield path.removesuffix(_CONTENT), object_words(parsed(data, name, path))
            except ScenarioFileError as error:
                if error.kind == "entities":
                    raise
                yield path.removesuffix(_CONTENT), "an object that cannot be read"


def controls_of(text: Element) -> Iterator[tuple[str, str]]:
    """Yield the name of each part of a form, and what it shows."""
    for control in text.iter():
        if control.tag.startswith(FORM):
            ticked = "\u2612" if control.get(f"{FORM}current-state") == "checked" else ""
            shown = (control.get(f"{FORM}{what}", "") for what in ("label", "current-value"))
            yield control.get(f"{FORM}id", ""), " ".join(filter(None, (ticked, *shown)))


def write_embedded(made: Translation, child: Element, drawing: Element) -> None:
    """Write the words of what is embedded in a drawing, of the parts of a form, and of the drawing's description."""
    folder = child.get(f"{XLINK}href", "").removeprefix("./").rstrip("/")
    words = made.objects.get(child.get(f"{DRAW}control", folder), "")
    if child.tag == f"{DRAW}object" and not folder:
        words = object_words(child)
    if words:
        inside = SubElement(SubElement(drawing, f"{W}embedded"), f"{W}p")
        SubElement(SubElement(inside, f"{W}r"), f"{W}t").text = words
    described = {name: child.findtext(f"{SVG}{tag}", "") for name, tag in (("title", "title"), ("descr", "desc"))}
    if any(described.values()):
        SubElement(drawing, DESCRIPTION, described)


def write_script(made: Translation, child: Element) -> None:
    """Write the source of a script, beside the text."""
    if made.paragraph is not None and child.text:
        inside = SubElement(SubElement(made.paragraph, f"{W}r"), f"{W}script")
        SubElement(inside, f"{W}t").text = child.text
