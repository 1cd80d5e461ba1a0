"""Read a talks file: return plain frozen values, or every problem at once.

There are four steps: make a located tree of the text, keep every value as text, check the shape with the models, and
check the meaning across entries. Problems of shape and of meaning are reported together, with file, line and column.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from goodoffices.data_class import dataclass
from goodoffices.errors import TalksFileError, UnknownWordError
from goodoffices.formats.input.diagnostics import Entry, Grade, Place, Report
from goodoffices.formats.input.files import RawFile, read_beside, read_named, text_of
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.input.located_tree import (
    Mapping,
    Node,
    Scalar,
    Sequence as SequenceNode,
    is_absent,
    place_of,
    plain,
)
from goodoffices.formats.input.yaml_reader import tree_of
from goodoffices.formats.talks_file.cross_checks import actor_names, declared, meaning_problems, notes
from goodoffices.formats.talks_file.ledger_csv import read_ledger_table
from goodoffices.formats.talks_file.schema import TalksFileModel
from goodoffices.formats.talks_file.validation_messages import entries_of, with_nearest_words
from goodoffices.garbage_collection import paused_collector
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.model.ceasefire import DayReport, Ledger
from goodoffices.talks.model.talks_file import TalksFile

_BARE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading: the talks, unless something was refused, and the report."""

    talks: TalksFile | None
    report: Report


def read_talks(path: str | Path) -> TalksFile:
    """Return the talks described by a file, a folder with a ``talks.yaml``, or a scenario's bare name.

    Raises
    ------
    TalksFileError
        If anything is wrong. Its text lists every problem with file, line and column, up to fifty and then a count;
        ``problems`` has the same as values.
    """
    reading = read_reported(path)
    if reading.talks is None:
        refusals = reading.report.refusals
        only_refusals = replace(reading.report, entries=refusals)
        raise TalksFileError(str(only_refusals), problems=refusals, count=len(refusals) + reading.report.n_unlisted)
    return reading.talks


def check(path: str | Path) -> Report:
    """Return the report on a talks file; mistakes in the file are in the report and are never raised."""
    return read_reported(path).report


def check_command(
    paths: Sequence[str | Path], *, strict: bool = False, allow: Collection[str] = (), as_json: bool = False
) -> tuple[str, int]:
    """Return what ``goodoffices check`` prints, and its exit code, the highest of :attr:`Report.exit_code`.

    Parameters
    ----------
    paths
        Files, folders or scenario names.
    strict
        Whether repairs and assumptions count as refusals.
    allow
        Kinds that do not, even so.
    as_json
        Whether to print for scripts.
    """
    reports = [check(path).judged(strict=strict, allow=allow) for path in paths]
    code = max((report.exit_code for report in reports), default=0)
    if as_json:
        return "[" + ",\n".join(report.to_json() for report in reports) + "]", code
    return "\n".join(map(str, reports)), code


def scenario_names() -> tuple[str, ...]:
    """Return the names of the talks that come with the program."""
    return tuple(sorted({entry.parent.name for folder in _scenario_folders() for entry in folder.glob("*/talks.yaml")}))


def find_scenario(name: str) -> Path:
    """Return the folder of the talks that come with the program under ``name``.

    Raises
    ------
    UnknownWordError
        If there is none; it names the known ones and the nearest.
    """
    for folder in _scenario_folders():
        if _BARE_NAME.fullmatch(name) and (folder / name / "talks.yaml").is_file():
            return folder / name
    known = scenario_names()
    raise UnknownWordError("scenario", name, known, nearest=nearest_word(name, known))


