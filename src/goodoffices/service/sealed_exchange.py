"""Sealed files of a record: what reached a seat goes out sealed to its key, and its commands come back.

What the files hold is a function of the seat's own view. Nobody who carries one can read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypedDict

from goodoffices.canonical_json import spaced_json
from goodoffices.errors import BadSealError, ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.record.sealed_files import Direction, SealedFor, open_sealed, seal, to_sign
from goodoffices.record.values import Entropy
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.sealed_outcomes import Outcome, not_taken, taken

_PARTS = "command, fields, key"
_FORM = '{"command": ..., "fields": {...}, "key": ...}'


class SentCommand(TypedDict, total=False):
    """A command as a delegation writes it: its name, its fields as a form has them, and the key of the request."""

    command: str
    fields: dict[str, Any]
    key: str


def sealed_for(room: OpenRecord, content: Mapping[str, Any], box_key: bytes, entropy: Entropy) -> bytes:
    """Return a sealed file with what a seat's view holds, signed with the record's key.

    Parameters
    ----------
    content
        What the file is to hold of the seat's view.
    box_key
        The seat's X25519 key, 32 bytes.

    Raises
    ------
    BadSealError
        If the key is none.
    """
    own = {"record": room.record_id, "kind": room.kind.value, "box_key": room.box_key.hex()}
    data = spaced_json({**own, **content})
    meant = SealedFor(
        record_id=bytes.fromhex(room.record_id),
        kind=room.kind,
        direction=Direction.OUT,
        sender=room.public_key,
        recipient=box_key,
    )
    return seal(meant, data, room.sign(to_sign(meant, data)), entropy)


def opened_commands(room: OpenRecord, data: bytes, sender: bytes, name: str) -> tuple[str, list[SentCommand], str]:
    """Return the seat that a sealed file comes from, its commands, and the digest of its content.

    Parameters
    ----------
    sender
        The Ed25519 key of the seat that is expected to have signed it.
    name
        What to call the file in a refusal.

    Raises
    ------
    BadSealError
        If the file was changed, or is not from that seat for this record.
    ScenarioError
        If its commands do not have the form of commands.
    """
    meant = SealedFor(
        record_id=bytes.fromhex(room.record_id),
        kind=room.kind,
        direction=Direction.BACK,
        sender=sender,
        recipient=room.box_key,
    )
    content = content_of(open_sealed(data, meant, room.box_secret), name)
    digest = sha256(spaced_json(content, ascii_only=True)).hexdigest()
    where = Phrase("the content of {file}", file=name)
    return str(content.get("seat")), checked_commands(content.get("commands"), where), digest


def content_of(data: bytes, name: str) -> dict[str, Any]:
    """Return what a sealed file holds.

    Raises
    ------
    BadSealError
        If it is not what Good Offices seals.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise BadSealError(
            Phrase("the content of {file} is not what Good Offices seals; ask for the file again", file=name)
        )
    return content


def checked_commands(value: Any, where: str) -> list[SentCommand]:
    """Return commands as a delegation writes them, if they have that form.

    Raises
    ------
    ScenarioError
        If they do not.
    """
    form = Phrase("{file} is not a list of {form}", file=where, form=_FORM)
    if not isinstance(value, list):
        raise ScenarioError(form)
    for number, one in enumerate(value, start=1):
        if not isinstance(one, dict) or {"command", "key"} - set(one):
            raise ScenarioError(Phrase("{form}; number {n} is not one", form=form, n=str(number)))
        what = _wrong_part(one)
        if what is not None:
            raise ScenarioError(Phrase("{file}, command {n}: {what}", file=where, n=str(number), what=what))
    return value


def _wrong_part(one: Mapping[str, Any]) -> Phrase | None:
    """Return what is wrong with a command as a delegation wrote it, or ``None``."""
    unknown = next((name for name in one if name not in ("command", "fields", "key")), None)
    if unknown is not None:
        return Phrase("there is a part {name}; write {parts}", name=quoted(unknown), parts=_PARTS)
    if not isinstance(one["command"], str) or not isinstance(one["key"], str | int):
        return Phrase("‘command’ and ‘key’ are texts; write {parts}", parts=_PARTS)
    if not _is_form(one.get("fields", {})):
        return Phrase("‘fields’ has a text, or a list of texts, for each field")
    return None


def keys_of(sent: Sequence[SentCommand]) -> tuple[str, ...]:
    """Return the keys of the requests in a sealed file."""
    return tuple(str(one["key"]) for one in sent)


def outcome_of(one: SentCommand, answer: Done | Refusal | ScenarioError) -> Outcome:
    """Return what became of a command, as its seat is told with the next file: what the desk would have said."""
    key, name = str(one["key"]), one["command"]
    if isinstance(answer, Done):
        return taken(key, name, answer.n)
    if isinstance(answer, ScenarioError):
        answer = Refusal(code="bad_value", values=(("why", reason_of(answer)),))
    return not_taken(key, name, answer)


def _is_form(value: Any) -> bool:
    """Return whether a value is what a form holds: for each field a text or a list of texts."""
    return isinstance(value, dict) and all(
        isinstance(given, str) or (isinstance(given, list) and all(isinstance(one, str) for one in given))
        for given in value.values()
    )
