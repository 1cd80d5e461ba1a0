"""The sheets *Positions*, *Sources* and *Commitments*: who says what, where it comes from, who promised what."""

from __future__ import annotations

from goodoffices.formats.talks_sheets.columns import (
    ACTORS,
    INVENTED,
    ISSUES,
    SEATS,
    TOLD_TO_ME,
    CellKind,
    Column,
    SheetForm,
)

POSITIONS = SheetForm(
    name="Positions",
    columns=(
        Column(
            heading="Actor",
            explained="A name of sheet Actors",
            example="Free Syrian Army",
            kind=CellKind.NAME,
            needed=True,
            of="Actors",
        ),
        Column(
            heading="Issue",
            explained="An issue of sheet Issues",
            example="Agenda of the meeting",
            kind=CellKind.NAME,
            needed=True,
            of="Issues",
        ),
        Column(
            heading="Option",
            explained="The words of the option, its number, or another",
            example="The cease-fire only",
            kind=CellKind.OPTION,
            needed=True,
            longest=500,
        ),
        Column(heading="In its own words", explained="Needed if the option is another"),
        Column(
            heading="Said on",
            explained="A day",
            example="2017-01-23",
            kind=CellKind.DAY,
            needed=True,
        ),
        Column(
            heading="Said to",
            explained="From the list",
            example="the public",
            kind=CellKind.WORD,
            needed=True,
            of="Said to",
        ),
        Column(
            heading="Named seats",
            explained="If it was said to named seats; semicolons between several",
            kind=CellKind.NAME,
            many=True,
            of="Seats",
        ),
        Column(
            heading="Source",
            explained=f"A short name of sheet Sources, or {TOLD_TO_ME}",
            example="Times of Central Asia 23 Jan",
            kind=CellKind.NAME,
            needed=True,
            of="Sources",
            also=TOLD_TO_ME,
        ),
        Column(
            heading="Strength",
            explained="From the list",
            example="own word",
            kind=CellKind.WORD,
            needed=True,
            of="Strength",
        ),
        INVENTED,
    ),
)
SOURCES = SheetForm(
    name="Sources",
    unique="Short name",
    columns=(
        Column(
            heading="Short name",
            explained="Other sheets use it",
            example="Times of Central Asia 23 Jan",
            needed=True,
            longest=120,
        ),
        Column(
            heading="Outlet",
            explained="Who published",
            example="The Times of Central Asia",
            needed=True,
            longest=200,
        ),
        Column(heading="Close to", explained="A side, or nobody known", longest=80),
        Column(heading="From agency", explained="Whom the outlet quotes", example="Al Jazeera", longest=200),
        Column(
            heading="From speaker",
            explained="Who said it",
            example="Osama Abu Zaid, Free Syrian Army",
            longest=200,
        ),
        Column(heading="Day", explained="A day", example="2017-01-23", kind=CellKind.DAY, needed=True),
        Column(heading="Hour and zone", explained="08:00 Asia/Almaty; empty: not known", longest=80),
        Column(
            heading="Where to find it",
            explained="Address or shelf mark; the desk never opens it",
            longest=500,
        ),
        INVENTED,
    ),
)
COMMITMENTS = SheetForm(
    name="Commitments",
    columns=(
        Column(
            heading="Who",
            explained="Names of sheet Actors; semicolons between several",
            example="Iran; Russia; Turkey",
            kind=CellKind.NAME,
            needed=True,
            many=True,
            of="Actors",
        ),
        Column(
            heading="What",
            explained="One sentence with a verb",
            example="Set up a trilateral mechanism to observe the cease-fire and ensure full compliance",
            needed=True,
        ),
        Column(
            heading="Promised by itself",
            explained="From the list",
            example="yes",
            kind=CellKind.WORD,
            needed=True,
            of="Promised by itself",
        ),
        Column(
            heading="In which text",
            explained="Title",
            example="Joint statement of 24 January 2017",
            longest=200,
        ),
        Column(heading="Due", explained="A day, or words such as: end of February", longest=200),
        Column(heading="Only if", explained="Condition", longest=500),
        Column(
            heading="What happened",
            explained="In words",
            example="Concept Paper on the Joint Group, second meeting, 15–16 February",
        ),
        Column(
            heading="When",
            explained="A day; needed if something happened",
            example="2017-02-16",
            kind=CellKind.DAY,
        ),
        Column(
            heading="On whose word",
            explained="A short name of sheet Sources; needed if something happened",
            example="Russian embassy in India",
            kind=CellKind.NAME,
            of="Sources",
        ),
        Column(
            heading="State",
            explained="From the list",
            example="done in part",
            kind=CellKind.WORD,
            needed=True,
            of="State",
        ),
        Column(
            heading="Source",
            explained="A short name of sheet Sources",
            example="PA-X 2092",
            kind=CellKind.NAME,
            needed=True,
            of="Sources",
        ),
        INVENTED,
    ),
)
ROW_SHEETS = (ACTORS, SEATS, ISSUES, POSITIONS, SOURCES, COMMITMENTS)
"""The sheets that have a row for each thing, in their order in the file. *Start* stands before them, *Lists* behind."""