def _scenario_folders() -> list[Path]:
    """Return the folders with scenarios: in the installed package, or beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parents[2]
    return [folder for folder in (package / "scenarios", package.parents[1] / "scenarios") if folder.is_dir()]


def read_reported(path: str | Path, *, limits: Limits = LIMITS) -> Reading:
    """Return the talks and the report; what is wrong is in the report and is never raised."""
    with paused_collector():
        return _read_reported(path, limits)


def _read_reported(path: str | Path, limits: Limits) -> Reading:
    found = _resolved(Path(path))
    if isinstance(found, Entry):
        return Reading(talks=None, report=Report.of(str(path), [found]))
    loaded = _load(found, limits)
    entries = list(loaded.entries)
    if not isinstance(loaded.root, Mapping):
        return Reading(talks=None, report=Report.of(str(found), entries))
    talks, said = _talks_of(loaded.root, found, limits)
    report = Report.of(str(found), [*entries, *said])
    if report.refusals or talks is None:
        return Reading(talks=None, report=report)
    return Reading(talks=replace(talks, origin=(*loaded.origin, *talks.origin)), report=report)


def read_text(text: str, name: str) -> tuple[Reading, Node | None]:
    """Return the talks of a text that stands for a whole file, and its located tree; it names no further files."""
    with paused_collector():
        tree = tree_of(text, file=name, limits=LIMITS)
        if not isinstance(tree.root, Mapping):
            return Reading(talks=None, report=Report.of(name, tree.problems)), None
        talks, said = _talks_of(tree.root, Path(name), LIMITS)
        report = Report.of(name, [*tree.problems, *said])
        return Reading(talks=None if report.refusals else talks, report=report), tree.root


def _resolved(path: Path) -> Path | Entry:
    """Return the talks file that ``path`` means, or an entry that says why there is none."""
    if os.path.isdir(path):  # of os, since pathlib's raises where a name is too long
        inside = path / "talks.yaml"
        return (
            inside if os.path.exists(inside) else _not_there(path, "this folder has no 'talks.yaml'.", "Name the file.")
        )
    if os.path.exists(path) or not _BARE_NAME.fullmatch(str(path)):
        return path
    try:
        return find_scenario(str(path)) / "talks.yaml"
    except UnknownWordError as error:
        why = "there is no such file or scenario."
        return replace(_not_there(path, why, "Check the name."), found=str(path), known=error.known,
                       nearest=error.nearest, right=f"Scenarios: {', '.join(error.known)}.")  # fmt: skip


_READ_BY_OTHERS = ("automated.yaml", "demonstration.yaml", "rehearsal.yaml")
"""Files of a talks folder that automated seats, the demonstration and rehearsals read for themselves."""


def _not_there(path: Path, why: str, remedy: str) -> Entry:
    return Entry(grade=Grade.REFUSAL, kind="not-there", why=why, remedy=remedy, place=Place(file=str(path)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """One tree of a talks file and its included files, with their digests."""

    root: Node | None
    entries: tuple[Entry, ...] = ()
    origin: tuple[tuple[str, str], ...] = ()


def _load(path: Path, limits: Limits) -> _Loaded:
    main = _tree_of_bytes(read_named(path, limits=limits), limits)
    if not isinstance(main.root, Mapping):
        return main
    entries, origin = list(main.entries), list(main.origin)
    included = main.root.entries.get("include")
    items = included[1].items if included is not None and isinstance(included[1], SequenceNode) else []
    for item in items:
        if isinstance(item, Scalar) and not item.is_broken:
            more = _tree_of_bytes(read_beside(path.parent, item.text, limits=limits), limits)
            entries.extend(_at_naming_place(entry, item) for entry in more.entries)
            origin.extend(more.origin)
            if isinstance(more.root, Mapping):
                entries.extend(_join(main.root, more.root))
    named = {Path(item.text).name for item in items if isinstance(item, Scalar)}
    entries.extend(_files_left_out(path, included[0] if included is not None else None, named))
    return _Loaded(root=main.root, entries=tuple(entries), origin=tuple(origin))


def _files_left_out(path: Path, key: Scalar | None, named: Collection[str]) -> Iterable[Entry]:
    """Yield a note for each file of a talks folder that looks like a part of the talks, and that nothing includes."""
    if path.name != "talks.yaml":
        return
    for beside in sorted(path.parent.iterdir()):
        if beside.suffix in (".yaml", ".yml") and beside.name not in {path.name, *_READ_BY_OTHERS, *named}:
            yield Entry(
                grade=Grade.NOTE, kind="not-included", why=f"{beside.name} lies in this folder and is not read.",
                remedy="Name it under 'include', or move it elsewhere.", found=beside.name[:80],
                place=Place(file=path.name) if key is None else place_of(key),
            )  # fmt: skip


def _at_naming_place(entry: Entry, item: Scalar) -> Entry:
    """Report a file that cannot be opened at the place that names it; other problems stay where they are."""
    if entry.kind in ("not-there", "not-a-file", "outside-folder"):
        why = entry.why if item.text in entry.why else f"{item.text[:80]!r}: {entry.why}"
        return replace(entry, why=why, place=place_of(item), found=item.text[:80])
    return entry


def _tree_of_bytes(raw: RawFile | Entry, limits: Limits) -> _Loaded:
    if isinstance(raw, Entry):
        return _Loaded(root=None, entries=(raw,))
    text = text_of(raw)
    if isinstance(text, Entry):
        return _Loaded(root=None, entries=(text,))
    tree = tree_of(text, file=raw.name, limits=limits)
    entries = list(tree.problems)
    if not isinstance(tree.root, Mapping) and not tree.problems:
        place = place_of(tree.root) if tree.root is not None else Place(file=raw.name, line=1, column=1)
        is_markup = text.lstrip("\ufeff \t\r\n").startswith("<")
        why = "this is a web page or XML." if is_markup else "this is not a list of keys with values."
        entries.append(Entry(grade=Grade.REFUSAL, kind="wrong-shape", place=place, why=why,
                             right="A talks file begins with keys such as 'actors:'.",
                             remedy="Write it so, or save the file as text."))  # fmt: skip
    root = tree.root if isinstance(tree.root, Mapping) else None
    return _Loaded(root=root, entries=tuple(entries), origin=((raw.name, raw.sha256),))


def _join(main: Mapping, more: Mapping) -> Iterable[Entry]:
    """Join the sections of an included file to those of the talks file; yield what cannot be joined."""
    for name, (key, node) in more.entries.items():
        if name in ("include", "version", "talks"):
            yield _refused_key(key, "include-depth", f"{name!r} is in an included file.",
                               "It belongs in the talks file itself.", "Move it there.")  # fmt: skip
        elif name not in main.entries:
            main.entries[name] = (key, node)
        else:
            yield from _join_section(main.entries[name], key, node)


def _join_section(there: tuple[Scalar, Node], key: Scalar, node: Node) -> Iterable[Entry]:
    if isinstance(there[1], Mapping) and isinstance(node, Mapping):
        for slug, (slug_key, value) in node.entries.items():
            first = there[1].entries.setdefault(slug, (slug_key, value))[0]
            if first is not slug_key:
                why = f"key {slug!r} is written twice, first at {first.file}:{first.line}."
                yield _refused_key(slug_key, "duplicate-key", why, "", "Join the two, or rename one.")
    elif isinstance(there[1], SequenceNode) and isinstance(node, SequenceNode):
        there[1].items.extend(node.items)
    elif not is_absent(node):
        yield _refused_key(key, "duplicate-key", f"section {key.text!r} is written twice, first at "
                           f"{there[0].file}:{there[0].line}.", "Only two lists or two mappings can be joined.",
                           "Write it in one file.")  # fmt: skip


def _refused_key(key: Scalar, kind: str, why: str, right: str, remedy: str) -> Entry:
    return Entry(
        grade=Grade.REFUSAL, kind=kind, place=place_of(key), why=why, right=right, remedy=remedy, found=key.text[:80]
    )


def _talks_of(root: Mapping, path: Path, limits: Limits) -> tuple[TalksFile | None, list[Entry]]:
    """Return the talks of a joined tree, if its shape is right, and the entries about it."""
    known = declared(root)
    said = meaning_problems(root)
    try:
        model = TalksFileModel.model_validate(plain(root), context=known)
    except ValidationError as error:
        said.extend(entries_of(error, root))
        return None, with_nearest_words(said, known, actor_names(root))
    talks = model.entity(default_slug=_default_slug(path))
    talks, tables = _with_tables(talks, model, root, path.parent, limits)
    return talks, [*with_nearest_words(said, known, actor_names(root)), *tables, *notes(root)]


def _default_slug(path: Path) -> str:
    name = path.resolve().parent.name if path.name == "talks.yaml" else path.stem
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()[:80]).strip("-") or "talks"


def _with_tables(
    talks: TalksFile, model: TalksFileModel, root: Mapping, folder: Path, limits: Limits
) -> tuple[TalksFile, list[Entry]]:
    """Return the talks with the days that ledgers take from tables, and the entries about the tables."""
    said: list[Entry] = []
    days: dict[str, tuple[DayReport, ...]] = {}
    origin: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    for slug, ledger in model.ledgers.items():
        if ledger.days_from is not None:
            names.setdefault(ledger.days_from, slug)
    for name, slug in names.items():
        raw = read_beside(folder, name, limits=limits)
        if isinstance(raw, Entry):
            said.append(_at_naming_place(raw, _scalar_of_table(root, slug)))
            continue
        origin.append((raw.name, raw.sha256))
        users = {key: ledger for key, ledger in model.ledgers.items() if ledger.days_from == name}
        table = read_ledger_table(
            raw,
            limits=limits,
            ledgers=_ledger_spellings(talks, [ledger for ledger in talks.ledgers if ledger.slug in users]),
            areas={
                comparable(name.text).casefold(): area.slug for area in reversed(talks.areas) for name in area.names
            },
            kept_as_stated={key: frozenset(ledger.kept_as_stated) for key, ledger in users.items()},
        )
        days |= table.days
        said.extend(table.entries)
    ledgers = tuple(replace(ledger, days=(*ledger.days, *days.get(ledger.slug, ()))) for ledger in talks.ledgers)
    return replace(talks, ledgers=ledgers, origin=tuple(origin)), said


def _scalar_of_table(root: Mapping, slug: str) -> Scalar:
    node: Node = root
    for key in ("ledgers", slug, "days_from"):
        assert isinstance(node, Mapping), "the shape has been checked"
        node = node.entries[key][1]
    assert isinstance(node, Scalar), "the shape has been checked"
    return node


def _ledger_spellings(talks: TalksFile, ledgers: list[Ledger]) -> dict[str, str]:
    """Return the names that a table may use for each ledger: its slug and title, its keeper's slug and names."""
    keepers = {actor.slug: actor for actor in talks.actors}
    spellings: dict[str, str] = {}
    for ledger in reversed(ledgers):
        words = [ledger.slug, ledger.title, ledger.keeper, *(name.text for name in keepers[ledger.keeper].names)]
        spellings |= {comparable(word).casefold(): ledger.slug for word in reversed(words) if word}
    return spellings
