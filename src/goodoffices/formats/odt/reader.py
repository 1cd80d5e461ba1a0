"""Read an OpenDocument text of unknown origin: within the limits of ``.docx`` files, and with the same answer."""

from __future__ import annotations

import io
import zipfile

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.reader import DocxReading, read_docx, read_parts
from goodoffices.formats.docx.zip_package import open_package, parsed
from goodoffices.formats.odt.embedded_words import objects_of
from goodoffices.formats.odt.translation import parts_of_text
from goodoffices.phrases.phrase import Phrase

MEDIA = "application/vnd.oasis.opendocument.text"
_LOCKED = b"encryption-data"


def read_text_file(data: bytes, *, name: str, lang: str | None = None) -> DocxReading:
    """Return what a word-processor file says, ``.docx`` or ``.odt``: by what is in it, not by its name.

    Arguments and errors are those of :func:`goodoffices.formats.docx.reader.read_docx`.
    """
    return read_odt(data, name=name, lang=lang) if _is_odt(data) else read_docx(data, name=name, lang=lang)


def read_odt(data: bytes, *, name: str, lang: str | None = None) -> DocxReading:
    """Return the text of an ``.odt`` file, the changes that its authors propose, and their remarks.

    Raises
    ------
    ScenarioFileError
        If it is not a safe ``.odt`` file, or its brackets or clauses cannot be read; the sentence says what to do.
    """
    held = open_package(data, name)
    if any(path.startswith(("Basic/", "Scripts/")) for path in held):
        raise ScenarioFileError(Phrase("it has macros. Save it without macros."), kind="macros", file=name)
    if _LOCKED in held.get("META-INF/manifest.xml", b""):
        raise ScenarioFileError(
            Phrase("it is locked with a password. Save it without one."), kind="old-or-locked", file=name
        )
    if "content.xml" not in held:
        raise ScenarioFileError(Phrase("it has no content.xml. Save it as .odt again."), kind="not-odt", file=name)
    styles = parsed(held["styles.xml"], name, "styles.xml") if "styles.xml" in held else None
    content = parsed(held["content.xml"], name, "content.xml")
    parts = parts_of_text(content, styles, name, dict(objects_of(held, name)))
    return read_parts(parts, name=name, lang=lang)


def _is_odt(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            return names[:1] == ["mimetype"] or ("content.xml" in names and "META-INF/manifest.xml" in names)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        return False
