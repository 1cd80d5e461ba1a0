"""A table of allegations before its cells are read: which column fills which field, and where its rows come from.

Exports of field forms have habits of their own. KoboToolbox and ODK Central put the groups of a form before the name of
a column, name who sent it, and keep the rows of a repeated group in a second sheet or file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError
from goodoffices.formats.allegation_tables.fields import FIELDS, PEOPLE
from goodoffices.formats.allegation_tables.map_points import is_map, points_table
from goodoffices.formats.event_tables.column_mappings import ColumnMapping
from goodoffices.formats.event_tables.fields import fields_of
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, HeadedTable, Row, read_table, with_columns
from goodoffices.names import comparable
from goodoffices.phrases.phrase import Phrase

_FORM = Form(columns=tuple(name for names in FIELDS.values() for name in names))
_PARENTS = (("parent_key", "key"), ("_submission__uuid", "_uuid"))
"""The column of a repeated group that names the form which it belongs to, and the form's own."""
GED = "UCDP GED"
ACLED = "ACLED"
"""A data set whose rows may not be passed on: each user has them under terms of their own."""
_OWN_KEYS = ("key",)
_KINDS = (
    ("KoboToolbox", {"_uuid", "_submission_time"}),
    ("KoboToolbox", {"_submission__uuid", "_parent_index"}),
    ("ODK Central", {"key", "submissiondate"}),
    ("ODK Central", {"key", "parent_key"}),
    (ACLED, {"event_id_cnty", "event_date"}),
    (GED, {"id", "date_start", "date_prec", "type_of_violence", "best"}),
    ("Ushahidi", {"post id", "survey"}),
)
"""Columns by which the export of a program is known."""
_USHAHIDI_SAMPLE = {"title", "name", "date", "location", "details"}


_OWN_COLUMNS: Mapping[str, Mapping[str, str]] = {
    ACLED: {"kind": "sub_event_type", "date_precision": "time_precision"},
    GED: {"kind": "type_of_violence"},
}
"""The columns of data sets that are taken before those with a common name."""
_OWN_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    ACLED: {
        "kind": {"Attack": "attack-on-civilians", "Armed clash": "ground-attack"},
        "date_precision": {"2": "3", "3": "4"},
        "place_precision": {"3": "4"},
        "killed": {"0": ""},
    },
    GED: {"kind": {"1": "other", "2": "other", "3": "attack-on-civilians"}},
}
"""What cells of data sets mean here: ACLED has scales of three steps, and writes 0 also where nobody knows how many."""
_OWN_NOTES: Mapping[str, str] = {
    ACLED: Phrase("0 fatalities are read as not stated: this data set writes 0 also where nobody knows how many"),
    GED: Phrase("this data set does not say with which arms: its kinds are other, and attack-on-civilians"),
}
_WHOLE_DAY = " 00:00:00.000"
"""What this data set writes after a day; no hour is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table with the column that fills each field. ``parents`` is the form of each row of a repeated group."""

    table: HeadedTable
    columns: dict[str, str]
    mapping: ColumnMapping | None = None
    kind: str = ""
    notes: tuple[str, ...] = ()
    parents: tuple[Row, ...] = ()
    parent_table: HeadedTable | None = None
    parent_columns: dict[str, str] | None = None

    @property
    def filled(self) -> frozenset[str]:
        """Return the fields that a column or a constant can fill."""
        constants = () if self.mapping is None else self.mapping.constants
        return frozenset((*self.columns, *(self.parent_columns or ()), *constants))

    def rows(self) -> Iterator[tuple[Row, Row | None]]:
        """Yield each row, and the form that it belongs to if it is one of a repeated group."""
        for n, row in enumerate(self.table.rows):
            yield row, self.parents[n] if self.parents else None

    def cell(self, row: Row, parent: Row | None, name: str) -> str:
        """Return what the cell of a field says, after the mapping; of a repeated group, else what its form says."""
        column = self.columns.get(name)
        text = "" if column is None else self.table.cell(row, column)
        if not text and parent is not None and self.parent_table is not None and self.parent_columns is not None:
            above = self.parent_columns.get(name)
            text = "" if above is None else self.parent_table.cell(parent, above)
        return self._meant(name, text)

    def cells(self) -> Callable[[Row, Row | None], dict[str, str]]:
        """Return what gives the filled cells of a row by their fields, as `cell` does, for reading many rows."""
        if self.parents or self.kind in _OWN_WORDS or self.mapping is not None:
            return lambda row, up: {name: text for name in self.filled if (text := self.cell(row, up, name))}
        places = [(name, self.table.index[column]) for name, column in self.columns.items()]
        width = max((at for _, at in places), default=-1) + 1

        def read(row: Row, parent: Row | None) -> dict[str, str]:
            cells = row.cells
            if len(cells) < width:
                return {name: text for name, at in places if at < len(cells) and (text := cells[at].strip())}
            return {name: text for name, at in places if (text := cells[at].strip())}

        return read

    def _meant(self, name: str, text: str) -> str:
        """Return what a cell of a field means in its data set, and after the mapping."""
        if self.kind in _OWN_WORDS:
            text = text.removesuffix(_WHOLE_DAY)
            text = _OWN_WORDS[self.kind].get(name, {}).get(text, text)
        if self.mapping is not None:
            text = self.mapping.values.get(name, {}).get(text, text) or self.mapping.constants.get(name, "")
        return text

    def refusal(self, row: Row, name: str, words: tuple[str, str, str], found: str = "") -> Entry:
        """Return what is wrong with the cell of a field."""
        at = self.table.index.get(self.columns.get(name, ""), 0)
        return self.table.table.refusal(row, at, "table-cells", words, found)


