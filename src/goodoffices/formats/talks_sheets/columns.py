"""The sheets of the spreadsheet that begins own talks: their columns, what each cell may hold, and an example.

The template and the reader both go by this one description. Row 1 of a sheet has the headings, row 2 explains them,
row 3 is an example that is never read; what people write begins in row 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import ActorKind, Format, Role, Strength

HEADING_ROW, EXPLAINED_ROW, EXAMPLE_ROW, FIRST_ROW = 1, 2, 3, 4
MOST_ROWS = 5_000
"""Rows of one sheet that are read. Talks with more actors or positions than that are not written by hand."""
MOST_CHARACTERS = 2_000
ANOTHER = "another"
TOLD_TO_ME = "told to me"


class CellKind(StrEnum):
    """What a cell may hold."""

    TEXT = "text"
    DAY = "day"
    WORD = "word"
    """One or more words of a closed list."""
    NAME = "name"
    """One or more names that stand on another sheet."""
    OPTION = "option"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, what its cells may hold, and what rows 2 and 3 say of it.

    ``many``: several are divided by semicolons. ``of`` names the closed list or the sheet that a cell takes its words
    from; ``also`` is a word that may stand there besides. ``longest`` is how many characters a cell may have.
    """

    heading: str
    explained: str
    example: str = ""
    kind: CellKind = CellKind.TEXT
    needed: bool = False
    many: bool = False
    of: str = ""
    also: str = ""
    longest: int = MOST_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """A sheet. ``unique`` is the column whose names may stand once only."""

    name: str
    columns: tuple[Column, ...]
    unique: str = ""

    def column(self, heading: str) -> Column:
        """Return a column by its heading."""
        return next(column for column in self.columns if column.heading == heading)


ACTOR_KINDS: Mapping[str, ActorKind] = {
    "state": ActorKind.STATE,
    "party or movement": ActorKind.PARTY,
    "armed group": ActorKind.FACTION,
    "organisation": ActorKind.ORGANISATION,
    "body": ActorKind.BODY,
    "person": ActorKind.PERSON,
}
ROLES: Mapping[str, Role] = {role.value: role for role in Role if role not in (Role.AUDITOR, Role.CONTROL)}
STRENGTHS: Mapping[str, Strength] = {
    "document": Strength.DOCUMENT,
    "own word": Strength.OWN_WORD,
    "named source": Strength.NAMED,
    "unnamed source": Strength.UNNAMED,
    "inference": Strength.INFERENCE,
}
LANGUAGES: Mapping[str, str] = {
    "English": "en",
    "Arabic": "ar",
    "Russian": "ru",
    "French": "fr",
    "Spanish": "es",
    "Chinese": "zh",
    "Turkish": "tr",
    "Persian": "fa",
    "Kazakh": "kk",
    "Ukrainian": "uk",
    "Kurdish": "ku",
    "Amharic": "am",
    "Swahili": "sw",
    "Portuguese": "pt",
}
FORMATS: Mapping[str, Format] = {
    "plenary": Format.PLENARY,
    "direct": Format.DIRECT,
    "proximity": Format.PROXIMITY,
    "shuttle": Format.SHUTTLE,
}
LISTS: Mapping[str, tuple[str, ...]] = {
    "What it is": tuple(ACTOR_KINDS),
    "Roles": tuple(ROLES),
    "How papers reach it": ("on screen", "on paper", "sealed file"),
    "Yes or no": ("yes", "no"),
    "Order matters": ("no", "yes (1 is the lowest)"),
    "Said to": ("the public", "me", "named seats"),
    "Strength": tuple(STRENGTHS),
    "Promised by itself": ("yes", "no, others say so", "not known"),
    "State": ("open", "done", "done in part", "not done", "contested", "not known"),
    "Exercise or live": ("exercise", "live"),
    "Languages": tuple(LANGUAGES),
    "Format": tuple(FORMATS),
    "Kind of inject": ("news", "question", "ledger", "leak"),
}
"""The closed lists, in the order of the sheet *Lists*. Own words cannot be added."""

