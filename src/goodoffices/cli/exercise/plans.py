"""`goodoffices exercise check`, `exercise start` and `exercise debrief`: before, at the beginning, and afterwards."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import NewFile, save_bytes, show_text
from goodoffices.cli.terminal.record_access import RECORD, exercise_key, looked_at, make_folder_of, now, opened, seat_of
from goodoffices.cli.terminal.values import Whole
from goodoffices.errors import ScenarioError, StorageError


@terminal_command()
@click.argument("scenario", shell_complete=talks_or_files)
@click.option("--language", default="en", show_default=True, help="The language of titles: en or ar.")
def check(scenario: str, language: str) -> None:
    """Print when each inject of SCENARIO comes, and what is missing in its exercise.

    SCENARIO is a bundled name (astana-2017), a talks file or its folder. Mistakes in the file are told as by
    goodoffices check, with their line and what would be right.
    """
    from goodoffices.exercises.plan_text import plan_text
    from goodoffices.formats.talks_file.reader import read_talks

    show_text(plan_text(read_talks(scenario), language))


@terminal_command()
@click.argument("scenario", shell_complete=talks_or_files)
@RECORD
@click.option("--people", default="", help="The seats that people play, with commas. The program plays all others.")
@click.option("--pace", type=Whole(1, 1000), help="Minutes of the talks in a real minute.")
@click.option("--seed", type=Whole(0), help="The number that fixes what is left to chance.")
@click.option("--shift", "shift_minutes", default=0, type=int, help="Move all injects by so many minutes.")
def start(scenario: str, file: str, people: str, pace: int | None, seed: int | None, shift_minutes: int) -> None:
    """Make the record FILE of an exercise of SCENARIO, and start it. Its clock is stopped until control lets it run."""
    from goodoffices.exercises.entrances import as_control
    from goodoffices.exercises.plan_text import plan_of
    from goodoffices.formats.talks_file.reader import read_talks
    from goodoffices.service.exercise_records import create_exercise
    from goodoffices.talks.exercise.runs import StartExercise

    read = read_talks(scenario)
    seats = [seat.slug for seat in plan_of(read).shown.seats]
    persons = tuple(name.strip() for name in people.split(",") if name.strip())
    unknown = next((name for name in persons if name not in seats), None)
    if unknown is not None:
        raise ScenarioError(f"no seat is called {unknown!r}; the seats are: {', '.join(seats)}")
    given = plan_of(read).seed if seed is None else seed
    command = StartExercise(
        persons=persons,
        automated=tuple(seat for seat in seats if seat not in persons),
        pace=pace,
        seed=given,
        shift_minutes=shift_minutes,
    )
    at = now()
    make_folder_of(file)
    room = create_exercise(file, read, at=at, key=exercise_key(file, is_new=True))
    try:
        refused = as_control(room, command, at=at)
    finally:
        room.close()
    if refused is not None:
        raise ScenarioError(f"the record was made, and the exercise does not start: {refused.sentence.rstrip('.')}")
    show_text(f"The exercise is in {file}. Its clock is stopped at its first moment.")
    show_text(f"Let it run with: goodoffices act {file} RunClock --seat control")


@terminal_command()
@RECORD
@click.option("--seat", help="The seat that looks back. [default: control]")
@click.option("--xlsx", type=NewFile(".xlsx"), help="Write the journal as a spreadsheet too.")
@click.option("--docx", type=NewFile(".docx"), help="Write the journal for Word too.")
@click.option("--language", default="en", show_default=True, help="The language of the journal: en or ar.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def debrief(file: str, seat: str | None, xlsx: Path | None, docx: Path | None, language: str, force: bool) -> None:
    """Print what happened in the exercise FILE, who was told what, and the forecasts with their scores."""
    from goodoffices.exercises.debriefs.debrief_text import debrief_for, debrief_text
    from goodoffices.exercises.debriefs.journal import journal_of
    from goodoffices.exercises.debriefs.journal_paper import journal_docx
    from goodoffices.exercises.entrances import control_of

    journals = [(path, write) for path, write in ((xlsx, journal_of), (docx, journal_docx)) if path is not None]
    for path, _ in journals:
        if path.exists() and not force:
            raise StorageError(f"{path} is there already and was not changed; choose another name, or give --force")
    with looked_at(file) as room:
        own, views, made = debrief_for(room, seat_of(room, seat or control_of(room)))
        show_text(debrief_text(own, made))
        for path, write in journals:
            save_bytes(write(own, views, made, language), path)
            show_text(f"The journal is in {path}.")


@terminal_command()
@RECORD
@click.option("--at", "moment", required=True, help="A notice of control by its number, or a moment of the talks.")
@click.option("--to", "new", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The new record.")
@click.option("--language", default="en", show_default=True, help="The language in which both say so: en or ar.")
def restart(file: str, moment: str, new: Path, language: str) -> None:
    """Make a new cell that goes on from a moment of the exercise FILE, in a record of its own.

    Everything up to the moment is the same. The clock of the new cell is stopped, and everybody in it is told where it
    comes from. In FILE a note for the debrief names the new cell; nothing else changes.
    """
    from goodoffices.exercises.cells import NewCell, cut_of, restart as restarted

    with opened(file) as room:
        cut = cut_of(room, moment, at=now())
        make_folder_of(str(new))
        cell = NewCell(where=new, name=new.name, key=exercise_key(str(new), is_new=True))
        made = restarted(room, cut, cell, name=Path(file).name, at=now(), language=language)
        made.close()
    show_text(f"The new cell is in {new}, with {file} up to act {len(cut.acts)}. Its clock is stopped.")
    show_text(f"Let it run with: goodoffices act {new} RunClock --seat control")


@terminal_command()
@click.argument("file", default="exercise.xlsx", metavar="[FILE.xlsx]", type=NewFile(".xlsx"))
@click.option("--filled", is_flag=True, help="With an exercise of six seats filled in, as an example.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def template(file: Path, *, filled: bool, force: bool) -> None:
    """Write the spreadsheet to fill in for an exercise of your own.

    It has the sheets of goodoffices template, and three more: Exercise, Briefs and Injects.
    Then begin with: goodoffices new --from FILE.xlsx
    """
    from goodoffices.formats.talks_sheets.template import template as made

    if file.exists() and not force:
        raise StorageError(f"{file} is there already and was not changed; choose another name, or give --force")
    save_bytes(made(is_exercise=True, is_filled=filled), file)
    if filled:
        show_text("An exercise of six seats is filled in; every word of it is invented. Change what you like.")
    else:
        show_text("Fill in Start, Actors, Seats, Exercise and Briefs; the other sheets may stay empty.")
    show_text(f"Then begin: goodoffices new --from {file}")
