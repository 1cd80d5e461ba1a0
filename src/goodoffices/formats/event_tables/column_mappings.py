"""A mapping file: which column of a table is which field, what its words mean, and what holds for every row.

```yaml
columns: {first_day: When, area: Where, deaths: Killed}
values:
  area: {Hama: Hamah}
constants: {ledger: Monitors}
reports_every_day: no
encoding: windows-1256
running_totals: yes
```
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping as MappingOf, Sequence
from dataclasses import field, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError, ScenarioFileError, quoted
from goodoffices.formats.event_tables.fields import FIELDS, fields_of
from goodoffices.formats.event_tables.local_headings import with_local_headings
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.encodings import ENCODINGS, guess_of, in_utf8
from goodoffices.formats.input.files import RawFile, read_named
from goodoffices.formats.input.spreadsheets import is_spreadsheet
from goodoffices.formats.input.yaml_reader import as_written, parse_yaml
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase

_KNOWN = ("columns", "values", "constants", "reports_every_day", "repeat", "encoding", "running_totals")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_CUMULATIVE = {"cum", "cumulative", "total", "running"}
_COUNTED = ("count", "deaths", "deaths_low", "deaths_high", "deaths_civilians", "killed", "injured")
_REPORTED = {"report", "reported", "submission", "created", "recorded"}
_CONSTANTS = ("ledger", "area", "pair", "kind")


def _empty() -> MappingOf[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What a mapping file says. ``columns``: column by field; ``values``: by field, the word for each word.

    ``repeat`` names the sheet whose rows are the allegations, where a form may have several of them. ``encoding`` is
    that of the table where it is not UTF-8. ``running_totals`` says whether counts are totals since the beginning.
    """

    columns: MappingOf[str, str]
    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=_empty)
    constants: MappingOf[str, str] = field(default_factory=_empty)
    reports_every_day: bool | None = None
    repeat: str = ""
    encoding: str = ""
    running_totals: bool = False

    def text_of(self, raw: RawFile) -> RawFile:
        """Return a table in UTF-8.

        Raises
        ------
        DatasetError
            If it is not in the encoding that the mapping names.
        """
        if self.encoding and is_spreadsheet(raw):
            raise DatasetError(
                Phrase("{file} is a spreadsheet, which says its encoding itself; leave the encoding out", file=raw.name)
            )
        found = in_utf8(raw, self.encoding) if self.encoding else raw
        if isinstance(found, Entry):
            raise DatasetError(found.sentence())
        return found


def read_mapping(
    path: Path, *, fields: Collection[str] = tuple(FIELDS), constants: tuple[str, ...] = _CONSTANTS
) -> ColumnMapping:
    """Read a mapping file in YAML, for tables that may fill ``fields``.

    Raises
    ------
    DatasetError
        If it cannot be read, or names a field or a key that is not known.
    """
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise DatasetError(f"{path}: {raw.why} {raw.remedy}")
    return mapping_in(replace(raw, name=path.name), fields=fields, constants=constants)


def mapping_in(
    raw: RawFile, *, fields: Collection[str] = tuple(FIELDS), constants: tuple[str, ...] = _CONSTANTS
) -> ColumnMapping:
    """Read the mapping that a file in YAML holds. A field whose column is empty is filled by no column.

    Raises
    ------
    DatasetError
        If it is not YAML, or names a field or a key that is not known.
    """
    file = raw.name
    given = _tree(raw)
    if not isinstance(given, dict):
        example = "first_day: Date"
        raise DatasetError(
            Phrase("{file} holds no mapping; write 'columns:' and under it, indented, {line}", file=file, line=example)
        )
    for key in given:
        _check(file, Phrase("unknown key {name}", name=quoted(str(key))), str(key), _KNOWN)
    columns, values = _texts(file, given, "columns"), given.get("values") or {}
    fixed = _texts(file, given, "constants")
    for name in (*columns, *(values if isinstance(values, dict) else ())):
        _check(file, Phrase("unknown field {name}", name=quoted(str(name))), str(name), tuple(fields))
    for name in fixed:
        _check(file, Phrase("unknown constant {name}", name=quoted(name)), name, constants)
    encoding = str(given.get("encoding") or "utf-8").casefold().strip()
    _check(file, Phrase("unknown encoding {name}", name=quoted(encoding)), encoding, tuple(ENCODINGS))
    if not isinstance(values, dict) or not all(isinstance(table, dict) for table in values.values()):
        example = "'area: {Hama: Hamah}'"
        raise DatasetError(
            Phrase("{file}: 'values' has a table for each field, such as {example}", file=file, example=example)
        )
    running = _truth(file, given.get("running_totals"), "running_totals")
    _check_totals(file, columns, running)
    return ColumnMapping(
        columns=columns,
        values={str(name): {str(old): str(new) for old, new in table.items()} for name, table in values.items()},
        constants=fixed,
        reports_every_day=_truth(file, given.get("reports_every_day"), "reports_every_day"),
        repeat=str(given.get("repeat") or ""),
        encoding=encoding if "encoding" in given else "",
        running_totals=bool(running),
    )