INVENTED = Column(
    heading="Invented",
    explained="Write yes if it was made up for an exercise",
    example="no",
    kind=CellKind.WORD,
    needed=True,
    of="Yes or no",
)
START = SheetForm(
    name="Start",
    columns=(
        Column(
            heading="Title",
            explained="What the talks are called",
            example="Astana, January 2017",
            needed=True,
            longest=80,
        ),
        Column(heading="Place", explained="Town, or town and house", example="Astana", longest=200),
        Column(
            heading="Time zone",
            explained="Whose clock: a name like Asia/Almaty",
            example="Asia/Almaty",
            needed=True,
            longest=80,
        ),
        Column(
            heading="Languages",
            explained="The first is the working one; semicolons between several",
            example="English; Arabic; Russian",
            kind=CellKind.WORD,
            needed=True,
            many=True,
            of="Languages",
        ),
        Column(
            heading="Exercise or live",
            explained="exercise, or live: sealed with a passphrase",
            example="exercise",
            kind=CellKind.WORD,
            needed=True,
            of="Exercise or live",
        ),
        Column(
            heading="First round begins",
            explained="A day; empty: not known",
            example="2017-01-23",
            kind=CellKind.DAY,
        ),
        Column(
            heading="First session",
            explained="Title; format; hour",
            example="Opening; plenary; 13:00",
            longest=200,
        ),
    ),
)
"""The sheet *Start* has its headings in column A, from row 4 on, and what people write in column B."""
ACTORS = SheetForm(
    name="Actors",
    unique="Name",
    columns=(
        Column(
            heading="Name",
            explained="One name; other sheets use it",
            example="Ahrar al-Sham",
            needed=True,
            longest=200,
        ),
        Column(
            heading="Other names",
            explained="Any script; semicolons between several",
            example="Ahrar ash-Sham; أحرار الشام",
            many=True,
        ),
        Column(
            heading="What it is",
            explained="From the list",
            example="armed group",
            kind=CellKind.WORD,
            needed=True,
            of="What it is",
        ),
        Column(
            heading="Part of",
            explained="A name of column A",
            kind=CellKind.NAME,
            of="Actors",
        ),
        Column(
            heading="Never the same as",
            explained="Like names that mean others; semicolons between several",
            kind=CellKind.NAME,
            many=True,
            of="Actors",
        ),
        Column(
            heading="Source",
            explained="Short names of sheet Sources; semicolons between several",
            example="Reuters 29 Dec",
            kind=CellKind.NAME,
            many=True,
            of="Sources",
        ),
        INVENTED,
    ),
)
SEATS = SheetForm(
    name="Seats",
    unique="Seat",
    columns=(
        Column(heading="Seat", explained="Up to 40 letters", example="Russia", needed=True, longest=40),
        Column(
            heading="For",
            explained="Whom it speaks for; semicolons between several",
            example="Russia",
            kind=CellKind.NAME,
            needed=True,
            many=True,
            of="Actors",
        ),
        Column(
            heading="Roles",
            explained="From the list; semicolons between several",
            example="guarantor; intermediary; sponsor",
            kind=CellKind.WORD,
            needed=True,
            many=True,
            of="Roles",
        ),
        Column(
            heading="Guarantor of",
            explained="Only for a guarantor",
            example="Government of Syria",
            kind=CellKind.NAME,
            of="Actors",
        ),
        Column(
            heading="On whose word",
            explained="Who says that it has this role",
            example="B. Barabandi",
            longest=200,
        ),
        Column(
            heading="Disputed by",
            explained="Who does not accept the role; semicolons between several",
            kind=CellKind.NAME,
            many=True,
            of="Actors",
        ),
        Column(
            heading="Head of delegation",
            explained="Name, title",
            example="A. Lavrentyev",
            longest=200,
        ),
        Column(
            heading="How papers reach it",
            explained="From the list",
            example="on paper",
            kind=CellKind.WORD,
            needed=True,
            of="How papers reach it",
        ),
        replace(INVENTED, example="yes"),
    ),
)
OPTION_HEADINGS = tuple(f"Option {n}" for n in range(1, 9))
_OPTIONS = (
    "In the whole country except areas held by ISIL",
    "In the whole country, with the disputed places named",
    "In areas on an agreed list",
)
ISSUES = SheetForm(
    name="Issues",
    unique="Issue",
    columns=(
        Column(heading="Issue", explained="Up to 40 letters", example="Scope", needed=True, longest=40),
        Column(heading="Basket", explained="A group of issues", example="The cease-fire", longest=200),
        Column(
            heading="Question",
            explained="One question",
            example="Where does the cease-fire hold?",
            needed=True,
            longest=500,
        ),
        *(
            Column(
                heading=heading,
                explained="One option a cell; at least two",
                example=(*_OPTIONS, *("",) * 5)[n],
                needed=n < 2,
                longest=500,
            )
            for n, heading in enumerate(OPTION_HEADINGS)
        ),
        Column(
            heading="Order matters",
            explained="From the list",
            example="no",
            kind=CellKind.WORD,
            needed=True,
            of="Order matters",
        ),
        replace(INVENTED, example="yes"),
    ),
)