def source_of(raw: RawFile, mapping: ColumnMapping | None = None, repeats: RawFile | None = None) -> Source:
    """Return the table of a file by its columns.

    Parameters
    ----------
    mapping
        Which column is which field; by default columns are taken by their names.
    repeats
        A second table, whose rows are the allegations and name the row of the first that they belong to.

    Raises
    ------
    DatasetError
        If the file cannot be read, or nothing says which column has the day and which the kind.
    """
    if mapping is not None:
        raw, repeats = mapping.text_of(raw), None if repeats is None else mapping.text_of(repeats)
    first = _opened(raw, mapping)
    sheet = "" if mapping is None else mapping.repeat
    if repeats is None and not sheet:
        return _checked(first)
    second = _opened(raw if repeats is None else repeats, mapping, sheet=sheet)
    return _checked(_joined(first, second))


def columns_of(raw: RawFile) -> tuple[str, ...]:
    """Return the names of the columns of a file.

    Raises
    ------
    DatasetError
        If the file cannot be read.
    """
    return tuple(_opened(raw, None).table.index)


def columns_chosen(raw: RawFile, mapping: ColumnMapping | None) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the names of the columns of a file, and which of them is taken for each field.

    Raises
    ------
    DatasetError
        If the file cannot be read, or has no column of a name in the mapping.
    """
    found = _opened(raw if mapping is None else mapping.text_of(raw), mapping)
    return tuple(found.table.index), found.columns


def _opened(raw: RawFile, mapping: ColumnMapping | None, *, sheet: str = "") -> Source:
    table = points_table(raw) if is_map(raw) else read_table(raw, _FORM, sheet_name=sheet)
    if isinstance(table, Entry):
        raise DatasetError(table.sentence())
    tags: dict[str, str] = {}
    if len(table.rows) > 1 and _is_tags(table.rows[1]):
        tags = {
            comparable(name): cell.strip() for name, cell in zip(table.rows[0].cells, table.rows[1].cells, strict=False)
        }
        table = replace(table, rows=(table.rows[0], *table.rows[2:]))
    names = tuple(comparable(cell) for cell in (table.rows[0].cells if table.rows else ()))
    headed = with_columns(table, needed=(), known=names)
    if isinstance(headed, Entry):
        raise DatasetError(headed.sentence())
    kind = _kind(headed)
    chosen = _chosen(headed, kind, tags)
    if mapping is not None:
        chosen = _as_mapped(headed, chosen, mapping, is_joined=bool(sheet or mapping.repeat))
    return Source(
        table=headed, columns=chosen, mapping=mapping, kind=kind, notes=(*table.notes, *_notes(headed, chosen, kind))
    )


def _as_mapped(
    headed: HeadedTable, chosen: dict[str, str], mapping: ColumnMapping, *, is_joined: bool
) -> dict[str, str]:
    """Return the column of each field after a mapping. A field whose column is empty there is filled by none."""
    wanted = {name: comparable(column) for name, column in mapping.columns.items() if column}
    if not is_joined:
        for name, column in wanted.items():
            _check_column(headed, name, column)
    kept = {name: column for name, column in chosen.items() if mapping.columns.get(name) != ""}
    return kept | {name: column for name, column in wanted.items() if column in headed.index}


def _notes(headed: HeadedTable, chosen: dict[str, str], kind: str) -> list[str]:
    """Return which columns are not read, and what is special about a data set."""
    people = [name for name in headed.index if _bare(name) in PEOPLE and name not in chosen.values()]
    unread = [name for name in headed.index if name not in chosen.values() and name not in people]
    notes: list[str] = []
    if people:
        notes.append(Phrase("columns that name who sent a form are not read: {columns}", columns=", ".join(people)))
    if unread:
        notes.append(Phrase("columns that are not read: {columns}", columns=", ".join(unread)))
    return [*notes, *([_OWN_NOTES[kind]] if kind in _OWN_NOTES else [])]


def _check_column(headed: HeadedTable, name: str, column: str) -> None:
    if column not in headed.index:
        known = ", ".join(headed.index)[:200]
        raise DatasetError(
            Phrase(
                "{file} has no column {column} for {name}; it has {known}",
                file=headed.table.file,
                column=repr(column),
                name=name,
                known=known,
            )
        )


def _is_tags(row: Row) -> bool:
    """Say whether a row holds the hashtags of HXL instead of values."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    return bool(cells) and all(cell.startswith("#") for cell in cells)


