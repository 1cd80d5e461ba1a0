"""Read Genius XML as a tree with positions; repair five kinds of damage, one at a time, where the parser stops."""

from __future__ import annotations

import io
import re
from dataclasses import field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS
from goodoffices.formats.scenarios.log import Log

_MOST_REPAIRS = 1_000


@dataclass(slots=True, kw_only=True)
class Element:
    """One element: tag, attributes as text, children, and its place in the original file."""

    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Return the children with ``tag``."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Element | None:
        """Return the first child with ``tag``."""
        return next(iter(self.all(tag)), None)

    def anywhere(self, tag: str) -> list[Element]:
        """Return the descendants with ``tag``, in order."""
        found = []
        for child in self.children:
            found += ([child] if child.tag == tag else []) + child.anywhere(tag)
        return found


@dataclass(slots=True, kw_only=True)
class _Repaired:
    """The text as parsed, and where it differs from the original: (line, column from 0, characters put in)."""

    text: str
    inserted: list[tuple[int, int, int]] = field(default_factory=list)
    lines_cut: int = 0
    columns_cut: int = 0

    def original(self, line: int, column: int) -> tuple[int, int]:
        """Return the line and column (from 1) in the original file."""
        back = sum(size for at, begin, size in self.inserted if at == line and begin < column)
        shift = self.columns_cut if line == 1 else 0
        return line + self.lines_cut, column - back + shift + 1


def decode(raw: RawFile, log: Log, encoding: str | None) -> str:
    """Return the text: by ``encoding``, else UTF-8, else the declaration, else Windows-1252 (an assumption)."""
    if encoding is not None:
        return _decoded(raw, encoding)
    if raw.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(raw, "utf-16")
    declared = re.search(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']", raw.data[:2000])
    try:
        return raw.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.data.count(b"\n", 0, error.start) + 1
        named = declared[1].decode("ascii").lower() if declared else "utf-8"
        if named not in ("utf-8", "utf8"):
            return _decoded(raw, named)
        place = Place(file=raw.name, line=line, column=1)
        log.assume(
            "encoding", place, "the bytes are not UTF-8", taken="windows-1252", found="undeclared",
            remedy="Name the encoding if names look wrong; numbers are not affected.",
        )  # fmt: skip
        return raw.data.decode("cp1252", errors="replace")


def _decoded(raw: RawFile, encoding: str) -> str:
    try:
        return raw.data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise failure("encoding", Place(file=raw.name), f"the text cannot be read as {encoding!r}: {error}") from error


def parse_xml(text: str, name: str, log: Log) -> Element:
    """Return the root of ``text``.

    Raises
    ------
    ScenarioFileError
        If it is not XML even after repairs, or holds a document type or entity declarations.
    """
    repaired = _Repaired(text=text)
    for _ in range(_MOST_REPAIRS):
        try:
            return _parse_once(repaired, name)
        except SAXParseException as stop:
            if not _repair(repaired, stop, name, log):
                line, column = repaired.original(stop.getLineNumber() or 1, stop.getColumnNumber() or 0)
                raise failure(
                    "not-well-formed", Place(file=name, line=line, column=column), f"not XML here: {stop.getMessage()}."
                ) from stop
    raise failure("limit", Place(file=name), f"more than {_MOST_REPAIRS} repairs are needed")


def _parse_once(repaired: _Repaired, name: str) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import make_parser

    parser = make_parser()
    parser.forbid_dtd = True
    handler = _TreeMaker(repaired, name)
    parser.setContentHandler(handler)
    source = InputSource()
    source.setCharacterStream(io.StringIO(repaired.text))
    try:
        parser.parse(source)
    except DefusedXmlException as error:
        raise failure(
            "not-well-formed", Place(file=name), "the file declares a document type or entities; they are not read"
        ) from error
    assert handler.root is not None
    return handler.root


class _TreeMaker(ContentHandler):
    """Builds the tree; text between elements has no meaning in Genius files."""

    def __init__(self, repaired: _Repaired, name: str) -> None:
        super().__init__()
        self.root: Element | None = None
        self._repaired, self._name = repaired, name
        self._open: list[Element] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the name that xml.sax calls)
        """Add an element."""
        at: Any = self._locator  # type: ignore[attr-defined]  # set by the parser before the first event
        line, column = self._repaired.original(at.getLineNumber(), at.getColumnNumber())
        if len(self._open) >= LIMITS.depth:
            raise failure("limit", Place(file=self._name, line=line), f"more than {LIMITS.depth} elements deep")
        place = Place(
            file=self._name, line=line, column=column, pointer="/".join(e.tag for e in self._open) + f"/{name}"
        )
        element = Element(tag=name, attributes=dict(attrs.items()), place=place)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802 (the name that xml.sax calls)
        """Close an element."""
        self._open.pop()


