"""What can be refused in the spreadsheet that begins own talks: one sentence each, with the cell that it is about.

A sentence is a message of the catalogues with what fills it, so that a page can show it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.formats.input.sheet_cells import cell_name

SENTENCES: Mapping[str, str] = {
    "unreadable": "“{file}” cannot be read as a spreadsheet. Save it as .xlsx or .ods, without a password.",
    "other": "“{file}” is another spreadsheet: it has none of the sheets Start, Actors and Seats. Fill in the empty "
    "spreadsheet instead.",
    "no-sheet": "The sheet {sheet} is missing. Copy it from the empty spreadsheet, or give a sheet that name.",
    "near-sheet": "The sheet “{found}” is not one of this spreadsheet. Is it {near}? Give it that name.",
    "sheet-twice": "There are two sheets {sheet}. Delete one of them.",
    "too-long": "This sheet has {n} rows and {columns} columns. At most {most} rows and 200 columns are read. Delete "
    "what is not needed.",
    "merged": "This cell is merged with others. Undo the merging, and write in each cell.",
    "formula": "This cell holds a formula. Paste its value.",
    "strange-cell": "What this cell holds cannot be read. Type it again.",
    "long-cell": "This cell has {n} characters. At most {most} are read here. Shorten it.",
    "control": "This cell holds an invisible control character. Type it again.",
    "heading": "“{found}” is not a heading of this sheet. Correct it, or delete the column.",
    "near-heading": "“{found}” is not a heading of this sheet. Is it “{near}”? Give it that heading.",
    "heading-twice": "The heading “{found}” stands twice. Delete one of the two columns.",
    "no-heading": "The column “{heading}” is missing. Copy its heading from the empty spreadsheet.",
    "under-nothing": "“{found}” stands under no heading. Move it into a column, or delete it.",
    "explained": "Row 2 explains the columns and is not read. “{found}” stands there. Move it to row 4 or below.",
    "example": "Row 3 is the example and is not read. “{found}” stands there. Move it to row 4 or below.",
    "missing": "“{heading}” is missing. {explained}.",
    "word": "“{found}” is not in the list. The words are: {known}.",
    "near-word": "“{found}” is not in the list. Is it “{near}”? The words are: {known}.",
    "name": "“{found}” is not on the sheet {sheet}. If it is new, add it there.",
    "near-name": "“{found}” is not on the sheet {sheet}. Is it “{near}” ({cell})? If it is new, add it there.",
    "comma": "“{found}” is one name here. Put a semicolon between two names.",
    "twice": "“{found}” is already in {cell}. If it is the same, delete one. If it is another, add something that "
    "tells them apart.",
    "semicolon": "“{found}” has a semicolon, which divides names on other sheets. Write the name without it.",
    "listed-twice": "“{found}” stands twice in this cell. Delete one.",
    "two-days": "“{found}” can be {one} or {other}. Write {one} or {other}.",
    "day": "“{found}” is not a day. Write it like 2017-01-23.",
    "later-than-source": "{day} is later than the source “{source}”, which is of {dated} and cannot report it. Correct "
    "one of the two days, or name a later source.",
    "became-day": "This cell holds the day {found}, probably typed as other words. Format the cell as text and type "
    "it again.",
    "hour": "“{found}” is not an hour with a zone that the clock there shows on that day. Write it like 08:00 "
    "Asia/Almaty.",
    "itself": "“{found}” is part of itself. Correct “Part of”.",
    "zone": "“{found}” is not a time zone. Write the largest city with the same time, like Europe/Zurich.",
    "near-zone": "“{found}” is not a time zone. Is it {near}? Write the largest city with the same time, like "
    "Europe/Zurich.",
    "session": "“{found}” is not title; format; hour. Write it like: Opening; plenary; 13:00.",
    "no-day": "A first session needs the day on which the first round begins. Write it in the row above.",
    "no-hour": "The clock of {zone} does not show this hour on that day, or shows it twice. Choose another.",
    "option-twice": "“{found}” is already an option of this issue. Delete one of the two.",
    "option-gap": "This option is empty, and a later one is not. Leave no gap.",
    "other-option": "“{found}” is not an option of “{issue}”. It is an option of “{near}”. Correct this cell or the "
    "issue.",
    "option": "“{found}” is not an option of “{issue}”. Its options are: {known}.",
    "own-words": "The option is “another”, and its words are missing. Write them here, as said.",
    "named-seats": "It was said to named seats, and none is named. Write their names.",
    "not-named": "Seats are named here, but “Said to” is not “named seats”. Write “named seats” there, or empty "
    "this cell.",
    "not-guarantor": "“Guarantor of” is filled in, but the roles do not have guarantor. Add that role, or empty "
    "this cell.",
    "disputed": "The roles party, secretariat and analyst cannot be disputed, and the seat has no other. Empty "
    "this cell, or add the role that is disputed.",
    "nothing-happened": "This says when or on whose word something happened, but not what. Fill in “What happened”.",
    "told-when": "Something happened, and “{heading}” is missing. Fill it in.",
    "nobody": "There is nobody on this sheet. Write at least one name in row 4.",
    "no-title": "The talks have no title yet. Write what they are called.",
    "long-title": "The title has {n} letters. At most {most} fit. Shorten it.",
    "no-zone": "Choose whose clock counts.",
    "no-language": "Choose at least one language.",
    "language": "“{found}” is not a language code. Write it like en, ar or zh-Hant.",
    "no-kind": "Say whether this is an exercise or live.",
    "no-session-title": "The first session has an hour and no title. Write its title, or delete the hour.",
    "session-format": "“{found}” is not a format. The formats are: {known}.",
    "session-hour": "“{found}” is not an hour. Write it like 13:00.",
    "two-seats": "Name at least two who take part.",
    "many-seats": "This list has {n} names. At most {most} fit here. Bring a spreadsheet for more.",
    "no-name": "Line {n} has a role and no name. Write the name first.",
    "long-name": "The name in line {n} is longer than {most} letters. Shorten it.",
    "listed-again": "“{found}” in line {n} stands in line {other} already. Delete one, or add something that tells "
    "them apart.",
    "list-word": "“{found}” in line {n} is not a role. The roles are: {known}.",
    "list-near-word": "“{found}” in line {n} is not a role. Is it “{near}”? The roles are: {known}.",
    "invented-in-live": "The spreadsheet has invented rows, and a live record has none. Choose exercise, or correct "
    "the spreadsheet.",
    "live-exercise": "A live record is not played. Delete the rows of Exercise, Briefs and Injects, or begin an "
    "exercise.",
    "no-exercise": "There are briefs or injects, and this sheet is empty. Write in row 4 when the exercise begins and "
    "ends.",
    "one-row": "Only one row is read here. Delete this one.",
    "ends-early": "The exercise ends before it begins. Correct the day or the hour.",
    "pace": "“{found}” is not a pace. Write a whole number from 1 to {most}.",
    "inject-hour": "An inject at a time needs a day and an hour. Fill in this cell, or delete the other.",
    "inject-twice": "This inject has a time and a silent seat. Keep one of the two.",
    "minutes": "“{found}” is not a number of minutes. Write a whole number from 1 to {most}.",
    "no-silent-seat": "There are minutes, and no seat is named that is silent so long. Name it, or delete the minutes.",
    "live-invented": "A live record has no invented rows. Write no, delete the row, or begin an exercise.",
}
LOOK_ALIKE = "“{found}” looks like “{near}” in {cell}, and is written with other letters. Both are kept."
"""A note: two names that look alike are never made one."""
MOST_TOLD = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that keeps a spreadsheet from being read: where it stands and which sentence says it.

    ``line`` counts from 1 and ``at`` from 0; line 0 is a whole sheet, and an empty ``sheet`` the whole file.
    """

    code: str
    sheet: str = ""
    line: int = 0
    at: int = 0
    values: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """The cell as people name it, such as ``Seats!B7``; a sheet, or nothing."""
        return f"{self.sheet}!{cell_name(self.line, self.at)}" if self.line else self.sheet

    def sentence(self) -> str:
        """Return the sentence in English, with its place in front."""
        told = SENTENCES[self.code].format(**dict(self.values))
        return f"{self.place}: {told}" if self.place else told


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """Two names that look alike, each with its cell."""

    found: str
    cell: str
    near: str
    near_cell: str

    def sentence(self) -> str:
        """Return the note in English."""
        told = LOOK_ALIKE.format(found=self.found, near=self.near, cell=self.near_cell)
        return f"{self.cell}: {told}"


def problem(code: str, sheet: str = "", line: int = 0, at: int = 0, /, **values: object) -> Problem:
    """Return a problem with what fills its sentence; long texts are cut."""
    shown = tuple((key, _short(str(value))) for key, value in values.items())
    return Problem(code=code, sheet=sheet, line=line, at=at, values=shown)


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:299]}…"
