"""A file that a form brings, held in memory and nowhere else: bounded, never written to the disk, never opened here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.zip_package import MOST_BYTES as MOST_OF_FILES
from goodoffices.formats.input.files import RawFile
from goodoffices.web.http.control_characters import signs_shown
from goodoffices.web.routes.forms import PostedForm, check_origin, read_body
from goodoffices.web.routes.server_protocol import Served

MOST_OF_UPLOADS = MOST_OF_FILES + 2**16
"""What a form with files may hold, in bytes: the largest file that is read at all, and its other fields."""
_MOST_PARTS = 16
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A posted form with a file: its other fields, and the file under the name that its sender gave it.

    ``files`` are the files by the names of their fields, where a form takes several; a field left empty has none.
    """

    posted: PostedForm
    name: str
    data: bytes
    files: Mapping[str, RawFile] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class _Part:
    """One part while it is read."""

    header: bytes = b""
    value: bytes = b""
    headers: dict[bytes, bytes] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)

    @property
    def named(self) -> tuple[str, str | None]:
        """The field's name, and the file's if it is one."""
        _, options = parse_options_header(self.headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        file = options.get(b"filename")
        return name, None if file is None else file.decode("utf-8", "replace")


class _Parts:
    """Collects the parts of a body as the parser meets them."""

    def __init__(self, most: int) -> None:
        self.made: list[_Part] = []
        self.ended = False
        self._most = most

    def begin(self) -> None:
        if len(self.made) == self._most:
            raise HTTPException(413)
        self.made.append(_Part())

    def header(self, data: bytes, start: int, end: int) -> None:
        self.made[-1].header += data[start:end]

    def value(self, data: bytes, start: int, end: int) -> None:
        self.made[-1].value += data[start:end]

    def header_end(self) -> None:
        part = self.made[-1]
        part.headers[part.header.lower()] = part.value
        part.header = part.value = b""

    def data(self, data: bytes, start: int, end: int) -> None:
        self.made[-1].data += data[start:end]

    def end(self) -> None:
        self.ended = True


async def read_upload(request: Request, server: Served, csrf: str, *, most_parts: int = _MOST_PARTS) -> Upload:
    """Return the fields and the file of a posted form.

    Raises
    ------
    HTTPException
        400 if it was not sent from a page of this server or cannot be read; 413 if it is too long; 415 if it is not
        a form with a file.
    """
    check_origin(request, server)
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 70:
        raise HTTPException(415)
    body = bytes(await read_body(request, server, MOST_OF_UPLOADS))
    arrived = server.settings.now()
    parts = _parsed(body, boundary, most_parts)
    fields: dict[str, tuple[str, ...]] = {}
    name, data = "", b""
    files: dict[str, RawFile] = {}
    for part in parts:
        key, file = part.named
        if file is not None:
            name, data = file, bytes(part.data)
            if file:
                files[key] = RawFile(name=_short(name), data=data)
        else:
            fields[key] = (*fields.get(key, ()), part.data.decode("utf-8", "replace"))
    posted = PostedForm(fields=fields, arrived=arrived)
    if not hmac.compare_digest(posted.one("_csrf").encode(), csrf.encode()):
        raise HTTPException(400)
    return Upload(posted=posted, name=_short(name), data=data, files=files)


def _parsed(body: bytes, boundary: bytes, most: int) -> list[_Part]:
    found = _Parts(most)
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": found.begin,
            "on_header_field": found.header,
            "on_header_value": found.value,
            "on_header_end": found.header_end,
            "on_part_data": found.data,
            "on_end": found.end,
        },
    )
    try:
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise HTTPException(400) from error
    if not found.ended:
        raise HTTPException(400)
    return found.made


def _short(name: str) -> str:
    """Return the last part of a file's name, as it may be shown: some browsers send the whole way to it."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return signs_shown(last[-_LONGEST_NAME:]) or "the file"


def numbered(fields: Mapping[str, tuple[str, ...]], name: str) -> dict[int, str]:
    """Return the fields ``name.0``, ``name.1`` … by number."""
    made = {}
    for key, texts in fields.items():
        given, dot, place = key.rpartition(".")
        if dot and given == name and place.isascii() and place.isdigit() and len(place) < 5:
            made[int(place)] = texts[0]
    return made
