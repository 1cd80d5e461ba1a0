"""From a posted form to a command, with everything checked that is not the talks' own business."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, cast, get_args
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.base.serialization import hints, parse_instant
from goodoffices.talks.command_parsing import command_class, parse_command
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.connections import BODY_WITHIN
from goodoffices.web.http.compound_fields import composed
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.render.form_widgets import EVERYBODY
from goodoffices.web.routes.context import SignedInSeat
from goodoffices.web.routes.server_protocol import Served

MOST_BYTES = 2**20
MOST_OF_TEXTS = 2**24
"""What a form that writes texts may hold, in bytes: six languages, each character of which may take six to send."""
WRITING = frozenset({"TableText", "WriteVersion"})
MOST_FIELDS = 2_000
_LONG = 2**16
"""A form of more bytes is read, and gone through, apart from all other work."""
Aside = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Does something apart from all other work and returns what it gives."""
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedForm:
    """A posted form. Fields whose names begin with an underscore are the desk's own, all others the command's.

    ``arrived`` is the moment at which it had come whole. What ``is_long`` is read apart from all other work.
    """

    fields: dict[str, tuple[str, ...]]
    arrived: datetime
    is_long: bool = False

    def one(self, name: str) -> str:
        """Return the first text of a field, or nothing."""
        return self.fields.get(name, ("",))[0]

    @property
    def given(self) -> dict[str, tuple[str, ...]]:
        """The command's fields."""
        return {name: texts for name, texts in self.fields.items() if not name.startswith("_")}

    @property
    def typed(self) -> dict[str, tuple[str, ...]]:
        """All that a person typed: the command's fields, and when and on which paper it happened."""
        paper = {name: self.fields[name] for name in ("_happened_at", "_on_paper") if name in self.fields}
        return self.given | paper

    @property
    def key(self) -> str:
        """The request key.

        Raises
        ------
        HTTPException
            400 if there is none of the right shape.
        """
        if not _KEY.fullmatch(self.one("_key")):
            raise HTTPException(400)
        return self.one("_key")


async def read_form(
    request: Request, server: Served, csrf: str | None, *, most: int = MOST_BYTES, aside: Aside | None = None
) -> PostedForm:
    """Return the fields of a posted form; ``aside`` does what takes long apart from all other work.

    Raises
    ------
    HTTPException
        400 if it was not sent from a page of this server or cannot be read; 413 if it is too long; 415 if it is not
        a form.
    """
    check_origin(request, server)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = await read_body(request, server, most)
    arrived = server.settings.now()
    is_long = aside is not None and len(body) > _LONG
    try:
        fields = await aside(lambda: _fields(body)) if aside is not None and is_long else _fields(body)
    except ValueError as error:
        raise HTTPException(400) from error
    posted = PostedForm(fields=fields, arrived=arrived, is_long=is_long)
    if csrf is not None and not hmac.compare_digest(posted.one("_csrf").encode(), csrf.encode()):
        raise HTTPException(400)
    return posted


def _fields(body: bytearray) -> dict[str, tuple[str, ...]]:
    fields: dict[str, list[str]] = {}
    for name, text in parse_qsl(
        body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
    ):
        # Browsers send the ends of lines as two characters; people's words are compared character by character.
        fields.setdefault(name, []).append(text.replace("\r\n", "\n"))
    return {name: tuple(texts) for name, texts in fields.items()}


def check_origin(request: Request, server: Served) -> None:
    """Refuse a form that was not sent from a page of this server (400)."""
    if request.headers.get("origin") not in server.settings.origins:
        raise HTTPException(400)


async def read_body(request: Request, server: Served, most: int) -> bytearray:
    """Return what was sent, refused as soon as it is longer than ``most`` bytes (413) or takes too long (408)."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN if server.departures.period else None):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise HTTPException(413)
    except TimeoutError as error:
        raise HTTPException(408, headers={"connection": "close"}) from error
    return body


def to_ask(name: str, posted: PostedForm, signed_in: SignedInSeat, zone: str) -> CommandRequest:
    """Return what is asked, with who asks it.

    Raises
    ------
    UnknownWordError
        If there is no such command, or a field is not one of its own.
    EmptyFieldsError
        If a field that the command needs is empty.
    ScenarioError
        If a field cannot be read; the sentence names it and what would be right.
    """
    timed = _times(name)
    given = composed(
        name,
        {
            field: [_with_zone(text, zone) if field in timed else text for text in texts]
            for field, texts in posted.given.items()
            if EVERYBODY not in texts
        },
    )
    empty = tuple(dict.fromkeys((*_unchosen(posted), *_empty(name, given))))
    if empty:
        raise EmptyFieldsError(empty)
    return asked_by(parse_command(name, given), posted, signed_in, zone)


class EmptyFieldsError(ScenarioError):
    """A form was sent with ``fields`` empty that its command needs; a page names them by their labels."""

    def __init__(self, empty: tuple[str, ...]) -> None:
        self.fields = empty
        super().__init__(f"these fields are empty: {', '.join(empty)}; fill them in")


def _unchosen(posted: PostedForm) -> tuple[str, ...]:
    """Return what the page says must be chosen in this form and was not."""
    return tuple(name for name in posted.fields.get("_needs", ()) if not any(posted.fields.get(name, ())))


def _empty(command: str, given: Mapping[str, str | Sequence[str]]) -> tuple[str, ...]:
    """Return the fields that the command needs and that have no text."""
    needed = (f.name for f in fields(cast("Any", command_class(command))) if f.default is f.default_factory is MISSING)
    return tuple(name for name in needed if not any(text.strip() for text in _texts(given.get(name, ()))))


def _texts(given: str | Sequence[str]) -> Sequence[str]:
    return (given,) if isinstance(given, str) else given


def asked_by(what: Command, posted: PostedForm, signed_in: SignedInSeat, zone: str) -> CommandRequest:
    """Return a command with who asks it; for a seat kept on paper also when it happened and on which paper.

    Raises
    ------
    ScenarioError
        If an entry from paper lacks one of the two, or the moment cannot be read.
    """
    keeper = signed_in.session.keeper
    happened = posted.one("_happened_at")
    if signed_in.is_on_paper and keeper is not None and not (happened.strip() and posted.one("_on_paper").strip()):
        raise ScenarioError(Phrase("an entry from paper has no time or no number of the paper yet; give both"))
    seen = posted.one("_seen")
    return CommandRequest(
        seat=signed_in.seat,
        command=what,
        entered_by=keeper,
        person=signed_in.session.person,
        happened_at=parse_instant(_with_zone(happened, zone)) if happened.strip() else None,
        on_paper=posted.one("_on_paper").strip() or None,
        seen=whole_number(seen),
    )


def _times(command: str) -> frozenset[str]:
    """Return the fields of a command that are moments: only these are read in the talks' zone."""
    kinds = hints(cast("Any", command_class(command)))
    return frozenset(field for field, hint in kinds.items() if datetime in (hint, *get_args(hint)))


def _with_zone(text: str, zone: str) -> str:
    """Return a local time, as browsers' date fields give it, as the instant it means in the talks' zone; others as is.

    Raises
    ------
    ScenarioError
        If the clock skips that moment there or shows it twice: a deadline must not move by an hour unnoticed.
    """
    return instant_in(text, zone).isoformat() if _LOCAL.fullmatch(text) else text
