"""`goodoffices record …`: making, checking and keeping records. What the operator may know, and no content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from goodoffices.cli.terminal.record_access import (
    RECORD,
    SEAT,
    ask_new_passphrase,
    ask_passphrase,
    looked_at,
    now,
    opened,
)
from goodoffices.cli.terminal.send import taken_option
from goodoffices.errors import DamagedRecordError, RefusedError, ScenarioError, quoted
from goodoffices.record import backups, open_store as opening
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, digest, evolve
from goodoffices.talks.exchange.publication import ShredBody
from goodoffices.talks.state.command_context import CommandRequest


@click.group()
def record() -> None:
    """Make, verify, back up and restore records."""


@record.command("new")
@RECORD
@click.option("--talks", required=True, help="A talks file, its folder, or the name of a bundled scenario.")
@click.option(
    "--exercise", is_flag=True, help="An exercise: its key file stays beside it. Else live, with a passphrase."
)
def new(file: str, talks: str, exercise: bool) -> None:
    """Make a record at FILE and open the talks in it."""
    from goodoffices.formats.talks_file.reader import find_scenario, read_talks

    path = Path(talks) if Path(talks).exists() else find_scenario(talks)
    read = read_talks(path)
    kind = Kind.EXERCISE if exercise else Kind.LIVE
    key = None if exercise else ask_passphrase(confirm=True)
    origin = hashlib.sha256(repr(read.origin).encode()).hexdigest()
    room = create_record(file, read, kind=kind, at=now(), key=key, digest=origin)
    room.close()
    click.echo(f"Made {kind.value} record {file}: {read.title}. Seats: {', '.join(s.slug for s in read.seats)}.")


@record.command()
@RECORD
@click.option("--deep", is_flag=True, help="Also unseal, decode and fold every act; needs the key.")
@click.option(
    "--head", "heads", multiple=True, help="A head that somebody kept, in hexadecimal; it must be in the chain."
)
def verify(file: str, deep: bool, heads: tuple[str, ...]) -> None:
    """Check every stored row. Needs no key, except with --deep."""
    result = opening.verify(file, heads=[_hex(head) for head in heads])
    if deep and result.is_sound:
        with looked_at(file) as room:
            result = room.verify_deep()
    if not result.is_sound:
        raise DamagedRecordError(str(result))
    click.echo(str(result))


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise ScenarioError(f"{quoted(text)} is not a head; a head is 64 hexadecimal digits") from error


@record.command()
@RECORD
def head(file: str) -> None:
    """Print the number of the last act and the chain's head: keep them, and nothing before them can vanish unseen."""
    end = opening.head_of(file)
    click.echo(f"{end.seq} {end.hash.hex()}")


@record.command()
@RECORD
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keys", is_flag=True, help="Also copy the wrapped keys of the words, into a second file.")
def backup(file: str, folder: Path, keys: bool) -> None:
    """Copy a record, also one in use, into FOLDER. Needs no key."""
    folder.mkdir(parents=True, exist_ok=True)
    made = backups.backup(file, folder, keys=keys)
    click.echo(f"{made.path}\nhead {made.head.seq} {made.head.hash.hex()}")
    if made.keys_path is not None:
        click.echo(str(made.keys_path))
    key = opening.key_file_of(file)
    if key is not None and key.is_file():
        click.echo(f"Not in the backup: {key}, the key of this exercise. Keep a copy of it apart.", err=True)


@record.command()
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@RECORD
@click.option("--keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The backup of the keys.")
@click.option("--head", "kept", help="The head printed when the backup was made.")
def restore(copy: Path, file: str, keys: Path | None, kept: str | None) -> None:
    """Make the record FILE from the backup COPY; it gives the printed head or nothing."""
    made = backups.restore(copy, file, keys=keys, head=None if kept is None else _hex(kept))
    click.echo(f"Restored {file}: head {made.head.seq} {made.head.hash.hex()}.")
    key = opening.key_file_of(file)
    if key is not None and not key.is_file():
        click.echo(f"It opens with the key file of the record it was made from: copy that one to {key}.", err=True)
    if made.missing_keys:
        click.echo(f"{made.missing_keys} bodies cannot be read: no backup of keys had theirs.")
    if made.refused_keys:
        click.echo(f"{made.refused_keys} keys were left out: their words have been destroyed since.")


@record.command()
@RECORD
@SEAT
@click.option("--item", required=True, help="Handle of the item.")
@click.option("--person", required=True, help="Who destroys it.")
@click.option("--second", required=True, help="The second person.")
@click.option("--ground", required=True, callback=taken_option, help="Why; @FILE takes it from a file.")
def shred(file: str, seat: str, item: str, person: str, second: str, ground: str) -> None:
    """Destroy the words of an item: the chain still verifies, the words are gone."""
    with opened(file) as room:
        request = CommandRequest(seat=seat, command=ShredBody(item=item, ground=ground), person=person, second=second)
        outcome = room.submit(request, at=now())
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome.code, room.view(seat).sentence(outcome))
    click.echo(f"Destroyed the words of {item}: notice {outcome.n} of {seat}.")


@record.command()
@RECORD
def rekey(file: str) -> None:
    """Change the passphrase of a live record."""
    with opened(file) as room:
        room.rekey(ask_new_passphrase())
    click.echo("The new passphrase opens the record; the old one no longer does.")


@record.command()
@RECORD
def stats(file: str) -> None:
    """Print what the operator may know: how many acts, group sizes, padded sizes of words."""
    found = backups.stats(file)
    click.echo(f"acts {found.acts}")
    for size, count in sorted(found.groups_by_size.items()):
        click.echo(f"groups of {size}: {count}")
    for size, count in sorted(found.bodies_by_padded_size.items()):
        click.echo(f"bodies of {size} bytes, padded: {count}")


@record.command()
@RECORD
@click.option("--until", type=int, help="Stop after this act.")
@click.option("--digest", "print_digest", is_flag=True, help="Print the digest of the fold.")
def replay(file: str, until: int | None, print_digest: bool) -> None:
    """Fold the record from its first act, and say how many acts there were."""
    with looked_at(file) as room:
        talks = Talks()
        for act in _acts(room.acts(), until):
            talks = evolve(talks, act)
    click.echo(digest(talks) if print_digest else f"{len(talks.acts)} acts")


def _acts(acts: tuple[Act, ...], until: int | None) -> tuple[Act, ...]:
    return acts if until is None else acts[: max(until, 0)]


@record.command()
@RECORD
@click.option("--to", "target", required=True, help="The other place: a file, or postgresql://user@host/database#name.")
def migrate(file: str, target: str) -> None:
    """Copy a record to another store, byte for byte. Needs no key."""
    end = backups.migrate(file, target)
    click.echo(f"Copied to {target}: head {end.seq} {end.hash.hex()}.")