def _repair(repaired: _Repaired, stop: SAXParseException, name: str, log: Log) -> bool:
    """Repair the damage at which the parser stopped; return whether it could be read in only one way."""
    lines = repaired.text.splitlines(keepends=True)
    row, column = stop.getLineNumber() or 1, stop.getColumnNumber() or 0
    offset = sum(len(line) for line in lines[: row - 1]) + column
    declaration = repaired.text.find("<?xml")
    if repaired.text.startswith("\ufeff"):
        return _cut_front(repaired, 1, "byte-order-mark", name, log)
    if declaration > 0 and repaired.text[:declaration].strip()[:2] != "<?":
        return _cut_front(repaired, declaration, "before-declaration", name, log)
    if "junk after document element" in stop.getMessage():
        line, at = repaired.original(row, column)
        log.repair(
            "after-end", Place(file=name, line=line, column=at), "text after the end of the document",
            found=repaired.text[offset : offset + 40], taken="nothing",
        )  # fmt: skip
        repaired.text = repaired.text[:offset]
        return True
    return _repair_inside(repaired, (row, column, offset), lines, name, log)


def _repair_inside(repaired: _Repaired, where: tuple[int, int, int], lines: list[str], name: str, log: Log) -> bool:
    row, column, offset = where
    line = lines[row - 1] if row <= len(lines) else ""
    bare = [m.start() for m in re.finditer(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)", line)]
    near = [at for at in bare if at <= column]
    if near:
        at = near[-1]
        place = Place(file=name, line=repaired.original(row, at)[0], column=repaired.original(row, at)[1])
        log.repair("bare-ampersand", place, "an ampersand that is not written &amp;", found="&", taken="&amp;")
        begin = offset - column + at
        repaired.text = repaired.text[:begin] + "&amp;" + repaired.text[begin + 1 :]
        repaired.inserted.append((row, at, 4))
        return True
    before, after = line[:column], line[column:]
    if re.search(r"=\s*(\"[^\"]*\"|'[^']*')$", before) and re.match(r"[A-Za-z_]", after):
        place = Place(file=name, line=repaired.original(row, column)[0], column=repaired.original(row, column)[1])
        log.repair(
            "missing-blank", place, "no blank between two attributes", found=(before[-20:] + after[:20]).strip(),
            taken="two attributes",
        )  # fmt: skip
        repaired.text = repaired.text[:offset] + " " + repaired.text[offset:]
        repaired.inserted.append((row, column, 1))
        return True
    return False


def _cut_front(repaired: _Repaired, size: int, kind: str, name: str, log: Log) -> bool:
    front = repaired.text[:size]
    if "<" in re.sub(r"<!--.*?-->", "", front, flags=re.DOTALL):
        return False
    log.repair(
        kind, Place(file=name, line=1, column=1),
        "text before the XML declaration" if size > 1 else "a byte-order mark",
        found=front.strip()[:60], taken="nothing",
    )  # fmt: skip
    repaired.lines_cut += front.count("\n")
    repaired.columns_cut = len(front) - (front.rfind("\n") + 1)
    repaired.text = repaired.text[size:]
    return True


def is_xml_like(text: str) -> bool:
    """Return whether ``text`` could be XML at all."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def unreadable(error: ScenarioFileError, log: Log, name: str) -> None:
    """Record that one file of a folder was refused."""
    place = Place(file=name, line=error.line, column=error.column)
    why = str(error.args[0]).removeprefix(f"{place}: ")
    log.refuse(error.kind if error.kind else "not-well-formed", place, why)