def _kind(headed: HeadedTable) -> str:
    """Return which program or data set a table comes from, by its columns; empty if it is none of those."""
    names = {_bare(name) for name in headed.index}
    if names == _USHAHIDI_SAMPLE:
        return "Ushahidi"
    return next((kind for kind, columns in _KINDS if columns <= names), "")


def _bare(name: str) -> str:
    """Return the name of a column without the groups of the form before it."""
    return name.rpartition("/")[2].casefold()


def _chosen(headed: HeadedTable, kind: str, tags: dict[str, str]) -> dict[str, str]:
    """Return the column of each field: by its hashtag, by its name, or by its name without the groups before it."""
    names = tuple(headed.index)
    found = fields_of(names, FIELDS)
    short = {_bare(name): name for name in names}
    found = {field: short[column] for field, column in fields_of(tuple(short), FIELDS).items()} | found
    if kind == "ODK Central":
        last = {name.rpartition("-")[2].casefold(): name for name in names}
        found = {field: last[column] for field, column in fields_of(tuple(last), FIELDS).items()} | found
        if "key" in short:
            found["source_id"] = short["key"]
    if kind == "KoboToolbox":
        for end in ("latitude", "longitude"):
            column = next(
                (name for name in names if _bare(name).startswith("_") and _bare(name).endswith(f"_{end}")), None
            )
            if column is not None:
                found[end] = column
        found = {field: column for field, column in found.items() if _bare(column) not in ("_id", "_index")}
    if kind == "Ushahidi" and "name" in short and "reporter" not in found:
        found["reporter"] = short["name"]
        found |= {"words": short["details"]} if "details" in short else {}
    found |= {field: short[name] for field, name in _OWN_COLUMNS.get(kind, {}).items() if name in short}
    tagged = _by_tag(tags)
    return {field: column for field, column in found.items() if column not in tagged.values()} | tagged


def _by_tag(tags: dict[str, str]) -> dict[str, str]:
    """Return the column of each field by hashtags, with their attributes in any order."""
    found: dict[str, str] = {}
    for column, tag in tags.items():
        head, *attributes = tag.casefold().split("+")
        for field, names in FIELDS.items():
            for known in (name for name in names if name.startswith("#")):
                wanted, *needed = known.split("+")
                if wanted == head and set(needed) <= set(attributes):
                    found.setdefault(field, column)
    return found


def _joined(first: Source, second: Source) -> Source:
    """Return the rows of a repeated group, each with the row of the form that it belongs to."""
    short, above = ({_bare(name): name for name in one.table.index} for one in (second, first))
    pair = next((pair for pair in _PARENTS if pair[0] in short and pair[1] in above), None)
    if pair is None:
        raise DatasetError(
            Phrase(
                "{file} has no column that names the form of each row, such as PARENT_KEY or "
                "_submission__uuid; export the repeated group again with it",
                file=second.table.table.file,
            )
        )
    forms = {first.table.cell(row, above[pair[1]]): row for row in first.table.rows}
    parents = []
    for row in second.table.rows:
        named = second.table.cell(row, short[pair[0]])
        if named not in forms:
            words = (
                Phrase("the form {named} is not in {file}.", named=repr(named[:60]), file=first.table.table.file),
                "",
                Phrase("Export both again."),
            )
            raise DatasetError(
                second.table.table.refusal(row, second.table.index[short[pair[0]]], "table-cells", words).sentence()
            )
        parents.append(forms[named])
    columns = {name: column for name, column in second.columns.items() if _bare(column) not in (pair[0], "_index")}
    if pair[1] not in _OWN_KEYS:
        columns.pop("source_id", None)
    return replace(
        second, columns=columns, kind=first.kind or second.kind, parents=tuple(parents), parent_table=first.table,
        parent_columns=first.columns, notes=(*first.notes, *second.notes),
    )  # fmt: skip


def _checked(source: Source) -> Source:
    """Refuse a table in which nothing says when something happened, or what."""
    constants = {} if source.mapping is None else source.mapping.constants
    filled = {*source.columns, *(source.parent_columns or {}), *(name for name, text in constants.items() if text)}
    for name, what in (("occurred_from", Phrase("day")), ("kind", Phrase("kind of what happened"))):
        if name not in filled:
            known = ", ".join(source.table.index)[:200]
            raise DatasetError(
                Phrase(
                    "{file} has no column for the {what} ({name}) that is known by its name; it has {known}. "
                    "Write a mapping: --suggest prints a first one",
                    file=source.table.table.file,
                    what=what,
                    name=name,
                    known=known,
                )
            )
    return source
