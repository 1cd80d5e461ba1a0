"""Keys of seats that do not connect: who vouches for a key, how it was compared, and which files were sealed for it.

A sealed file protects nothing if the key is somebody else's. A seat registers its key from its own session; else the
secretariat registers it with a second person, and the act names who vouched and how the check code was compared.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from hashlib import sha256

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import Content, faces
from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.command_context import Command, CommandContext

_LINE = re.compile(r"GOK1/([0-9a-f]{64})/([0-9a-f]{64})")
_N_OF_CODE = 24
_LONGEST_NAME = 200


class Compared(StrEnum):
    """How the check code of a key was compared with that of the delegation."""

    IN_PERSON = "in-person"
    BY_VOICE = "by-voice"
    ON_PAPER = "on-paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKey(Command):
    """Register your own seat's public keys, so that sealed files can be made for it. ``key`` is their line."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKeyFor(Command):
    """Register the public keys of a seat that does not connect, with a second person.

    ``vouched_by`` is the person who vouches that they are the seat's; ``compared`` says how the code was compared.
    """

    seat: str
    key: str
    vouched_by: str
    compared: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFile(Command):
    """Note that a sealed file is made for a seat, with all that reached the seat since the file before."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRegistered(Content):
    """A seat registered its own keys for sealed files."""

    FACES = faces("seat", "public_key", "box_key", "code")

    seat: str
    public_key: str
    box_key: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyVouched(Content):
    """The secretariat registered a seat's keys for sealed files, on somebody's word."""

    FACES = faces("seat", "public_key", "box_key", "code", "vouched_by", "compared")

    seat: str
    public_key: str
    box_key: str
    code: str
    vouched_by: str
    compared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSealed(Content):
    """A sealed file was made for a seat."""

    FACES = faces("seat")

    seat: str


def key_line(public_key: str, box_key: str) -> str:
    """Return two public keys, each of 64 digits 0 to 9 and a to f, as one line to be copied or scanned."""
    return f"GOK1/{public_key}/{box_key}"


def keys_in(text: str) -> tuple[str, str]:
    """Return the signing key and the box key that a line or a file of ``goodoffices sealed key`` states.

    Raises
    ------
    ScenarioError
        If it states none.
    """
    plain = "".join(text.split())
    if plain.startswith("{"):
        try:
            held = json.loads(plain)
            plain = key_line(str(held.get("public_key")), str(held.get("box_key")))
        except (ValueError, RecursionError):
            plain = ""
    found = _LINE.fullmatch(plain)
    if found is None:
        raise ScenarioError(
            Phrase(
                "these are not the public keys of a delegation. Give the line that begins with GOK1/, or the whole "
                "file, as goodoffices sealed key made it"
            )
        )
    return found[1], found[2]


def key_code(public_key: str, box_key: str) -> str:
    """Return the check code of two keys: six groups of four, to be read out and compared."""
    digest = sha256(key_line(public_key, box_key).encode()).hexdigest()[:_N_OF_CODE]
    return " ".join(digest[n : n + 4] for n in range(0, _N_OF_CODE, 4))


def register_key(context: CommandContext, command: RegisterKey) -> None:
    """Register the asking seat's own keys, and tell the secretariats, which make its files."""
    signing, box = _new_keys(context, context.seat, command.key)
    code = key_code(signing, box)
    told = KeyRegistered(seat=context.seat, public_key=signing, box_key=box, code=code)
    context.tell(told, _secretariats(context))


def register_key_for(context: CommandContext, command: RegisterKeyFor) -> None:
    """Register another seat's keys. Refused unless a second person confirms, and unless somebody vouches."""
    context.two_persons()
    [seat] = context.known_seats([command.seat])
    if seat == context.seat:
        raise context.refuse("bad_value", why="These are the keys of your own seat. Register them as your own.")
    vouched_by = " ".join(command.vouched_by.split())
    if not vouched_by or len(vouched_by) > _LONGEST_NAME:
        raise context.refuse("bad_value", why="Say who vouches for this key: name the person.")
    signing, box = _new_keys(context, seat, command.key)
    told = KeyVouched(
        seat=seat,
        public_key=signing,
        box_key=box,
        code=key_code(signing, box),
        vouched_by=vouched_by,
        compared=command.compared.value,
    )
    context.tell(told, dict.fromkeys((seat, *_secretariats(context))))


def seal_file(context: CommandContext, command: SealFile) -> None:
    """Note a sealed file. Refused unless the asking seat knows a key of that seat."""
    [seat] = context.known_seats([command.seat])
    if context.known.seats[seat].sealing_key is None:
        raise context.refuse("bad_value", why="No key of this seat is registered yet. Register it first.")
    context.tell(FileSealed(seat=seat), dict.fromkeys((seat, *_secretariats(context))))


def _new_keys(context: CommandContext, seat: str, text: str) -> tuple[str, str]:
    keys = keys_in(text)
    held = context.known.seats.get(seat)
    if held is None or held.closed:
        raise context.refuse("done", case="seat_closed", who=seat)
    if (key := held.sealing_key) is not None and (key.public_key, key.box_key) == keys:
        raise context.refuse("bad_value", why="These keys are registered already.")
    return keys


def _secretariats(context: CommandContext) -> tuple[str, ...]:
    """Return the open seats that make sealed files for others, as the asking seat knows them."""
    return tuple(
        slug for slug, seat in context.known.seats.items() if Role.SECRETARIAT in seat.roles and not seat.closed
    )
