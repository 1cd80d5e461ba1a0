"""Every reader of files by the kind of file, called as the command line calls it: what it says, and its notes."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from formats_helpers import ROOT
from goodoffices.cli.decide import explain
from goodoffices.cli.sealed import back, open_
from goodoffices.cli.settle import verify as verify_settlement
from goodoffices.cli.terminal.input import bytes_in, text_in
from goodoffices.cli.text.files import in_, proof
from goodoffices.cli.views import check as check_receipt
from goodoffices.errors import GoodOfficesError
from goodoffices.forecast import forecasts
from goodoffices.formats.event_tables.column_mappings import ColumnMapping, read_mapping
from goodoffices.formats.event_tables.reader import ledger_days, read_events
from goodoffices.formats.position_tables.detect import read_positions
from goodoffices.formats.rule_file import read_rule
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.writer import write_scenario
from goodoffices.formats.talks_file.reader import read_reported
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.reader import read_own_talks
from goodoffices.record.keys import KeyFile
from goodoffices.record.open_store import verify
from goodoffices.rehearsal.batches.assumption_file import read_assumptions
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.forecast.lineup_from_view import placed_of
from goodoffices.reports.texts.pa_x_import import rows_of
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import view_after
from goodoffices.talks.documents.markdown import read_paper, write_paper
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View
from properties.worlds.cast import START

FORMAT_1 = ROOT / "tests" / "fixtures" / "format-1"
_PLACES = {"file", "line", "column", "where", "origin", "report", "digest", "sha256"}
"""Fields that say where something stood; they change when a line is put in before it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader returned, as nested tuples of plain values, and its notes."""

    says: Any
    notes: tuple[str, ...] = ()


Reader = Callable[[Path], Reading]
"""Takes the changed file, beside whatever else it needs; raises an error of our tree if it refuses."""


def plain(value: Any) -> Any:
    """Return a value as nested tuples of plain values, without places in files."""
    if isinstance(value, Enum):
        # As one word: the "no" of the kind "yes-no" is not one that somebody wrote.
        return str(value.value).replace("-", "")
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(plain(getattr(value, one.name)) for one in fields(value) if one.name not in _PLACES)
    if isinstance(value, Mapping):
        return tuple((str(key), plain(part)) for key, part in value.items())
    if isinstance(value, list | tuple):
        return tuple(plain(part) for part in value)
    if isinstance(value, set | frozenset):
        return tuple(sorted((plain(part) for part in value), key=repr))
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _talks(path: Path) -> Reading:
    reading = read_reported(path.parent if (path.parent / "talks.yaml").exists() else path)
    if reading.talks is None:
        raise GoodOfficesError(str(reading.report))
    acts = opening(reading.talks, kind=Kind.EXERCISE, at=START)
    for seat in reading.talks.seats[:1]:
        brief_of(view_after(acts, seat.slug))
    return Reading(plain(reading.talks), tuple(str(entry) for entry in reading.report.entries))


def _positions(path: Path) -> Reading:
    table = read_positions(path)
    lineup = placed_of(table).lineup
    forecasts(lineup, issues=lineup.issues[:1])
    return Reading(plain((table.issues, table.rows, table.parameters, table.accommodation)), tuple(table.notes))


def _scenario(path: Path) -> Reading:
    folder = path.parent.parent if path.parent.name == "edges" else path.parent
    scenario = read_scenario(folder)
    if len(scenario.bargain.issues) < 8:
        with contextlib.suppress(GoodOfficesError):  # what another format cannot hold is refused
            write_scenario(scenario, folder.with_name("converted"), "genius-xml", lossy=True, force=True)
    notes = tuple(f"{entry.grade} {entry.kind} {entry.why}" for entry in scenario.report.entries)
    return Reading(plain((scenario.labels, scenario.bargain, scenario.timing)), notes)


@cache
def _astana() -> View:
    from goodoffices.formats.talks_file.reader import read_talks

    return view_after(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START), "secretariat")


def _pax(path: Path) -> Reading:
    found = rows_of(_astana(), bytes_in(path), name=path.name)
    return Reading(plain(found.rows), found.unread)


def _paper(path: Path) -> Reading:
    paper = read_paper(text_in(path), "en")
    write_paper(paper, ids=True)
    return Reading(plain(paper))


def _ran(command: click.Command, *arguments: str) -> Reading:
    """Run a command; a traceback is raised again, and our own errors as themselves."""
    done = CliRunner().invoke(command, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    if done.exit_code:
        raise GoodOfficesError(f"exit code {done.exit_code}: {done.output}")
    return Reading(done.stdout, tuple(done.stderr.splitlines()))


def _document(path: Path) -> Reading:
    done = _ran(in_, str(path), "--language", "en", "--json")
    told = json.loads(done.says)
    return Reading(plain({key: told[key] for key in ("paper", "proposals", "remarks")}), tuple(told["notes"]))


def _rule(path: Path) -> Reading:
    said = str(_ran(explain, str(path)).says).splitlines()
    _ran(explain, str(path), "--json")
    return Reading(plain(read_rule(path)), tuple(line for line in said if line.startswith("Without a weight")))


def _version(path: Path) -> Reading:
    return _ran(proof, str(path))


def _record(path: Path) -> Reading:
    key = path.with_suffix(".key")
    shutil.copyfile(FORMAT_1 / "exercise.record.key", key)
    checked = verify(path)
    sound = checked.is_sound
    with_errors = None
    try:
        room = open_record(path, kind=Kind.EXERCISE, key=KeyFile(path=key), write=False)
        try:
            says = {seat: room.view(seat).head for seat in room.roles()}
        finally:
            room.close()
    except GoodOfficesError as error:
        with_errors = error
    if not sound or with_errors is not None:
        raise with_errors or GoodOfficesError(str(checked))
    return Reading(plain(says))


_SEALED_RECORD = (FORMAT_1 / "sealed-out.txt").read_text(encoding="utf-8").split()[1:]


def _sealed(path: Path) -> Reading:
    keys = str(FORMAT_1 / "north.private.json")
    return _ran(open_, str(path), "--keys", keys, "--record", *_SEALED_RECORD)


def _keys(path: Path) -> Reading:
    sealed = str(FORMAT_1 / "out.sealed")
    return _ran(open_, sealed, "--keys", str(path), "--record", *_SEALED_RECORD)


def _sealing(path: Path) -> Reading:
    """Seal commands: the changed file is the list of commands or what ``sealed open`` printed."""
    path.with_name("made.sealed").unlink(missing_ok=True)
    commands, told = path.with_name("commands.json"), path.with_name("opened.json")
    keys, out = str(FORMAT_1 / "north.private.json"), str(path.with_name("made.sealed"))
    done = _ran(back, str(commands), "--keys", keys, "--from", str(told), "--out", out)
    return Reading(done.says.replace(out, "made.sealed"), done.notes)


def _receipt(path: Path) -> Reading:
    key = json.loads((FORMAT_1 / "expected" / "live" / "heads.json").read_text(encoding="utf-8"))["public_key"]
    lines, receipt = path.with_name("slice-n141.jsonl"), path.with_name("receipt-n141.json")
    return _ran(check_receipt, str(lines), str(receipt), "--key", key)


def _settled(path: Path) -> Reading:
    return _ran(verify_settlement, str(path), str(path.with_name("scenario")))


def _events(path: Path) -> Reading:
    """Read a table of events, with the mapping beside it if there is one: the changed file is one of the two."""
    beside = path.with_name("mapping.yaml")
    table = read_events(path.with_name("events.csv") if path == beside else path, _mapping(beside))
    with contextlib.suppress(GoodOfficesError):  # what is no bulletin of a ledger is refused
        ledger_days(path, _mapping(beside))
    return Reading(plain((table.events, table.unseen, table.reports_every_day)), table.notes)


def _mapping(path: Path) -> ColumnMapping | None:
    return read_mapping(path) if path.exists() else None


def _sheets(path: Path) -> Reading:
    talks, reading = read_own_talks(path)
    talks_file_of(talks)
    return Reading(plain(talks), (*reading.unread, *(note.sentence() for note in reading.look_alikes)))


def _assumptions(path: Path) -> Reading:
    return Reading(plain(read_assumptions(path)))


READERS: Mapping[str, Reader] = {
    "events": _events,
    "sheets": _sheets,
    "assumptions": _assumptions,
    "talks": _talks,
    "positions": _positions,
    "pa-x": _pax,
    "scenarios": _scenario,
    "documents": _document,
    "papers": _paper,
    "rules": _rule,
    "sealed": _sealed,
    "keys": _keys,
    "sealing": _sealing,
    "receipts": _receipt,
    "records": _record,
    "versions": _version,
    "settlements": _settled,
}


def unpacked(name: str) -> bytes:
    """Return a file of record format 1, unpacked."""
    return gzip.decompress((FORMAT_1 / f"{name}.gz").read_bytes())
