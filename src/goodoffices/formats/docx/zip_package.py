"""Open a .docx archive of unknown origin within limits, and write our own. Nothing in it is followed or run.

A ``.docx`` file is a zip archive of XML parts. Only the parts with text are read. A file with anything that could act
(macros, text that is stored elsewhere, entities) is refused, with one sentence. A template, picture or object that
lies elsewhere is not fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from goodoffices.errors import ScenarioFileError
from goodoffices.phrases.phrase import Phrase

MOST_BYTES = 16 * 2**20
"""The largest file, and the largest part of one, in bytes."""
MOST_IN_ALL = 64 * 2**20
"""The most bytes that all parts together may say they unpack to."""
MOST_PARTS = 1_000
MOST_MARKS = 1_000_000
"""The most XML marks, and the most attributes, in all parts together: each becomes an object in memory."""

Package = Mapping[str, bytes]
"""Names and contents of the parts that were read."""

_NOT_TEXT = ("docProps/", "customXml/", "word/theme/")
"""Folders of parts that have no words of the document: they are not unpacked."""
_KNOWN_STARTS = (
    (b"{\\rtf", Phrase("this is an .rtf file")),
    (b"%PDF", Phrase("this is a PDF, in which no change can be tracked")),
)
_PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What the format allows; the others would unpack a part as a whole, however large, before its size is looked at."""
_BRINGS_TEXT = ("/subDocument", "/officeDocument", "/header", "/footer", "/footnotes", "/endnotes", "/comments")
"""The kinds of relations that would bring words of the document from elsewhere; pictures and templates do not."""


def open_package(data: bytes, name: str) -> Package:
    """Return the parts of a ``.docx`` file that have text.

    Parameters
    ----------
    data
        The file's bytes.
    name
        What to call it in a refusal.

    Raises
    ------
    ScenarioFileError
        If it is not a ``.docx`` file, is cut off, is too large, or has macros or parts that are stored elsewhere.
    """
    if len(data) > MOST_BYTES:
        _refuse(
            name,
            "too-large",
            Phrase(
                "the file has {n} bytes; at most {most_bytes} are read. Divide the text.",
                n=str(len(data)),
                most_bytes=str(MOST_BYTES),
            ),
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse(
            name,
            "old-or-locked",
            Phrase("this is an older .doc file, or one locked with a password. Save it as .docx."),
        )
    if not data.startswith(b"PK"):
        what = next((kind for start, kind in _KNOWN_STARTS if data.startswith(start)), "")
        why = what or Phrase("this is neither a .docx nor an .odt file")
        _refuse(
            name,
            "not-docx",
            Phrase("{why}. Save the text as .docx or .odt in a word processor, and bring that.", why=why),
        )
    if data.count(b"PK\x01\x02") > MOST_PARTS:
        _refuse(
            name,
            "too-many-parts",
            Phrase("it has more than {most_parts} parts. Save only the text as .docx.", most_parts=str(MOST_PARTS)),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_list(packed.infolist(), name)
            held = {info.filename: _unpacked(packed, info) for info in packed.infolist() if _may_have_text(info)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError) as error:
        if isinstance(error, ScenarioFileError):
            raise
        _refuse(name, "damaged", Phrase("the archive is damaged or cut off. Ask for the file again."))
    _check_marks(held, name)
    _check_contents(held, name)
    return held


def _may_have_text(entry: zipfile.ZipInfo) -> bool:
    path = entry.filename
    return path.endswith(".rels") or (path.endswith(".xml") and not path.startswith(_NOT_TEXT))


def _unpacked(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return one part, and unpack no more than its list says: what a part says of its size may be untrue."""
    with packed.open(info) as part:
        return part.read(info.file_size + 1)


def _check_list(entries: Iterable[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    total = 0
    for entry in entries:
        path = entry.orig_filename
        if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/") or ":" in path or "\0" in path:
            _refuse(
                name,
                "outside",
                Phrase("a part's name leads out of the archive. Do not open the file; ask who sent it."),
            )
        if path in seen:
            _refuse(
                name,
                "doubled-part",
                Phrase("it has the same part twice. Open it in a word processor and save it again."),
            )
        if path.lower().endswith("vbaproject.bin"):
            _refuse(name, "macros", Phrase("it has macros. Save it as .docx, without macros."))
        if entry.flag_bits & 1:
            _refuse(name, "old-or-locked", Phrase("a part is locked with a password. Save it without one."))
        if entry.compress_type not in _PACKED_BY:
            _refuse(
                name,
                "packed-otherwise",
                Phrase("a part is compressed in a way that .docx does not use. Save it again."),
            )
        seen.add(path)
        total += entry.file_size
        if total > MOST_IN_ALL or entry.file_size > MOST_BYTES:
            _refuse(
                name,
                "bomb",
                Phrase(
                    "it would unpack to more than {most_in_all} bytes. Save only the text as .docx.",
                    most_in_all=str(MOST_IN_ALL),
                ),
            )


def _check_marks(held: Package, name: str) -> None:
    for sign, what in ((b"<", Phrase("marks")), (b"=", Phrase("attributes"))):
        if sum(data.count(sign) for data in held.values()) > MOST_MARKS:
            _refuse(
                name,
                "too-many-marks",
                Phrase("it has more than {most_marks} {what}. Divide the text.", most_marks=str(MOST_MARKS), what=what),
            )


def _check_contents(held: Package, name: str) -> None:
    if b"macroenabled" in held.get("[Content_Types].xml", b"").lower():
        _refuse(name, "macros", Phrase("it is a document with macros. Save it as .docx, without macros."))
    for part, data in held.items():
        if not part.endswith(".rels"):
            continue
        for relation in parsed(data, name, part):
            kind = relation.get("Type", "")
            if relation.get("TargetMode", "").lower() == "external" and kind.endswith(_BRINGS_TEXT):
                _refuse(
                    name, "elsewhere", Phrase("some of its text is stored in another file. Save it as one document.")
                )
            if kind.endswith("/aFChunk"):
                _refuse(
                    name, "another-inside", Phrase("it has another document inside. Save it again as one document.")
                )


def parsed(data: bytes, name: str, part: str) -> Element:
    """Return one XML part as a tree: no document type, no entities.

    Raises
    ------
    ScenarioFileError
        If it declares entities or a document type, or is not well formed.
    """
    try:
        found: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        _refuse(
            name,
            "entities",
            Phrase(
                "{part} declares a document type or entities, which a text does not need. Save it again.", part=part
            ),
        )
    except (ParseError, ValueError, LookupError) as error:
        _refuse(
            name,
            "not-xml",
            Phrase(
                "{part} is not well-formed XML ({error}). Open it and save it again.", part=part, error=str(error)[:80]
            ),
        )
    return found


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return ``parts`` as an archive that depends on nothing else: order as given, one date for all."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in parts.items():
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, text.encode("utf-8") if isinstance(text, str) else text)
    return made.getvalue()


def _refuse(name: str, kind: str, why: str) -> NoReturn:
    raise ScenarioFileError(why, kind=kind, file=name)
