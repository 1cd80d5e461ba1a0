"""`goodoffices new`: begin own talks, from options, from questions on a terminal, or from a spreadsheet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from goodoffices.cli.terminal.commands import refuse_both, terminal_command
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import ask_passphrase, now
from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_sheets.begin_form import BeginForm, ListedSeat, form_of, listed_seats, own_talks_of
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.formats.talks_sheets.problems import Problem
from goodoffices.names import easily_confused
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.model.talks_file import TalksFile


@terminal_command()
@click.option("--from", "sheet", type=click.Path(path_type=Path), help="A spreadsheet: see goodoffices template.")
@click.option("--title", help="What the talks are called.")
@click.option("--zone", help="Whose clock counts, for example Asia/Almaty.")
@click.option("--language", "languages", multiple=True, help="A language code; the first is the working language.")
@click.option("--exercise", is_flag=True, help="An exercise, with its key file beside it.")
@click.option("--live", is_flag=True, help="A live record, sealed with a passphrase.")
@click.option("--seat", "seats", multiple=True, help="Who takes part, for example 'Northland; party'.")
@click.option("--place", help="Where the talks are held.")
@click.option("--round", "round_title", help="The first round, for example 'First round'.")
@click.option("--begins", help="The day on which the first round begins, for example 2026-12-07.")
@click.option("--session", help="The first session: 'Opening; plenary; 13:00'.")
@click.option("--data", help="Where records are kept. [default: ./goodoffices-data]")
def new(**given: object) -> None:
    """Begin your own talks.

    On a terminal, what is not given as an option is asked for. With --from the spreadsheet says everything, and an
    option counts before it. The record is made in ./goodoffices-data, where `goodoffices serve` finds it.
    """
    from goodoffices.service.data_folder import DATA, begin_record

    refuse_both("exercise", "live")
    given["kind"] = "exercise" if given["exercise"] else "live" if given["live"] else None
    form, listed, sheet = _filled(given)
    made = _talks(form, listed, sheet)
    file = _file(made)
    kind = Kind.LIVE if made.is_live else Kind.EXERCISE
    data = Path(str(given["data"] or DATA))
    key = ask_passphrase(confirm=True) if kind is Kind.LIVE else None
    is_played = file.exercise is not None and kind is Kind.EXERCISE
    begin_record(data, file, kind=kind, at=now(), key=key, is_played=is_played).close()
    _say(made, file, data, kind)


def _filled(given: dict[str, object]) -> tuple[BeginForm, list[ListedSeat], OwnTalks | None]:
    """Return the form as options, the spreadsheet and answers on the terminal fill it."""
    form, sheet = BeginForm(), None
    if given["sheet"] is not None:
        sheet = _sheet(Path(str(given["sheet"])))
        form = form_of(sheet)
    form = _with_options(form, given)
    lines = [str(line) for line in _many(given["seats"])]
    if sheet is not None and lines:
        raise ScenarioError("both a spreadsheet and --seat say who takes part; give one of the two")
    if sheet is None and is_terminal():
        form, lines = _asked(form, lines)
    listed, problems = listed_seats("\n".join(lines))
    _refuse(problems)
    for one, other in easily_confused(seat.name for seat in listed):
        show_text(f"“{other}” looks like “{one}”, and is written with other letters. Both are kept.")
    return form, listed, sheet


def is_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty()


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple) else ()


def _sheet(path: Path) -> OwnTalks:
    from goodoffices.formats.talks_sheets.reader import read_own_talks

    talks, reading = read_own_talks(path)
    counts = ", ".join(f"{sheet} {n}" for sheet, n in talks.counts().items())
    show_text(f"Read from {path}: {counts}. The example rows are not read.")
    if reading.unread:
        show_text(f"Sheets that were not read: {'; '.join(reading.unread)}.")
    for note in reading.look_alikes:
        show_text(note.sentence())
    return talks


def _with_options(form: BeginForm, given: dict[str, object]) -> BeginForm:
    named = {"title": "title", "zone": "zone", "kind": "kind", "place": "place", "round_title": "round_title",
             "begins": "first_day"}  # fmt: skip
    texts: dict[str, Any] = {field: str(given[option]) for option, field in named.items() if given[option] is not None}
    session = [part.strip() for part in str(given["session"] or "").split(";")]
    if session[0]:
        title, format_, hour = [*session, "", ""][:3]
        texts |= {"session_title": title, "session_format": format_, "session_hour": hour}
    if _many(given["languages"]):
        texts["languages"] = tuple(str(code) for code in _many(given["languages"]))
    return replace(form, **texts)


def _asked(form: BeginForm, lines: list[str]) -> tuple[BeginForm, list[str]]:
    """Ask on the terminal for what is missing, one thing after the other."""
    form = replace(
        form,
        title=form.title or _ask("What are the talks called?"),
        zone=form.zone or _ask("Whose clock counts? A time zone, for example Asia/Almaty", "UTC"),
        languages=form.languages
        or tuple(_ask("Languages, with commas; the first is the working one", "en").split(",")),
        kind=form.kind or _ask("An exercise, or live? (exercise, live)", "exercise"),
    )
    if not lines:
        show_text("Who takes part? One on each line: the name, a semicolon, its role. An empty line ends the list.")
        while line := _ask("", ""):
            lines.append(line)
    if not form.round_title:
        title = _ask("The first round (empty: none yet)", "First round")
        form = replace(
            form, round_title=title, first_day=form.first_day or _ask("Its first day (empty: not known)", "")
        )
    if not form.session_title:
        session = [
            part.strip() for part in _ask("The first session: title; format; hour (empty: none yet)", "").split(";")
        ]
        title, format_, hour = [*session, "", ""][:3]
        form = replace(form, session_title=title, session_format=format_, session_hour=hour)
    return form, lines


def _ask(question: str, default: str | None = None) -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default), prompt_suffix=" ")
    return answer.strip()


_HOW = (
    "Give what is missing as options, such as --title 'River talks' --zone Asia/Almaty --language en --exercise "
    "--seat 'Northland; party' (once for each who takes part). `goodoffices new --help` names all."
)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ScenarioError("\n".join(["these talks cannot begin yet:", *(one.sentence() for one in problems), _HOW]))


def _talks(form: BeginForm, listed: list[ListedSeat], sheet: OwnTalks | None) -> OwnTalks:
    made, problems = own_talks_of(form, listed, sheet)
    _refuse(problems)
    assert made is not None, "without a problem there are talks"
    return made


def _file(made: OwnTalks) -> TalksFile:
    from goodoffices.formats.talks_sheets.entities import talks_file_of

    return talks_file_of(made)


def _say(made: OwnTalks, file: TalksFile, data: Path, kind: Kind) -> None:
    place = data / file.slug / "record.db"
    show_text(f"The talks {file.title!r} have begun as {'a live record' if made.is_live else 'an exercise'}: {place}.")
    show_text(f"Seats: {', '.join(seat.slug for seat in file.seats)}. Nobody has been told.")
    if len(file.seats) > len(made.seats):
        show_text("A seat of the secretariat was added, for the person who keeps the record.")
    if kind is Kind.EXERCISE:
        show_text(f"Its key is in {place}.key. Without it, nobody can open the record.")
    else:
        show_text("Without the passphrase nobody can open the record, and nobody can find it out. Keep it apart.")
    where = "" if data == Path("goodoffices-data") else f" --data {data}"
    if file.exercise is not None and kind is Kind.EXERCISE:
        show_text("It is played: each seat has its brief, and control starts it on the board.")
    show_text("What to do next:")
    show_text(f"  goodoffices serve{where}   opens the list of your records in the browser")
    show_text(f"  goodoffices brief {place} --seat {file.seats[0].slug}   shows what a seat knows")
