"""A file for a ledger with how it is to be read: it can be read again in another encoding, or with other columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError, quoted
from goodoffices.formats.allegation_tables.boundaries import placed, read_boundaries
from goodoffices.formats.allegation_tables.fields import CONSTANTS, FIELDS
from goodoffices.formats.allegation_tables.radio_lines import is_radio_lines, read_lines
from goodoffices.formats.allegation_tables.reader import AllegationTable, Names, read_allegations
from goodoffices.formats.allegation_tables.source import columns_chosen, source_of
from goodoffices.formats.event_tables.column_mappings import ColumnMapping, mapping_in, suggested_columns
from goodoffices.formats.input.encodings import ENCODINGS, Guess, guess_of
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.spreadsheets import is_spreadsheet
from goodoffices.phrases.phrase import Phrase

AS_WRITTEN = ""
"""The choice of an encoding that takes a file as it says itself, or as UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtTable:
    """A file for a ledger. ``key`` is the key of a ledger that has none yet; ``table`` are its rows once it was read.

    ``columns`` are those that a person chose, by field: an empty one says that no column fills the field. They take the
    place of what the mapping file says.
    """

    ledger: str
    key: str = field(repr=False)
    raw: RawFile
    mapping: RawFile | None = None
    boundaries: RawFile | None = None
    encoding: str = AS_WRITTEN
    columns: Mapping[str, str] | None = None
    table: AllegationTable | None = None

    def with_columns(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """Return the names of the columns of the file, and which of them would fit each field.

        A suggestion that no name, mapping file or person gives is not taken by itself.

        Raises
        ------
        DatasetError
            If the file or its mapping file cannot be read.
        """
        if is_radio_lines(self.raw):
            return (), {}
        columns, chosen = columns_chosen(self.raw, self._mapping())
        return columns, suggested_columns(columns, FIELDS) | chosen | dict(self.columns or {})

    def read(self, slug: str, names: Names) -> BroughtTable:
        """Return the file with its rows, for the ledger with the short name ``slug``. Refused rows are in the table.

        Raises
        ------
        DatasetError
            If the file, its mapping file or its boundaries cannot be read.
        """
        if is_radio_lines(self.raw):
            table = read_lines(self.raw, (slug,), names)
        else:
            table = read_allegations(source_of(self.raw, self._mapping()), names)
        if self.boundaries is not None:
            table = placed(table, read_boundaries(self.boundaries), names.areas)
        return replace(self, table=table)

    def guess(self) -> Guess | None:
        """Return which encoding the file seems to have, if nobody chose one and it does not say so itself."""
        return None if self.encoding or is_spreadsheet(self.raw) else guess_of(self.raw)

    def _mapping(self) -> ColumnMapping | None:
        mapping = None
        if self.mapping is not None:
            mapping = mapping_in(self.mapping, fields=tuple(FIELDS), constants=CONSTANTS)
        if self.encoding not in (AS_WRITTEN, *ENCODINGS):
            raise DatasetError(Phrase("unknown encoding {name}", name=quoted(self.encoding)))
        if not self.encoding and self.columns is None:
            return mapping
        mapping = mapping or ColumnMapping(columns={})
        columns = dict(mapping.columns) | dict(self.columns or {})
        return replace(mapping, columns=columns, encoding=self.encoding or mapping.encoding)
