"""PDF files drawn by typst from a template of the package, with the fonts of the package and none of the machine's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from goodoffices.errors import StorageError

FONT = "DejaVu Sans"
"""Draws all six languages, both directions; it comes with matplotlib."""


def typeset(package: str, template_name: str, values: Mapping[str, Any]) -> bytes:
    """Return a PDF file of ``values``, drawn by the template ``template_name`` that lies in ``package``.

    Raises
    ------
    StorageError
        If the fonts that come with matplotlib are not where it puts them.
    """
    template = (resources.files(package) / f"{template_name}.typ").read_bytes()
    data = json.dumps(values, ensure_ascii=False)
    compiler = typst.Compiler(template, font_paths=_fonts(), sys_inputs={template_name: data})
    drawn = compiler.compile(format="pdf", timestamp=0)
    return drawn if isinstance(drawn, bytes) else b"".join(drawn or [])


def font_folder() -> Path:
    """Return where matplotlib keeps its fonts, without loading it, which takes half a second.

    Raises
    ------
    StorageError
        If the font is not there.
    """
    found = find_spec("matplotlib")
    places = [] if found is None else list(found.submodule_search_locations or [])
    folder = Path(places[0] if places else ".") / "mpl-data" / "fonts" / "ttf"
    if not (folder / "DejaVuSans.ttf").is_file():
        raise StorageError(f"the font {FONT} is not in {folder}; install matplotlib anew")
    return folder


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the package, and none of the machine's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
