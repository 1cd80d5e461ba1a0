"""Cells: exercises of the same talks side by side, a new one from any moment of another, an inject to all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, StorageError
from goodoffices.exercises.entrances import as_control, control_of
from goodoffices.record.keys import Unlock
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.service.data_folder import FILE, make_folder
from goodoffices.service.exercise_records import restart_exercise
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.local_time import in_zone, time_text
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.injects import GiveInject
from goodoffices.talks.exercise.notes import NoteMoment
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.model.known_exercise import InjectState
from goodoffices.talks.restart import Cut, cut_after_notice, cut_at
from goodoffices.talks.state.command_context import Command

MOST_CELLS = 6
"""So many cells are set up with one button."""
_GOES_ON = "This cell goes on from {name}, as that stood at {at}. What followed there did not happen here."
_LED_TO = "From {at} a new cell goes on: {name}. What happens there did not happen here."
SAID = (_GOES_ON, _LED_TO)
"""What both cells say of it; the catalogues have it in the language of who restarts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One open exercise in the list of a host: where it stands. ``at`` is what its clock shows."""

    name: str
    slug: str
    title: str
    state: str
    is_running: bool
    at: datetime
    zone: str
    n_acts: int
    n_given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCell:
    """Where the record of a new cell is made, and what it is called; its key is by default a file beside it."""

    where: Path
    name: str
    key: Unlock | None = None


def cell_of(name: str, room: OpenRecord, *, at: datetime, language: str = "en") -> Cell | None:
    """Return where an exercise stands; ``None`` for talks that are not played."""
    seats = [seat for seat in room.seats() if seat in controls(room.view(seat).known)]
    known = room.view(seats[0]).known if seats else None
    run = None if known is None else known.exercise
    if known is None or run is None or run.plan is None:
        return None
    return Cell(
        name=name,
        slug=known.header.slug,
        title=said_in(run.plan.title, language),
        state=run.state.value,
        is_running=run.is_running,
        at=room.time_at(at),
        zone=known.header.zone,
        n_acts=room.n_acts,
        n_given=sum(one.state is InjectState.GIVEN for one in known.injects.values()),
    )


def side_by_side(cells: Sequence[Cell]) -> Mapping[str, tuple[Cell, ...]]:
    """Return the cells by the talks that they play, each group in order of its names."""
    slugs = dict.fromkeys(cell.slug for cell in cells)
    return {slug: tuple(sorted((c for c in cells if c.slug == slug), key=lambda c: c.name)) for slug in slugs}


def injects_of(room: OpenRecord, language: str) -> tuple[tuple[str, str], ...]:
    """Return the injects of an exercise that were not given yet, each with its title."""
    known = room.view(control_of(room)).known
    held = (one.inject for one in known.injects.values() if one.state is not InjectState.GIVEN)
    return tuple((inject.slug, said_in(inject.title, language)) for inject in held)


def inject_command(room: OpenRecord, slug: str) -> Command | None:
    """Return the command that gives an inject now; ``None`` if this cell has it not, or had it already."""
    known = room.view(control_of(room)).known
    found = (h for h, one in known.injects.items() if one.inject.slug == slug and one.state is not InjectState.GIVEN)
    handle = next(found, None)
    return None if handle is None else GiveInject(inject=handle)


def cut_of(room: OpenRecord, moment: str, *, at: datetime) -> Cut:
    """Return the acts up to a notice of control, given by its number, or up to a moment of the talks.

    ``at`` is now, by the clock on the wall.

    Raises
    ------
    ScenarioError
        If it is neither, or the record has no such notice.
    """
    acts, control = room.acts(), control_of(room)
    if moment.isascii() and moment.isdigit():
        n, most = int(moment[:9]), len(room.view(control).notices)
        if not 1 <= n <= most:
            raise ScenarioError(f"control has no notice {n}; its notices are 1 to {most}")
        return cut_after_notice(acts, control, n)
    try:
        then = datetime.fromisoformat(moment)
    except ValueError as error:
        raise ScenarioError(
            f"{moment[:40]!r} is neither the number of a notice nor a moment; write 41 or 2017-01-23T16:00+06:00"
        ) from error
    if then.tzinfo is None:
        then = then.replace(tzinfo=in_zone(acts[0].at, room.view(control).zone).tzinfo)
    return cut_at(acts, then, until=room.time_at(at))


def restart(room: OpenRecord, cut: Cut, new: NewCell, *, name: str, at: datetime, language: str = "en") -> OpenRecord:
    """Make the record of a new cell that goes on from a moment of ``room``, and say so in both.

    Parameters
    ----------
    room
        The exercise that it goes on from.
    cut
        The moment, from `cut_of`.
    new
        Where the new record is made, and what it is called.
    name
        What the old one is called.
    at
        The moment by the clock on the wall.
    language
        The language of the two sentences.

    Raises
    ------
    StorageError, ScenarioError
        If the new record cannot be made. Nothing is changed then.
    """
    shown = time_text(cut.at.replace(second=0, microsecond=0), room.view(control_of(room)).zone)
    begun = restart_exercise(new.where, cut, reason=_said(_GOES_ON, language, name, shown), at=at, key=new.key)
    note = NoteMoment(words=Words(text=_said(_LED_TO, language, new.name, shown), lang=language), tag="restart")
    refused: Refusal | None = as_control(room, note, at=at)
    if refused is not None:
        begun.close()
        raise ScenarioError(f"the new record was made, and the old one does not say so: {refused.sentence.rstrip('.')}")
    return begun


def _said(message: str, language: str, name: str, at: str) -> str:
    return catalogue_for(language).find(message)[0].format(name=name, at=at)


def restarted_beside(
    room: OpenRecord, data: Path, name: str, moment: str, *, at: datetime, language: str = "en"
) -> tuple[str, OpenRecord]:
    """Make a new cell in a folder of its own beside that of ``room``; return the folder's name, and it opened.

    Raises
    ------
    StorageError, ScenarioError
        If it cannot be made. Nothing is changed then.
    """
    slug = room.view(control_of(room)).known.header.slug
    cut = cut_of(room, moment, at=at)
    taken = {path.parent.name for path in data.glob(f"*/{FILE}")}
    folder = next((made for n in range(1, 10_000) if (made := f"{slug}-exercise-{n}") not in taken), None)
    if folder is None:
        raise StorageError("there are too many exercises of these talks; remove folders of old ones")
    new = NewCell(where=make_folder(data / folder) / FILE, name=folder)
    return folder, restart(room, cut, new, name=name, at=at, language=language)
