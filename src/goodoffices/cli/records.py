"""`goodoffices record …`: make, check, back up and move records. Only counts and sizes are printed, never content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_group
from goodoffices.cli.terminal.input import value_or_file_option
from goodoffices.cli.terminal.output import end_as_not_holding, make_folder, show_text
from goodoffices.cli.terminal.record_access import (
    RECORD,
    SEAT,
    ask_new_passphrase,
    ask_passphrase,
    exercise_key,
    looked_at,
    make_folder_of,
    now,
    opened,
    seat_of,
)
from goodoffices.cli.terminal.second_person import choose_passphrase, confirmed_second
from goodoffices.cli.terminal.send import print_json, submit
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import JSON
from goodoffices.errors import DamagedRecordError, ScenarioError, quoted
from goodoffices.record import backups, open_store as opening
from goodoffices.record.backends.database import FORMAT
from goodoffices.record.keys import KeyFile
from goodoffices.record.open_store import kind_of
from goodoffices.service.custody import BACKUPS
from goodoffices.service.open_record import create_record
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks, digest, evolve
from goodoffices.talks.exchange.publication import ShredBody, has_same_text
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.text_tables import counted


@terminal_group()
def record() -> None:
    """Make, verify, back up and restore records."""


@record.command("new")
@RECORD
@click.option("--talks", required=True, help="A talks file, its folder, or the name of a bundled scenario.")
@click.option(
    "--exercise",
    is_flag=True,
    help="Make an exercise, with its key file beside it. Otherwise: a live record with a passphrase.",
)
def new(file: str, talks: str, exercise: bool) -> None:
    """Make a record at FILE and enter the talks into it."""
    from goodoffices.formats.talks_file.reader import find_scenario, read_talks

    path = Path(talks) if Path(talks).exists() else find_scenario(talks)
    read = read_talks(path)
    kind = Kind.EXERCISE if exercise else Kind.LIVE
    key = exercise_key(file, is_new=True) if exercise else ask_passphrase(confirm=True)
    origin = hashlib.sha256(repr(read.origin).encode()).hexdigest()
    make_folder_of(file)
    room = create_record(file, read, kind=kind, at=now(), key=key, digest=origin)
    room.close()
    show_text(f"The new {kind.value} record is in {file}.")
    if isinstance(key, KeyFile):
        show_text(f"Its key is in {key.path}. Without it, nobody can open the record.")
    show_text(f"{read.title}. Seats: {', '.join(seat.slug for seat in read.seats)}.")


@record.command()
@RECORD
@click.option("--deep", is_flag=True, help="Also decrypt and replay every act. Needs the key.")
@click.option(
    "--head", "heads", multiple=True, help="A head that was noted earlier, in hexadecimal. The record must contain it."
)
@JSON
def verify(file: str, deep: bool, heads: tuple[str, ...], as_json: bool) -> None:
    """Check every stored row. Needs no key, except with --deep.

    Exit code 0 if the record is as it was written, 1 if it is not, 2 if that cannot be checked.
    """
    noted = [_hex(head) for head in heads]
    try:
        result = opening.verify(file, heads=noted)
        if deep and result.is_sound:
            with looked_at(file) as room:
                result = room.verify_deep()
    except DamagedRecordError as error:
        if as_json:
            print_json({"sound": False, "found": str(error)})
        end_as_not_holding(str(error))
    if as_json:
        print_json({"sound": result.is_sound, "found": str(result), "end_checked": bool(heads)})
    if not result.is_sound:
        end_as_not_holding(str(result))
    if as_json:
        return
    show_text(str(result))
    if not heads:
        show_text(
            "No head was given, so acts at the end may be missing: for example, if this file was copied while the "
            "record was in use. Give with --head a head that was noted, or copy with `goodoffices record backup`."
        )


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise ScenarioError(
            f"{quoted(text)} is not a head. A head is what `goodoffices record head` prints after the number: "
            "64 characters, 0 to 9 and a to f"
        ) from error


@record.command()
@RECORD
@JSON
def head(file: str, as_json: bool) -> None:
    """Print the number and the hash of the last act: the head.

    Note the head in another place. `record verify --head` then shows whether any act up to it was removed or changed.
    """
    end = opening.head_of(file)
    if as_json:
        return print_json({"act": end.seq, "head": end.hash.hex()})
    return click.echo(f"{end.seq} {end.hash.hex()}")


@record.command()
@RECORD
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keys", is_flag=True, help="Also copy the encrypted keys of the texts, into a second file.")
def backup(file: str, folder: Path, keys: bool) -> None:
    """Copy a record into FOLDER, even while it is in use. Needs no key."""
    make_folder(folder)
    made = backups.backup(file, folder, keys=keys)
    click.echo(f"{made.path}\nhead {made.head.seq} {made.head.hash.hex()}")
    if made.keys_path is not None:
        click.echo(str(made.keys_path))
    if made.n_keys_left_out:
        show_text(
            f"The backup is without the keys of the texts: after a restore, {counted(made.n_keys_left_out, 'text')} "
            "cannot be read. For a backup with the keys, name another folder and give --keys.",
            err=True,
        )
    key = opening.key_file_of(file)
    if key is not None and key.is_file():
        show_text(
            f"The backup does not hold the key file of this exercise, {key}. Keep a copy of it in another place.",
            err=True,
        )


@record.command()
@click.argument("copy", type=FILE_THERE)
@RECORD
@click.option(
    "--keys",
    type=FILE_THERE,
    help="The second file of the backup, with the keys.",
)
@click.option("--head", "kept", help="The head printed when the backup was made.")
def restore(copy: Path, file: str, keys: Path | None, kept: str | None) -> None:
    """Make the record FILE from the backup COPY. With --head, a copy that has another head is refused."""
    make_folder_of(file)
    made = backups.restore(copy, file, keys=keys, head=None if kept is None else _hex(kept))
    show_text(f"Restored {file}: head {made.head.seq} {made.head.hash.hex()}.")
    key = opening.key_file_of(file)
    if key is not None and not key.is_file():
        show_text(f"To open it, copy the key file of the original record to {key}.", err=True)
    if made.missing_keys:
        show_text(f"{made.missing_keys} texts cannot be read: their keys are not in the backup.")
    if made.refused_keys:
        show_text(f"{made.refused_keys} keys were left out: their texts were destroyed after the backup of keys.")


@record.command()
@RECORD
@SEAT
@click.option("--item", required=True, help="Handle of the item.")
@click.option("--person", required=True, help="Who destroys it.")
@click.option("--second", required=True, help="The second person.")
@click.option("--ground", required=True, callback=value_or_file_option, help="Why. @FILE reads it from a file.")
def shred(file: str, seat: str, item: str, person: str, second: str, ground: str) -> None:
    """Destroy the text of an item in this record. What remains elsewhere is then printed.

    The second person is named in the seat and types their own passphrase (see goodoffices record passphrase), or it is
    read from GOODOFFICES_SECOND_PASSPHRASE. Both names are kept with the act.
    """
    with opened(file) as room:
        confirmed = confirmed_second(file, room, seat_of(room, seat), person, second)
        command = ShredBody(item=item, ground=ground)
        request = CommandRequest(seat=seat, command=command, person=person, second=confirmed)
        show_text(f"The text of {item} is destroyed in this record. {submit(room, request).sentence()}")
        view = room.view(seat)
    near = _near(file)
    keys = backups.keys_files_holding_destroyed(file, near)
    copies = backups.copies_holding_destroyed(file, near)
    show_text("\n".join(["What remains:", *(f"  {line}" for line in _remains(view, item, keys, copies))]))


def _near(file: str) -> tuple[Path, ...]:
    """Return the folders in which backups and copies are looked for: here, beside the record, one step deeper."""
    where = Path(file)
    folders = [Path.cwd(), where.parent, where.parent.parent / BACKUPS / where.parent.name]
    inside = [one for folder in folders if folder.is_dir() for one in sorted(folder.iterdir())[:_MOST_FOLDERS]]
    return tuple({one.resolve(): one for one in (*folders, *inside) if one.is_dir()}.values())


_MOST_FOLDERS = 500


def _remains(view: View, item: str, keys_files: tuple[Path, ...], copies: tuple[Path, ...]) -> list[str]:
    """Say where the text, or what others made of it, can still be read."""
    known = view.known
    told = [known.tellings[handle] for handle in known.items[item].tellings]
    lines = [
        f"What {view.name(one.by)} told {view.name(one.to)} as {one.form.value} stays ({view.time(one.at)})."
        for one in told
        if not has_same_text(one, known.items[item])
    ]
    lines += [
        f"Whoever was told it word for word may have copied it: {view.name(one.to)}."
        for one in told
        if has_same_text(one, known.items[item])
    ]
    lines += [
        f"A pack printed for {view.name(pack.seat)} ({pack.handle}) may hold it." for pack in known.packs.values()
    ]
    return [
        *lines,
        *(f"{path} still has its key: destroy that file, and make a new backup." for path in keys_files),
        *(f"{path} is an earlier copy of this record and still has the text: destroy that file." for path in copies),
        "Only this folder, that of the record, and the folders in them were looked through. A backup with its file of "
        "keys, or a copy of the record, that was made before and is kept elsewhere still opens it: destroy those too.",
        "Views, sealed files and briefs written before hold what they held.",
    ]


@record.command()
@RECORD
@SEAT
@click.option("--person", required=True, help="Who chooses it: a person named in the seat.")
def passphrase(file: str, seat: str, person: str) -> None:
    """Choose the passphrase with which a person confirms what a colleague asks.

    At the desk the same passphrase brings the person back to the seat. Only what argon2id makes of it is kept.
    """
    with opened(file) as room:
        choose_passphrase(file, room, seat_of(room, seat), person)
    click.echo(f"{person} has a passphrase now.")


@record.command()
@RECORD
def rekey(file: str) -> None:
    """Change the passphrase of a live record.

    The one that opens it now comes first, or from GOODOFFICES_PASSPHRASE; then the new one, or from
    GOODOFFICES_NEW_PASSPHRASE.
    """
    if kind_of(file) is Kind.EXERCISE:
        raise ScenarioError(f"{file} is an exercise: it has a key file and no passphrase. Nothing was changed")
    with opened(file) as room:
        room.rekey(ask_new_passphrase())
    show_text("The new passphrase opens the record; the old one no longer does.")


@record.command()
@RECORD
def upgrade(file: str) -> None:
    """Write the record in the newest format from now on.

    What is in it already stays as it is, and so do all heads, codes and receipts. An earlier Good Offices can then no
    longer open it.
    """
    with opened(file) as room:
        is_older = room.upgrade()
    if is_older:
        show_text(
            f"{file} is written in format {FORMAT} from now on. Texts that are written from now on leave nothing to "
            "guess by when they are destroyed; the digests of earlier ones stay."
        )
    else:
        show_text(f"{file} is written in format {FORMAT} already; nothing was changed.")


@record.command()
@RECORD
@JSON
def stats(file: str, as_json: bool) -> None:
    """Print counts and sizes: acts, groups of acts, and texts by their padded size. No content is shown."""
    found = backups.stats(file)
    if as_json:
        groups = {str(size): count for size, count in sorted(found.groups_by_size.items())}
        texts = {str(size): count for size, count in sorted(found.bodies_by_padded_size.items())}
        return print_json({"acts": found.acts, "groups_by_size": groups, "texts_by_padded_size": texts})
    click.echo(f"acts {found.acts}")
    for size, count in sorted(found.groups_by_size.items()):
        click.echo(f"groups of {size} acts: {count}")
    for size, count in sorted(found.bodies_by_padded_size.items()):
        click.echo(f"texts of {size} bytes, padded: {count}")
    return None


@record.command()
@RECORD
@click.option("--until", type=int, help="Stop after this act.")
@click.option("--digest", "print_digest", is_flag=True, help="Print a digest of the talks as they are then.")
def replay(file: str, until: int | None, print_digest: bool) -> None:
    """Replay the record from its first act, and print how many acts it has."""
    with looked_at(file) as room:
        talks = Talks()
        for act in _acts(room.acts(), until):
            talks = evolve(talks, act)
    click.echo(digest(talks) if print_digest else counted(len(talks.acts), "act"))


def _acts(acts: tuple[Act, ...], until: int | None) -> tuple[Act, ...]:
    return acts if until is None else acts[: max(until, 0)]


@record.command()
@RECORD
@click.option("--to", "target", required=True, help="Where to: a file, or postgresql://user@host/database#name.")
def migrate(file: str, target: str) -> None:
    """Copy a record to another store, byte for byte. Needs no key."""
    make_folder_of(target)
    end = backups.migrate(file, target)
    show_text(f"Copied to {target}: head {end.seq} {end.hash.hex()}.")