def _tree(raw: RawFile) -> Any:
    try:
        return as_written(parse_yaml(raw))
    except ScenarioFileError as error:
        if not error.line:
            raise DatasetError(Phrase("{file} cannot be read as YAML", file=raw.name)) from error
        why = Phrase("{file} cannot be read as YAML: look at line {n}", file=raw.name, n=str(error.line))
        raise DatasetError(why) from error


def _check(file: str, what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        near = nearest_word(name, known)
        listed = Phrase("{file}: {what}; known: {known}", file=file, what=what, known=", ".join(known))
        hint = Phrase("Did you mean {nearest}?", nearest=repr(near)) if near else ""
        raise DatasetError(Phrase("{what}. {hint}", what=listed, hint=hint) if near else listed)


def _texts(file: str, given: MappingOf[str, Any], key: str) -> dict[str, str]:
    found = given.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise DatasetError(
            Phrase("{file}: {key} is a list of 'field: text', one on each line", file=file, key=repr(key))
        )
    return {str(name): value for name, value in found.items()}


def _check_totals(file: str, columns: MappingOf[str, str], running: bool | None) -> None:
    """Refuse a column of counts whose name says that it is a running total, if the mapping does not say whether."""
    if running and "count" not in columns:
        raise DatasetError(
            Phrase("{file}: running totals stand in a column that is named for 'count'; name it", file=file)
        )
    for name in _COUNTED if running is None else ():
        if name in columns and _words(columns[name]) & (_CUMULATIVE - {"total"}):
            raise DatasetError(
                Phrase(
                    "{file}: the column {column} has the name of a running total; write 'running_totals: yes', or "
                    "'no' if each row counts its own day",
                    file=file,
                    column=quoted(columns[name]),
                )
            )


def _words(column: str) -> set[str]:
    return set(re.split(r"[^\w#]+|_", column.casefold()))


def _truth(file: str, given: Any, key: str) -> bool | None:
    if given is None:
        return None
    if str(given).casefold() not in _TRUTH:
        raise DatasetError(
            Phrase("{file}: {key} is {found}; write yes or no", file=file, key=key, found=quoted(str(given)))
        )
    return _TRUTH[str(given).casefold()]


def suggested_text(raw: RawFile) -> tuple[RawFile, list[str]]:
    """Return a table as it can be read for a suggestion, with the lines of a mapping that say in which encoding."""
    guess = None if is_spreadsheet(raw) else guess_of(raw)
    read = raw if guess is None else in_utf8(raw, guess.encoding)
    return (raw, []) if guess is None or isinstance(read, Entry) else (read, guess.comments())


def suggested_mapping(
    columns: tuple[str, ...], fields: MappingOf[str, tuple[str, ...]] = FIELDS, encoding: Sequence[str] = ()
) -> str:
    """Return a first mapping for a table with these columns, to be corrected by hand.

    Certain are columns whose names are known. A column whose name only resembles one is written as a comment.
    ``encoding`` are the lines that say in which encoding the table seems to be.
    """
    certain = suggested_columns(columns, fields)
    lines = [*encoding, "# Which column is which field. Check each line, and delete what does not fit.", "columns:"]
    lines += [f"  {name}: {_plain(column)}" for name, column in certain.items()]
    rest = [column for column in columns if column and column not in certain.values()]
    lines += [f"  # {_guess(column, certain, fields)}: {_plain(column)}" for column in rest]
    missing = [name for name in fields if name not in certain]
    lines += [f"# Fields without a column: {', '.join(missing)}.", "# values:", "#   area: {Hama: Hamah}"]
    if "ledger" not in fields:
        return "\n".join([*lines, "# constants: {zone: Asia/Damascus}", "# repeat: the sheet with one row each"])
    lines += [
        "# constants: {ledger: the name of who keeps this list}",
        "# Does a day without a row mean that nothing happened? Only the keeper of the list knows.",
        "# reports_every_day: no",
        "# Are the counts totals since the beginning, such as 214 since the cease-fire began?",
        "# running_totals: no",
    ]
    return "\n".join(lines)


def suggested_columns(columns: tuple[str, ...], fields: MappingOf[str, tuple[str, ...]] = FIELDS) -> dict[str, str]:
    """Return the column of each field whose name is known, in any of the languages of the pages."""
    return fields_of(columns, with_local_headings(fields))


def _guess(column: str, certain: MappingOf[str, str], fields: MappingOf[str, tuple[str, ...]]) -> str:
    """Return the field that a column may be, or why it is not one."""
    words = _words(column)
    if words & _CUMULATIVE:
        return "a running total, which is not a daily count"
    if words & _REPORTED and words & {"date", "day"}:
        return "the day of the report, which is not the day of the event"
    names = {known: name for name, all_names in fields.items() if name not in certain for known in (name, *all_names)}
    shared = [name for known, name in names.items() if known in words]
    near = shared or [names[known] for known in get_close_matches("_".join(sorted(words)), names, n=1, cutoff=0.75)]
    return f"{near[0]} ?" if near else "not read"


def _plain(text: str) -> str:
    """Return a column's name as YAML reads it back."""
    is_plain = text.replace("_", "").replace(" ", "").isalnum() and not text[:1].isdigit()
    return text if is_plain else "'" + text.replace("'", "''") + "'"
