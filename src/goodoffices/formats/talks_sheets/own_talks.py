"""Own talks as somebody describes them who begins, in a spreadsheet, on a page or in the terminal: checked values.

Other rows are named as people write them, by the name in their first column. :mod:`.entities` makes a talks file of it.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.talks.base.enums import ActorKind, Format, Role, Strength
from goodoffices.talks.base.local_time import instant_in, is_zone

DEFAULT_PACE = 12
"""Minutes of the talks in a real minute, of an exercise that says nothing else."""
_HOUR = re.compile(r"(\d{1,2}):(\d{2}) ([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*){0,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """Somebody who can be named. ``never`` are names that are alike and mean others."""

    name: str
    kind: ActorKind = ActorKind.ORGANISATION
    others: tuple[str, ...] = ()
    part_of: str | None = None
    never: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """A seat: for whom, in which roles, and how papers reach it.

    ``word`` says on whose word it has its roles, ``disputed_by`` who does not accept them.
    """

    name: str
    actors: tuple[str, ...]
    roles: tuple[Role, ...]
    guarantor_of: str | None = None
    word: str = ""
    disputed_by: tuple[str, ...] = ()
    head: str = ""
    reached: str = "on screen"
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue with its options; ``is_ordered``: from the lowest to the highest."""

    name: str
    question: str
    options: tuple[str, ...]
    basket: str = ""
    is_ordered: bool = False
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """What an actor says on an issue: an option by its number from 0, or own words.

    ``told`` is ``None`` if it was said to the public, else the seats it was said to; none of them is *to me*. Without
    ``source`` it was told to the person who wrote it down.
    """

    actor: str
    issue: str
    said_on: date
    strength: Strength
    option: int | None = None
    words: str = ""
    told: tuple[str, ...] | None = None
    source: str | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A publication: the outlet, whom it quotes, and who said it."""

    name: str
    outlet: str
    dated: date
    side: str = ""
    agency: str = ""
    speaker: str = ""
    hour: str = ""
    address: str = ""
    is_invented: bool = False


def source_hour(row: SourceRow) -> datetime | None:
    """Return the moment of a source whose hour is known.

    Raises
    ------
    ScenarioError
        If the hour is not written like ``08:00 Asia/Almaty``, or the clock there does not show it on that day.
    """
    if not row.hour:
        return None
    match = _HOUR.fullmatch(row.hour)
    if match is None or not is_zone(match[3]):
        raise ScenarioError(f"{row.hour!r} is not an hour with a zone; write it like 08:00 Asia/Almaty")
    return instant_in(f"{row.dated.isoformat()}T{int(match[1]):02}:{match[2]}", match[3])


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow:
    """Who promised what by when, and what happened. ``due`` is a day, or words where no day is known."""

    who: tuple[str, ...]
    what: str
    promised: str
    state: str
    source: str
    text: str = ""
    due: date | str | None = None
    condition: str = ""
    happened: str = ""
    happened_on: date | None = None
    happened_source: str | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSession:
    """The first session: its title, its format, and when it begins."""

    title: str
    format: Format
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRow:
    """An inject: whom it goes to, and when. ``to`` is empty for all; ``at`` and ``silent`` are both empty by hand."""

    title: str
    words: str
    to: tuple[str, ...]
    kind: str
    at: datetime | None = None
    silent: str | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRows:
    """How own talks are played: the hours, the pace, briefs by the name of their seat, and injects."""

    starts_at: datetime
    ends_at: datetime
    pace: int = DEFAULT_PACE
    background: str = ""
    briefs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    injects: tuple[InjectRow, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many rows there are, by the name of their sheet."""
        return {"Briefs": len(self.briefs), "Injects": len(self.injects)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTalks:
    """Everything that own talks begin with."""

    title: str
    zone: str
    languages: tuple[str, ...]
    is_live: bool
    place: str = ""
    first_day: date | None = None
    round_title: str = ""
    session: FirstSession | None = None
    actors: tuple[ActorRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    issues: tuple[IssueRow, ...] = ()
    positions: tuple[PositionRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    commitments: tuple[CommitmentRow, ...] = ()
    exercise: ExerciseRows | None = None

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind, by the name of their sheet."""
        return {
            "Actors": len(self.actors),
            "Seats": len(self.seats),
            "Issues": len(self.issues),
            "Positions": len(self.positions),
            "Sources": len(self.sources),
            "Commitments": len(self.commitments),
        } | ({} if self.exercise is None else self.exercise.counts())
