"""The sheets *Exercise*, *Briefs* and *Injects*, which only a spreadsheet for an exercise has; and a filled example."""

from __future__ import annotations

from goodoffices.formats.talks_sheets.columns import CellKind, Column, SheetForm
from goodoffices.formats.talks_sheets.columns_of_facts import ROW_SHEETS

ALL = "all"
EXERCISE = SheetForm(
    name="Exercise",
    columns=(
        Column(
            heading="Begins",
            explained="The day that its clock shows first",
            example="2026-12-07",
            kind=CellKind.DAY,
            needed=True,
        ),
        Column(heading="Hour of the beginning", explained="Like 18:00", example="18:00", needed=True, longest=20),
        Column(heading="Ends", explained="The day of its end", example="2026-12-08", kind=CellKind.DAY, needed=True),
        Column(heading="Hour of the end", explained="Like 18:00", example="15:00", needed=True, longest=20),
        Column(heading="Pace", explained="Minutes of the talks in a real minute, 1 to 1000; empty: 12", example="12",
               longest=20),
        Column(heading="What everybody is told", explained="Background and rules",
               example="Nothing here is for the real world."),
    ),
)  # fmt: skip
PARTS_OF_BRIEF = (
    "Who you are",
    "What you want, in this order",
    "What you do not accept",
    "What only you know",
    "Whom you may talk to",
    "Your first hour",
)
"""The parts of a brief, each a column of its own."""
_EXAMPLES = (
    "The town at the lower end of the valley.",
    "1. Water in July. 2. A say in when the gate is opened.",
    "That the gate is closed without a word to you.",
    "You could do with less water than you say.",
    "The mediator. You do not speak to the upper town.",
    "Write one paper. Let the mediator carry it.",
)
BRIEFS = SheetForm(
    name="Briefs",
    unique="Seat",
    columns=(
        Column(
            heading="Seat",
            explained="A name of sheet Seats; one row for each seat",
            example="Lower town",
            kind=CellKind.NAME,
            needed=True,
            of="Seats",
        ),
        *(
            Column(heading=heading, explained="Invented; only this seat reads it", example=example, needed=n < 2)
            for n, (heading, example) in enumerate(zip(PARTS_OF_BRIEF, _EXAMPLES, strict=True))
        ),
    ),
)
INJECTS = SheetForm(
    name="Injects",
    unique="Title",
    columns=(
        Column(heading="Title", explained="A few words", example="The gate is stuck", needed=True, longest=200),
        Column(heading="Words", explained="What those who get it read", example="At noon the gate does not move.",
               needed=True),
        Column(
            heading="To",
            explained="Names of sheet Seats, with semicolons; or all",
            example="Lower town; Upper town",
            kind=CellKind.NAME,
            needed=True,
            many=True,
            of="Seats",
            also=ALL,
        ),
        Column(heading="Kind", explained="From the list", example="news", kind=CellKind.WORD, needed=True,
               of="Kind of inject"),
        Column(heading="Day", explained="Empty: by hand, or when a seat is silent", example="2026-12-07",
               kind=CellKind.DAY),
        Column(heading="Hour", explained="Like 20:00", example="20:00", longest=20),
        Column(heading="If this seat is silent", explained="A name of sheet Seats, in place of day and hour",
               kind=CellKind.NAME, of="Seats"),
        Column(heading="For so many minutes", explained="Of the talks, 1 to 1440", longest=20),
    ),
)  # fmt: skip
EXERCISE_SHEETS = (EXERCISE, BRIEFS, INJECTS)
EVERY_SHEET = (*ROW_SHEETS, *EXERCISE_SHEETS)
"""All sheets that have a row for each thing."""
EXAMPLE: dict[str, tuple[tuple[str, ...], ...]] = {
    "Start": (
        ("River valley exercise",), ("River valley",), ("Europe/Zurich",), ("English",), ("exercise",),
        ("2026-12-07",), ("Opening; plenary; 19:00",),
    ),
    "Actors": tuple(
        (name, "", what, "", "", "", "yes")
        for name, what in (
            ("Upper town", "body"), ("Lower town", "body"), ("Farmers", "organisation"),
            ("Power company", "organisation"),
            ("Province", "state"), ("River commission", "organisation"),
        )
    ),
    "Seats": tuple(
        (name, name, roles, "", "", "", "", "on screen", "yes")
        for name, roles in (
            ("Upper town", "party"), ("Lower town", "party"), ("Farmers", "party"), ("Power company", "observer"),
            ("Province", "host; secretariat"), ("River commission", "mediator"),
        )
    ),
    "Issues": (
        ("Water in July", "Water", "How much water goes down in July?", "All of it", "Half of it", "What is left over",
         "", "", "", "", "", "no", "yes"),
        ("The gate", "Water", "Who opens the gate?", "The upper town", "Both towns together", "The river commission",
         "", "", "", "", "", "no", "yes"),
    ),
    "Exercise": (
        ("2026-12-07", "18:00", "2026-12-08", "15:00", "12",
         "Two towns share one river and a gate. It has not rained since May. Every word of this exercise is invented."),
    ),
    "Briefs": (
        ("Upper town", "The town beside the gate.", "1. To keep the key. 2. Quiet with the farmers.",
         "A gate that others open.", "The gate leaks: you lose a fifth.", "The river commission and the province.",
         "Say who holds the key, and to whom you tell it."),
        ("Lower town", "The town at the lower end of the valley.", "1. Water in July. 2. A say in when the gate opens.",
         "That the gate is closed without a word.", "You could do with half.",
         "The river commission; not the upper town.",
         "Write one paper. Let the commission show you its words before it carries them."),
        ("Farmers", "Forty farms on both banks.", "1. Water in the first week. 2. A price for what you lose.",
         "To be counted with either town.", "Twelve farms have wells.", "Everybody.",
         "Ask both towns what they offer you."),
        ("Power company", "The company that runs the turbine.", "1. An even flow. 2. No headline.",
         "To decide anything.", "You can hold two days of water back.", "The province.", "Listen. Answer when asked."),
        ("Province", "The host, and the secretariat of the meeting.", "1. A text by the end. 2. Calm.",
         "To take sides.", "The hall is yours until 15:00.", "Everybody, on papers and rooms.",
         "Ask all seats whether they take papers on screen."),
        ("River commission", "The mediator.", "1. The words of both towns, from themselves. 2. One text.",
         "Your name under words that you have not seen.", "Last year both agreed to hours, and never wrote it down.",
         "Everybody.", "Ask each town for one paper, and what of it you may tell."),
    ),
    "Injects": (
        ("The gate is stuck", "At eight in the evening the gate does not move. Nobody says why.",
         "Upper town; River commission", "news", "2026-12-07", "20:00", "", ""),
        ("The press calls", "The press asks: is there water tomorrow?", "Lower town; Farmers", "question", "2026-12-08",
         "08:00", "", ""),
        ("The farmers wait", "Farmers stand before the hall and ask what was decided.", ALL, "news", "", "",
         "River commission", "45"),
        ("It rains", "In the upper valley it begins to rain.", ALL, "news", "", "", "", ""),
    ),
}  # fmt: skip
"""A filled exercise of six seats. Every word of it is invented."""
