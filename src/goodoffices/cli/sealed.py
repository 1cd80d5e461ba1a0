"""`goodoffices sealed …`: sealed files for delegations that do not connect: their notices out, their commands back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import nacl.utils

from goodoffices.cli.terminal.commands import terminal_group
from goodoffices.cli.terminal.input import bytes_in, json_in
from goodoffices.cli.terminal.output import make_folder, show_text
from goodoffices.cli.terminal.record_access import RECORD, SEAT, looked_at, now, opened, seat_of
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.errors import BadSealError, ScenarioError, quoted
from goodoffices.record.sealed_files import Direction, SealedFor, SeatKeys, new_seat_keys, open_sealed, seal, to_sign
from goodoffices.reports.binder import slice_content
from goodoffices.service.command_batches import Done
from goodoffices.service.open_record import OpenRecord
from goodoffices.service.sealed_exchange import (
    SentCommand,
    checked_commands,
    content_of,
    keys_of,
    opened_commands,
    outcome_of,
    sealed_for,
)
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.receipts import ImportSealed
from goodoffices.talks.seats.sealed_keys import key_code, key_line
from goodoffices.talks.seats.sealed_outcomes import NoteOutcomes, Outcome, answered_files, is_imported
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.text_tables import counted

FILE = FILE_THERE
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_PUBLIC = "the public keys that `sealed key` wrote"
_OPENED = "what `sealed open` printed"


@terminal_group()
def sealed() -> None:
    """Exchange sealed files with delegations that do not connect to the server."""


@sealed.command()
@click.argument("private", type=NEW_FILE)
@click.argument("public", type=NEW_FILE)
def key(private: Path, public: Path) -> None:
    """Make a delegation's keys on its own machine. PRIVATE stays there; PUBLIC goes to the secretariat."""
    if private.exists() or public.exists():
        raise ScenarioError(f"{private} or {public} exists already, so nothing was written; name new files")
    make_folder(private.parent)
    make_folder(public.parent)
    keys = new_seat_keys(nacl.utils.random)
    private.touch(mode=0o600)
    _write(private, {"signing_seed": keys.signing_seed.hex(), "box_secret": keys.box_secret.hex()})
    _write(public, {"public_key": keys.public_key.hex(), "box_key": keys.box_key.hex()})
    public_key, box_key = keys.public_key.hex(), keys.box_key.hex()
    show_text(f"Keep {private} where only the delegation can read it. Give {public} to the secretariat, or this line:")
    click.echo(key_line(public_key, box_key))
    show_text(f"Check code, to be read out and compared: {key_code(public_key, box_key)}.")


@sealed.command()
@RECORD
@SEAT
@click.option("--to", "public", required=True, type=FILE, help="The delegation's public keys.")
@click.option("--after", default=0, show_default=True, help="Only notices after this number.")
@click.option("--out", required=True, type=NEW_FILE, help="The sealed file to write.")
def out(file: str, seat: str, public: Path, after: int, out: Path) -> None:
    """Seal the seat's notices for its delegation, signed with the record's key."""
    box_key = _hex(json_in(public, _PUBLIC), "box_key", public)
    with looked_at(file) as room:
        view = room.view(seat_of(room, seat))
        n_notices = len(view.notices[after:])
        _write_sealed(out, sealed_for(room, slice_content(view, after=after), box_key, nacl.utils.random))
        show_text(f"Sealed {counted(n_notices, 'notice')} into {out}.")
        click.echo(f"record {room.record_id} {room.kind.value} {room.public_key.hex()}")


@sealed.command("open")
@click.argument("sealed_file", type=FILE)
@click.option("--keys", required=True, type=FILE, help="The delegation's private keys.")
@click.option(
    "--record", "record", required=True, nargs=3, help="Record, kind and public key, as `sealed out` printed them."
)
def open_(sealed_file: Path, keys: Path, record: tuple[str, str, str]) -> None:
    """Open a sealed file on the delegation's own machine and print its content as JSON."""
    content = opened_content(sealed_file, keys, record)
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def opened_content(sealed_file: Path, keys: Path, record: tuple[str, str, str]) -> dict[str, Any]:
    """Return the content of a sealed file.

    Raises
    ------
    BadSealError
        If it was changed, or is not from this record or not for these keys.
    """
    own = _keys(keys)
    meant = SealedFor(
        record_id=_of_record(record[0]),
        kind=_kind(record[1], "--record"),
        direction=Direction.OUT,
        sender=_of_record(record[2]),
        recipient=own.box_key,
    )
    return content_of(open_sealed(bytes_in(sealed_file), meant, own.box_secret), str(sealed_file))


