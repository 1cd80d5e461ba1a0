"""The words of what is embedded in an OpenDocument text: formulas, charts and other texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.zip_package import parsed
from goodoffices.formats.odt.names import FORM

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