@sealed.command()
@click.argument("commands", type=FILE)
@click.option("--keys", required=True, type=FILE, help="The delegation's private keys.")
@click.option("--from", "opened_file", required=True, type=FILE, help="A file with what `sealed open` printed.")
@click.option("--out", required=True, type=NEW_FILE, help="The sealed file to write.")
def back(commands: Path, keys: Path, opened_file: Path, out: Path) -> None:
    """Seal a delegation's COMMANDS for the record: a JSON list of {"command", "fields", "key"}."""
    own, told = _keys(keys), _told(opened_file)
    asked = checked_commands(json_in(commands, "a list of commands"), str(commands))
    for one in asked:
        parse_command(one["command"], one.get("fields", {}))
    data = json.dumps({"seat": told["seat"], "commands": asked}, ensure_ascii=False).encode()
    meant = SealedFor(
        record_id=_hex(told, "record", opened_file, _OPENED),
        kind=Kind(told["kind"]),
        direction=Direction.BACK,
        sender=own.public_key,
        recipient=_hex(told, "box_key", opened_file, _OPENED),
    )
    _write_sealed(out, seal(meant, data, own.sign(to_sign(meant, data)), nacl.utils.random))
    show_text(f"Sealed {counted(len(asked), 'command')} of {told['seat']} into {out}.")


@sealed.command("in")
@RECORD
@click.argument("sealed_file", type=FILE)
@SEAT
@click.option("--by", "public", required=True, type=FILE, help="The delegation's public keys.")
def in_(file: str, sealed_file: Path, seat: str, public: Path) -> None:
    """Enter a delegation's sealed commands into the record. The same file a second time changes nothing."""
    sender = _hex(json_in(public, _PUBLIC), "public_key", public)
    with opened(file) as room:
        sent_by, sent, digest = opened_commands(room, bytes_in(sealed_file), sender, str(sealed_file))
        if sent_by != seat:
            raise BadSealError(f"the file comes from seat {quoted(sent_by)}, not from {seat!r}; nothing was entered")
        before = next((file for file in answered_files(room.view(seat)) if file.digest == digest), None)
        if before is not None:
            _note_import(room, seat, digest, sent)
            _say_outcomes(room, seat, before.outcomes)
            return
        asked = [(one, parse_command(one["command"], one.get("fields", {}))) for one in sent]
        outcomes = tuple(outcome_of(one, _asked(room, seat, one, command)) for one, command in asked)
        # A file that came before outcomes were noted is known again, and nothing is written.
        if not is_imported(room.view(seat).notices, digest):
            told = CommandRequest(seat=seat, command=NoteOutcomes(digest=digest, outcomes=outcomes))
            room.submit(told, at=now(), key=f"answered {digest}")
        _note_import(room, seat, digest, sent)
        _say_outcomes(room, seat, outcomes)


def _asked(room: OpenRecord, seat: str, one: SentCommand, command: Command) -> Done | Refusal | ScenarioError:
    """Ask for a command in the name of its seat, and return the answer."""
    try:
        return room.submit(CommandRequest(seat=seat, command=command), at=now(), key=f"sealed {one['key']}")
    except ScenarioError as error:
        return error


def _say_outcomes(room: OpenRecord, seat: str, outcomes: Sequence[Outcome]) -> None:
    """Print what became of each command, as its seat is told with its next file."""
    view = room.view(seat)
    for one in outcomes:
        refusal = one.refusal
        show_text(f"{one.command}: {f'notice {one.notice}' if refusal is None else view.sentence(refusal)}")


def _note_import(room: OpenRecord, seat: str, digest: str, sent: Sequence[SentCommand]) -> None:
    """Record the import in the name of the secretariat, if the talks have one."""
    desk = next((slug for slug, roles in room.roles().items() if "secretariat" in roles), None)
    if desk is not None:
        room.submit(
            CommandRequest(seat=desk, command=ImportSealed(seat=seat, digest=digest, keys=keys_of(sent))),
            at=now(),
            key=f"sealed {digest}",
        )


def _write(path: Path, value: dict[str, str]) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _write_sealed(path: Path, data: bytes) -> None:
    """Write a sealed file, but never over another file: a typing mistake must not cost a record or a key."""
    make_folder(path.parent)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise ScenarioError(f"{path} exists already, so nothing was written; name a new file with --out") from error


def _hex(value: Any, name: str, path: Path, file: str = "the file of keys that `sealed key` wrote") -> bytes:
    try:
        return bytes.fromhex(value[name])
    except (KeyError, TypeError, ValueError) as error:
        raise ScenarioError(f"{path} has no {name!r} of digits 0 to 9 and a to f; give {file}") from error


def _of_record(given: str) -> bytes:
    try:
        return bytes.fromhex(given)
    except ValueError as error:
        raise ScenarioError(
            f"--record has {quoted(given)}; give the record, its kind and its public key as `sealed out` printed them"
        ) from error


def _kind(given: Any, where: str) -> Kind:
    kinds = {kind.value: kind for kind in Kind}
    if not isinstance(given, str) or given not in kinds:
        raise ScenarioError(f"{where} has {quoted(given)} as the kind of the record; it is {' or '.join(kinds)}")
    return kinds[given]


def _told(path: Path) -> Mapping[str, Any]:
    """Return what ``sealed open`` printed: the seat, and the record that its commands go to."""
    told = json_in(path, _OPENED)
    if not isinstance(told, dict) or not isinstance(told.get("seat"), str):
        raise ScenarioError(f"{path} does not name a seat; give {_OPENED}")
    return {**told, "kind": _kind(told.get("kind"), str(path))}


def _keys(path: Path) -> SeatKeys:
    value = json_in(path, "the private keys that `sealed key` wrote")
    return SeatKeys(signing_seed=_hex(value, "signing_seed", path), box_secret=_hex(value, "box_secret", path))
